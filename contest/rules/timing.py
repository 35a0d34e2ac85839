"""When a person may answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# What was under way when the time ran out is still taken in: a slow network is not the person's fault.
GRACE = timedelta(seconds=5)
# So much is left at least to who is at work when extra time is taken back.
NOTICE = timedelta(minutes=1)

# From when to when the round stood still; None: it still does.
Pause = tuple[datetime, datetime | None]


class Phase(StrEnum):
    """Where a person stands with one attempt."""

    BEFORE = "before"  # the round has not opened
    OPEN = "open"  # an attempt may be started
    RUNNING = "running"  # answers are taken
    GRACE = "grace"  # time is up; only what was under way is still taken
    PAUSED = "paused"  # the organiser has stopped the clock
    OVER = "over"  # the attempt's time is up
    CLOSED = "closed"  # the round has closed and this attempt was never started


class LateStart(StrEnum):
    """What an attempt gets that starts shortly before the closing."""

    CUT = "cut"  # it ends at the closing
    RUN = "run"  # it runs its full minutes


@dataclass(frozen=True)
class Window:
    """When attempts may be started: half-open, `closes_at` itself is outside."""

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        _require_aware(self.opens_at, self.closes_at)
        if self.opens_at >= self.closes_at:
            raise ValueError("a round must open before it closes")


@dataclass(frozen=True)
class Timing:
    """What holds at one moment.

    `ends_at` is the moment that matters in the phase: BEFORE the opening; OPEN and CLOSED the closing;
    RUNNING, GRACE and OVER the attempt's deadline; PAUSED the same, or None while nobody can know it.
    `seconds_left` counts whole seconds, rounded up: until `ends_at` in BEFORE and OPEN, of answering time
    in RUNNING and PAUSED (where it stands still; for an attempt not yet started: until the closing), else 0.
    """

    phase: Phase
    ends_at: datetime | None
    seconds_left: int


def at(
    now: datetime,
    window: Window,
    started_at: datetime | None,
    minutes: int,
    extra_seconds: int = 0,
    pauses: Sequence[Pause] = (),
    late_start: LateStart = LateStart.CUT,
) -> Timing:
    """What a person may do at `now`. All moments are aware, else ValueError."""
    _require_aware(now)
    paused = any(begin <= now and (end is None or now < end) for begin, end in _checked(pauses))
    if started_at is None:
        return _before_the_start(now, window, paused)
    so_far = [(begin, min(end or now, now)) for begin, end in pauses if begin <= now]
    still_due = deadline(window, started_at, minutes, extra_seconds, so_far, late_start)
    # A pause that began after the deadline does not wake the attempt again.
    if paused and still_due > now:
        known = all(end is not None for _, end in pauses)
        due = deadline(window, started_at, minutes, extra_seconds, pauses, late_start) if known else None
        return Timing(Phase.PAUSED, due, _seconds(still_due - now))
    if now < still_due:
        due = deadline(window, started_at, minutes, extra_seconds, pauses, late_start)
        return Timing(Phase.RUNNING, due, _seconds(still_due - now))
    phase = Phase.GRACE if now <= still_due + GRACE else Phase.OVER
    return Timing(phase, still_due, 0)


def deadline(
    window: Window,
    started_at: datetime,
    minutes: int,
    extra_seconds: int = 0,
    pauses: Sequence[Pause] = (),
    late_start: LateStart = LateStart.CUT,
) -> datetime:
    """The moment an attempt's time is up.

    Extra time is added after the cut, so the closing never takes it away. Pauses move the deadline, and the
    cut at the closing, by as much as they overlap the attempt. A pause still open is not counted: while one
    is, ask `at`, which says PAUSED.
    """
    _require_aware(started_at)
    if minutes <= 0 or extra_seconds < 0:
        raise ValueError("an attempt lasts at least a minute and extra time is not negative")
    allowed = timedelta(minutes=minutes)
    if late_start is LateStart.CUT:
        allowed = max(min(allowed, window.closes_at - started_at), timedelta())
    counted_until, due = started_at, started_at + allowed + timedelta(seconds=extra_seconds)
    ended = sorted((begin, end) for begin, end in _checked(pauses) if end is not None)
    for begin, end in ended:
        begin = max(begin, counted_until)
        if begin < due and begin < end:
            due += end - begin
            counted_until = end
    return due


def by_factor(minutes: int, percent: int) -> int:
    """Extra seconds of who has so many percent of the minutes: 150 is half as much again; whole minutes, up."""
    if percent < 100:
        raise ValueError("a factor never takes time away")
    return 60 * math.ceil(minutes * (percent - 100) / 100)


def extra_left(had: int, granted: int, due: datetime, due_as_granted: datetime, stands_at: datetime) -> int:
    """The extra seconds of an attempt under way once `granted` is what it has been given, instead of `had`.

    More holds at once. Less never ends anybody without warning: NOTICE stays, or what was left if that was
    less. `due` is the deadline so far, `due_as_granted` the one with `granted`; `stands_at` is now, or the
    moment at which the clock was stopped.
    """
    short = min(due, stands_at + NOTICE) - due_as_granted
    return max(granted, min(had, granted + _seconds(short)))


def spent(started_at: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """The working time between two moments: what was paused meanwhile is nobody's."""
    counted_until, stood = started_at, timedelta()
    for begin, end in sorted((begin, min(end or until, until)) for begin, end in _checked(pauses)):
        begin = max(begin, counted_until)
        if begin < end:
            stood += end - begin
            counted_until = end
    return until - started_at - stood


def runs_past_closing(
    window: Window,
    started_at: datetime,
    minutes: int,
    extra_seconds: int = 0,
    pauses: Sequence[Pause] = (),
    late_start: LateStart = LateStart.CUT,
) -> timedelta:
    """How far past the printed closing the attempt may run, zero if not: to warn the organiser with."""
    due = deadline(window, started_at, minutes, extra_seconds, pauses, late_start)
    return max(due - window.closes_at, timedelta())


def _before_the_start(now: datetime, window: Window, paused: bool) -> Timing:
    if now < window.opens_at:
        return Timing(Phase.BEFORE, window.opens_at, _seconds(window.opens_at - now))
    if now >= window.closes_at:
        return Timing(Phase.CLOSED, window.closes_at, 0)
    phase = Phase.PAUSED if paused else Phase.OPEN
    return Timing(phase, window.closes_at, _seconds(window.closes_at - now))


def _checked(pauses: Sequence[Pause]) -> Sequence[Pause]:
    for begin, end in pauses:
        _require_aware(begin, end or begin)
        if end is not None and end < begin:
            raise ValueError("a pause cannot end before it begins")
    return pauses


def _require_aware(*moments: datetime) -> None:
    if any(moment.utcoffset() is None for moment in moments):
        raise ValueError("a moment needs its time zone")


def _seconds(span: timedelta) -> int:
    return math.ceil(span.total_seconds())
