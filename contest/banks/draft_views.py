"""Pages of uploaded files: choose a file, look at what was read, mend, accept, undo."""

from dataclasses import replace
from io import BytesIO

from flask import Blueprint, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import (
    actions,
    draft_actions,
    draft_queries,
    mending,
    pictures,
    queries,
    question_queries,
    reading,
    undoing,
)
from contest.banks.draft_actions import Accepted, File
from contest.banks.draft_queries import ImportRow, Show
from contest.banks.formats.unreadable import Unreadable
from contest.banks.forms import QuestionForm, UploadForm, question_form
from contest.banks.words import KINDS
from contest.database import write_transaction
from contest.permissions import Permission
from contest.settings import Settings
from contest.web.access import current_actor, requires
from contest.web.translations import current_language

blueprint = Blueprint("drafts", __name__)


@blueprint.route("/desk/banks/<int:bank_id>/upload", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def upload(bank_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    bank = queries.bank(bank_id)
    form, earlier = UploadForm(), None
    settings: Settings = current_app.config["SETTINGS"]
    if form.validate_on_submit():
        file = form.chosen(settings.largest_upload)
        if file is not None and not form.again.data:
            earlier = draft_queries.same_file(bank_id, file.content, file.key_content)
        if file is not None and earlier is None and reading.takes_long(file, queries.size(bank_id)):
            with write_transaction():
                job = reading.ask_for(queries.bank(bank_id), file, now, actor.signature)
            return redirect(url_for("banks.reading.page", job_id=job.id))
        examined = _examined(form, file, bank_id) if file is not None and earlier is None else None
        if file is not None and examined is not None:
            prepared = draft_actions.prepare(examined)
            with write_transaction():
                kept = draft_actions.keep(
                    queries.bank(bank_id), file, examined.bank, prepared, now, actor.signature
                )
            return redirect(url_for("banks.drafts.page", import_id=kept.id))
    page = render_template(
        "banks/upload.html",
        bank=bank,
        form=form,
        earlier=earlier,
        pasting=request.args.get("way") == "paste" or bool(form.pasted.data),
        limit=settings.largest_upload // 1024 // 1024,
    )
    return page, 422 if request.method == "POST" else 200


def _examined(form: UploadForm, file: File, bank_id: int) -> draft_actions.Examined | None:
    """The file as it was read; None, with a sentence at the field, where no question was found in it."""
    language = current_language()
    try:
        parsed = draft_actions.read(file)
    except Unreadable as unreadable:
        form.given.errors = [unreadable.message(language)]
        return None
    if not parsed.questions:
        form.given.errors = [fault.message(language) for fault in parsed.faults]
        return None
    return draft_actions.examine(parsed, question_queries.texts(bank_id))


@blueprint.get("/desk/imports/<int:import_id>")
@requires(Permission.BANK_VIEW)
def page(import_id: int) -> ResponseReturnValue:
    row = draft_queries.counts(import_id)
    if not row.upload.format and (job := reading.job_of(import_id)) is not None:
        return redirect(url_for("banks.reading.page", job_id=job.id))
    show = _asked_show(row)
    drafts = draft_queries.drafts(import_id, show, request.args.get("page"))
    return render_template(
        "banks/draft.html",
        row=row,
        bank=queries.bank(row.upload.bank_id),
        show=show,
        page=drafts,
        forms={draft.id: question_form(draft, prefix=f"d{draft.id}-") for draft in drafts.rows},
        like=draft_queries.resembled(drafts.rows),
        pictures=pictures.of_drafts([draft.id for draft in drafts.rows]),
        tags=draft_queries.tags([draft.id for draft in drafts.rows]),
        **_for_editing(row.upload.bank_id),
    )


def _asked_show(row: ImportRow) -> Show:
    """What the address asks for, else the most urgent that there is."""
    asked = request.args.get("show", "")
    if asked in set(Show):
        return Show(asked)
    if row.doubtful:
        return Show.DOUBTFUL
    if row.like and not row.fresh:
        return Show.LIKE
    return Show.READY if row.ready or not row.accepted else Show.ACCEPTED


def _for_editing(bank_id: int) -> dict[str, object]:
    cells = queries.topics_and_levels(bank_id)
    topics = list(dict.fromkeys(cell.topic for cell in cells if cell.topic))
    return {"kinds": KINDS, "topics": topics, "levels": queries.LEVELS}


@blueprint.get("/desk/imports/<int:import_id>/file")
@requires(Permission.BANK_VIEW)
def file(import_id: int) -> ResponseReturnValue:
    name, content = draft_queries.content(import_id)
    return send_file(
        BytesIO(content), mimetype="application/octet-stream", as_attachment=True, download_name=name
    )


@blueprint.post("/desk/imports/<int:import_id>/accept")
@requires(Permission.BANK_EDIT)
def accept(import_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    chosen = [number for number in request.form.getlist("draft", type=int) if number < 2**31]
    if "chosen" in request.form and not chosen:
        flash(_("Chưa chọn câu nào. Hãy đánh dấu những câu cần đưa vào rồi bấm lại."), "warn")
        return redirect(url_for("banks.drafts.page", import_id=import_id, show=Show.READY))
    bank = queries.bank(draft_queries.upload(import_id).bank_id)
    state = actions.state_for(actor, "approve" in request.form, bank)
    taken = Accepted(0, 0)
    for batch in draft_actions.batches(import_id, chosen):
        with write_transaction():
            upload = draft_queries.upload(import_id)
            taken += draft_actions.accept(upload, batch, state, now, actor.signature, hold_like=not chosen)
    _say_taken(taken)
    return redirect(url_for("banks.drafts.page", import_id=import_id))


def _say_taken(taken: Accepted) -> None:
    if taken.count:
        flash(_("Đã đưa %(count)s câu vào ngân hàng.", count=taken.count), "done")
    if taken.held:
        flash(
            _(
                "%(count)s câu giống câu đã có trong ngân hàng nên còn chờ. Hãy so sánh rồi quyết định từng câu.",
                count=taken.held,
            ),
            "warn",
        )


@blueprint.post("/desk/imports/<int:import_id>/undo")
@requires(Permission.BANK_EDIT)
def undo(import_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        upload = draft_queries.upload(import_id)
        bank_id = upload.bank_id
        undone = undoing.undo(upload, now, actor.signature)
    flash(
        _(
            "Đã hủy lần tải này: xóa %(deleted)s câu, ngừng dùng %(retired)s câu đã có trên đề thi.",
            deleted=undone.deleted,
            retired=undone.retired,
        ),
        "done",
    )
    return redirect(url_for("banks.page", bank_id=bank_id))


@blueprint.route("/desk/drafts/<int:draft_id>", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def mend(draft_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    draft = draft_queries.draft(draft_id)
    upload, prefix = draft_queries.upload(draft.import_id), f"d{draft_id}-"
    form = QuestionForm(prefix=prefix) if request.method == "POST" else question_form(draft, prefix)
    if request.method == "POST" and "more" in request.form:
        form.add_rows()
    elif form.validate_on_submit():
        picture = pictures.parsed_of_draft(draft_id)
        content = replace(form.content(draft.place, draft.number), picture=picture)
        store = mending.mend(draft_id, content, question_queries.texts(upload.bank_id))
        with write_transaction():
            ready = store(now, actor.signature)
        if ready:
            flash(_("Câu %(number)s đã sẵn sàng.", number=content.number), "done")
            return redirect(url_for("banks.drafts.page", import_id=draft.import_id))
        return redirect(url_for("banks.drafts.mend", draft_id=draft_id))
    return render_template(
        "banks/mend.html",
        draft=draft,
        upload=upload,
        form=form,
        like=draft_queries.resembled([draft]),
        picture=pictures.of_drafts([draft.id]).get(draft.id),
        **_for_editing(upload.bank_id),
    ), 422 if form.errors else 200


@blueprint.post("/desk/drafts/<int:draft_id>/leave-out")
@requires(Permission.BANK_EDIT)
def leave_out(draft_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        draft = mending.leave_out(draft_id, now, actor.signature)
    flash(_("Đã bỏ qua câu này. Có thể lấy lại ở mục “Đã bỏ qua”."), "done")
    return redirect(url_for("banks.drafts.page", import_id=draft.import_id))


@blueprint.post("/desk/drafts/<int:draft_id>/take-back")
@requires(Permission.BANK_EDIT)
def take_back(draft_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        draft = mending.take_back(draft_id, now, actor.signature)
    flash(_("Câu này lại chờ quyết định."), "done")
    return redirect(url_for("banks.drafts.page", import_id=draft.import_id))
