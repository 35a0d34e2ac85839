"""Taking people out of the numbers of a contest, so that what they handed in is counted anew as it then is."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import cast

from sqlalchemy import Table, bindparam, delete, select, update

from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.database import Model, db
from contest.events.models import Door
from contest.participation.actions import hour_of
from contest.participation.models import (
    ContestPerson,
    ContestTally,
    DoorVisitor,
    HourTally,
    ScoreTally,
    UnitHourTally,
    UnitTally,
)
from contest.participation.whole_contest import FREE
from contest.results.counting import COLUMNS, HandedIn
from contest.results.models import Participant

Amounts = Counter[tuple[object, ...]]
_UNIT = ("round_id", "unit_id", "block_id")


def take_out(contest_id: int, person_ids: Collection[int]) -> None:
    """Undo the counting of these people in every round of a contest; call inside the transaction of a change.

    For whoever moves attempts to another unit, block or person: take out, change the attempts, and the
    next counting (`actions.count_new`) takes them in. Attempts must still be as they were counted.
    Some hundred people at once; cost: what they handed in.
    """
    rounds = select(Round.id).where(Round.contest_id == contest_id)
    theirs = (Attempt.person_id.in_(person_ids), Attempt.round_id.in_(rounds), Attempt.counted)
    new = [HandedIn(*row) for row in db.session.execute(select(*COLUMNS).where(*theirs))]
    standing = [
        HandedIn(*row)
        for row in db.session.execute(
            select(*COLUMNS)
            .join(Participant, Participant.attempt_id == Attempt.id)
            .where(Participant.person_id.in_(person_ids), Participant.round_id.in_(rounds))
        )
    ]
    _from_rounds(new, standing)
    _from_contest(contest_id, person_ids, new)
    doors = select(Door.id).where(Door.round_id.in_(rounds))
    _delete(DoorVisitor, DoorVisitor.person_id.in_(person_ids), DoorVisitor.door_id.in_(doors))
    _delete(Participant, Participant.person_id.in_(person_ids), Participant.round_id.in_(rounds))
    ids = [one.id for one in new]
    db.session.execute(update(Attempt).where(Attempt.id.in_(ids)).values(counted=False))


def _from_rounds(new: Sequence[HandedIn], standing: Sequence[HandedIn]) -> None:
    people = Amounts((one.round_id, one.unit_id or FREE, one.block_id) for one in standing)
    attempts = Amounts((one.round_id, one.unit_id or FREE, one.block_id) for one in new)
    _subtract(UnitTally, _UNIT, people=people, attempts=attempts)
    scores = Amounts((one.round_id, one.block_id, one.score, one.out_of) for one in standing)
    _subtract(ScoreTally, ("round_id", "block_id", "score", "out_of"), people=scores)
    hours = Amounts((one.round_id, hour_of(one.handed_in_at)) for one in new)
    _subtract(HourTally, ("round_id", "hour"), attempts=hours)
    per_unit = Amounts((one.round_id, one.unit_id or FREE, hour_of(one.handed_in_at)) for one in new)
    _subtract(UnitHourTally, ("round_id", "unit_id", "hour"), attempts=per_unit)


def _from_contest(contest_id: int, person_ids: Collection[int], new: Iterable[HandedIn]) -> None:
    theirs = (ContestPerson.contest_id == contest_id, ContestPerson.person_id.in_(person_ids))
    people = Amounts(
        (contest_id, unit_id, block_id)
        for unit_id, block_id in db.session.execute(
            select(ContestPerson.unit_id, ContestPerson.block_id).where(*theirs)
        )
    )
    attempts = Amounts((contest_id, one.unit_id or FREE, one.block_id) for one in new)
    _subtract(ContestTally, ("contest_id", "unit_id", "block_id"), people=people, attempts=attempts)
    _delete(ContestPerson, *theirs)


def _subtract(table: type[Model], names: Sequence[str], **columns: Amounts) -> None:
    """Lower the columns of existing rows; in one order, as the counting raises them."""
    held = cast(Table, table.__table__)
    statement = update(held).where(*(held.c[name] == bindparam(f"of_{name}") for name in names))
    statement = statement.values({name: held.c[name] - bindparam(f"less_{name}") for name in columns})
    keys = sorted({key for amounts in columns.values() for key in amounts}, key=str)
    rows = [
        dict(zip([f"of_{name}" for name in names], key, strict=True))
        | {f"less_{name}": amounts[key] for name, amounts in columns.items()}
        for key in keys
    ]
    if rows:
        db.session.connection().execute(statement, rows)


def _delete(table: type[Model], *where: object) -> None:
    db.session.execute(
        delete(table).where(*where),  # type: ignore[arg-type]
        execution_options={"synchronize_session": False},
    )
