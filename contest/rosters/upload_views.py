"""Pages of a list on its way in: upload, wait, preview, confirm, and the file to fill in."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock, jobs
from contest.database import write_transaction
from contest.errors import NotFound, Refusal
from contest.jobs import JobState
from contest.permissions import Permission
from contest.rosters import actions, following, previewing, queries, tables, working
from contest.rosters.forms import ConfirmForm, UploadForm
from contest.rosters.words import STATES, remark
from contest.units import queries as units
from contest.web.access import current_actor, requires
from contest.web.translations import current_language, shown

blueprint = Blueprint("files", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/desk/rosters/<int:contest_id>/upload", methods=["GET", "POST"])
@requires(Permission.ROSTER_EDIT)
def upload(contest_id: int) -> ResponseReturnValue:
    now, actor, contest = clock.now(), current_actor(), queries.contest(contest_id)
    own = units.by_id(actor.unit_id, actor.unit_path) if actor.unit_id else None
    form = UploadForm(data={"unit": units.picked(own)})
    if form.validate_on_submit():
        file = (form.file.data.filename or "", form.file.data.read())
        try:
            unit = units.typed(form.unit.data, actor.unit_path)
            with write_transaction():
                kept = actions.keep_upload(contest.id, unit, file, now, actor)
            working.read_or_ask(kept, clock.now, actor.signature)
            return redirect(url_for("rosters.files.page", upload_id=kept.id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return render_template("rosters/upload.html", form=form, contest=contest), 422 if form.errors else 200


@blueprint.get("/desk/rosters/files/<int:upload_id>")
@requires(Permission.ROSTER_EDIT)
def page(upload_id: int) -> ResponseReturnValue:
    """The preview of a file that has been read; where it is still being worked on, how far that is."""
    kept = queries.upload(upload_id, current_actor().id)
    job = working.job_of(upload_id)
    if job is not None and not job.over:
        return redirect(url_for("rosters.files.work", job_id=job.id))
    shown_preview = previewing.preview(kept, request.args)
    return render_template(
        "rosters/preview.html", preview=shown_preview, form=ConfirmForm(), states=STATES, remark=remark
    )


@blueprint.get("/desk/rosters/jobs/<int:job_id>")
@requires(Permission.ROSTER_EDIT)
def work(job_id: int) -> ResponseReturnValue:
    """How far a long list is; once done, what comes next; where it failed, why."""
    job = jobs.job(job_id)
    if job.kind not in (working.READ, working.TAKE) or job.staff_id != current_actor().id:
        raise NotFound
    if job.state == JobState.DONE and job.kind == working.READ:
        return redirect(url_for("rosters.files.page", upload_id=job.subject_id))
    if job.state == JobState.DONE:
        flash(_("Đã nhập danh sách."), "done")
        return redirect(url_for("rosters.show", contest_id=job.home_id))
    errors = job.error_en if current_language() == "en" else job.error_vi
    return render_template(
        "rosters/work.html", job=job, reading=job.kind == working.READ, errors=errors.splitlines()
    )


@blueprint.post("/desk/rosters/files/<int:upload_id>/confirm")
@requires(Permission.ROSTER_EDIT)
def confirm(upload_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), ConfirmForm()
    with write_transaction():
        kept = queries.upload(upload_id, actor.id)
        actions.confirm(kept, form.drop_missing.data)
    if working.take_in_or_ask(upload_id, clock.now, actor.signature):
        flash(_("Đã nhập danh sách."), "done")
        return redirect(url_for("rosters.show", contest_id=kept.contest_id))
    return redirect(url_for("rosters.files.page", upload_id=upload_id))


@blueprint.post("/desk/rosters/files/<int:upload_id>/drop")
@requires(Permission.ROSTER_EDIT)
def drop(upload_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with write_transaction():
        kept = queries.upload(upload_id, actor.id)
        actions.drop_upload(kept)
    flash(_("Đã bỏ tệp vừa tải lên. Danh sách không thay đổi."), "info")
    return redirect(url_for("rosters.show", contest_id=kept.contest_id))


@blueprint.get("/desk/rosters/mau-danh-sach.xlsx")
@requires(Permission.ROSTER_EDIT)
def template() -> ResponseReturnValue:
    return _file(tables.template(clock.now()), "mau-danh-sach.xlsx")


@blueprint.get("/desk/rosters/<int:contest_id>/danh-sach.xlsx")
@requires(Permission.ROSTER_EDIT)
def download(contest_id: int) -> ResponseReturnValue:
    now, actor, contest = clock.now(), current_actor(), queries.contest(contest_id)
    lines = queries.every_line(contest.id, actor.unit_path)
    follows = actor.may(Permission.ROSTER_FOLLOW)
    below = following.followed_below(contest.id, actor.unit_path) if follows and actor.unit_path else ()
    return _file(tables.as_workbook(lines, now, with_matches=follows, but=below), "danh-sach.xlsx")


def _file(content: bytes, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
