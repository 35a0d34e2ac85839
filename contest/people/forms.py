"""The forms people fill in: declaring themselves, coming back, mending; and a helper's correction."""

from collections.abc import Sequence
from datetime import date
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
    """What every contest asks. Today is given by the page, which alone reads the clock."""

    today = date.min
    # The youngest who may take part, in years; None where everybody may.
    minimum_age: int | None = None

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

    birth_date = Read(
        _l("Ngày sinh"),
        description=_l("Gõ ngày, tháng, năm, ví dụ 05/08/1962."),
        render_kw={"inputmode": "numeric", "autocomplete": "bday", "placeholder": "dd/mm/yyyy"},
    )
    address = Read(
        _l("Địa chỉ"),
        description=_l("Số nhà hoặc thôn, xã hoặc phường, tỉnh."),
        render_kw={"autocomplete": "street-address"},
    )

    def validate_name(self, field: Read) -> None:
        field.meant = declared.full_name(field.data)
        if field.meant is None:
            raise ValidationError(_("Hãy ghi cả họ và tên, chỉ dùng chữ. Ví dụ: Nguyễn Thị Hòa."))

    def validate_birth_year(self, field: Read) -> None:
        field.meant = declared.birth_year(field.data, self.today.year)
        if field.meant is None:
            raise ValidationError(_("Hãy gõ năm sinh bằng bốn chữ số, ví dụ 1962."))
        self._require_age(field.meant)

    def validate_birth_date(self, field: Read) -> None:
        field.meant = declared.birth_date(field.data, self.today)
        if field.meant is None:
            raise ValidationError(_("Hãy gõ ngày sinh theo thứ tự ngày/tháng/năm, ví dụ 05/08/1962."))
        self._require_age(field.meant)

    def validate_address(self, field: Read) -> None:
        field.meant = declared.address(field.data)
        if field.meant is None:
            raise ValidationError(_("Hãy ghi địa chỉ bằng chữ, không quá 200 ký tự."))

    def _require_age(self, born: date | int) -> None:
        if not declared.is_old_enough(born, self.minimum_age, self.today):
            raise ValidationError(
                _(
                    "Cuộc thi này dành cho người từ %(age)s tuổi. Cảm ơn bạn đã quan tâm; bạn vẫn đọc tài liệu "
                    "và thi thử được ở trang của cuộc thi.",
                    age=self.minimum_age,
                )
            )

    @property
    def born(self) -> date | None:
        """The birth date, where it was asked and given."""
        return self.birth_date.meant if "birth_date" in self else None

    @property
    def born_in(self) -> int | None:
        """The year of birth, from whichever was asked."""
        if self.born is not None:
            return self.born.year
        return self.birth_year.meant if "birth_year" in self else None


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
    second_unit = TextLine(
        _l("Đơn vị thứ hai (chi đoàn, chi bộ)"),
        [Length(max=250)],
        description=_l(
            "Nếu bạn sinh hoạt ở một đơn vị khác nơi làm việc. Bài thi vẫn tính cho đơn vị ở trên."
        ),
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
        _require_consent(field)


class AnswerFirstForm(Form):
    """Coming in where people answer first: nothing but the consent to take part."""

    take_part = BooleanField(_l("Đồng ý dự thi"))
    mark = HiddenField()
    shown = HiddenField()

    def validate_take_part(self, field: Field) -> None:
        _require_consent(field)


ASKABLE = ("birth_year", "birth_date", "phone", "staff_code", "address", "unit", "second_unit", "block")


def _require_consent(field: Field) -> None:
    if not field.data:
        raise ValidationError(_("Cần sự đồng ý này để dự thi. Hãy đọc và đánh dấu nếu bạn đồng ý."))


def ask_only(form: Form, fields: dict[str, bool], kept: Sequence[str] = ("name",)) -> None:
    """Take out what the contest does not ask; `fields` says what it does, and whether it must be given."""
    # Who gives the whole date need not give the year again.
    asked = {
        name: must for name, must in fields.items() if (name, "birth_date" in fields) != ("birth_year", True)
    }
    for name in ASKABLE:
        if name in asked and name in form:
            _mark(form[name], asked[name])
        elif name in form and name not in kept:
            del form[name]


def _mark(field: Field, required: bool) -> None:
    # A unit may be left out by ticking "free", a block by naming a unit that has one: the action says so.
    if field.name in ("unit", "block"):
        return
    if field.name == "second_unit" and not required:
        field.flags.optional = True
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
