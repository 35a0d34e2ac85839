"""SELECTs about who of those that entered is whom on a list, scoped by the subtree of whoever asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from contest.contests.models import Contest
from contest.database import db
from contest.errors import NotFound
from contest.people.models import Entry
from contest.rosters.models import OPEN, VERIFIED, RosterMatch, RosterRow
from contest.rosters.queries import A_PORTION
from contest.staff.models import StaffMember
from contest.units.lineage import answered_for
from contest.units.models import Unit


def with_lists(contest_ids: Collection[int]) -> list[int]:
    """Which of these contests have any list at all."""
    return [
        contest_id
        for contest_id in contest_ids
        if db.session.scalar(select(RosterRow.id).where(RosterRow.contest_id == contest_id).limit(1))
    ]


def matches_of_entries(entry_ids: Sequence[int]) -> list[RosterMatch]:
    """All that was found or settled about these entries."""
    return list(db.session.scalars(select(RosterMatch).where(RosterMatch.entry_id.in_(entry_ids))))


def verified_of_rows(row_ids: Sequence[int]) -> list[RosterMatch]:
    """Who these rows are for certain, in portions."""
    matches: list[RosterMatch] = []
    for start in range(0, len(row_ids), A_PORTION):
        portion = row_ids[start : start + A_PORTION]
        statement = select(RosterMatch).where(
            RosterMatch.row_id.in_(portion), RosterMatch.state.in_(VERIFIED)
        )
        matches += db.session.scalars(statement)
    return matches


def match(match_id: int, within: str | None) -> RosterMatch:
    """One match, if its row belongs to the subtree; raises NotFound."""
    statement = _of_subtree(select(RosterMatch), within).where(RosterMatch.id == match_id)
    one = db.session.scalar(statement)
    if one is None:
        raise NotFound
    return one


@dataclass(frozen=True)
class Pair:
    """A person of a list and one who entered, side by side."""

    match: RosterMatch
    row: RosterRow
    row_unit: Unit
    entry: Entry
    entry_unit: Unit | None


def open_pairs(contest_id: int, within: str | None) -> Select[RosterMatch]:
    """What waits for a decision, by the listed person's given name."""
    statement = _of_subtree(select(RosterMatch), within).where(RosterRow.contest_id == contest_id, OPEN)
    return statement.order_by(RosterRow.sort_key, RosterMatch.id)


def waiting(within: str) -> list[tuple[Contest, int]]:
    """How many pairs wait for a decision of whoever answers for a subtree, per contest; one statement."""
    statement = (
        select(Contest, func.count())
        .join(RosterRow, RosterRow.contest_id == Contest.id)
        .join(RosterMatch, RosterMatch.row_id == RosterRow.id)
        .join(Unit, Unit.id == RosterRow.unit_id)
        .where(OPEN, answered_for(Unit, within))
        .group_by(Contest.id)
        .order_by(Contest.id)
    )
    return [(contest, count) for contest, count in db.session.execute(statement)]


def settled_pairs(contest_id: int, within: str | None) -> Select[RosterMatch]:
    """What was decided, the newest first."""
    statement = _of_subtree(select(RosterMatch), within).where(
        RosterRow.contest_id == contest_id, RosterMatch.settled_at.is_not(None)
    )
    return statement.order_by(RosterMatch.settled_at.desc(), RosterMatch.id.desc())


def pairs(matches: Sequence[RosterMatch]) -> list[Pair]:
    """The same matches in the same order with both sides; one statement."""
    own, declared = aliased(Unit), aliased(Unit)
    statement = (
        select(RosterMatch, RosterRow, own, Entry, declared)
        .join(RosterRow, RosterRow.id == RosterMatch.row_id)
        .join(own, own.id == RosterRow.unit_id)
        .join(Entry, Entry.id == RosterMatch.entry_id)
        .outerjoin(declared, declared.id == Entry.unit_id)
        .where(RosterMatch.id.in_([one.id for one in matches]))
    )
    by_id = {found_row[0].id: Pair(*found_row) for found_row in db.session.execute(statement)}
    return [by_id[one.id] for one in matches if one.id in by_id]


def _of_subtree(statement: Select[RosterMatch], within: str | None) -> Select[RosterMatch]:
    statement = statement.join(RosterRow, RosterRow.id == RosterMatch.row_id)
    if within is None:
        return statement
    return statement.join(Unit, Unit.id == RosterRow.unit_id).where(answered_for(Unit, within))


def who_settled(matches: Sequence[RosterMatch]) -> dict[int, str]:
    """The names of those who decided, by their id."""
    ids = {one.settled_by for one in matches if one.settled_by}
    rows = db.session.execute(select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(ids)))
    return dict(rows.all())
