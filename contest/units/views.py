"""Pages of units: the tree, one unit and its headcounts, and suggestions while typing."""

from datetime import date, datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.clock import VIETNAM
from contest.database import write_transaction
from contest.errors import Refusal
from contest.paging import page_of
from contest.permissions import Permission
from contest.units import (
    actions,
    change_queries,
    change_views,
    headcount_actions,
    headcount_queries,
    lineage,
    list_queries,
    queries,
    shape_queries,
    table_views,
)
from contest.units.forms import HeadcountForm, NewUnitForm, UnitForm
from contest.units.words import CHANGES, HEADCOUNT_KINDS, UNIT_KINDS
from contest.web.access import current_actor, public, requires
from contest.web.translations import shown

blueprint = Blueprint("units", __name__)
blueprint.register_blueprint(table_views.blueprint)
blueprint.register_blueprint(change_views.blueprint)

# Names of units change rarely; a phone that asks for the same letters again need not.
SUGGESTIONS_KEPT = "public, max-age=300"


@blueprint.get("/units/suggest")
@public
def suggest() -> ResponseReturnValue:
    found = [
        {"code": one.unit.code, "name": one.unit.name, "above": one.above}
        | ({"was": one.was} if one.was else {})
        for one in queries.suggestions(request.args.get("q", "")[:200])
    ]
    answer = jsonify(units=found)
    answer.headers["Cache-Control"] = SUGGESTIONS_KEPT
    return answer


@blueprint.get("/desk/units")
@requires(Permission.UNIT_VIEW)
def index() -> str:
    within, q = current_actor().unit_path, request.args.get("q", "")
    uncounted, top = request.args.get("show") == "uncounted", None
    if uncounted:
        page = page_of(queries.uncounted(within), request.args.get("page"))
    elif q:
        page = page_of(list_queries.found(q, within), request.args.get("page"))
    else:
        top = list_queries.only_root(within)
        page = page_of(list_queries.children_of(top.id if top else None, within), request.args.get("page"))
    return render_template(
        "units/index.html",
        q=q,
        uncounted=uncounted,
        top=top,
        page=page,
        lines=list_queries.lines(page.rows, q),
        total=queries.count(within),
        kinds=UNIT_KINDS,
    )


@blueprint.get("/desk/units/<int:unit_id>")
@requires(Permission.UNIT_VIEW)
def page(unit_id: int) -> str:
    return _page(unit_id, HeadcountForm(), clock.now())


def _page(unit_id: int, form: HeadcountForm, now: datetime) -> str:
    within, today = current_actor().unit_path, _day(now)
    unit = lineage.by_id(unit_id, within)
    children = page_of(list_queries.children_of(unit.id, within), request.args.get("page"))
    headcounts = headcount_queries.headcounts(unit.id)
    return render_template(
        "units/unit.html",
        unit=unit,
        steps=shape_queries.steps(unit, within),
        children=children,
        lines=list_queries.lines(children.rows),
        headcounts=headcounts,
        in_force=headcount_queries.in_force(headcounts, today),
        names=queries.names_of({unit.id}).get(unit.id, []),
        went=change_queries.of_unit(unit.id),
        sees=lambda one: lineage.is_answered_for(one, within),
        closed_from=lineage.closed_from(unit),
        today=today,
        form=form,
        kinds=UNIT_KINDS,
        counted=HEADCOUNT_KINDS,
        changes=CHANGES,
    )


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


@blueprint.post("/desk/units/<int:unit_id>/headcounts")
@requires(Permission.HEADCOUNT_EDIT)
def enter_headcount(unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    queries.by_id(unit_id, actor.unit_path)
    form = HeadcountForm()
    if not form.validate_on_submit():
        return _page(unit_id, form, now), 422
    with write_transaction():
        unit = queries.by_id(unit_id, actor.unit_path)
        said = headcount_actions.Said(form.source.data, form.note.data or "", actor.name)
        line = (form.kind.data, form.number.data, form.valid_from.data)
        headcount_actions.enter(unit, *line, said, actor, now)
    flash(_("Đã ghi số người."), "done")
    return redirect(url_for("units.page", unit_id=unit_id))


@blueprint.route("/desk/units/<int:unit_id>/edit", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def edit(unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit = queries.by_id(unit_id)
    form = UnitForm(obj=unit)
    if form.validate_on_submit():
        with write_transaction():
            line = (form.name.data, form.kind.data, form.block.data)
            actions.edit(queries.by_id(unit_id), *line, actor, now)
        flash(_("Đã lưu đơn vị."), "done")
        return redirect(url_for("units.page", unit_id=unit_id))
    return render_template("units/edit.html", form=form, unit=unit), 422 if form.errors else 200


@blueprint.route("/desk/units/add", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def add() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    asked = request.args.get("parent", "")
    parent = queries.by_id(int(asked)) if asked.isdecimal() else None
    form = NewUnitForm(data={"parent": queries.picked(parent)})
    if form.validate_on_submit():
        try:
            with write_transaction():
                above = queries.typed(form.parent.data) if form.parent.data else None
                line = (form.code.data, form.name.data, form.kind.data, form.block.data)
                unit = actions.add(*line, above, actor, now)
            flash(_("Đã thêm đơn vị."), "done")
            return redirect(url_for("units.page", unit_id=unit.id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return render_template("units/edit.html", form=form, unit=None), 422 if form.errors else 200
