"""Merging two entries of one person, undoing it exactly, or saying that they are two people."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update

from contest import history
from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.database import db
from contest.duplicates import queries, words
from contest.duplicates.models import (
    DuplicatePair,
    EntryMerge,
    MergedAttempt,
    PairState,
)
from contest.errors import Refusal
from contest.participation import corrections
from contest.people import queries as people
from contest.people.models import Entry, MergedEntry
from contest.permissions import Actor
from contest.results import redrafting
from contest.rosters import noting


def merge(pair: DuplicatePair, keep_id: int, now: datetime, by: Actor) -> EntryMerge:
    """Everything handed in by the two stands with the entry to be kept; the other entry stays, and starts nothing.

    The tallies count both anew with the next counting; rounds with standings get a new draft.
    """
    if pair.state == PairState.MERGED:
        raise Refusal(words.MERGED_ALREADY)
    gone_id = pair.second_id if keep_id == pair.first_id else pair.first_id
    _hold_starts(pair.contest_id)
    both = queries.locked([keep_id, gone_id])
    kept, gone = both[keep_id], both[gone_id]
    _require_mergeable(kept, gone)
    done = EntryMerge(pair_id=pair.id, kept_id=kept.id, gone_id=gone.id, merged_at=now, merger=by.name[:200])
    db.session.add(done)
    db.session.flush()
    corrections.take_out(pair.contest_id, [kept.person_id, gone.person_id])
    moved = _move(done, kept, queries.attempts(gone.id))
    db.session.add(
        MergedEntry(
            entry_id=gone.id,
            into_id=kept.id,
            person_id=gone.person_id,
            into_person_id=kept.person_id,
            led=queries.is_in_one_contest(gone.person_id),
        )
    )
    db.session.flush()
    _settle(pair, PairState.MERGED, now, by)
    _follow(kept, gone, moved)
    _record("person:merge", (kept, gone), now, by, f"{gone.id} → {kept.id}, {len(moved)} lượt thi")
    return done


def undo(pair: DuplicatePair, now: datetime, by: Actor) -> None:
    """Take a merge apart: each attempt goes back to whom it came from, with the number it had there."""
    done = queries.standing_merge(pair.id)
    if done is None:
        raise Refusal(words.NOT_MERGED)
    _hold_starts(pair.contest_id)
    both = queries.locked([done.kept_id, done.gone_id])
    kept, gone = both[done.kept_id], both[done.gone_id]
    if not (kept.search_key and gone.search_key):
        raise Refusal(words.ERASED)
    _require_settled(queries.attempts(kept.id))
    corrections.take_out(pair.contest_id, [kept.person_id, gone.person_id])
    moved = _move_back(done, kept, gone)
    db.session.execute(delete(MergedEntry).where(MergedEntry.entry_id == gone.id))
    done.undone_at, done.undoer = now, by.name[:200]
    _settle(pair, PairState.OPEN, None, None)
    _follow(kept, gone, moved)
    _record("person:unmerge", (kept, gone), now, by, f"{kept.id} → {gone.id}, {len(moved)} lượt thi")


def differ(pair: DuplicatePair, now: datetime, by: Actor) -> None:
    """They are two people: nobody is asked again."""
    if pair.state == PairState.MERGED:
        raise Refusal(words.MERGED_ALREADY)
    _settle(pair, PairState.DIFFERENT, now, by)
    both = queries.locked([pair.first_id, pair.second_id])
    _record("person:two", both.values(), now, by, f"{pair.first_id} ≠ {pair.second_id}")


def _hold_starts(contest_id: int) -> None:
    """Whoever is just starting reads again who they are: what rests on the reckoning until now is not stored."""
    db.session.execute(
        update(Round).where(Round.contest_id == contest_id).values(reckoning=Round.reckoning + 1),
        execution_options={"synchronize_session": False},
    )


def _require_mergeable(kept: Entry, gone: Entry) -> None:
    if not (kept.search_key and gone.search_key):
        raise Refusal(words.ERASED)
    if people.merger_of(kept.id) or people.merger_of(gone.id):
        raise Refusal(words.MERGED_ELSEWHERE)
    if queries.has_merged_entries(gone.id):
        raise Refusal(words.KEEP_THE_OTHER)
    _require_settled(queries.attempts(kept.id, gone.id))


def _require_settled(attempts: list[Attempt]) -> None:
    if any(one.handed_in_at is None for one in attempts):
        raise Refusal(words.AT_WORK)
    if queries.waits_to_be_claimed([one.id for one in attempts]):
        raise Refusal(words.JUST_DECLARED)


def _move(done: EntryMerge, kept: Entry, attempts: list[Attempt]) -> list[Attempt]:
    """Behind the attempts that the kept person has, in the order they were made."""
    numbers = Counter({one.round_id: one.number for one in queries.attempts(kept.id)})
    for one in attempts:
        db.session.add(MergedAttempt(merge_id=done.id, attempt_id=one.id, number=one.number))
        numbers[one.round_id] += 1
        one.entry_id, one.person_id, one.number = kept.id, kept.person_id, numbers[one.round_id]
    db.session.flush()
    return attempts


def _move_back(done: EntryMerge, kept: Entry, gone: Entry) -> list[Attempt]:
    before = queries.numbers_before(done.id)
    all_kept = queries.attempts(kept.id)
    moved = [one for one in all_kept if one.id in before]
    for one in moved:
        one.entry_id, one.person_id, one.number = gone.id, gone.person_id, before[one.id]
    db.session.flush()
    # What was made or merged later closes up, so that the next attempt finds its number free.
    numbers: Counter[int] = Counter()
    for one in all_kept:
        if one.id not in before:
            numbers[one.round_id] += 1
            one.number = numbers[one.round_id]
            db.session.flush()
    return moved


def _settle(pair: DuplicatePair, state: PairState, now: datetime | None, by: Actor | None) -> None:
    pair.state, pair.settled_at, pair.settler = state, now, by.name[:200] if by else ""


def _follow(kept: Entry, gone: Entry, moved: Iterable[Attempt]) -> None:
    """Whoever rests on it looks again: who is verified by a list, and the standings of these rounds."""
    noting.changed([kept.id, gone.id])
    redrafting.ask({one.round_id for one in moved}, words.REDRAFTED)


def _record(act: str, entries: Iterable[Entry], now: datetime, by: Actor, detail: str) -> None:
    # The history outlives the data of persons, so it names them by number only.
    for entry in entries:
        subject = ("entry", entry.id, f"Người dự thi số {entry.id}")
        history.record(by.signature, act, subject, now, detail)
