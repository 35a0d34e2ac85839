"""Pages of one unit's report: its own people write and send it, those above read and decide."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.reports import actions, count_queries, evidence, gathering, page, queries, words
from contest.reports.actions import Declared
from contest.reports.evidence import Evidence
from contest.reports.forms import CountForm, EvidenceForm, OnlineForm, ReturnForm
from contest.reports.page import field_name, report_page
from contest.rules import report_check
from contest.rules.counting import Tally
from contest.rules.reporting import Covers, Way
from contest.web.access import current_actor, requires
from contest.web.forms import Form
from contest.web.translations import shown

blueprint = Blueprint("unit", __name__, url_prefix="/desk/reports/<int:call_id>/<int:unit_id>")


def _here(call_id: int, unit_id: int, part: str = "") -> ResponseReturnValue:
    return redirect(url_for("reports.unit.show", call_id=call_id, unit_id=unit_id, _anchor=part or None))


def _page(
    call_id: int,
    unit_id: int,
    now: datetime,
    faulty: Form | None = None,
    faults: frozenset[str] = frozenset(),
    typed: Mapping[str, str] = MappingProxyType({}),
) -> str:
    actor = current_actor()
    unit = page.seen_unit(unit_id, actor)
    found = report_page(queries.call(call_id), unit, actor, now, request.args.get("page"), faults, typed)
    forms = {
        "online": OnlineForm(formdata=None),
        "count": CountForm(formdata=None),
        "back": ReturnForm(formdata=None),
        "more": EvidenceForm(formdata=None),
    }
    if faulty is not None:
        forms[{OnlineForm: "online", CountForm: "count", ReturnForm: "back"}[type(faulty)]] = faulty
    elif found.report and found.report.online_people is not None:
        forms["online"].people.data = str(found.report.online_people)
        forms["online"].attempts.data = str(found.report.online_attempts)
    return render_template(
        "reports/report.html", page=found, forms=forms, words=words, ways=Way, covers=Covers
    )


@blueprint.get("")
@requires(Permission.REPORT_SEND)
def show(call_id: int, unit_id: int) -> ResponseReturnValue:
    return _page(call_id, unit_id, clock.now())


@blueprint.post("/online")
@requires(Permission.REPORT_SEND)
def online(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, unit, form = clock.now(), page.own_unit(unit_id, current_actor()), OnlineForm()
    if not form.validate_on_submit():
        return _page(call_id, unit_id, now, form), 422
    people, attempts = form.people.meant, form.attempts.meant
    known = None if people is None else Tally(people, people if attempts is None else attempts)
    with write_transaction():
        actions.say_online(actions.writing(queries.call(call_id).call.id, unit.id, now), known)
    return _here(call_id, unit_id)


@blueprint.post("/counts")
@requires(Permission.REPORT_SEND)
def add_count(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, unit, form = clock.now(), page.own_unit(unit_id, current_actor()), CountForm()
    if not form.validate_on_submit():
        return _page(call_id, unit_id, now, form), 422
    try:
        proofs = _proofs(form)
    except Refusal as refusal:
        form.evidence.errors = [str(shown(refusal.sentence))]
        return _page(call_id, unit_id, now, form), 422
    with write_transaction():
        report = actions.writing(queries.call(call_id).call.id, unit.id, now)
        actions.add_count(report, _declared(form), proofs, now)
    flash(_("Đã thêm vào báo cáo."), "done")
    return _here(call_id, unit_id, "declared")


def _declared(form: CountForm) -> Declared:
    people = form.people.meant or 0
    attempts = people if form.attempts.meant is None else form.attempts.meant
    return Declared(Way(form.way.data), form.held_on.data, form.place.data, Tally(people, attempts))


def _proofs(form: CountForm | EvidenceForm) -> list[Evidence]:
    uploads = [one for one in form.evidence.data or () if one and one.filename]
    return [evidence.checked(one.filename, one.read(evidence.LARGEST + 1)) for one in uploads]


@blueprint.post("/counts/<int:count_id>/evidence")
@requires(Permission.REPORT_SEND)
def prove(call_id: int, unit_id: int, count_id: int) -> ResponseReturnValue:
    now, unit = clock.now(), page.own_unit(unit_id, current_actor())
    try:
        proofs = _proofs(EvidenceForm())
        with write_transaction():
            report = actions.writing(queries.call(call_id).call.id, unit.id, now)
            actions.prove(count_queries.count_of(report.id, count_id), proofs, now)
    except Refusal as refusal:
        flash(str(shown(refusal.sentence)), "error")
        return _here(call_id, unit_id, "declared")
    flash(_("Đã thêm minh chứng.") if proofs else _("Chưa chọn tệp nào. Hãy chọn tệp rồi bấm lại."), "info")
    return _here(call_id, unit_id, "declared")


@blueprint.post("/counts/<int:count_id>/evidence/<int:evidence_id>/drop")
@requires(Permission.REPORT_SEND)
def drop_evidence(call_id: int, unit_id: int, count_id: int, evidence_id: int) -> ResponseReturnValue:
    now, unit = clock.now(), page.own_unit(unit_id, current_actor())
    with write_transaction():
        report = actions.writing(queries.call(call_id).call.id, unit.id, now)
        actions.drop_evidence(report, count_id, evidence_id)
    flash(_("Đã bỏ tệp minh chứng."), "info")
    return _here(call_id, unit_id, "declared")


@blueprint.post("/counts/<int:count_id>/drop")
@requires(Permission.REPORT_SEND)
def drop_count(call_id: int, unit_id: int, count_id: int) -> ResponseReturnValue:
    now, unit = clock.now(), page.own_unit(unit_id, current_actor())
    with write_transaction():
        actions.drop_count(actions.writing(queries.call(call_id).call.id, unit.id, now), count_id)
    flash(_("Đã bỏ dòng này khỏi báo cáo."), "info")
    return _here(call_id, unit_id, "declared")


@blueprint.post("/counts/<int:count_id>/ask-again")
@requires(Permission.REPORT_SEND)
def ask_again(call_id: int, unit_id: int, count_id: int) -> ResponseReturnValue:
    now, unit = clock.now(), page.own_unit(unit_id, current_actor())
    with write_transaction():
        report = actions.writing(queries.call(call_id).call.id, unit.id, now)
        actions.unsettle(report, count_id)
    return _here(call_id, unit_id, "questions")


@blueprint.get("/counts/<int:count_id>/evidence/<int:evidence_id>")
@requires(Permission.REPORT_SEND)
def proof(call_id: int, unit_id: int, count_id: int, evidence_id: int) -> ResponseReturnValue:
    page.seen_unit(unit_id, current_actor())
    found = count_queries.evidence(call_id, unit_id, count_id, evidence_id)
    # Always a download, never shown by the browser: what was uploaded is not ours.
    return send_file(
        BytesIO(found.content), mimetype=found.media_type, as_attachment=True, download_name=found.filename
    )


@blueprint.post("/send")
@requires(Permission.REPORT_SEND)
def send(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit = page.own_unit(unit_id, actor)
    with write_transaction():
        line = queries.call(call_id)
        report = actions.writing(call_id, unit.id, now)
        actions.settle_typed(report, request.form)
        found = gathering.situation(gathering.sight(line, unit.path, now, draft_of=unit.id), unit.id)
        asked = report_check.questions(found)
        typed = {one.key: request.form[field_name(one)] for one in asked if field_name(one) in request.form}
        missing = actions.send(report, found, typed, now, actor)
    if missing:
        faults = frozenset(map(field_name, missing))
        return _page(call_id, unit_id, now, faults=faults, typed=request.form), 422
    flash(_("Đã gửi báo cáo lên cấp trên."), "done")
    return _here(call_id, unit_id)


@blueprint.post("/recall")
@requires(Permission.REPORT_SEND)
def recall(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit = page.own_unit(unit_id, actor)
    with write_transaction():
        actions.recall(queries.begun(call_id, unit.id), now, actor)
    flash(_("Đã rút báo cáo về để sửa."), "info")
    return _here(call_id, unit_id)


@blueprint.post("/approve")
@requires(Permission.REPORT_SEND)
def approve(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    unit = page.lower_unit(unit_id, actor)
    with write_transaction():
        actions.approve(queries.begun(call_id, unit.id), now, actor)
    flash(_("Đã duyệt báo cáo của %(unit)s.", unit=unit.name), "done")
    return _here(call_id, unit_id)


@blueprint.post("/return")
@requires(Permission.REPORT_SEND)
def give_back(call_id: int, unit_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), ReturnForm()
    unit = page.lower_unit(unit_id, actor)
    if not form.validate_on_submit():
        return _page(call_id, unit_id, now, form), 422
    with write_transaction():
        actions.give_back(queries.begun(call_id, unit.id), form.note.data, now, actor)
    flash(_("Đã trả báo cáo về cho %(unit)s.", unit=unit.name), "done")
    return _here(call_id, unit_id)
