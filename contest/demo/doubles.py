"""The demo's people who entered twice: with their own phone after an office's; two pairs wait, one has been merged."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select

from contest.attempts.models import Attempt
from contest.database import db, write_transaction
from contest.demo import organising
from contest.demo.invented import Invented
from contest.demo.organising import Board
from contest.demo.taking_part import Crowd, let_in
from contest.duplicates import actions, due
from contest.duplicates.models import DuplicatePair
from contest.people.models import Entry
from contest.rules import vietnamese
from contest.units import queries as units

DEPARTMENT, TWICE = "S10", 3


def come_again(board: Board, until: datetime, key: bytes) -> None:
    """Some who took part in the first round for a department come to the open one with another phone.

    The second of them types no accents. Call once the open round has had its crowd.
    """
    chance = random.Random("twice")  # noqa: S311  a demo, not a draw
    unit = units.by_code(DEPARTMENT)
    with write_transaction():
        for place, entry in enumerate(_first_of(board.past.id, unit.id)):
            name = vietnamese.fold(entry.name) if place == 1 else entry.name
            again = Invented(name, entry.birth_year or 1985, f"09002{place:05d}", 0.8, True)
            let_in(Crowd(board.open, [again], until, "twice", key), again, unit, [], chance)


def _first_of(round_id: int, unit_id: int) -> list[Entry]:
    statement = (
        select(Entry)
        .join(Attempt, Attempt.entry_id == Entry.id)
        .where(Attempt.round_id == round_id, Attempt.number == 1, Entry.unit_id == unit_id)
        .order_by(Entry.id)
    )
    return list(db.session.scalars(statement.limit(TWICE)))


def merge_one(now: datetime) -> None:
    """The department's coordinator has looked at the first pair, and kept who came first."""
    due.find_new(now)
    with write_transaction():
        pair = db.session.scalars(select(DuplicatePair).order_by(DuplicatePair.first_id)).first()
        if pair is not None:
            actions.merge(pair, pair.first_id, now - timedelta(hours=1), organising.account("soyte"))
