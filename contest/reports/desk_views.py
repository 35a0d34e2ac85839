"""Pages of calls for reports: what is asked until when, and how far the units have come."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from contest import clock
from contest.database import write_transaction
from contest.participation.seen_as import View
from contest.permissions import Permission
from contest.reports import (
    actions,
    gathering,
    listing,
    progress_queries,
    queries,
    reminder_views,
    report_views,
    snapshot_queries,
    snapshot_views,
)
from contest.reports.actions import Wish
from contest.reports.forms import CallForm
from contest.reports.listing import Asked
from contest.reports.words import PUNCTUALITY, STATES, WAYS
from contest.units import change_queries
from contest.units import queries as units
from contest.web.access import current_actor, requires

blueprint = Blueprint("reports", __name__)
blueprint.register_blueprint(report_views.blueprint)
blueprint.register_blueprint(snapshot_views.blueprint)
blueprint.register_blueprint(reminder_views.blueprint)


@blueprint.get("/desk/reports")
@requires(Permission.REPORT_SEND)
def index() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    lines = queries.calls()
    mine = queries.reports_of_unit(actor.unit_id or 0, [line.call.id for line in lines])
    return render_template(
        "reports/index.html",
        lines=lines,
        mine=mine,
        states=STATES,
        now=now,
        own=units.by_id(actor.unit_id) if actor.unit_id else None,
        waiting=queries.awaiting(actor.unit_path, listing.MOST_WAITING),
        all_waiting=queries.count_awaiting(actor.unit_path),
    )


@blueprint.route("/desk/reports/new", methods=["GET", "POST"])
@requires(Permission.REPORT_ASK)
def ask() -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), CallForm()
    form.subject.choices = _subjects()
    _leave_out_what_is_no_question(form)
    if form.validate_on_submit():
        contest_id, _colon, round_id = form.subject.data.partition(":")
        with write_transaction():
            call = actions.ask(int(contest_id), int(round_id) if round_id else None, _wish(form), now, actor)
        flash(_("Đã yêu cầu các đơn vị báo cáo."), "done")
        return redirect(url_for("reports.call", call_id=call.id))
    return render_template("reports/ask.html", form=form, line=None), 422 if form.errors else 200


@blueprint.route("/desk/reports/<int:call_id>/edit", methods=["GET", "POST"])
@requires(Permission.REPORT_ASK)
def edit(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    line = queries.call(call_id)
    form = CallForm(obj=line.call)
    del form.subject
    _leave_out_what_is_no_question(form)
    if form.validate_on_submit():
        with write_transaction():
            actions.change(queries.call(call_id).call, _wish(form), now, actor)
        flash(_("Đã lưu."), "done")
        return redirect(url_for("reports.call", call_id=call_id))
    return render_template("reports/ask.html", form=form, line=line), 422 if form.errors else 200


def _subjects() -> list[SelectChoice]:
    choices = []
    for contest, rounds in queries.subjects():
        choices += [SelectChoice(f"{contest.id}:{one.id}", f"{contest.name} – {one.name}") for one in rounds]
        whole = _("%(contest)s – cả cuộc thi", contest=contest.name)
        choices.append(SelectChoice(f"{contest.id}:", whole))
    return choices


def _leave_out_what_is_no_question(form: CallForm) -> None:
    """By which units to count is only asked where units have gone into others."""
    if not change_queries.heirs():
        del form.view


def _wish(form: CallForm) -> Wish:
    view = View(form.view.data) if form.view else View.THEN
    return Wish(form.name.data, form.due_at.data, form.levels.data, form.note.data or "", view)


@blueprint.get("/desk/reports/<int:call_id>")
@requires(Permission.REPORT_SEND)
def call(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    line, asked = queries.call(call_id), Asked.read(request.args)
    found = gathering.sight(line, actor.unit_path, now)
    return render_template(
        "reports/call.html",
        line=line,
        asked=asked,
        page=listing.a_page(found, asked, actor.unit_id, request.args.get("page")),
        stands=progress_queries.progress([line], actor.unit_path, actor.unit_id)[0],
        total=listing.total(found),
        scope=listing.scope(found, asked),
        own=actor.unit_id,
        states=STATES,
        punctuality=PUNCTUALITY,
        now=now,
        ways=WAYS,
        shows=listing.SHOWS,
        seen=found.seen,
        snapshots=snapshot_queries.of_call(call_id, actor.unit_path),
    )
