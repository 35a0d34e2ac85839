"""What rates rest on: people of a unit over the headcount they are held against. Pure.

Which headcount a unit is measured by goes by its kind (`measured_by`). A unit's own number covers everything
below it. Where it has none, its rate is that of the units below that have one: their people over their
headcounts, so that a missing number never makes a rate look better or worse.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contest.participation.tree import NOWHERE, Tree
from contest.rules.counting import Rate
from contest.units.models import HeadcountKind, UnitKind

_YOUTH = {UnitKind.YOUTH_UNION, UnitKind.BRANCH}


def measured_by(kind: str) -> HeadcountKind:
    """Youth unions and their branches by their members, every other unit by its officials."""
    return HeadcountKind.YOUTH if kind in _YOUTH else HeadcountKind.OFFICIALS


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
