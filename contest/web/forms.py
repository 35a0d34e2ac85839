"""The base of every form: messages in the reader's language, text cleaned at the door."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from contest.rules import vietnamese

# WTForms speaks no Vietnamese: its own sentences on the left, ours (the source language) on the right.
SENTENCES = {
    "This field is required.": _l("Mục này cần được điền."),
    "Not a valid choice.": _l("Hãy chọn một mục trong danh sách."),
    "Not a valid choice": _l("Hãy chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": _l("Hãy chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Hãy chọn trong danh sách."),
    "Not a valid integer value.": _l("Hãy nhập một số nguyên."),
    "Not a valid decimal value.": _l("Hãy nhập một số."),
    "Not a valid date value.": _l("Hãy nhập ngày theo dạng 31/12/2026."),
    "Not a valid datetime value.": _l("Hãy nhập ngày giờ theo dạng 31/12/2026 08:00."),
    "Not a valid time value.": _l("Hãy nhập giờ theo dạng 08:00."),
    "Invalid email address.": _l("Địa chỉ thư điện tử chưa đúng. Ví dụ: lan@example.vn."),
    "Invalid input.": _l("Nội dung chưa đúng dạng. Hãy xem lại."),
    "CSRF token missing.": _l("Trang đã mở quá lâu. Hãy tải lại rồi gửi lại."),
    "CSRF failed.": _l("Trang đã mở quá lâu. Hãy tải lại rồi gửi lại."),
    "Number must be at least %(min)s.": _l("Cần ít nhất %(min)s."),
    "Number must be at most %(max)s.": _l("Nhiều nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Cần từ %(min)s đến %(max)s."),
    "Field must be at least %(min)d character long.": _l("Cần ít nhất %(min)d ký tự."),
    "Field must be at least %(min)d characters long.": _l("Cần ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": _l("Nhiều nhất %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": _l("Nhiều nhất %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Cần từ %(min)d đến %(max)d ký tự."),
    "Field must be exactly %(max)d character long.": _l("Cần đúng %(max)d ký tự."),
    "Field must be exactly %(max)d characters long.": _l("Cần đúng %(max)d ký tự."),
    "Field must be equal to %(other_name)s.": _l("Hai lần nhập chưa giống nhau."),
    "File does not have an approved extension: {extensions}": _l("Loại tệp này chưa dùng được."),
}


class Sentences:
    """What WTForms asks for a sentence."""

    def gettext(self, string: str) -> str:
        sentence = SENTENCES.get(string)
        return str(sentence) if sentence is not None else gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Form(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Every form of the house."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> Sentences:
            return Sentences()


class TextLine(StringField):  # type: ignore[misc]
    """One line, cleaned: NFC, look-alike letters mended, spaces collapsed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: str = vietnamese.clean(str(valuelist[0])) if valuelist else (self.data or "")


class TextBlock(TextAreaField):  # type: ignore[misc]
    """Several lines, each cleaned; line breaks stay."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            lines = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.data = "\n".join(vietnamese.clean(line) for line in lines).strip()


def filled(most: int = 200) -> list[Any]:
    """The checks of a line that has to be there."""
    return [DataRequired(), Length(max=most)]
