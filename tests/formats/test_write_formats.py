"""Each format says what it cannot hold, and a bank of this program comes back whole from all of them."""

from pathlib import Path

import pytest

from contest.banks.formats.read import read_bank
from contest.banks.writing import FORMATS
from contest.rules.parsed import ParsedQuestion
from tests.formats.nasty_questions import ORDER, choices_of, in_file_order, plain_question

BANKS = sorted((Path(__file__).parents[2] / "question_banks").glob("0*"))


def core(question: ParsedQuestion) -> tuple[object, ...]:
    """What every format holds."""
    return (question.kind, question.text, question.choices)


@pytest.mark.parametrize("bank", BANKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", FORMATS)
def test_every_real_bank_survives_every_format(bank: Path, name: str) -> None:
    questions = list(read_bank(bank.read_bytes(), bank.name).questions)
    form = FORMATS[name]
    assert form.left_out(questions) == []
    back = read_bank(form.write(questions, bank.stem), f"bank{form.ending}")
    assert [core(question) for question in back.questions] == [
        core(question) for question in in_file_order(questions)
    ]
    assert back.ready == len(questions)


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("xlsx", ["nine"]),
        ("docx", ["nine"]),
        ("gift", ["ordering"]),
        ("aiken", ["nine", "ordering"]),
        ("moodle", []),
        ("qti", []),
    ],
)
def test_a_format_names_what_it_leaves_out(name: str, left_out: list[str]) -> None:
    nine = plain_question(text="nine", choices=choices_of(*((f"Số {n}", n == 0) for n in range(9))))
    ordering = plain_question(text="ordering", kind="ordering", choices=ORDER)
    found = FORMATS[name].left_out([plain_question(), nine, ordering])
    assert [question.text for question in found] == left_out
