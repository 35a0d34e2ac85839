"""The forms of reading pages and practice sets."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from contest.learning.actions import TypedPage
from contest.web.forms import Form, TextBlock, TextLine, filled


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PageForm(Form):
    """A reading page."""

    title = TextLine(_l("Tiêu đề"), filled())
    text = TextBlock(
        _l("Nội dung"),
        [InputRequired(), Length(max=60000)],
        description=_l(
            "Viết bằng Markdown: ## cho tiêu đề, - cho gạch đầu dòng, **chữ đậm**. Hình: ![mô tả](ten-tep.png); "
            "tệp hoặc địa chỉ: [chữ hiện ra](ten-tep.pdf). Nhớ ghi căn cứ pháp lý."
        ),
    )
    topics = TextBlock(
        _l("Chủ đề câu hỏi"),
        [Length(max=4000)],
        description=_l("Mỗi dòng một chủ đề. Giải thích của câu hỏi thuộc chủ đề ấy dẫn đến trang này."),
    )

    def validate_topics(self, field: TextBlock) -> None:
        if any(len(line) > 200 for line in (field.data or "").split("\n")):
            raise ValidationError(_("Tên chủ đề dài quá 200 ký tự. Hãy viết mỗi chủ đề một dòng."))

    def typed(self) -> TypedPage:
        """The page as typed."""
        lines = [line for line in (self.topics.data or "").split("\n") if line]
        return TypedPage(self.title.data, self.text.data or "", lines)


class FileForm(Form):
    """A picture or document for a page."""

    file = FileField(
        _l("Hình hoặc tệp"),
        description=_l(
            "PNG, JPEG, GIF, WebP đến 1 MB; PDF, .docx, .xlsx đến 10 MB. Trùng tên thì thay tệp cũ."
        ),
    )


class NewSetForm(Form):
    """A new practice set."""

    name = TextLine(_l("Tên bộ thi thử"), filled())
    bank_id = SelectField(_l("Lấy câu hỏi từ"), coerce=int, validators=[InputRequired()])


class SetForm(Form):
    """Which questions a practice set takes."""

    name = TextLine(_l("Tên bộ thi thử"), filled())
    per_go = IntegerField(
        _l("Số câu mỗi lượt"),
        [InputRequired(), NumberRange(min=1, max=100)],
        render_kw={"inputmode": "numeric"},
    )
    topic = Boxes(_l("Chủ đề"), description=_l("Không chọn mục nào: lấy tất cả."))
    level = Boxes(_l("Mức độ"), description=_l("Không chọn mục nào: lấy tất cả."))
    tag = Boxes(_l("Nhãn"), description=_l("Không chọn mục nào: lấy tất cả."))
