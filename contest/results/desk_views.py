"""Reviewing and publishing results."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("results_desk", __name__)


@blueprint.get("/desk/results")
@signed_in
def index() -> str:
    return ""
