"""Public pages of contests."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("contests", __name__)


@blueprint.get("/")
@public
def home() -> str:
    return ""
