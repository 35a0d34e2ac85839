"""The page on which somebody waits for a large file to be read."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from contest import jobs
from contest.banks import queries, reading
from contest.errors import NotFound
from contest.jobs import JobState
from contest.permissions import Permission
from contest.web.access import requires
from contest.web.translations import current_language

blueprint = Blueprint("reading", __name__)


@blueprint.get("/desk/reading/<int:job_id>")
@requires(Permission.BANK_VIEW)
def page(job_id: int) -> ResponseReturnValue:
    """How far it is; once done, the draft; where it failed, why."""
    job = jobs.job(job_id)
    if job.kind != reading.KIND:
        raise NotFound
    if job.state == JobState.DONE:
        return redirect(url_for("banks.drafts.page", import_id=job.subject_id))
    errors = job.error_en if current_language() == "en" else job.error_vi
    return render_template(
        "banks/reading.html", job=job, bank=queries.bank(job.home_id), errors=errors.splitlines()
    )
