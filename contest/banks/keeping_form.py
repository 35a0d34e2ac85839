"""The form for what is kept beside a question's words, and for changing many questions at once."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import TextInput

from contest.banks.keeping import LONGEST_TAG, MOST_TAGS, Keeping, tags_of
from contest.web.forms import Form, TextLine

DAY = {"placeholder": "31/12/2026", "inputmode": "numeric", "autocomplete": "off"}


def few_short_tags(_form: Form, field: TextLine) -> None:
    """Not too many tags, and none too long to be read in a list."""
    tags = tags_of(field.data or "")
    if len(tags) > MOST_TAGS:
        raise ValidationError(_("Nhiều nhất %(most)s nhãn. Hãy bỏ bớt.", most=MOST_TAGS))
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise ValidationError(
            _("Mỗi nhãn dài nhất %(most)s ký tự. Hãy dùng dấu phẩy để tách các nhãn.", most=LONGEST_TAG)
        )


def day(label: Any) -> DateField:
    """A day typed as people write it."""
    return DateField(label, [Optional()], format=["%d/%m/%Y", "%Y-%m-%d"], widget=TextInput(), render_kw=DAY)


class KeepingForm(Form):
    """How long the source of a question holds, and its tags."""

    valid_from = day(_l("Căn cứ có hiệu lực từ ngày"))
    valid_to = day(_l("Căn cứ hết hiệu lực sau ngày"))
    tags = TextLine(
        _l("Nhãn"),
        [Optional(), few_short_tags],
        description=_l("Các nhãn cách nhau bằng dấu phẩy, ví dụ: một cửa, phường, tuần 1"),
    )

    def validate_valid_to(self, field: DateField) -> None:
        """A source cannot end before it begins."""
        begins: date | None = self.valid_from.data
        if begins and field.data and field.data < begins:
            raise ValidationError(_("Ngày hết hiệu lực đang trước ngày bắt đầu. Hãy xem lại hai ngày này."))

    def keeping(self) -> Keeping:
        """What was typed."""
        return Keeping(self.valid_from.data, self.valid_to.data, tags_of(self.tags.data or ""))


def keeping_form(kept: Keeping) -> KeepingForm:
    """The form filled with what is kept now, never from the request."""
    values = {"valid_from": kept.valid_from, "valid_to": kept.valid_to, "tags": ", ".join(kept.tags)}
    return KeepingForm(formdata=None, data=values)


class SortingForm(Form):
    """What many questions get at once; what is left empty stays as it is."""

    topic = TextLine(_l("Chủ đề mới"), [Optional(), Length(max=200)], render_kw={"list": "topics"})
    level = TextLine(_l("Mức độ mới"), [Optional(), Length(max=200)], render_kw={"list": "levels"})
    add_tags = TextLine(
        _l("Thêm nhãn"), [Optional(), few_short_tags], description=_l("Các nhãn cách nhau bằng dấu phẩy.")
    )
    drop_tags = TextLine(_l("Bỏ nhãn"), [Optional(), few_short_tags], render_kw={"list": "tags"})
