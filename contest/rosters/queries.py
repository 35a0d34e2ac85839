"""Every SELECT about staff lists, scoped by the subtree of whoever asks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, TextClause, and_, exists, func, or_, select, true

from contest.contests.models import Contest
from contest.database import db
from contest.errors import NotFound
from contest.language import _
from contest.rosters.models import (
    OPEN,
    VERIFIED,
    DraftState,
    MatchState,
    RosterDraft,
    RosterMatch,
    RosterRemark,
    RosterRow,
    RosterUpload,
)
from contest.rules import staff_codes, vietnamese
from contest.units.lineage import answered_for
from contest.units.models import Unit

# Both databases limit how long a list in a statement may be.
A_PORTION = 500


@dataclass(frozen=True)
class RowLine:
    """One line of a list: the person, their unit, and the match that holds or waits, if there is one."""

    row: RosterRow
    unit: Unit
    state: str | None


@dataclass(frozen=True)
class Counts:
    """How many people are listed, how many of them entered for certain, how many wait for a decision."""

    listed: int
    verified: int
    open: int


def contests_to_list_for(now: datetime) -> list[Contest]:
    """Contests that still keep people's data, the newest first."""
    statement = select(Contest).where(
        Contest.published_at.is_not(None), Contest.personal_data_until >= now.date()
    )
    return list(db.session.scalars(statement.order_by(Contest.id.desc())))


def contest(contest_id: int) -> Contest:
    """A published contest; raises NotFound."""
    found = db.session.scalar(
        select(Contest).where(Contest.id == contest_id, Contest.published_at.is_not(None))
    )
    if found is None:
        raise NotFound
    return found


def listed(contest_id: int, within: str | None, but: Collection[int] = ()) -> Select[RosterRow]:
    """Everybody on the lists of a subtree, without the people of some units (`but`, by id)."""
    statement = select(RosterRow).where(RosterRow.contest_id == contest_id)
    if but:
        statement = statement.where(RosterRow.unit_id.not_in(sorted(but)))
    return _scoped(statement, within)


def found(
    contest_id: int, within: str | None, text: str, state: str = "", but: Collection[int] = ()
) -> Select[RosterRow]:
    """By given name; narrowed to words of a name, a code or a phone, and to how far matching is.

    `state`: "open" (waits for a decision), "verified", "unverified", "unknown" (nobody found), "" (all).
    """
    statement = listed(contest_id, within, but).order_by(RosterRow.sort_key, RosterRow.id)
    named = [
        or_(
            RosterRow.name_key.contains(word, autoescape=True),
            RosterRow.phone.endswith(word.removeprefix("0") or word, autoescape=True),
        )
        for word in vietnamese.search_key(text).split()
    ]
    code = staff_codes.key(text)
    if code:
        coded = RosterRow.code_key.startswith(code, autoescape=True)
        statement = statement.where(or_(and_(true(), *named), coded))
    held = exists().where(RosterMatch.row_id == RosterRow.id, RosterMatch.state.in_(VERIFIED))
    waits = exists().where(RosterMatch.row_id == RosterRow.id, OPEN)
    narrowed = {"open": waits, "verified": held, "unverified": ~held, "unknown": ~held & ~waits}
    return statement.where(narrowed[state]) if state in narrowed else statement


def lines(rows: Sequence[RosterRow]) -> list[RowLine]:
    """The same rows, each with its unit and how far matching is; two statements."""
    ids = [row.id for row in rows]
    units = {
        unit.id: unit
        for unit in db.session.scalars(select(Unit).where(Unit.id.in_({row.unit_id for row in rows})))
    }
    states: dict[int, str] = {}
    statement = select(RosterMatch.row_id, RosterMatch.state).where(
        RosterMatch.row_id.in_(ids), RosterMatch.state != MatchState.DIFFERENT
    )
    for row_id, state in db.session.execute(statement):
        if states.get(row_id) not in VERIFIED:
            states[row_id] = state
    return [RowLine(row, units[row.unit_id], states.get(row.id)) for row in rows]


def counts(contest_id: int, within: str | None) -> Counts:
    """Listed, verified and open people of a subtree; three statements."""
    rows = listed(contest_id, within).with_only_columns(RosterRow.id).subquery()

    def with_match(matched: ColumnElement[bool] | TextClause) -> int:
        statement = select(func.count(RosterMatch.row_id.distinct())).join(
            rows, rows.c.id == RosterMatch.row_id
        )
        return db.session.scalar(statement.where(matched)) or 0

    total = db.session.scalar(select(func.count()).select_from(rows)) or 0
    return Counts(total, with_match(RosterMatch.state.in_(VERIFIED)), with_match(OPEN))


def row(row_id: int, within: str | None) -> RosterRow:
    """One person of a list, if they belong to the subtree; raises NotFound."""
    one = db.session.scalar(_scoped(select(RosterRow).where(RosterRow.id == row_id), within))
    if one is None:
        raise NotFound
    return one


def upload(upload_id: int, staff_id: int) -> RosterUpload:
    """A file this staff member uploaded and has not taken in yet; raises NotFound."""
    one = db.session.scalar(
        select(RosterUpload).where(RosterUpload.id == upload_id, RosterUpload.staff_id == staff_id)
    )
    if one is None:
        raise NotFound(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải tệp lên lại nếu cần."))
    return one


def draft_counts(upload_id: int) -> dict[str, int]:
    """How many lines of a file are new, changed, the same, faulty."""
    statement = select(RosterDraft.state, func.count()).where(RosterDraft.upload_id == upload_id)
    rows = db.session.execute(statement.group_by(RosterDraft.state))
    return dict.fromkeys(DraftState, 0) | dict(rows.all())


def drafts(upload_id: int, state: str) -> Select[RosterDraft]:
    """The lines of one state in the order of the file."""
    return (
        select(RosterDraft)
        .where(RosterDraft.upload_id == upload_id, RosterDraft.state == state)
        .order_by(RosterDraft.number)
    )


def remarks(upload_id: int, numbers: Collection[int]) -> dict[int, list[RosterRemark]]:
    """What is to be said about these lines, by line."""
    found_remarks: dict[int, list[RosterRemark]] = {}
    statement = select(RosterRemark).where(
        RosterRemark.upload_id == upload_id, RosterRemark.number.in_(sorted(numbers))
    )
    for remark in db.session.scalars(statement.order_by(RosterRemark.id)):
        found_remarks.setdefault(remark.number, []).append(remark)
    return found_remarks


def remarked(upload_id: int) -> Select[RosterDraft]:
    """Good lines of a file that should be looked at."""
    said = exists().where(RosterRemark.upload_id == upload_id, RosterRemark.number == RosterDraft.number)
    statement = select(RosterDraft).where(
        RosterDraft.upload_id == upload_id, RosterDraft.state != DraftState.FAULTY, said
    )
    return statement.order_by(RosterDraft.number)


def missing(upload: RosterUpload) -> Select[RosterRow]:
    """People of the unit's list whom the file no longer names."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == upload.unit_id))
    named = exists().where(RosterDraft.upload_id == upload.id, RosterDraft.row_id == RosterRow.id)
    return (
        listed(upload.contest_id, path)
        .where(~named, RosterRow.added_at <= upload.uploaded_at)
        .order_by(RosterRow.sort_key, RosterRow.id)
    )


def without_code(contest_id: int, names: Collection[str]) -> list[RosterRow]:
    """Rows of a contest that have one of these folded names and no code, in portions."""
    wanted, rows = sorted(names), list[RosterRow]()
    for start in range(0, len(wanted), A_PORTION):
        statement = select(RosterRow).where(
            RosterRow.contest_id == contest_id,
            RosterRow.name_key.in_(wanted[start : start + A_PORTION]),
            RosterRow.code_key.is_(None),
        )
        rows += db.session.scalars(statement)
    return rows


def newest_row() -> int:
    """The id of the row that was added last."""
    return db.session.scalar(select(func.max(RosterRow.id))) or 0


def by_ids(row_ids: Collection[int]) -> dict[int, RosterRow]:
    """Rows by id, in portions."""
    wanted = sorted(row_ids)
    rows: dict[int, RosterRow] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        rows |= {
            one.id: one for one in db.session.scalars(select(RosterRow).where(RosterRow.id.in_(portion)))
        }
    return rows


def like_any(
    contest_id: int, codes: Collection[str], phones: Collection[str], names: Collection[str]
) -> list[RosterRow]:
    """Rows of a contest with one of these codes, phones or folded names; by index, in portions."""
    rows: dict[int, RosterRow] = {}
    for column, values in (
        (RosterRow.code_key, codes),
        (RosterRow.phone, phones),
        (RosterRow.name_key, names),
    ):
        wanted = sorted(value for value in values if value)
        for start in range(0, len(wanted), A_PORTION):
            statement = select(RosterRow).where(
                RosterRow.contest_id == contest_id, column.in_(wanted[start : start + A_PORTION])
            )
            rows |= {one.id: one for one in db.session.scalars(statement)}
    return list(rows.values())


def _scoped(statement: Select[RosterRow], within: str | None) -> Select[RosterRow]:
    if within is None:
        return statement
    return statement.join(Unit, Unit.id == RosterRow.unit_id).where(answered_for(Unit, within))


def listing_units(contest_id: int, within: str | None) -> list[Unit]:
    """The units of a subtree that have people on a list, by name."""
    ids = listed(contest_id, within).with_only_columns(RosterRow.unit_id).distinct()
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key, Unit.id)))


def every_line(contest_id: int, within: str | None) -> Iterator[RowLine]:
    """Everybody on the lists of a subtree by unit and name, read in portions as they are asked for."""
    statement = listed(contest_id, within).order_by(RosterRow.unit_id, RosterRow.sort_key, RosterRow.id)
    for portion in db.session.scalars(statement.execution_options(yield_per=A_PORTION)).partitions():
        yield from lines(portion)
