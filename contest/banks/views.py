"""Pages of question banks: the list, a bank, its questions, and what is done with them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import (
    actions,
    asked,
    draft_queries,
    draft_views,
    export_views,
    queries,
    question_queries,
    question_views,
    reading_views,
    reviewing,
    sorting_views,
    sources,
    tag_queries,
)
from contest.banks.draft_queries import ImportRow
from contest.banks.forms import BankForm
from contest.banks.question_queries import Filters
from contest.banks.words import STATE_MARKS, STATES, WHYS
from contest.database import write_transaction
from contest.errors import NotFound, Refusal
from contest.permissions import Permission
from contest.web.access import current_actor, requires
from contest.web.translations import shown

blueprint = Blueprint("banks", __name__)
blueprint.register_blueprint(question_views.blueprint)
blueprint.register_blueprint(draft_views.blueprint)
blueprint.register_blueprint(sorting_views.blueprint)
blueprint.register_blueprint(reading_views.blueprint)
blueprint.register_blueprint(export_views.blueprint)

# Empty files with two marked samples, for organisers to type their questions into.
TEMPLATES = Path(__file__).parents[2] / "question_banks"
TEMPLATE_NAMES = ("mau-ngan-hang-cau-hoi.docx", "mau-ngan-hang-cau-hoi.xlsx")


@blueprint.get("/desk/banks")
@requires(Permission.BANK_VIEW)
def index() -> ResponseReturnValue:
    return render_template("banks/index.html", rows=queries.all_banks())


@blueprint.route("/desk/banks/new", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def create() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    form = BankForm()
    if form.validate_on_submit():
        try:
            with write_transaction():
                name, description, *switches = form.values()
                bank = actions.create_bank(name, description, now, actor.signature, *switches)
            return redirect(url_for("banks.drafts.upload", bank_id=bank.id))
        except Refusal as refusal:
            form.name.errors = [str(shown(refusal.sentence))]
    return render_template("banks/name.html", form=form, bank=None), 422 if form.errors else 200


@blueprint.route("/desk/banks/<int:bank_id>/name", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def rename(bank_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    bank = queries.bank(bank_id)
    form = BankForm(obj=bank)
    if form.validate_on_submit():
        try:
            with write_transaction():
                actions.change_bank(bank, *form.values(), now, actor.signature)
            return redirect(url_for("banks.page", bank_id=bank_id))
        except Refusal as refusal:
            form.name.errors = [str(shown(refusal.sentence))]
    return render_template("banks/name.html", form=form, bank=bank), 422 if form.errors else 200


@blueprint.get("/desk/banks/<int:bank_id>")
@requires(Permission.BANK_VIEW)
def page(bank_id: int) -> ResponseReturnValue:
    bank, filters = queries.bank(bank_id), asked.filters()
    cells, imports = queries.topics_and_levels(bank_id), draft_queries.imports(bank_id)
    questions = question_queries.questions(bank_id, filters, request.args.get("page"))
    return render_template(
        "banks/page.html",
        bank=bank,
        has_questions=question_queries.has_any(bank_id),
        filters=filters,
        given=asked.given(filters),
        page=questions,
        row_tags=tag_queries.of_questions([row.question.id for row in questions.rows]),
        cells={(cell.topic, cell.level): cell for cell in cells},
        topics=list(dict.fromkeys(cell.topic for cell in cells)),
        levels=sorted({cell.level for cell in cells}, key=queries.level_order),
        waiting=question_queries.count(bank_id, replace(filters, state="proposed")),
        imports=imports,
        tags=tag_queries.of_bank(bank_id),
        needs=_needs(bank_id, imports, clock.now().astimezone(clock.VIETNAM).date()),
        states=STATES,
        state_marks=STATE_MARKS,
    )


def _needs(bank_id: int, imports: list[ImportRow], today: date) -> list[dict[str, str]]:
    """What waits for this person: doubtful and ready questions of files, questions to approve or to mend."""
    found = []
    if current_actor().may(Permission.BANK_EDIT):
        for row in imports:
            url = url_for("banks.drafts.page", import_id=row.upload.id)
            name = row.upload.filename
            if row.doubtful:
                text = _("%(count)s câu cần xem lại trong tệp %(file)s.", count=row.doubtful, file=name)
                found.append({"kind": "now", "text": text, "url": url, "action": _("Xem")})
            elif row.ready:
                text = _("%(count)s câu sẵn sàng trong tệp %(file)s.", count=row.ready, file=name)
                found.append({"kind": "soon", "text": text, "url": url, "action": _("Đưa vào")})
        if returned := question_queries.count(bank_id, Filters(state="returned")):
            text = _("%(count)s câu được trả lại để sửa.", count=returned)
            url = url_for("banks.page", bank_id=bank_id, state="returned")
            found.append({"kind": "now", "text": text, "url": url, "action": _("Xem")})
    if current_actor().may(Permission.BANK_EDIT) and (old := len(sources.aged(today, bank_id))):
        text = _("%(count)s câu cần rà soát căn cứ.", count=old)
        url = url_for("banks.aged", bank_id=bank_id)
        found.append({"kind": "soon", "text": text, "url": url, "action": _("Rà soát")})
    waiting = question_queries.count(bank_id, Filters(state="proposed"))
    if waiting and current_actor().may(Permission.BANK_APPROVE):
        text = _("%(count)s câu chờ duyệt.", count=waiting)
        url = url_for("banks.page", bank_id=bank_id, state="proposed")
        found.append({"kind": "now", "text": text, "url": url, "action": _("Xem")})
    return found


@blueprint.get("/desk/banks/<int:bank_id>/sources")
@requires(Permission.BANK_VIEW)
def aged(bank_id: int) -> ResponseReturnValue:
    bank, today = queries.bank(bank_id), clock.now().astimezone(clock.VIETNAM).date()
    found, why = sources.aged(today, bank_id), request.args.get("why", "")
    return render_template(
        "banks/aged.html",
        bank=bank,
        rows=[row for row in found if why in ("", *row.whys)],
        why=why,
        whys=WHYS,
        counts={each: sum(each in row.whys for row in found) for each in WHYS},
        total=len(found),
    )


@blueprint.post("/desk/banks/<int:bank_id>/approve")
@requires(Permission.BANK_APPROVE)
def approve_all(bank_id: int) -> ResponseReturnValue:
    now, actor, filters = clock.now(), current_actor(), asked.filters()
    with write_transaction():
        approved = reviewing.approve_all(queries.bank(bank_id), filters, now, actor)
    flash(_("Đã duyệt %(count)s câu.", count=approved.count), "done" if approved.count else "warn")
    if approved.own:
        flash(_("%(count)s câu do chính bạn soạn còn chờ một người khác duyệt.", count=approved.own), "warn")
    return redirect(url_for("banks.page", bank_id=bank_id, state="approved"))


@blueprint.get("/desk/banks/templates/<name>")
@requires(Permission.BANK_VIEW)
def template(name: str) -> ResponseReturnValue:
    if name not in TEMPLATE_NAMES:
        raise NotFound
    return send_file(TEMPLATES / name, as_attachment=True, download_name=name)
