"""Who stands before whom."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.ranking import (
    Contender,
    Counting,
    Place,
    RankingKey,
    RankStyle,
    best_attempt,
    lot,
    standings,
    why_ahead,
)

SCORE, ALL_RIGHT, PREDICTION, DURATION, HANDED_IN, DRAW = RankingKey
NOON = datetime(2026, 3, 5, 5, tzinfo=UTC)
ANA = Contender(1, 101, 20, True, Fraction(12), 312, NOON, out_of=20)


def like_ana(entry_id: int, **changes: object) -> Contender:
    """A contender equal to Ana in everything that is compared, but for the changes."""
    return replace(ANA, entry_id=entry_id, attempt_id=100 + entry_id, **changes)  # type: ignore[arg-type]


def order(places: tuple[Place, ...]) -> list[tuple[int | None, int]]:
    return [(place.rank, place.contender.entry_id) for place in places]


@pytest.mark.parametrize(
    ("keys", "behind"),
    [
        ([SCORE], like_ana(2, score=19)),
        ([SCORE], like_ana(2, score=Fraction(39, 2))),
        ([PREDICTION], like_ana(2, prediction_distance=Fraction(15))),
        ([PREDICTION], like_ana(2, prediction_distance=None)),
        ([DURATION], like_ana(2, duration_seconds=313)),
        ([HANDED_IN], like_ana(2, handed_in_at=NOON + timedelta(seconds=1))),
        ([SCORE, DURATION], like_ana(2, score=19, duration_seconds=1)),
        ([SCORE, PREDICTION, DURATION, HANDED_IN], like_ana(2, duration_seconds=400)),
    ],
)
def test_the_first_key_that_differs_decides(keys: list[RankingKey], behind: Contender) -> None:
    assert order(standings([behind, ANA], keys)) == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("keys", "equal"),
    [
        ([SCORE], like_ana(2, duration_seconds=9)),
        ([PREDICTION], like_ana(2, score=3)),
        ([HANDED_IN], like_ana(2, handed_in_at=NOON + timedelta(milliseconds=999))),
        ([SCORE, PREDICTION, DURATION, HANDED_IN], like_ana(2)),
    ],
)
def test_equal_in_every_key_is_an_equal_rank(keys: list[RankingKey], equal: Contender) -> None:
    assert order(standings([equal, ANA], keys)) == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("style", "ranks"), [(RankStyle.SKIP, [1, 2, 2, 4]), (RankStyle.DENSE, [1, 2, 2, 3])]
)
def test_after_equals_a_rank_is_skipped_or_not(style: RankStyle, ranks: list[int]) -> None:
    field = [like_ana(entry, score=score) for entry, score in ((1, 8), (2, 9), (3, 9), (4, 10))]
    assert [place.rank for place in standings(field, [SCORE], style)] == ranks


def test_only_those_with_everything_right_and_in_competition_get_a_rank() -> None:
    field = [ANA, like_ana(2, score=19, all_right=False), like_ana(3, ranked=False), like_ana(4)]
    assert order(standings(field, [ALL_RIGHT, DURATION])) == [(1, 1), (1, 4), (None, 2), (None, 3)]
    assert order(standings(field, [SCORE])) == [(1, 1), (1, 4), (3, 2), (None, 3)]


def test_standings_of_nobody_are_empty() -> None:
    assert standings([], [SCORE]) == ()


def test_a_draw_can_be_repeated_by_anyone_from_its_seed() -> None:
    field = [like_ana(entry) for entry in range(1, 30)]
    drawn = [place.contender.entry_id for place in standings(field, [SCORE, DRAW], draw_seed="kỳ 1")]
    by_hand = sorted(range(1, 30), key=lambda entry: hashlib.sha256(f"kỳ 1:{entry}".encode()).hexdigest())
    assert drawn == by_hand
    assert lot("kỳ 1", 17) == hashlib.sha256("kỳ 1:17".encode()).hexdigest()
    assert drawn != [place.contender.entry_id for place in standings(field, [DRAW], draw_seed="kỳ 2")]


@pytest.mark.parametrize(
    ("keys", "seed", "fault"),
    [
        ([], "", "something to compare"),
        ([ALL_RIGHT], "", "something to compare"),
        ([SCORE, SCORE], "", "twice"),
        ([DRAW, SCORE], "x", "after the draw"),
        ([SCORE, DRAW], "", "a seed"),
    ],
)
def test_keys_that_make_no_rule_are_refused(keys: list[RankingKey], seed: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        standings([ANA], keys, draw_seed=seed)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        like_ana(2, handed_in_at=datetime(2026, 3, 5))


FIELD = st.lists(
    st.builds(
        Contender,
        entry_id=st.integers(1, 10**6),
        attempt_id=st.just(1),
        score=st.integers(0, 3),
        all_right=st.booleans(),
        prediction_distance=st.none() | st.fractions(0, 3, max_denominator=2),
        duration_seconds=st.integers(0, 3),
        handed_in_at=st.integers(0, 3000).map(lambda passed: NOON + timedelta(milliseconds=passed)),
        ranked=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.entry_id,
)
KEYS = st.lists(st.sampled_from([SCORE, PREDICTION, DURATION, HANDED_IN]), min_size=1, unique=True).flatmap(
    lambda keys: st.sampled_from([keys, [ALL_RIGHT, *keys], [*keys, DRAW]])
)
STYLES = st.sampled_from(RankStyle)


@given(FIELD, KEYS, STYLES, st.randoms(use_true_random=False))
def test_standings_do_not_depend_on_the_order_of_entry(field, keys, style, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(field)
    chance.shuffle(mixed)
    assert standings(mixed, keys, style, "x") == standings(field, keys, style, "x")


@given(FIELD, KEYS, STYLES)
def test_ranks_never_fall_and_everyone_is_listed_once(
    field: list[Contender], keys: list[RankingKey], style: RankStyle
) -> None:
    places = standings(field, keys, style, "x")
    assert sorted(place.contender.entry_id for place in places) == sorted(one.entry_id for one in field)
    ranks = [place.rank for place in places if place.rank is not None]
    assert ranks == sorted(ranks)
    assert ranks[:1] in ([], [1])
    assert [place.rank for place in places[: len(ranks)]] == ranks
    if style is RankStyle.SKIP:
        assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)
    else:
        assert set(ranks) == set(range(1, len(set(ranks)) + 1))


@given(FIELD, KEYS)
def test_a_better_score_never_lowers_a_rank(field: list[Contender], keys: list[RankingKey]) -> None:
    for one in field:
        better = [replace(other, score=other.score + (other is one)) for other in field]
        before, after = (
            {place.contender.entry_id: place.rank for place in standings(some, keys, draw_seed="x")}
            for some in (field, better)
        )
        assert (after[one.entry_id] or 0) <= (before[one.entry_id] or 0)


@given(FIELD, KEYS)
def test_neighbours_are_called_equal_exactly_when_they_share_a_rank(
    field: list[Contender], keys: list[RankingKey]
) -> None:
    ranked = [place for place in standings(field, keys, draw_seed="x") if place.rank is not None]
    for ahead, behind in pairwise(ranked):
        why = why_ahead(ahead.contender, behind.contender, keys, "en")
        assert why.startswith("equal in everything") is (ahead.rank == behind.rank)


@pytest.mark.parametrize(
    ("counting", "expected"), [(Counting.FIRST, 1), (Counting.LAST, 4), (Counting.BEST, 3)]
)
def test_the_attempt_that_counts_is_the_first_the_last_or_the_best(counting: Counting, expected: int) -> None:
    attempts = [
        replace(
            ANA,
            attempt_id=number,
            score=score,
            duration_seconds=seconds,
            handed_in_at=NOON + timedelta(number),
        )
        for number, score, seconds in ((1, 18, 100), (2, 19, 300), (3, 19, 200), (4, 17, 50))
    ]
    assert best_attempt(attempts[::-1], counting).attempt_id == expected


def test_of_two_equally_good_attempts_the_earlier_is_the_best() -> None:
    later = replace(ANA, attempt_id=102, handed_in_at=NOON + timedelta(hours=1))
    assert best_attempt([later, ANA], Counting.BEST) is ANA


def test_nobody_without_an_attempt_has_a_best_one() -> None:
    with pytest.raises(ValueError, match="no attempt"):
        best_attempt([], Counting.BEST)
