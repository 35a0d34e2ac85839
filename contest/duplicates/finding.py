"""Looks for pairs that may be one person: each new or changed entry against the few that share a key with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from contest.database import db
from contest.duplicates.models import DuplicatePair, EntryMerge, PairState
from contest.people import queries as people
from contest.people.models import UNCOMPARED, Entry
from contest.rules.duplicates import Entrant, Likeness, compare

# Of what shares a key. A phone that fifty people gave is an office's, a name of thousands says nothing.
MOST_ALIKE = 50
MOST_PAIRS = 10

# What two entries of one person share: each is looked for by an index.
Key = tuple[InstrumentedAttribute[Any], ...]
KEYS: tuple[Key, ...] = (
    (Entry.phone,),
    (Entry.code_key,),
    (Entry.search_key, Entry.unit_id),
    (Entry.birth_date, Entry.search_key),
    (Entry.birth_date, Entry.unit_id),
)
# What to select of an entry for a Known, in its order.
_COLUMNS: tuple[Any, ...] = (
    Entry.id,
    Entry.search_key,
    Entry.name,
    Entry.code_key,
    Entry.phone,
    Entry.birth_date,
    Entry.birth_year,
    Entry.unit_id,
    Entry.assisted,
)

# By entry: who may be the same person, the likeliest first.
Alike = dict[int, dict[int, Likeness]]


@dataclass(frozen=True)
class Known:
    """An entry with what the rule compares."""

    id: int
    search_key: str
    entrant: Entrant

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Known":
        """From a row of _COLUMNS."""
        id_, search_key, name, code, phone, birth_date, birth_year, unit_id, assisted = row
        who = Entrant(name, code or "", phone or "", birth_date, birth_year, unit_id, assisted)
        return cls(id_, search_key, who)

    def under(self, key: Key) -> tuple[object, ...] | None:
        """What it has under a key; None where it lacks a part of that."""
        parts = tuple(
            self.search_key if column.key == "search_key" else getattr(self.entrant, column.key)
            for column in key
        )
        return None if any(part in (None, "") for part in parts) else parts


def waiting(most: int) -> list[Entry]:
    """Entries that were not compared yet as they stand; by index."""
    return list(db.session.scalars(select(Entry).where(UNCOMPARED).order_by(Entry.id).limit(most)))


def find(entries: Iterable[Entry], now: datetime) -> None:
    """Keep the pairs of each of these entries; those nobody has settled go when they no longer hold.

    Costs these entries and what shares a key with them, in a few statements for a contest.
    """
    by_contest: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_contest[entry.contest_id].append(entry)
    for contest_id, some in by_contest.items():
        ids = [entry.id for entry in some]
        _keep(contest_id, ids, _alike(contest_id, some), now)
        db.session.execute(
            update(Entry).where(Entry.id.in_(ids)).values(compared=True),
            execution_options={"synchronize_session": False},
        )


def entrant(entry: Entry) -> Entrant:
    """An entry as the rule compares it."""
    return _known(entry).entrant


def _known(entry: Entry) -> Known:
    return Known.of([getattr(entry, column.key) for column in _COLUMNS])


def _alike(contest_id: int, entries: Sequence[Entry]) -> Alike:
    """Who may be one person; nobody for who has no name (yet, or any more)."""
    mine = [_known(entry) for entry in entries if entry.search_key and not entry.anonymous]
    others: dict[int, dict[int, Known]] = {one.id: {} for one in mine}
    for key in KEYS:
        sharing = _sharing(contest_id, key, {one.under(key) for one in mine})
        for one in mine:
            for other in sharing.get(one.under(key), ())[: MOST_ALIKE + 1]:
                others[one.id][other.id] = other
    return {one.id: _likely(one, others[one.id].values()) for one in mine}


def _likely(mine: Known, others: Iterable[Known]) -> dict[int, Likeness]:
    found = [(one.id, compare(mine.entrant, one.entrant).likeness) for one in others if one.id != mine.id]
    held = [(id_, likeness) for id_, likeness in found if likeness is not Likeness.NOT]
    held.sort(key=lambda one: (one[1] is not Likeness.LIKELY, one[0]))
    return dict(held[:MOST_PAIRS])


def _sharing(
    contest_id: int, key: Key, wanted: Collection[tuple[object, ...] | None]
) -> Mapping[tuple[object, ...] | None, list[Known]]:
    """By value: who has it under this key, the newest first."""
    values = sorted((one for one in wanted if one is not None), key=repr)
    if not values:
        return {}
    enough = (MOST_ALIKE + 1) * len(values)
    rows = _newest(contest_id, _any_of(key, values), enough)
    if len(rows) == enough:
        # One of them is everybody's, and might leave no room for the others: each by itself.
        rows = [row for one in values for row in _newest(contest_id, _any_of(key, [one]), MOST_ALIKE + 1)]
    found: dict[tuple[object, ...] | None, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.under(key)].append(row)
    return found


def _any_of(key: Key, values: Sequence[tuple[object, ...]]) -> ColumnElement[bool]:
    """A condition that an index answers, for some values of a key, and perhaps for some more of a birth date."""
    parts = [sorted(set(column), key=repr) for column in zip(*values, strict=True)]
    if key[0] is Entry.search_key:
        return or_(
            *(and_(*(column == part for column, part in zip(key, one, strict=True))) for one in values)
        )
    return and_(*(column.in_(some) for column, some in zip(key, parts, strict=True)))


def _newest(contest_id: int, condition: ColumnElement[bool], most: int) -> list[Known]:
    named = (Entry.search_key != "", ~Entry.anonymous, ~people.merged(Entry.id))
    statement = select(*_COLUMNS).where(Entry.contest_id == contest_id, condition, *named)
    rows = db.session.execute(statement.order_by(Entry.id.desc()).limit(most))
    return [Known.of(row) for row in rows]


def _keep(contest_id: int, entry_ids: Sequence[int], alike: Alike, now: datetime) -> None:
    both = or_(DuplicatePair.first_id.in_(entry_ids), DuplicatePair.second_id.in_(entry_ids))
    known = {
        (one.first_id, one.second_id): one for one in db.session.scalars(select(DuplicatePair).where(both))
    }
    held = {
        (min(mine, other), max(mine, other)): likeness
        for mine, others in alike.items()
        for other, likeness in others.items()
    }
    _drop([one.id for pair, one in known.items() if one.state == PairState.OPEN and pair not in held])
    new = []
    for pair, likeness in held.items():
        if pair in known:
            known[pair].likeness = likeness
        else:
            new.append({"first_id": pair[0], "second_id": pair[1], "likeness": likeness})
    if new:
        same = {"contest_id": contest_id, "state": PairState.OPEN, "found_at": now, "settler": ""}
        db.session.execute(insert(DuplicatePair), [same | one for one in new])
    db.session.flush()


def _drop(pair_ids: Collection[int]) -> None:
    if not pair_ids:
        return
    # A pair that was merged once, and taken apart, keeps that history.
    never_merged = ~exists().where(EntryMerge.pair_id == DuplicatePair.id)
    db.session.execute(
        delete(DuplicatePair).where(DuplicatePair.id.in_(pair_ids), never_merged),
        execution_options={"synchronize_session": False},
    )
