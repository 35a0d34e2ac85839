"""How answers are written down, marked and added up."""

import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest

from contest.rules.grading import (
    LONGEST_TEXT,
    BlankRule,
    Key,
    Kind,
    Marked,
    Score,
    Treatment,
    mark,
    marked,
    total,
    validate_response,
)

SINGLE = Key(Kind.SINGLE, right=frozenset({2}))
TRUE_FALSE = Key(Kind.TRUE_FALSE, right=frozenset({0}))
MULTIPLE = Key(Kind.MULTIPLE, right=frozenset({0, 2}))
PARTLY = Key(Kind.MULTIPLE, right=frozenset({0, 2}), partial=True)
TEXT = Key(Kind.SHORT_TEXT, texts=("Một cửa", "bộ phận một cửa"))
NUMBER = Key(Kind.NUMBER, number=Decimal("25.5"), tolerance=Decimal("0.5"))
ZERO = Key(Kind.NUMBER, number=Decimal(0))
ORDER = Key(Kind.ORDERING, order=(2, 0, 1))
IN_PLACE = Key(Kind.ORDERING, order=(2, 0, 1), partial=True)
PAIRS = Key(Kind.MATCHING, pairs=frozenset({(0, 1), (1, 0)}))
SOME_PAIRS = Key(Kind.MATCHING, pairs=frozenset({(0, 1), (1, 0)}), partial=True)


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        (SINGLE, "2", 1),
        (SINGLE, "0", 0),
        (SINGLE, "", 0),
        (TRUE_FALSE, "0", 1),
        (TRUE_FALSE, "1", 0),
        (MULTIPLE, "0,2", 1),
        (MULTIPLE, "0", 0),
        (MULTIPLE, "0,1,2", 0),
        (PARTLY, "0,2", 1),
        (PARTLY, "0", Fraction(1, 2)),
        (PARTLY, "0,1,2", Fraction(1, 2)),
        (PARTLY, "0,1", 0),
        (PARTLY, "1,3", 0),
        (TEXT, "MỘT  CỬA", 1),
        (TEXT, unicodedata.normalize("NFD", "một cửa"), 1),
        (TEXT, "mot cua", 0),
        (NUMBER, "25,5", 1),
        (NUMBER, "26", 1),
        (NUMBER, "25", 1),
        (NUMBER, "26,01", 0),
        (ZERO, "0", 1),
        (ZERO, "0,1", 0),
        (ORDER, "2,0,1", 1),
        (ORDER, "2,1,0", 0),
        (IN_PLACE, "2,1,0", Fraction(1, 3)),
        (PAIRS, "0-1,1-0", 1),
        (PAIRS, "0-1", 0),
        (SOME_PAIRS, "0-1,1-1", Fraction(1, 2)),
    ],
)
def test_a_response_earns_what_its_key_says(key: Key, response: str, expected: Fraction) -> None:
    assert mark(key, response) == expected


@pytest.mark.parametrize(
    ("key", "response", "treatment", "also", "expected"),
    [
        (SINGLE, "0", Treatment.VOID, (), Marked(Fraction(1), blank=False)),
        (SINGLE, "", Treatment.VOID, (), Marked(Fraction(1), blank=False)),
        (SINGLE, "0", Treatment.ACCEPT_ALSO, ("0", "1"), Marked(Fraction(1), blank=False)),
        (SINGLE, "3", Treatment.ACCEPT_ALSO, ("0", "1"), Marked(Fraction(0), blank=False)),
        (SINGLE, "2", Treatment.ACCEPT_ALSO, ("0",), Marked(Fraction(1), blank=False)),
        (SINGLE, "", Treatment.ACCEPT_ALSO, ("0",), Marked(Fraction(0), blank=True)),
        (SINGLE, "0", Treatment.NORMAL, ("0",), Marked(Fraction(0), blank=False)),
        (TEXT, "1 cửa", Treatment.ACCEPT_ALSO, ("1 Cửa",), Marked(Fraction(1), blank=False)),
        (PARTLY, "0", Treatment.ACCEPT_ALSO, ("0,1",), Marked(Fraction(1, 2), blank=False)),
    ],
)
def test_a_question_found_faulty_is_voided_or_takes_another_answer_too(
    key: Key, response: str, treatment: Treatment, also: tuple[str, ...], expected: Marked
) -> None:
    assert marked(key, response, treatment, also) == expected


def test_texts_are_compared_as_the_caller_says() -> None:
    assert mark(TEXT, "cửa một", normalise=lambda text: " ".join(sorted(text.casefold().split()))) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_without_a_key_cannot_be_marked(kind: Kind) -> None:
    with pytest.raises(ValueError, match="without a key"):
        Key(kind)


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        (Kind.SINGLE, " 2 ", "2"),
        (Kind.SINGLE, "", ""),
        (Kind.SINGLE, "02", "2"),
        (Kind.TRUE_FALSE, "1", "1"),
        (Kind.MULTIPLE, "2, 0", "0,2"),
        (Kind.ORDERING, "2,0,1,3", "2,0,1,3"),
        (Kind.MATCHING, "1-0, 0-1", "0-1,1-0"),
        (Kind.MATCHING, "0-1,2-1", "0-1,2-1"),
        (Kind.SHORT_TEXT, "  một \n cửa\u00a0", "một cửa"),
        (Kind.SHORT_TEXT, " \u3000 ", ""),
        (Kind.NUMBER, "25.5", "25,5"),
        (Kind.NUMBER, "25,50", "25,5"),
        (Kind.NUMBER, "25.980", "25980"),
        (Kind.NUMBER, "25 980", "25980"),
        (Kind.NUMBER, "1.234.567,5", "1234567,5"),
        (Kind.NUMBER, "0.125", "0,125"),
        (Kind.NUMBER, "\u22123", "-3"),
        (Kind.NUMBER, "-0,0", "0"),
        (Kind.NUMBER, "+100", "100"),
        (Kind.NUMBER, "123456789012345678901234", "123456789012345678901234"),
    ],
)
def test_a_response_has_one_written_form(kind: Kind, typed: str, written: str) -> None:
    assert validate_response(kind, 4, typed) == written
    assert validate_response(kind, 4, written) == written


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.SINGLE, "4"),
        (Kind.SINGLE, "-1"),
        (Kind.SINGLE, "0,1"),
        (Kind.SINGLE, "A"),
        (Kind.SINGLE, "٢"),
        (Kind.SINGLE, "9" * 400),
        (Kind.MULTIPLE, "0,0"),
        (Kind.MULTIPLE, "0,"),
        (Kind.ORDERING, "0,1"),
        (Kind.ORDERING, "0,1,2,2"),
        (Kind.MATCHING, "0-1,0-2"),
        (Kind.MATCHING, "0"),
        (Kind.MATCHING, "0-1-2"),
        (Kind.MATCHING, "0-4"),
        (Kind.NUMBER, "hai"),
        (Kind.NUMBER, "1,234.5"),
        (Kind.NUMBER, "1e5"),
        (Kind.NUMBER, "NaN"),
        (Kind.NUMBER, "1" * 26),
        (Kind.SHORT_TEXT, "a" * (LONGEST_TEXT + 1)),
    ],
)
def test_what_cannot_be_an_answer_is_refused(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueError, match=r"choice|number|too long|matched twice"):
        validate_response(kind, 4, typed)


RIGHT, WRONG, HALF = (Marked(Fraction(part, 2), blank=False) for part in (2, 0, 1))
BLANK = Marked(Fraction(0), blank=True)


@pytest.mark.parametrize(
    ("questions", "rule", "expected", "all_right"),
    [
        ([RIGHT, RIGHT], BlankRule.WRONG, Score(2, 2, 0, Fraction(2)), True),
        ([RIGHT, HALF, WRONG], BlankRule.WRONG, Score(1, 3, 0, Fraction(3, 2)), False),
        ([RIGHT, BLANK], BlankRule.WRONG, Score(1, 2, 1, Fraction(1)), False),
        ([RIGHT, BLANK, BLANK], BlankRule.VOID, Score(0, 3, 2, Fraction(0)), False),
        ([RIGHT, WRONG], BlankRule.VOID, Score(1, 2, 0, Fraction(1)), False),
        ([], BlankRule.WRONG, Score(0, 0, 0, Fraction(0)), False),
    ],
)
def test_a_paper_adds_up_and_a_blank_may_void_it(
    questions: list[Marked], rule: BlankRule, expected: Score, all_right: bool
) -> None:
    score = total(questions, rule)
    assert score == expected
    assert score.all_right is all_right


def test_a_blank_on_a_voided_question_voids_no_paper() -> None:
    paper = [marked(SINGLE, "2"), marked(SINGLE, "", Treatment.VOID)]
    assert total(paper, BlankRule.VOID).all_right
