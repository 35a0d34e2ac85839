"""Reviewing standings, excluding attempts, publishing, and looking at what the questions were worth."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.permissions import Permission
from contest.results import actions, drafting, item_queries, looking, queries, review, tables
from contest.results.forms import DecisionForm
from contest.results.words import (
    ACTUAL,
    AGAINST,
    DISCRIMINATION_MARKS,
    DISCRIMINATIONS,
    FACILITIES,
    FACILITY_MARKS,
    HINTS,
    ROUND_STATE_MARKS,
    ROUND_STATES,
    SHEET_STATES,
)
from contest.rules import counting
from contest.web.access import current_actor, requires
from contest.web.pages import number
from contest.web.translations import current_language

blueprint = Blueprint("results_desk", __name__)


@blueprint.get("/desk/results")
@requires(Permission.RESULT_VIEW)
def index() -> ResponseReturnValue:
    now = clock.now()
    return render_template(
        "results/desk_index.html", rounds=queries.rounds(now), states=ROUND_STATES, marks=ROUND_STATE_MARKS
    )


@blueprint.get("/desk/results/<int:round_id>")
@requires(Permission.RESULT_VIEW)
def sheet(round_id: int) -> ResponseReturnValue:
    return _page(round_id, DecisionForm(), 200)


def _page(round_id: int, form: DecisionForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "results/desk_sheet.html",
        review=review.review(round_id, request.args, clock.now()),
        asked=request.args,
        form=form,
        hints=HINTS,
        states=SHEET_STATES,
        actual_words=ACTUAL,
        shown_number=tables.decimal_number,
    )
    return page, status


@blueprint.post("/desk/results/<int:round_id>/exclude")
@requires(Permission.RESULT_REVIEW)
def exclude(round_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), DecisionForm()
    if not form.validate():
        return _page(round_id, form, 422)
    attempt_id = int(form.attempt_id.data)
    draft = drafting.prepare(round_id, drafting.excluded_in(round_id) | {attempt_id})
    with write_transaction():
        made = actions.exclude(draft, attempt_id, form.reason.data, now, actor)
    flash(_("Đã loại bài và lập lại bảng thành bản %(version)s.", version=made.version), "done")
    return redirect(url_for("results_desk.sheet", round_id=round_id))


@blueprint.post("/desk/results/<int:round_id>/lift")
@requires(Permission.RESULT_REVIEW)
def lift(round_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), DecisionForm()
    if not form.validate():
        return _page(round_id, form, 422)
    attempt_id = int(form.attempt_id.data)
    draft = drafting.prepare(round_id, drafting.excluded_in(round_id) - {attempt_id})
    with write_transaction():
        made = actions.lift(draft, attempt_id, form.reason.data, now, actor)
    flash(_("Đã nhận lại bài và lập lại bảng thành bản %(version)s.", version=made.version), "done")
    return redirect(url_for("results_desk.sheet", round_id=round_id))


@blueprint.post("/desk/results/sheets/<int:sheet_id>/publish")
@requires(Permission.RESULT_PUBLISH)
def publish(sheet_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        made = actions.publish(sheet_id, now, actor)
    flash(_("Đã công bố kết quả. Ai cũng xem được từ bây giờ."), "done")
    return redirect(url_for("results_desk.sheet", round_id=made.round_id))


@blueprint.get("/desk/results/<int:round_id>/look")
@requires(Permission.RESULT_REVIEW)
def look(round_id: int) -> ResponseReturnValue:
    return render_template("results/look.html", signs=looking.look(round_id), hints=HINTS, against=AGAINST)


@blueprint.get("/desk/results/<int:round_id>/questions")
@requires(Permission.RESULT_REVIEW)
def questions(round_id: int) -> ResponseReturnValue:
    items = item_queries.round_items(round_id, request.args.get("order"), request.args.get("page"))
    return render_template("results/questions.html", items=items, **_ITEM_WORDS)


@blueprint.get("/desk/questions/<int:question_id>/use")
@requires(Permission.RESULT_REVIEW)
def question(question_id: int) -> ResponseReturnValue:
    use = item_queries.question_use(question_id)
    return render_template("results/question_use.html", use=use, **_ITEM_WORDS)


def _share(part: int, whole: int) -> str:
    """A percentage as printed; a dash of nothing."""
    return counting.percent(part, whole, 1, current_language()) or "–"


def _figure(value: float | None, decimals: int = 1) -> str:
    """A number as printed; a dash for what cannot be computed."""
    return number(None if value is None else Decimal(f"{value:.{decimals}f}"))


_ITEM_WORDS = {
    "facilities": FACILITIES,
    "facility_marks": FACILITY_MARKS,
    "discriminations": DISCRIMINATIONS,
    "discrimination_marks": DISCRIMINATION_MARKS,
    "share": _share,
    "figure": _figure,
}
