"""Of units in a list, how many took part and how far. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from contest.participation.figures import Figure


@dataclass(frozen=True)
class Counts:
    """Of the units in a list: how many there are, took part, reached everybody, and had nobody."""

    units: int
    took_part: int
    everybody: int
    nobody: int
    over: int


def counts(rows: Iterable[Figure]) -> Counts:
    """Count the units of a list; one over 100 % is not one at 100 %."""
    rows = list(rows)
    took_part = sum(row.tally.people > 0 for row in rows)
    everybody = sum(row.rate.share == 1 for row in rows)
    over = sum(any(one.rate.over for one in row.rates) for row in rows)
    return Counts(len(rows), took_part, everybody, len(rows) - took_part, over)
