"""What the desk shows of a round's clock, gathered for its template, and what it understands of what was typed."""

from datetime import datetime
from typing import Any

from contest.attempts import clock_queries, queries
from contest.attempts.clock_actions import Gift
from contest.attempts.clock_forms import TypedExtra
from contest.attempts.clock_queries import ExtraLine, Whom
from contest.contests import queries as contests
from contest.contests.models import Round
from contest.contests.words import PHASES
from contest.paging import page_of
from contest.people import queries as people
from contest.units import queries as units

MOST_FOUND = 10


def round_clock(round_id: int, searched: str, entry_id: str | None, now: datetime) -> dict[str, Any]:
    """The clock as it stands, its pauses and extra time; people found by `searched`, and the one chosen."""
    round_ = contests.round_for_staff(round_id)
    phase = queries.phase_of(round_, now)
    extras = clock_queries.extras(round_id)
    return {
        "round": round_,
        "contest": contests.contest_of(round_),
        "phase": phase,
        "phase_word": PHASES[phase],
        "touched": clock_queries.touched(round_, now, Whom()),
        "pauses": clock_queries.pauses(round_id),
        "extras": extras,
        "reached": {line.extra.id: _reached(round_, line, now) for line in extras},
        "searched": searched,
        "found": _found(round_, searched) if searched else [],
        "chosen": _chosen(round_, entry_id),
    }


def _reached(round_: Round, line: ExtraLine, now: datetime) -> int:
    """How many at work a withdrawal would touch; nobody once it has been withdrawn."""
    if line.extra.withdrawn_at is not None:
        return 0
    return clock_queries.touched(round_, now, clock_queries.whom(line.extra)).under_way


def _found(round_: Round, searched: str) -> list[people.EntryRow]:
    entries = page_of(people.found(searched, None, round_.contest_id), "1").rows
    return people.rows(entries[:MOST_FOUND])


def _chosen(round_: Round, entry_id: str | None) -> people.EntryRow | None:
    if not entry_id or not entry_id.isdecimal():
        return None
    row = people.entry_for_helper(int(entry_id), None)
    return row if row.contest.id == round_.contest_id else None


def whom(round_: Round, typed: TypedExtra) -> Whom:
    """Who is meant; raises Refusal for a unit that is not clear, NotFound for an entry of another contest."""
    if typed.entry_id is not None:
        return Whom(entry=clock_queries.entry_in(round_, typed.entry_id))
    return Whom(unit=units.typed(typed.unit) if typed.unit else None)


def gift(typed: TypedExtra) -> Gift:
    """How much, as the act takes it."""
    return Gift(typed.seconds, typed.percent, typed.reason)


def preview(round_: Round, whom: Whom, typed: TypedExtra, now: datetime) -> dict[str, Any]:
    """What would change, in numbers."""
    touched = clock_queries.touched(round_, now, whom, typed.seconds)
    late = touched.latest is not None and touched.latest > round_.closes_at
    return {
        "preview": touched,
        "extra_minutes": typed.seconds // 60,
        "whom": whom,
        "runs_past": touched.latest if late else None,
    }
