"""The demo's wrong units: one person moved already, one handed over to a ward that has not answered, one refused."""

from datetime import datetime, timedelta

from sqlalchemy import select

from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.corrections import actions
from contest.corrections.models import UnitMove
from contest.database import db, write_transaction
from contest.demo import organising
from contest.demo.organising import Board
from contest.participation import actions as participation
from contest.people.models import Entry
from contest.permissions import Actor
from contest.units import queries as units

# From, to, why. The organiser moves at once; between two coordinators the other one has to accept.
MOVED = ("P02", "P01", "Chọn nhầm phường khi khai tên, đã đối chiếu với danh sách cán bộ.")
OFFERED = ("S10", "P01", "Công tác tại phường từ đầu năm, chọn nhầm đơn vị cũ.")
DECLINED = ("P01", "S10", "Người này báo đang làm việc tại Sở Y tế.")


def handovers(board: Board, now: datetime) -> None:
    """Somebody who handed in in each: of the open round, or of the one that is over before anybody has come."""
    ward, department = organising.account("senhong"), organising.account("soyte")
    with write_transaction():
        _asked(board, MOVED, now - timedelta(hours=5), board.organiser)
        _asked(board, OFFERED, now - timedelta(hours=2), department)
        offer = _asked(board, DECLINED, now - timedelta(days=1), ward)
        actions.decline(offer, now - timedelta(hours=21), department)
    participation.count_new(now)


def _asked(board: Board, wish: tuple[str, str, str], at: datetime, by: Actor) -> UnitMove:
    code_from, code_to, reason = wish
    entry = _last_of(board.open, code_from) or _last_of(board.past, code_from)
    if entry is None:
        raise RuntimeError(f"nobody took part for {code_from}")
    return actions.correct(entry, units.by_code(code_to), reason, at, by)


def _last_of(round_: Round, code: str) -> Entry | None:
    """Who handed in last for this unit and is not spoken of elsewhere."""
    spoken_of = select(UnitMove.entry_id)
    statement = (
        select(Entry)
        .join(Attempt, Attempt.entry_id == Entry.id)
        .where(
            Attempt.round_id == round_.id,
            Attempt.handed_in_at.is_not(None),
            Entry.unit_id == units.by_code(code).id,
            Entry.id.not_in(spoken_of),
        )
        .order_by(Attempt.handed_in_at.desc(), Entry.id)
        .limit(1)
    )
    return db.session.scalars(statement).first()
