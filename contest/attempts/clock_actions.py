"""What the organiser does with the clock of a round: pause, go on, give extra time, let it close later.

Each act reckons the deadlines of the attempts under way anew, all by one function and by the one rule
(rules.timing), so that they can follow one another in any order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from contest import history
from contest.attempts import clock_queries, words
from contest.attempts.clock_queries import Whom
from contest.attempts.models import Attempt, ExtraTime, Pause
from contest.contests import round_actions
from contest.contests.models import Round
from contest.database import db
from contest.errors import Refusal
from contest.permissions import Actor
from contest.rules import timing
from contest.rules.timing import LateStart, Window


@dataclass(frozen=True)
class Gift:
    """How much more time, and why. `percent`: how it was said, if as a factor."""

    seconds: int
    percent: int | None
    reason: str


def pause(round_: Round, reason: str, now: datetime, by: Actor) -> int:
    """Stop everybody's clock. Returns how many attempts under way stand still."""
    _require_published(round_)
    if round_.paused_at is not None:
        raise Refusal(words.already_paused(round_.paused_at))
    round_.paused_at = now
    standing = _reckon(round_, clock_queries.under_way(round_.id, now, Whom()), now)
    if now >= round_.closes_at and not standing:
        raise Refusal(words.NOTHING_TO_PAUSE)
    db.session.add(Pause(round_id=round_.id, reason=reason, began_at=now, begun_by=by.id))
    history.record(by.signature, "round:pause", ("round", round_.id, round_.name), now, reason)
    return standing


def resume(round_: Round, now: datetime, by: Actor) -> int:
    """Let the clock go on. Returns how many attempts have their time back."""
    standing = clock_queries.open_pause(round_.id)
    if standing is None:
        raise Refusal(words.NOT_PAUSED)
    # Whoever pressed a moment before the pause was written must not have it end before it began.
    standing.ended_at, standing.ended_by = max(now, standing.began_at), by.id
    round_.paused_at = None
    attempts = clock_queries.under_way(round_.id, now, Whom())
    going_on = sum(attempt.paused_at is not None for attempt in attempts)
    _reckon(round_, attempts, now)
    stood = f"{int((now - standing.began_at).total_seconds()) // 60} phút"
    history.record(by.signature, "round:resume", ("round", round_.id, round_.name), now, stood)
    return going_on


def extend(round_: Round, closes_at: datetime, now: datetime, by: Actor) -> int:
    """Let a round close later; attempts that its old closing would have cut get their minutes back.

    Returns how many of those under way gained time.
    """
    round_actions.extend(round_, closes_at, now, by)
    attempts = clock_queries.under_way(round_.id, now, Whom())
    before = {attempt.id: attempt.deadline for attempt in attempts}
    _reckon(round_, attempts, now)
    return sum(attempt.deadline > before[attempt.id] for attempt in attempts)


def give(round_: Round, whom: Whom, gift: Gift, now: datetime, by: Actor) -> int:
    """Give extra time, from now on and to those at work. Returns how many of these there are."""
    _require_published(round_)
    db.session.add(
        ExtraTime(
            round_id=round_.id,
            entry_id=whom.entry.id if whom.entry else None,
            unit_id=whom.unit.id if whom.unit else None,
            seconds=gift.seconds,
            percent=gift.percent,
            reason=gift.reason,
            granted_at=now,
            granted_by=by.id,
        )
    )
    attempts = clock_queries.under_way(round_.id, now, whom)
    _reckon(round_, attempts, now, clock_queries.extras_under_way(attempts))
    _record("round:extra", round_, whom, gift.seconds, gift.reason, now, by)
    return len(attempts)


def withdraw(round_: Round, extra: ExtraTime, now: datetime, by: Actor) -> int:
    """Take extra time back, from those at work too, but never their last minute."""
    if extra.withdrawn_at is not None:
        raise Refusal(words.ALREADY_WITHDRAWN)
    extra.withdrawn_at, extra.withdrawn_by = now, by.id
    whom = clock_queries.whom(extra)
    attempts = clock_queries.under_way(round_.id, now, whom)
    _reckon(round_, attempts, now, clock_queries.extras_under_way(attempts))
    _record("round:extra_back", round_, whom, extra.seconds, extra.reason, now, by)
    return len(attempts)


def _reckon(
    round_: Round, attempts: Sequence[Attempt], now: datetime, granted: Mapping[int, int] | None = None
) -> int:
    """Set the deadlines anew by the rule, with `granted` extra seconds where these have changed.

    Returns how many of the attempts stand still. The one place where a deadline moves after the start.
    """
    round_.reckoning += 1
    window, late = Window(round_.opens_at, round_.closes_at), LateStart(round_.late_start)
    pauses = clock_queries.pauses_as_spans(round_.id)
    stands_at = round_.paused_at
    for attempt in attempts:
        due = partial(_due, window, attempt.started_at, round_.minutes, pauses, late)
        if granted is not None:
            attempt.extra_seconds = timing.extra_left(
                attempt.extra_seconds,
                granted[attempt.id],
                attempt.deadline,
                due(granted[attempt.id]),
                attempt.paused_at or now,
            )
        attempt.deadline = due(attempt.extra_seconds)
        # A pause that began after the deadline does not wake the attempt again.
        attempt.paused_at = stands_at if stands_at is not None and attempt.deadline > stands_at else None
    db.session.flush()
    return sum(attempt.paused_at is not None for attempt in attempts)


def _due(
    window: Window,
    started_at: datetime,
    minutes: int,
    pauses: Sequence[timing.Pause],
    late: LateStart,
    extra_seconds: int,
) -> datetime:
    return timing.deadline(window, started_at, minutes, extra_seconds, pauses, late)


def _require_published(round_: Round) -> None:
    if round_.published_at is None:
        raise Refusal(words.NOT_PUBLISHED)


def _record(act: str, round_: Round, whom: Whom, seconds: int, reason: str, now: datetime, by: Actor) -> None:
    names = [whom.unit.name] if whom.unit is not None else [round_.name]
    if whom.entry is not None:
        # The history outlives personal data: it names the number of the entry, not the person.
        names = [f"#{whom.entry.id}"]
    detail = f"{names[0]} · +{seconds // 60} phút · {reason}"
    history.record(by.signature, act, ("round", round_.id, round_.name), now, detail)
