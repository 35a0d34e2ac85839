"""Which choice an author marked by bold, underline, colour or highlight, compared with its siblings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contest.rules.question_lines import Line, Span

# Darker than this in every channel is black to a reader: no emphasis.
_DARK = 0x48
_WHOLE = 0.9


@dataclass(frozen=True)
class MarkedChoice:
    """A choice as it was written: its label and its text with their emphasis."""

    letter: str
    label: Line
    text: tuple[Line, ...]


@dataclass(frozen=True)
class Emphasis:
    """What the emphasis of a question's choices says, by index of choice.

    right: the marked choices, empty when nothing stands out. conflict: two kinds of emphasis mark
    different choices (the two sets). all_alike: every choice carries the same emphasis. partial: the
    only choice of which a part is marked, and that part.
    """

    right: frozenset[int] = frozenset()
    conflict: tuple[frozenset[int], ...] = ()
    all_alike: bool = False
    partial: tuple[int, str] | None = None
    weak: bool = False


def is_coloured(colour: str) -> bool:
    """Whether a colour stands out from black text; unknown names do."""
    if colour.lower() in ("", "auto", "windowtext", "black"):
        return False
    try:
        channels = bytes.fromhex(colour.removeprefix("#"))
    except ValueError:
        return True
    return len(channels) != 3 or max(channels) > _DARK


_FEATURES: dict[str, Callable[[Span], bool]] = {
    "bold": lambda span: span.bold,
    "underline": lambda span: span.underline,
    "highlight": lambda span: bool(span.highlight),
    "colour": lambda span: is_coloured(span.colour),
    "italic": lambda span: span.italic,
}


def emphasis(choices: Sequence[MarkedChoice]) -> Emphasis:
    """Compare the choices of one question with each other."""
    found: dict[str, set[frozenset[int]]] = {}
    all_alike = False
    for name, carries in _FEATURES.items():
        for part in ("label", "text"):
            marked = frozenset(
                index
                for index, choice in enumerate(choices)
                if _share(_lines(choice, part), carries) >= _WHOLE
            )
            if 0 < len(marked) < len(choices):
                found.setdefault(name, set()).add(marked)
            all_alike |= part == "text" and len(marked) == len(choices) > 1
    # Italic is often only style: it speaks when nothing else does.
    strong = {marked for name, sets in found.items() if name != "italic" for marked in sets}
    sets = strong or found.get("italic", set())
    if len(sets) == 1:
        return Emphasis(right=next(iter(sets)), weak=not strong)
    if sets:
        return Emphasis(conflict=tuple(sorted(sets, key=sorted)))
    return Emphasis(all_alike=all_alike, partial=_partial(choices))


def _lines(choice: MarkedChoice, part: str) -> Sequence[Line]:
    return (choice.label,) if part == "label" else choice.text


def _share(lines: Sequence[Line], carries: Callable[[Span], bool]) -> float:
    """The share of letters and digits that carry a feature; blanks and punctuation do not count."""
    marked = total = 0
    for line in lines:
        for span in line.spans:
            letters = sum(map(str.isalnum, span.text))
            total += letters
            marked += letters if letters and carries(span) else 0
    return marked / total if total else 0.0


def _partial(choices: Sequence[MarkedChoice]) -> tuple[int, str] | None:
    """The one choice with a marked part, when no sibling has one."""
    found: dict[int, str] = {}
    for index, choice in enumerate(choices):
        marked = [
            span.text
            for line in choice.text
            for span in line.spans
            if span.text.strip()
            and any(carries(span) for name, carries in _FEATURES.items() if name != "italic")
        ]
        if marked:
            found[index] = " ".join(" ".join(marked).split())
    return next(iter(found.items())) if len(found) == 1 and len(choices) > 1 else None
