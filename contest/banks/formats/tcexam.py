"""Reads questions exported by TCExam as tab-separated records: M module, S subject, Q question, A answer.

Columns, from the header TCExam writes: Q is enabled, description, explanation, type (S single, M multiple,
T text, O ordering), difficulty …; A is enabled, description, explanation, right, position, key.
"""

from collections.abc import Iterator

from contest.banks.formats.sheet_keys import letter
from contest.banks.formats.sheet_table import Table
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedChoice, ParsedQuestion, Severity, fault
from contest.rules.question_faults import checked

KINDS = {"S": "single", "M": "multiple", "T": "short_text"}
RECORDS = frozenset("MSQA")
SWITCHED_OFF = "Câu này đang tắt trong TCExam. Hãy kiểm tra có dùng không."


def read_records(table: Table) -> ParsedBank | None:
    """The bank of a table of TCExam records, None for any other table."""
    letters = [table.text(row, 0) for row in range(len(table.rows))]
    if "Q" not in letters or "A" not in letters or len(RECORDS.intersection(letters)) < 3:
        return None
    return ParsedBank("tcexam", tuple(map(checked, _questions(table, letters))))


def _questions(table: Table, letters: list[str]) -> Iterator[ParsedQuestion]:
    topic, number = "", 0
    for row, record in enumerate(letters):
        if record == "S":
            topic = table.text(row, 2)
        elif record == "Q":
            number += 1
            end = next((below for below in range(row + 1, len(letters)) if letters[below] in "MSQ"), None)
            answers = [at for at in range(row + 1, end or len(letters)) if letters[at] == "A"]
            yield _question(table, row, answers, topic, str(number))


def _question(table: Table, row: int, answers: list[int], topic: str, number: str) -> ParsedQuestion:
    kind = KINDS.get(table.text(row, 4).upper(), "")
    # In a question answered by text every answer is an accepted one.
    choices = tuple(
        ParsedChoice(letter(place), table.text(at, 2), kind == "short_text" or table.text(at, 4) == "1")
        for place, at in enumerate(answers)
    )
    return ParsedQuestion(
        number,
        table.place(row, 2),
        kind or "single",
        table.text(row, 2),
        choices,
        topic,
        explanation=table.text(row, 3),
        source="\n".join(" | ".join(filter(None, table.rows[at])) for at in (row, *answers)),
        faults=tuple(_faults(table, row, kind)),
    )


def _faults(table: Table, row: int, kind: str) -> Iterator[Fault]:
    if not kind:
        yield fault(FaultKind.UNSUPPORTED_KIND, table.place(row, 4), name=table.text(row, 4) or "?")
    if table.text(row, 1) == "0":
        yield fault(FaultKind.FILE_NOTE, table.place(row, 1), Severity.WARNING, note=SWITCHED_OFF)
