"""The forms of events and of posters for units."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from contest.contests.moments import read_moment
from contest.events.words import KINDS
from contest.web.forms import Form, TextBlock, TextLine, filled
from contest.web.translations import lazy


class MomentLine(TextLine):
    """A day with a time as people type it; `meant` is the moment, in Vietnam."""

    meant: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        try:
            self.meant = read_moment(self.data)
        except ValueError:
            raise ValidationError(_("Hãy gõ ngày và giờ theo dạng 31/12/2026 08:00.")) from None


class EventForm(Form):
    """One event."""

    name = TextLine(_l("Tên sự kiện"), filled())
    kind = SelectField(
        _l("Loại"), choices=[SelectChoice(kind.value, lazy(name)) for kind, name in KINDS.items()]
    )
    place = TextLine(_l("Địa điểm"), filled())
    starts_at = MomentLine(_l("Bắt đầu"), filled(), description=_l("Ví dụ 31/12/2026 08:00."))
    ends_at = MomentLine(_l("Kết thúc"), filled(), description=_l("Ví dụ 31/12/2026 11:00."))
    host = TextLine(
        _l("Đơn vị chủ trì"),
        [Length(max=250)],
        description=_l("Gõ vài chữ trong tên, có dấu hay không đều được; có thể để trống."),
        render_kw={"data-unit-search": "", "autocomplete": "off"},
    )
    leads_for_host = BooleanField(
        _l("Điền sẵn đơn vị chủ trì cho người vào bằng mã của sự kiện"),
        description=_l("Chỉ đánh dấu khi hầu hết người dự là người của đơn vị này; ai cũng đổi lại được."),
    )


class TableForm(Form):
    """A volunteer's table."""

    label = TextLine(_l("Tên bàn hoặc người hỗ trợ"), filled(80), description=_l("Ví dụ: Bàn 2, chị Lan."))


class PosterForm(Form):
    """For which units to print."""

    units = TextBlock(
        _l("Các đơn vị, mỗi dòng một đơn vị"),
        [InputRequired(), Length(max=20000)],
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được."),
    )
    below = BooleanField(_l("Thêm các đơn vị trực thuộc ngay bên dưới"))
