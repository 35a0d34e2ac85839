"""The volunteer's tablet: one person after the other, and nothing left of the one before."""

from flask import Blueprint, Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from contest import clock
from contest.database import write_transaction
from contest.events import assisting
from contest.events.assisting import Table
from contest.people import declaring, device, return_codes
from contest.people import queries as people
from contest.people.actions import AlreadyEntered, Declaration
from contest.people.forms import EntryForm, ReturnForm
from contest.people.queries import WayIn
from contest.web import identity
from contest.web.access import actor_or_none, participant, public

blueprint = Blueprint("assist", __name__)

# The return code of the person who sits at the table now.
CODE = "helper_code"


@blueprint.get("/help/<token>")
@public
def home(token: str) -> ResponseReturnValue:
    table = assisting.table(token, clock.now())
    return render_template(
        "events/assist.html",
        table=table,
        people=assisting.taken_in(table.link.id),
        seated=identity.person_id_or_none() is not None,
        signed_in=actor_or_none() is not None,
    )


@blueprint.post("/help/<token>/next")
@public
def following(token: str) -> ResponseReturnValue:
    """Whoever comes next meets a device that knows nobody: not the last person, nor the staff member."""
    table = assisting.table(token, clock.now())
    return clean_slate(table)


def clean_slate(table: Table) -> Response:
    """Forget everything on this device but the table it stands on."""
    logout_user()
    session.clear()
    session[identity.TABLE] = table.link.token
    session["door"] = table.door.id
    answer = make_response(redirect(url_for("assist.person", token=table.link.token)))
    # What the last person's phone page kept goes too, without script where the browser heeds this.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return identity.forget(answer)


@blueprint.route("/help/<token>/person", methods=["GET", "POST"])
@public
def person(token: str) -> ResponseReturnValue:
    now = clock.now()
    table = assisting.table(token, now)
    if session.get(identity.TABLE) != token or identity.person_id_or_none() is not None:
        return redirect(url_for("assist.welcome" if session.get(CODE) else "assist.home", token=token))
    way = people.way_in(table.round.code, now)
    unit = people.unit_or_none(table.door.unit_id)
    form = declaring.form_for(way, now.astimezone(clock.VIETNAM).date(), unit, None, by_helper=True)
    declared = declaring.declaration(form, way) if form.validate_on_submit() else None
    if declared is None:
        page = render_template("events/assist_person.html", form=form, way=way, table=table)
        return page, 422 if form.errors else 200
    return _seated(table, way, form, declared)


def _seated(table: Table, way: WayIn, form: EntryForm, declared: Declaration) -> ResponseReturnValue:
    now, token = clock.now(), table.link.token
    try:
        with write_transaction():
            entered = assisting.take_in(table, way, declared, form.mark.data, device.key(), now)
    except AlreadyEntered as refusal:
        again = ReturnForm(formdata=None, round=way.round.code)
        back = url_for("assist.person", token=token)
        page = {"form": again, "way": way, "sentence": refusal.sentence, "again_url": back}
        return render_template("people/known.html", **page), 409
    session[CODE] = entered.code or ""
    # Another address: going back and sending the form again must not show this person's code to the next.
    answer = make_response(redirect(url_for("assist.welcome", token=token)))
    return identity.remember(answer, entered.entry.person_id)


@blueprint.get("/help/<token>/welcome")
@participant
def welcome(token: str) -> ResponseReturnValue:
    table = assisting.table(token, clock.now())
    way = people.asked_in(table.round)
    entry = people.entry_of(way.contest.id, identity.current_person_id())
    code = session.get(CODE)
    if entry is None or not code:
        return redirect(url_for("assist.home", token=token))
    page = {"way": way, "entry": entry, "unit": people.unit_or_none(entry.unit_id)}
    return render_template(
        "events/assist_welcome.html", table=table, code=return_codes.in_groups(code), **page
    )
