"""Public participation numbers."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("participation", __name__)


@blueprint.get("/participation/none")
@public
def public_page() -> str:
    return ""
