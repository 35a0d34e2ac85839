"""Numbers of units as printed: people and attempts with all below, headcount, rates. Pure.

Where a contest has blocks for different people (officials, residents), a unit has a rate for each kind of headcount, each
of its own people. One of them is the unit's main rate: by it lists are ordered, targets and awards are held.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from contest.participation.measuring import Ground, Measured, measured_by
from contest.participation.tree import Node, Sums, Tree, summed
from contest.rules import unit_search
from contest.rules.counting import Rate, Tally
from contest.units.models import HeadcountKind, UnitKind


class Order(StrEnum):
    """How a list of units is ordered."""

    RATE = "rate"
    PEOPLE = "people"
    NAME = "name"


@dataclass(frozen=True)
class KindRate:
    """A rate, and the kind of headcount it is of."""

    kind: HeadcountKind
    rate: Rate


@dataclass(frozen=True)
class Figure:
    """A unit with everything below it.

    `rate` is the main one: of `kind`, only of people of units with a headcount; `unmeasured` is how many units
    lack one. `rates`: the main one and those beside it, in the order of kinds.
    """

    unit: Node
    tally: Tally
    direct: Tally
    kind: HeadcountKind
    rate: Rate
    rates: tuple[KindRate, ...]
    unmeasured: int
    children: int


@dataclass(frozen=True)
class Together:
    """Rates of some units that stand side by side, see Figure."""

    kind: HeadcountKind
    rate: Rate
    rates: tuple[KindRate, ...]
    unmeasured: int


@dataclass(frozen=True)
class Figures:
    """The figures of every unit, each made when it is asked for.

    `kind_of`: of a kind of unit, the headcount of its main rate. `by_kind`: what rates of each kind rest on, empty
    where there is only one; `beside`: the kinds that every unit shows. `kinds`: kept by parts.kinds.
    """

    tree: Tree
    sums: Sums
    measured: Measured
    kind_of: Callable[[str], HeadcountKind] = measured_by
    by_kind: Mapping[HeadcountKind, Measured] = field(default_factory=dict)
    beside: tuple[HeadcountKind, ...] = ()
    kinds: dict[tuple[int, ...], list[Any]] = field(default_factory=dict)

    def at(self, place: int) -> Figure:
        """A unit with all below it."""
        node, found = self.tree.nodes[place], self.together([place])
        return Figure(
            node,
            self.sums.tally(place),
            self.sums.direct.get(node.id, Tally()),
            found.kind,
            found.rate,
            found.rates,
            found.unmeasured,
            sum(not self.tree.nodes[child].closed for child in self.tree.children[place]),
        )

    def together(self, places: Collection[int]) -> Together:
        """The rates of some units, none of them above another, as if they were one."""
        kind = self._kind_of(places)
        main = self.by_kind.get(kind, self.measured)
        rate = _rate(main, places)
        rates = [KindRate(kind, rate)]
        if self.by_kind:
            found = ((one, _rate(self.by_kind[one], places)) for one in self.by_kind if one in self.beside)
            rates += [KindRate(one, its) for one, its in found if one != kind and its.headcount]
            rates.sort(key=lambda one: list(HeadcountKind).index(one.kind))
        return Together(kind, rate, tuple(rates), sum(main.unmeasured[place] for place in places))

    def _kind_of(self, places: Collection[int]) -> HeadcountKind:
        """Of units with one main kind that one; of a mixture the kind that comes first among those of all units."""
        kinds = {self.kind_of(self.tree.nodes[place].kind) for place in places}
        if len(kinds) == 1:
            return kinds.pop()
        return next(
            (kind for kind in HeadcountKind if kind in (self.beside or kinds)), HeadcountKind.OFFICIALS
        )

    def many_over(self, places: Collection[int]) -> int:
        """In how many of these units more of some kind took part than there are."""
        over: set[int] = set()
        for one in [self.by_kind[kind] for kind in self.beside] or [self.measured]:
            people, heads = one.people, one.headcount
            over.update(place for place in places if people[place] > heads[place] > 0)
        return len(over)

    @property
    def rule(self) -> tuple[HeadcountKind, HeadcountKind, HeadcountKind]:
        """Of which headcount main rates are: of units in general, of union bodies, of communes."""
        general, union, commune = UnitKind.DEPARTMENT, UnitKind.YOUTH_UNION, UnitKind.COMMUNE
        return self.kind_of(general), self.kind_of(union), self.kind_of(commune)

    def shown(self, place: int) -> bool:
        """A closed unit is only listed for what was handed in for it."""
        return not self.tree.nodes[place].closed or self.sums.attempts[place] > 0

    def subtree(self, place: int | None) -> list[int]:
        """What is below a unit and shown; of the whole tree for None."""
        places = range(len(self.tree.nodes)) if place is None else self.tree.below(place)
        return [one for one in places if self.shown(one)]


def _rate(measured: Measured, places: Iterable[int]) -> Rate:
    places = list(places)
    heads = sum(measured.headcount[place] for place in places)
    return Rate(sum(measured.people[place] for place in places), heads or None)


def side_by_side(
    tree: Tree,
    sums: Sums,
    by_kind: Mapping[HeadcountKind, Measured],
    kind_of: Callable[[str], HeadcountKind],
    beside: tuple[HeadcountKind, ...],
) -> Figures:
    """Figures with a rate for each kind; the main one of a unit is that of its kind of unit."""
    of_kind = {kind: by_kind[kind_of(kind)] for kind in {node.kind for node in tree.nodes}}
    rows = [of_kind[node.kind] for node in tree.nodes]
    main = Measured(
        [row.people[place] for place, row in enumerate(rows)],
        [row.headcount[place] for place, row in enumerate(rows)],
        [row.unmeasured[place] for place, row in enumerate(rows)],
        [row.kinds[place] for place, row in enumerate(rows)],
    )
    return Figures(tree, sums, main, kind_of, by_kind, beside)


def figures_of(
    tree: Tree,
    direct: Mapping[int, Tally],
    headcounts: Mapping[tuple[int, str], int],
    measure: HeadcountKind | None = None,
) -> Figures:
    """Sums and rates of a whole tree."""
    sums = summed(tree, direct)
    kind_of = (lambda _kind: measure) if measure else measured_by
    return Figures(
        tree, sums, Ground.of(tree, headcounts, kind_of).measured(lambda _kind: sums.people), kind_of
    )


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
