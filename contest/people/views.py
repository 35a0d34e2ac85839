"""Coming in: declare, agree, come back."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("people", __name__)


@blueprint.get("/return")
@public
def resume() -> str:
    return ""
