"""Doors: what a scanned code opens."""

from flask import Blueprint

from contest.web.access import public

blueprint = Blueprint("events", __name__)


@blueprint.get("/v/none")
@public
def door() -> str:
    return ""
