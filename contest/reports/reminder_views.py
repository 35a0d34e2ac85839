"""Pages of reminders: who has not reported, with words to copy, a list to take away, and letters where a server is set."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock, jobs, mail
from contest.database import write_transaction
from contest.jobs import JobState
from contest.permissions import Permission
from contest.reports import queries, reminding
from contest.reports.words import PUNCTUALITY, STATES
from contest.web.access import current_actor, requires
from contest.web.addresses import whole_address
from contest.web.pages import moment
from contest.web.spreadsheets import Column, Sheet, workbook
from contest.web.translations import shown

blueprint = Blueprint("reminders", __name__, url_prefix="/desk/reports/<int:call_id>/reminders")


@blueprint.get("")
@requires(Permission.REPORT_SEND)
def show(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    line = queries.call(call_id)
    page = reminding.overdue(line, actor, now, request.args.get("page"))
    return render_template(
        "reports/reminders.html",
        line=line,
        page=page,
        waiting_for_words=reminding.count_to_write_to(line, actor, now),
        message=reminding.message(line, whole_address("reports.call", call_id=call_id)),
        by_mail=mail.smtp() is not None,
        letters=mail.counts(reminding.PURPOSE, call_id),
        job=jobs.of_subject(mail.KIND, call_id),
        failed=JobState.FAILED,
        states=STATES,
        punctuality=PUNCTUALITY,
    )


@blueprint.post("")
@requires(Permission.REPORT_SEND)
def send(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    address = whole_address("reports.call", call_id=call_id)
    with write_transaction():
        line = queries.call(call_id)
        count = reminding.remind(line, address, now, actor)
    flash(_("Đang gửi %(count)s thư nhắc.", count=count), "done")
    return redirect(url_for("reports.reminders.show", call_id=call_id))


@blueprint.get("/xlsx")
@requires(Permission.REPORT_SEND)
def download(call_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    line = queries.call(call_id)
    columns = [Column(_("Mã")), Column(_("Đơn vị"), width=44), Column(_("Báo cáo"), width=22)]
    columns += [Column(_("Đầu mối đơn vị"), width=30), Column(_("Thư điện tử"), width=34)]
    rows = (
        [
            row.unit.code,
            row.unit.name,
            str(shown(STATES[row.state][0])),
            "; ".join(one.name for one in row.coordinators),
            "; ".join(one.email for one in row.coordinators),
        ]
        for row in reminding.everybody_overdue(line, actor, now)
    )
    title = [line.call.name, _("Chưa gửi lúc %(at)s", at=moment(now))]
    content = workbook([Sheet(_("Chưa gửi"), columns, rows, title_lines=title)], made_at=now)
    return send_file(BytesIO(content), as_attachment=True, download_name=f"chua-gui-bao-cao-{call_id}.xlsx")
