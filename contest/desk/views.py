"""The first page after sign-in: what needs me now."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from contest.web.access import signed_in

blueprint = Blueprint("desk", __name__)


@blueprint.get("/desk")
@signed_in
def home() -> ResponseReturnValue:
    return render_template("desk/home.html")
