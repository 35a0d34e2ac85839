"""What the board sees of a sheet before it decides: full names, hints, exclusions, what a version changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from contest.attempts.models import Attempt
from contest.contests.models import Block
from contest.database import db
from contest.people.models import Entry
from contest.results import looking, queries
from contest.results.hints import Hint
from contest.results.models import Exclusion, Participant, Sheet, Standing
from contest.staff.models import StaffMember

MOST_CHANGES = 20
# Stands for no rank where ranks are compared: behind every one.
_LAST = 1_000_000_000


@dataclass(frozen=True)
class ReviewLine:
    """A line of a sheet with the full name and how many attempts the person has handed in."""

    standing: Standing
    full_name: str
    attempts: int
    hints: list[Hint]


@dataclass(frozen=True)
class ExcludedLine:
    """An excluded attempt with whose it is, why, and who decided it when."""

    exclusion: Exclusion
    attempt: Attempt
    full_name: str
    block: str
    by: str


@dataclass(frozen=True)
class ChangedLine:
    """Somebody whose rank differs between two versions; a rank of None: not ranked or not listed there."""

    name: str
    unit: str
    block: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Difference:
    """Who gains and who loses from one version to another; `lines` holds the foremost of them."""

    gain: int
    lose: int
    lines: list[ChangedLine]


def hinted(sheet_id: int, block_id: int) -> dict[int, list[Hint]]:
    """Hints about the foremost attempts of a block, by attempt."""
    found = looking.found_in(queries.first_lines(sheet_id, block_id, looking.LOOKED_AT))
    return {attempt_id: [one.hint for one in findings] for attempt_id, findings in found.items()}


def only(statement: Select[Standing], attempt_ids: Iterable[int]) -> Select[Standing]:
    """The same list with these attempts alone."""
    return statement.where(Standing.attempt_id.in_(list(attempt_ids)))


def lines(sheet: Sheet, rows: list[Standing], found: dict[int, list[Hint]]) -> list[ReviewLine]:
    """These lines with what only the board sees."""
    statement = (
        select(Entry.id, Entry.name, func.coalesce(Participant.attempts, 0))
        # Whoever was merged into another since, or is being counted anew, has no row of their own.
        .outerjoin(
            Participant,
            and_(Participant.person_id == Entry.person_id, Participant.round_id == sheet.round_id),
        )
        .where(Entry.id.in_([row.entry_id for row in rows]))
    )
    known = {entry_id: (name, attempts) for entry_id, name, attempts in db.session.execute(statement)}
    return [ReviewLine(row, *known[row.entry_id], hints=found.get(row.attempt_id, [])) for row in rows]


def exclusions(round_id: int) -> list[ExcludedLine]:
    """What the board has taken out of a round, newest first."""
    rows = db.session.execute(
        select(Exclusion, Attempt, Entry.name, Block.name, func.coalesce(StaffMember.name, ""))
        .join(Attempt, Attempt.id == Exclusion.attempt_id)
        .join(Entry, Entry.id == Attempt.entry_id)
        .join(Block, Block.id == Attempt.block_id)
        .outerjoin(StaffMember, StaffMember.id == Exclusion.excluded_by)
        .where(Attempt.round_id == round_id)
        .order_by(Exclusion.excluded_at.desc())
    )
    return [ExcludedLine(*row) for row in rows]


def difference(before: Sheet, after: Sheet) -> Difference:
    """Who gains and who loses rank from one version of a round's sheet to another."""
    old, new = aliased(Standing), aliased(Standing)
    # A lower rank is better, and none is worse than any.
    old_rank, new_rank = func.coalesce(old.rank, _LAST), func.coalesce(new.rank, _LAST)
    pair = and_(new.entry_id == old.entry_id, new.block_id == old.block_id, new.sheet_id == after.id)
    stayed = (
        select(old.name, old.unit, old.block_id, old_rank.label("before"), new_rank.label("after"))
        .outerjoin(new, pair)
        .where(old.sheet_id == before.id, old_rank != new_rank)
    )
    back = and_(old.entry_id == new.entry_id, old.block_id == new.block_id, old.sheet_id == before.id)
    came = (
        select(new.name, new.unit, new.block_id, literal(_LAST).label("before"), new_rank.label("after"))
        .outerjoin(old, back)
        .where(new.sheet_id == after.id, old.id.is_(None), new.rank.is_not(None))
    )
    changed = stayed.union_all(came).subquery()
    better, worse = changed.c.after < changed.c.before, changed.c.after > changed.c.before
    gain, lose = db.session.execute(
        select(func.count().filter(better), func.count().filter(worse)).select_from(changed)
    ).one()
    rows = db.session.execute(
        select(changed.c.name, changed.c.unit, Block.name, changed.c.before, changed.c.after)
        .join(Block, Block.id == changed.c.block_id)
        .where(or_(better, worse))
        .order_by(changed.c.before, changed.c.after, changed.c.name)
        .limit(MOST_CHANGES)
    )
    return Difference(
        gain, lose, [ChangedLine(row[0], row[1], row[2], _rank(row[3]), _rank(row[4])) for row in rows]
    )


def _rank(number: int) -> int | None:
    return None if number == _LAST else number
