"""The organiser's pages of events and posters."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("events_desk", __name__)


@blueprint.get("/desk/events")
@signed_in
def index() -> str:
    return ""
