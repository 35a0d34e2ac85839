"""Pages of question banks: the list, a bank, its questions, and what is done with them."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import actions, draft_queries, draft_views, queries, question_queries, question_views
from contest.banks.draft_queries import ImportRow
from contest.banks.forms import BankForm
from contest.banks.question_queries import Filters
from contest.banks.words import STATE_MARKS, STATES
from contest.database import write_transaction
from contest.errors import NotFound, Refusal
from contest.permissions import Permission
from contest.web.access import current_actor, requires
from contest.web.translations import shown

blueprint = Blueprint("banks", __name__)
blueprint.register_blueprint(question_views.blueprint)
blueprint.register_blueprint(draft_views.blueprint)

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
                bank = actions.create_bank(form.name.data, form.description.data or "", now, actor.signature)
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
                actions.rename_bank(bank, form.name.data, form.description.data or "", now, actor.signature)
            return redirect(url_for("banks.page", bank_id=bank_id))
        except Refusal as refusal:
            form.name.errors = [str(shown(refusal.sentence))]
    return render_template("banks/name.html", form=form, bank=bank), 422 if form.errors else 200


def asked_filters() -> Filters:
    """What the address asks for."""
    asked = {name: request.values.get(name, "") for name in ("topic", "level", "state")}
    return Filters(search=request.values.get("q", ""), **asked)


@blueprint.get("/desk/banks/<int:bank_id>")
@requires(Permission.BANK_VIEW)
def page(bank_id: int) -> ResponseReturnValue:
    bank, filters = queries.bank(bank_id), asked_filters()
    cells, imports = queries.topics_and_levels(bank_id), draft_queries.imports(bank_id)
    return render_template(
        "banks/page.html",
        bank=bank,
        has_questions=question_queries.has_any(bank_id),
        filters=filters,
        given={"q": filters.search, "topic": filters.topic, "level": filters.level, "state": filters.state},
        page=question_queries.questions(bank_id, filters, request.args.get("page")),
        cells={(cell.topic, cell.level): cell for cell in cells},
        topics=list(dict.fromkeys(cell.topic for cell in cells)),
        levels=sorted({cell.level for cell in cells}, key=queries.level_order),
        waiting=question_queries.count(bank_id, replace(filters, state="proposed")),
        imports=imports,
        needs=_needs(bank_id, imports),
        states=STATES,
        state_marks=STATE_MARKS,
    )


def _needs(bank_id: int, imports: list[ImportRow]) -> list[dict[str, str]]:
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
    waiting = question_queries.count(bank_id, Filters(state="proposed"))
    if waiting and current_actor().may(Permission.BANK_APPROVE):
        text = _("%(count)s câu chờ duyệt.", count=waiting)
        url = url_for("banks.page", bank_id=bank_id, state="proposed")
        found.append({"kind": "now", "text": text, "url": url, "action": _("Xem")})
    return found


@blueprint.post("/desk/banks/<int:bank_id>/approve")
@requires(Permission.BANK_APPROVE)
def approve_all(bank_id: int) -> ResponseReturnValue:
    now, actor, filters = clock.now(), current_actor(), asked_filters()
    with write_transaction():
        count = actions.approve_all(queries.bank(bank_id), filters, now, actor)
    flash(_("Đã duyệt %(count)s câu.", count=count), "done")
    return redirect(url_for("banks.page", bank_id=bank_id, state="approved"))


@blueprint.get("/desk/banks/templates/<name>")
@requires(Permission.BANK_VIEW)
def template(name: str) -> ResponseReturnValue:
    if name not in TEMPLATE_NAMES:
        raise NotFound
    return send_file(TEMPLATES / name, as_attachment=True, download_name=name)
