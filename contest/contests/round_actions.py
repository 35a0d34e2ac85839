"""What is done with a round before and after it is published, publishing itself aside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.contests import queries
from contest.contests.models import Contest, RecipeLine, Round
from contest.contests.moments import typed_closing
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import drawing
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting
from contest.rules.short_codes import short_code
from contest.rules.timing import LateStart

MOST_QUESTIONS = 200


@dataclass(frozen=True)
class TypedRound:
    """A round as an organiser typed it."""

    name: str
    opens_at: datetime
    closes_at: datetime
    bank_id: int
    minutes: int
    attempts_allowed: int
    counting: Counting
    late_start: LateStart
    blank_rule: BlankRule
    shuffle_choices: bool
    prediction: Target | None
    papers_wanted: int
    whole_paper: bool = False


def add_round(
    contest: Contest, typed: TypedRound, questions: int, entropy: bytes, now: datetime, by: Actor
) -> Round:
    """Add a round whose papers take `questions` questions of any kind, until the recipe says more."""
    _check_window(typed)
    round_ = Round(
        contest_id=contest.id,
        number=queries.next_number(contest.id),
        code=short_code(entropy),
        **_columns(typed),
    )
    db.session.add(round_)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(_("Chưa lập được đợt thi do trùng mã. Hãy bấm lưu lần nữa.")) from None
    set_recipe(round_, [drawing.RecipeLine(questions)])
    history.record(by.signature, "round:add", ("round", round_.id, round_.name), now, contest.name)
    return round_


def edit_round(round_: Round, typed: TypedRound, now: datetime, by: Actor) -> None:
    """Change a round that nobody has seen yet."""
    require_unpublished(round_)
    _check_window(typed)
    for column, value in _columns(typed).items():
        setattr(round_, column, value)
    db.session.flush()
    history.record(by.signature, "round:edit", ("round", round_.id, round_.name), now)


def edit_recipe(round_: Round, lines: list[drawing.RecipeLine], now: datetime, by: Actor) -> None:
    """Say anew what a paper is made of."""
    require_unpublished(round_)
    set_recipe(round_, lines)
    questions = sum(line.count for line in lines)
    history.record(by.signature, "round:recipe", ("round", round_.id, round_.name), now, str(questions))


def set_recipe(round_: Round, lines: list[drawing.RecipeLine]) -> None:
    """Replace the recipe; an empty one or one beyond reason is refused."""
    if not 1 <= sum(line.count for line in lines) <= MOST_QUESTIONS:
        raise Refusal(
            _("Một đề có từ 1 đến %(most)s câu. Hãy xem lại số câu từng dòng.", most=MOST_QUESTIONS)
        )
    db.session.execute(delete(RecipeLine).where(RecipeLine.round_id == round_.id))
    for position, line in enumerate(lines, start=1):
        db.session.add(
            RecipeLine(
                round_id=round_.id,
                position=position,
                count=line.count,
                topic=line.topic or "",
                level=line.level or "",
            )
        )
    db.session.flush()


def delete_round(round_: Round, now: datetime, by: Actor) -> None:
    """Remove a round that was never published and that nothing points to."""
    require_unpublished(round_)
    subject = ("round", round_.id, round_.name)
    try:
        db.session.execute(delete(Round).where(Round.id == round_.id))
    except IntegrityError:
        raise Refusal(
            _(
                "Đợt thi này đã có sự kiện hoặc áp phích. Hãy xóa sự kiện trước, hoặc giữ đợt thi và đổi thời gian."
            )
        ) from None
    db.session.expunge(round_)
    history.record(by.signature, "round:delete", subject, now)


def extend(round_: Round, closes_at: datetime, now: datetime, by: Actor) -> None:
    """Let a published round close later. Not earlier, and not once it has closed and keys may be known."""
    if round_.published_at is None:
        raise Refusal(_("Đợt thi chưa công bố. Hãy sửa giờ đóng trong thông tin đợt thi."))
    if now >= round_.closes_at:
        raise Refusal(_("Đợt thi đã đóng, đáp án có thể đã được xem. Hãy lập một đợt thi mới."))
    if closes_at <= round_.closes_at:
        raise Refusal(
            _(
                "Đợt thi đã công bố chỉ có thể lùi giờ đóng. Hãy chọn thời điểm sau %(closes)s.",
                closes=typed_closing(round_.closes_at),
            )
        )
    detail = f"{typed_closing(round_.closes_at)} → {typed_closing(closes_at)}"
    round_.first_closes_at = round_.first_closes_at or round_.closes_at
    round_.closes_at = closes_at
    round_.reckoning += 1
    history.record(by.signature, "round:extend", ("round", round_.id, round_.name), now, detail)


def require_unpublished(round_: Round) -> None:
    """People have read what a published round says and may have begun: only its closing may move."""
    if round_.published_at is not None:
        raise Refusal(
            _(
                "Đợt thi đã công bố nên không sửa được nữa, chỉ có thể lùi giờ đóng. Muốn khác, hãy lập đợt thi mới."
            )
        )


def _check_window(typed: TypedRound) -> None:
    if typed.opens_at >= typed.closes_at:
        raise Refusal(_("Giờ đóng phải sau giờ mở. Hãy xem lại hai thời điểm."))


def _columns(typed: TypedRound) -> dict[str, object]:
    return dict(vars(typed))
