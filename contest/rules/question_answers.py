"""Answers of a document whose question says that it is typed, put in order or matched."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from contest.rules.parsed import Fault, FaultKind, ParsedChoice, fault
from contest.rules.question_words import number_and_reach, order_in, pairs_in

Answers = tuple[tuple[ParsedChoice, ...], list[Fault]]
Choices = tuple[ParsedChoice, ...]


def texts(values: Sequence[str], choices: Choices, place: str) -> Answers:
    """Of a short text every key is an accepted answer; without keys every choice is one."""
    if values and choices:
        return choices, [fault(FaultKind.KEY_UNREAD, place, key=values[0].strip()[:60])]
    if choices:
        return tuple(replace(choice, right=True) for choice in choices), []
    accepted = dict.fromkeys(value.strip() for value in values)
    found = tuple(ParsedChoice(_letter(at), text, True) for at, text in enumerate(accepted))
    return found, [] if found else [fault(FaultKind.NO_KEY, place)]


def number(values: Sequence[str], choices: Choices, place: str) -> Answers:
    """A number with how far an answer may be off ("25 ± 0,5"), told once."""
    written = list(dict.fromkeys([*(value.strip() for value in values), *(one.text for one in choices)]))
    found = tuple(
        ParsedChoice(_letter(at), value, len(written) == 1, tolerance=reach)
        for at, (value, reach) in enumerate(map(number_and_reach, written))
    )
    if not found:
        return (), [fault(FaultKind.NO_KEY, place)]
    several = fault(FaultKind.SEVERAL_KEYS, place, keys="; ".join(written)[:60])
    return found, [several] if len(found) > 1 else []


def ordering(values: Sequence[str], choices: Choices, place: str) -> Answers:
    """Things in the order that the key tells ("C, A, B")."""
    if not values:
        return choices, [fault(FaultKind.NO_KEY, place)]
    orders = [order_in(value, [choice.label for choice in choices]) for value in values]
    order = orders[0]
    if order is None or len(order) < 2 or any(each != order for each in orders):
        return choices, [fault(FaultKind.KEY_UNREAD, place, key="; ".join(values)[:60])]
    return tuple(replace(choices[from_], label=_letter(at), right=True) for at, from_ in enumerate(order)), []


def matching(values: Sequence[str], choices: Choices, place: str) -> Answers:
    """Pairs with an arrow between both sides; a key beside them could only contradict them."""
    pairs = pairs_in([choice.text for choice in choices])
    if pairs is None or values:
        wrong = [*values, *(choice.text for choice in choices if "→" not in choice.text), ""]
        return choices, [fault(FaultKind.KEY_UNREAD, place, key=wrong[0].strip()[:60])]
    return tuple(
        replace(choice, text=left, right=bool(left), match=right)
        for choice, (left, right) in zip(choices, pairs, strict=True)
    ), []


def _letter(place: int) -> str:
    return chr(ord("A") + place)


# By kind: how its answers are read from the keys and the lettered choices of a question.
READERS: dict[str, Callable[[Sequence[str], Choices, str], Answers]] = {
    "short_text": texts,
    "number": number,
    "ordering": ordering,
    "matching": matching,
}
