"""Which choice stands out from its siblings, and when nothing does."""

import pytest

from contest.rules.question_emphasis import Emphasis, MarkedChoice, emphasis, is_coloured
from contest.rules.question_lines import Grid, Line, Span, line_of, paragraphs, tidy
from contest.rules.question_text import recognise


def choices(*texts: tuple[Span, ...]) -> list[MarkedChoice]:
    return [
        MarkedChoice(chr(65 + i), line_of(f"{chr(65 + i)}. "), (Line(spans),))
        for i, spans in enumerate(texts)
    ]


PLAIN = (Span("một"),)
BOLD = (Span("hai", bold=True), Span(" "))
PART = (Span("ba "), Span("bốn", bold=True))
ITALIC = (Span("năm", italic=True),)
EMPTY = (Span(" . "),)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([PLAIN, BOLD], Emphasis(right=frozenset({1}))),
        ([PLAIN, PLAIN], Emphasis()),
        ([BOLD, BOLD], Emphasis(all_alike=True)),
        ([PLAIN, PART], Emphasis(partial=(1, "bốn"))),
        ([PART, PART], Emphasis()),
        ([PLAIN, ITALIC], Emphasis(right=frozenset({1}), weak=True)),
        ([BOLD, ITALIC], Emphasis(right=frozenset({0}))),
        ([PLAIN, EMPTY], Emphasis()),
        ([BOLD], Emphasis()),
        ([], Emphasis()),
    ],
)
def test_emphasis_is_relative_to_the_siblings(texts, expected):
    assert emphasis(choices(*texts)) == expected


@pytest.mark.parametrize(
    ("colour", "stands_out"),
    [
        ("", False),
        ("auto", False),
        ("000000", False),
        ("1F1F1F", False),
        ("FF0000", True),
        ("red", True),
        ("#00B050", True),
        ("FF", True),
    ],
)
def test_black_and_nearly_black_are_no_colour(colour, stands_out):
    assert is_coloured(colour) is stands_out


def test_running_text_skips_empty_lines():
    assert paragraphs([line_of("Một"), line_of(" "), line_of("hai")]) == "Một hai"


def test_soft_breaks_make_lines_and_keep_the_emphasis():
    line = Line((Span("a", bold=True), Span("b\nc")), "đoạn 1", "hình ảnh")
    first, second = tidy(line)
    assert [(s.text, s.bold) for s in first.spans] == [("a", True), ("b", False)]
    assert ((first.lost, second.lost), second.text, second.place) == (("hình ảnh", ""), "c", "đoạn 1")


def spans(**looks: dict[str, object]) -> list[Line]:
    return [Line((Span(f"{letter}. Cơ quan {letter}", **looks.get(letter, {})),)) for letter in "ABC"]


@pytest.mark.parametrize(
    ("looks", "kinds"),
    [
        ({"B": {"bold": True}}, []),
        ({"B": {"bold": True}, "C": {"colour": "FF0000"}}, ["keys_conflict"]),
        ({letter: {"bold": True} for letter in "ABC"}, ["all_emphasised"]),
        ({letter: {"colour": "0000FF"} for letter in "ABC"}, ["all_emphasised"]),
        ({}, ["no_key"]),
    ],
)
def test_a_question_takes_its_key_only_from_what_stands_out(looks, kinds):
    (question,) = recognise([line_of("Câu 1: Ai?"), *spans(**looks)], "docx").questions
    assert [fault.kind.value for fault in question.faults] == kinds
    assert [choice.right for choice in question.choices] == [False, not kinds, False]


def test_a_part_that_stands_out_is_shown_and_not_taken():
    choices = [Line((Span("A. một"),)), Line((Span("B. hai "), Span("ba", bold=True)))]
    (question,) = recognise([line_of("Câu 1: Ai?"), *choices], "docx").questions
    assert [(fault.kind.value, dict(fault.values)) for fault in question.faults] == [
        ("partly_emphasised", {"label": "B", "part": "ba"})
    ]


def test_a_tone_in_a_run_of_its_own_goes_to_its_letter():
    (line,) = tidy(Line((Span("Đa"), Span("\u0301p", bold=True))))
    assert (line.text, [span.text for span in line.spans]) == ("Đáp", ["Đá", "p"])


def test_a_picture_beside_a_choice_is_noted():
    choices = [Line((Span("A. x"),), "", "hình ảnh"), line_of("B. y"), line_of("Đáp án: A")]
    (question,) = recognise([line_of("Câu 1: Ai?"), *choices], "docx").questions
    assert [fault.kind.value for fault in question.faults] == ["lost_object"]


def test_an_empty_cell_is_no_choice():
    head, row = ("Câu hỏi", "A", "B", "C", "Đáp án"), ("Mấy?", "3", "5", " ", "B")
    grid = Grid(tuple(tuple((line_of(cell),) for cell in cells) for cells in (head, row)))
    (question,) = recognise([grid], "docx").questions
    assert [choice.label for choice in question.choices] == ["A", "B"]
