"""The forms of a round's clock: why it stops, and who is given how much more time."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from contest.rules import timing
from contest.web.forms import Form, TextLine, filled

FACTORS = (125, 150, 200)


@dataclass(frozen=True)
class TypedExtra:
    """Extra time as typed. `unit` is a text to look for; `entry_id` and `unit` are both empty for everybody."""

    entry_id: int | None
    unit: str
    seconds: int
    percent: int | None
    reason: str


class PauseForm(Form):
    """Why everybody's clock stops."""

    reason = TextLine(
        _l("Lý do tạm dừng"),
        filled(),
        id="pause-reason",  # another reason stands on the same page
        description=_l("Người đang làm bài đọc được dòng này. Ví dụ: Mất điện ở hội trường."),
    )


class ExtraForm(Form):
    """More time: for whom, how much, and why. `confirmed`: what it changes has been read."""

    entry_id = HiddenField()
    whom = RadioField(
        _l("Thêm giờ cho ai"),
        choices=[
            SelectChoice("everybody", _l("Tất cả người dự thi")),
            SelectChoice("unit", _l("Một đơn vị cùng các đơn vị bên dưới")),
            SelectChoice("entry", _l("Một người dự thi")),
        ],
        default="everybody",
    )
    unit = TextLine(_l("Đơn vị"), description=_l("Gõ vài chữ trong tên, có dấu hay không đều được."))
    how = RadioField(
        _l("Thêm bao nhiêu"),
        choices=[SelectChoice("minutes", _l("Số phút")), SelectChoice("factor", _l("Gấp số lần thời gian"))],
        default="minutes",
    )
    minutes = IntegerField(_l("Số phút thêm"), [Optional(), NumberRange(1, 600)], default=10)
    percent = SelectField(_l("Gấp số lần"), coerce=int, default=150)
    reason = TextLine(
        _l("Lý do gia hạn"),
        filled(),
        description=_l("Lưu cho ban tổ chức, người khác không thấy. Không ghi tình trạng sức khỏe của ai."),
    )
    confirmed = HiddenField()

    def __init__(self, round_minutes: int, **options: Any) -> None:
        super().__init__(**options)
        self.round_minutes = round_minutes
        self.percent.choices = [
            SelectChoice(
                factor,
                _(
                    "%(times)s lần: %(all)s phút thay vì %(minutes)s",
                    times=f"{factor / 100:g}".replace(".", ","),
                    all=round_minutes + timing.by_factor(round_minutes, factor) // 60,
                    minutes=round_minutes,
                ),
            )
            for factor in FACTORS
        ]

    def validate_unit(self, field: TextLine) -> None:
        if self.whom.data == "unit" and not field.data:
            raise ValidationError(_("Hãy gõ tên đơn vị được thêm giờ."))

    def validate_minutes(self, field: IntegerField) -> None:
        if self.how.data == "minutes" and not field.data:
            raise ValidationError(_("Hãy nhập số phút thêm, ví dụ 10."))

    def validate_whom(self, field: RadioField) -> None:
        if field.data == "entry" and not str(self.entry_id.data or "").isdecimal():
            raise ValidationError(_("Hãy tìm và chọn người được thêm giờ ở mục bên trên."))

    def typed(self) -> TypedExtra:
        """What was typed, once it is valid."""
        factor = self.percent.data if self.how.data == "factor" else None
        seconds = timing.by_factor(self.round_minutes, factor) if factor else 60 * self.minutes.data
        entry_id = int(self.entry_id.data) if self.whom.data == "entry" else None
        unit = self.unit.data if self.whom.data == "unit" else ""
        return TypedExtra(entry_id, unit, seconds, factor, self.reason.data)
