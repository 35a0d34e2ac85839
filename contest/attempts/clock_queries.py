"""Every SELECT about the clock of a round: its pauses, extra time, and whom an act on it touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from contest.attempts.models import Attempt, ExtraTime, Pause
from contest.contests.models import Round
from contest.database import db
from contest.errors import NotFound
from contest.people.models import Entry
from contest.rules import timing
from contest.rules.timing import LateStart, Window
from contest.staff.models import StaffMember
from contest.units.models import Unit


@dataclass(frozen=True)
class Whom:
    """Who is given time: one entry, a unit with all below it, or everybody."""

    entry: Entry | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Touched:
    """Whom an act on the clock touches, in numbers.

    `under_way`: attempts that are being worked on; `may_start`: entries that have an attempt left;
    `latest`: until when somebody who starts at the last moment would work; None where that was not asked.
    """

    under_way: int
    may_start: int = 0
    latest: datetime | None = None


@dataclass(frozen=True)
class ExtraLine:
    """Extra time as the desk lists it. `whom` is a name, empty for everybody."""

    extra: ExtraTime
    whom: str
    by: str


@dataclass(frozen=True)
class PauseLine:
    """A pause with who began and ended it."""

    pause: Pause
    begun_by: str
    ended_by: str | None


def standing(paused_at: datetime | None) -> list[timing.Pause]:
    """The pause something stands in, as the rule reads it."""
    return [] if paused_at is None else [(paused_at, None)]


def pauses_as_spans(round_id: int) -> list[timing.Pause]:
    """From when to when the round stood still, the first one first."""
    statement = select(Pause.began_at, Pause.ended_at).where(Pause.round_id == round_id)
    return [(row[0], row[1]) for row in db.session.execute(statement.order_by(Pause.began_at))]


def open_pause(round_id: int) -> Pause | None:
    """The pause a round stands in."""
    return db.session.scalar(select(Pause).where(Pause.round_id == round_id, Pause.ended_at.is_(None)))


def pauses(round_id: int) -> list[PauseLine]:
    """All pauses of a round, the newest first."""
    beginner, ender = aliased(StaffMember), aliased(StaffMember)
    rows = db.session.execute(
        select(Pause, beginner.name, ender.name)
        .join(beginner, beginner.id == Pause.begun_by)
        .outerjoin(ender, ender.id == Pause.ended_by)
        .where(Pause.round_id == round_id)
        .order_by(Pause.began_at.desc())
    )
    return [PauseLine(*row) for row in rows]


def extra_seconds(round_id: Any, entry_id: Any, unit_id: Any) -> ScalarSelect[int]:
    """The sum of what an entry of this unit has been given; the arguments are columns or values."""
    own, above = aliased(Unit), aliased(Unit)
    ancestors = select(above.id).join(own, own.path.startswith(above.path)).where(own.id == unit_id)
    # Said in both: a subquery takes only what stands directly around it for granted.
    ancestors = ancestors.correlate_except(own, above)
    return (
        select(func.coalesce(func.sum(ExtraTime.seconds), 0))
        .where(
            ExtraTime.round_id == round_id,
            ExtraTime.withdrawn_at.is_(None),
            or_(
                and_(ExtraTime.entry_id.is_(None), ExtraTime.unit_id.is_(None)),
                ExtraTime.entry_id == entry_id,
                ExtraTime.unit_id.in_(ancestors),
            ),
        )
        .correlate_except(ExtraTime, own, above)
        .scalar_subquery()
    )


# Put together once: everybody who looks at a round's page asks it.
_numbers = (bindparam(name, type_=Integer) for name in ("round_id", "entry_id", "unit_id"))
_EXTRA_OF = select(extra_seconds(*_numbers))


def extra_of(round_id: int, entry: Entry | None) -> int:
    """What somebody who would start now has been given, in seconds; None: who has not entered yet."""
    entry_id, unit_id = (entry.id, entry.unit_id) if entry is not None else (None, None)
    values = {"round_id": round_id, "entry_id": entry_id, "unit_id": unit_id}
    return db.session.connection().scalar(_EXTRA_OF, values) or 0


def extras(round_id: int) -> list[ExtraLine]:
    """All extra time of a round, what holds first, each the newest first."""
    rows = db.session.execute(
        select(ExtraTime, func.coalesce(Entry.name, Unit.name, ""), StaffMember.name)
        .join(StaffMember, StaffMember.id == ExtraTime.granted_by)
        .outerjoin(Entry, Entry.id == ExtraTime.entry_id)
        .outerjoin(Unit, Unit.id == ExtraTime.unit_id)
        .where(ExtraTime.round_id == round_id)
        .order_by(ExtraTime.withdrawn_at.is_not(None), ExtraTime.granted_at.desc(), ExtraTime.id.desc())
    )
    return [ExtraLine(*row) for row in rows]


def one_extra(round_id: int, extra_id: int) -> ExtraTime:
    """One of a round's; raises NotFound."""
    found = db.session.scalar(
        select(ExtraTime).where(ExtraTime.id == extra_id, ExtraTime.round_id == round_id)
    )
    if found is None:
        raise NotFound
    return found


def whom(extra: ExtraTime) -> Whom:
    """Whom this was given to."""
    entry = db.session.get(Entry, extra.entry_id) if extra.entry_id is not None else None
    return Whom(entry, db.session.get(Unit, extra.unit_id) if extra.unit_id is not None else None)


def _meant(whom: Whom, entry_id: Any, unit_id: Any) -> list[ColumnElement[bool]]:
    if whom.entry is not None:
        return [entry_id == whom.entry.id]
    if whom.unit is not None:
        below = select(Unit.id).where(Unit.path.startswith(whom.unit.path, autoescape=True))
        return [unit_id.in_(below)]
    return []


def working(round_id: int, now: datetime, whom: Whom) -> Select[Attempt]:
    """Attempts of these people that an act on the clock can still reach: not handed in, and not over."""
    still = or_(Attempt.deadline >= now - timing.GRACE, Attempt.paused_at.is_not(None))
    return select(Attempt).where(
        Attempt.round_id == round_id,
        Attempt.handed_in_at.is_(None),
        still,
        *_meant(whom, Attempt.entry_id, Attempt.unit_id),
    )


def under_way(round_id: int, now: datetime, whom: Whom) -> Sequence[Attempt]:
    """The same, held for changing, always in the same order: others hold several of them too."""
    statement = working(round_id, now, whom).order_by(Attempt.id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def extras_under_way(attempts: Sequence[Attempt]) -> dict[int, int]:
    """What the entries of these attempts of one round have been given now: attempt -> seconds."""
    if not attempts:
        return {}
    seconds = extra_seconds(Attempt.round_id, Attempt.entry_id, Attempt.unit_id)
    statement = select(Attempt.id, seconds).where(
        Attempt.round_id == attempts[0].round_id, Attempt.handed_in_at.is_(None)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def touched(round_: Round, now: datetime, whom: Whom, extra_seconds: int | None = None) -> Touched:
    """Whom an act touches at this moment; with `extra_seconds`, also how late it would become."""
    under_way = db.session.scalar(select(func.count()).select_from(working(round_.id, now, whom).subquery()))
    if extra_seconds is None:
        return Touched(under_way or 0)
    made = select(func.count()).where(Attempt.round_id == round_.id, Attempt.entry_id == Entry.id)
    left = made.correlate(Entry).scalar_subquery() < round_.attempts_allowed
    may_start = 0
    if now < round_.closes_at:
        entries = select(func.count()).where(Entry.contest_id == round_.contest_id, left)
        may_start = db.session.scalar(entries.where(*_meant(whom, Entry.id, Entry.unit_id))) or 0
    return Touched(under_way or 0, may_start, _latest(round_, now, whom, extra_seconds, may_start))


def _latest(round_: Round, now: datetime, whom: Whom, extra: int, may_start: int) -> datetime | None:
    """When the last of them would be through: those at work, and who starts in the last moment."""
    working_until = db.session.scalar(
        working(round_.id, now, whom).with_only_columns(func.max(Attempt.deadline))
    )
    moments = [] if working_until is None else [working_until + timedelta(seconds=extra)]
    if may_start:
        window, late = Window(round_.opens_at, round_.closes_at), LateStart(round_.late_start)
        last_start = round_.closes_at - timedelta(seconds=1)
        moments.append(timing.deadline(window, last_start, round_.minutes, extra, late_start=late))
    return max(moments, default=None)


def entry_in(round_: Round, entry_id: int) -> Entry:
    """An entry of the contest this round belongs to; raises NotFound."""
    found = db.session.scalar(
        select(Entry).where(Entry.id == entry_id, Entry.contest_id == round_.contest_id)
    )
    if found is None:
        raise NotFound
    return found
