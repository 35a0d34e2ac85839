"""The fields in which the answer of a question is written, for every kind."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from contest.banks.checking import MOST_CHOICES, PLAYABLE
from contest.banks.words import KINDS, ROWS_IN_WORDS
from contest.rules.grading import Kind
from contest.rules.parsed import ParsedChoice
from contest.rules.question_shape import CHOSEN, PARTLY_RIGHT
from contest.web.forms import Form, TextBlock, TextLine
from contest.web.translations import lazy

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ROWS = 4
SPARE_ROWS = 2


class ChoiceForm(PlainForm):  # type: ignore[misc]  # wtforms ships no types
    """One row: a choice, an accepted answer, a thing to order or a pair; without text it is left away."""

    text = TextBlock(_l("Nội dung"), render_kw={"rows": 1})
    match = TextBlock(_l("Ghép với"), render_kw={"rows": 1})
    right = BooleanField(_l("Đúng"))


class AnswerFields(Form):
    """How a question is answered and what is right; each kind reads the fields that it needs."""

    rows_in_words = ROWS_IN_WORDS

    kind = SelectField(
        _l("Dạng câu"), choices=[SelectChoice(kind.value, lazy(KINDS[kind])) for kind in PLAYABLE]
    )
    choices = FieldList(FormField(ChoiceForm), max_entries=MOST_CHOICES)
    tolerance = TextLine(
        _l("Được lệch tối đa"),
        [Length(max=25)],
        description=_l("Ví dụ: 0,5. Để trống nếu phải đúng hẳn số này."),
        render_kw={"inputmode": "decimal"},
    )
    picture = FileField(
        _l("Hình minh họa"),
        description=_l(
            "PNG, JPEG, WebP hoặc GIF, tối đa 1 MB. Có thể dán hình (Ctrl + V) khi đang ở biểu mẫu này."
        ),
        render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif"},
    )
    no_picture = BooleanField(_l("Bỏ hình đang có"))
    partial = BooleanField(_l("Đúng một phần thì được một phần điểm"))

    @property
    def picture_content(self) -> bytes:
        """The picture somebody chose or pasted, empty for none."""
        if not self.picture.data:
            return b""
        self.picture.data.seek(0)
        return bytes(self.picture.data.read())

    def add_rows(self) -> None:
        """Empty rows for more choices."""
        for _row in range(min(SPARE_ROWS, MOST_CHOICES - len(self.choices))):
            self.choices.append_entry()

    @property
    def is_partial(self) -> bool:
        """Whether a part of the answer earns a part of the mark, for the kinds that have parts."""
        return bool(self.partial.data) and self.kind.data in PARTLY_RIGHT

    @property
    def asked_kind(self) -> Kind:
        """The kind somebody chose; the first one where the form says nothing that is known."""
        return Kind(self.kind.data) if self.kind.data in set(Kind) else PLAYABLE[0]

    def answers(self) -> tuple[ParsedChoice, ...]:
        """The rows that say something, in the shape of readers; letters follow the order of these rows."""
        kind = self.asked_kind
        rows = [row.form for row in self.choices if _says_something(row.form, kind)]
        return tuple(self._answer(kind, letter, row) for letter, row in zip(LETTERS, rows, strict=False))

    def _answer(self, kind: Kind, letter: str, row: Any) -> ParsedChoice:
        text = row.text.data or ""
        right = bool(row.right.data) if kind in CHOSEN else bool(text)
        match = (row.match.data or "") if kind is Kind.MATCHING else ""
        tolerance = (self.tolerance.data or "") if kind is Kind.NUMBER else ""
        return ParsedChoice(letter, text, right, match, tolerance)


def _says_something(row: Any, kind: Kind) -> bool:
    marked = kind in CHOSEN and row.right.data
    matched = kind is Kind.MATCHING and (row.match.data or "").strip()
    return bool((row.text.data or "").strip() or marked or matched)


def stored_answers(stored: Any) -> dict[str, Any]:
    """The values of these fields for a version or a draft."""
    return {
        "kind": stored.kind if stored.kind in PLAYABLE else PLAYABLE[0].value,
        "choices": [{"text": each.text, "right": each.right, "match": each.match} for each in stored.choices],
        "tolerance": next((each.tolerance for each in stored.choices if each.tolerance), ""),
        "partial": stored.partial,
    }
