"""Pages of units."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("units", __name__)


@blueprint.get("/desk/units")
@signed_in
def index() -> str:
    return ""
