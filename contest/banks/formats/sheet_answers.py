"""Answers of a sheet that are not chosen from a list: typed, put in order or matched."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from contest.banks.formats.sheet_entries import Entry
from contest.banks.formats.sheet_keys import letter
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, fault
from contest.rules.question_words import number_and_reach, order_in, pairs_in


@dataclass(frozen=True)
class Picking:
    """Kind of a question, its answers with the right ones marked, and what is doubtful about them."""

    kind: str
    answers: tuple[ParsedChoice, ...]
    faults: tuple[Fault, ...] = ()


def picked(kind: str, entry: Entry, right: frozenset[int], faults: tuple[Fault, ...] = ()) -> Picking:
    """The choices of a row, those at the right places marked."""
    answers = (
        ParsedChoice(letter(place), text, place in right) for place, text in sorted(entry.choices.items())
    )
    return Picking(kind, tuple(answers), faults)


def _texts(entry: Entry, place: str) -> Picking:
    """A short answer: every choice is an accepted variant, or the key cell lists them."""
    if not entry.choices:
        entry.choices = dict(enumerate(part.strip() for part in entry.key.split("\n") if part.strip()))
    faults = () if entry.choices else (fault(FaultKind.NO_KEY, place),)
    return picked("short_text", entry, frozenset(entry.choices), faults)


def _number(entry: Entry, place: str) -> Picking:
    """A number, with how far an answer may be off: in the key cell or in the place of a choice."""
    written = [text for text in (*entry.choices.values(), entry.key) if text]
    answers = tuple(
        ParsedChoice(letter(at), value, True, tolerance=reach)
        for at, (value, reach) in enumerate(map(number_and_reach, dict.fromkeys(written)))
    )
    if len(answers) == 1:
        return Picking("number", answers)
    several = fault(FaultKind.SEVERAL_KEYS, place, keys="; ".join(written))
    doubt = several if answers else fault(FaultKind.NO_KEY, place)
    return Picking("number", tuple(replace(one, right=False) for one in answers), (doubt,))


def _ordering(entry: Entry, place: str) -> Picking:
    """Things in the order that the key tells; without a key nobody knows whether they stand in it already."""
    places = sorted(entry.choices)
    order = order_in(entry.key, [letter(at) for at in places]) if entry.key else None
    if order is None or len(order) < 2:
        doubt = fault(FaultKind.KEY_UNREAD, place, key=entry.key[:60]) if entry.key else None
        return picked("ordering", entry, frozenset(), (doubt or fault(FaultKind.NO_KEY, place),))
    texts = [entry.choices[places[at]] for at in order]
    return Picking("ordering", tuple(ParsedChoice(letter(at), text, True) for at, text in enumerate(texts)))


def _matching(entry: Entry, place: str) -> Picking:
    """Pairs, an arrow between both sides; what has no left side belongs to nothing."""
    texts = [entry.choices[at] for at in sorted(entry.choices)]
    pairs = pairs_in(texts)
    if pairs is None:
        wrong = next((text for text in texts if "→" not in text), texts[0] if texts else "")
        return picked("matching", entry, frozenset(), (fault(FaultKind.KEY_UNREAD, place, key=wrong[:60]),))
    answers = (
        ParsedChoice(letter(at), left, bool(left), match=right) for at, (left, right) in enumerate(pairs)
    )
    return Picking("matching", tuple(answers))


# By kind: how its answers are read from a row; the place is where doubts about them are said.
READERS: dict[str, Callable[[Entry, str], Picking]] = {
    "short_text": _texts,
    "number": _number,
    "ordering": _ordering,
    "matching": _matching,
}
