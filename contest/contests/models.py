"""Contests, their rules text and blocks, rounds, recipes and numbered papers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.database import Id, Line, Model, Prose, Word, one_of
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting, RankingKey, RankStyle
from contest.rules.timing import LateStart


class Label(StrEnum):
    """What the organiser calls it."""

    CONTEST = "cuoc_thi"
    FESTIVAL = "hoi_thi"


class DeclaredField(StrEnum):
    """What a person may be asked to declare beside their full name, in the order of the form."""

    BIRTH_YEAR = "birth_year"
    # The whole date, where the year alone does not tell people apart or old enough.
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    STAFF_CODE = "staff_code"
    ADDRESS = "address"
    UNIT = "unit"
    # A unit beside the workplace: the youth branch, the Party cell.
    SECOND_UNIT = "second_unit"
    BLOCK = "block"


class IdentifiedBy(StrEnum):
    """What makes two declarations the same entrant."""

    # The phone, else the staff code, whichever is asked.
    DECLARED = "declared"
    PHONE = "phone"
    STAFF_CODE = "staff_code"
    # A line of a unit's list: who is on none cannot enter.
    ROSTER = "roster"


class ConsentKind(StrEnum):
    """To take part at all, and (apart, free to refuse) to have one's name published."""

    TAKE_PART = "take_part"
    PUBLISH = "publish"


class Contest(Model):
    """A contest with one rules text and one way of ranking for all its rounds."""

    __tablename__ = "contests"
    __table_args__ = (
        one_of("label", Label),
        one_of("rank_style", RankStyle),
        one_of("identified_by", IdentifiedBy),
        CheckConstraint("minimum_age IS NULL OR minimum_age BETWEEN 1 AND 100", name="minimum_age_is_an_age"),
    )

    id: Mapped[Id]
    # In the address of its page: lower-case letters, digits, hyphens.
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    label: Mapped[Word]
    organiser: Mapped[Line]
    introduction: Mapped[Prose]
    rank_style: Mapped[Word]
    # Published beforehand; who is equal in everything else is drawn by it, and anyone can repeat it.
    draw_seed: Mapped[Line]
    # On this day names, phones and codes are erased and only counts stay; printed on the form.
    personal_data_until: Mapped[date]
    identified_by: Mapped[Word] = mapped_column(
        default=IdentifiedBy.DECLARED, server_default=IdentifiedBy.DECLARED.value
    )
    # In whole years; None: everybody may take part.
    minimum_age: Mapped[int | None]
    # People answer at once and declare who they are afterwards, only to be ranked.
    answer_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    blocks: Mapped[list["Block"]] = relationship(order_by="Block.position", lazy="raise_on_sql")
    fields: Mapped[list["ContestField"]] = relationship(order_by="ContestField.position", lazy="raise_on_sql")
    ranking: Mapped[list["RankingLine"]] = relationship(order_by="RankingLine.position", lazy="raise_on_sql")


class Block(Model):
    """People who are ranked among themselves: officials, residents, …"""

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("contest_id", "code"), UniqueConstraint("contest_id", "position"))

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    code: Mapped[Word]
    name: Mapped[Line]
    position: Mapped[int]


class ContestField(Model):
    """One thing a person is asked to declare in this contest."""

    __tablename__ = "contest_fields"
    __table_args__ = (one_of("field", DeclaredField), UniqueConstraint("contest_id", "field"))

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    field: Mapped[Word]
    required: Mapped[bool]
    position: Mapped[int]


class RankingLine(Model):
    """One key of the ranking chain, in its place."""

    __tablename__ = "ranking_lines"
    __table_args__ = (one_of("key", RankingKey), UniqueConstraint("contest_id", "position"))

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    position: Mapped[int]
    key: Mapped[Word]


class RulesText(Model):
    """The rules (thể lệ) as Markdown, in versions with the moment each takes effect."""

    __tablename__ = "rules_texts"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    version: Mapped[int]
    text: Mapped[Prose]
    effective_at: Mapped[datetime]
    created_at: Mapped[datetime]


class ConsentText(Model):
    """What people agree to, word for word, in versions; a consent points to the version that was shown."""

    __tablename__ = "consent_texts"
    __table_args__ = (one_of("kind", ConsentKind), UniqueConstraint("contest_id", "kind", "version"))

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    kind: Mapped[Word]
    version: Mapped[int]
    text: Mapped[Prose]
    created_at: Mapped[datetime]


class Round(Model):
    """One window in which people take part (đợt, tuần, vòng thi)."""

    __tablename__ = "rounds"
    __table_args__ = (
        one_of("counting", Counting),
        one_of("late_start", LateStart),
        one_of("blank_rule", BlankRule),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("minutes BETWEEN 1 AND 300", name="has_sensible_minutes"),
        CheckConstraint("attempts_allowed BETWEEN 1 AND 50", name="allows_sensible_attempts"),
        CheckConstraint("papers_wanted BETWEEN 1 AND 2000", name="wants_sensible_papers"),
        CheckConstraint(
            "prediction IS NULL OR prediction IN ("
            + ", ".join(f"'{target.value}'" for target in Target)
            + ")",
            name="prediction_is_a_known_word",
        ),
        UniqueConstraint("contest_id", "number"),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    number: Mapped[int]
    name: Mapped[Line]
    # Six unambiguous characters, in the address and under the QR of the round itself.
    code: Mapped[Word] = mapped_column(unique=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    # From this moment an attempt can be started; half-open: closes_at itself is outside.
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    minutes: Mapped[int]
    attempts_allowed: Mapped[int]
    counting: Mapped[Word]
    late_start: Mapped[Word]
    blank_rule: Mapped[Word]
    shuffle_choices: Mapped[bool]
    # The whole paper stands on one page; else one question is on the screen at a time.
    whole_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What is to be predicted; None when nothing is asked.
    prediction: Mapped[Word | None]
    papers_wanted: Mapped[int]
    # Recorded when the papers were generated: the same seed and bank give the same papers again.
    seed: Mapped[Line | None]
    published_at: Mapped[datetime | None]
    # The closing as it was published, once it has been moved.
    first_closes_at: Mapped[datetime | None]
    # The clock of everybody in the round stands still since then.
    paused_at: Mapped[datetime | None]
    # Grows with every act that moves anybody's time; a start reckoned before it is not stored after it.
    reckoning: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    recipe: Mapped[list["RecipeLine"]] = relationship(
        order_by="RecipeLine.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class RecipeLine(Model):
    """So many questions of a topic and level; empty means any."""

    __tablename__ = "recipe_lines"
    __table_args__ = (
        CheckConstraint("count BETWEEN 1 AND 200", name="takes_some_questions"),
        UniqueConstraint("round_id", "position"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    position: Mapped[int]
    count: Mapped[int]
    topic: Mapped[Line]
    level: Mapped[Line]


class Paper(Model):
    """A numbered paper (mã đề) of a round."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("round_id", "number"), UniqueConstraint("id", "round_id"))

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    number: Mapped[int]


class PaperQuestion(Model):
    """One question in its place (from 1) on a paper.

    `choice_order` names the bank's choice positions in the order shown: "2,0,1,3" shows the bank's third
    choice as A.
    """

    __tablename__ = "paper_questions"
    __table_args__ = (ForeignKeyConstraint(["paper_id"], ["papers.id"], ondelete="CASCADE"),)

    paper_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    choice_order: Mapped[Line]
