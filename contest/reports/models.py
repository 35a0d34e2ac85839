"""Calls for reports, each unit's report with what it declares, and the letterheads of printed papers."""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of
from contest.participation.seen_as import View
from contest.rules.official import Body, Letterhead
from contest.rules.reporting import Act, Covers, State, Way


class LetterheadColumns:
    """A letterhead (rules.official.Letterhead) as columns: what a unit prints, and what was printed."""

    body: Mapped[Word]
    superior: Mapped[Line]
    name: Mapped[Line]
    # The letters after the number: "BC-UBND".
    sign: Mapped[Line]
    place: Mapped[Line]
    signer_title: Mapped[Prose]
    signer: Mapped[Line]
    recipients: Mapped[Prose]

    @property
    def letterhead(self) -> Letterhead:
        """The columns as one value."""
        texts = {one.name: getattr(self, one.name) for one in fields(Letterhead) if one.name != "body"}
        return Letterhead(Body(self.body), **texts)


class ReportCall(Model):
    """The organiser asks for reports: on a round, or on a whole contest (`round_id` None), until a moment."""

    __tablename__ = "report_calls"
    __table_args__ = (
        one_of("view", View),
        CheckConstraint("levels BETWEEN 1 AND 9", name="asks_some_levels"),
        Index(None, "contest_id"),
        Index(None, "due_at"),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    name: Mapped[Line]
    due_at: Mapped[datetime]
    # How many levels of units below the top have to report (rules.reporting.expected).
    levels: Mapped[int]
    # By the units of the time, or with those that have gone into them since (participation.seen_as.View).
    view: Mapped[Word] = mapped_column(default=View.THEN, server_default=View.THEN)
    # What the organiser wants to be told, shown to everybody who reports.
    note: Mapped[Prose]
    created_at: Mapped[datetime]


class Report(Model):
    """What one unit reports. `seen_*` is what the system had counted when it was sent, with all below."""

    __tablename__ = "reports"
    __table_args__ = (
        one_of("state", State),
        UniqueConstraint("call_id", "unit_id"),
        CheckConstraint("online_people IS NULL OR online_people >= 0", name="no_negative_people"),
        CheckConstraint("online_attempts IS NULL OR online_attempts >= 0", name="no_negative_attempts"),
        Index(None, "unit_id"),
    )

    id: Mapped[Id]
    call_id: Mapped[int] = mapped_column(ForeignKey("report_calls.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[Word] = mapped_column(default=State.DRAFT)
    # What the unit itself knows of online; None while it has not said.
    online_people: Mapped[int | None]
    online_attempts: Mapped[int | None]
    note: Mapped[Prose] = mapped_column(default="")
    seen_people: Mapped[int | None]
    seen_attempts: Mapped[int | None]
    headcount: Mapped[int | None]
    # Everybody it reported when it was sent: seen online and declared offline, each counted once.
    people: Mapped[int | None]
    first_sent_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class ReportCount(Model):
    """People whom the system has not seen, declared with day and place."""

    __tablename__ = "report_counts"
    __table_args__ = (
        one_of("way", Way),
        one_of("covers", Covers),
        CheckConstraint("people >= 0 AND attempts >= 0", name="counts_are_not_negative"),
        CheckConstraint("repeated IS NULL OR (repeated BETWEEN 0 AND people)", name="repeats_nobody_else"),
        Index(None, "report_id"),
    )

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    way: Mapped[Word]
    held_on: Mapped[date]
    place: Mapped[Line]
    people: Mapped[int]
    attempts: Mapped[int]
    # How many of these people took part online too, or are in another line; None while nobody has said.
    repeated: Mapped[int | None]
    covers: Mapped[Word] = mapped_column(default=Covers.UNSAID)


class ReportEvidence(Model):
    """A file that shows a declared count: minutes, a list with signatures, a photograph; a count has several."""

    __tablename__ = "report_evidence"
    # The same file twice shows nothing more.
    __table_args__ = (UniqueConstraint("count_id", "sha256"),)

    id: Mapped[Id]
    count_id: Mapped[int] = mapped_column(ForeignKey("report_counts.id", ondelete="CASCADE"))
    filename: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int]
    sha256: Mapped[Line]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]


class ReportAnswer(Model):
    """An answer to a question of rules.report_check; it holds as long as the numbers asked about stay."""

    __tablename__ = "report_answers"
    __table_args__ = (UniqueConstraint("report_id", "kind", "line", "about"),)

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    # The declared count it is about; 0: the report as a whole.
    line: Mapped[int]
    about: Mapped[Line]
    text: Mapped[Prose]


class ReportStep(Model):
    """What happened to a report: sent, recalled, returned with a note, approved."""

    __tablename__ = "report_steps"
    __table_args__ = (one_of("act", Act), Index(None, "report_id"))

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    staff_id: Mapped[int]
    actor: Mapped[Line]
    act: Mapped[Word]
    note: Mapped[Prose]


class UnitLetterhead(LetterheadColumns, Model):
    """What stands on top and at the end of a unit's printed papers (unit 0: the organiser's)."""

    __tablename__ = "letterheads"
    __table_args__ = (one_of("body", Body),)

    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
