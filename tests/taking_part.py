"""People who have handed in, straight in the tables: for tests of what comes after the attempt."""

import secrets
from datetime import timedelta

from contest.attempts.models import Attempt
from contest.contests.models import Paper, Round
from contest.database import db
from contest.events.models import Door
from contest.people.models import Entry
from contest.units.models import Unit
from tests.making import Make


def take_part(
    make: Make,
    round_: Round,
    entry: Entry,
    *,
    score: int = 5,
    out_of: int = 5,
    seconds: int = 120,
    after: timedelta = timedelta(minutes=1),
    unit: Unit | None = None,
    door_id: int | None = None,
    prediction: str | None = None,
    handed_in: bool = True,
) -> Attempt:
    """One attempt of this entry, started `after` the round's opening and handed in `seconds` later."""
    started = round_.opens_at + after
    with make.writing():
        number = 1 + (
            db.session.query(Attempt).filter_by(round_id=round_.id, person_id=entry.person_id).count()
        )
        attempt = Attempt(
            token=secrets.token_urlsafe(16),
            round_id=round_.id,
            entry_id=entry.id,
            person_id=entry.person_id,
            paper_id=db.session.query(Paper.id).filter_by(round_id=round_.id).limit(1).scalar(),
            number=number,
            unit_id=unit.id if unit else entry.unit_id,
            block_id=entry.block_id,
            door_id=door_id,
            started_at=started,
            deadline=started + timedelta(minutes=round_.minutes),
            handed_in_at=started + timedelta(seconds=seconds) if handed_in else None,
            handed_in_by="person" if handed_in else None,
            score=score if handed_in else None,
            out_of=out_of,
            duration_seconds=seconds if handed_in else None,
            prediction=prediction,
            counted=False,
        )
        make.add(attempt)
    return attempt


def doors(make: Make, round_: Round, how_many: int, event_id: int | None = None) -> list[int]:
    """Ways into the round; returns their ids."""
    made = []
    with make.writing():
        for _ in range(how_many):
            door = Door(
                code=secrets.token_hex(3),
                round_id=round_.id,
                event_id=event_id,
                label="",
                created_at=make.now,
            )
            make.add(door)
            made.append(door.id)
    return made
