"""What the rows of a question mean, for every kind: its key, what is put in order or matched, what is amiss."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from string import ascii_uppercase

from contest.rules import grading
from contest.rules.grading import LONGEST_TEXT, Key, Kind
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, ParsedQuestion, Severity, fault
from contest.rules.vietnamese import answer_key

CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE})
TYPED = frozenset({Kind.SHORT_TEXT, Kind.NUMBER})
ARRANGED = frozenset({Kind.ORDERING, Kind.MATCHING})
# Of these a part of the answer can be right.
PARTLY_RIGHT = frozenset({Kind.MULTIPLE, Kind.ORDERING, Kind.MATCHING})


def key_of(kind: Kind, choices: Sequence[ParsedChoice], partial: bool = False) -> Key:
    """The right answer by the choices' places from 0; ValueError where they do not tell one."""
    right = [choice for choice in choices if choice.right]
    match kind:
        case Kind.SHORT_TEXT:
            return Key(kind, texts=tuple(choice.text for choice in right))
        case Kind.NUMBER:
            if len(right) != 1:
                raise ValueError("a number has exactly one key")
            tolerance = right[0].tolerance
            allowed = abs(read_number(tolerance)) if tolerance else Decimal(0)
            return Key(kind, number=read_number(right[0].text), tolerance=allowed)
        case Kind.ORDERING:
            return Key(kind, order=tuple(range(len(choices))), partial=partial)
        case Kind.MATCHING:
            return Key(kind, pairs=_pairs(choices), partial=partial)
        case _:
            places = (place for place, choice in enumerate(choices) if choice.right)
            return Key(kind, right=frozenset(places), partial=partial)


def has_key(kind: Kind, choices: Sequence[ParsedChoice]) -> bool:
    """Whether the choices tell a right answer."""
    try:
        key_of(kind, choices)
    except ValueError:
        return False
    return True


def read_number(text: str) -> Decimal:
    """A number as people write it ("25.980", "3,14"); ValueError for anything else."""
    written = grading.validate_response(Kind.NUMBER, 0, text)
    if not written:
        raise ValueError("there is no number")
    return Decimal(written.replace(",", "."))


def left_side(choices: Sequence[ParsedChoice]) -> tuple[int, ...]:
    """Of a matching, the places of what a partner is looked for."""
    return tuple(place for place, choice in enumerate(choices) if choice.text)


def right_side(choices: Sequence[ParsedChoice]) -> tuple[int, ...]:
    """Of a matching, the places of the partners on offer; one that belongs to several stands there once."""
    first: dict[str, int] = {}
    for place, choice in enumerate(choices):
        if choice.match:
            first.setdefault(choice.match, place)
    return tuple(first.values())


def lettered(
    kind: Kind, choices: Sequence[ParsedChoice], order: Sequence[int]
) -> tuple[tuple[str, int, str], ...]:
    """What a paper that puts the places in this order shows under letters: (letter, place, text)."""
    if kind in TYPED:
        return ()
    if kind is Kind.MATCHING:
        on_offer = right_side(choices)
        order = [place for place in order if place in on_offer]
    texts = [choice.match if kind is Kind.MATCHING else choice.text for choice in choices]
    return tuple((letter, place, texts[place]) for letter, place in zip(ascii_uppercase, order, strict=False))


def _pairs(choices: Sequence[ParsedChoice]) -> frozenset[tuple[int, int]]:
    partner = {choices[place].match: place for place in right_side(choices)}
    return frozenset((place, partner[choices[place].match]) for place in left_side(choices))


def tidied(question: ParsedQuestion) -> ParsedQuestion:
    """The question with numbers in their one written form ("25980", "3,14"), where they can be read."""
    if question.kind != Kind.NUMBER:
        return question
    return replace(
        question,
        choices=tuple(
            replace(each, text=_written(each.text), tolerance=_written(each.tolerance))
            for each in question.choices
        ),
    )


def _written(number: str) -> str:
    try:
        return grading.validate_response(Kind.NUMBER, 0, number)
    except ValueError:
        return number


def shape_faults(question: ParsedQuestion) -> Iterator[Fault]:
    """What keeps a question that is typed, put in order or matched from being asked."""
    if question.kind in TYPED:
        yield from _typed_faults(question)
    elif question.kind in ARRANGED:
        yield from _arranged_faults(question)


def _typed_faults(question: ParsedQuestion) -> Iterator[Fault]:
    right = [choice for choice in question.choices if choice.right and choice.text.strip()]
    if not right:
        yield fault(FaultKind.NO_KEY, question.place)
    if question.kind == Kind.NUMBER:
        if len(right) > 1:
            keys = "; ".join(choice.text for choice in right)
            yield fault(FaultKind.SEVERAL_KEYS, question.place, keys=keys)
        for choice in right:
            for value in (choice.text, choice.tolerance or "0"):
                if not _is_number(value):
                    yield fault(FaultKind.BAD_NUMBER, question.place, value=value[:60])
        return
    for choice in right:
        if len(choice.text) > LONGEST_TEXT:
            length, limit = str(len(choice.text)), str(LONGEST_TEXT)
            yield fault(FaultKind.TOO_LONG, question.place, Severity.ERROR, length=length, limit=limit)


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except ValueError:
        return False
    return True


def _arranged_faults(question: ParsedQuestion) -> Iterator[Fault]:
    matching = question.kind == Kind.MATCHING
    rows = [choice for choice in question.choices if choice.text.strip() or not matching]
    if len(rows) < 2 or (matching and len(right_side(question.choices)) < 2):
        yield fault(FaultKind.ONE_CHOICE, question.place)
    seen: dict[str, str] = {}
    for choice in rows:
        if not choice.text.strip() or (matching and not choice.match.strip()):
            yield fault(FaultKind.EMPTY_CHOICE, question.place, label=choice.label)
            continue
        key = answer_key(choice.text) or choice.text.strip()
        if key in seen:
            yield fault(FaultKind.EQUAL_CHOICES, question.place, first=seen[key], second=choice.label)
        seen.setdefault(key, choice.label)
