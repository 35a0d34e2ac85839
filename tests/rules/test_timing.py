"""When a person may answer, as a table of moments."""

from datetime import UTC, datetime, timedelta

import pytest

from contest.rules import timing
from contest.rules.timing import GRACE, LateStart, Phase, Timing, Window

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WINDOW = Window(NOON, NOON + timedelta(hours=2))


def at(minutes: float, seconds: float = 0) -> datetime:
    """The moment so long after the opening."""
    return NOON + timedelta(minutes=minutes, seconds=seconds)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(-1), Timing(Phase.BEFORE, at(0), 60)),
        (at(0, -0.25), Timing(Phase.BEFORE, at(0), 1)),
        (at(0), Timing(Phase.OPEN, at(120), 7200)),
        (at(120, -1), Timing(Phase.OPEN, at(120), 1)),
        (at(120), Timing(Phase.CLOSED, at(120), 0)),
    ],
)
def test_an_attempt_may_be_started_from_the_opening_until_just_before_the_closing(
    now: datetime, expected: Timing
) -> None:
    assert timing.at(now, WINDOW, None, minutes=30) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(10), Timing(Phase.RUNNING, at(40), 1800)),
        (at(39, 59.5), Timing(Phase.RUNNING, at(40), 1)),
        (at(40), Timing(Phase.GRACE, at(40), 0)),
        (at(40, 5), Timing(Phase.GRACE, at(40), 0)),
        (at(40, 5.001), Timing(Phase.OVER, at(40), 0)),
        (at(121), Timing(Phase.OVER, at(40), 0)),
    ],
)
def test_an_attempt_runs_its_minutes_and_five_seconds_are_forgiven(now: datetime, expected: Timing) -> None:
    assert timing.at(now, WINDOW, at(10), minutes=30) == expected
    assert timedelta(seconds=5) == GRACE


@pytest.mark.parametrize(
    ("late_start", "extra_seconds", "due", "past"),
    [
        (LateStart.CUT, 0, at(120), timedelta()),
        (LateStart.RUN, 0, at(148), timedelta(minutes=28)),
        (LateStart.CUT, 600, at(130), timedelta(minutes=10)),
        (LateStart.RUN, 600, at(158), timedelta(minutes=38)),
    ],
)
def test_a_start_at_two_minutes_to_closing_is_cut_or_runs_and_extra_time_is_never_cut(
    late_start: LateStart, extra_seconds: int, due: datetime, past: timedelta
) -> None:
    assert timing.deadline(WINDOW, at(118), 30, extra_seconds, (), late_start) == due
    assert timing.runs_past_closing(WINDOW, at(118), 30, extra_seconds, (), late_start) == past


def test_an_attempt_well_inside_the_round_does_not_run_past_closing() -> None:
    assert not timing.runs_past_closing(WINDOW, at(10), 30, 600)


def test_a_closing_moved_before_the_start_leaves_only_the_extra_time() -> None:
    assert timing.deadline(Window(at(0), at(5)), at(10), 30, 60) == at(11)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([(at(0), at(5))], at(40)),  # before the start
        ([(at(5), at(15))], at(45)),  # half before, half during
        ([(at(20), at(25))], at(45)),  # during
        ([(at(40), at(50))], at(40)),  # begins as the time is up
        ([(at(20), at(30)), (at(25), at(35))], at(55)),  # overlapping pauses count once
        ([(at(20), at(40)), (at(25), at(30))], at(60)),  # one within another
        ([(at(42), at(44)), (at(20), at(25))], at(47)),  # the first moves the deadline into the second
        ([(at(20), at(20))], at(40)),  # empty
        ([(at(20), None)], at(40)),  # still open: not counted yet
    ],
)
def test_a_pause_moves_the_deadline_by_as_much_as_it_overlaps_the_attempt(
    pauses: list[timing.Pause], due: datetime
) -> None:
    assert timing.deadline(WINDOW, at(10), 30, 0, pauses) == due


def test_a_pause_moves_the_cut_at_the_closing_too() -> None:
    assert timing.deadline(WINDOW, at(110), 30, 0, [(at(115), at(125))]) == at(130)


@pytest.mark.parametrize(
    ("now", "pauses", "expected"),
    [
        (at(20), [(at(20), None)], Timing(Phase.PAUSED, None, 1200)),
        (at(55), [(at(20), None)], Timing(Phase.PAUSED, None, 1200)),
        (at(22), [(at(20), at(25))], Timing(Phase.PAUSED, at(45), 1200)),
        (at(25), [(at(20), at(25))], Timing(Phase.RUNNING, at(45), 1200)),
        (at(15), [(at(20), at(25))], Timing(Phase.RUNNING, at(45), 1500)),
        (at(45), [(at(20), at(25))], Timing(Phase.GRACE, at(45), 0)),
        (at(60), [(at(20), at(25)), (at(50), None)], Timing(Phase.OVER, at(45), 0)),
        (at(40, 2), [(at(40), None)], Timing(Phase.GRACE, at(40), 0)),
    ],
)
def test_while_paused_the_time_left_stands_still_and_what_was_over_stays_over(
    now: datetime, pauses: list[timing.Pause], expected: Timing
) -> None:
    assert timing.at(now, WINDOW, at(10), 30, 0, pauses) == expected


def test_no_attempt_may_be_started_while_the_round_is_paused() -> None:
    assert timing.at(at(60), WINDOW, None, 30, 0, [(at(50), None)]) == Timing(Phase.PAUSED, at(120), 3600)
    assert timing.at(at(60), WINDOW, None, 30, 0, [(at(50), at(60))]).phase is Phase.OPEN


def test_the_time_left_before_a_pause_yet_to_come_counts_answering_time_only() -> None:
    announced = timing.at(at(15), WINDOW, at(10), 30, 0, [(at(20), at(30))])
    assert (announced.ends_at, announced.seconds_left) == (at(50), 25 * 60)


NAIVE = datetime(2026, 3, 2, 12)


@pytest.mark.parametrize(
    ("now", "started_at", "pauses"),
    [
        (NAIVE, None, []),
        (at(1), NAIVE, []),
        (at(1), at(0), [(NAIVE, None)]),
        (at(1), at(0), [(at(0), NAIVE)]),
        (at(1), at(0), [(at(2), at(1))]),
    ],
)
def test_a_moment_without_zone_and_a_pause_that_runs_backwards_are_refused(
    now: datetime, started_at: datetime | None, pauses: list[timing.Pause]
) -> None:
    with pytest.raises(ValueError, match=r"time zone|before it begins"):
        timing.at(now, WINDOW, started_at, 30, 0, pauses)


@pytest.mark.parametrize(("minutes", "extra_seconds"), [(0, 0), (30, -1)])
def test_no_minutes_and_negative_extra_time_are_refused(minutes: int, extra_seconds: int) -> None:
    with pytest.raises(ValueError, match="at least a minute"):
        timing.deadline(WINDOW, at(0), minutes, extra_seconds)


def test_a_round_opens_before_it_closes_and_its_moments_have_a_zone() -> None:
    with pytest.raises(ValueError, match="open before"):
        Window(at(1), at(1))
    with pytest.raises(ValueError, match="time zone"):
        Window(NAIVE, NAIVE)


@pytest.mark.parametrize(
    ("minutes", "percent", "seconds"),
    [(30, 100, 0), (20, 150, 600), (15, 150, 480), (15, 125, 240), (20, 200, 1200)],
)
def test_a_factor_is_whole_minutes_rounded_up(minutes: int, percent: int, seconds: int) -> None:
    assert timing.by_factor(minutes, percent) == seconds


def test_a_factor_never_takes_time_away() -> None:
    with pytest.raises(ValueError, match="never"):
        timing.by_factor(20, 99)


@pytest.mark.parametrize(
    ("had", "granted", "stands_at", "left"),
    [
        pytest.param(0, 600, at(10), 600, id="more holds at once"),
        pytest.param(600, 0, at(10), 0, id="less holds while enough is left"),
        pytest.param(600, 0, at(35), 360, id="but a minute stays"),
        pytest.param(600, 0, at(39, 30), 600, id="or what was left, if that was less"),
        pytest.param(600, 300, at(34, 30), 330, id="of several, what was not taken back stays whole"),
        pytest.param(600, 0, at(41), 600, id="nothing ends before it has ended"),
    ],
)
def test_extra_time_taken_back_ends_nobody_without_warning(
    had: int, granted: int, stands_at: datetime, left: int
) -> None:
    def due(extra: int) -> datetime:
        return timing.deadline(WINDOW, at(0), 30, extra)

    kept = timing.extra_left(had, granted, due(had), due(granted), stands_at)
    assert kept == left
    assert due(kept) <= max(due(had), due(granted))


@pytest.mark.parametrize(
    ("pauses", "spent"),
    [
        ([], 60),
        ([(at(10), at(20))], 50),
        ([(at(-10), at(10))], 50),
        ([(at(50), None)], 50),
        ([(at(50), at(90))], 50),
        ([(at(10), at(30)), (at(20), at(40))], 30),
        ([(at(70), at(80))], 60),
    ],
)
def test_working_time_is_what_was_not_paused(pauses: list[timing.Pause], spent: int) -> None:
    assert timing.spent(at(0), at(60), pauses) == timedelta(minutes=spent)
