"""Helping people who lost their code."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("people_desk", __name__)


@blueprint.get("/desk/people")
@signed_in
def index() -> str:
    return ""
