"""Every SELECT about pairs and merges; scoped: whoever answers for a subtree sees a pair only when both stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from contest.attempts.models import Attempt, ClaimedAttempt
from contest.contests.models import Contest, Round
from contest.contests.queries import all_contests
from contest.database import db
from contest.duplicates.finding import entrant
from contest.duplicates.models import DuplicatePair, EntryMerge, MergedAttempt, PairState
from contest.errors import NotFound
from contest.people import queries as people
from contest.people.models import Entry, MergedEntry
from contest.people.queries import EntryRow
from contest.rules.duplicates import Comparison, compare
from contest.units.lineage import answered_for
from contest.units.models import Unit


@dataclass(frozen=True)
class Side:
    """One of the two, with what they handed in in each round: (round, attempts in order)."""

    row: EntryRow
    rounds: Sequence[tuple[Round, Sequence[Attempt]]]
    consents: int


@dataclass(frozen=True)
class Line:
    """A pair in the list."""

    pair: DuplicatePair
    first: EntryRow
    second: EntryRow
    comparison: Comparison


def contests(now: datetime, within: str | None) -> list[tuple[Contest, int]]:
    """All contests, with how many pairs wait in each for whoever answers for a subtree."""
    return [(line.contest, count_open(line.contest.id, within)) for line in all_contests(now)]


def contest(contest_id: int) -> Contest:
    """A contest; raises NotFound."""
    found = db.session.get(Contest, contest_id)
    if found is None:
        raise NotFound
    return found


def found(contest_id: int, within: str | None, settled: bool) -> Select[DuplicatePair]:
    """Pairs to look at, the likeliest first; or those settled, the newest first."""
    statement = _scoped(within).where(DuplicatePair.contest_id == contest_id)
    if settled:
        statement = statement.where(DuplicatePair.state != PairState.OPEN)
        return statement.order_by(DuplicatePair.settled_at.desc(), DuplicatePair.id.desc())
    # Who was merged into somebody else meanwhile has nothing left to compare; undoing brings the pair back.
    standing = (~people.merged(DuplicatePair.first_id), ~people.merged(DuplicatePair.second_id))
    statement = statement.where(DuplicatePair.state == PairState.OPEN, *standing)
    return statement.order_by(DuplicatePair.likeness, DuplicatePair.id)


def count_open(contest_id: int, within: str | None) -> int:
    """How many pairs wait for a look."""
    waiting = found(contest_id, within, settled=False).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def pair(pair_id: int, within: str | None) -> DuplicatePair:
    """One pair, both of whose people the asking person answers for; raises NotFound."""
    statement = _scoped(within).where(DuplicatePair.id == pair_id)
    one = db.session.scalar(statement.execution_options(populate_existing=True))
    if one is None:
        raise NotFound
    return one


def _scoped(within: str | None) -> Select[DuplicatePair]:
    first, second = aliased(Entry), aliased(Entry)
    statement = (
        select(DuplicatePair)
        .join(first, first.id == DuplicatePair.first_id)
        .join(second, second.id == DuplicatePair.second_id)
        # Who was erased is nobody's to look at any more.
        .where(first.search_key != "", second.search_key != "")
    )
    if within is None:
        return statement
    for side in (first, second):
        unit = aliased(Unit)
        statement = statement.join(unit, unit.id == side.unit_id).where(answered_for(unit, within))
    return statement


def lines(pairs: Sequence[DuplicatePair]) -> list[Line]:
    """The same pairs in the same order with both people and what speaks for and against."""
    ids = {entry_id for one in pairs for entry_id in (one.first_id, one.second_id)}
    entries = list(db.session.scalars(select(Entry).where(Entry.id.in_(ids))))
    rows = {row.entry.id: row for row in people.rows(entries)}
    return [_line(one, rows[one.first_id], rows[one.second_id]) for one in pairs]


def _line(one: DuplicatePair, first: EntryRow, second: EntryRow) -> Line:
    return Line(one, first, second, compare(entrant(first.entry), entrant(second.entry)))


def side(row: EntryRow, merge: EntryMerge | None) -> Side:
    """What one of the two handed in; after a merge, what each had before it."""
    statement = (
        select(Round, Attempt, MergedAttempt.merge_id)
        .join(Attempt, Attempt.round_id == Round.id)
        .outerjoin(
            MergedAttempt,
            (MergedAttempt.attempt_id == Attempt.id)
            & (MergedAttempt.merge_id == (merge.id if merge else None)),
        )
        .where(Attempt.entry_id == (merge.kept_id if merge else row.entry.id))
        .order_by(Round.number, Attempt.number)
    )
    rounds: dict[int, tuple[Round, list[Attempt]]] = {}
    for round_, attempt, moved in db.session.execute(statement):
        if merge is None or (moved is not None) == (row.entry.id == merge.gone_id):
            rounds.setdefault(round_.id, (round_, []))[1].append(attempt)
    return Side(row, list(rounds.values()), len(people.consents_of(row.entry.id)))


def beyond(sides: Sequence[Side]) -> list[tuple[Round, int]]:
    """Rounds in which both together made more attempts than are allowed, and how many more."""
    made: dict[int, tuple[Round, int]] = {}
    for one in sides:
        for round_, attempts in one.rounds:
            made[round_.id] = (round_, made.get(round_.id, (round_, 0))[1] + len(attempts))
    return [(one, n - one.attempts_allowed) for one, n in made.values() if n > one.attempts_allowed]


def standing_merge(pair_id: int) -> EntryMerge | None:
    """The merge of a pair that has not been undone."""
    return db.session.scalar(
        select(EntryMerge).where(EntryMerge.pair_id == pair_id, EntryMerge.undone_at.is_(None))
    )


def merges_of(pair_id: int) -> list[EntryMerge]:
    """All merges of a pair, the newest first."""
    statement = select(EntryMerge).where(EntryMerge.pair_id == pair_id)
    return list(db.session.scalars(statement.order_by(EntryMerge.id.desc())))


def locked(entry_ids: Sequence[int]) -> dict[int, Entry]:
    """Entries as they are now, held until the transaction ends."""
    statement = select(Entry).where(Entry.id.in_(entry_ids)).order_by(Entry.id)
    statement = statement.with_for_update().execution_options(populate_existing=True)
    return {entry.id: entry for entry in db.session.scalars(statement)}


def attempts(*entry_ids: int) -> list[Attempt]:
    """All attempts that stand with these entries, as they are now, in the order of their numbers."""
    statement = select(Attempt).where(Attempt.entry_id.in_(entry_ids))
    statement = statement.order_by(Attempt.round_id, Attempt.number)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def waits_to_be_claimed(attempt_ids: Sequence[int]) -> bool:
    """Whether an attempt is about to be moved to the unit its owner has just declared."""
    statement = select(ClaimedAttempt.attempt_id).where(ClaimedAttempt.attempt_id.in_(attempt_ids))
    return db.session.scalar(statement.limit(1)) is not None


def numbers_before(merge_id: int) -> dict[int, int]:
    """The attempts that went along: id -> number they had."""
    statement = select(MergedAttempt.attempt_id, MergedAttempt.number)
    return dict(db.session.execute(statement.where(MergedAttempt.merge_id == merge_id)).all())


def has_merged_entries(entry_id: int) -> bool:
    """Whether others were merged into this entry."""
    statement = select(MergedEntry.entry_id).where(MergedEntry.into_id == entry_id)
    return db.session.scalar(statement.limit(1)) is not None


def is_in_one_contest(person_id: int) -> bool:
    """Whether this is all the person ever entered, and nobody is led to them."""
    entered = db.session.scalar(select(func.count()).where(Entry.person_id == person_id))
    led = select(MergedEntry.entry_id).where(
        or_(MergedEntry.into_person_id == person_id, MergedEntry.person_id == person_id)
    )
    return entered == 1 and db.session.scalar(led.limit(1)) is None
