"""Pages of entrants who may be one person: the list, two side by side, and what is decided."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.duplicates import actions, queries
from contest.duplicates.words import LIKENESSES, SIGNS
from contest.paging import page_of
from contest.permissions import Permission
from contest.web.access import current_actor, requires
from contest.web.identity import LEADING

blueprint = Blueprint("duplicates", __name__, url_prefix="/desk/duplicates")


@blueprint.get("")
@requires(Permission.PERSON_HELP)
def overview() -> str:
    return render_template(
        "duplicates/overview.html", lines=queries.contests(clock.now(), current_actor().unit_path)
    )


@blueprint.get("/<int:contest_id>")
@requires(Permission.PERSON_HELP)
def index(contest_id: int) -> str:
    contest, within = queries.contest(contest_id), current_actor().unit_path
    settled = request.args.get("show") == "settled"
    page = page_of(queries.found(contest_id, within, settled), request.args.get("page"), size=30)
    return render_template(
        "duplicates/index.html",
        contest=contest,
        settled=settled,
        page=page,
        lines=queries.lines(page.rows),
        likenesses=LIKENESSES,
        signs=SIGNS,
    )


@blueprint.get("/pairs/<int:pair_id>")
@requires(Permission.PERSON_HELP)
def pair(pair_id: int) -> str:
    one = queries.pair(pair_id, current_actor().unit_path)
    line, merge = queries.lines([one])[0], queries.standing_merge(one.id)
    sides = [queries.side(row, merge) for row in (line.first, line.second)]
    return render_template(
        "duplicates/pair.html",
        contest=queries.contest(one.contest_id),
        line=line,
        merge=merge,
        merges=queries.merges_of(one.id),
        sides=sides,
        beyond=queries.beyond(sides),
        likenesses=LIKENESSES,
        signs=SIGNS,
    )


@blueprint.post("/pairs/<int:pair_id>/merge")
@requires(Permission.PERSON_HELP)
def merge(pair_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        one = queries.pair(pair_id, actor.unit_path)
        keep_id = one.second_id if request.form.get("keep") == "second" else one.first_id
        actions.merge(one, keep_id, now, actor)
    current_app.extensions[LEADING].forget()
    flash(_("Đã gộp hai bên thành một người. Số liệu đổi theo sau vài giây."), "done")
    return redirect(url_for("duplicates.pair", pair_id=pair_id))


@blueprint.post("/pairs/<int:pair_id>/undo")
@requires(Permission.PERSON_HELP)
def undo(pair_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.undo(queries.pair(pair_id, actor.unit_path), now, actor)
    current_app.extensions[LEADING].forget()
    flash(_("Đã tách hai bên như trước khi gộp. Số liệu đổi theo sau vài giây."), "done")
    return redirect(url_for("duplicates.pair", pair_id=pair_id))


@blueprint.post("/pairs/<int:pair_id>/two")
@requires(Permission.PERSON_HELP)
def differ(pair_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        one = queries.pair(pair_id, actor.unit_path)
        actions.differ(one, now, actor)
    flash(_("Đã ghi nhận là hai người."), "done")
    return redirect(url_for("duplicates.index", contest_id=one.contest_id))
