"""Papers fill the recipe, use the bank evenly, and come out the same for everyone who repeats the draw."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.rules.drawing import (
    Candidate,
    Paper,
    RecipeLine,
    Shortage,
    Slot,
    draw_papers,
    paper_for,
    shortage,
)


def bank(*cells: tuple[str | None, str | None]) -> list[Candidate]:
    """One question of four choices per cell, numbered from 1."""
    return [Candidate(number, topic, level, 4) for number, (topic, level) in enumerate(cells, start=1)]


TOPICS = bank(*((f"t{number % 9}", f"l{number % 4}") for number in range(180)))
BY_ID = {one.question_id: one for one in TOPICS}


def uses(papers: tuple[Paper, ...]) -> Counter[int]:
    return Counter(slot.question_id for paper in papers for slot in paper.slots)


def test_the_same_seed_gives_the_same_papers_whatever_the_order_of_the_bank() -> None:
    recipe = [RecipeLine(10), RecipeLine(3, "t1")]
    papers = draw_papers(TOPICS, recipe, 20, "mùa xuân", shuffle_choices=True)
    assert papers == draw_papers(TOPICS[::-1], recipe, 20, "mùa xuân", shuffle_choices=True)
    assert papers != draw_papers(TOPICS, recipe, 20, "mùa hè", shuffle_choices=True)


def test_a_draw_recorded_once_is_repeated_by_every_python() -> None:
    assert draw_papers(bank(*[("a", "x")] * 6), [RecipeLine(2)], 2, "seed", shuffle_choices=True) == (
        Paper(1, (Slot(1, (3, 0, 2, 1)), Slot(5, (0, 3, 2, 1)))),
        Paper(2, (Slot(3, (1, 0, 2, 3)), Slot(6, (2, 0, 1, 3)))),
    )
    assert [paper_for("seed", 17, attempt, 300) for attempt in (1, 2, 3)] == [234, 23, 112]


def test_every_paper_fills_the_recipe_with_each_question_at_most_once() -> None:
    recipe = [RecipeLine(2, "t0"), RecipeLine(3, None, "l1"), RecipeLine(4, "t2", "l2"), RecipeLine(5)]
    papers = draw_papers(TOPICS, recipe, 50, "x", shuffle_choices=False)
    assert [paper.number for paper in papers] == list(range(1, 51))
    for paper in papers:
        drawn = [BY_ID[slot.question_id] for slot in paper.slots]
        assert len({one.question_id for one in drawn}) == len(drawn) == 14
        assert not shortage(drawn, recipe)


@pytest.mark.parametrize(
    ("recipe", "spread"),
    [
        ([RecipeLine(7)], 1),
        ([RecipeLine(1, f"t{number}") for number in range(9)], 1),
        # One topic is asked for more often than the rest can make up for.
        ([RecipeLine(7), RecipeLine(1, "t3")], 2),
    ],
)
def test_questions_are_used_equally_often_across_papers(recipe: list[RecipeLine], spread: int) -> None:
    counted = uses(draw_papers(TOPICS, recipe, 100, "x", shuffle_choices=False))
    assert len(counted) == 180
    assert max(counted.values()) - min(counted.values()) <= spread


def test_questions_of_a_scarce_topic_are_left_to_the_line_that_needs_them() -> None:
    scarce = bank(("a", "x"), ("a", "x"), *[("b", "x")] * 8)
    papers = draw_papers(scarce, [RecipeLine(4), RecipeLine(2, "a")], 20, "x", shuffle_choices=False)
    assert all({1, 2} < {slot.question_id for slot in paper.slots} for paper in papers)


def test_the_order_of_questions_differs_between_papers() -> None:
    papers = draw_papers(TOPICS[:8], [RecipeLine(8)], 30, "x", shuffle_choices=False)
    assert len({tuple(slot.question_id for slot in paper.slots) for paper in papers}) == 30
    firsts = Counter(paper.slots[0].question_id for paper in papers)
    assert len(firsts) == 8


def test_no_position_is_favoured_when_choices_are_shuffled() -> None:
    papers = draw_papers(TOPICS, [RecipeLine(40)], 100, "x", shuffle_choices=True)
    shown_at = Counter(slot.choice_order.index(0) for paper in papers for slot in paper.slots)
    assert all(900 < shown_at[position] < 1100 for position in range(4))


@pytest.mark.parametrize(
    ("pinned", "fixed", "count"),
    [
        ({3}, {3: 3}, 6),
        ({2}, {2: 2, 3: 3}, 2),  # what stands above "tất cả các ý trên" stays above it
        ({2, 3}, {2: 2, 3: 3}, 2),
        ({0, 1, 2, 3}, {0: 0, 1: 1, 2: 2, 3: 3}, 1),
        (set(), {}, 24),
    ],
)
def test_pinned_choices_keep_their_place_and_the_others_move_around_them(
    pinned: set[int], fixed: dict[int, int], count: int
) -> None:
    question = Candidate(1, None, None, 4, frozenset(pinned))
    papers = draw_papers([question], [RecipeLine(1)], 300, "x", shuffle_choices=True)
    orders = {paper.slots[0].choice_order for paper in papers}
    assert len(orders) == count
    assert all(order[shown] == place for order in orders for shown, place in fixed.items())


def test_choices_keep_their_order_where_they_are_not_to_be_shuffled() -> None:
    papers = draw_papers(TOPICS, [RecipeLine(5)], 3, "x", shuffle_choices=False)
    assert {slot.choice_order for paper in papers for slot in paper.slots} == {(0, 1, 2, 3)}


@pytest.mark.parametrize(
    ("cells", "recipe", "expected"),
    [
        ([("a", "x")] * 3, [RecipeLine(3, "a")], ()),
        ([("a", "x")] * 3, [RecipeLine(5, "a")], (Shortage((0,), 5, 3),)),
        ([("a", "x")] * 3, [RecipeLine(1, "b")], (Shortage((0,), 1, 0),)),
        # Each line alone could be filled, together they cannot.
        ([("a", "x")] * 3, [RecipeLine(2, "a"), RecipeLine(2, None, "x")], (Shortage((0, 1), 4, 3),)),
        # Two shortages that have nothing to do with each other, and a line that lacks nothing.
        (
            [("a", "x"), ("b", "x"), ("c", "x"), ("c", "x")],
            [RecipeLine(2, "a"), RecipeLine(2, "c"), RecipeLine(4, "b")],
            (Shortage((0,), 2, 1), Shortage((2,), 4, 1)),
        ),
        # Two short lines that compete for the same questions are one shortage.
        ([("a", "x")] * 4, [RecipeLine(5, "a"), RecipeLine(6)], (Shortage((0, 1), 11, 4),)),
    ],
)
def test_a_shortage_names_the_lines_that_lack_questions_together(
    cells: list[tuple[str | None, str | None]], recipe: list[RecipeLine], expected: tuple[Shortage, ...]
) -> None:
    found = shortage(bank(*cells), recipe)
    assert found == expected
    assert [one.missing for one in found] == [one.wanted - one.available for one in expected]


CELLS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), max_size=8)
RECIPES = st.lists(
    st.builds(
        RecipeLine,
        st.integers(1, 3),
        st.sampled_from(["a", "b", None]),
        st.sampled_from(["x", "y", None]),
    ),
    min_size=1,
    max_size=4,
)


def missing_by_brute_force(candidates: list[Candidate], recipe: list[RecipeLine]) -> int:
    """The most that any set of lines lacks (Hall), tried on every set."""
    most = 0
    for size in range(1, len(recipe) + 1):
        for lines in combinations(recipe, size):
            room = sum(any(line.takes(one.cell) for line in lines) for one in candidates)
            most = max(most, sum(line.count for line in lines) - room)
    return most


@settings(max_examples=200, deadline=None)
@given(CELLS, RECIPES)
def test_a_recipe_can_be_drawn_exactly_when_no_set_of_lines_lacks_questions(
    cells: list[tuple[str | None, str | None]], recipe: list[RecipeLine]
) -> None:
    candidates = bank(*cells)
    found = shortage(candidates, recipe)
    assert sum(one.missing for one in found) == missing_by_brute_force(candidates, recipe)
    named = [line for one in found for line in one.lines]
    assert len(named) == len(set(named))
    if not found:
        for paper in draw_papers(candidates, recipe, 3, "x", shuffle_choices=True):
            drawn = [candidates[slot.question_id - 1] for slot in paper.slots]
            assert len(set(drawn)) == sum(line.count for line in recipe)
            assert not shortage(drawn, recipe)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="too few questions"):
        draw_papers(bank(("a", "x")), [RecipeLine(2)], 1, "x", shuffle_choices=True)
    with pytest.raises(ValueError, match="at least one paper"):
        draw_papers(TOPICS, [RecipeLine(2)], 0, "x", shuffle_choices=True)
    with pytest.raises(ValueError, match="no lines"):
        draw_papers(TOPICS, [], 1, "x", shuffle_choices=True)
    with pytest.raises(ValueError, match="twice"):
        shortage([TOPICS[0], TOPICS[0]], [RecipeLine(1)])
    with pytest.raises(ValueError, match="at least one question"):
        RecipeLine(0)


@pytest.mark.parametrize("papers", [1, 2, 7, 12, 300])
def test_a_later_attempt_gets_another_paper_as_long_as_there_are_enough(papers: int) -> None:
    for entry_id in range(1, 40):
        numbers = [paper_for("x", entry_id, attempt, papers) for attempt in range(1, papers + 1)]
        assert sorted(numbers) == list(range(1, papers + 1))
        assert paper_for("x", entry_id, papers + 1, papers) == numbers[0]


def test_first_attempts_are_spread_over_the_papers_and_depend_on_the_seed() -> None:
    first = Counter(paper_for("x", entry_id, 1, 10) for entry_id in range(2000))
    assert all(140 < first[number] < 260 for number in range(1, 11))
    assert any(paper_for("x", entry_id, 1, 10) != paper_for("y", entry_id, 1, 10) for entry_id in range(20))


@pytest.mark.parametrize(("attempt", "papers"), [(0, 5), (1, 0)])
def test_papers_and_attempts_are_counted_from_one(attempt: int, papers: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        paper_for("x", 1, attempt, papers)


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("things", [2, 3, 5])
def test_things_whose_own_order_is_the_key_are_never_shown_in_it(things, shuffle):
    one = Candidate(1, None, None, things, own_order_tells=True)
    papers = draw_papers([one], [RecipeLine(1)], 60, "hạt giống", shuffle)
    orders = {paper.slots[0].choice_order for paper in papers}
    assert tuple(range(things)) not in orders
    assert all(sorted(order) == list(range(things)) for order in orders)
    assert papers == draw_papers([one], [RecipeLine(1)], 60, "hạt giống", shuffle)


def test_a_single_thing_has_but_one_order():
    one = Candidate(1, None, None, 1, own_order_tells=True)
    (paper,) = draw_papers([one], [RecipeLine(1)], 1, "s", False)
    assert paper.slots[0].choice_order == (0,)
