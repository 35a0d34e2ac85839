"""Pages of units: the tree, one unit, its headcounts, import and export, and suggestions while typing."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from contest.permissions import Permission
from contest.units import queries
from contest.web.access import public, requires

blueprint = Blueprint("units", __name__)

# Names of units change rarely; a phone that asks for the same letters again need not.
SUGGESTIONS_KEPT = "public, max-age=300"


@blueprint.get("/units/suggest")
@public
def suggest() -> ResponseReturnValue:
    found = [
        {"code": unit.code, "name": unit.name, "above": above}
        for unit, above in queries.suggestions(request.args.get("q", "")[:200])
    ]
    answer = jsonify(units=found)
    answer.headers["Cache-Control"] = SUGGESTIONS_KEPT
    return answer


@blueprint.get("/desk/units")
@requires(Permission.UNIT_VIEW)
def index() -> str:
    return ""
