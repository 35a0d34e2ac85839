"""Numbers of units as printed: people and attempts with all below, headcount, rate. Pure.

A unit stands at a place: units are kept level by level, parents before children, in each level by name, so
that one pass over them, whatever was handed in, makes every sum.

Which headcount a unit is measured by goes by its kind (`measured_by`). A unit's own number covers everything
below it. Where it has none, its rate is that of the units below that have one: their people over their
headcounts, so that a missing number never makes a rate look better or worse.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from contest.rules import unit_search
from contest.rules.counting import Rate, Tally
from contest.units.models import HeadcountKind, UnitKind

NOWHERE = -1
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
    """A unit with all below it; `rate` counts only people of units with a headcount, `unmeasured` says how many lack one."""

    unit: Node
    tally: Tally
    direct: Tally
    rate: Rate
    unmeasured: int
    children: int


def measured_by(kind: str) -> HeadcountKind:
    """Youth unions and their branches by their members, every other unit by its officials."""
    return HeadcountKind.YOUTH if kind in _YOUTH else HeadcountKind.OFFICIALS


@dataclass(frozen=True)
class Tree:
    """All units. `parents` and `children` are places; a unit without a known parent stands at the top."""

    nodes: tuple[Node, ...]
    parents: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> "Tree":
        """Put units in order."""
        ordered = tuple(sorted(nodes, key=lambda node: (node.depth, node.sort_key, node.id)))
        place = {node.id: index for index, node in enumerate(ordered)}
        parents = tuple(place.get(node.parent_id or 0, NOWHERE) for node in ordered)
        children: list[list[int]] = [[] for _ in ordered]
        for index, parent in enumerate(parents):
            if parent != NOWHERE:
                children[parent].append(index)
        return cls(ordered, parents, tuple(tuple(one) for one in children))

    @cached_property
    def by_id(self) -> Mapping[int, int]:
        """The place of each unit."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    @cached_property
    def by_code(self) -> Mapping[str, int]:
        """The place of each unit, by its code."""
        return {node.code: place for place, node in enumerate(self.nodes)}

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Who stands at the top."""
        return tuple(place for place, parent in enumerate(self.parents) if parent == NOWHERE)

    def below(self, place: int) -> list[int]:
        """Everything below a unit, in the order of the tree."""
        found = list(self.children[place])
        for one in found:
            found.extend(self.children[one])
        return sorted(found)

    def above(self, place: int) -> list[int]:
        """The units above one, the highest first."""
        found: list[int] = []
        while (place := self.parents[place]) != NOWHERE:
            found.append(place)
        return found[::-1]


@dataclass(frozen=True)
class Sums:
    """People and attempts of every place with all below it. `direct`: by unit id, what was handed in there."""

    people: list[int]
    attempts: list[int]
    direct: Mapping[int, Tally]

    def tally(self, place: int) -> Tally:
        """Of one unit with all below it."""
        return Tally(self.people[place], self.attempts[place])

    def grown(self, tree: Tree, more: Iterable[tuple[int, int, int]], direct: Mapping[int, Tally]) -> "Sums":
        """With some units (by id) grown by so many people and attempts; costs what has grown."""
        people, attempts = self.people.copy(), self.attempts.copy()
        for unit_id, more_people, more_attempts in more:
            place = tree.by_id.get(unit_id, NOWHERE)
            while place != NOWHERE:
                people[place] += more_people
                attempts[place] += more_attempts
                place = tree.parents[place]
        return Sums(people, attempts, direct)


def summed(tree: Tree, direct: Mapping[int, Tally]) -> Sums:
    """Add up along the tree; what was handed in for no unit of it is left out."""
    people, attempts = [0] * len(tree.nodes), [0] * len(tree.nodes)
    for unit_id, tally in direct.items():
        place = tree.by_id.get(unit_id)
        if place is not None:
            people[place], attempts[place] = tally.people, tally.attempts
    for place in range(len(tree.nodes) - 1, -1, -1):
        above = tree.parents[place]
        if above != NOWHERE:
            people[above] += people[place]
            attempts[above] += attempts[place]
    return Sums(people, attempts, direct)


@dataclass(frozen=True)
class Measured:
    """What rates rest on, by place: people of units with a headcount, those headcounts, units without one; see Ground."""

    people: list[int]
    headcount: list[int]
    unmeasured: list[int]
    kinds: list[HeadcountKind | None]

    def rate(self, place: int) -> Rate:
        """The rate of one unit."""
        return Rate(self.people[place], self.headcount[place] or None)


@dataclass(frozen=True)
class Ground:
    """What units are measured by, by place, whoever took part; it holds while tree and headcounts do.

    `kinds`: by which kind the unit's people are held, None where those below are; `headcount`, `unmeasured`: see Measured.
    """

    tree: Tree
    kinds: list[HeadcountKind | None]
    headcount: list[int]
    unmeasured: list[int]

    @classmethod
    def of(
        cls,
        tree: Tree,
        headcounts: Mapping[tuple[int, str], int],
        kind_of: Callable[[str], HeadcountKind] = measured_by,
        carried: frozenset[int] = frozenset(),
    ) -> "Ground":
        """A unit's own number covers everything below it; without one, those below which have one count.

        `headcounts` by unit id and kind; `carried`: units that are no more and whose headcount stands with others.
        """
        by_kind = {kind: kind_of(kind) for kind in {node.kind for node in tree.nodes}}
        own: list[HeadcountKind | None] = [None] * len(tree.nodes)
        heads, lacking, open_children = ([0] * len(tree.nodes) for _ in range(3))
        for place in range(len(tree.nodes) - 1, -1, -1):
            node, above = tree.nodes[place], tree.parents[place]
            kind = by_kind[node.kind]
            number = headcounts.get((node.id, kind))
            if number:
                own[place], heads[place], lacking[place] = kind, number, 0
            elif node.id in carried:
                own[place] = kind
            elif not open_children[place] and not node.closed:
                lacking[place] = 1
            if above != NOWHERE:
                heads[above] += heads[place]
                lacking[above] += lacking[place]
                open_children[above] += not node.closed
        return cls(tree, own, heads, lacking)

    def measured(self, people: Callable[[HeadcountKind], list[int]]) -> Measured:
        """Who is held against these numbers; `people` by place, as far as a headcount is theirs."""
        counts_of = {kind: people(kind) for kind in {*self.kinds} if kind is not None}
        counted, parents = [0] * len(self.kinds), self.tree.parents
        for place in range(len(self.kinds) - 1, -1, -1):
            kind = self.kinds[place]
            if kind is not None:
                counted[place] = counts_of[kind][place]
            if counted[place] and parents[place] != NOWHERE:
                counted[parents[place]] += counted[place]
        return Measured(counted, self.headcount, self.unmeasured, self.kinds)


@dataclass(frozen=True)
class Figures:
    """The figures of every unit, each made when it is asked for. `kinds`: kept by parts.kinds."""

    tree: Tree
    sums: Sums
    measured: Measured
    kinds: dict[tuple[int, ...], list[Any]] = field(default_factory=dict)

    def at(self, place: int) -> Figure:
        """A unit with all below it."""
        node = self.tree.nodes[place]
        return Figure(
            node,
            self.sums.tally(place),
            self.sums.direct.get(node.id, Tally()),
            self.measured.rate(place),
            self.measured.unmeasured[place],
            sum(not self.tree.nodes[child].closed for child in self.tree.children[place]),
        )

    def shown(self, place: int) -> bool:
        """A closed unit is only listed for what was handed in for it."""
        return not self.tree.nodes[place].closed or self.sums.attempts[place] > 0

    def subtree(self, place: int | None) -> list[int]:
        """What is below a unit and shown; of the whole tree for None."""
        places = range(len(self.tree.nodes)) if place is None else self.tree.below(place)
        return [one for one in places if self.shown(one)]


def figures_of(
    tree: Tree,
    direct: Mapping[int, Tally],
    headcounts: Mapping[tuple[int, str], int],
    measure: HeadcountKind | None = None,
) -> Figures:
    """Sums and rates of a whole tree."""
    sums = summed(tree, direct)
    kind_of = (lambda _kind: measure) if measure else measured_by
    return Figures(tree, sums, Ground.of(tree, headcounts, kind_of).measured(lambda _kind: sums.people))


def figures(
    nodes: Iterable[Node],
    direct: Mapping[int, Tally],
    headcounts: Mapping[tuple[int, str], int],
    measure: HeadcountKind | None = None,
) -> dict[int, Figure]:
    """Every unit's figure, by unit id. `direct`: by unit id; `headcounts`: by unit id and kind."""
    found = figures_of(Tree.of(nodes), direct, headcounts, measure)
    return {node.id: found.at(place) for place, node in enumerate(found.tree.nodes)}


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


def matching(figures: Figures, places: Iterable[int], text: str) -> list[int]:
    """Of these places, the units that may be meant by the text, by their own, an old or another name."""
    nodes = figures.tree.nodes
    return [one for one in places if unit_search.matches(nodes[one].search_key, text)]
