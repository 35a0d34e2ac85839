"""The administrator's page of access for other programs."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.api import actions, queries
from contest.api.forms import TokenForm
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.units import queries as units
from contest.web.access import current_actor, requires
from contest.web.addresses import whole_address
from contest.web.translations import shown

blueprint = Blueprint("api_desk", __name__)


@blueprint.route("/desk/api-tokens", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def index() -> ResponseReturnValue:
    now, form, secret = clock.now(), TokenForm(), None
    if form.validate_on_submit():
        try:
            unit_id = units.typed(form.unit.data).id if form.unit.data else None
            with write_transaction():
                secret = actions.make(form.name.data, unit_id, form.drafts.data, now, current_actor())
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    described = whole_address("api.openapi")
    page = render_template(
        "api/tokens.html", form=form, secret=secret, rows=queries.tokens(), described=described
    )
    return page, 422 if form.errors else 200


@blueprint.post("/desk/api-tokens/<int:token_id>/revoke")
@requires(Permission.STAFF_MANAGE)
def revoke(token_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.revoke(token_id, now, actor)
    flash(_("Đã thu hồi mã truy cập. Chương trình dùng mã này không đọc được gì nữa."), "done")
    return redirect(url_for("api_desk.index"))
