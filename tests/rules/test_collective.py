"""Awards for units: each measure, the floor, ties and prizes, as tables."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.collective import (
    Entrant,
    LeftOut,
    Measure,
    Prize,
    Rule,
    in_words,
    placed,
    prize_of,
    value_in_words,
)

# People, headcount, right of out_of, winners, floor.
A = Entrant(1, 30, 40, 450, 600, (1, 0, 0), 12)
B = Entrant(2, 60, 100, 1080, 1200, (0, 1, 1), 25)
C = Entrant(3, 20, 100, 380, 400, (0, 0, 0), 25)
D = Entrant(4, 9, None, 90, 180)
E = Entrant(5, 12, 10, 120, 240, floor=3)
F = Entrant(6, 0, 50, floor=15)


def order(measure, **changed):
    places = placed([F, E, D, C, B, A], Rule(measure, **changed))
    return [(place.entrant.unit_id, place.rank) for place in places if place.rank]


@pytest.mark.parametrize(
    ("measure", "ranked", "best"),
    [
        (Measure.PEOPLE, [(2, 1), (1, 2), (3, 3), (5, 4), (4, 5)], Fraction(60)),
        (Measure.RATE, [(1, 1), (2, 2), (3, 3)], Fraction(75)),
        # (75 + 75) / 2 and (60 + 90) / 2 are equal; (20 + 95) / 2 is less.
        (Measure.BOTH, [(2, 1), (1, 1), (3, 3)], Fraction(75)),
        # 75 + 10, 60 + 8 + 6, 20.
        (Measure.POINTS, [(1, 1), (2, 2), (3, 3)], Fraction(85)),
        # C did not reach its floor, D has none.
        (Measure.QUALITY, [(2, 1), (1, 2), (5, 3)], Fraction(90)),
    ],
)
def test_each_measure_ranks_by_what_it_says(measure, ranked, best):
    assert order(measure) == ranked
    assert placed([A, B, C, D, E, F], Rule(measure))[0].value == best


def test_a_floor_by_size_comes_first_whatever_the_measure():
    assert order(Measure.PEOPLE, floor=True) == [(2, 1), (1, 2), (5, 3)]
    assert order(Measure.RATE, floor=True) == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("entrant", "measure", "floor", "reason"),
    [
        (F, Measure.PEOPLE, False, LeftOut.NOBODY),
        (D, Measure.RATE, False, LeftOut.NO_HEADCOUNT),
        (E, Measure.RATE, False, LeftOut.OVER),
        (E, Measure.PEOPLE, False, None),
        (C, Measure.RATE, True, LeftOut.BELOW_FLOOR),
        (D, Measure.PEOPLE, True, LeftOut.NO_FLOOR),
    ],
)
def test_whoever_is_not_ranked_is_told_why(entrant, measure, floor, reason):
    (place,) = placed([entrant], Rule(measure, floor))
    assert place.left_out == reason


@pytest.mark.parametrize(
    ("prizes", "won"),
    [
        ((1, 2, 3, 0), ["first", "second", "second", "third", "third", "third", None]),
        ((1, 0, 1, 2), ["first", "third", "consolation", "consolation", None, None, None]),
        ((0, 0, 0, 0), [None] * 7),
    ],
)
def test_prizes_go_by_rank(prizes, won):
    assert [prize_of(rank, prizes) for rank in range(1, 8)] == won


def test_equals_share_the_prize_and_the_next_rank_is_skipped():
    people = [Entrant(n, count, None) for n, count in enumerate((9, 9, 7, 5, 5, 1))]
    places = placed(people, Rule(Measure.PEOPLE, prizes=(1, 1, 1, 1)))
    assert [(place.rank, place.prize) for place in places] == [
        (1, Prize.FIRST),
        (1, Prize.FIRST),
        (3, Prize.THIRD),
        (4, Prize.CONSOLATION),
        (4, Prize.CONSOLATION),
        (6, None),
    ]


def test_points_may_be_worth_something_else():
    assert placed([A], Rule(Measure.POINTS, points=(5, 3, 1)))[0].value == 80


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (Fraction(60), Measure.PEOPLE, "60"),
        (Fraction(200, 3), Measure.RATE, "66,67\u00a0%"),
        (Fraction(155, 2), Measure.POINTS, "77,50"),
        (Fraction(100), Measure.BOTH, "100,00"),
    ],
)
def test_values_are_printed_as_people_write_them(value, measure, words):
    assert value_in_words(value, measure) == words


def test_the_rule_is_said_from_the_setting():
    words = in_words(Rule(Measure.POINTS, floor=True, points=(10, 8, 6)))
    assert "cộng 10, 8, 6 điểm" in words
    assert "đạt chỉ tiêu" in words
    assert "trên 100 %" in words
    assert "headcount" not in in_words(Rule(Measure.PEOPLE), "en")


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=12), st.sampled_from(Measure))
def test_nobody_is_lost_and_nobody_better_stands_behind(pairs, measure):
    entrants = [Entrant(n, people, size, people, 20, floor=1) for n, (people, size) in enumerate(pairs)]
    places = placed(entrants, Rule(measure))
    assert sorted(place.entrant.unit_id for place in places) == list(range(len(pairs)))
    values = [place.value for place in places if place.value is not None]
    assert values == sorted(values, reverse=True)
    for place in places:
        if place.rank:
            assert place.rank == 1 + sum(value > place.value for value in values)
