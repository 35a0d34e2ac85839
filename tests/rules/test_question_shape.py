"""What the rows of a question mean: keys of every kind, the two sides of a matching, and what is amiss."""

from decimal import Decimal
from fractions import Fraction

import pytest

from contest.rules import grading
from contest.rules.grading import Key, Kind
from contest.rules.parsed import FaultKind, ParsedChoice, ParsedQuestion
from contest.rules.question_shape import (
    has_key,
    key_of,
    left_side,
    read_number,
    right_side,
    shape_faults,
    tidied,
)


def rows(*texts: str, right: bool = True) -> tuple[ParsedChoice, ...]:
    return tuple(ParsedChoice(chr(65 + place), text, right) for place, text in enumerate(texts))


def pairs(*both: tuple[str, str]) -> tuple[ParsedChoice, ...]:
    return tuple(
        ParsedChoice(chr(65 + place), left, bool(left), right) for place, (left, right) in enumerate(both)
    )


ONE_RIGHT = (*rows("Sáu", right=False), ParsedChoice("B", "Năm", True))
THREE_SEVEN = (ParsedChoice("A", "3,7", True, tolerance="0,2"),)
OFFICES = pairs(("Khai sinh", "Ủy ban xã"), ("Căn cước", "Công an"), ("Kết hôn", "Ủy ban xã"), ("", "Tòa án"))


@pytest.mark.parametrize(
    ("kind", "choices", "key"),
    [
        (Kind.SINGLE, ONE_RIGHT, Key(Kind.SINGLE, right=frozenset({1}))),
        (Kind.TRUE_FALSE, ONE_RIGHT, Key(Kind.TRUE_FALSE, right=frozenset({1}))),
        (Kind.MULTIPLE, rows("a", "b"), Key(Kind.MULTIPLE, right=frozenset({0, 1}))),
        (Kind.SHORT_TEXT, rows("UBND xã", "xã"), Key(Kind.SHORT_TEXT, texts=("UBND xã", "xã"))),
        (Kind.NUMBER, rows("25.980"), Key(Kind.NUMBER, number=Decimal(25980))),
        (Kind.NUMBER, THREE_SEVEN, Key(Kind.NUMBER, number=Decimal("3.7"), tolerance=Decimal("0.2"))),
        (Kind.ORDERING, rows("a", "b", "c"), Key(Kind.ORDERING, order=(0, 1, 2))),
        (Kind.MATCHING, OFFICES, Key(Kind.MATCHING, pairs=frozenset({(0, 0), (1, 1), (2, 0)}))),
    ],
)
def test_the_rows_tell_the_key(kind, choices, key):
    assert key_of(kind, choices) == key
    assert has_key(kind, choices)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (Kind.SINGLE, rows("a", "b", right=False)),
        (Kind.SHORT_TEXT, ()),
        (Kind.NUMBER, ()),
        (Kind.NUMBER, rows("1", "2")),
        (Kind.NUMBER, rows("vài")),
        (Kind.NUMBER, rows("")),
        (Kind.ORDERING, ()),
        (Kind.MATCHING, ()),
    ],
)
def test_rows_that_tell_nothing_are_no_key(kind, choices):
    assert not has_key(kind, choices)
    with pytest.raises(ValueError):
        key_of(kind, choices)


def test_a_part_of_the_answer_earns_a_part_of_the_mark_where_the_question_says_so():
    whole, partial = (key_of(Kind.ORDERING, rows(*"abc"), partial) for partial in (False, True))
    assert (grading.mark(whole, "0,2,1"), grading.mark(partial, "0,2,1")) == (0, Fraction(1, 3))


def test_the_two_sides_of_a_matching_a_partner_of_several_stands_there_once():
    assert left_side(OFFICES) == (0, 1, 2)
    assert right_side(OFFICES) == (0, 1, 3)


def test_numbers_are_kept_in_one_written_form_where_they_can_be_read():
    number = ParsedQuestion("1", "", "number", "Bao nhiêu?", (ParsedChoice("A", "25.980", True, "", "0.5"),))
    assert tidied(number).choices == (ParsedChoice("A", "25980", True, "", "0,5"),)
    unread = ParsedQuestion("1", "", "number", "Bao nhiêu?", rows("vài"))
    assert tidied(unread) == unread
    text = ParsedQuestion("1", "", "short_text", "Số nào?", rows("25.980"))
    assert tidied(text) == text
    assert read_number("−3,5") == Decimal("-3.5")


@pytest.mark.parametrize(
    ("kind", "choices", "kinds"),
    [
        ("single", rows("a"), []),
        ("essay", (), []),
        ("short_text", rows("a", "b"), []),
        ("short_text", rows(" "), [FaultKind.NO_KEY]),
        ("short_text", rows("a", right=False), [FaultKind.NO_KEY]),
        ("short_text", rows("x" * 501), [FaultKind.TOO_LONG]),
        ("number", rows("3,14"), []),
        ("number", THREE_SEVEN, []),
        ("number", (), [FaultKind.NO_KEY]),
        ("number", rows("1", "2"), [FaultKind.SEVERAL_KEYS]),
        ("number", rows("vài"), [FaultKind.BAD_NUMBER]),
        ("number", (ParsedChoice("A", "1", True, tolerance="ít"),), [FaultKind.BAD_NUMBER]),
        ("ordering", rows("a", "b"), []),
        ("ordering", rows("a"), [FaultKind.ONE_CHOICE]),
        ("ordering", rows("a", ""), [FaultKind.EMPTY_CHOICE]),
        ("ordering", rows("xã", "XÃ"), [FaultKind.EQUAL_CHOICES]),
        ("ordering", rows("!", "?"), []),
        ("matching", OFFICES, []),
        ("matching", pairs(("a", "x"), ("b", "x")), [FaultKind.ONE_CHOICE]),
        ("matching", pairs(("a", "x"), ("", "y")), [FaultKind.ONE_CHOICE]),
        ("matching", pairs(("a", "x"), ("b", ""), ("", "y")), [FaultKind.EMPTY_CHOICE]),
        ("matching", pairs(("a", "x"), ("A", "y")), [FaultKind.EQUAL_CHOICES]),
    ],
)
def test_what_keeps_a_question_from_being_asked(kind, choices, kinds):
    question = ParsedQuestion("1", "", kind, "Hỏi?", choices)
    assert [each.kind for each in shape_faults(question)] == kinds
    assert not any(each.message() == "" for each in shape_faults(question))
