"""Numbers over all rounds of a contest: every person once, every attempt, kept up by what is new."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from contest.contests.models import Round
from contest.database import db
from contest.participation.models import ContestPerson, ContestTally
from contest.results.counting import Change, upsert

# The unit of people who belong to none (cá nhân tự do).
FREE = 0

# A contest and a person; a round's number, its id, and the unit and block where a person stands.
Who = tuple[int, int]
Amounts = Counter[tuple[int, ...]]
Place = tuple[int, int, int, int]


def keep(changes: Sequence[Change]) -> None:
    """Follow what a pass of counting has changed; call inside its transaction. Four statements, more contests more."""
    if not changes:
        return
    rounds = _rounds({change.after.round_id for change in changes})
    places = _newest(changes, rounds)
    known = _known(places)
    moved = {who: place for who, place in places.items() if who not in known or place[0] >= known[who][0]}
    people = Amounts((who[0], *place[2:]) for who, place in moved.items())
    people.subtract((who[0], *known[who][2:]) for who in moved if who in known)
    attempts = Amounts(
        (rounds[one.round_id][0], one.unit_id or FREE, one.block_id)
        for change in changes
        for one in change.new
    )
    _store(moved, people, attempts)


def _store(moved: dict[Who, Place], people: Amounts, attempts: Amounts) -> None:
    upsert(
        ContestPerson,
        [
            {"contest_id": who[0], "person_id": who[1]}
            | dict(zip(("round_id", "unit_id", "block_id"), place[1:], strict=True))
            for who, place in sorted(moved.items())
        ],
        replaced=("round_id", "unit_id", "block_id"),
    )
    upsert(
        ContestTally,
        [
            dict(zip(("contest_id", "unit_id", "block_id"), key, strict=True))
            | {"people": people[key], "attempts": attempts[key]}
            for key in sorted(people.keys() | attempts.keys())
            if people[key] or attempts[key]
        ],
        added=("people", "attempts"),
    )


def _rounds(round_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The contest and the number of each round."""
    rows = db.session.execute(select(Round.id, Round.contest_id, Round.number).where(Round.id.in_(round_ids)))
    return {round_id: (contest_id, number) for round_id, contest_id, number in rows}


def _newest(changes: Sequence[Change], rounds: dict[int, tuple[int, int]]) -> dict[Who, Place]:
    """Where each person stands by the latest round of theirs in this pass."""
    found: dict[Who, Place] = {}
    for change in changes:
        after = change.after
        contest_id, number = rounds[after.round_id]
        who = (contest_id, after.person_id)
        place = (number, after.round_id, after.unit_id or FREE, after.block_id)
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
