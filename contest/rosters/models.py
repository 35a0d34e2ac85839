"""People on the staff lists of units, files on their way in, and who of those who entered they are."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of

# In the very words of the partial index, see people.models.
UNSOUGHT_ROWS = text("NOT roster_rows.sought")


class RosterRow(Model):
    """One person on a unit's list for one contest; deleted when the contest forgets its people."""

    __tablename__ = "roster_rows"
    __table_args__ = (
        UniqueConstraint("contest_id", "unit_id", "code_key"),
        Index(None, "contest_id", "code_key"),
        Index(None, "contest_id", "phone"),
        Index(None, "contest_id", "name_key"),
        # New or changed, and not yet looked for among those who entered: few.
        Index(
            "ix_roster_rows_unsought",
            "id",
            sqlite_where=text("NOT sought"),
            postgresql_where=text("NOT sought"),
        ),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[Line]
    sort_key: Mapped[Prose]
    # The folded name, and the code as rules.staff_codes compares it.
    name_key: Mapped[Line]
    code: Mapped[Word | None]
    code_key: Mapped[Word | None]
    phone: Mapped[Word | None]
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    # The department within the unit, as the list writes it.
    place: Mapped[Line]
    added_at: Mapped[datetime]
    sought: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Somebody entered as this person, for certain or perhaps, and had their data erased since: nobody is told
    # any more whether they took part.
    forgotten: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class RosterUpload(Model):
    """A file on its way in: kept until its list is taken in or dropped, a week at most."""

    __tablename__ = "roster_uploads"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    # The list is of this unit with everything below it.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    filename: Mapped[Line]
    # Emptied once it has been read.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    # Headings that were not understood, one a line; and whether days were written 12/31.
    ignored: Mapped[Prose] = mapped_column(default="", server_default="")
    month_first: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Whether people the file no longer names are to be taken off; None until it is confirmed.
    drops_missing: Mapped[bool | None]


class DraftState(StrEnum):
    """What taking a line in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


class RosterDraft(Model):
    """One line of an uploaded file, compared with the list as it stood when the file was read."""

    __tablename__ = "roster_drafts"
    __table_args__ = (
        one_of("state", DraftState),
        Index(None, "upload_id", "state", "number"),
        Index(None, "upload_id", "row_id"),
    )

    id: Mapped[Id]
    upload_id: Mapped[int] = mapped_column(ForeignKey("roster_uploads.id", ondelete="CASCADE"))
    # The line of the file, from 1.
    number: Mapped[int]
    state: Mapped[Word]
    # The row it would change or leave as it is.
    row_id: Mapped[int | None]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[Line]
    code: Mapped[Word | None]
    phone: Mapped[Word | None]
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    place: Mapped[Line]


class RosterRemark(Model):
    """What is wrong with a line or should be looked at; see rules.roster_table.Problem."""

    __tablename__ = "roster_remarks"
    __table_args__ = (Index(None, "upload_id", "number"),)

    id: Mapped[Id]
    upload_id: Mapped[int] = mapped_column(ForeignKey("roster_uploads.id", ondelete="CASCADE"))
    number: Mapped[int]
    problem: Mapped[Word]
    words: Mapped[Line]


class MatchState(StrEnum):
    """Found by rule (surely, perhaps), or settled by a coordinator (accepted, different)."""

    SURELY = "surely"
    PERHAPS = "perhaps"
    ACCEPTED = "accepted"
    DIFFERENT = "different"


VERIFIED = (MatchState.SURELY, MatchState.ACCEPTED)
_VERIFIED_IN_SQL = text("state IN ('surely', 'accepted')")
# In the very words of the partial index, as above.
OPEN = text("roster_matches.state = 'perhaps'")


class RosterMatch(Model):
    """That an entry is, may be or is not this person of the list. Verified at most once on either side."""

    __tablename__ = "roster_matches"
    __table_args__ = (
        one_of("state", MatchState),
        UniqueConstraint("row_id", "entry_id"),
        CheckConstraint("(settled_at IS NULL) = (state IN ('surely', 'perhaps'))", name="settled_says_when"),
        Index(None, "entry_id"),
        Index(
            "ix_roster_matches_row_verified",
            "row_id",
            unique=True,
            sqlite_where=_VERIFIED_IN_SQL,
            postgresql_where=_VERIFIED_IN_SQL,
        ),
        Index(
            "ix_roster_matches_entry_verified",
            "entry_id",
            unique=True,
            sqlite_where=_VERIFIED_IN_SQL,
            postgresql_where=_VERIFIED_IN_SQL,
        ),
        Index(
            "ix_roster_matches_open",
            "row_id",
            sqlite_where=text("state = 'perhaps'"),
            postgresql_where=text("state = 'perhaps'"),
        ),
    )

    id: Mapped[Id]
    row_id: Mapped[int] = mapped_column(ForeignKey("roster_rows.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    state: Mapped[Word]
    # What it rests on, see rules.matching.Ground; "pass" where a pass was used.
    ground: Mapped[Word]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class MatchChange(Model):
    """An entry that became verified or stopped being so, until participation has counted it."""

    __tablename__ = "match_changes"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)


class Pass(Model):
    """A card that opens one person's entry. Its token is made from the program's secret and never kept."""

    __tablename__ = "roster_passes"

    id: Mapped[Id]
    row_id: Mapped[int] = mapped_column(ForeignKey("roster_rows.id", ondelete="CASCADE"), unique=True)
    # Counts reissues: another serial is another token, and the one before opens nothing any more.
    serial: Mapped[int]
    token_hash: Mapped[Line] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
