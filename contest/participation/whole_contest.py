"""Numbers over all rounds of a contest: every person once, every attempt, kept up by what is new."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from contest.contests.models import Round
from contest.database import db
from contest.participation import tallies
from contest.participation.models import ContestPerson, ContestTally
from contest.participation.tallies import FREE, Versions
from contest.results.counting import Change, upsert

CONTEST = ("contest_id", "unit_id", "block_id")

# A contest and a person; a round's number, its id, and the unit and block where a person stands.
Who = tuple[int, int]
Place = tuple[int, int, int, int]


def keep(changes: Sequence[Change], versions: Versions) -> None:
    """Follow what a pass of counting has changed; call inside its transaction. A few statements for a contest."""
    places = _newest(changes, versions)
    known = _known(places)
    moved = {who: place for who, place in places.items() if who not in known or place[0] >= known[who][0]}
    people = tallies.Growth((who[0], *place[2:]) for who, place in moved.items())
    people.subtract((who[0], *known[who][2:]) for who in moved if who in known)
    attempts = tallies.Growth(
        (versions.contest_of[one.round_id], one.unit_id or FREE, one.block_id)
        for change in changes
        for one in change.new
    )
    _store(moved, people, attempts, versions)


def _store(
    moved: dict[Who, Place], people: tallies.Growth, attempts: tallies.Growth, versions: Versions
) -> None:
    upsert(
        ContestPerson,
        [
            {"contest_id": who[0], "person_id": who[1]}
            | dict(zip(("round_id", "unit_id", "block_id"), place[1:], strict=True))
            for who, place in sorted(moved.items())
        ],
        replaced=("round_id", "unit_id", "block_id"),
    )
    tallies.add(ContestTally, CONTEST, {"people": people, "attempts": attempts}, versions.contests)


def _newest(changes: Sequence[Change], versions: Versions) -> dict[Who, Place]:
    """Where each person stands by the latest round of theirs in this pass."""
    found: dict[Who, Place] = {}
    for change in changes:
        after = change.after
        who = (versions.contest_of[after.round_id], after.person_id)
        place = (versions.number_of[after.round_id], after.round_id, after.unit_id or FREE, after.block_id)
        found[who] = max(found.get(who, place), place)
    return found


def _known(people: Iterable[Who]) -> dict[Who, Place]:
    """Where they stood until now."""
    by_contest: dict[int, list[int]] = {}
    for contest_id, person_id in people:
        by_contest.setdefault(contest_id, []).append(person_id)
    found: dict[Who, Place] = {}
    for contest_id, person_ids in by_contest.items():
        rows = db.session.execute(
            select(
                ContestPerson.person_id,
                Round.number,
                Round.id,
                ContestPerson.unit_id,
                ContestPerson.block_id,
            )
            .join(Round, Round.id == ContestPerson.round_id)
            .where(ContestPerson.contest_id == contest_id, ContestPerson.person_id.in_(person_ids))
        )
        found |= {(contest_id, row[0]): (row[1], row[2], row[3], row[4]) for row in rows}
    return found
