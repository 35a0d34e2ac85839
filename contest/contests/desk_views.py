"""The organiser's pages of contests."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("contests_desk", __name__)


@blueprint.get("/desk/contests")
@signed_in
def index() -> str:
    return ""
