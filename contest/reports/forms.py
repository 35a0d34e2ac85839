"""The forms of reports: what the organiser asks for, what a unit declares, what is printed on papers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from contest.contests.typed_fields import DayField, MomentField
from contest.participation.seen_as import View
from contest.reports.words import BODIES, WAYS
from contest.rules.official import Body, Letterhead
from contest.rules.reporting import Way
from contest.web.forms import Form, TextBlock, TextLine, filled
from contest.web.translations import lazy

TEXTS = ("superior", "name", "sign", "place", "signer_title", "signer", "recipients")
MOST_PEOPLE = 10_000_000


class NumberLine(TextLine):
    """A whole number as people type it ("1.200", "1 200"); `meant` is None for a field left empty."""

    meant: int | None = None

    def pre_validate(self, form: Any) -> None:
        digits = "".join(letter for letter in self.data or "" if letter not in " .,")
        if not digits:
            return
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > MOST_PEOPLE:
            raise ValidationError(_("Hãy gõ một số nguyên, ví dụ 120 hoặc 1.200."))
        self.meant = int(digits)


_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CallForm(Form):
    """What the organiser asks for. The choices of `subject` are given by the page."""

    subject = SelectField(_l("Báo cáo về"), [InputRequired()], choices=[])
    name = TextLine(_l("Tên báo cáo"), filled(), description=_l("Ví dụ: Báo cáo kết quả tham gia đợt 1."))
    due_at = MomentField(_l("Hạn gửi"), [InputRequired()], description=_l("Ví dụ 31/12/2026 17:00."))
    levels = SelectField(
        _l("Đơn vị phải báo cáo"),
        coerce=int,
        choices=[
            SelectChoice(1, _l("Một cấp: các đơn vị ngay dưới cấp cao nhất")),
            SelectChoice(2, _l("Hai cấp")),
            SelectChoice(3, _l("Ba cấp")),
            SelectChoice(9, _l("Mọi cấp")),
        ],
        default=1,
    )
    view = SelectField(
        _l("Khi đơn vị đã sáp nhập"),
        choices=[
            SelectChoice(View.THEN.value, _l("Theo đơn vị lúc dự thi")),
            SelectChoice(
                View.NOW.value, _l("Theo đơn vị hiện nay: người của đơn vị đã nhập tính cho đơn vị mới")
            ),
        ],
        default=View.THEN.value,
        description=_l("Báo cáo nào cũng hiện một cách tính này; đổi sau được, bản đã chốt giữ nguyên."),
    )
    note = TextBlock(
        _l("Điều cần nói thêm"),
        [Length(max=2000)],
        description=_l("Hiện trên trang báo cáo của mọi đơn vị; có thể để trống."),
    )


class OnlineForm(Form):
    """How many the unit itself knows of online."""

    people = NumberLine(_l("Số người thi trực tuyến đơn vị nắm được"), [Length(max=20)], render_kw=_DIGITS)
    attempts = NumberLine(
        _l("Số lượt thi"),
        [Length(max=20)],
        description=_l("Để trống nếu mỗi người một lượt."),
        render_kw=_DIGITS,
    )


class CountForm(Form):
    """One gathering or pile of papers."""

    way = RadioField(
        _l("Hình thức"),
        [InputRequired()],
        choices=[SelectChoice(way.value, lazy(name)) for way, name in WAYS.items()],
        default=Way.HALL.value,
    )
    held_on = DayField(_l("Ngày"), [InputRequired()], description=_l("Ví dụ 31/12/2026."))
    place = TextLine(_l("Địa điểm"), filled(), description=_l("Ví dụ: Nhà văn hóa thôn 3."))
    people = NumberLine(_l("Số người"), filled(20), render_kw=_DIGITS)
    attempts = NumberLine(
        _l("Số lượt"), [Length(max=20)], description=_l("Để trống nếu mỗi người một lượt."), render_kw=_DIGITS
    )
    evidence = MultipleFileField(
        _l("Minh chứng"),
        description=_l(
            "Biên bản, danh sách ký tên hoặc ảnh: PDF, PNG, JPEG, Word, Excel; mỗi tệp đến 10 MB, chọn được nhiều tệp."
        ),
    )


class EvidenceForm(Form):
    """More files for a gathering that is declared already."""

    evidence = MultipleFileField(_l("Thêm tệp minh chứng"))


class ReturnForm(Form):
    """Why a report goes back."""

    note = TextBlock(
        _l("Cần sửa gì"), [InputRequired(), Length(max=2000)], description=_l("Đơn vị đọc được lời này.")
    )


class LetterheadForm(Form):
    """What stands on a unit's papers."""

    body = SelectField(
        _l("Loại cơ quan"),
        choices=[SelectChoice(body.value, lazy(name)) for body, name in BODIES.items()],
        default=Body.STATE.value,
    )
    superior = TextLine(
        _l("Cơ quan chủ quản"), [Length(max=200)], description=_l("Dòng trên cùng bên trái; có thể để trống.")
    )
    name = TextLine(_l("Tên cơ quan ban hành"), filled())
    sign = TextLine(_l("Ký hiệu"), filled(40), description=_l("Phần sau số văn bản, ví dụ BC-UBND."))
    place = TextLine(_l("Địa danh"), filled(100), description=_l("Đứng trước ngày tháng, ví dụ An Bình."))
    signer_title = TextBlock(
        _l("Chức vụ người ký"),
        [Length(max=400)],
        description=_l("Mỗi dòng một dòng in ra, ví dụ TM. ỦY BAN NHÂN DÂN rồi CHỦ TỊCH."),
    )
    signer = TextLine(_l("Họ tên người ký"), [Length(max=100)])
    recipients = TextBlock(
        _l("Nơi nhận"), [Length(max=1000)], description=_l("Mỗi dòng một nơi, ví dụ: Như trên; rồi Lưu: VT.")
    )

    def meant(self) -> Letterhead:
        """What was typed, as a letterhead."""
        texts = {name: self[name].data or "" for name in TEXTS}
        return Letterhead(Body(self.body.data), **texts)
