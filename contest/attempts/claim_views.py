"""Saying who one is after answering first."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.attempts import claiming
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.people import declaring, device
from contest.people import queries as people
from contest.people.actions import AlreadyEntered
from contest.people.forms import ReturnForm
from contest.web.access import participant
from contest.web.identity import current_person_id

blueprint = Blueprint("claims", __name__)


@blueprint.route("/rounds/<code>/declare", methods=["GET", "POST"])
@participant
def declare(code: str) -> ResponseReturnValue:
    now, person_id = clock.now(), current_person_id()
    round_ = contests.round_by_code(code)
    entry, way = claiming.entry_to_claim(round_, person_id, now), people.asked_in(round_)
    if not entry.anonymous:
        return redirect(url_for("attempts.round_page", code=round_.code))
    door_unit = people.unit_or_none(session.get("door_unit"))
    form = declaring.form_for(way, now.astimezone(clock.VIETNAM).date(), door_unit, None)
    declaration = declaring.declaration(form, way) if form.validate_on_submit() else None
    if declaration is None:
        until = people.declare_until(round_)
        page = render_template("people/declare.html", form=form, way=way, until=until)
        return page, 422 if form.errors else 200
    try:
        with write_transaction():
            claiming.claim(claiming.entry_to_claim(round_, person_id, now), declaration, device.key(), now)
    except AlreadyEntered as refusal:
        again = ReturnForm(formdata=None, round=round_.code)
        back = url_for("claims.declare", code=round_.code)
        known = {"form": again, "way": way, "sentence": refusal.sentence, "again_url": back}
        return render_template("people/known.html", **known), 409
    flash(_("Cảm ơn %(name)s. Bài của bạn được xếp hạng cùng mọi người.", name=declaration.name), "done")
    return redirect(url_for("attempts.round_page", code=round_.code))
