"""Keeping the tallies up: takes in what was handed in since the last time, and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from contest.database import Model, write_transaction
from contest.participation import whole_contest
from contest.participation.models import (
    DoorVisitor,
    HourTally,
    ScoreTally,
    TallyState,
    UnitHourTally,
    UnitTally,
)
from contest.participation.whole_contest import FREE
from contest.results.counting import Change, HandedIn, take_in, upsert

# So many attempts are taken in while other writers wait: about a tenth of a second.
A_BATCH = 2000
MOST_BATCHES = 20

# What a tally is kept for, and how much it grows by.
Growth = Counter[tuple[object, ...]]


def count_new(now: datetime) -> None:
    """Bring every tally up to date with what has been handed in; a long backlog takes several calls."""
    for _ in range(MOST_BATCHES):
        if count_batch(now) < A_BATCH:
            return


def count_batch(now: datetime, most: int = A_BATCH) -> int:
    """Take in up to `most` attempts in one transaction; returns how many there were.

    People and attempts are kept apart: an attempt counts where it was made, a person where the attempt
    that counts for them was made.
    """
    with write_transaction():
        changes = take_in(most)
        new = [attempt for change in changes for attempt in change.new]
        _keep_units(changes, new)
        _keep_scores(changes)
        _keep_doors_and_hours(new)
        whole_contest.keep(changes)
        rounds = sorted({attempt.round_id for attempt in new})
        upsert(
            TallyState,
            [{"round_id": round_id, "counted_at": now} for round_id in rounds],
            replaced=["counted_at"],
        )
    return len(new)


def _keep_units(changes: Sequence[Change], new: Iterable[HandedIn]) -> None:
    people, attempts = _moved(changes, _unit_key), Growth(_unit_key(one) for one in new)
    names = ("round_id", "unit_id", "block_id")
    rows = [
        dict(zip(names, key, strict=True)) | {"people": people[key], "attempts": attempts[key]}
        for key in sorted(people.keys() | attempts.keys(), key=str)
    ]
    upsert(UnitTally, rows, added=("people", "attempts"))


def _keep_scores(changes: Sequence[Change]) -> None:
    _add(ScoreTally, ("round_id", "block_id", "score", "out_of"), _moved(changes, _score_key), "people")


def _keep_doors_and_hours(new: Sequence[HandedIn]) -> None:
    doors = Growth((one.door_id, one.person_id) for one in new if one.door_id is not None)
    _add(DoorVisitor, ("door_id", "person_id"), doors, "attempts")
    hours = Growth((one.round_id, hour_of(one.handed_in_at)) for one in new)
    _add(HourTally, ("round_id", "hour"), hours, "attempts")
    per_unit = Growth((one.round_id, one.unit_id or FREE, hour_of(one.handed_in_at)) for one in new)
    _add(UnitHourTally, ("round_id", "unit_id", "hour"), per_unit, "attempts")


def _add(table: type[Model], names: Sequence[str], growth: Growth, column: str) -> None:
    # In one order everywhere: two writers that met the same rows crosswise would wait for each other.
    rows = [
        dict(zip(names, key, strict=True)) | {column: growth[key]}
        for key in sorted(growth, key=str)
        if growth[key]
    ]
    upsert(table, rows, added=[column], key=names)


def _moved(changes: Sequence[Change], key: Callable[[HandedIn], tuple[object, ...]]) -> Growth:
    """One person more where somebody counts now, one less where they counted before."""
    growth = Growth(key(change.after) for change in changes)
    growth.subtract(key(change.before) for change in changes if change.before is not None)
    return growth


def _unit_key(one: HandedIn) -> tuple[object, ...]:
    return one.round_id, one.unit_id or FREE, one.block_id


def _score_key(one: HandedIn) -> tuple[object, ...]:
    return one.round_id, one.block_id, one.score, one.out_of


def hour_of(at: datetime) -> datetime:
    """The moment at which the hour of a moment begins."""
    return at.replace(minute=0, second=0, microsecond=0)
