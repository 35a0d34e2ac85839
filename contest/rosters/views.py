"""What a pass opens: whose it is, the consents, and then the contest."""

from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from contest import clock
from contest.database import write_transaction
from contest.people import declaring, device, return_codes
from contest.people import queries as people
from contest.people.actions import AlreadyEntered, Declaration
from contest.people.forms import EntryForm, ReturnForm
from contest.people.queries import WayIn
from contest.rosters import pass_forms, passes
from contest.units import queries as units
from contest.web import identity
from contest.web.access import public

blueprint = Blueprint("rosters_public", __name__)


@blueprint.route("/p/<token>", methods=["GET", "POST"])
@public
def open(token: str) -> ResponseReturnValue:
    now, row = clock.now(), passes.opened(token, device.key())
    way = people.way_in(pass_forms.round_for(row.contest_id, now).code, now)
    person = people.person(identity.person_id_or_none())
    own = people.entry_of(way.contest.id, person.id) if person else None
    behind = passes.entry_behind(row)
    if behind is not None and own is not None and own.id == behind:
        return redirect(url_for("attempts.round_page", code=way.round.code))
    if behind is not None:
        return _known(way, AlreadyEntered())
    unit = units.by_id(row.unit_id)
    form, asked = pass_forms.form_for(way, row, unit, now)
    if form.validate_on_submit():
        declaration = declaring.declaration(form, way)
        if declaration is not None:
            before = next(iter(people.entries_of(person.id)), None) if person else None
            same = person.id if person and declaring.is_same_person(form, before) else None
            return _entered(token, way, form, declaration, same, now)
    page = render_template("rosters/pass.html", row=row, unit=unit, way=way, form=form, asked=asked)
    return page, 422 if form.errors else 200


def _entered(
    token: str, way: WayIn, form: EntryForm, declaration: Declaration, same: int | None, now: datetime
) -> ResponseReturnValue:
    key = device.key()
    try:
        with write_transaction():
            row = passes.opened(token, key)
            entered = passes.enter(row, way.contest, declaration, (same, form.mark.data, key), now)
    except AlreadyEntered as refusal:
        return _known(way, refusal)
    code = return_codes.in_groups(entered.code) if entered.code else None
    page = render_template(
        "people/welcome.html",
        way=way,
        entry=entered.entry,
        unit=declaration.unit,
        code=code,
        starts_at_once=False,
    )
    return identity.remember(make_response(page), entered.entry.person_id)


def _known(way: WayIn, refusal: AlreadyEntered) -> ResponseReturnValue:
    """On another device the pass alone opens nothing: the return code does."""
    form = ReturnForm(formdata=None, round=way.round.code)
    known = {"form": form, "way": way, "sentence": refusal.sentence}
    back = url_for("people.enter", code=way.round.code)
    return render_template("people/known.html", **known, again_url=back), 409
