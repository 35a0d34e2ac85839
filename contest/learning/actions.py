"""What organisers do with reading pages and practice sets."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from contest import history
from contest.banks.models import Bank
from contest.contests.models import Contest
from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.learning import page_files, page_queries, practice_queries
from contest.learning.models import (
    PartKind,
    PracticePart,
    PracticeSet,
    ReadingFile,
    ReadingPage,
    ReadingTopic,
)
from contest.permissions import Actor

MOST_PAGES = 50
MOST_FILES = 30
MOST_SETS = 30


@dataclass(frozen=True)
class TypedPage:
    """A reading page as it was typed; `topics`: of questions whose explanations lead here."""

    title: str
    text: str
    topics: Sequence[str]


@dataclass(frozen=True)
class TypedSet:
    """A practice set as it was typed."""

    name: str
    per_go: int
    parts: Collection[tuple[PartKind, str]]


def add_page(contest: Contest, typed: TypedPage, now: datetime, by: Actor) -> ReadingPage:
    """Write a page, as a draft at the end of the list."""
    others = page_queries.pages_of(contest.id)
    if len(others) >= MOST_PAGES:
        raise Refusal(
            _("Một cuộc thi có nhiều nhất %(most)s trang đọc. Hãy gộp các trang ngắn.", most=MOST_PAGES)
        )
    position = max((one.position for one in others), default=0) + 1
    page = ReadingPage(contest_id=contest.id, position=position, created_at=now, changed_at=now)
    page.title, page.text = typed.title, typed.text
    db.session.add(page)
    db.session.flush()
    _store_topics(page, typed)
    _note("reading:add", page, now, by)
    return page


def edit_page(page: ReadingPage, typed: TypedPage, now: datetime, by: Actor) -> None:
    """Change a page; what is published is changed at once."""
    page.title, page.text, page.changed_at = typed.title, typed.text, now
    _store_topics(page, typed)
    _note("reading:edit", page, now, by)


def _store_topics(page: ReadingPage, typed: TypedPage) -> None:
    db.session.execute(delete(ReadingTopic).where(ReadingTopic.page_id == page.id))
    for topic in dict.fromkeys(typed.topics):
        db.session.add(ReadingTopic(page_id=page.id, topic=topic))
    db.session.flush()


def publish_page(page: ReadingPage, published: bool, now: datetime, by: Actor) -> None:
    """Let everybody read a page, or take it back to the drafts."""
    page.published_at = now if published else None
    _note("reading:publish" if published else "reading:withdraw", page, now, by)


def move_page_up(page: ReadingPage) -> None:
    """Let a page change places with the one above it; the first stays."""
    above = [one for one in page_queries.pages_of(page.contest_id) if one.position < page.position]
    if not above:
        return
    # Positions are unique, so one steps aside first.
    mine, theirs = page.position, above[-1].position
    page.position = -1
    db.session.flush()
    above[-1].position = mine
    db.session.flush()
    page.position = theirs


def add_file(page: ReadingPage, filename: str, content: bytes, now: datetime, by: Actor) -> ReadingFile:
    """Put a file beside a page; one of the same name is replaced. Raises Refusal for other kinds of files."""
    told = page_files.told(filename, content)
    there = page_queries.files_of(page.id)
    if len(there) >= MOST_FILES and told.name not in {one.name for one in there}:
        raise Refusal(_("Một trang có nhiều nhất %(most)s tệp. Hãy xóa bớt tệp không dùng.", most=MOST_FILES))
    db.session.execute(
        delete(ReadingFile).where(ReadingFile.page_id == page.id, ReadingFile.name == told.name)
    )
    kept = ReadingFile(
        page_id=page.id,
        token=secrets.token_urlsafe(16),
        name=told.name,
        media_type=told.media_type,
        width=told.width,
        height=told.height,
        size=len(content),
        content=content,
        uploaded_at=now,
        uploaded_by=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def remove_file(page: ReadingPage, file_id: int) -> None:
    """Take a file away; NotFound for one of another page."""
    gone = db.session.execute(
        delete(ReadingFile)
        .where(ReadingFile.id == file_id, ReadingFile.page_id == page.id)
        .returning(ReadingFile.id)
    ).first()
    if gone is None:
        raise NotFound


def add_set(contest: Contest, bank: Bank, name: str, now: datetime, by: Actor) -> PracticeSet:
    """Make a practice set of a whole bank, not open yet."""
    if len(practice_queries.sets_of(contest.id)) >= MOST_SETS:
        raise Refusal(_("Một cuộc thi có nhiều nhất %(most)s bộ thi thử.", most=MOST_SETS))
    made = PracticeSet(contest_id=contest.id, bank_id=bank.id, name=name, per_go=10, created_at=now)
    db.session.add(made)
    db.session.flush()
    _record("practice:add", made, now, by)
    return made


def edit_set(made: PracticeSet, typed: TypedSet, now: datetime, by: Actor) -> None:
    """Say which questions of the bank a set takes."""
    made.name, made.per_go = typed.name, typed.per_go
    db.session.execute(delete(PracticePart).where(PracticePart.set_id == made.id))
    for kind, value in sorted(set(typed.parts)):
        db.session.add(PracticePart(set_id=made.id, kind=kind, value=value))
    db.session.flush()
    _record("practice:edit", made, now, by)


def open_set(made: PracticeSet, opened: bool, now: datetime, by: Actor) -> None:
    """Let everybody practise on a set, or close it."""
    made.opened_at = now if opened else None
    _record("practice:open" if opened else "practice:close", made, now, by)


def _note(act: str, page: ReadingPage, now: datetime, by: Actor) -> None:
    history.record(by.signature, act, ("reading", page.id, page.title), now)


def _record(act: str, made: PracticeSet, now: datetime, by: Actor) -> None:
    history.record(by.signature, act, ("practice", made.id, made.name), now)
