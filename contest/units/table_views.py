"""Pages of tables of units: upload, preview, confirm, and the tree to download."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock, jobs
from contest.clock import VIETNAM
from contest.database import write_transaction
from contest.errors import NotFound, Refusal
from contest.jobs import JobState
from contest.language import Text
from contest.permissions import Permission
from contest.rules.unit_rows import RowFault
from contest.rules.unit_table_words import Column as Field
from contest.units import (
    change_queries,
    comparing,
    ending,
    files,
    import_queries,
    importing,
    queries,
    tables,
    working,
)
from contest.units.fault_words import problem
from contest.units.forms import TableForm
from contest.units.words import FIELDS, HEADCOUNT_KINDS, UNIT_KINDS, value
from contest.web.access import current_actor, requires
from contest.web.spreadsheets import Column, Kind, Sheet, workbook
from contest.web.translations import current_language, shown

blueprint = Blueprint("tables", __name__)

MOST_SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (10, 46, 14, 24, 20, 12, 14, 22, 46, 30, 14, 24, 30)


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


@blueprint.route("/desk/units/import", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def upload() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    form = TableForm()
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            files.read_table(content, today=_day(now))
            with write_transaction():
                pending = importing.keep_upload(form.file.data.filename or "", content, actor, now)
            return redirect(url_for("units.tables.preview", import_id=pending.id))
        except Refusal as refusal:
            form.file.errors = [str(shown(refusal.sentence))]
    return render_template(
        "units/import.html", form=form, ready_made=tables.READY_MADE
    ), 422 if form.errors else 200


@blueprint.get("/desk/units/import/<int:import_id>")
@requires(Permission.UNIT_EDIT)
def preview(import_id: int) -> ResponseReturnValue:
    """What a table would change; while it is taken in, how far that is."""
    now, actor = clock.now(), current_actor()
    pending = import_queries.pending_import(import_id, actor.id)
    job = working.job_of(pending)
    if job is not None and not job.over:
        return redirect(url_for("units.tables.work", job_id=job.id))
    table = files.read_table(pending.content, queries.open_codes(), _day(now))
    tree = comparing.tree_of(table, _day(now))
    change = comparing.compare(table, tree)
    return render_template(
        "units/preview.html",
        pending=pending,
        ignored=", ".join(f"“{text}”" for text in table.ignored),
        change=change,
        numbers=ending.numbers_after(change, tree),
        again=any(one.row.successors and _was_closed(one) for one in change.changed),
        faults=faults([*table.faults, *change.held_back]),
        most=MOST_SHOWN,
        kinds=UNIT_KINDS,
        fields=FIELDS,
        value=value,
        counted=HEADCOUNT_KINDS,
    )


def _was_closed(one: comparing.Change) -> bool:
    """Whether it is said anew what became of a unit that had ended before."""
    closed_before = all(before for field, before, _after in one.differences if field == Field.CLOSED_FROM)
    return closed_before and bool(one.fields & comparing.ENDS)


def faults(found: Iterable[RowFault]) -> list[tuple[int, list[Text]]]:
    """The rows that cannot be taken in, in order, each with everything that is wrong with it."""
    by_row: dict[int, list[Text]] = {}
    for fault in found:
        by_row.setdefault(fault.number, []).append(problem(fault.problem, fault.words))
    return sorted(by_row.items())


@blueprint.post("/desk/units/import/<int:import_id>/confirm")
@requires(Permission.UNIT_EDIT)
def confirm(import_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    pending = import_queries.pending_import(import_id, actor.id)
    change = working.take_in_or_ask(pending, actor.signature, now)
    if change is None:
        return redirect(url_for("units.tables.preview", import_id=import_id))
    counts = {"new": len(change.new), "changed": len(change.changed)}
    flash(_("Đã nhập: %(new)s đơn vị mới, %(changed)s đơn vị thay đổi.", **counts), "done")
    return redirect(url_for("units.index"))


@blueprint.get("/desk/units/import/jobs/<int:job_id>")
@requires(Permission.UNIT_EDIT)
def work(job_id: int) -> ResponseReturnValue:
    """How far a large table is; once done, the tree; where it failed, why."""
    job = jobs.job(job_id)
    if job.kind != working.KIND or job.staff_id != current_actor().id:
        raise NotFound
    if job.state == JobState.DONE:
        flash(_("Đã nhập cây đơn vị."), "done")
        return redirect(url_for("units.index"))
    errors = job.error_en if current_language() == "en" else job.error_vi
    return render_template("units/work.html", job=job, errors=errors.splitlines())


@blueprint.post("/desk/units/import/<int:import_id>/drop")
@requires(Permission.UNIT_EDIT)
def drop(import_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with write_transaction():
        importing.drop_upload(import_queries.pending_import(import_id, actor.id))
    flash(_("Đã bỏ tệp vừa tải lên. Cây đơn vị không thay đổi."), "info")
    return redirect(url_for("units.index"))


@blueprint.get("/desk/units/don-vi.xlsx")
@requires(Permission.UNIT_VIEW)
def download() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    units = queries.everything(actor.unit_path, closed=True)
    numbers, names = (
        queries.headcounts_on(_day(now), actor.unit_path),
        queries.names_of({unit.id for unit in units}),
    )
    outer = queries.by_ids({unit.parent_id for unit in units[:1] if unit.parent_id})
    endings = change_queries.endings()
    lines = tables.rows(
        units, numbers, names, endings, {unit_id: unit.code for unit_id, unit in outer.items()}
    )
    return _workbook([Sheet("Đơn vị", _columns(), lines)], now, "don-vi.xlsx")


@blueprint.get("/desk/units/mau-don-vi.xlsx")
@requires(Permission.UNIT_VIEW)
def template() -> ResponseReturnValue:
    guide = [Column("Cột", width=24), Column("Cách ghi", width=90)]
    sheets = [
        Sheet("Đơn vị", _columns(), tables.EXAMPLES),
        Sheet("Hướng dẫn", guide, tables.guide()),
    ]
    return _workbook(sheets, clock.now(), "mau-don-vi.xlsx")


@blueprint.get("/desk/units/data/<name>.<any(xlsx, csv):kind>")
@requires(Permission.UNIT_VIEW)
def ready_made(name: str, kind: str) -> ResponseReturnValue:
    """A table to begin with: the provinces, or what the tree of one looks like."""
    if name not in tables.READY_MADE:
        raise NotFound
    if kind == "csv":
        return send_file(
            BytesIO(tables.ready_made_file(name)),
            mimetype="text/csv; charset=utf-8",
            as_attachment=True,
            download_name=f"{name}.csv",
        )
    head, lines = tables.ready_made(name)
    columns = [Column(text, width=46 if place in (1, 5, 8) else 16) for place, text in enumerate(head)]
    return _workbook([Sheet("Đơn vị", columns, lines)], clock.now(), f"{name}.xlsx")


def _columns() -> list[Column]:
    kinds = [Kind.TEXT] * 5 + [Kind.INTEGER] * 3 + [Kind.TEXT] * 5
    return [Column(*column) for column in zip(tables.HEADINGS, kinds, WIDTHS, strict=True)]


def _workbook(sheets: list[Sheet], now: datetime, name: str) -> ResponseReturnValue:
    content = BytesIO(workbook(sheets, made_at=now))
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name)
