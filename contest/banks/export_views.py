"""Taking a bank's questions out as a file, in the formats that other systems and people read."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from contest import clock
from contest.banks import exporting, queries
from contest.banks.writing import FORMATS
from contest.database import write_transaction
from contest.errors import NotFound
from contest.permissions import Permission
from contest.web.access import current_actor, requires

blueprint = Blueprint("exports", __name__)


@blueprint.get("/desk/banks/<int:bank_id>/export")
@requires(Permission.BANK_VIEW)
def choose(bank_id: int) -> ResponseReturnValue:
    bank = queries.bank(bank_id)
    questions = exporting.questions(bank_id)
    missing = {kind: one.left_out(questions) for kind, one in FORMATS.items()}
    return render_template(
        "banks/export.html", bank=bank, formats=FORMATS, missing=missing, total=len(questions)
    )


@blueprint.post("/desk/banks/<int:bank_id>/export/<kind>")
@requires(Permission.BANK_VIEW)
def export(bank_id: int, kind: str) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    bank = queries.bank(bank_id)
    if kind not in FORMATS:
        raise NotFound
    one, questions = FORMATS[kind], exporting.questions(bank_id)
    content = one.write(questions, bank.name)
    with write_transaction():
        exporting.note(queries.bank(bank_id), kind, len(questions), actor, now)
    return send_file(
        BytesIO(content),
        mimetype=one.mimetype,
        as_attachment=True,
        download_name=f"ngan-hang-{bank_id}{one.ending}",
    )
