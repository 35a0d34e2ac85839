"""Passes at the desk: printed for a list, reissued, revoked."""

from io import BytesIO

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.errors import Refusal
from contest.language import Text
from contest.paging import page_of
from contest.people import device
from contest.permissions import Permission
from contest.rosters import following, passes, printing, queries
from contest.rosters.printing import MOST_CARDS
from contest.rosters.words import NOBODY_TO_PRINT, TOO_MANY_CARDS
from contest.units import lineage
from contest.units import queries as units
from contest.web.access import current_actor, requires

blueprint = Blueprint("passes", __name__)


@blueprint.post("/desk/rosters/<int:contest_id>/passes")
@requires(Permission.ROSTER_EDIT)
def cards(contest_id: int) -> ResponseReturnValue:
    """Cards for everybody of the list who has not entered for certain; for who may not know that, for everybody."""
    now, actor, contest = clock.now(), current_actor(), queries.contest(contest_id)
    code = request.form.get("unit", "")
    scope = lineage.by_code(code, actor.unit_path).path if code else actor.unit_path
    knows = actor.may(Permission.ROSTER_FOLLOW) and scope is not None
    if knows and not following.followed_below(contest_id, scope or ""):
        wanted = queries.found(contest_id, scope, "", "unverified")
    else:
        wanted = queries.found(contest_id, scope, "")
    page = page_of(wanted, None, size=MOST_CARDS)
    if not page.rows:
        raise Refusal(NOBODY_TO_PRINT)
    if page.last > 1:
        raise Refusal(Text(TOO_MANY_CARDS.source, {"most": MOST_CARDS}))
    with write_transaction():
        issued = passes.issue(page.rows, device.key(), now, actor)
    if not issued:
        raise Refusal(NOBODY_TO_PRINT)
    names = units.by_ids({row.unit_id for row, _secret in issued})
    pdf = printing.cards(contest, [(row, names[row.unit_id], secret) for row, secret in issued])
    return send_file(
        BytesIO(pdf), mimetype="application/pdf", as_attachment=True, download_name="the-du-thi.pdf"
    )


@blueprint.post("/desk/rosters/rows/<int:row_id>/pass")
@requires(Permission.ROSTER_EDIT)
def change(row_id: int) -> ResponseReturnValue:
    """Reissue a pass, or revoke it."""
    now, actor = clock.now(), current_actor()
    revoked = request.form.get("act") == "revoke"
    with write_transaction():
        row = queries.row(row_id, actor.unit_path)
        if revoked:
            passes.revoke(row, now, actor)
        else:
            passes.reissue(row, device.key(), now, actor)
    done = (
        _("Đã thu hồi thẻ.") if revoked else _("Đã cấp thẻ mới; thẻ cũ không dùng được nữa. Hãy in lại thẻ.")
    )
    flash(done, "done")
    return redirect(url_for("rosters.show", contest_id=row.contest_id, q=row.name))
