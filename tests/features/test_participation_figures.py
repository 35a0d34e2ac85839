"""Rates along the tree: which headcount counts, and what a missing one does."""

import random

import pytest

from contest.participation.figures import Node, Order, figures, measured_by, ordered
from contest.rules.counting import Tally


def node(unit_id, parent=None, kind="commune", closed=False, name=None):
    path = f"{parent.path if parent else '/'}{unit_id}/"
    depth = parent.depth + 1 if parent else 0
    name = name or f"u{unit_id}"
    return Node(unit_id, parent.id if parent else None, path, depth, name, name, kind, name, name, closed)


TOP = node(1, kind="province")
LEFT, RIGHT = node(2, TOP), node(3, TOP)
LEAF = node(4, LEFT, kind="school")
TREE = [TOP, LEFT, RIGHT, LEAF]
PEOPLE = {2: Tally(1, 1), 3: Tally(4, 6), 4: Tally(2, 2)}


def rate(headcounts, unit=1, tree=TREE, people=PEOPLE):
    found = figures(tree, people, {(unit_id, "officials"): number for unit_id, number in headcounts.items()})
    return found[unit].rate.people, found[unit].rate.headcount, found[unit].unmeasured


@pytest.mark.parametrize(
    ("headcounts", "measured"),
    [
        ({}, (0, None, 2)),
        ({1: 100}, (7, 100, 0)),
        ({1: 100, 2: 10, 3: 10}, (7, 100, 0)),
        ({2: 10, 3: 10}, (7, 20, 0)),
        ({3: 10}, (4, 10, 1)),
        ({4: 5, 3: 10}, (6, 15, 0)),
        ({4: 5}, (2, 5, 1)),
        ({4: 0, 3: 10}, (4, 10, 1)),
    ],
    ids=[
        "none",
        "own number",
        "own before those below",
        "children",
        "one missing",
        "grandchild",
        "leaf",
        "zero",
    ],
)
def test_a_rate_counts_only_people_whose_headcount_is_known(headcounts, measured):
    assert rate(headcounts) == measured


def test_a_closed_unit_keeps_its_people_but_is_not_missing_a_number():
    gone = node(5, TOP, closed=True)
    found = figures([*TREE, gone], {5: Tally(3, 3)}, {})
    assert found[1].tally == Tally(3, 3)
    assert (found[5].unmeasured, found[1].children) == (0, 2)


@pytest.mark.parametrize(
    ("kind", "headcount"),
    [("commune", "officials"), ("school", "officials"), ("youth_union", "youth"), ("branch", "youth")],
)
def test_a_unit_is_measured_by_the_headcount_of_its_kind(kind, headcount):
    assert measured_by(kind) == headcount


def test_a_subtree_stands_by_itself():
    found = figures([LEFT, LEAF], PEOPLE, {})
    assert set(found) == {2, 4}
    assert found[2].tally == Tally(3, 3)


def test_rates_over_100_and_unknown_ones_come_last():
    sized = {2: 10, 3: 2}
    found = figures(TREE, PEOPLE, {(unit_id, "officials"): number for unit_id, number in sized.items()})
    rows = [found[2], found[3], found[4]]
    assert [row.unit.id for row in ordered(rows, Order.RATE)] == [2, 3, 4]
    assert [row.unit.id for row in ordered(rows, Order.PEOPLE)] == [3, 2, 4]
    assert [row.unit.id for row in ordered(reversed(rows), Order.NAME)] == [2, 3, 4]


@pytest.mark.parametrize("seed", range(5))
def test_every_sum_along_a_tree_equals_a_recount_by_paths(seed):
    chance = random.Random(seed)
    tree = [node(1)]
    for unit_id in range(2, 60):
        tree.append(node(unit_id, chance.choice(tree)))
    people = {one.id: Tally(n := chance.randint(0, 9), n + chance.randint(0, 9)) for one in tree}
    found = figures(tree, people, {})
    for one in tree:
        below = [people[other.id] for other in tree if other.path.startswith(one.path)]
        assert found[one.id].tally == sum(below, Tally())
