"""Published results."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("results", __name__)


@blueprint.get("/results/none")
@public
def sheet() -> str:
    return ""
