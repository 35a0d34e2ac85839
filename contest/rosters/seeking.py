"""Looks for those who entered on the lists of their contest, and settles what a coordinator decides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, or_, select, update

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.people.models import UNSOUGHT, Entry
from contest.permissions import Actor
from contest.rosters import match_queries, noting, queries
from contest.rosters.models import UNSOUGHT_ROWS, VERIFIED, MatchState, RosterMatch, RosterRow
from contest.rules import staff_codes, vietnamese
from contest.rules.matching import Certainty, Described, Ground, Verdict, best, compare
from contest.units import lineage


@dataclass(frozen=True)
class Known:
    """What is needed to judge some entries: the rows they may be, and what was found or settled before."""

    rows: dict[int, list[RosterRow]]
    matches: dict[int, list[RosterMatch]]
    taken: dict[int, int]
    places: dict[int, tuple[str, ...]]


def new_entries(most: int) -> list[Entry]:
    """Entries that were not looked for yet; by index."""
    statement = select(Entry).where(UNSOUGHT).order_by(Entry.id).limit(most)
    return list(db.session.scalars(statement))


def seek(entries: Sequence[Entry], now: datetime) -> None:
    """Find each of these entries on the lists of its contest, or take back what no longer holds."""
    known = _known(entries)
    for entry in entries:
        _seek_one(entry, known, now)
    db.session.execute(
        update(Entry).where(Entry.id.in_([entry.id for entry in entries])).values(sought=True),
        execution_options={"synchronize_session": False},
    )


def described(entry: Entry) -> Described:
    """An entry as the rule compares it."""
    return Described(entry.name, entry.code_key or "", entry.phone or "", entry.birth_date, entry.birth_year)


def listed(row: RosterRow) -> Described:
    """A person of a list as the rule compares them."""
    return Described(row.name, row.code_key or "", row.phone or "", row.birth_date, row.birth_year)


def line_of(contest_id: int, name: str, phone: str | None, code: str | None, born: date | None) -> str | None:
    """The row of a list that somebody stands on for certain, by its number; None where nobody or two fit."""
    who = Described(name, staff_codes.key(code or ""), phone or "", born, born.year if born else None)
    rows = queries.like_any(contest_id, {who.code_key}, {who.phone}, {vietnamese.search_key(name)})
    found = best({row.id: compare(who, listed(row), near=True) for row in rows})
    sure = [row_id for row_id, verdict in found.items() if verdict.certainty is Certainty.SURELY]
    return str(sure[0]) if sure else None


def _known(entries: Sequence[Entry]) -> Known:
    by_contest: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.search_key and not entry.anonymous:
            by_contest[entry.contest_id].append(entry)
    rows: dict[int, list[RosterRow]] = {}
    for contest_id in match_queries.with_lists(by_contest):
        some = by_contest[contest_id]
        rows[contest_id] = queries.like_any(
            contest_id,
            {one.code_key or "" for one in some},
            {one.phone or "" for one in some},
            {one.search_key for one in some},
        )
    row_ids = [row.id for found in rows.values() for row in found]
    matches: dict[int, list[RosterMatch]] = defaultdict(list)
    for match in match_queries.matches_of_entries([entry.id for entry in entries]):
        matches[match.entry_id].append(match)
    taken = {match.row_id: match.entry_id for match in match_queries.verified_of_rows(row_ids)}
    unit_ids = {row.unit_id for found in rows.values() for row in found}
    unit_ids |= {entry.unit_id for entry in entries if entry.unit_id}
    return Known(rows, matches, taken, lineage.places(unit_ids))


def _seek_one(entry: Entry, known: Known, now: datetime) -> None:
    before = known.matches.get(entry.id, [])
    if not entry.search_key:
        # Erased: the link to a list would name them again. What was counted stays counted. Nor is whom they
        # may have been reminded, unless only the name spoke for it: then it was a namesake as likely.
        gone = [match.row_id for match in before if _spoke_for(match)]
        db.session.execute(
            update(RosterRow).where(RosterRow.id.in_(gone)).values(forgotten=True),
            execution_options={"synchronize_session": False},
        )
        for match in before:
            db.session.delete(match)
        return
    if any(match.state == MatchState.ACCEPTED for match in before):
        return
    different = {match.row_id for match in before if match.state == MatchState.DIFFERENT}
    mine = described(entry)
    verdicts = {
        row.id: compare(mine, listed(row), _near(entry, row, known.places))
        for row in _alike(entry, known)
        if row.id not in different
    }
    taken = [row_id for row_id in verdicts if known.taken.get(row_id, entry.id) != entry.id]
    _keep(entry, best(verdicts, taken), [one for one in before if one.row_id not in different], known, now)


def _spoke_for(match: RosterMatch) -> bool:
    return match.state in VERIFIED or (match.state == MatchState.PERHAPS and match.ground != Ground.NAME)


def _alike(entry: Entry, known: Known) -> list[RosterRow]:
    return [
        row
        for row in known.rows.get(entry.contest_id, ())
        if row.name_key == entry.search_key
        or (entry.code_key and row.code_key == entry.code_key)
        or (entry.phone and row.phone == entry.phone)
    ]


def _near(entry: Entry, row: RosterRow, places: dict[int, tuple[str, ...]]) -> bool:
    """The declared unit is the listed one, below it, or above it (but not the very top).

    A unit that is no more also stands where those stand that it went into.
    """
    if entry.unit_id is None:
        return False
    return any(
        declared.startswith(own) or (own.startswith(declared) and declared.count("/") > 2)
        for declared in places[entry.unit_id]
        for own in places[row.unit_id]
    )


def _keep(
    entry: Entry,
    found: dict[int, Verdict],
    before: Sequence[RosterMatch],
    known: Known,
    now: datetime,
) -> None:
    was = {match.row_id for match in before if match.state in VERIFIED}
    old = {match.row_id: match for match in before}
    for row_id, match in old.items():
        if row_id not in found:
            db.session.delete(match)
    db.session.flush()
    for row_id, verdict in found.items():
        state = MatchState.SURELY if verdict.certainty is Certainty.SURELY else MatchState.PERHAPS
        if row_id in old:
            old[row_id].state, old[row_id].ground = state, verdict.ground
        else:
            db.session.add(
                RosterMatch(
                    row_id=row_id, entry_id=entry.id, state=state, ground=verdict.ground, found_at=now
                )
            )
        if state is MatchState.SURELY:
            known.taken[row_id] = entry.id
    db.session.flush()
    now_verified = {row_id for row_id, one in found.items() if one.certainty is Certainty.SURELY}
    for row_id in was - now_verified:
        known.taken.pop(row_id, None)
    if bool(was) != bool(now_verified):
        noting.changed([entry.id])


def seek_for_rows(most: int) -> int:
    """Have those looked for again who may be one of the new people of a list; returns how many rows were new."""
    rows = list(db.session.scalars(select(RosterRow).where(UNSOUGHT_ROWS).order_by(RosterRow.id).limit(most)))
    by_contest: dict[int, list[RosterRow]] = defaultdict(list)
    for row in rows:
        by_contest[row.contest_id].append(row)
    for contest_id, some in by_contest.items():
        for column, values in (
            (Entry.search_key, {row.name_key for row in some}),
            (Entry.phone, {row.phone for row in some if row.phone}),
            (Entry.code_key, {row.code_key for row in some if row.code_key}),
        ):
            _unsought(Entry.contest_id == contest_id, column.in_(sorted(values)))
    ids = [row.id for row in rows]
    _unsought(Entry.id.in_(select(RosterMatch.entry_id).where(RosterMatch.row_id.in_(ids))))
    db.session.execute(
        update(RosterRow).where(RosterRow.id.in_(ids)).values(sought=True),
        execution_options={"synchronize_session": False},
    )
    return len(rows)


def any_new_row() -> bool:
    """Whether a list has people who were not looked for yet."""
    return db.session.scalar(select(RosterRow.id).where(UNSOUGHT_ROWS).limit(1)) is not None


def _unsought(*conditions: object) -> None:
    statement = update(Entry).where(*conditions, Entry.sought).values(sought=False)  # type: ignore[arg-type]
    db.session.execute(statement, execution_options={"synchronize_session": False})


def settle(match_id: int, same: bool, within: str | None, now: datetime, by: Actor) -> RosterMatch:
    """The coordinator says whether the two are one person; an earlier decision may be changed."""
    match = match_queries.match(match_id, within)
    state = MatchState.ACCEPTED if same else MatchState.DIFFERENT
    if same:
        _require_free(match)
    before = match.state
    match.state, match.settled_at, match.settled_by = state, now, by.id
    db.session.flush()
    if same:
        # One person is one: what else was open about either of them is closed with it.
        db.session.execute(
            delete(RosterMatch).where(
                or_(RosterMatch.row_id == match.row_id, RosterMatch.entry_id == match.entry_id),
                RosterMatch.state == MatchState.PERHAPS,
            )
        )
    else:
        _unsought(Entry.id == match.entry_id)
    if (before in VERIFIED) != same:
        noting.changed([match.entry_id])
    # The history outlives the data of persons, so it names them by number only.
    subject = ("entry", match.entry_id, f"Người dự thi số {match.entry_id}")
    act = "roster:accept" if same else "roster:refuse"
    history.record(by.signature, act, subject, now, f"Dòng danh sách số {match.row_id}")
    return match


def _require_free(match: RosterMatch) -> None:
    statement = select(RosterMatch.id).where(
        or_(RosterMatch.row_id == match.row_id, RosterMatch.entry_id == match.entry_id),
        RosterMatch.id != match.id,
        RosterMatch.state.in_(VERIFIED),
    )
    if db.session.scalar(statement.limit(1)) is not None:
        raise Refusal(
            _(
                "Một trong hai bên đã được nhận là người khác. "
                "Hãy mở người đó, chọn “Không phải”, rồi quay lại đây."
            )
        )
