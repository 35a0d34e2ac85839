"""Every SELECT about contests, their settings, texts, rounds and papers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, func, or_, select

from contest.contests.models import (
    Block,
    ConsentKind,
    ConsentText,
    Contest,
    ContestField,
    Paper,
    RankingLine,
    RecipeLine,
    Round,
    RulesText,
)
from contest.database import db
from contest.errors import NotFound
from contest.language import _
from contest.rules import timing
from contest.rules.ranking import RankingKey
from contest.rules.short_codes import tidy
from contest.rules.timing import Phase, Window


@dataclass(frozen=True)
class RoundLine:
    """A round and where it stands at the moment asked about: BEFORE, OPEN or CLOSED."""

    round: Round
    phase: Phase


@dataclass(frozen=True)
class ContestLine:
    """A contest with its rounds in order."""

    contest: Contest
    rounds: tuple[RoundLine, ...]

    @property
    def phase(self) -> Phase:
        """OPEN while any round is open, else BEFORE while one is to come, else CLOSED."""
        phases = {line.phase for line in self.rounds}
        return next((phase for phase in (Phase.OPEN, Phase.BEFORE) if phase in phases), Phase.CLOSED)


def contest_by_code(code: str, drafts: bool = False) -> Contest:
    """The contest at this address; unpublished ones only with `drafts`. Raises NotFound."""
    statement = select(Contest).where(Contest.code == code)
    if not drafts:
        statement = statement.where(Contest.published_at.is_not(None))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def contest_for_staff(contest_id: int) -> Contest:
    """Any contest, published or not; raises NotFound."""
    found = db.session.get(Contest, contest_id)
    if found is None:
        raise NotFound
    return found


def contest_of(round_: Round) -> Contest:
    """The contest a round belongs to."""
    return contest_for_staff(round_.contest_id)


def all_contests(now: datetime, drafts: bool = False) -> list[ContestLine]:
    """Contests with their rounds, newest first; unpublished contests and rounds only with `drafts`.

    Two statements, however many there are.
    """
    contests, rounds = select(Contest), select(Round)
    if not drafts:
        contests = contests.where(Contest.published_at.is_not(None))
        rounds = rounds.where(Round.published_at.is_not(None))
    lines: dict[int, list[RoundLine]] = {}
    for round_ in db.session.scalars(rounds.order_by(Round.number)):
        lines.setdefault(round_.contest_id, []).append(RoundLine(round_, phase_of(round_, now)))
    newest_first = contests.order_by(Contest.created_at.desc(), Contest.id.desc())
    return [ContestLine(one, tuple(lines.get(one.id, ()))) for one in db.session.scalars(newest_first)]


# Put together once: a whole hall asks it in the opening minute.
_BY_CODE = (
    select(Round, Contest)
    .join(Contest, Contest.id == Round.contest_id)
    .where(
        or_(*(Round.code == bindparam(name, type_=String) for name in ("typed", "tidied"))),
        Round.published_at.is_not(None),
    )
)


def round_by_code(code: str) -> Round:
    """The published round with this short code, however it was typed; raises NotFound."""
    return with_contest(code)[0]


def with_contest(code: str) -> tuple[Round, Contest]:
    """The same with its contest, in one statement."""
    found = db.session.execute(_BY_CODE, {"typed": code, "tidied": tidy(code)}).first()
    if found is None:
        raise no_such_round()
    return found[0], found[1]


def no_such_round() -> NotFound:
    """What to raise for a code that no published round has."""
    return NotFound(_("Không có đợt thi nào với mã này. Hãy kiểm tra lại mã hoặc quay về trang đầu."))


def round_for_staff(round_id: int) -> Round:
    """Any round, published or not; raises NotFound."""
    found = db.session.get(Round, round_id)
    if found is None:
        raise NotFound
    return found


def round_for_writing(round_id: int) -> Round:
    """As `round_for_staff`, held until the end of the transaction, so that nobody publishes it meanwhile."""
    found = db.session.scalar(select(Round).where(Round.id == round_id).with_for_update())
    if found is None:
        raise NotFound
    return found


def rounds_of(contest_id: int, drafts: bool = False) -> list[Round]:
    """The rounds of a contest in order; unpublished ones only with `drafts`."""
    statement = select(Round).where(Round.contest_id == contest_id)
    if not drafts:
        statement = statement.where(Round.published_at.is_not(None))
    return list(db.session.scalars(statement.order_by(Round.number)))


def lines_of(contest_id: int, now: datetime, drafts: bool = False) -> list[RoundLine]:
    """The rounds of a contest in order, each with where it stands now."""
    return [RoundLine(round_, phase_of(round_, now)) for round_ in rounds_of(contest_id, drafts)]


def phase_of(round_: Round, now: datetime) -> Phase:
    """BEFORE, OPEN or CLOSED for somebody who has not started."""
    return timing.at(now, Window(round_.opens_at, round_.closes_at), None, round_.minutes).phase


def next_number(contest_id: int) -> int:
    """The number of the contest's next round."""
    return (db.session.scalar(select(func.max(Round.number)).where(Round.contest_id == contest_id)) or 0) + 1


def blocks(contest_id: int) -> list[Block]:
    """The blocks of a contest in order."""
    return list(
        db.session.scalars(select(Block).where(Block.contest_id == contest_id).order_by(Block.position))
    )


def block_for_staff(contest_id: int, block_id: int) -> Block:
    """One block of this contest; raises NotFound."""
    found = db.session.scalar(select(Block).where(Block.id == block_id, Block.contest_id == contest_id))
    if found is None:
        raise NotFound
    return found


def fields(contest_id: int) -> list[ContestField]:
    """What a person is asked to declare beside the full name, in the order of the form."""
    statement = select(ContestField).where(ContestField.contest_id == contest_id)
    return list(db.session.scalars(statement.order_by(ContestField.position)))


def ranking_of(contest_id: int) -> tuple[RankingKey, ...]:
    """The ranking chain, first key first."""
    statement = select(RankingLine.key).where(RankingLine.contest_id == contest_id)
    return tuple(RankingKey(key) for key in db.session.scalars(statement.order_by(RankingLine.position)))


def rules_versions(contest_id: int) -> list[RulesText]:
    """All versions of the rules, newest first."""
    statement = select(RulesText).where(RulesText.contest_id == contest_id)
    return list(db.session.scalars(statement.order_by(RulesText.version.desc())))


def rules_in_force(contest_id: int, now: datetime) -> RulesText | None:
    """The newest version already in effect; before any is, the first to come; None without rules."""
    versions = rules_versions(contest_id)
    return next((one for one in versions if one.effective_at <= now), versions[-1] if versions else None)


def consent_texts(contest_id: int) -> dict[ConsentKind, ConsentText]:
    """What people are asked to agree to now: the newest text of each kind."""
    statement = select(ConsentText).where(ConsentText.contest_id == contest_id).order_by(ConsentText.version)
    return {ConsentKind(text.kind): text for text in db.session.scalars(statement)}


def recipe_of(round_id: int) -> list[RecipeLine]:
    """The lines of a round's recipe in order."""
    statement = select(RecipeLine).where(RecipeLine.round_id == round_id)
    return list(db.session.scalars(statement.order_by(RecipeLine.position)))


def questions_per_paper(round_ids: list[int]) -> dict[int, int]:
    """How many questions a paper of each of these rounds has."""
    statement = select(RecipeLine.round_id, func.sum(RecipeLine.count))
    rows = db.session.execute(
        statement.where(RecipeLine.round_id.in_(round_ids)).group_by(RecipeLine.round_id)
    )
    return {round_id: int(count) for round_id, count in rows}


def papers_count(round_id: int) -> int:
    """How many numbered papers a round has."""
    return db.session.scalar(select(func.count()).where(Paper.round_id == round_id)) or 0


def paper(round_id: int, number: int) -> Paper:
    """Paper `number` of a round; raises NotFound."""
    found = db.session.scalar(select(Paper).where(Paper.round_id == round_id, Paper.number == number))
    if found is None:
        raise NotFound(_("Đợt thi này không có mã đề số %(number)s. Hãy chọn một số nhỏ hơn.", number=number))
    return found
