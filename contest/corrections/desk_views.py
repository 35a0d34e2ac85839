"""Pages of wrong units: who is offered to me, what was moved, and moving somebody."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.corrections import actions, queries
from contest.corrections.forms import MoveForm
from contest.corrections.words import STATES
from contest.database import write_transaction
from contest.errors import Refusal
from contest.people import queries as people
from contest.permissions import Permission
from contest.units import queries as units
from contest.web.access import current_actor, requires
from contest.web.translations import shown

blueprint = Blueprint("corrections", __name__, url_prefix="/desk/corrections")


@blueprint.get("")
@requires(Permission.PERSON_HELP)
def index() -> ResponseReturnValue:
    within = current_actor().unit_path
    offers, log = queries.offered_to(within), queries.log(within)
    mine = {
        row.move.id for row in log if within is None or (row.giving and row.giving.path.startswith(within))
    }
    return render_template("corrections/index.html", offers=offers, log=log, mine=mine, states=STATES)


@blueprint.route("/entries/<int:entry_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_HELP)
def move(entry_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), MoveForm()
    row = people.entry_for_helper(entry_id, actor.unit_path)
    if form.validate_on_submit():
        try:
            unit = units.typed(form.unit.data)
            with write_transaction():
                entry = people.entry_for_helper(entry_id, actor.unit_path).entry
                done = actions.correct(entry, unit, form.reason.data, now, actor).decided_at
            said = (
                _("Đã chuyển %(name)s.")
                if done
                else _("Đã chuyển %(name)s sang đơn vị kia, chờ đơn vị ấy nhận.")
            )
            flash(said % {"name": row.entry.name}, "done")
            return redirect(url_for("corrections.index"))
        except Refusal as refusal:
            form.unit.errors = [str(shown(refusal.sentence))]
    rounds = queries.attempts_by_round(row.entry)
    status = 422 if form.errors else 200
    return render_template("corrections/move.html", row=row, form=form, rounds=rounds), status


@blueprint.post("/<int:move_id>/accept")
@requires(Permission.PERSON_HELP)
def accept(move_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.accept(queries.to_decide(move_id, actor.unit_path), now, actor)
    flash(_("Đã nhận. Số liệu của hai đơn vị đổi theo sau vài giây."), "done")
    return redirect(url_for("corrections.index"))


@blueprint.post("/<int:move_id>/decline")
@requires(Permission.PERSON_HELP)
def decline(move_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.decline(queries.to_decide(move_id, actor.unit_path), now, actor)
    flash(_("Đã từ chối. Người này ở lại đơn vị cũ."), "info")
    return redirect(url_for("corrections.index"))


@blueprint.post("/<int:move_id>/withdraw")
@requires(Permission.PERSON_HELP)
def withdraw(move_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.withdraw(queries.to_withdraw(move_id, actor.unit_path), now, actor)
    flash(_("Đã rút lời chuyển."), "info")
    return redirect(url_for("corrections.index"))
