"""Pages of frozen reports and their files, and the letterhead that is printed on them."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.permissions import Permission
from contest.reports import (
    actions,
    freezing,
    gathering,
    printing,
    queries,
    results_paper,
    snapshot_paper,
    snapshot_queries,
)
from contest.reports.forms import LetterheadForm
from contest.results import board as boards
from contest.rules.official import Letterhead
from contest.units import queries as units
from contest.web import official_docx, official_pdf
from contest.web.access import current_actor, requires

blueprint = Blueprint("snapshots", __name__)


@blueprint.post("/desk/reports/<int:call_id>/freeze")
@requires(Permission.REPORT_SEND)
def freeze(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit = units.by_id(actor.unit_id) if actor.unit_id and actor.unit_path else None
    # Gathered before the transaction: at 20,000 units it takes seconds, and phones are saving answers.
    prepared = freezing.prepare(gathering.sight(queries.call(call_id), actor.unit_path, now), unit)
    with write_transaction():
        snapshot = freezing.freeze(prepared, now, actor)
    flash(_("Đã chốt số liệu thành bản số %(number)s.", number=snapshot.number), "done")
    return redirect(url_for("reports.snapshots.show", snapshot_id=snapshot.id))


@blueprint.get("/desk/reports/snapshots/<int:snapshot_id>")
@requires(Permission.REPORT_SEND)
def show(snapshot_id: int) -> ResponseReturnValue:
    shown = snapshot_queries.shown(snapshot_id, current_actor().unit_path, request.args.get("page"))
    return render_template("reports/snapshot.html", shown=shown, paper=snapshot_paper)


@blueprint.get("/desk/reports/snapshots/<int:snapshot_id>/<any(xlsx, csv, docx, pdf):kind>")
@requires(Permission.REPORT_SEND)
def file(snapshot_id: int, kind: str) -> ResponseReturnValue:
    frozen = snapshot_queries.frozen(snapshot_id, current_actor().unit_path)
    snapshot = frozen.snapshot
    name = f"bao-cao-{snapshot.call_id}-{snapshot.unit_id}-ban-{snapshot.number}.{kind}"
    return send_file(BytesIO(printing.file(frozen, kind)), as_attachment=True, download_name=name)


@blueprint.route("/desk/reports/letterhead", methods=["GET", "POST"])
@requires(Permission.REPORT_SEND)
def letterhead() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit_id = actor.unit_id or freezing.WHOLE
    own = units.by_id(unit_id) if unit_id else None
    known = queries.letterhead(unit_id) or Letterhead(name=own.name if own else "")
    form = LetterheadForm(data=vars(known))
    if form.validate_on_submit():
        with write_transaction():
            actions.keep_letterhead(unit_id, form.meant(), now, actor)
        flash(_("Đã lưu. Các bản đã chốt trước đây giữ phần đầu cũ."), "done")
        return redirect(url_for("reports.index"))
    return render_template("reports/letterhead.html", form=form, own=own), 422 if form.errors else 200


@blueprint.get("/desk/reports/results/<int:round_id>/<any(docx, pdf):kind>")
@requires(Permission.RESULT_VIEW)
def results(round_id: int, kind: str) -> ResponseReturnValue:
    found = contests.round_for_staff(round_id)
    whole = boards.whole(found.code, request.args.get("version"))
    printer = official_docx.docx if kind == "docx" else official_pdf.pdf
    content = BytesIO(printer(results_paper.paper(whole)))
    name = f"ket-qua-{found.code.lower()}-lan-{whole.number}.{kind}"
    return send_file(content, as_attachment=True, download_name=name)
