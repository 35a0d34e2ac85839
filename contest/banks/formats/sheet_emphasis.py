"""The right choice of a row by its look: the one that stands out among its siblings."""

from collections.abc import Mapping
from dataclasses import dataclass

from contest.banks.formats.sheet_styles import CellStyle
from contest.banks.formats.sheet_table import Table
from contest.rules.parsed import FaultKind

PLAIN = CellStyle()
# From so many rows on, one column that stands out in every row is decoration, not a key.
DECORATION_ROWS = 4


@dataclass(frozen=True)
class Emphasis:
    """Places of the choices that stand out; `problem` says why they cannot be the key."""

    places: frozenset[int] = frozenset()
    problem: FaultKind | None = None
    conflict: tuple[frozenset[int], frozenset[int]] | None = None


NO_EMPHASIS = Emphasis()


def row_emphasis(table: Table, row: int, columns: Mapping[int, int]) -> Emphasis:
    """What stands out among the choices of a row; columns by place of choice, only filled ones."""
    looks = {place: table.looks.get((row, column), PLAIN) for place, column in columns.items()}
    features = [
        frozenset(place for place, look in looks.items() if is_on(look))
        for is_on in (
            lambda look: bool(look.fill),
            lambda look: bool(look.colour),
            lambda look: look.bold,
            lambda look: look.underline,
            lambda look: look.italic,
        )
    ]
    marked = list(dict.fromkeys(places for places in features if places and len(places) < len(looks)))
    if len(marked) > 1:
        return Emphasis(problem=FaultKind.KEYS_CONFLICT, conflict=(marked[0], marked[1]))
    if marked:
        return Emphasis(marked[0])
    return Emphasis(problem=FaultKind.ALL_EMPHASISED) if any(features) else NO_EMPHASIS


def without_decoration(found: dict[int, Emphasis]) -> dict[int, Emphasis]:
    """Emphasis by row, without a look that a whole column wears."""
    marked = [emphasis.places for emphasis in found.values() if emphasis.places]
    if len(marked) >= DECORATION_ROWS and len(set(marked)) == 1:
        return {}
    return found
