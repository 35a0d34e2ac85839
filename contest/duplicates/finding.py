"""Looks for pairs that may be one person: each new or changed entry against the few that share a key with it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, or_, select, update

from contest.database import db
from contest.duplicates.models import DuplicatePair, EntryMerge, PairState
from contest.people import queries as people
from contest.people.models import Entry
from contest.rules.duplicates import Entrant, Likeness, compare

# Of what shares a key. A phone that fifty people gave is an office's, a name of thousands says nothing.
MOST_ALIKE = 50
MOST_PAIRS = 10


def waiting(most: int) -> list[Entry]:
    """Entries that were not compared yet as they stand; by index."""
    return list(db.session.scalars(select(Entry).where(~Entry.compared).order_by(Entry.id).limit(most)))


def find(entries: Iterable[Entry], now: datetime) -> None:
    """Keep the pairs of each of these entries; those nobody has settled go when they no longer hold."""
    entries = list(entries)
    for entry in entries:
        _keep(entry, _alike(entry), now)
    db.session.execute(
        update(Entry).where(Entry.id.in_([entry.id for entry in entries])).values(compared=True),
        execution_options={"synchronize_session": False},
    )


def entrant(entry: Entry) -> Entrant:
    """An entry as the rule compares it."""
    return Entrant(
        entry.name,
        entry.code_key or "",
        entry.phone or "",
        entry.birth_date,
        entry.birth_year,
        entry.unit_id,
        entry.assisted,
    )


def _alike(entry: Entry) -> dict[int, Likeness]:
    """Who may be the same person, the likeliest first; nobody for who has no name (yet, or any more)."""
    if entry.anonymous or not entry.search_key:
        return {}
    mine = entrant(entry)
    others = {other.id: other for key in _keys(entry) for other in db.session.scalars(_sharing(entry, *key))}
    found = {other.id: compare(mine, entrant(other)).likeness for other in others.values()}
    held = [(id_, likeness) for id_, likeness in found.items() if likeness is not Likeness.NOT]
    held.sort(key=lambda one: (one[1] is not Likeness.LIKELY, one[0]))
    return dict(held[:MOST_PAIRS])


def _keys(entry: Entry) -> list[tuple[ColumnElement[bool], ...]]:
    """What two entries of one person share, each an index to look in."""
    keys: list[tuple[ColumnElement[bool], ...]] = []
    if entry.phone:
        keys.append((Entry.phone == entry.phone,))
    if entry.code_key:
        keys.append((Entry.code_key == entry.code_key,))
    same_name, same_unit = Entry.search_key == entry.search_key, Entry.unit_id == entry.unit_id
    if entry.unit_id is not None:
        keys.append((same_name, same_unit))
    if entry.birth_date is not None:
        born = Entry.birth_date == entry.birth_date
        keys.append((born, same_name))
        if entry.unit_id is not None:
            keys.append((born, same_unit))
    return keys


def _sharing(entry: Entry, *key: ColumnElement[bool]) -> Select[Entry]:
    named = (Entry.id != entry.id, Entry.search_key != "", ~Entry.anonymous)
    alike = select(Entry).where(Entry.contest_id == entry.contest_id, *key, *named, ~people.merged(Entry.id))
    return alike.order_by(Entry.id.desc()).limit(MOST_ALIKE)


def _keep(entry: Entry, alike: dict[int, Likeness], now: datetime) -> None:
    both = or_(DuplicatePair.first_id == entry.id, DuplicatePair.second_id == entry.id)
    known = {
        pair.second_id if pair.first_id == entry.id else pair.first_id: pair
        for pair in db.session.scalars(select(DuplicatePair).where(both))
    }
    gone = [pair.id for other, pair in known.items() if pair.state == PairState.OPEN and other not in alike]
    # A pair that was merged once, and taken apart, keeps that history.
    never_merged = ~exists().where(EntryMerge.pair_id == DuplicatePair.id)
    db.session.execute(
        delete(DuplicatePair).where(DuplicatePair.id.in_(gone), never_merged),
        execution_options={"synchronize_session": False},
    )
    for other, likeness in alike.items():
        if other in known:
            known[other].likeness = likeness
            continue
        pair = DuplicatePair(
            contest_id=entry.contest_id,
            first_id=min(entry.id, other),
            second_id=max(entry.id, other),
            likeness=likeness,
            state=PairState.OPEN,
            found_at=now,
        )
        db.session.add(pair)
    db.session.flush()
