"""The forms people fill in: declaring themselves, coming back, mending; and a helper's correction."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from contest.rules import declared
from contest.web.forms import Form, TextLine


class Read(TextLine):
    """A line that a rule reads; `meant` is what it understood, None for a line left empty."""

    meant: Any = None


class PersonForm(Form):
    """What every contest asks. The year now is given by the page, which alone reads the clock."""

    this_year = 0

    name = Read(
        _l("Họ và tên"),
        [InputRequired(), Length(max=200)],
        description=_l("Ghi đầy đủ như trong giấy tờ; có giải thì tên này được ghi lên giấy chứng nhận."),
        render_kw={"autocomplete": "name", "autocapitalize": "words"},
    )
    birth_year = Read(
        _l("Năm sinh"),
        description=_l("Gõ bốn chữ số, ví dụ 1962."),
        render_kw={"inputmode": "numeric", "autocomplete": "bday-year"},
    )

    def validate_name(self, field: Read) -> None:
        field.meant = declared.full_name(field.data)
        if field.meant is None:
            raise ValidationError(_("Hãy ghi cả họ và tên, chỉ dùng chữ. Ví dụ: Nguyễn Thị Hòa."))

    def validate_birth_year(self, field: Read) -> None:
        field.meant = declared.birth_year(field.data, self.this_year)
        if field.meant is None:
            raise ValidationError(_("Hãy gõ năm sinh bằng bốn chữ số, ví dụ 1962."))


class EntryForm(PersonForm):
    """Coming in. Fields that the contest does not ask are taken out by `ask_only`."""

    phone = Read(
        _l("Số điện thoại"),
        description=_l("Để nhận ra bạn khi trao giải. Biết số của bạn không mở được bài của bạn."),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )
    staff_code = Read(
        _l("Mã cán bộ, nhân viên"), render_kw={"autocapitalize": "characters", "autocomplete": "off"}
    )
    unit = TextLine(
        _l("Đơn vị"),
        [Length(max=250)],
        description=_l("Gõ vài chữ trong tên, có dấu hay không đều được."),
        render_kw={"data-unit-search": "", "autocomplete": "off"},
    )
    free = BooleanField(_l("Tôi dự thi tự do, không thuộc đơn vị nào"))
    block = RadioField(_l("Khối dự thi"), validate_choice=False)
    assisted = BooleanField(_l("Có người hỗ trợ tôi nhập và bấm máy"))
    take_part = BooleanField(_l("Đồng ý dự thi"))
    publish = BooleanField(_l("Đồng ý công bố tên"))
    # Which form this is: sending it twice is one entry. Which texts were shown: consent is to those words.
    mark = HiddenField()
    shown = HiddenField()

    def validate_phone(self, field: Read) -> None:
        field.meant = declared.phone(field.data)
        if field.meant is None:
            raise ValidationError(_("Hãy gõ số điện thoại Việt Nam có 10 chữ số, ví dụ 0912 345 678."))

    def validate_staff_code(self, field: Read) -> None:
        field.meant = declared.staff_code(field.data)
        if field.meant is None:
            raise ValidationError(_("Mã chỉ gồm chữ, số và các dấu - . / _. Hãy xem lại trên thẻ của bạn."))

    def validate_take_part(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Cần sự đồng ý này để dự thi. Hãy đọc và đánh dấu nếu bạn đồng ý."))


def ask_only(form: Form, fields: dict[str, bool], kept: Sequence[str] = ("name",)) -> None:
    """Take out what the contest does not ask; `fields` says what it does, and whether it must be given."""
    for name in ("birth_year", "phone", "staff_code", "unit", "block"):
        if name in fields and name in form:
            _mark(form[name], fields[name])
        elif name in form and name not in kept:
            del form[name]


def _mark(field: Field, required: bool) -> None:
    # A unit may be left out by ticking "free", a block by naming a unit that has one: the action says so.
    if field.name in ("unit", "block"):
        return
    field.validators = [InputRequired() if required else Optional(), Length(max=200), *field.validators]
    field.flags.optional = not required


class ReturnForm(Form):
    """The code somebody wrote down."""

    code = TextLine(
        _l("Mã quay lại"),
        [InputRequired(), Length(max=40)],
        description=_l(
            "Tám chữ và số được cho khi bạn vào thi, ví dụ H7KM-2QXP. Chữ hoa hay thường đều được."
        ),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    round = HiddenField()


class CorrectForm(PersonForm):
    """Mending one's own entry."""

    publish = BooleanField(_l("Đồng ý công bố tên"))


class MoveForm(Form):
    """A helper corrects the unit."""

    unit = TextLine(
        _l("Đơn vị đúng"),
        [Length(max=250)],
        description=_l("Gõ vài chữ trong tên hoặc mã, có dấu hay không đều được."),
        render_kw={"data-unit-search": "", "autocomplete": "off"},
    )
