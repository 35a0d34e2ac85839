"""Targets: what the organiser wants of units by their size, and who has reached it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import Refusal
from contest.participation import queries, target_actions, target_queries
from contest.participation.asked import Asked
from contest.participation.target_forms import MOST_TIERS, OwnTargetForm, TiersForm, filled_in
from contest.permissions import Permission
from contest.units import queries as units
from contest.units.words import HEADCOUNT_KINDS
from contest.web.access import current_actor, requires
from contest.web.forms import Form
from contest.web.translations import shown

blueprint = Blueprint("targets", __name__)


@blueprint.route("/desk/contests/<int:contest_id>/targets", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def edit(contest_id: int) -> ResponseReturnValue:
    """The tiers of a contest."""
    now, actor = clock.now(), current_actor()
    contest = contests.contest_for_staff(contest_id)
    form = TiersForm(data=filled_in(target_queries.tiers(contest_id)))
    if form.validate_on_submit():
        try:
            with write_transaction():
                target_actions.set_tiers(contest, form.tiers(), actor, now)
            flash(_("Đã lưu chỉ tiêu."), "done")
            return redirect(url_for("targets.edit", contest_id=contest_id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return _page(contest_id, form, OwnTargetForm(formdata=None))


def _page(contest_id: int, form: Form, own: Form) -> ResponseReturnValue:
    blocks = contests.blocks(contest_id)
    answer = render_template(
        "participation/targets_edit.html",
        contest=contests.contest_for_staff(contest_id),
        form=form,
        own=own,
        lines=range(1, MOST_TIERS + 1),
        chosen=target_queries.named_targets(contest_id),
        blocks=blocks,
        kinds=dict(queries.block_kinds(blocks)),
        counted=HEADCOUNT_KINDS,
    )
    return answer, 422 if form.errors or own.errors else 200


@blueprint.post("/desk/contests/<int:contest_id>/targets/unit")
@requires(Permission.CONTEST_EDIT)
def set_own(contest_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), OwnTargetForm()
    contest = contests.contest_for_staff(contest_id)
    if form.validate_on_submit():
        try:
            with write_transaction():
                target_actions.set_own(contest, units.typed(form.unit.data), form.people.data, actor, now)
            flash(_("Đã lưu chỉ tiêu."), "done")
            return redirect(url_for("targets.edit", contest_id=contest_id))
        except Refusal as refusal:
            form.unit.errors = [str(shown(refusal.sentence))]
    return _page(contest_id, TiersForm(formdata=None, data=filled_in(target_queries.tiers(contest_id))), form)


@blueprint.post("/desk/contests/<int:contest_id>/targets/blocks")
@requires(Permission.CONTEST_EDIT)
def set_kinds(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest, blocks = contests.contest_for_staff(contest_id), contests.blocks(contest_id)
    typed = {block.id: request.form.get(f"block{block.id}", "") for block in blocks}
    kinds = {block_id: kind if kind in HEADCOUNT_KINDS else "" for block_id, kind in typed.items()}
    with write_transaction():
        target_actions.set_kinds(contest, blocks, kinds, actor, now)
    flash(_("Đã lưu cách tính tỷ lệ của các khối."), "done")
    return redirect(url_for("targets.edit", contest_id=contest_id))


@blueprint.get("/desk/participation/targets/<int:contest_id>")
@requires(Permission.PARTICIPATION_VIEW)
def progress(contest_id: int) -> ResponseReturnValue:
    """Who has reached the target of a contest and who lacks how many, within what one may see."""
    now, within, asked = clock.now(), current_actor().unit_path, Asked.read(request.args)
    contest = contests.contest_for_staff(contest_id)
    numbers = target_queries.progress(contest, asked, now, within)
    rows = numbers.rows if numbers.rows else [numbers.scope] if numbers.scope else []
    goals = target_queries.targets_for(contest_id, [*rows, *([numbers.scope] if numbers.scope else [])])
    missing = request.args.get("show") == "missing"
    return render_template(
        "participation/targets.html",
        contest=contest,
        numbers=numbers,
        goals=goals,
        rows=[row for row in rows if not missing or goals[row.unit.id].reached is False],
        missing=missing,
        reached=sum(goals[row.unit.id].reached is True for row in rows),
        short=sum(goals[row.unit.id].reached is False for row in rows),
        unknown=sum(goals[row.unit.id].reached is None for row in rows),
    )
