"""Participation per unit for those who answer for it."""

from flask import Blueprint

from contest.web.access import signed_in

blueprint = Blueprint("participation_desk", __name__)


@blueprint.get("/desk/participation")
@signed_in
def index() -> str:
    return ""
