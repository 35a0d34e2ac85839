"""Which attempt counts for each person: worked out from what was handed in since the last time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import Table, and_, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.database import Model, db
from contest.results.models import Participant
from contest.rules.ranking import Contender, Counting, best_attempt

# In the very words of the partial index: SQLite would not see that "counted = 0" means the same.
UNCOUNTED = and_(Attempt.handed_in_at.is_not(None), text("NOT attempts.counted"))

# What to select of an attempt for HandedIn, in its order.
COLUMNS: tuple[Any, ...] = (
    Attempt.id,
    Attempt.round_id,
    Attempt.person_id,
    Attempt.entry_id,
    Attempt.unit_id,
    Attempt.block_id,
    Attempt.door_id,
    Attempt.score,
    Attempt.out_of,
    Attempt.duration_seconds,
    Attempt.handed_in_at,
)


@dataclass(frozen=True)
class HandedIn:
    """A handed-in attempt, as far as counting needs it."""

    id: int
    round_id: int
    person_id: int
    entry_id: int
    unit_id: int | None
    block_id: int
    door_id: int | None
    score: int
    out_of: int
    duration_seconds: int
    handed_in_at: datetime


@dataclass(frozen=True)
class Change:
    """What is new about one person in a round.

    `before` is the attempt that counted until now (None: the person is new), `after` the one that does now.
    """

    before: HandedIn | None
    after: HandedIn
    new: tuple[HandedIn, ...]


def take_in(most: int) -> list[Change]:
    """Work up to `most` uncounted attempts into the participants and mark them; call inside a transaction.

    Cost: what is new. Returns what changed, so that whoever keeps further tallies can follow.
    """
    fresh = _uncounted(most)
    if not fresh:
        return []
    rules = _counting_rules({one.round_id for one in fresh})
    by_person: dict[tuple[int, int], list[HandedIn]] = defaultdict(list)
    for one in fresh:
        by_person[one.round_id, one.person_id].append(one)
    known = _known(by_person)
    changes, rows = [], []
    # In the order of the table: with a million people its pages do not all stay in memory.
    for key, new in sorted(by_person.items()):
        before, attempts = known.get(key, (None, 0))
        after = counted(([before] if before else []) + new, rules[key[0]])
        changes.append(Change(before, after, tuple(new)))
        rows.append(_participant(after, attempts + len(new)))
    upsert(Participant, rows, replaced=("unit_id", "block_id", "attempt_id", "attempts"))
    db.session.execute(update(Attempt).where(Attempt.id.in_([one.id for one in fresh])).values(counted=True))
    return changes


def counted(attempts: Sequence[HandedIn], rule: Counting) -> HandedIn:
    """The one of a person's attempts that counts by the round's rule."""
    best = best_attempt([_contender(one) for one in attempts], rule)
    return next(one for one in attempts if one.id == best.attempt_id)


def upsert(
    table: type[Model],
    rows: list[dict[str, Any]],
    *,
    replaced: Sequence[str] = (),
    added: Sequence[str] = (),
    key: Sequence[str] = (),
) -> None:
    """Insert rows; where one is there already, replace some columns and add to others.

    `key` names the unique columns, the primary key unless said otherwise. No key may come twice.
    """
    if not rows:
        return
    embedded = db.session.get_bind().dialect.name == "sqlite"
    statement: Any = (sqlite.insert if embedded else postgresql.insert)(_core(table))
    new = {name: statement.excluded[name] for name in replaced}
    new |= {name: _core(table).c[name] + statement.excluded[name] for name in added}
    names = list(key) or [column.name for column in _core(table).primary_key]
    db.session.execute(statement.on_conflict_do_update(index_elements=names, set_=new), rows)


def bulk(table: type[Model], rows: list[dict[str, Any]]) -> None:
    """Insert many rows at once, without making an object of each."""
    if rows:
        db.session.execute(insert(_core(table)), rows)


def _core(table: type[Model]) -> Table:
    """The table itself: rows go in without an object made of each."""
    return cast(Table, table.__table__)


def _uncounted(most: int) -> list[HandedIn]:
    statement = (
        select(*COLUMNS)
        .where(UNCOUNTED)
        .order_by(Attempt.round_id, Attempt.id)
        .limit(most)
        # Were two processes to count at once, the second would wait and find nothing left.
        .with_for_update()
    )
    return [HandedIn(*row) for row in db.session.execute(statement)]


def _counting_rules(round_ids: set[int]) -> dict[int, Counting]:
    rows = db.session.execute(select(Round.id, Round.counting).where(Round.id.in_(round_ids)))
    return {round_id: Counting(rule) for round_id, rule in rows}


def _known(keys: dict[tuple[int, int], list[HandedIn]]) -> dict[tuple[int, int], tuple[HandedIn, int]]:
    """What counted so far for these people, and how many attempts they had."""
    people: dict[int, list[int]] = defaultdict(list)
    for round_id, person_id in keys:
        people[round_id].append(person_id)
    found: dict[tuple[int, int], tuple[HandedIn, int]] = {}
    for round_id, person_ids in people.items():
        rows = db.session.execute(
            select(Participant.attempts, *COLUMNS)
            .join(Attempt, Attempt.id == Participant.attempt_id)
            .where(Participant.round_id == round_id, Participant.person_id.in_(person_ids))
        )
        for row in rows:
            attempts, one = row[0], HandedIn(*row[1:])
            found[round_id, one.person_id] = (one, attempts)
    return found


def _participant(after: HandedIn, attempts: int) -> dict[str, Any]:
    return {
        "round_id": after.round_id,
        "person_id": after.person_id,
        "unit_id": after.unit_id,
        "block_id": after.block_id,
        "attempt_id": after.id,
        "attempts": attempts,
    }


def _contender(one: HandedIn) -> Contender:
    return Contender(
        entry_id=one.entry_id,
        attempt_id=one.id,
        score=Fraction(one.score),
        all_right=one.score == one.out_of,
        prediction_distance=None,
        duration_seconds=one.duration_seconds,
        handed_in_at=one.handed_in_at,
    )
