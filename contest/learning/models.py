"""Sets of questions opened for practice, reading pages with their files, and how often they were opened."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of


class PartKind(StrEnum):
    """By what questions of a bank are chosen for practice."""

    TOPIC = "topic"
    LEVEL = "level"
    TAG = "tag"


class PracticeSet(Model):
    """Questions of one bank to practise on ("thi thử"). Nothing anybody answers here is kept."""

    __tablename__ = "practice_sets"
    __table_args__ = (
        CheckConstraint("per_go BETWEEN 1 AND 100", name="asks_some_questions"),
        Index(None, "contest_id"),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    name: Mapped[Line]
    # How many questions one goes through at a time.
    per_go: Mapped[int]
    created_at: Mapped[datetime]
    # None: not open to the public.
    opened_at: Mapped[datetime | None]


class PracticePart(Model):
    """One topic, level or tag of a set. Of each kind any will do; a kind without parts takes everything."""

    __tablename__ = "practice_parts"
    __table_args__ = (one_of("kind", PartKind),)

    set_id: Mapped[int] = mapped_column(ForeignKey("practice_sets.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    value: Mapped[Line] = mapped_column(primary_key=True)


class ReadingPage(Model):
    """A page of a contest that people read to learn, as Markdown."""

    __tablename__ = "reading_pages"
    __table_args__ = (UniqueConstraint("contest_id", "position"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    # The order in which they are listed, from 1.
    position: Mapped[int]
    title: Mapped[Line]
    text: Mapped[Prose]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    # None: a draft, which only staff see.
    published_at: Mapped[datetime | None]


class ReadingTopic(Model):
    """A topic of questions whose explanations lead to this page."""

    __tablename__ = "reading_topics"

    page_id: Mapped[int] = mapped_column(ForeignKey("reading_pages.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[Line] = mapped_column(primary_key=True)


class ReadingFile(Model):
    """A picture or document that belongs to a page, kept as it came."""

    __tablename__ = "reading_files"
    __table_args__ = (UniqueConstraint("page_id", "name"),)

    id: Mapped[Id]
    page_id: Mapped[int] = mapped_column(ForeignKey("reading_pages.id", ondelete="CASCADE"))
    # In the file's address.
    token: Mapped[Word] = mapped_column(unique=True)
    # As the text of the page calls it: "so-do-mot-cua.png".
    name: Mapped[Line]
    # Told by the file's own first bytes, never by its name.
    media_type: Mapped[Line]
    # Pixels of a picture; None for a document.
    width: Mapped[int | None]
    height: Mapped[int | None]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ReadingVisit(Model):
    """How often a page was opened on a day in Vietnam. Who opened it is not kept."""

    __tablename__ = "reading_visits"

    page_id: Mapped[int] = mapped_column(ForeignKey("reading_pages.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    visits: Mapped[int]
