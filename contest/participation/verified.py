"""People whom a unit's staff list knows, beside all who took part: kept up by what is new."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, insert, select

from contest.attempts.models import Attempt
from contest.database import db, write_transaction
from contest.participation import queries, tallies, whole_contest
from contest.participation.figures import Figure
from contest.participation.models import VerifiedContestTally, VerifiedEntry, VerifiedTally
from contest.participation.overview import Overview
from contest.participation.tallies import UNIT, Growth, unit_place
from contest.participation.whole_contest import CONTEST
from contest.people.models import Entry
from contest.results.counting import COLUMNS, HandedIn
from contest.results.models import Participant
from contest.rosters import noting
from contest.rules.counting import Rate

A_BATCH = 500


def follow_lists(_now: datetime) -> None:
    """Take in who became verified or stopped being so; writes only when there is somebody."""
    if not noting.waiting(1):
        return
    with write_transaction():
        waiting = noting.waiting(A_BATCH)
        # Whoever takes these people out of the numbers meanwhile has finished, or waits until this has.
        tallies.hold(select(Entry.contest_id).where(Entry.id.in_(waiting)))
        verified, counted = noting.verified_among(waiting), tallies.verified_among(waiting)
        came, went = verified - counted, counted - verified
        people = Growth(unit_place(one) for one in _standing(came))
        people.subtract(unit_place(one) for one in _standing(went))
        tallies.add(VerifiedTally, UNIT, {"people": people})
        of_contest = Growth(whole_contest.standing(came))
        of_contest.subtract(whole_contest.standing(went))
        tallies.add(VerifiedContestTally, CONTEST, {"people": of_contest})
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
    """Verified people of a round or a contest seen from one unit, in the same view and held against the same headcounts.

    `numbers`: as if only they had taken part; `units`: how many units they belong to.
    """

    numbers: Overview
    units: int

    @property
    def people(self) -> int:
        """Of everything seen."""
        return self.numbers.total.people

    @property
    def rate(self) -> Rate:
        """Of everything seen."""
        return self.numbers.rate

    def of(self, row: Figure) -> int:
        """A unit's verified people, with everything below it."""
        return self._at(row).tally.people

    def rate_of(self, row: Figure) -> Rate:
        """Its verified rate."""
        return self._at(row).rate

    def _at(self, row: Figure) -> Figure:
        figures = self.numbers.figures
        return figures.at(figures.tree.by_id[row.unit.id])


def seen_from(numbers: Overview) -> Verified | None:
    """Beside the numbers of a round, or of a contest (each person once); None where nobody is verified."""
    direct = queries.verified(numbers.subject.key)
    snapshot = replace(numbers.snapshot, direct=direct, sums={}, made={})
    block_id = numbers.block.id if numbers.block else None
    figures = snapshot.figures(block_id, numbers.asked.measure, numbers.seen)
    found = Verified(replace(numbers, snapshot=snapshot, figures=figures), len(direct[None]))
    return found if found.people else None
