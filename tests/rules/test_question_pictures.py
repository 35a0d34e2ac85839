"""A picture belongs to a question only where its place among the lines leaves no doubt."""

import pytest

from contest.rules.parsed import FaultKind, ParsedPicture, ParsedQuestion
from contest.rules.question_lines import Grid, Line, Span, line_of, tidy
from contest.rules.question_text import recognise

PICTURE = ParsedPicture("image/png", 40, 30, b"picture")
OTHER = ParsedPicture("image/png", 40, 30, b"other")
CHOICES = (line_of("A. x"), line_of("B. y"), line_of("Đáp án: A"))


def shown(text: str = "", picture: ParsedPicture | None = PICTURE) -> Line:
    return Line((Span(text),), "", "hình ảnh", picture)


def one(*blocks: Line | Grid) -> ParsedQuestion:
    (question,) = recognise(blocks, "docx").questions
    return question


@pytest.mark.parametrize(
    "blocks",
    [
        (shown("Câu 1: Hình nào?"), *CHOICES),
        (line_of("Câu 1: Hình nào?"), shown(), *CHOICES),
        (line_of("Câu 1: Hình nào?"), shown("bên dưới"), shown(), *CHOICES),
        (line_of("Câu 1: Hình là ___"), shown(), line_of("Đáp án: Quốc huy")),
    ],
)
def test_the_one_picture_of_the_text_is_the_picture_of_the_question(blocks):
    question = one(*blocks)
    assert (question.picture, question.faults) == (PICTURE, ())


@pytest.mark.parametrize(
    "blocks",
    [
        (shown("Câu 1: Hình nào?", None), *CHOICES),
        (shown("Câu 1: Hình nào?"), shown("", OTHER), *CHOICES),
        (shown("Câu 1: Hình nào?"), shown("", None), *CHOICES),
        (line_of("Câu 1: Hình nào?"), shown("A. x"), *CHOICES[1:]),
        (line_of("Câu 1: Hình nào?"), *CHOICES, shown()),
        (line_of("Câu 1: Hình nào?"), line_of("1. x"), shown(), line_of("2. y"), line_of("Đáp án: 1")),
        (line_of("Câu 1: Hình nào?"), shown("–"), *CHOICES),
        (line_of("Câu 1: Hình là đúng hay sai?"), shown()),
    ],
)
def test_any_other_picture_is_said_to_be_lost(blocks):
    question = one(*blocks)
    assert (question.picture, question.ready) == (None, False)
    assert FaultKind.LOST_OBJECT in [fault.kind for fault in question.faults]


def test_of_a_label_and_a_cell_that_both_hold_something_nothing_is_kept():
    row = ((shown("Câu 1:"),), (shown("Hình nào?"),))
    assert one(Grid((row,)), *CHOICES).picture is None
    assert one(Grid((((line_of("Câu 1:"),), row[1]),)), *CHOICES).picture == PICTURE


@pytest.mark.parametrize(
    ("text", "kept"), [("Hình nào?\n", True), ("\nHình nào?", True), ("một\nhai", False)]
)
def test_beside_several_lines_a_picture_belongs_to_none_for_certain(text, kept):
    first, second = tidy(shown(text))
    assert (first.lost, first.picture, second.picture) == ("hình ảnh", PICTURE if kept else None, None)


def test_the_json_of_a_question_tells_of_its_picture_without_its_bytes():
    told = recognise([shown("Câu 1: Hình nào?"), *CHOICES], "docx").as_json()["questions"]
    assert isinstance(told, list)
    assert told[0]["picture"] == {"media_type": "image/png", "width": 40, "height": 30}
