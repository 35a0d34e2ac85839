"""Participation for those who answer for it: organisers see all of it, coordinators their own subtree."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from contest import clock
from contest.contests import queries as contests
from contest.events import queries as events
from contest.participation import absent_views, pictures, queries, tables, verified
from contest.participation.asked import Asked
from contest.participation.overview import overview
from contest.participation.words import ORDERS
from contest.permissions import Permission
from contest.rules.counting import Tally, tenths_in_words
from contest.units.words import HEADCOUNT_KINDS
from contest.web.access import current_actor, requires

blueprint = Blueprint("participation_desk", __name__)
blueprint.register_blueprint(absent_views.blueprint)


@blueprint.get("/desk/participation")
@requires(Permission.PARTICIPATION_VIEW)
def index() -> ResponseReturnValue:
    rounds = queries.rounds(current_actor().unit_path)
    return render_template("participation/desk_index.html", rounds=rounds)


@blueprint.get("/desk/participation/<int:round_id>", endpoint="round")
@requires(Permission.PARTICIPATION_VIEW)
def round_page(round_id: int) -> ResponseReturnValue:
    now, within = clock.now(), current_actor().unit_path
    found = contests.round_for_staff(round_id)
    numbers = overview(found, Asked.read(request.args), now, within)
    return render_template(
        "participation/desk_round.html",
        numbers=numbers,
        events=events.events_of(round_id, within),
        visitors=queries.visitors(round_id),
        verified=verified.seen_from(numbers),
        none_yet=Tally(),
        pictures=pictures,
        orders=ORDERS,
        measures=HEADCOUNT_KINDS,
        tenths=tenths_in_words,
    )


@blueprint.get("/desk/participation/<int:round_id>/<any(xlsx, csv):kind>")
@requires(Permission.PARTICIPATION_VIEW)
def download(round_id: int, kind: str) -> ResponseReturnValue:
    now, within = clock.now(), current_actor().unit_path
    found = contests.round_for_staff(round_id)
    numbers = overview(found, Asked.read(request.args), now, within)
    content = tables.as_workbook(numbers) if kind == "xlsx" else tables.as_csv(numbers)
    name = f"tham-gia-{found.code.lower()}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)
