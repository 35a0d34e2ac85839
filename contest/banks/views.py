"""Pages of question banks."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("banks", __name__)


@blueprint.get("/desk/banks")
@signed_in
def index() -> str:
    return ""
