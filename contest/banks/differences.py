"""What changed from one version of a question to the next, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from string import ascii_uppercase
from typing import Protocol


class ChoiceLike(Protocol):
    """A choice as a version holds it."""

    text: str
    right: bool
    match: str
    tolerance: str


@dataclass(frozen=True)
class Piece:
    """Words that stayed ("same"), went ("gone") or came ("new")."""

    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part of a question that changed: `part` is "text", "topic", …, "choice" or "key".

    `label` is the letter of the choice.
    """

    part: str
    label: str
    pieces: tuple[Piece, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one, marked word by word."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    found: list[Piece] = []
    for step, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, False).get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(old[old_from:old_to])))
            continue
        found += [
            Piece(state, text)
            for state, text in (
                ("gone", "".join(old[old_from:old_to])),
                ("new", "".join(new[new_from:new_to])),
            )
            if text
        ]
    return tuple(found)


def choice_changes(
    before: Sequence[ChoiceLike], after: Sequence[ChoiceLike], lettered: bool = True
) -> Iterator[Change]:
    """Choices whose words changed, by letter; then the key, if other letters are right now.

    `lettered`: the key is made of letters; in the other kinds it is made of the words themselves.
    """
    for index in range(max(len(before), len(after))):
        old = _words(before[index]) if index < len(before) else ""
        new = _words(after[index]) if index < len(after) else ""
        if old != new:
            yield Change("choice", ascii_uppercase[index], pieces(old, new))
    old_key, new_key = _key(before), _key(after)
    if lettered and old_key != new_key:
        yield Change("key", "", pieces(old_key, new_key))


def _words(choice: ChoiceLike) -> str:
    """Everything a row says: "25 ± 0,5", "Khai sinh → Ủy ban xã"."""
    off = f" ± {choice.tolerance}" if choice.tolerance else ""
    return f"{choice.text}{off} → {choice.match}".strip() if choice.match else f"{choice.text}{off}"


def _key(choices: Sequence[ChoiceLike]) -> str:
    return ", ".join(letter for letter, choice in zip(ascii_uppercase, choices, strict=False) if choice.right)
