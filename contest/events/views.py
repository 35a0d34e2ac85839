"""Doors: what a scanned or typed code opens."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from contest.events import queries
from contest.web.access import public

blueprint = Blueprint("events", __name__)

# The door somebody came through, for their attempts; and its unit, for the form they fill in.
DOOR, DOOR_UNIT = "door", "door_unit"


@blueprint.get("/v")
@blueprint.get("/v/<code>")
@public
def door(code: str = "") -> ResponseReturnValue:
    typed = (code or request.args.get("code", "")).strip()
    if not typed:
        return render_template("events/code.html", typed="")
    found = queries.door_by_code(typed)
    round_ = queries.published_round_behind(found) if found else queries.published_round(typed)
    if round_ is None:
        return render_template("events/code.html", typed=typed), 404
    _remember(found.id if found else None, found.unit_id if found else None)
    return redirect(url_for("attempts.round_page", code=round_.code))


def _remember(door_id: int | None, unit_id: int | None) -> None:
    """Who comes by the round's own code forgets the door they came through before."""
    for name, value in ((DOOR, door_id), (DOOR_UNIT, unit_id)):
        session.pop(name, None)
        if value is not None:
            session[name] = value
