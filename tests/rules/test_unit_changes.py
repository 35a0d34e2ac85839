"""Mergers and splits: whose people and headcounts are whose, as tables and for any history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.unit_changes import WHOLE, Heirs, carried_over, heir_of, shared_out

DAY = date(2026, 7, 1)
A, B, C, D = 1, 2, 3, 4


def merged(unit, into, days=0):
    return Heirs(unit, DAY + timedelta(days=days), ((into, WHOLE),), into)


def split(unit, *shares, takes=None, days=0):
    return Heirs(unit, DAY + timedelta(days=days), shares, takes)


@pytest.mark.parametrize(
    ("changes", "heirs"),
    [
        ([], {}),
        ([merged(A, B)], {A: B}),
        ([merged(A, C), merged(B, C)], {A: C, B: C}),
        ([merged(A, B), merged(B, C, days=9)], {A: C, B: C}),
        ([merged(B, C), merged(A, B)], {A: C, B: C}),
        ([merged(A, B), merged(C, D, days=99)], {A: B}),
        ([split(A, (B, 6000), (C, 4000))], {}),
        ([split(A, (B, 6000), (C, 4000), takes=C)], {A: C}),
    ],
    ids=[
        "none",
        "one",
        "two into one",
        "chain",
        "chain of one day",
        "not yet",
        "split",
        "split with a taker",
    ],
)
def test_people_go_where_their_unit_went(changes, heirs):
    assert heir_of(changes, DAY + timedelta(days=50)) == heirs


@pytest.mark.parametrize(
    ("changes", "numbers"),
    [
        ([merged(A, B)], {B: 150}),
        ([merged(A, B), merged(B, C)], {C: 150}),
        ([split(A, (C, 6000), (D, 4000))], {B: 100, C: 30, D: 20}),
        ([split(A, (C, 3333), (D, 6667))], {B: 100, C: 17, D: 33}),
        ([merged(A, B, days=-30)], {A: 50, B: 100}),
        ([merged(A, B, days=99)], {A: 50, B: 100}),
    ],
    ids=["merger", "chain", "split", "split with a remainder", "already in the numbers", "not yet"],
)
def test_headcounts_are_summed_or_shared_out_for_the_units_of_today(changes, numbers):
    before = {(A, "officials"): 50, (B, "officials"): 100}
    now = carried_over(before, changes, DAY - timedelta(days=1), DAY + timedelta(days=50))
    assert {unit: number for (unit, _kind), number in now.items()} == numbers


@given(st.integers(0, 10**7), st.lists(st.integers(0, WHOLE), max_size=5))
def test_nobody_is_lost_in_a_split_and_nobody_invented(number, cuts):
    edges = [0, *sorted(cuts), WHOLE]
    shares = [later - earlier for earlier, later in pairwise(edges)]
    parts = shared_out(number, shares)
    assert sum(parts) == number
    assert all(abs(part - number * share / WHOLE) < 1 for part, share in zip(parts, shares, strict=True))


def test_shares_that_are_not_the_whole_are_no_shares():
    with pytest.raises(ValueError, match="whole"):
        shared_out(10, [5000, 4000])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), min_size=1, max_size=12))
def test_everybody_is_counted_once_whatever_went_into_what(steps):
    """Unit n goes into n + something at a random day, so that chains of all lengths come up in any order."""
    changes = [merged(unit, unit + further, days) for unit, (days, further) in enumerate(steps)]
    heirs = heir_of(changes, DAY + timedelta(days=30))
    assert not set(heirs) & set(heirs.values())
    numbers = {(unit, "officials"): unit + 1 for unit in range(len(steps) + 6)}
    now = carried_over(numbers, changes, DAY - timedelta(days=1), DAY + timedelta(days=30))
    assert sum(now.values()) == sum(numbers.values())
