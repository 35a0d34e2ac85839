"""Awards for units: set up, drafted and published by the board; read and downloaded by everybody."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.awards import actions, queries, tables
from contest.awards.forms import AwardForm
from contest.awards.words import MEASURES
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import NotFound
from contest.permissions import Permission
from contest.web.access import current_actor, public, requires
from contest.web.kept_pages import kept

blueprint = Blueprint("awards", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/desk/awards/<int:contest_id>", methods=["GET", "POST"])
@requires(Permission.RESULT_PUBLISH)
def index(contest_id: int) -> ResponseReturnValue:
    """Every set of awards of a contest, and one more."""
    now, actor, form = clock.now(), current_actor(), AwardForm()
    contest, blocks = contests.contest_for_staff(contest_id), contests.blocks(contest_id)
    form.block.choices = [(0, _("Mọi khối")), *((block.id, block.name) for block in blocks)]
    if form.validate_on_submit():
        with write_transaction():
            scheme = actions.add(form.typed(), contest, actor, now)
            sheet = actions.draft(scheme, contest, actor, now)
        return redirect(url_for("awards.sheet", sheet_id=sheet.id))
    schemes = queries.schemes(contest_id)
    return render_template(
        "awards/desk.html",
        contest=contest,
        form=form,
        lines=[(scheme, queries.sheets(scheme.id)) for scheme in schemes],
        measures=MEASURES,
        rounds=queries.rounds_published(contest_id),
    ), 422 if form.errors else 200


@blueprint.post("/desk/awards/<int:contest_id>/<int:scheme_id>/draft")
@requires(Permission.RESULT_PUBLISH)
def draft(contest_id: int, scheme_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        scheme = queries.scheme(scheme_id, contest_id)
        sheet = actions.draft(scheme, contests.contest_for_staff(contest_id), actor, now)
    flash(_("Đã lập bảng mới theo số liệu hiện có."), "done")
    return redirect(url_for("awards.sheet", sheet_id=sheet.id))


@blueprint.post("/desk/awards/<int:contest_id>/<int:scheme_id>/remove")
@requires(Permission.RESULT_PUBLISH)
def remove(contest_id: int, scheme_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        scheme = queries.scheme(scheme_id, contest_id)
        actions.remove(scheme, contests.contest_for_staff(contest_id), actor, now)
    flash(_("Đã bỏ giải."), "done")
    return redirect(url_for("awards.index", contest_id=contest_id))


@blueprint.get("/desk/awards/sheet/<int:sheet_id>")
@requires(Permission.RESULT_VIEW)
def sheet(sheet_id: int) -> ResponseReturnValue:
    """One version, published or not."""
    found, scheme = queries.sheet_for_staff(sheet_id)
    return render_template(
        "awards/sheet.html",
        contest=contests.contest_for_staff(scheme.contest_id),
        scheme=scheme,
        sheet=found,
        lines=queries.lines(sheet_id),
        tables=tables,
        rounds=queries.rounds_published(scheme.contest_id),
    )


@blueprint.post("/desk/awards/sheet/<int:sheet_id>/publish")
@requires(Permission.RESULT_PUBLISH)
def publish(sheet_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        found, scheme = queries.sheet_for_staff(sheet_id)
        actions.publish(found, contests.contest_for_staff(scheme.contest_id), actor, now)
    flash(_("Đã công bố giải tập thể."), "done")
    return redirect(url_for("awards.sheet", sheet_id=sheet_id))


@blueprint.get("/desk/awards/sheet/<int:sheet_id>.xlsx")
@requires(Permission.RESULT_VIEW)
def download_sheet(sheet_id: int) -> ResponseReturnValue:
    found, scheme = queries.sheet_for_staff(sheet_id)
    contest = contests.contest_for_staff(scheme.contest_id)
    content = tables.as_workbook(contest, [(found, queries.lines(sheet_id))], found.drafted_at)
    name = f"giai-tap-the-{contest.code}-{found.version}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


@blueprint.get("/contests/<code>/awards")
@public
@kept
def public_page(code: str) -> ResponseReturnValue:
    """Which units have won, by which rule."""
    contest = contests.contest_by_code(code)
    sheets = queries.published(contest.id)
    return render_template(
        "awards/public.html",
        contest=contest,
        parts=[(one, queries.lines(one.id)) for one in sheets],
        tables=tables,
    )


@blueprint.get("/contests/<code>/awards.xlsx")
@public
def download(code: str) -> ResponseReturnValue:
    contest = contests.contest_by_code(code)
    sheets = queries.published(contest.id)
    if not sheets:
        raise NotFound(_("Giải tập thể chưa công bố. Hãy quay lại sau khi ban tổ chức công bố."))
    made_at = max(one.published_at for one in sheets if one.published_at)
    content = tables.as_workbook(contest, [(one, queries.lines(one.id)) for one in sheets], made_at)
    name = f"giai-tap-the-{contest.code}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
