"""Persons, what they declared on entering a contest, and what they agreed to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word

# In the very words of the partial indexes: SQLite would not see that "sought = 0" means the same, and read all.
UNSOUGHT, UNCOMPARED = text("NOT entries.sought"), text("NOT entries.compared")


class Person(Model):
    """A human. Known again by a signed device cookie, or on another device by the return code."""

    __tablename__ = "people"

    id: Mapped[Id]
    # Keyed hash of the return code; the code itself is shown once and never kept.
    return_code_hash: Mapped[Line] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Entry(Model):
    """A person in one contest, with the unit and block declared there; attempts point here."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("contest_id", "person_id"),
        # The same phone or staff code is one entrant; knowing it opens nothing, it only holds the limit.
        UniqueConstraint("contest_id", "identity_key"),
        CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year_is_a_year"
        ),
        CheckConstraint("NOT (anonymous AND ranked)", name="nobody_without_a_name_is_ranked"),
        Index(None, "unit_id"),
        # Those who were erased: few, and looked for every minute.
        Index(
            "ix_entries_erased",
            "id",
            sqlite_where=text("search_key = ''"),
            postgresql_where=text("search_key = ''"),
        ),
        Index(None, "contest_id", "search_key", "unit_id"),
        Index(None, "contest_id", "phone"),
        Index(None, "contest_id", "code_key"),
        # Not yet looked for on the lists of units: those who have just come in or changed something.
        Index(
            "ix_entries_unsought",
            "id",
            sqlite_where=text("NOT sought"),
            postgresql_where=text("NOT sought"),
        ),
        # Not yet compared with the others of the contest, see duplicates.
        Index(
            "ix_entries_uncompared",
            "id",
            sqlite_where=text("NOT compared"),
            postgresql_where=text("NOT compared"),
        ),
        Index(
            "ix_entries_second_unit",
            "contest_id",
            "second_unit_id",
            sqlite_where=text("second_unit_id IS NOT NULL"),
            postgresql_where=text("second_unit_id IS NOT NULL"),
        ),
        Index(
            "ix_entries_birth_date",
            "contest_id",
            "birth_date",
            sqlite_where=text("birth_date IS NOT NULL"),
            postgresql_where=text("birth_date IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[Line]
    # As typed, before case and spaces were tidied.
    name_as_typed: Mapped[Line]
    sort_key: Mapped[Prose]
    search_key: Mapped[Prose]
    birth_year: Mapped[int | None]
    # Where the contest asks for the whole date; its year then stands in `birth_year` too.
    birth_date: Mapped[date | None]
    phone: Mapped[Word | None]
    staff_code: Mapped[Word | None]
    # What of the code is compared, see rules.staff_codes.
    code_key: Mapped[Word | None]
    address: Mapped[Line | None]
    # Keyed hash of "phone:0912…", "code:NV001" or "roster:17", so that it can outlive the erasing of what it
    # was made of; None where nothing of the kind was given.
    identity_key: Mapped[Line | None]
    # None: takes part as a free individual (cá nhân tự do).
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    # A unit beside the workplace (chi đoàn): told beside its numbers (participation.second_units), never added up.
    second_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))
    # Takes part but never takes a rank (dự thi không xét giải): board, authors, technicians.
    ranked: Mapped[bool]
    # Agreed to have the name published; without it, tables show a masked name.
    publishes_name: Mapped[bool]
    # Somebody helped at an event (có người hỗ trợ).
    assisted: Mapped[bool]
    # Answered first and has not said who they are: counted as a person, of no unit, never ranked.
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    entered_at: Mapped[datetime]
    # Looked for on the staff lists of units (rosters) as it stands now; whatever changes it takes this back.
    sought: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Compared with the others of the contest (duplicates) as it stands now; taken back likewise.
    compared: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    def changed(self) -> None:
        """What it says of a person has changed: lists and duplicates are looked through again."""
        self.sought = self.compared = False


class MergedEntry(Model):
    """An entry whose person is, in the same contest, the one of another entry; what it handed in stands there.

    It starts nothing any more. `led`: the person's devices and return code open the other person's.
    """

    __tablename__ = "merged_entries"
    __table_args__ = (CheckConstraint("entry_id <> into_id", name="are_two"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    into_person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    led: Mapped[bool]


class Consent(Model):
    """One agreement: which text, in which version, when."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("entry_id", "consent_text_id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    consent_text_id: Mapped[int] = mapped_column(ForeignKey("consent_texts.id"))
    given_at: Mapped[datetime]


class ReturnTry(Model):
    """A wrong return code, counted per device and per identity, never per network address."""

    __tablename__ = "return_tries"
    __table_args__ = (Index(None, "device", "at"),)

    id: Mapped[Id]
    device: Mapped[Line]
    at: Mapped[datetime]
