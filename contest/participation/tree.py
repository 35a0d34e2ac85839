"""Units in their order, and what was handed in for them with everything below. Pure.

A unit stands at a place: units are kept level by level, parents before children, in each level by name, so
that one pass over them, whatever was handed in, makes every sum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from contest.rules.counting import Tally

NOWHERE = -1


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
