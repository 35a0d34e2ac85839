"""“Open in another browser”: a link for ten minutes that the same attempt goes on behind."""

import secrets

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from contest import clock
from contest.attempts import handing_over, queries
from contest.database import write_transaction
from contest.web import identity
from contest.web.access import participant, public
from contest.web.identity import current_person_id, person_id_or_none

blueprint = Blueprint("handover", __name__)


@blueprint.post("/attempts/<token>/carry")
@participant
def offer(token: str) -> ResponseReturnValue:
    now, person_id, secret = clock.now(), current_person_id(), secrets.token_urlsafe(16)
    with write_transaction():
        handing_over.offer(queries.sitting(token, person_id).attempt, secret, now)
    return redirect(url_for("handover.page", secret=secret))


@blueprint.get("/carry/<secret>")
@public
def page(secret: str) -> ResponseReturnValue:
    """In the old browser how to open it, in the new one a button: whoever only looks (an app that makes a
    preview of every link) uses nothing up."""
    attempt = handing_over.offered(secret, clock.now())
    here = attempt.person_id == person_id_or_none()
    address = url_for("handover.page", secret=secret, _external=True)
    return render_template(
        "attempts/carry.html", token=attempt.token, secret=secret, here=here, address=address
    )


@blueprint.post("/carry/<secret>")
@public
def go_on(secret: str) -> ResponseReturnValue:
    now = clock.now()
    with write_transaction():
        attempt = handing_over.take(secret, now)
    answer = make_response(redirect(url_for("attempts.paper", token=attempt.token)))
    return identity.remember(answer, attempt.person_id)
