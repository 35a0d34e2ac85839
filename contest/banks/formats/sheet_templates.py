"""The spreadsheet templates of Kahoot!, Wayground (Quizizz), Blooket and Gimkit, known by their headers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from contest.banks.formats.sheet_header import HEADER_ROWS, Header, Role, find_header
from contest.banks.formats.sheet_rows import read_rows
from contest.banks.formats.sheet_table import Table
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, Severity, fault
from contest.rules.vietnamese import fold

KAHOOT_QUESTION_LIMIT = 120
KAHOOT_ANSWER_LIMIT = 75
KAHOOT_ANSWER = "answer {} - max 75 characters"
RIGHT_FIRST = "Mẫu Gimkit luôn đặt đáp án đúng ở đầu. Hãy để hệ thống trộn phương án khi ra đề."
KEY_FAULTS = frozenset({FaultKind.NO_KEY, FaultKind.ONE_CHOICE, FaultKind.KEY_BEYOND_CHOICES})


@dataclass(frozen=True)
class Template:
    """A template by its name in reports and the folded header texts that together give it away."""

    name: str
    headers: frozenset[str]


TEMPLATES = (
    Template("wayground", frozenset({"question text", "question type", "correct answer", "time in seconds"})),
    Template("blooket", frozenset({"question #", "question text", "answer 1", "answer 2"})),
    Template("gimkit", frozenset({"question", "correct answer", "incorrect answer 1"})),
)


def read_template(table: Table) -> ParsedBank | None:
    """The bank of a sheet made from a known template, None for any other sheet."""
    for row in range(min(HEADER_ROWS, len(table.rows))):
        texts = [fold(text) for text in table.rows[row]]
        if KAHOOT_ANSWER.format(1) in texts and KAHOOT_ANSWER.format(2) in texts:
            return _kahoot(table, _kahoot_header(texts, row))
        for template in TEMPLATES:
            if template.headers.issubset(texts):
                return _known(table, template.name, texts)
    return None


def _kahoot_header(texts: list[str], row: int) -> Header:
    header = Header(row + 1)
    for column, text in enumerate(texts):
        if text.startswith("question - max"):
            header.columns[Role.QUESTION] = column
            if column:
                header.columns[Role.NUMBER] = column - 1
        elif text.startswith("correct answer"):
            header.columns[Role.KEY] = column
        elif text.startswith("answer ") and text[7:8] in "12345678":
            header.choices[int(text[7]) - 1] = column
    return header


def _kahoot(table: Table, header: Header) -> ParsedBank:
    bank = read_rows(table, header)
    return replace(
        bank,
        format="kahoot",
        questions=tuple(
            _with_faults(question, [*_any_of_several(question), *_kahoot_lengths(question)])
            for question in bank.questions
        ),
    )


def _kahoot_lengths(question: ParsedQuestion) -> Iterable[Fault]:
    """Kahoot! cuts what is longer than its limits: such a text may already be cut."""
    texts = [(question.text, KAHOOT_QUESTION_LIMIT)]
    texts += [(choice.text, KAHOOT_ANSWER_LIMIT) for choice in question.choices]
    for text, limit in texts:
        if len(text) > limit:
            yield fault(FaultKind.TOO_LONG, question.place, length=str(len(text)), limit=str(limit))


def _any_of_several(question: ParsedQuestion) -> Iterable[Fault]:
    """In a live game any one of several keys is enough; here all of them must be chosen."""
    if question.kind == "multiple":
        keys = ", ".join(choice.label for choice in question.choices if choice.right)
        yield fault(FaultKind.SEVERAL_KEYS, question.place, Severity.WARNING, keys=keys)


def _known(table: Table, name: str, texts: list[str]) -> ParsedBank | None:
    header = find_header(table)
    if header is None:
        return None
    if name == "wayground":
        _blank_instructions(table, header)
    bank = replace(read_rows(table, header), format=name)
    questions = bank.questions
    if name == "wayground" and "image link" in texts:
        questions = _with_pictures(table, header, questions, texts.index("image link"))
    elif name == "blooket":
        questions = tuple(_blooket(question) for question in questions)
    elif name == "gimkit":
        note = fault(FaultKind.FILE_NOTE, table.place(header.first_row), note=RIGHT_FIRST)
        bank = replace(bank, faults=(*bank.faults, note))
    return replace(bank, questions=questions)


def _blank_instructions(table: Table, header: Header) -> None:
    """The row below the header may explain the columns: it is no question."""
    row, column = header.first_row, header.column(Role.QUESTION)
    if row < len(table.rows) and fold(table.text(row, column)).startswith("text of the question"):
        table.rows[row] = []


def _with_pictures(
    table: Table, header: Header, questions: Iterable[ParsedQuestion], column: int
) -> tuple[ParsedQuestion, ...]:
    """A question whose picture is only a link is not whole."""
    asked = header.column(Role.QUESTION) or 0
    linked = {table.place(row, asked) for row in range(len(table.rows)) if table.text(row, column)}
    return tuple(
        _with_faults(question, [fault(FaultKind.LOST_OBJECT, question.place, object="hình ảnh")])
        if question.place in linked
        else question
        for question in questions
    )


def _blooket(question: ParsedQuestion) -> ParsedQuestion:
    """A row marked "typing" is answered in words: each answer is an accepted variant."""
    if "typing" not in fold(question.source).split(" | "):
        return _with_faults(question, _any_of_several(question))
    choices = tuple(replace(choice, right=True) for choice in question.choices)
    kept = tuple(one for one in question.faults if one.kind not in KEY_FAULTS)
    return replace(question, kind="short_text", choices=choices, faults=kept)


def _with_faults(question: ParsedQuestion, faults: Iterable[Fault]) -> ParsedQuestion:
    return replace(question, faults=(*question.faults, *faults))
