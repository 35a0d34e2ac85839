"""Who of one's own unit has not yet taken part: only for its coordinator, to remind them."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from contest import clock
from contest.participation import absent
from contest.participation.absent import MOST_PRINTED, Absent
from contest.permissions import Permission
from contest.rosters.words import MATCH_BADGES
from contest.web.access import current_actor, requires

blueprint = Blueprint("absent", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(contest_id: int, size: int = 50) -> Absent:
    asked_round, unit = (request.args.get(name, "")[:200] for name in ("round", "unit"))
    page = None if size == MOST_PRINTED else request.args.get("page")
    return absent.absent(contest_id, current_actor(), asked_round, unit, page, size)


@blueprint.get("/desk/rosters/<int:contest_id>/absent")
@requires(Permission.ROSTER_FOLLOW)
def page(contest_id: int) -> str:
    now, found = clock.now(), _asked(contest_id)
    return render_template(
        "participation/absent.html", absent=found, message=absent.message(found, now), badges=MATCH_BADGES
    )


@blueprint.get("/desk/rosters/<int:contest_id>/absent/print")
@requires(Permission.ROSTER_FOLLOW)
def printed(contest_id: int) -> str:
    now, found = clock.now(), _asked(contest_id, MOST_PRINTED)
    return render_template(
        "participation/absent_print.html", absent=found, period=absent.period(found), now=now
    )


@blueprint.get("/desk/rosters/<int:contest_id>/absent/chua-du-thi.xlsx")
@requires(Permission.ROSTER_FOLLOW)
def download(contest_id: int) -> ResponseReturnValue:
    now, found = clock.now(), _asked(contest_id)
    content = BytesIO(absent.as_workbook(found, now))
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name="chua-du-thi.xlsx")
