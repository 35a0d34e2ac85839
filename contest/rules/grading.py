"""How an answer is written down, marked, and counted into a score.

A response is a short text that speaks of choices by their original position, from 0, whatever order a paper
shows them in: SINGLE and TRUE_FALSE "2", MULTIPLE "0,2", ORDERING "2,0,1" (the positions in the order
given), MATCHING "0-1,1-0" (left-right), NUMBER "25,5", SHORT_TEXT the text. Blank is "".
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

LONGEST_TEXT = 500
LONGEST_NUMBER = 25


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT_TEXT = "short_text"
    NUMBER = "number"
    ORDERING = "ordering"
    MATCHING = "matching"


class Treatment(StrEnum):
    """What the board decided about a question in a round after it was answered."""

    NORMAL = "normal"
    VOID = "void"  # full marks for everybody, also for those who left it blank
    ACCEPT_ALSO = "accept_also"  # the named responses earn full marks beside the key


class BlankRule(StrEnum):
    """What a question left blank does."""

    WRONG = "wrong"  # it counts as wrong
    VOID = "void"  # the whole paper counts nothing


@dataclass(frozen=True)
class Key:
    """The right answer to a question; only the fields of its kind are read, and they must not be empty.

    `right`: SINGLE (any of them), MULTIPLE (all of them), TRUE_FALSE. `texts`: SHORT_TEXT (any of them).
    `number`, `tolerance`: NUMBER, off by at most so much. `order`: ORDERING. `pairs`: MATCHING.
    `partial`: MULTIPLE earns (right ones taken − wrong ones taken) / right ones, not below 0; ORDERING the
    share of things in their place; MATCHING the share of pairs found. Otherwise all or nothing.
    """

    kind: Kind
    right: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    order: tuple[int, ...] = ()
    pairs: frozenset[tuple[int, int]] = frozenset()
    partial: bool = False

    def __post_init__(self) -> None:
        needed = {
            Kind.SHORT_TEXT: bool(self.texts),
            Kind.NUMBER: self.number is not None,
            Kind.ORDERING: bool(self.order),
            Kind.MATCHING: bool(self.pairs),
        }
        if not needed.get(self.kind, bool(self.right)):
            raise ValueError("a question without a key cannot be marked")


def plain_text(text: str) -> str:
    """Texts that differ in case, spacing or composition of letters only are the same answer."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def mark(
    key: Key,
    response: str,
    treatment: Treatment = Treatment.NORMAL,
    also: Collection[str] = (),
    normalise: Callable[[str], str] = plain_text,
) -> Fraction:
    """From 0 to 1 for a response in its written form (see `validate_response`); blank earns 0.

    `also`: responses that ACCEPT_ALSO takes, in the same form. `normalise` makes texts comparable.
    """
    if treatment is Treatment.VOID:
        return Fraction(1)
    if not response:
        return Fraction(0)
    if treatment is Treatment.ACCEPT_ALSO and _among(response, also, key.kind, normalise):
        return Fraction(1)
    match key.kind:
        case Kind.MULTIPLE:
            share = _multiple(key.right, {int(place) for place in response.split(",")})
        case Kind.SHORT_TEXT:
            share = Fraction(_among(response, key.texts, key.kind, normalise))
        case Kind.NUMBER:
            share = Fraction(abs(_number(response) - (key.number or Decimal(0))) <= key.tolerance)
        case Kind.ORDERING:
            given = [int(place) for place in response.split(",")]
            share = Fraction(sum(map(int.__eq__, key.order, given)), len(key.order))
        case Kind.MATCHING:
            share = Fraction(len(key.pairs & _pairs(response)), len(key.pairs))
        case _:
            share = Fraction(int(response) in key.right)
    return share if key.partial else Fraction(share == 1)


def _multiple(right: frozenset[int], taken: set[int]) -> Fraction:
    return max(Fraction(len(right & taken) - len(taken - right), len(right)), Fraction(0))


def _among(response: str, accepted: Collection[str], kind: Kind, normalise: Callable[[str], str]) -> bool:
    if kind is Kind.SHORT_TEXT:
        return normalise(response) in {normalise(text) for text in accepted}
    return response in accepted


def validate_response(kind: Kind, choice_count: int, response: str) -> str:
    """The response in its one written form; ValueError for anything that cannot be an answer.

    `choice_count`: choices of SINGLE, MULTIPLE and TRUE_FALSE, things to order, larger side to match.
    An ordering is complete, a matching may leave things unmatched and use a right-hand thing again.
    """
    if len(response) > LONGEST_TEXT:
        raise ValueError("the answer is too long")
    plain = " ".join(unicodedata.normalize("NFC", response).split())
    if not plain or kind is Kind.SHORT_TEXT:
        return plain
    if kind is Kind.NUMBER:
        return f"{_number(plain).normalize() + 0:f}".replace(".", ",")
    if kind is Kind.MATCHING:
        return _validated_matching(plain, choice_count)
    places = [_place(text, choice_count) for text in plain.split(",")]
    if len(set(places)) < len(places):
        raise ValueError("a choice is named twice")
    if kind is Kind.MULTIPLE:
        places.sort()
    elif len(places) != (choice_count if kind is Kind.ORDERING else 1):
        raise ValueError("the answer names too few or too many choices")
    return ",".join(map(str, places))


def _validated_matching(plain: str, choice_count: int) -> str:
    pairs = []
    for pair in plain.split(","):
        left, _, right = pair.partition("-")
        pairs.append((_place(left, choice_count), _place(right, choice_count)))
    if len({left for left, _ in pairs}) < len(pairs):
        raise ValueError("a thing is matched twice")
    return ",".join(f"{left}-{right}" for left, right in sorted(pairs))


def _place(text: str, choice_count: int) -> int:
    if not re.fullmatch(" ?[0-9]{1,3} ?", text) or int(text) >= choice_count:
        raise ValueError("there is no such choice")
    return int(text)


def _pairs(response: str) -> frozenset[tuple[int, int]]:
    pairs = (pair.split("-") for pair in response.split(","))
    return frozenset((int(left), int(right)) for left, right in pairs)


def _number(text: str) -> Decimal:
    """Read a number the Vietnamese way: comma for decimals, dots between thousands.

    A dot that cannot stand between thousands ("25.5") is taken as the decimal sign it was meant to be.
    """
    bare = text.replace(" ", "").replace("\u2212", "-")
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?", bare):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if len(bare) > LONGEST_NUMBER or not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", bare):
        raise ValueError("the answer is not a number")
    return Decimal(bare)


@dataclass(frozen=True)
class Marked:
    """One question of a handed-in paper: its mark from 0 to 1, and whether it was left blank."""

    mark: Fraction
    blank: bool


def marked(
    key: Key,
    response: str,
    treatment: Treatment = Treatment.NORMAL,
    also: Collection[str] = (),
    normalise: Callable[[str], str] = plain_text,
) -> Marked:
    """Mark a response. A voided question is never a blank: nobody was bound to answer it."""
    blank = not response and treatment is not Treatment.VOID
    return Marked(mark(key, response, treatment, also, normalise), blank)


@dataclass(frozen=True)
class Score:
    """What a paper came to; `right` counts full marks only, `points` adds up parts of marks as well."""

    right: int
    out_of: int
    blanks: int
    points: Fraction

    @property
    def all_right(self) -> bool:
        """Every question right, and there was at least one."""
        return 0 < self.out_of == self.right


def total(questions: Iterable[Marked], blank_rule: BlankRule = BlankRule.WRONG) -> Score:
    """Add up a paper. Under BlankRule.VOID a paper with any blank has 0 right and 0 points."""
    paper = list(questions)
    blanks = sum(question.blank for question in paper)
    if blanks and blank_rule is BlankRule.VOID:
        return Score(0, len(paper), blanks, Fraction(0))
    right = sum(question.mark == 1 for question in paper)
    return Score(right, len(paper), blanks, sum((question.mark for question in paper), Fraction(0)))
