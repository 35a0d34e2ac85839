"""Taking people out of the numbers of a contest, so that what they handed in is counted anew as it then is."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select, update

from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.database import Model, db
from contest.participation import tallies
from contest.participation.models import ContestPerson, ContestTally, VerifiedContestTally
from contest.participation.tallies import FREE, Growth, Moves, Versions
from contest.participation.whole_contest import CONTEST, standing
from contest.people.models import Entry
from contest.results.counting import COLUMNS, HandedIn
from contest.results.models import Participant


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
    versions = tallies.next_versions({one.round_id for one in new}, None)
    entries = select(Entry.id).where(Entry.contest_id == contest_id, Entry.person_id.in_(person_ids))
    entry_ids = set(db.session.scalars(entries))
    verified = tallies.verified_among(entry_ids)
    tallies.move(Moves(went=new, stood=standing, verified=verified), versions)
    _from_contest(contest_id, new, (entry_ids, verified), versions)
    _delete(ContestPerson, ContestPerson.contest_id == contest_id, ContestPerson.person_id.in_(person_ids))
    _delete(Participant, Participant.person_id.in_(person_ids), Participant.round_id.in_(rounds))
    ids = [one.id for one in new]
    db.session.execute(update(Attempt).where(Attempt.id.in_(ids)).values(counted=False))


def _from_contest(
    contest_id: int, new: Iterable[HandedIn], entries: tuple[set[int], set[int]], versions: Versions
) -> None:
    """`entries`: all of these people, and those of them that are verified."""
    people, verified, attempts = Growth(), Growth(), Growth()
    people.subtract(standing(entries[0]))
    verified.subtract(standing(entries[1]))
    attempts.subtract((contest_id, one.unit_id or FREE, one.block_id) for one in new)
    tallies.add(ContestTally, CONTEST, {"people": people, "attempts": attempts}, versions.contests)
    tallies.add(VerifiedContestTally, CONTEST, {"people": verified})


def _delete(table: type[Model], *where: object) -> None:
    db.session.execute(
        delete(table).where(*where),  # type: ignore[arg-type]
        execution_options={"synchronize_session": False},
    )
