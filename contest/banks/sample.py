"""A question as a phone shows it, for its keepers to look at."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from contest.banks.pictures import ShownPicture
from contest.rules.question_shape import ARRANGED, TYPED, left_side, right_side


@dataclass(frozen=True)
class SampleChoice:
    """A choice under its letter, or one of the things to match under its number."""

    label: str
    text: str

    @property
    def value(self) -> str:
        """What the form would send."""
        return self.label


@dataclass(frozen=True)
class Sample:
    """What the screen of a question needs; a sample is nobody's, so its place is 0."""

    kind: str
    text: str
    choices: tuple[SampleChoice, ...]
    lefts: tuple[SampleChoice, ...]
    picture: ShownPicture | None = None
    position: int = 0


def sample(version: Any, picture: ShownPicture | None = None) -> Sample:
    """The screen of a version or a draft. What is to be put in order stands in another order than the right one."""
    rows = version.choices
    lefts: tuple[SampleChoice, ...] = ()
    shown = [] if version.kind in TYPED else [row.text for row in rows]
    if version.kind == "matching":
        lefts = tuple(
            SampleChoice(str(at), rows[place].text) for at, place in enumerate(left_side(rows), start=1)
        )
        shown = [rows[place].match for place in right_side(rows)]
    if version.kind in ARRANGED:
        shown = [*shown[1:], *shown[:1]]
    choices = tuple(SampleChoice(letter, text) for letter, text in zip(ascii_uppercase, shown, strict=False))
    return Sample(version.kind, version.text, choices, lefts, picture)
