"""The attempt on the phone."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("attempts", __name__)


@blueprint.get("/attempts/none")
@public
def save() -> str:
    return ""
