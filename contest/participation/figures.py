"""Numbers of units as printed: people and attempts with all below, headcount, rate. Pure.

Which headcount a unit is measured by goes by its kind (`measured_by`). A unit's own number covers everything
below it. Where it has none, its rate is that of the units below that have one: their people over their
headcounts, so that a missing number never makes a rate look better or worse.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from contest.rules import vietnamese
from contest.rules.counting import Rate, Tally, roll_up
from contest.units.models import HeadcountKind, UnitKind

_YOUTH = {UnitKind.YOUTH_UNION, UnitKind.BRANCH}


class Order(StrEnum):
    """How a list of units is ordered."""

    RATE = "rate"
    PEOPLE = "people"
    NAME = "name"


@dataclass(frozen=True)
class Node:
    """A unit as far as numbers need it."""

    id: int
    parent_id: int | None
    path: str
    depth: int
    code: str
    name: str
    kind: str
    search_key: str
    sort_key: str
    closed: bool


@dataclass(frozen=True)
class Figure:
    """A unit with everything below it.

    `rate` counts only people of units with a headcount; `unmeasured` is how many units lack one.
    """

    unit: Node
    tally: Tally
    direct: Tally
    rate: Rate
    unmeasured: int
    children: int


@dataclass
class _Measured:
    people: int = 0
    headcount: int = 0
    unmeasured: int = 0


def measured_by(kind: str) -> HeadcountKind:
    """Youth unions and their branches by their members, every other unit by its officials."""
    return HeadcountKind.YOUTH if kind in _YOUTH else HeadcountKind.OFFICIALS


def figures(
    nodes: Iterable[Node],
    direct: Mapping[int, Tally],
    headcounts: Mapping[tuple[int, str], int],
    measure: HeadcountKind | None = None,
) -> dict[int, Figure]:
    """Every unit's figure. `direct`: by unit id; `headcounts`: by unit id and kind; `measure`: one for all."""
    tree = {node.id: node for node in nodes}
    parents = {node.id: node.parent_id if node.parent_id in tree else None for node in tree.values()}
    totals = roll_up({unit: tally for unit, tally in direct.items() if unit in tree}, parents)
    children = Counter(parents[node.id] for node in tree.values() if not node.closed)
    measured = {unit: _Measured() for unit in tree}
    for node in sorted(tree.values(), key=lambda node: -node.depth):
        mine = measured[node.id]
        number = headcounts.get((node.id, measure or measured_by(node.kind)))
        if number:
            mine.people, mine.headcount, mine.unmeasured = totals[node.id].people, number, 0
        elif not children[node.id] and not node.closed:
            mine.unmeasured = 1
        above = parents[node.id]
        if above is not None:
            measured[above].people += mine.people
            measured[above].headcount += mine.headcount
            measured[above].unmeasured += mine.unmeasured
    return {
        node.id: Figure(
            node,
            totals[node.id],
            direct.get(node.id, Tally()),
            Rate(measured[node.id].people, measured[node.id].headcount or None),
            measured[node.id].unmeasured,
            children[node.id],
        )
        for node in tree.values()
    }


def ordered(rows: Iterable[Figure], order: Order) -> list[Figure]:
    """Best first by rate or people (unknown rates last, rates over 100 % among them), or by name."""
    keys = {
        Order.RATE: lambda row: (*_by_rate(row), -row.tally.people, row.unit.sort_key),
        Order.PEOPLE: lambda row: (-row.tally.people, row.unit.sort_key),
        Order.NAME: lambda row: (row.unit.sort_key,),
    }
    return sorted(rows, key=keys[order])


def _by_rate(row: Figure) -> tuple[bool, Fraction]:
    share = row.rate.share
    return (share is None or row.rate.over), -(share or Fraction(0))


def matching(rows: Iterable[Figure], text: str) -> list[Figure]:
    """Units whose name or code has every word of the text, typed with or without accents."""
    words = vietnamese.search_key(text).split()
    return [row for row in rows if all(word in row.unit.search_key for word in words)]


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
    over = sum(row.rate.over for row in rows)
    return Counts(len(rows), took_part, everybody, len(rows) - took_part, over)
