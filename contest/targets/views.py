"""Targets: what the organiser wants of units by their size, and who has reached it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import Refusal
from contest.language import Text
from contest.paging import page_of_rows
from contest.participation import actions as participation
from contest.participation import queries as measures
from contest.participation.asked import Asked
from contest.permissions import Permission
from contest.rules import main_rate
from contest.targets import actions, files, goals, queries
from contest.targets.forms import MOST_TIERS, OwnTargetForm, TargetFileForm, TiersForm, filled_in
from contest.targets.goals import BY_DEFAULT
from contest.units import queries as units
from contest.units.words import HEADCOUNT_KINDS, UNIT_KINDS
from contest.web.access import current_actor, requires
from contest.web.forms import Form
from contest.web.spreadsheets import Column, Kind, Sheet, workbook
from contest.web.translations import current_language, shown

blueprint = Blueprint("targets", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/desk/contests/<int:contest_id>/targets", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def edit(contest_id: int) -> ResponseReturnValue:
    """The tiers of a contest."""
    now, actor = clock.now(), current_actor()
    contest = contests.contest_for_staff(contest_id)
    form = _tiers_form(contest_id)
    if form.validate_on_submit():
        try:
            with write_transaction():
                actions.set_tiers(contest, form.tiers(), _kinds(form), actor, now)
            flash(_("Đã lưu chỉ tiêu."), "done")
            return redirect(url_for("targets.edit", contest_id=contest_id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return _page(contest_id, form, OwnTargetForm(formdata=None), TargetFileForm(formdata=None))


def _kinds(form: TiersForm) -> list[str]:
    """The kinds that were chosen; none where they are those that go without saying, also for units still to come."""
    usual = [kind for kind in queries.kinds_in_use() if kind in BY_DEFAULT]
    chosen = form.kinds.data or []
    return [] if set(chosen) == set(usual) else chosen


def _tiers_form(contest_id: int, **options: Any) -> TiersForm:
    rule, there = queries.rule_of(contest_id), queries.kinds_in_use()
    form = TiersForm(
        data=filled_in(rule.levels) | {"kinds": [kind for kind in there if kind in rule.kinds]}, **options
    )
    form.offer(there)
    return form


def _page(
    contest_id: int, form: Form, own: Form, file: Form, faults: Sequence[Text] = ()
) -> ResponseReturnValue:
    blocks = contests.blocks(contest_id)
    seen = measures.seen_as_set(contest_id, blocks)
    answer = render_template(
        "targets/edit.html",
        contest=contests.contest_for_staff(contest_id),
        form=form,
        own=own,
        file=file,
        faults=faults,
        lines=range(1, MOST_TIERS + 1),
        chosen=queries.named_targets(contest_id),
        blocks=blocks,
        kinds=dict(seen.kinds),
        counted=HEADCOUNT_KINDS,
        main=seen.main,
    )
    return answer, 422 if form.errors or own.errors or file.errors or faults else 200


@blueprint.post("/desk/contests/<int:contest_id>/targets/unit")
@requires(Permission.CONTEST_EDIT)
def set_own(contest_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), OwnTargetForm()
    contest = contests.contest_for_staff(contest_id)
    if form.validate_on_submit():
        try:
            with write_transaction():
                actions.set_own(contest, units.typed(form.unit.data), form.people.data, actor, now)
            flash(_("Đã lưu chỉ tiêu."), "done")
            return redirect(url_for("targets.edit", contest_id=contest_id))
        except Refusal as refusal:
            form.unit.errors = [str(shown(refusal.sentence))]
    return _page(contest_id, _tiers_form(contest_id, formdata=None), form, TargetFileForm(formdata=None))


@blueprint.post("/desk/contests/<int:contest_id>/targets/file")
@requires(Permission.CONTEST_EDIT)
def upload(contest_id: int) -> ResponseReturnValue:
    """Numbers of many units from a table, all of them or none."""
    now, actor, form, faults = clock.now(), current_actor(), TargetFileForm(), list[Text]()
    contest = contests.contest_for_staff(contest_id)
    if form.validate_on_submit():
        try:
            table = files.read(form.file.data.read())
            faults = files.sentences(table)
            if not faults:
                with write_transaction():
                    count = files.take_in(contest, table.wanted, actor, now)
                flash(
                    _(
                        "Đã đọc %(all)s dòng; chỉ tiêu của %(count)s đơn vị thay đổi.",
                        all=len(table.wanted),
                        count=count,
                    ),
                    "done",
                )
                return redirect(url_for("targets.edit", contest_id=contest_id))
        except Refusal as refusal:
            form.file.errors = [str(shown(refusal.sentence))]
    return _page(
        contest_id, _tiers_form(contest_id, formdata=None), OwnTargetForm(formdata=None), form, faults
    )


@blueprint.get("/desk/contests/<int:contest_id>/targets/chi-tieu.xlsx")
@requires(Permission.CONTEST_EDIT)
def download(contest_id: int) -> ResponseReturnValue:
    """Every unit with its size, what its tier wants and its own number, to be filled in."""
    now, contest = clock.now(), contests.contest_for_staff(contest_id)
    lines = files.lines(contest, queries.progress(contest, Asked(), now))
    kinds = (Kind.TEXT, Kind.TEXT, Kind.INTEGER, Kind.INTEGER, Kind.INTEGER)
    columns = [Column(*one) for one in zip(files.HEADINGS, kinds, (12, 46, 12, 18, 16), strict=True)]
    content = BytesIO(workbook([Sheet("Chỉ tiêu", columns, lines)], made_at=now))
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name="chi-tieu.xlsx")


@blueprint.post("/desk/contests/<int:contest_id>/targets/blocks")
@requires(Permission.CONTEST_EDIT)
def set_kinds(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest, blocks = contests.contest_for_staff(contest_id), contests.blocks(contest_id)
    typed = {block.id: request.form.get(f"block{block.id}", "") for block in blocks}
    kinds = {block_id: kind if kind in HEADCOUNT_KINDS else "" for block_id, kind in typed.items()}
    with write_transaction():
        actions.set_kinds(contest, blocks, kinds, actor, now)
        participation.measure_by(contest, request.form.get("main", ""), actor, now)
    flash(_("Đã lưu cách tính tỷ lệ của các khối."), "done")
    return redirect(url_for("targets.edit", contest_id=contest_id))


@blueprint.get("/desk/participation/targets/<int:contest_id>")
@requires(Permission.PARTICIPATION_VIEW)
def progress(contest_id: int) -> ResponseReturnValue:
    """Who has reached the target of a contest and who lacks how many, within what one may see."""
    now, within, asked = clock.now(), current_actor().unit_path, Asked.read(request.args)
    contest = contests.contest_for_staff(contest_id)
    numbers = queries.progress(contest, asked, now, within)
    rows = numbers.rows if numbers.rows else [numbers.scope] if numbers.scope else []
    rule = queries.rule_of(contest_id)
    wanted = goals.goals(numbers.figures, rule, [*rows, *([numbers.scope] if numbers.scope else [])])
    missing = request.args.get("show") == "missing"
    listed = [row for row in rows if not missing or wanted[row.unit.id].reached is False]
    return render_template(
        "targets/progress.html",
        contest=contest,
        numbers=numbers,
        goals=wanted,
        page=page_of_rows(listed, request.args.get("page")),
        missing=missing,
        holds_for=[UNIT_KINDS[kind] for kind in queries.kinds_in_use() if kind in rule.kinds]
        if rule.levels
        else [],
        reached=sum(wanted[row.unit.id].reached is True for row in rows),
        short=sum(wanted[row.unit.id].reached is False for row in rows),
        unknown=sum(wanted[row.unit.id].reached is None for row in rows),
        main_rate=main_rate.in_words(*numbers.figures.rule, current_language()),
    )
