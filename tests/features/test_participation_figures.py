"""Rates along the tree: which headcount counts, and what a missing one does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.participation.figures import Order, figures, ordered
from contest.participation.measuring import Ground, measured_by
from contest.participation.tree import Node, Tree, summed
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


@st.composite
def grown_trees(draw):
    """A tree of up to 30 units, what was handed in at some of them in two goes, and some headcounts."""
    tree = [node(1)]
    for unit_id in range(2, draw(st.integers(2, 30)) + 1):
        kind = draw(st.sampled_from(["commune", "branch"]))
        tree.append(node(unit_id, draw(st.sampled_from(tree)), kind, closed=draw(st.booleans())))
    places = st.integers(0, len(tree))  # 0: free individuals
    amounts = st.tuples(places, st.integers(-3, 9), st.integers(0, 9))
    heads = st.dictionaries(
        st.tuples(st.integers(1, len(tree)), st.sampled_from(["officials", "youth"])), st.integers(0, 20)
    )
    return tree, draw(st.lists(amounts, max_size=20)), draw(st.lists(amounts, max_size=20)), draw(heads)


@given(grown_trees())
@settings(max_examples=80, deadline=None)
def test_every_sum_and_rate_equals_a_recount_by_the_plainest_means(drawn):
    nodes, first, then, heads = drawn
    before, after = added_up(first), added_up(first + then)
    tree = Tree.of(reversed(nodes))
    sums = summed(tree, before).grown(tree, then, after)
    assert sums == summed(tree, after)
    rates = Ground.of(tree, heads).measured(lambda _kind: sums.people)
    for place, one in enumerate(tree.nodes):
        below = [other for other in nodes if other.path.startswith(one.path)]
        assert sums.tally(place) == sum((after.get(other.id, Tally()) for other in below), Tally())
        assert [tree.nodes[other] for other in tree.below(place)] == sorted(
            (other for other in below if other is not one),
            key=lambda other: (other.depth, other.name, other.id),
        )
        people, headcount = plainly(one, nodes, heads, after)
        assert (rates.people[place], rates.headcount[place]) == (people, headcount)


def added_up(amounts):
    found = {}
    for unit_id, people, attempts in amounts:
        found[unit_id] = found.get(unit_id, Tally()) + Tally(people, attempts)
    return found


def plainly(one, nodes, heads, tallies):
    """People and headcount of the highest units with a number of their own, from this one down."""
    number = heads.get((one.id, measured_by(one.kind)))
    if number:
        below = (other for other in nodes if other.path.startswith(one.path))
        return sum(tallies.get(other.id, Tally()).people for other in below), number
    parts = [plainly(child, nodes, heads, tallies) for child in nodes if child.parent_id == one.id]
    return sum(people for people, _ in parts), sum(count for _, count in parts)
