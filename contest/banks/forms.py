"""The forms of banks, uploads and questions."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from contest.banks.answer_fields import ROWS, AnswerFields, stored_answers
from contest.banks.draft_actions import File
from contest.rules.parsed import ParsedQuestion
from contest.rules.question_labels import level_name
from contest.web.forms import Form, TextBlock, TextLine, filled


class BankForm(Form):
    """What a bank is called."""

    name = TextLine(_l("Tên ngân hàng"), filled(), description=_l("Ví dụ: Tìm hiểu cải cách hành chính 2026"))
    description = TextLine(_l("Ghi chú"), [Optional(), Length(max=500)])
    two_people = BooleanField(
        _l("Cần hai người cho mỗi câu"),
        description=_l(
            "Ai soạn hoặc sửa câu nào thì không tự duyệt được câu đó. "
            "Để trống nếu đơn vị chỉ có một người làm ngân hàng."
        ),
    )

    only_approved = BooleanField(
        _l("Chỉ câu đã duyệt mới vào đề thi"),
        default=True,
        description=_l(
            "Bỏ đánh dấu thì câu đang chờ duyệt cũng được dùng để lập đề. Câu bị trả lại hoặc ngừng dùng thì không."
        ),
    )

    def values(self) -> tuple[str, str, bool, bool]:
        """Name, description, whether it takes two people, whether only approved questions enter papers."""
        switches = bool(self.two_people.data), bool(self.only_approved.data)
        return self.name.data, self.description.data or "", *switches


class UploadForm(Form):
    """A file of questions, or their text."""

    file = FileField(_l("Tệp câu hỏi"))
    key_file = FileField(
        _l("Tệp đáp án, nếu để riêng"),
        description=_l("Chỉ khi đáp án nằm ở một tệp khác với tệp câu hỏi."),
    )
    # As it was pasted: a table out of a sheet keeps its tabs.
    pasted = TextAreaField(
        _l("Nội dung câu hỏi"),
        [Length(max=500_000)],
        description=_l(
            "Chép từ Word, Zalo, trang web hoặc từ một bảng tính rồi dán vào đây. Ví dụ: Câu 1: …, "
            "các dòng A. B. C. D., rồi Đáp án: B"
        ),
        render_kw={"rows": 16},
    )
    again = BooleanField(_l("Vẫn tải lên, dù tệp này đã tải lên trước đây"))

    @property
    def given(self) -> Any:
        """The field that somebody used, for what there is to say about it."""
        return self.pasted if self.pasted.data else self.file

    def chosen(self, largest: int) -> File | None:
        """The file or text somebody gave; None, with a sentence at the field, where it cannot be taken."""
        content, name = self._read(self.file)
        if not name and self.pasted.data:
            content, name = self.pasted.data.replace("\0", "").encode(), _("câu hỏi dán vào.txt")
        key_content, key_name = self._read(self.key_file)
        if not name:
            self.file.errors = [_("Hãy chọn một tệp, hoặc dán nội dung ở thẻ bên cạnh.")]
            return None
        if max(len(content), len(key_content)) > largest:
            limit = largest // 1024 // 1024
            self.file.errors = [_("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp nhỏ hơn.", limit=limit)]
            return None
        return File(name, content, key_content if key_name else None)

    @staticmethod
    def _read(field: Any) -> tuple[bytes, str]:
        upload = field.data
        return (upload.read(), upload.filename) if upload else (b"", "")


class QuestionForm(AnswerFields):
    """A question with its key and what goes with it."""

    text = TextBlock(_l("Câu hỏi"), [InputRequired(), Length(max=5000)], render_kw={"rows": 3})
    topic = TextLine(_l("Chủ đề"), [Length(max=200)], render_kw={"list": "topics"})
    level = TextLine(_l("Mức độ"), [Length(max=200)], render_kw={"list": "levels"})
    citation = TextBlock(_l("Căn cứ"), [Length(max=5000)], render_kw={"rows": 2})
    explanation = TextBlock(_l("Giải thích"), [Length(max=5000)], render_kw={"rows": 2})

    def content(self, place: str = "", number: str = "") -> ParsedQuestion:
        """What was typed, in the shape the checks read."""
        return ParsedQuestion(
            number=number,
            place=place,
            kind=self.asked_kind,
            text=self.text.data,
            choices=self.answers(),
            partial=self.is_partial,
            topic=self.topic.data or "",
            level=level_name(self.level.data or ""),
            citation=self.citation.data or "",
            explanation=self.explanation.data or "",
        )


def question_form(stored: Any = None, prefix: str = "") -> QuestionForm:
    """An empty form, or one filled from a version or a draft, never from the request."""
    values: dict[str, Any] = {}
    if stored is not None:
        names = ("text", "topic", "level", "citation", "explanation")
        values = {name: getattr(stored, name) for name in names}
        values |= stored_answers(stored)
    form = QuestionForm(formdata=None, data=values, prefix=prefix)
    while len(form.choices) < ROWS:
        form.choices.append_entry()
    return form


class ReturnForm(Form):
    """What the author should mend."""

    note = TextLine(_l("Cần sửa gì"), [InputRequired(), Length(max=500)])
