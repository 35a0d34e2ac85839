"""Question banks, their questions in versions, and drafts of imports."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Id, Line, Model, Prose, Word, one_of
from contest.rules.grading import Kind
from contest.rules.parsed import Severity


class QuestionState(StrEnum):
    """Where a question stands; only approved ones enter papers, unless its bank lets those that wait in too."""

    PROPOSED = "proposed"
    # Sent back by a reviewer with a note (in the history); proposed again when somebody mends it.
    RETURNED = "returned"
    APPROVED = "approved"
    RETIRED = "retired"


class DraftState(StrEnum):
    """What became of one question of an imported file."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"


class Bank(Model):
    """A collection of questions from which rounds draw."""

    __tablename__ = "banks"

    id: Mapped[Id]
    name: Mapped[Line] = mapped_column(unique=True)
    description: Mapped[Prose]
    created_at: Mapped[datetime]
    # Whether who wrote a question may not be the one who approves it.
    two_people: Mapped[bool] = mapped_column(default=False)
    # Whether a question must be approved before papers may show it; otherwise one that waits will do.
    only_approved: Mapped[bool] = mapped_column(default=True)


class Question(Model):
    """A question through all its versions; `version` is the number of the one in force."""

    __tablename__ = "questions"
    __table_args__ = (one_of("state", QuestionState), UniqueConstraint("bank_id", "number"))

    id: Mapped[Id]
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    number: Mapped[int]
    state: Mapped[Word]
    version: Mapped[int]
    # The import it came from, and where in that file it stood ("đoạn 12", "Sheet1!C7").
    import_id: Mapped[int | None] = mapped_column(ForeignKey("bank_imports.id"))
    place: Mapped[Line]


class QuestionVersion(Model):
    """What a question said from one edit to the next. Never changed: attempts point to what they saw."""

    __tablename__ = "question_versions"
    __table_args__ = (
        one_of("kind", Kind),
        UniqueConstraint("question_id", "number"),
        Index(None, "text_key"),
    )

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    kind: Mapped[Word]
    text: Mapped[Prose]
    topic: Mapped[Line]
    level: Mapped[Line]
    citation: Mapped[Prose]
    explanation: Mapped[Prose]
    # Whether a part of the right answer earns a part of the mark.
    partial: Mapped[bool] = mapped_column(default=False)
    # Folded text: equal for questions that differ only in case, spaces, tone placement.
    text_key: Mapped[Prose]
    search_key: Mapped[Prose]
    # First and last day on which the source holds, where somebody has said so; both days count.
    source_valid_from: Mapped[date | None]
    source_valid_to: Mapped[date | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    # Who wrote these words; sorting a question into another topic or level does not change it.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    choices: Mapped[list["Choice"]] = relationship(order_by="Choice.position", lazy="raise_on_sql")


class Choice(Model):
    """One choice of a version; `position` counts from 0 in the order of the bank.

    What it means depends on the kind: see `rules.parsed.ParsedQuestion`.
    """

    __tablename__ = "choices"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("position BETWEEN 0 AND 25", name="has_a_letter"),
    )

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[Prose]
    right: Mapped[bool] = mapped_column("is_right")
    # In a matching, what belongs to `text`; of a number, how far off an answer may be.
    match: Mapped[Prose] = mapped_column("match_text", default="")
    tolerance: Mapped[Word] = mapped_column(default="")
    # "Tất cả các phương án trên" stays last when choices are shuffled.
    pinned: Mapped[bool]


class QuestionTag(Model):
    """A word that the keepers of a bank gave a question, to find it by; it belongs to every version."""

    __tablename__ = "question_tags"
    __table_args__ = (Index(None, "tag"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[Line] = mapped_column(primary_key=True)


class BankImport(Model):
    """One uploaded file, kept as it came, and the draft that was read from it."""

    __tablename__ = "bank_imports"

    id: Mapped[Id]
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    filename: Mapped[Line]
    format: Mapped[Word]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    # A second file that held only the keys, where one was given.
    key_content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    uploaded_at: Mapped[datetime]
    # What was wrong with the file as a whole, one sentence a line.
    notes_vi: Mapped[Prose]
    notes_en: Mapped[Prose]


class DraftQuestion(Model):
    """One question as it was read, with its source beside it, until somebody decides on it."""

    __tablename__ = "draft_questions"
    __table_args__ = (one_of("state", DraftState), UniqueConstraint("import_id", "position"))

    id: Mapped[Id]
    import_id: Mapped[int] = mapped_column(ForeignKey("bank_imports.id", ondelete="CASCADE"))
    position: Mapped[int]
    number: Mapped[Line]
    place: Mapped[Line]
    source: Mapped[Prose]
    kind: Mapped[Word]
    text: Mapped[Prose]
    topic: Mapped[Line]
    level: Mapped[Line]
    citation: Mapped[Prose]
    explanation: Mapped[Prose]
    partial: Mapped[bool] = mapped_column(default=False)
    state: Mapped[Word]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)

    choices: Mapped[list["DraftChoice"]] = relationship(
        order_by="DraftChoice.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    faults: Mapped[list["DraftFault"]] = relationship(
        order_by="DraftFault.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class DraftChoice(Model):
    """One choice as it was read."""

    __tablename__ = "draft_choices"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_questions.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[Word]
    text: Mapped[Prose]
    right: Mapped[bool] = mapped_column("is_right")
    match: Mapped[Prose] = mapped_column("match_text", default="")
    tolerance: Mapped[Word] = mapped_column(default="")


class DraftTag(Model):
    """A tag that stood with a question in its file; `position` counts from 0."""

    __tablename__ = "draft_tags"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft_questions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[Line]


class DraftFault(Model):
    """One doubt about a question as read; an error holds the question back, a warning does not."""

    __tablename__ = "draft_faults"
    __table_args__ = (one_of("severity", Severity),)

    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_questions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Word]
    severity: Mapped[Word]
    place: Mapped[Line]
    message_vi: Mapped[Prose]
    message_en: Mapped[Prose]
    # The question already in the bank that it resembles, to be shown beside it.
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id", ondelete="SET NULL"), index=True
    )


class QuestionPicture(Model):
    """A picture shown with a question, kept as it came; versions and drafts point to it."""

    __tablename__ = "question_pictures"

    id: Mapped[Id]
    # In the picture's address: nobody can guess it.
    token: Mapped[Word] = mapped_column(unique=True)
    media_type: Mapped[Word]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class VersionPicture(Model):
    """The picture that a version of a question shows."""

    __tablename__ = "version_pictures"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("question_versions.id", ondelete="CASCADE"), primary_key=True
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey("question_pictures.id"), index=True)


class DraftPicture(Model):
    """The picture that stood with a question in its file."""

    __tablename__ = "draft_pictures"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft_questions.id", ondelete="CASCADE"), primary_key=True
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey("question_pictures.id"), index=True)
