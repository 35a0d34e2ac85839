"""What a report is asked before it goes up, as a table."""

from dataclasses import replace
from datetime import date

import pytest

from contest.rules.counting import Tally
from contest.rules.report_check import Asks, Counted, Question, Situation, questions, unanswered
from contest.rules.reporting import Covers, Way

DAY = date(2026, 11, 12)
HALL = Counted(7, Way.HALL, DAY, Tally(30, 30), Covers.UNSAID, has_evidence=True)
PLAIN = Situation(
    seen=Tally(100, 140),
    online=Tally(100, 140),
    lines=[],
    offline=Tally(),
    below={},
    headcount=200,
    last=95,
    first_day=date(2026, 11, 9),
    last_day=date(2026, 11, 15),
)


def kinds(**changed: object) -> list[Asks]:
    return [question.kind for question in questions(replace(PLAIN, **changed))]


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({}, []),
        ({"online": None}, [Asks.NO_ONLINE]),
        ({"online": Tally(120, 140)}, [Asks.DIFFERENT]),
        ({"online": Tally(100, 141)}, [Asks.DIFFERENT]),
        ({"headcount": None}, [Asks.NO_HEADCOUNT]),
        ({"headcount": 0}, [Asks.NO_HEADCOUNT]),
        ({"headcount": 100}, []),
        ({"headcount": 99}, [Asks.OVER_HEADCOUNT]),
        ({"headcount": 120, "offline": Tally(21, 21)}, [Asks.OVER_HEADCOUNT]),
        ({"seen": Tally(), "online": Tally()}, [Asks.NOBODY]),
        ({"last": None}, []),
        ({"last": 50}, [Asks.FAR_FROM_LAST]),
        ({"last": 51}, []),
        ({"last": 200}, [Asks.FAR_FROM_LAST]),
        ({"last": 199}, []),
        ({"last": 0}, [Asks.FAR_FROM_LAST]),
        ({"seen": Tally(3, 3), "online": Tally(3, 3), "last": 9}, []),  # too few to matter
        ({"lines": [HALL], "offline": Tally(30, 30)}, []),
        ({"lines": [HALL], "below": {Way.HALL: Tally(25, 25)}}, [Asks.OVERLAP]),
        ({"lines": [HALL], "below": {Way.PAPER: Tally(25, 25)}}, []),
        ({"lines": [replace(HALL, repeated=None)]}, [Asks.REPEATED]),
        ({"lines": [replace(HALL, repeated=None)], "seen": Tally(), "online": Tally()}, [Asks.NOBODY]),
        ({"lines": [replace(HALL, covers=Covers.APART)], "below": {Way.HALL: Tally(99, 99)}}, []),
        (
            {"lines": [replace(HALL, covers=Covers.WHOLE)], "below": {Way.HALL: Tally(31, 31)}},
            [Asks.LESS_THAN_BELOW],
        ),
        ({"lines": [replace(HALL, covers=Covers.WHOLE)], "below": {Way.HALL: Tally(30, 30)}}, []),
        ({"lines": [replace(HALL, held_on=date(2026, 11, 8))]}, [Asks.OUTSIDE]),
        ({"lines": [replace(HALL, held_on=date(2026, 11, 15))]}, []),
        ({"lines": [replace(HALL, count=Tally(0, 0))]}, [Asks.NO_NUMBER]),
        ({"lines": [replace(HALL, count=Tally(30, 29))]}, [Asks.FEWER_ATTEMPTS]),
        ({"lines": [replace(HALL, has_evidence=False)]}, [Asks.NO_EVIDENCE]),
        (
            {
                "online": None,
                "headcount": None,
                "lines": [replace(HALL, has_evidence=False, held_on=date(2025, 1, 1))],
            },
            [Asks.OUTSIDE, Asks.NO_EVIDENCE, Asks.NO_ONLINE, Asks.NO_HEADCOUNT],
        ),
    ],
)
def test_what_is_asked(changed, asked):
    assert kinds(**changed) == asked


def test_an_answer_holds_only_for_the_numbers_it_was_given_to():
    asked = questions(replace(PLAIN, headcount=99))
    given = {("over_headcount", 0, "100/99"): "Có người biệt phái."}
    assert unanswered(asked, given) == []
    assert unanswered(questions(replace(PLAIN, headcount=98)), given) == [
        Question(Asks.OVER_HEADCOUNT, numbers=(100, 98))
    ]


def test_words_are_needed_for_a_difference_and_a_tick_is_enough_for_missing_evidence():
    difference = questions(replace(PLAIN, online=Tally(90, 140)))
    assert unanswered(difference, {difference[0].key: "  "}) == difference
    evidence = questions(replace(PLAIN, lines=[replace(HALL, has_evidence=False)]))
    assert unanswered(evidence, {evidence[0].key: ""}) == []
    assert unanswered(evidence, {}) == evidence


def test_an_overlap_cannot_be_talked_away():
    asked = questions(replace(PLAIN, lines=[HALL], below={Way.HALL: Tally(25, 25)}))
    assert unanswered(asked, {asked[0].key: "Không sao."}) == asked
