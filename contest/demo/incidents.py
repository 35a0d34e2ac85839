"""What happened in the demo's rounds beside the answering: a pause, extra time, and three people on one phone."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select, update

from contest.attempts import clock_actions
from contest.attempts.clock_actions import Gift
from contest.attempts.clock_queries import Whom
from contest.attempts.models import Attempt
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.people.models import Entry
from contest.permissions import Actor
from contest.units import queries as units

# Before anybody comes in.
PAUSED_AFTER, PAUSED_FOR = timedelta(hours=7, minutes=10), timedelta(minutes=12)
ON_ONE_PHONE = 3


def clock_of(round_id: int, now: datetime, by: Actor) -> None:
    """A morning's pause; more time for one person and for a unit. `by`: the organiser."""
    with write_transaction():
        round_ = contests.round_for_writing(round_id)
        began = round_.opens_at + PAUSED_AFTER
        if began + PAUSED_FOR < now:
            clock_actions.pause(round_, "Mất điện ở hội trường Sở Nội vụ", began, by)
            clock_actions.resume(round_, began + PAUSED_FOR, by)
        given_at = min(began + 2 * PAUSED_FOR, now)
        somebody = db.session.scalars(
            select(Entry).where(Entry.contest_id == round_.contest_id).order_by(Entry.id)
        ).first()
        half_more = Gift(60 * -(-round_.minutes // 2), 150, "Dùng phần mềm đọc màn hình")
        clock_actions.give(round_, Whom(entry=somebody), half_more, given_at, by)
        five_minutes = Gift(5 * 60, None, "Mất điện 12 phút lúc mở cửa")
        clock_actions.give(round_, Whom(unit=units.by_code("S02")), five_minutes, given_at, by)


def evidence_of(round_id: int, seed: str) -> None:
    """A mark of a phone for every attempt, as if each had come from one; the foremost of a unit share theirs."""
    chance = random.Random(seed)  # noqa: S311  a demo, not a draw
    with write_transaction():
        rows = db.session.execute(
            select(Attempt.id, Attempt.entry_id, Attempt.unit_id, Entry.assisted)
            .join(Entry, Entry.id == Attempt.entry_id)
            .where(Attempt.round_id == round_id)
            .order_by(Attempt.score.desc(), Attempt.duration_seconds)
        ).all()
        shared = _colleagues([(row.entry_id, row.unit_id) for row in rows if not row.assisted])
        phones = {row.entry_id: f"{chance.getrandbits(48):012x}" for row in rows}
        phones |= dict.fromkeys(shared, f"{chance.getrandbits(48):012x}")
        db.session.execute(
            update(Attempt),
            [
                {
                    "id": row.id,
                    "device": phones[row.entry_id],
                    "left_count": chance.choice((0, 0, 0, 1, 2, 5)),
                }
                for row in rows
            ],
        )


def _colleagues(foremost: list[tuple[int, int | None]]) -> list[int]:
    """The first people of one unit among the foremost."""
    by_unit: dict[int | None, list[int]] = {}
    for entry_id, unit_id in foremost:
        together = by_unit.setdefault(unit_id, [])
        if entry_id not in together:
            together.append(entry_id)
        if unit_id is not None and len(together) == ON_ONE_PHONE:
            return together
    return []
