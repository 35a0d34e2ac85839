"""Passes: a card's secret address opens one person's entry; made anew from the program's key, kept only as a hash."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from contest import history
from contest.contests.models import Contest
from contest.database import db
from contest.errors import NotFound
from contest.language import _
from contest.people import actions as people
from contest.people import return_codes
from contest.people.actions import AlreadyEntered, Declaration, Entered
from contest.permissions import Actor
from contest.rosters import noting
from contest.rosters.models import VERIFIED, MatchState, Pass, RosterMatch, RosterRow
from contest.rules import short_codes

# Of 24 letters: one of 10²², which nobody finds by trying.
LENGTH = 16
GROUND = "pass"


def token(row_id: int, serial: int, key: bytes) -> str:
    """The secret of a person's pass; another serial gives another one."""
    return short_codes.short_code(return_codes.hashed(f"pass\n{row_id}\n{serial}", key).encode(), LENGTH)


def _hashed(secret: str, key: bytes) -> str:
    return return_codes.hashed(f"pass:{secret}", key)


def issue(rows: Sequence[RosterRow], key: bytes, now: datetime, by: Actor) -> list[tuple[RosterRow, str]]:
    """The secrets for these people in order, made where there is none; whose was revoked is left out."""
    held = {one.row_id: one for one in passes_of(rows)}
    new = [row for row in rows if row.id not in held]
    for row in new:
        secret = token(row.id, 1, key)
        held[row.id] = Pass(row_id=row.id, serial=1, token_hash=_hashed(secret, key), issued_at=now)
        db.session.add(held[row.id])
    if new:
        subject = ("contest", new[0].contest_id, f"Cuộc thi số {new[0].contest_id}")
        history.record(by.signature, "roster:passes", subject, now, f"{len(new)} thẻ")
    live = [row for row in rows if held[row.id].revoked_at is None]
    return [(row, token(row.id, held[row.id].serial, key)) for row in live]


def reissue(row: RosterRow, key: bytes, now: datetime, by: Actor) -> None:
    """Another card for somebody; the one before opens nothing any more."""
    one = _pass(row)
    one.serial += 1
    one.token_hash = _hashed(token(row.id, one.serial, key), key)
    one.issued_at, one.revoked_at, one.used_at = now, None, None
    _record("roster:reissue", row, now, by)


def revoke(row: RosterRow, now: datetime, by: Actor) -> None:
    """The card opens nothing any more; a new one can be issued."""
    _pass(row).revoked_at = now
    _record("roster:revoke", row, now, by)


def _record(act: str, row: RosterRow, now: datetime, by: Actor) -> None:
    history.record(by.signature, act, ("roster_row", row.id, f"Dòng danh sách số {row.id}"), now)


def _pass(row: RosterRow) -> Pass:
    one = db.session.scalar(select(Pass).where(Pass.row_id == row.id))
    if one is None:
        raise NotFound
    return one


def passes_of(rows: Sequence[RosterRow]) -> list[Pass]:
    """The passes these people have."""
    return list(db.session.scalars(select(Pass).where(Pass.row_id.in_([row.id for row in rows]))))


def opened(typed: str, key: bytes) -> RosterRow:
    """Whose pass this is; raises NotFound for one that was never issued, was reissued or revoked."""
    secret = short_codes.tidy(typed[:100])
    row = db.session.scalar(
        select(RosterRow)
        .join(Pass, Pass.row_id == RosterRow.id)
        .where(Pass.token_hash == _hashed(secret, key), Pass.revoked_at.is_(None))
    )
    if row is None:
        raise NotFound(
            _(
                "Thẻ này không còn dùng được. Hãy nhờ đầu mối đơn vị cấp thẻ mới, hoặc vào thi như bình thường."
            )
        )
    return row


def entry_behind(row: RosterRow) -> int | None:
    """The entry of this person, where they have entered for certain."""
    statement = select(RosterMatch.entry_id).where(
        RosterMatch.row_id == row.id, RosterMatch.state.in_(VERIFIED)
    )
    return db.session.scalar(statement)


def enter(
    row: RosterRow,
    contest: Contest,
    declared: Declaration,
    device: tuple[int | None, str, bytes],
    now: datetime,
) -> Entered:
    """Enter the person of a pass. `device`: whom it remembers as the same person, the form's mark, the key.

    Raises AlreadyEntered for somebody who entered before, with a pass or without.
    """
    person_id, mark, key = device
    entered = people.enter(contest, declared, person_id, mark, key, now)
    behind = entry_behind(row)
    if behind is not None and behind != entered.entry.id:
        raise AlreadyEntered
    if behind is None:
        _verify(row, entered.entry.id, now)
    _pass(row).used_at = now
    return entered


def _verify(row: RosterRow, entry_id: int, now: datetime) -> None:
    held = RosterMatch.state.in_(VERIFIED)
    if db.session.scalar(select(RosterMatch.id).where(RosterMatch.entry_id == entry_id, held)) is not None:
        raise AlreadyEntered
    both = (RosterMatch.row_id == row.id) | (RosterMatch.entry_id == entry_id)
    db.session.execute(delete(RosterMatch).where(both))
    db.session.add(
        RosterMatch(
            row_id=row.id,
            entry_id=entry_id,
            state=MatchState.ACCEPTED,
            ground=GROUND,
            found_at=now,
            settled_at=now,
        )
    )
    noting.changed([entry_id])
