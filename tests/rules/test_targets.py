"""How many people are wanted of a unit, as a table."""

import pytest

from contest.rules.targets import Goal, Tier, wanted

TIERS = (Tier(0, 3000, None), Tier(50, 2500, None), Tier(100, 2000, 30), Tier(1000, None, 150))


@pytest.mark.parametrize(
    ("size", "people"),
    [
        (None, None),
        (0, None),
        (1, 1),
        (10, 3),
        (11, 4),
        (49, 15),
        (50, 13),
        (99, 25),
        (100, 30),
        (200, 40),
        (5000, 150),
    ],
)
def test_a_target_goes_by_the_tier_of_the_size(size, people):
    assert wanted(size, TIERS) == people


@pytest.mark.parametrize(
    ("size", "tiers", "own", "people"),
    [
        (None, (Tier(0, None, 5),), None, 5),
        (3, (Tier(0, None, 5),), None, 3),
        (30, (Tier(50, 2500, None),), None, None),
        (30, (), None, None),
        (30, TIERS, 12, 12),
        (None, TIERS, 12, 12),
        (None, (Tier(0, 3000, 5),), None, None),
    ],
    ids=[
        "a number for all",
        "not more than there are",
        "below the tiers",
        "no tiers",
        "own",
        "own, no size",
        "share",
    ],
)
def test_a_number_of_people_may_be_wanted_instead(size, tiers, own, people):
    assert wanted(size, tiers, own) == people


def test_a_goal_says_what_is_missing():
    goals = [Goal(10, 7), Goal(10, 10), Goal(10, 12), Goal(None, 3)]
    assert [(goal.reached, goal.missing) for goal in goals] == [(False, 3), (True, 0), (True, 0), (None, 0)]
