"""Drafts that no longer say what is so: somebody stands with another unit, a unit has another name or is no more.

Published sheets stay as they are. A draft must show what holds when the board looks at it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from contest import history
from contest.attempts.models import Attempt
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.results import drafting, queries
from contest.results.counting import UNCOUNTED, upsert
from contest.results.drafting import UnitNamed
from contest.results.models import RedraftDue, Sheet, SheetState, Standing
from contest.units import tree_stamp

# Why a version was drafted anew; kept with the sheet.
UNITS_CHANGED = "Đơn vị đổi tên, sáp nhập hoặc chuyển cấp trên"


def ask(round_ids: Collection[int], reason: str) -> None:
    """Have the standings of these rounds drafted anew, once everything is counted; call inside a transaction."""
    rows = [{"round_id": round_id, "reason": reason} for round_id in sorted(round_ids)]
    upsert(RedraftDue, rows, replaced=("reason",))


def ask_for_drafts(round_ids: Collection[int], reason: str) -> None:
    """The same for rounds whose newest standings are not public; the others stay as they are."""
    drafts = select(Sheet.round_id).where(Sheet.round_id.in_(round_ids), Sheet.state == SheetState.DRAFT)
    ask(set(db.session.scalars(drafts)), reason)


def follow_units(_now: datetime) -> None:
    """Ask for new drafts where units have changed since; costs one small statement while none has."""
    stamp = tree_stamp.current()
    other = select(Sheet.id, Sheet.round_id).where(
        Sheet.state == SheetState.DRAFT, Sheet.tree_stamp.is_distinct_from(stamp)
    )
    for sheet_id, round_id in db.session.execute(other).all():
        old = names_units_of_before(sheet_id)
        with write_transaction():
            if old:
                ask([round_id], UNITS_CHANGED)
            else:
                db.session.execute(update(Sheet).where(Sheet.id == sheet_id).values(tree_stamp=stamp))


def names_units_of_before(sheet_id: int) -> bool:
    """Whether a line of this sheet would name another unit if it was drafted now."""
    named = drafting.units_named()
    shown = db.session.execute(
        select(Attempt.unit_id, Standing.unit)
        .join(Standing, Standing.attempt_id == Attempt.id)
        .where(Standing.sheet_id == sheet_id)
        .distinct()
    )
    return any(line != named.get(unit_id, UnitNamed()).line for unit_id, line in shown)


def is_old(sheet: Sheet) -> bool:
    """Whether a draft waits to be drawn up anew or should: it is not the one to publish."""
    if db.session.get(RedraftDue, sheet.round_id) is not None:
        return True
    return sheet.tree_stamp != tree_stamp.current() and names_units_of_before(sheet.id)


def redraft(now: datetime) -> None:
    """Draft a new version for rounds that wait for one, as soon as everything in them is counted.

    A published sheet is not touched: the new version waits for the board.
    """
    for due in db.session.scalars(select(RedraftDue).order_by(RedraftDue.round_id)).all():
        round_id, reason = due.round_id, due.reason
        if _is_uncounted(round_id):
            continue
        drawn_up = bool(queries.sheets(round_id))
        draft = drafting.prepare(round_id, drafting.excluded_in(round_id)) if drawn_up else None
        with write_transaction():
            if draft is None:
                _done(round_id)
            elif not _is_uncounted(round_id) and drafting.excluded_in(round_id) == draft.excluded:
                sheet = drafting.store(draft, reason, now)
                round_ = contests.round_for_staff(round_id)
                name = f"{contests.contest_of(round_).name} – {round_.name}, bản {sheet.version}"
                history.record(history.PROGRAM, "result:draft", ("sheet", sheet.id, name), now, reason)
                _done(round_id)


def _is_uncounted(round_id: int) -> bool:
    statement = select(Attempt.id).where(UNCOUNTED, Attempt.round_id == round_id)
    return db.session.scalar(statement.limit(1)) is not None


def _done(round_id: int) -> None:
    db.session.execute(delete(RedraftDue).where(RedraftDue.round_id == round_id))
