"""Reports on their way up: states, deadlines, who is asked, and sums that count nobody twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.counting import Tally
from contest.rules.reporting import (
    Act,
    Covers,
    Line,
    Punctuality,
    State,
    Way,
    after,
    first_level,
    is_asked,
    is_written,
    offline,
    punctuality,
    roll_up_declared,
)

DUE = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
EARLY, LATE = DUE - timedelta(hours=1), DUE + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "act", "next_state"),
    [
        (State.DRAFT, Act.SEND, State.SENT),
        (State.RETURNED, Act.SEND, State.SENT),
        (State.SENT, Act.RECALL, State.DRAFT),
        (State.SENT, Act.RETURN, State.RETURNED),
        (State.SENT, Act.APPROVE, State.APPROVED),
        (State.APPROVED, Act.RETURN, State.RETURNED),
        (State.APPROVED, Act.RECALL, None),
        (State.APPROVED, Act.SEND, None),
        (State.DRAFT, Act.APPROVE, None),
        (State.RETURNED, Act.APPROVE, None),
        (State.SENT, Act.SEND, None),
    ],
)
def test_a_report_moves_only_in_these_ways(state, act, next_state):
    assert after(state, act) == next_state


@pytest.mark.parametrize(
    ("state", "first_sent", "now", "found"),
    [
        (None, None, EARLY, Punctuality.AWAITED),
        (None, None, DUE, Punctuality.AWAITED),
        (None, None, LATE, Punctuality.MISSING),
        (State.DRAFT, None, LATE, Punctuality.MISSING),
        (State.SENT, DUE, LATE, Punctuality.IN_TIME),
        (State.SENT, LATE, LATE, Punctuality.LATE),
        (State.APPROVED, EARLY, LATE, Punctuality.IN_TIME),
        (State.RETURNED, EARLY, LATE, Punctuality.MISSING),
        (State.RETURNED, EARLY, EARLY, Punctuality.AWAITED),
    ],
)
def test_who_is_late(state, first_sent, now, found):
    assert punctuality(state, first_sent, DUE, now) == found


def test_only_drafts_and_returned_reports_can_be_written():
    assert [state for state in State if is_written(state)] == [State.DRAFT, State.RETURNED]
    assert is_written(None)


@pytest.mark.parametrize(
    ("roots", "units", "levels", "asked_depths"),
    [
        (1, 40, 1, [1]),  # the province receives, departments and communes report
        (1, 40, 2, [1, 2]),
        (3, 40, 1, [0]),  # no common top: the tops report to the organiser
        (1, 1, 1, [0]),
    ],
)
def test_which_levels_are_asked(roots, units, levels, asked_depths):
    first = first_level(roots, units)
    assert [depth for depth in range(4) if is_asked(depth, first, levels)] == asked_depths


def line(
    people: int, covers: Covers = Covers.UNSAID, way: Way = Way.HALL, attempts: int | None = None
) -> Line:
    return Line(way, Tally(people, people if attempts is None else attempts), covers)


@pytest.mark.parametrize(
    ("own", "below", "total", "unsettled"),
    [
        ([], 0, 0, False),
        ([], 70, 70, False),
        ([line(50)], 0, 50, False),
        ([line(50)], 70, 70, True),  # not said: never 120
        ([line(90)], 70, 90, True),
        ([line(50, Covers.APART)], 70, 120, False),
        ([line(90, Covers.WHOLE)], 70, 90, False),
        ([line(50, Covers.WHOLE)], 70, 50, False),  # asked about elsewhere, but its word is taken
        ([line(90, Covers.WHOLE), line(20, Covers.APART)], 70, 110, False),
        ([line(90, Covers.WHOLE), line(20)], 70, 110, True),
        ([line(5, Covers.APART), line(20)], 70, 75, True),
        ([line(50, Covers.APART)], 0, 50, False),
    ],
)
def test_a_parents_number_and_its_childrens_are_never_simply_added(own, below, total, unsettled):
    found = offline(own, Tally(below, below))
    assert (found.total.people, found.unsettled) == (total, unsettled)


def test_numbers_go_up_the_tree_by_way():
    parents = {1: None, 2: 1, 3: 1, 4: 3, 5: 3}
    depths = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}
    lines = {
        2: [line(10), line(5, way=Way.PAPER)],
        3: [line(40, Covers.WHOLE)],
        4: [line(15)],
        5: [line(20), line(3, way=Way.PAPER)],
    }
    found = roll_up_declared(lines, parents, depths)
    assert found[3][Way.HALL].below == Tally(35, 35)
    assert found[3][Way.HALL].total == Tally(40, 40)
    assert found[1][Way.HALL].total == Tally(50, 50)
    assert found[1][Way.PAPER].total == Tally(8, 8)
    assert roll_up_declared({}, parents, depths) == {}


TREE = st.integers(2, 12).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.integers(0, 10**6), min_size=size - 1, max_size=size - 1),
        st.lists(st.lists(st.integers(0, 50), max_size=2), min_size=size, max_size=size),
    )
)


@given(TREE)
def test_what_is_apart_everywhere_adds_up_and_what_is_unsaid_never_exceeds_it(tree):
    size, choices, numbers = tree
    parents: dict[int, int | None] = {0: None} | {unit: choices[unit - 1] % unit for unit in range(1, size)}
    depths = {0: 0}
    for unit in range(1, size):
        depths[unit] = depths[parents[unit]] + 1  # type: ignore[index]
    for covers in (Covers.APART, Covers.UNSAID):
        lines = {unit: [line(people, covers) for people in mine] for unit, mine in enumerate(numbers) if mine}
        found = roll_up_declared(lines, parents, depths)
        everybody = sum(sum(mine) for mine in numbers)
        top = found[0][Way.HALL].total.people if found else 0
        if covers is Covers.APART:
            assert top == everybody
        else:
            assert max(sum(mine) for mine in numbers) <= top <= everybody
