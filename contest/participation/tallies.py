"""Moving the tallies of rounds by what came and went: the one place that writes them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, func, select, update

from contest.contests.models import Contest, Round
from contest.database import Model, db
from contest.participation.models import (
    DoorVisitor,
    HourTally,
    ScoreTally,
    TallyState,
    UnitHourTally,
    UnitTally,
    VerifiedEntry,
    VerifiedTally,
)
from contest.results.counting import HandedIn, upsert

# The unit of people who belong to none (cá nhân tự do).
FREE = 0

# What a tally is kept for, and how much it grows by. Keys of one tally can be compared with each other.
Growth = Counter[tuple[Any, ...]]

UNIT = ("round_id", "unit_id", "block_id")
SCORE = ("round_id", "block_id", "score", "out_of")


@dataclass(frozen=True)
class Moves:
    """Attempts that came and went; and the attempts by which people stand now and stood until now.

    `verified`: which of their entries are, see `verified_among`.
    """

    came: Sequence[HandedIn] = ()
    went: Sequence[HandedIn] = ()
    stand: Sequence[HandedIn] = ()
    stood: Sequence[HandedIn] = ()
    verified: Set[int] = frozenset()


@dataclass(frozen=True)
class Versions:
    """The version each round and contest has from this change on, and the contest of each round."""

    rounds: Mapping[int, int]
    contests: Mapping[int, int]
    contest_of: Mapping[int, int]
    number_of: Mapping[int, int]


def hold(contests: Select[int]) -> None:
    """Let changes of one contest wait for each other: a higher version is never seen before a lower one."""
    held = select(Contest.id).where(Contest.id.in_(contests)).order_by(Contest.id)
    db.session.execute(held.with_for_update(key_share=True))


def next_versions(round_ids: Iterable[int], now: datetime | None) -> Versions:
    """Begin a change of these rounds; `now`: it is one that readers are told of as the newest counting."""
    wanted = sorted(set(round_ids))
    contests = select(Round.contest_id).where(Round.id.in_(wanted))
    hold(contests)
    if now is not None:
        rows = [{"round_id": round_id, "counted_at": now, "version": 1} for round_id in wanted]
        upsert(TallyState, rows, replaced=["counted_at"], added=["version"])
    else:
        raised = (
            update(TallyState).where(TallyState.round_id.in_(wanted)).values(version=TallyState.version + 1)
        )
        db.session.execute(raised, execution_options={"synchronize_session": False})
    rows_ = db.session.execute(
        select(Round.id, Round.contest_id, Round.number, func.coalesce(TallyState.version, 0))
        .outerjoin(TallyState, TallyState.round_id == Round.id)
        .where(Round.contest_id.in_(contests))
    ).all()
    sums: Counter[int] = Counter()
    for _round_id, contest_id, _number, version in rows_:
        sums[contest_id] += version
    return Versions(
        {row[0]: row[3] for row in rows_},
        sums,
        {row[0]: row[1] for row in rows_},
        {row[0]: row[2] for row in rows_},
    )


def move(moves: Moves, versions: Versions) -> None:
    """Follow with every tally of the rounds; call inside the transaction of the change."""
    people, attempts = _people(moves, unit_place), _attempts(moves, unit_place)
    add(UnitTally, UNIT, {"people": people, "attempts": attempts}, versions.rounds)
    add(VerifiedTally, UNIT, {"people": _people(_of_verified(moves), unit_place)})
    add(ScoreTally, SCORE, {"people": _people(moves, _score_place)})
    doors = _attempts(moves, lambda one: (one.door_id, one.person_id))
    with_door = Growth({key: amount for key, amount in doors.items() if key[0] is not None})
    add(DoorVisitor, ("door_id", "person_id"), {"attempts": with_door})
    hours = _attempts(moves, lambda one: (one.round_id, hour_of(one.handed_in_at)))
    add(HourTally, ("round_id", "hour"), {"attempts": hours})
    per_unit = _attempts(moves, lambda one: (one.round_id, one.unit_id or FREE, hour_of(one.handed_in_at)))
    add(UnitHourTally, ("round_id", "unit_id", "hour"), {"attempts": per_unit})


def add(
    table: type[Model],
    names: Sequence[str],
    amounts: Mapping[str, Growth],
    versions: Mapping[int, int] | None = None,
) -> None:
    """Raise and lower columns of the rows with these keys; `versions`: of what the first name of a key is the id.

    In the order of the keys, everywhere: two writers that met the same rows crosswise would wait for each other,
    and a table that no memory holds is gone through once.
    """
    keys = sorted({key for growth in amounts.values() for key, amount in growth.items() if amount})
    new: list[dict[str, object]] = []
    there: list[dict[str, object]] = []
    for key in keys:
        row = dict(zip(names, key, strict=True)) | {column: growth[key] for column, growth in amounts.items()}
        if versions is not None:
            row["changed_in"] = versions[cast(int, key[0])]
        (there if _lowers([growth[key] for growth in amounts.values()]) else new).append(row)
    upsert(table, new, added=list(amounts), replaced=["changed_in"] if versions else [], key=names)
    _change(table, names, list(amounts), there)


def _lowers(amounts: Sequence[int]) -> bool:
    """Whether such a row would break a constraint if it were new: then it is there already."""
    return min(amounts) < 0 or amounts[0] > amounts[-1]


def _change(
    table: type[Model], names: Sequence[str], columns: Sequence[str], rows: list[dict[str, object]]
) -> None:
    if not rows:
        return
    held = cast(Table, table.__table__)
    values = {column: held.c[column] + bindparam(f"more_{column}") for column in columns}
    if "changed_in" in rows[0]:
        values["changed_in"] = bindparam("more_changed_in")
    statement = (
        update(held).where(*(held.c[name] == bindparam(f"of_{name}") for name in names)).values(values)
    )
    given = [{(f"of_{name}" if name in names else f"more_{name}"): row[name] for name in row} for row in rows]
    db.session.connection().execute(statement, given)


def _people(moves: Moves, place: Callable[[HandedIn], tuple[object, ...]]) -> Growth:
    """One person more where somebody stands now, one less where they stood."""
    growth = Growth(place(one) for one in moves.stand)
    growth.subtract(place(one) for one in moves.stood)
    return growth


def _attempts(moves: Moves, place: Callable[[HandedIn], tuple[object, ...]]) -> Growth:
    growth = Growth(place(one) for one in moves.came)
    growth.subtract(place(one) for one in moves.went)
    return growth


def unit_place(one: HandedIn) -> tuple[object, ...]:
    """Where an attempt counts in UnitTally and VerifiedTally."""
    return one.round_id, one.unit_id or FREE, one.block_id


def _of_verified(moves: Moves) -> Moves:
    return Moves(
        stand=[one for one in moves.stand if one.entry_id in moves.verified],
        stood=[one for one in moves.stood if one.entry_id in moves.verified],
    )


def verified_among(entry_ids: Iterable[int]) -> set[int]:
    """Which of these entries the numbers hold for verified."""
    statement = select(VerifiedEntry.entry_id).where(VerifiedEntry.entry_id.in_(sorted(set(entry_ids))))
    return set(db.session.scalars(statement))


def _score_place(one: HandedIn) -> tuple[object, ...]:
    return one.round_id, one.block_id, one.score, one.out_of


def hour_of(at: datetime) -> datetime:
    """The moment at which the hour of a moment begins."""
    return at.replace(minute=0, second=0, microsecond=0)
