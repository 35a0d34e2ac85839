"""Numbers over all rounds of a contest: every person once, every attempt, kept up by what is new."""

from collections.abc import Collection, Iterable, Sequence, Set

from sqlalchemy import select

from contest.contests.models import Round
from contest.database import db
from contest.participation import tallies
from contest.participation.models import ContestPerson, ContestTally, VerifiedContestTally
from contest.participation.tallies import FREE, Versions
from contest.people.models import Entry
from contest.results.counting import Change, upsert

CONTEST = ("contest_id", "unit_id", "block_id")

# A contest and a person; a round's number, its id, and the unit and block where a person stands.
Who = tuple[int, int]
Place = tuple[int, int, int, int]


def keep(changes: Sequence[Change], versions: Versions, verified: Set[int]) -> None:
    """Follow what a pass of counting has changed; call inside its transaction. A few statements for a contest.

    `verified`: which of their entries are.
    """
    places = _newest(changes, versions)
    known = _known(places)
    moved = {
        who: place
        for who, place in places.items()
        if who not in known or (place != known[who] and place[0] >= known[who][0])
    }
    attempts = tallies.Growth(
        (versions.contest_of[one.round_id], one.unit_id or FREE, one.block_id)
        for change in changes
        for one in change.new
    )
    _store(moved, versions)
    tallies.add(
        ContestTally, CONTEST, {"people": _grown(moved, known), "attempts": attempts}, versions.contests
    )
    known_to_lists = {
        (versions.contest_of[one.after.round_id], one.after.person_id)
        for one in changes
        if one.after.entry_id in verified
    }
    of_verified = {who: place for who, place in moved.items() if who in known_to_lists}
    tallies.add(VerifiedContestTally, CONTEST, {"people": _grown(of_verified, known)})


def _grown(moved: dict[Who, Place], known: dict[Who, Place]) -> tallies.Growth:
    """One person more where each of these stands now, one less where they stood."""
    people = tallies.Growth((who[0], *place[2:]) for who, place in moved.items())
    people.subtract((who[0], *known[who][2:]) for who in moved if who in known)
    return people


def _store(moved: dict[Who, Place], versions: Versions) -> None:
    upsert(
        ContestPerson,
        [
            {"contest_id": who[0], "person_id": who[1]}
            | dict(zip(("round_id", "unit_id", "block_id"), place[1:], strict=True))
            for who, place in sorted(moved.items())
        ],
        replaced=("round_id", "unit_id", "block_id"),
    )


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


def standing(entry_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Where the people of these entries stand, as keys of CONTEST; who handed in nothing stands nowhere."""
    statement = (
        select(ContestPerson.contest_id, ContestPerson.unit_id, ContestPerson.block_id)
        .join(
            Entry,
            (Entry.contest_id == ContestPerson.contest_id) & (Entry.person_id == ContestPerson.person_id),
        )
        .where(Entry.id.in_(sorted(entry_ids)))
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]
