"""Published results, their files, and each person's own paper after closing."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from contest import clock
from contest.results import board as boards
from contest.results import own_paper, tables
from contest.results.words import ACTUAL, RANKS
from contest.rules.ranking import RankingKey
from contest.web.access import participant, public
from contest.web.identity import current_person_id
from contest.web.kept_pages import kept
from contest.web.translations import current_language

blueprint = Blueprint("results", __name__)


@blueprint.get("/results/<code>")
@public
@kept
def sheet(code: str) -> ResponseReturnValue:
    board = boards.board(code, request.args, current_language())
    return render_template(
        "results/sheet.html",
        board=board,
        search=request.args.get("q", ""),
        keys=RankingKey,
        ranks=RANKS,
        actual_words=ACTUAL,
        shown_number=tables.decimal_number,
    )


@blueprint.get("/results/<code>.<any(xlsx, csv):kind>")
@public
def download(code: str, kind: str) -> ResponseReturnValue:
    whole = boards.whole(code, request.args.get("version"))
    content = tables.as_workbook(whole) if kind == "xlsx" else tables.as_csv(whole)
    name = f"ket-qua-{whole.round.code.lower()}-lan-{whole.number}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


@blueprint.get("/attempts/<token>/paper")
@participant
def my_paper(token: str) -> ResponseReturnValue:
    now, person_id = clock.now(), current_person_id()
    paper = own_paper.own_paper(token, person_id, now)
    return render_template("results/my_paper.html", paper=paper)
