"""Tallies of handed-in attempts. Direct counts only; sums along the tree are made when read.

`changed_in` is the version (see TallyState) in which a row last changed: whoever has read all of an earlier
version reads only what is new.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Model, Word
from contest.units.models import HeadcountKind


class UnitTally(Model):
    """People and attempts of one unit (0: free individuals) in one block of a round."""

    __tablename__ = "unit_tallies"
    __table_args__ = (
        CheckConstraint("people <= attempts", name="nobody_without_an_attempt"),
        Index(None, "round_id", "changed_in"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    people: Mapped[int]
    attempts: Mapped[int]
    changed_in: Mapped[int]


class ScoreTally(Model):
    """How many people of a block have this score as the one that counts."""

    __tablename__ = "score_tallies"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    score: Mapped[int] = mapped_column(primary_key=True)
    out_of: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]


class DoorVisitor(Model):
    """A person who handed in through a door; so that people and attempts per event are both true."""

    __tablename__ = "door_visitors"
    __table_args__ = (UniqueConstraint("door_id", "person_id"),)

    id: Mapped[Id]
    door_id: Mapped[int] = mapped_column(ForeignKey("doors.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    attempts: Mapped[int]


class HourTally(Model):
    """Attempts handed in within one hour of a round; days are sums of hours."""

    __tablename__ = "hour_tallies"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    # The moment the hour begins; Vietnam's hours begin with the world's.
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    attempts: Mapped[int]


class UnitHourTally(Model):
    """Attempts handed in within one hour for one unit (0: free individuals) of a round."""

    __tablename__ = "unit_hour_tallies"
    # On SQLite the rows lie in the order of the key: the hours of one unit are together, whenever they came.
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    attempts: Mapped[int]


class ContestPerson(Model):
    """A person who handed in at least once in any round of a contest: counted once, however many rounds.

    They stand where the attempt that counts for them in their latest round was made, so that people of all
    units add up to the people of the contest.
    """

    __tablename__ = "contest_people"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    # The round with the highest number in which they handed in.
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    unit_id: Mapped[int]
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))


class ContestTally(Model):
    """People and attempts of one unit (0: free individuals) in one block, over all rounds of a contest."""

    __tablename__ = "contest_tallies"
    __table_args__ = (
        CheckConstraint("people <= attempts", name="nobody_without_an_attempt"),
        Index(None, "contest_id", "changed_in"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    people: Mapped[int]
    attempts: Mapped[int]
    # The sum of the versions of its rounds.
    changed_in: Mapped[int]


class TallyState(Model):
    """Until when a round has been counted ("số liệu chốt lúc …"), and how often its numbers have changed."""

    __tablename__ = "tally_states"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    counted_at: Mapped[datetime]
    version: Mapped[int]


class VerifiedEntry(Model):
    """An entry that the numbers hold for verified: matched with the staff list of its unit, see rosters."""

    __tablename__ = "verified_entries"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)


class VerifiedTally(Model):
    """How many of a unit's people of a block in a round (see UnitTally) are verified."""

    __tablename__ = "verified_tallies"
    __table_args__ = (CheckConstraint("people >= 0", name="people_are_not_negative"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    people: Mapped[int]


class VerifiedContestTally(Model):
    """How many of a unit's people of a block over all rounds of a contest (see ContestTally) are verified."""

    __tablename__ = "verified_contest_tallies"
    __table_args__ = (CheckConstraint("people >= 0", name="people_are_not_negative"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    people: Mapped[int]


class StatisticsSetting(Model):
    """What the organiser lets the public statistics of a contest say; without a row, the defaults."""

    __tablename__ = "statistics_settings"
    __table_args__ = (
        CheckConstraint("lowest BETWEEN 0 AND 20", name="lowest_is_a_short_list"),
        CheckConstraint("main IN ('', 'officials', 'youth', 'residents')", name="main_is_a_known_word"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    # So many units with the lowest rates are named; 0: none.
    lowest: Mapped[int]
    # Of which headcount every unit's main rate is (units.models.HeadcountKind); "": each unit by its kind.
    main: Mapped[Word] = mapped_column(server_default="")


class BlockMeasure(Model):
    """Whom the people of a block are held against; without a row its name says it, if it does."""

    __tablename__ = "block_measures"
    __table_args__ = (
        CheckConstraint(
            f"kind = '' OR kind IN ({', '.join(repr(kind.value) for kind in HeadcountKind)})",
            name="kind_is_a_known_word",
        ),
    )

    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id", ondelete="CASCADE"), primary_key=True)
    # "": any headcount, each unit by its kind.
    kind: Mapped[Word]
