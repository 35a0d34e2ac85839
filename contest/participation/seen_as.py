"""How numbers are seen: by the units of the time or by those of today; and which people a headcount is held against.

People of a block that has its own kind of headcount (residents) are never held against another one (officials).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from contest.participation.tree import Tree
from contest.rules import unit_changes, vietnamese
from contest.rules.counting import Tally
from contest.rules.unit_changes import Heirs
from contest.units.models import HeadcountKind, UnitKind

_OF_RESIDENTS = {UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE, UnitKind.HAMLET}
_YOUTH = {UnitKind.YOUTH_UNION, UnitKind.BRANCH}

# Words in the name of a block that say whom it is for, while nobody has said it.
_WORDS: tuple[tuple[HeadcountKind, tuple[str, ...]], ...] = (
    (HeadcountKind.OFFICIALS, ("can bo", "cong chuc", "vien chuc")),
    (HeadcountKind.YOUTH, ("doan vien", "thanh nien")),
    (HeadcountKind.RESIDENTS, ("nguoi dan", "nhan dan", "dan cu", "cu dan")),
)


class View(StrEnum):
    """Units as they were when people took part, or those that have succeeded them."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True)
class Seen:
    """A view, and for each block of the contest the headcount its people are held against (None: any).

    `main`: by which kind every unit is measured, where the board or the reader chose one.
    """

    view: View = View.THEN
    kinds: tuple[tuple[int, HeadcountKind | None], ...] = ()
    main: HeadcountKind | None = None

    def of_block(self, block_id: int | None) -> HeadcountKind | None:
        """The headcount of one block."""
        return dict(self.kinds).get(block_id or 0)

    @cached_property
    def said(self) -> tuple[HeadcountKind, ...]:
        """The kinds that blocks are held against, in the order of kinds."""
        return tuple(kind for kind in HeadcountKind if kind in {own for _block_id, own in self.kinds})

    @property
    def beside(self) -> tuple[HeadcountKind, ...]:
        """The kinds whose rates stand side by side; empty where there is only one."""
        return self.said if len(self.said) > 1 else ()

    def against(self, kind: HeadcountKind) -> list[int] | None:
        """The blocks whose people are held against this headcount; None: everybody is."""
        chosen = [block_id for block_id, own in self.kinds if own in (kind, None)]
        return chosen if 0 < len(chosen) < len(self.kinds) else None

    def blocks_of(self, kind: HeadcountKind) -> tuple[list[int], list[int]]:
        """Where rates stand side by side: blocks whose people are of this kind at every unit, and at units measured by it.

        Nobody has said who the members of a kind without a block are: whoever may be, and residents are no officials.
        """
        if kind not in self.said:
            return [
                one
                for one, own in self.kinds
                if kind == HeadcountKind.RESIDENTS or own != HeadcountKind.RESIDENTS
            ], []
        own_blocks = [block_id for block_id, own in self.kinds if own == kind]
        return own_blocks, [block_id for block_id, own in self.kinds if own is None]

    def kind_for(self, unit_kind: str) -> HeadcountKind:
        """Of which headcount a unit's main rate is.

        The one chosen for all, else: a union's members; a commune's residents where they take part; else officials,
        or members where there are blocks for these but none for officials.
        """
        if self.main is not None:
            return self.main
        if unit_kind in _YOUTH:
            return HeadcountKind.YOUTH
        if HeadcountKind.RESIDENTS in self.said and unit_kind in _OF_RESIDENTS:
            return HeadcountKind.RESIDENTS
        if self.beside and HeadcountKind.OFFICIALS not in self.said:
            return HeadcountKind.YOUTH
        return HeadcountKind.OFFICIALS


AS_IT_WAS = Seen()


def kind_by_name(name: str) -> HeadcountKind | None:
    """Whom a block is for, by its name; None where it does not say so, or names several."""
    folded = f" {vietnamese.search_key(name)} "
    found = [kind for kind, words in _WORDS if any(f" {word} " in folded for word in words)]
    return found[0] if len(found) == 1 else None


def moved(direct: Mapping[int, Tally], heirs: Sequence[Heirs]) -> dict[int, Tally]:
    """What was handed in, by the units that have taken it over; what nobody took stays where it was."""
    taken = unit_changes.heir_of(heirs, date.max)
    found: dict[int, Tally] = {}
    for unit_id, tally in direct.items():
        heir = taken.get(unit_id, unit_id)
        found[heir] = found.get(heir, Tally()) + tally
    return found


def headcounts_now(
    headcounts: Mapping[tuple[int, str], int], heirs: Sequence[Heirs], day: date
) -> dict[tuple[int, str], int]:
    """Headcounts of a day, summed or shared out for the units of today."""
    return unit_changes.carried_over(headcounts, heirs, day, date.max)


def carried(tree: Tree, heirs: Sequence[Heirs], day: date) -> frozenset[int]:
    """Units that are no more on a day and whose headcounts stand with units beside them, under the same parent."""
    found = set()
    for one in heirs:
        places = [
            tree.by_id.get(unit_id) for unit_id in (one.unit_id, *(heir for heir, _share in one.shares))
        ]
        parents = {None if place is None else tree.parents[place] for place in places}
        if one.effective_on <= day and len(parents) == 1 and None not in parents:
            found.add(one.unit_id)
    return frozenset(found)


def named(tree: Tree, names: Mapping[int, str]) -> Tree:
    """The same tree with the names of a day."""
    if not names:
        return tree
    nodes = tuple(replace(node, name=names.get(node.id, node.name)) for node in tree.nodes)
    return Tree(nodes, tree.parents, tree.children)
