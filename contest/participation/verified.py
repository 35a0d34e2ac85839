"""People whom a unit's staff list knows, beside all who took part: kept up by what is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select

from contest.attempts.models import Attempt
from contest.database import db, write_transaction
from contest.participation import tallies
from contest.participation.figures import Figure
from contest.participation.models import VerifiedEntry, VerifiedTally
from contest.participation.overview import Overview
from contest.participation.tallies import Growth, verified_place
from contest.results.counting import COLUMNS, HandedIn
from contest.results.models import Participant
from contest.rosters import noting
from contest.rules.counting import Rate
from contest.units.models import Unit

A_BATCH = 500


def follow_lists(_now: datetime) -> None:
    """Take in who became verified or stopped being so; writes only when there is somebody."""
    if not noting.waiting(1):
        return
    with write_transaction():
        waiting = noting.waiting(A_BATCH)
        verified = noting.verified_among(waiting)
        known = select(VerifiedEntry.entry_id).where(VerifiedEntry.entry_id.in_(waiting))
        counted = set(db.session.scalars(known))
        came, went = verified - counted, counted - verified
        people = Growth(verified_place(one) for one in _standing(came))
        people.subtract(verified_place(one) for one in _standing(went))
        tallies.add(VerifiedTally, tallies.VERIFIED, {"people": people})
        if came:
            db.session.execute(insert(VerifiedEntry), [{"entry_id": one} for one in sorted(came)])
        db.session.execute(delete(VerifiedEntry).where(VerifiedEntry.entry_id.in_(went)))
        noting.counted(waiting)


def _standing(entry_ids: Collection[int]) -> list[HandedIn]:
    """The attempts by which these entries stand, one a round."""
    statement = (
        select(*COLUMNS)
        .join(Participant, Participant.attempt_id == Attempt.id)
        .where(Attempt.entry_id.in_(entry_ids))
    )
    return [HandedIn(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True)
class Verified:
    """Verified people of a round seen from one unit: `people` of everything seen, `by_path` of each unit."""

    people: int
    by_path: dict[str, int]
    rate: Rate

    def of(self, row: Figure) -> int:
        """A unit's verified people, with everything below it."""
        return sum(people for path, people in self.by_path.items() if path.startswith(row.unit.path))

    def rate_of(self, row: Figure) -> Rate:
        """Its verified rate; without a headcount of the whole unit there is none."""
        return Rate(self.of(row), None if row.unmeasured else row.rate.headcount)


def seen_from(numbers: Overview) -> Verified | None:
    """Beside the numbers of a round; None where nobody is verified, or only one block is looked at."""
    if numbers.round is None or numbers.block is not None:
        return None
    statement = select(Unit.path, VerifiedTally.people).join(Unit, Unit.id == VerifiedTally.unit_id)
    statement = statement.where(VerifiedTally.round_id == numbers.round.id, VerifiedTally.people > 0)
    if not numbers.whole:
        places = numbers.tops if numbers.place is None else [numbers.place]
        paths = [numbers.figures.tree.nodes[place].path for place in places]
        statement = statement.where(or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)))
    by_path = dict(db.session.execute(statement).all())
    people = sum(by_path.values())
    heads = None if numbers.unmeasured else numbers.rate.headcount
    return Verified(people, by_path, Rate(people, heads)) if people else None
