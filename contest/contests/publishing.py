"""Publishing a round: the numbered papers are drawn, checked and stored, and the round can be seen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from contest import history
from contest.banks import queries as banks
from contest.contests import queries, settings_queries
from contest.contests.checklist import State, checklist, may_open
from contest.contests.models import Paper, PaperQuestion, Round
from contest.contests.round_actions import require_unpublished
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import drawing


@dataclass(frozen=True)
class Draft:
    """Papers drawn but not yet stored, with what they were drawn from."""

    seed: str
    basis: tuple[object, ...]
    papers: tuple[drawing.Paper, ...]


def draw(round_: Round, seed: str, now: datetime) -> Draft:
    """Draw the papers. Takes up to a second, so it is done before writing, when nobody waits for it.

    Raises Refusal with the first thing that keeps the round from opening.
    """
    _require_ready(round_, now)
    rows = banks.candidates(round_.bank_id)
    recipe = settings_queries.recipe(round_)
    papers = drawing.draw_papers(
        settings_queries.candidates(rows), recipe, round_.papers_wanted, seed, round_.shuffle_choices
    )
    return Draft(seed, _basis(round_, rows), papers)


def publish(round_: Round, draft: Draft, now: datetime, by: Actor) -> None:
    """Store the papers and let the round be seen, all in one act."""
    _require_ready(round_, now)
    rows = banks.candidates(round_.bank_id)
    if _basis(round_, rows) != draft.basis:
        raise Refusal(
            _("Ngân hàng hoặc đợt thi vừa được người khác sửa. Hãy xem lại bảng kiểm rồi công bố lần nữa.")
        )
    _store(round_, draft.papers, {row.question_id: row.version_id for row in rows})
    round_.seed, round_.published_at = draft.seed, now
    contest = queries.contest_of(round_)
    contest.published_at = contest.published_at or now
    db.session.flush()
    detail = f"{len(draft.papers)} mã đề · {draft.seed}"
    history.record(by.signature, "round:publish", ("round", round_.id, round_.name), now, detail)


def _require_ready(round_: Round, now: datetime) -> None:
    require_unpublished(round_)
    items = checklist(settings_queries.plan(round_, now))
    if not may_open(items):
        first = next(item for item in items if item.state is State.STOP)
        raise Refusal(_("Chưa công bố được. %(reason)s", reason=first.sentence))


def _basis(round_: Round, rows: list[banks.CandidateRow]) -> tuple[object, ...]:
    recipe = settings_queries.recipe(round_)
    return tuple(rows), recipe, round_.papers_wanted, round_.shuffle_choices


def _store(round_: Round, papers: tuple[drawing.Paper, ...], versions: dict[int, int]) -> None:
    db.session.execute(insert(Paper), [{"round_id": round_.id, "number": paper.number} for paper in papers])
    stored = db.session.execute(select(Paper.number, Paper.id).where(Paper.round_id == round_.id))
    ids = {row.number: row.id for row in stored}
    rows = [
        {
            "paper_id": ids[paper.number],
            "position": position,
            "version_id": versions[slot.question_id],
            "choice_order": ",".join(map(str, slot.choice_order)),
        }
        for paper in papers
        for position, slot in enumerate(paper.slots, start=1)
    ]
    db.session.execute(insert(PaperQuestion), rows)
