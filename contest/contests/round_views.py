"""The organiser's pages of rounds: window, recipe, closing, publishing, papers."""

import secrets
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import queries as banks
from contest.contests import paper_queries, publishing, queries, round_actions, settings_queries
from contest.contests.round_forms import ExtendForm, NewRoundForm, RecipeForm, RoundForm, Stock
from contest.contests.setup_steps import refusals_on, setup_steps
from contest.contests.words import BLANK_RULES, COUNTING, LATE_START, PHASES, TARGETS
from contest.database import write_transaction
from contest.permissions import Permission
from contest.rules import drawing
from contest.rules.prediction import Target
from contest.rules.ranking import RankingKey
from contest.web.access import current_actor, requires

WORDS = {
    "counting": COUNTING,
    "late_start": LATE_START,
    "blank_rule": BLANK_RULES,
    "targets": TARGETS,
    "phases": PHASES,
}


@requires(Permission.CONTEST_EDIT)
def rounds(contest_id: int) -> ResponseReturnValue:
    now = clock.now()
    lines = queries.lines_of(contest_id, now, drafts=True)
    return render_template(
        "contests/rounds.html",
        contest=queries.contest_for_staff(contest_id),
        lines=lines,
        counts=queries.questions_per_paper([line.round.id for line in lines]),
        any_bank=bool(banks.all_banks()),
        steps=setup_steps(contest_id, "rounds"),
        words=WORDS,
    )


@requires(Permission.CONTEST_EDIT)
def add_round(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest = queries.contest_for_staff(contest_id)
    form = NewRoundForm(_banks(), data=_suggested(contest_id, now))
    if form.validate_on_submit():
        entropy = secrets.token_bytes(16)
        with refusals_on(form):
            with write_transaction():
                contest = queries.contest_for_staff(contest_id)
                round_ = round_actions.add_round(
                    contest, form.typed(), form.questions.data, entropy, now, actor
                )
            flash(_("Đã thêm đợt thi. Hãy chia câu hỏi theo chủ đề và mức độ nếu cần."), "done")
            return redirect(url_for("contests_desk.recipe", round_id=round_.id))
        contest = queries.contest_for_staff(contest_id)
    steps = setup_steps(contest_id, "rounds")
    page = render_template("contests/new_round.html", contest=contest, form=form, steps=steps)
    return page, 422 if form.errors else 200


def _banks() -> list[tuple[int, str, int]]:
    return [(row.id, row.name, row.usable) for row in banks.all_banks()]


def _suggested(contest_id: int, now: datetime) -> dict[str, object]:
    """The next round is like the one before, a week later; the first one is next week, Monday to Sunday."""
    earlier = queries.rounds_of(contest_id, drafts=True)
    if not earlier:
        compared = RankingKey.PREDICTION in queries.ranking_of(contest_id)
        local = now.astimezone(clock.VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
        monday = local + timedelta(days=7 - local.weekday())
        name = _("Đợt %(number)s", number=1)
        return {
            "name": name,
            "opens_at": monday + timedelta(hours=8),
            "closes_at": monday + timedelta(days=7),
            "prediction": Target.ALL_RIGHT_PEOPLE.value if compared else "",
        }
    last, week = earlier[-1], timedelta(days=7)
    same = {name: getattr(last, name) for name in round_actions.TypedRound.__dataclass_fields__}
    return same | {
        "name": _("Đợt %(number)s", number=last.number + 1),
        "opens_at": last.opens_at + week,
        "closes_at": last.closes_at + week,
        "prediction": last.prediction or "",
        "questions": queries.questions_per_paper([last.id]).get(last.id),
    }


@requires(Permission.CONTEST_EDIT)
def edit_round(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    round_ = queries.round_for_staff(round_id)
    if round_.published_at is not None and request.method == "GET":
        return _published_page(round_id, now)
    form = RoundForm(_banks(), obj=round_)
    if form.validate_on_submit():
        with refusals_on(form):
            with write_transaction():
                round_actions.edit_round(queries.round_for_writing(round_id), form.typed(), now, actor)
            flash(_("Đã lưu đợt thi."), "done")
            return redirect(url_for("contests_desk.edit_round", round_id=round_id))
        round_ = queries.round_for_staff(round_id)
    page = render_template(
        "contests/round.html",
        contest=queries.contest_of(round_),
        round=round_,
        form=form,
        steps=setup_steps(round_.contest_id, "rounds"),
    )
    return page, 422 if form.errors else 200


def _published_page(round_id: int, now: datetime) -> ResponseReturnValue:
    round_ = queries.round_for_staff(round_id)
    return render_template(
        "contests/published_round.html",
        contest=queries.contest_of(round_),
        round=round_,
        phase=queries.phase_of(round_, now),
        recipe=queries.recipe_of(round_id),
        bank=banks.bank(round_.bank_id),
        papers=queries.papers_count(round_id),
        form=ExtendForm(data={"closes_at": round_.closes_at}),
        steps=setup_steps(round_.contest_id, "rounds"),
        words=WORDS,
    )


@requires(Permission.CONTEST_EDIT)
def recipe(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    round_ = queries.round_for_staff(round_id)
    round_actions.require_unpublished(round_)
    cells = banks.topics_and_levels(round_.bank_id)
    lines = settings_queries.recipe(round_)
    form = RecipeForm([Stock(cell.topic, cell.level, cell.usable) for cell in cells], lines)
    if form.validate_on_submit():
        with refusals_on(form):
            with write_transaction():
                round_actions.edit_recipe(queries.round_for_writing(round_id), form.recipe(), now, actor)
            flash(_("Đã lưu cấu trúc đề."), "done")
            return redirect(url_for("contests_desk.recipe", round_id=round_id))
        round_ = queries.round_for_staff(round_id)
    candidates = settings_queries.candidates(banks.candidates(round_.bank_id))
    page = render_template(
        "contests/recipe.html",
        contest=queries.contest_of(round_),
        round=round_,
        form=form,
        bank=banks.bank(round_.bank_id),
        cells=[cell for cell in cells if cell.usable],
        lines=lines,
        missing=sum(gap.missing for gap in drawing.shortage(candidates, lines)) if lines else 0,
        steps=setup_steps(round_.contest_id, "rounds"),
    )
    return page, 422 if form.errors else 200


@requires(Permission.CONTEST_EDIT)
def delete_round(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        round_ = queries.round_for_writing(round_id)
        contest_id = round_.contest_id
        round_actions.delete_round(round_, now, actor)
    flash(_("Đã xóa đợt thi."), "done")
    return redirect(url_for("contests_desk.rounds", contest_id=contest_id))


@requires(Permission.CONTEST_EDIT)
def publish(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    draft = publishing.draw(queries.round_for_staff(round_id), secrets.token_hex(16), now)
    with write_transaction():
        round_ = queries.round_for_writing(round_id)
        publishing.publish(round_, draft, now, actor)
    flash(_("Đã công bố đợt thi và lập %(count)s mã đề.", count=len(draft.papers)), "done")
    return redirect(url_for("contests_desk.show", contest_id=round_.contest_id))


@requires(Permission.CONTEST_EDIT)
def paper(round_id: int, number: int) -> ResponseReturnValue:
    round_ = queries.round_for_staff(round_id)
    with_key = request.args.get("key") == "1"
    return render_template(
        "contests/paper.html",
        contest=queries.contest_of(round_),
        round=round_,
        number=number,
        papers=queries.papers_count(round_id),
        questions=paper_queries.printed(round_id, number, with_key),
        with_key=with_key,
    )
