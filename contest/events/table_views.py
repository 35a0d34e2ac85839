"""The organiser's volunteers' tables: open one, hand its link over, close it."""

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.errors import Refusal
from contest.events import assist_views, assisting, queries
from contest.events.forms import TableForm
from contest.permissions import Permission
from contest.web import qr
from contest.web.access import current_actor, requires
from contest.web.addresses import whole_address
from contest.web.translations import shown

blueprint = Blueprint("tables_desk", __name__)


@blueprint.route("/desk/events/<int:event_id>/tables", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def index(event_id: int) -> ResponseReturnValue:
    now, token, actor = clock.now(), secrets.token_urlsafe(16), current_actor()
    row, form = queries.event(event_id, actor.unit_path), TableForm()
    if form.validate_on_submit():
        try:
            with write_transaction():
                assisting.open_table(
                    queries.event(event_id, actor.unit_path), form.label.data, token, now, actor
                )
            flash(_("Đã mở bàn hỗ trợ. Hãy mở liên kết dưới đây trên máy tính bảng của bàn."), "done")
            return redirect(url_for("tables_desk.index", event_id=event_id))
        except Refusal as refusal:
            form.label.errors = [str(shown(refusal.sentence))]
    lines = [(line, *_link(line.link.token, line.link.label)) for line in assisting.tables_of(event_id)]
    page = render_template("events/tables.html", row=row, lines=lines, form=form)
    return page, 422 if form.errors else 200


def _link(token: str, label: str) -> tuple[str, str]:
    """The address of a table and its QR code."""
    address = whole_address("assist.home", token=token)
    return address, qr.svg(address, title=_("Mã QR của bàn %(name)s", name=label))


@blueprint.post("/desk/events/<int:event_id>/tables/<int:link_id>/close")
@requires(Permission.EVENT_EDIT)
def close(event_id: int, link_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        assisting.close_table(queries.event(event_id, actor.unit_path), link_id, now, actor)
    flash(_("Đã đóng bàn. Liên kết của bàn không mở được nữa."), "done")
    return redirect(url_for("tables_desk.index", event_id=event_id))


@blueprint.post("/desk/events/<int:event_id>/assist-here")
@requires(Permission.PERSON_HELP)
def here(event_id: int) -> ResponseReturnValue:
    """Make this very device a table; who is signed in on it is signed out, so that nobody meets their desk."""
    now, token, actor = clock.now(), secrets.token_urlsafe(16), current_actor()
    queries.event(event_id, actor.unit_path)
    with write_transaction():
        row = queries.event(event_id, actor.unit_path)
        assisting.open_table(row, actor.name, token, now, actor)
    return assist_views.clean_slate(assisting.table(token, now))
