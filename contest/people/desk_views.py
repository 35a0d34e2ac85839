"""Helping people: find somebody, give a new return code, correct a unit, take out of the ranking."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import Refusal
from contest.paging import page_of
from contest.people import device, help_actions, queries, return_codes
from contest.people.forms import MoveForm
from contest.people.queries import EntryRow
from contest.permissions import Permission
from contest.units import queries as units
from contest.web.access import current_actor, requires
from contest.web.translations import shown

blueprint = Blueprint("people_desk", __name__)


@blueprint.get("/desk/people")
@requires(Permission.PERSON_HELP)
def index() -> str:
    text, chosen = request.args.get("q", ""), request.args.get("contest", type=int)
    page = page_of(queries.found(text, current_actor().unit_path, chosen), request.args.get("page"))
    return render_template(
        "people/index.html",
        page=page,
        rows=queries.rows(page.rows),
        text=text,
        chosen=chosen,
        contests=[line.contest for line in contests.all_contests(clock.now())],
    )


@blueprint.get("/desk/people/<int:entry_id>")
@requires(Permission.PERSON_HELP)
def entry(entry_id: int) -> str:
    return _page(_row(entry_id), MoveForm(formdata=None))


def _row(entry_id: int) -> EntryRow:
    return queries.entry_for_helper(entry_id, current_actor().unit_path)


def _page(row: EntryRow, form: MoveForm) -> str:
    may_rank, merger = current_actor().may(Permission.RESULT_REVIEW), queries.merger_of(row.entry.id)
    kept = merger.into_id if merger else None
    return render_template("people/entry.html", row=row, form=form, may_rank=may_rank, kept=kept)


@blueprint.post("/desk/people/<int:entry_id>/code")
@requires(Permission.PERSON_HELP)
def reissue(entry_id: int) -> str:
    now, entropy, actor = clock.now(), secrets.token_bytes(16), current_actor()
    with write_transaction():
        row = _row(entry_id)
        code = help_actions.reissue(row.entry, entropy, device.key(), now, actor)
    return render_template("people/reissued.html", row=row, code=return_codes.in_groups(code))


@blueprint.post("/desk/people/<int:entry_id>/unit")
@requires(Permission.PERSON_HELP)
def move(entry_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), MoveForm()
    row = _row(entry_id)
    try:
        unit = units.typed(form.unit.data, actor.unit_path) if form.unit.data else None
        with write_transaction():
            help_actions.move(_row(entry_id).entry, unit, row.unit, now, actor)
    except Refusal as refusal:
        form.unit.errors = [str(shown(refusal.sentence))]
        return _page(row, form), refusal.status
    flash(_("Đã sửa đơn vị của %(name)s.", name=row.entry.name), "done")
    return redirect(url_for("people_desk.entry", entry_id=entry_id))


@blueprint.post("/desk/people/<int:entry_id>/rank")
@requires(Permission.RESULT_REVIEW)
def rank(entry_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        help_actions.rank(_row(entry_id).entry, request.form.get("ranked") == "yes", now, actor)
    flash(_("Đã lưu."), "done")
    return redirect(url_for("people_desk.entry", entry_id=entry_id))
