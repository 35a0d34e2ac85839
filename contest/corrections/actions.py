"""Moving somebody who chose the wrong unit, with what was handed in for it; tallies stay true."""

from datetime import datetime

from contest import history
from contest.corrections import queries
from contest.corrections.models import AttemptUnit, MoveState, UnitMove
from contest.corrections.words import MOVED
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.participation import corrections
from contest.people.models import Entry
from contest.permissions import Actor
from contest.results import redrafting
from contest.units.models import Unit


def correct(entry: Entry, unit: Unit, reason: str, now: datetime, by: Actor) -> UnitMove:
    """Move the entry to this unit: at once within one's own subtree, else as an offer to the other unit."""
    if not entry.search_key:
        raise Refusal(_("Người này đã xóa dữ liệu của mình, không chuyển được nữa."))
    if entry.unit_id == unit.id:
        raise Refusal(_("Đơn vị không khác đơn vị đang ghi. Hãy chọn một đơn vị khác."))
    if queries.open_offer(entry.id) is not None:
        raise Refusal(_("Người này đang chờ một đơn vị khác nhận. Hãy rút lời chuyển ấy trước."))
    move = UnitMove(
        entry_id=entry.id,
        from_unit_id=entry.unit_id,
        to_unit_id=unit.id,
        state=MoveState.OFFERED,
        reason=reason,
        asked_at=now,
        asked_by=by.id,
        asker=by.name[:200],
    )
    db.session.add(move)
    db.session.flush()
    if by.unit_path is None or unit.path.startswith(by.unit_path):
        _carry_out(move, entry, now, by)
        _record("person:correct", move, now, by)
    else:
        _record("person:offer", move, now, by)
    return move


def accept(move: UnitMove, now: datetime, by: Actor) -> None:
    """The other unit takes the person, if they still stand where they were offered from."""
    _still_offered(move)
    entry = db.session.get_one(Entry, move.entry_id)
    if entry.unit_id != move.from_unit_id:
        raise Refusal(_("Người này đã đổi đơn vị trong lúc chờ. Hãy từ chối, nếu cần đơn vị kia chuyển lại."))
    _carry_out(move, entry, now, by)
    _record("person:accept", move, now, by)


def decline(move: UnitMove, now: datetime, by: Actor) -> None:
    """The other unit does not know the person; they stay where they are."""
    _still_offered(move)
    _decide(move, MoveState.DECLINED, now, by)
    _record("person:decline", move, now, by)


def withdraw(move: UnitMove, now: datetime, by: Actor) -> None:
    """The unit that offered takes it back."""
    _still_offered(move)
    _decide(move, MoveState.WITHDRAWN, now, by)
    _record("person:withdraw", move, now, by)


def _still_offered(move: UnitMove) -> None:
    if move.state != MoveState.OFFERED:
        raise Refusal(_("Lời chuyển này đã được trả lời. Hãy mở lại trang để xem."))


def _carry_out(move: UnitMove, entry: Entry, now: datetime, by: Actor) -> None:
    """Take the person out of the numbers, change what was made for the wrong unit; it is counted anew at once."""
    corrections.take_out(entry.contest_id, [entry.person_id])
    attempts = queries.attempts_for(entry)
    for attempt in attempts:
        db.session.add(AttemptUnit(move_id=move.id, attempt_id=attempt.id, unit_id=attempt.unit_id))
        attempt.unit_id = move.to_unit_id
    entry.unit_id = move.to_unit_id
    entry.changed()
    move.attempts = len(attempts)
    # What is public stays; a draft that waits for the board names the right unit.
    redrafting.ask_for_drafts({one.round_id for one in attempts}, MOVED)
    _decide(move, MoveState.DONE, now, by)


def _decide(move: UnitMove, state: MoveState, now: datetime, by: Actor) -> None:
    move.state, move.decided_at, move.decider = state, now, by.name[:200]


def _record(act: str, move: UnitMove, now: datetime, by: Actor) -> None:
    # The history outlives the data of persons, so it names them by number only.
    subject = ("entry", move.entry_id, f"Người dự thi số {move.entry_id}")
    history.record(by.signature, act, subject, now, f"{move.from_unit_id or 0} → {move.to_unit_id}")
