"""The organiser's pages of contests; those of rounds stand in round_views and are listed at the end."""

import secrets
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import (
    actions,
    checklist,
    paper_views,
    queries,
    round_views,
    settings_queries,
    text_actions,
)
from contest.contests.forms import (
    BlockForm,
    ConsentForm,
    ContestForm,
    NewContestForm,
    RulesForm,
    TextsForm,
    prefilled,
)
from contest.contests.rules_text import rules_text
from contest.contests.setup_steps import refusals_on, setup_steps
from contest.contests.words import CONSENTS, FIELDS, IDENTIFIED_BY, LABELS, PHASES, RANK_STYLES
from contest.database import write_transaction
from contest.errors import NotFound
from contest.permissions import Permission
from contest.rules.ranking import RankStyle, rule_in_words
from contest.web.access import current_actor, requires
from contest.web.addresses import whole_address
from contest.web.translations import current_language

blueprint = Blueprint("contests_desk", __name__)

SUGGESTED_BLOCKS = "Cán bộ, công chức, viên chức\nNgười dân"
# Long enough for prizes, complaints and the yearly report.
DATA_KEPT_FOR = timedelta(days=365)


@blueprint.get("/desk/contests")
@requires(Permission.CONTEST_VIEW)
def index() -> ResponseReturnValue:
    now = clock.now()
    lines = queries.all_contests(now, drafts=True)
    return render_template("contests/desk_index.html", lines=lines, labels=LABELS, phases=PHASES)


@blueprint.route("/desk/contests/new", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def create() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    suggested = {
        "label": "cuoc_thi",
        "ranking": "score",
        "rank_style": RankStyle.SKIP.value,
        "phone": "required",
        "unit": "required",
        "block": "required",
        "blocks": SUGGESTED_BLOCKS,
        "personal_data_until": (now.astimezone(clock.VIETNAM) + DATA_KEPT_FOR).date(),
    }
    form = NewContestForm(data=suggested)
    if form.validate_on_submit():
        with refusals_on(form):
            with write_transaction():
                contest = actions.create(form.typed(), form.block_names(), secrets.token_hex(8), now, actor)
            flash(_("Đã lập cuộc thi. Bước tiếp theo: thêm đợt thi."), "done")
            return redirect(url_for("contests_desk.rounds", contest_id=contest.id))
    return render_template("contests/new.html", form=form), 422 if form.errors else 200


@blueprint.get("/desk/contests/<int:contest_id>")
@requires(Permission.CONTEST_VIEW)
def show(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest = queries.contest_for_staff(contest_id)
    lines = queries.lines_of(contest_id, now, drafts=True)
    checks = {
        line.round.id: checklist.checklist(settings_queries.plan(line.round, now))
        for line in lines
        if line.round.published_at is None
    }
    return render_template(
        "contests/open.html",
        contest=contest,
        lines=lines,
        checks=checks,
        ready={round_id: checklist.may_open(items) for round_id, items in checks.items()},
        counts=queries.questions_per_paper([line.round.id for line in lines]),
        papers={line.round.id: queries.papers_count(line.round.id) for line in lines},
        steps=setup_steps(contest_id, "open") if actor.may(Permission.CONTEST_EDIT) else [],
        phases=PHASES,
    )


@blueprint.route("/desk/contests/<int:contest_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def edit(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest = queries.contest_for_staff(contest_id)
    current = actions.typed_now(contest)
    data = prefilled(current)
    locked = contest.published_at is not None
    form = TextsForm(data=data) if locked else ContestForm(data=data)
    if form.validate_on_submit():
        typed = replace(current, **form.texts()) if locked else form.typed()
        with refusals_on(form):
            with write_transaction():
                actions.edit(queries.contest_for_staff(contest_id), typed, now, actor)
            flash(_("Đã lưu thông tin."), "done")
            return redirect(url_for("contests_desk.edit", contest_id=contest_id))
        contest = queries.contest_for_staff(contest_id)
    page = render_template(
        "contests/edit.html",
        contest=contest,
        form=form,
        locked=locked,
        current=current,
        rule=rule_in_words(current.ranking, current.rank_style, current_language()),
        block_form=BlockForm(formdata=None),
        blocks=queries.blocks(contest_id),
        steps=setup_steps(contest_id, "settings"),
        field_names=FIELDS,
        identified_by=IDENTIFIED_BY,
        rank_styles=RANK_STYLES,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/desk/contests/<int:contest_id>/blocks")
@requires(Permission.CONTEST_EDIT)
def add_block(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest, form = queries.contest_for_staff(contest_id), BlockForm()
    if form.validate_on_submit():
        with write_transaction():
            actions.add_block(contest, form.name.data, now, actor)
    else:
        flash(_("Hãy gõ tên khối, nhiều nhất 200 ký tự."), "error")
    return redirect(url_for("contests_desk.edit", contest_id=contest_id, _anchor="blocks"))


@blueprint.post("/desk/contests/<int:contest_id>/blocks/<int:block_id>")
@requires(Permission.CONTEST_EDIT)
def change_block(contest_id: int, block_id: int) -> ResponseReturnValue:
    """The button pressed says what is done: rename, up or remove."""
    now, actor = clock.now(), current_actor()
    contest, form, act = queries.contest_for_staff(contest_id), BlockForm(), request.form.get("act")
    with write_transaction():
        block = queries.block_for_staff(contest_id, block_id)
        if act == "up":
            actions.move_block_up(contest, block, now, actor)
        elif act == "remove":
            actions.remove_block(contest, block, now, actor)
        elif form.validate():
            actions.rename_block(contest, block, form.name.data, now, actor)
        else:
            flash(_("Hãy gõ tên khối, nhiều nhất 200 ký tự."), "error")
    return redirect(url_for("contests_desk.edit", contest_id=contest_id, _anchor="blocks"))


@blueprint.route("/desk/contests/<int:contest_id>/rules", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def rules(contest_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest = queries.contest_for_staff(contest_id)
    versions = queries.rules_versions(contest_id)
    generated = rules_text(
        settings_queries.contest_settings(contest, whole_address("contests.page", code=contest.code))
    )
    afresh = not versions or request.args.get("from") == "settings"
    form = RulesForm(data={"text": generated if afresh else versions[0].text})
    if form.validate_on_submit():
        with refusals_on(form):
            with write_transaction():
                contest = queries.contest_for_staff(contest_id)
                text_actions.write_rules(contest, form.text.data, form.effective_at.data, now, actor)
            flash(_("Đã lưu thể lệ."), "done")
            return redirect(url_for("contests_desk.rules", contest_id=contest_id))
        contest = queries.contest_for_staff(contest_id)
    page = render_template(
        "contests/desk_rules.html",
        contest=contest,
        form=form,
        versions=versions,
        afresh=afresh,
        differs=bool(versions) and versions[0].text != generated,
        consents=_consent_forms(contest_id),
        steps=setup_steps(contest_id, "rules"),
    )
    return page, 422 if form.errors else 200


def _consent_forms(contest_id: int) -> list[dict[str, object]]:
    texts = queries.consent_texts(contest_id)
    return [
        {
            "kind": kind,
            "name": name,
            "version": texts[kind].version if kind in texts else 0,
            "form": ConsentForm(
                formdata=None, prefix=f"{kind}-", data={"text": texts[kind].text if kind in texts else ""}
            ),
        }
        for kind, name in CONSENTS.items()
    ]


@blueprint.post("/desk/contests/<int:contest_id>/consents/<kind>")
@requires(Permission.CONTEST_EDIT)
def consent(contest_id: int, kind: str) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contest = queries.contest_for_staff(contest_id)
    meant = next((one for one in CONSENTS if one == kind), None)
    if meant is None:
        raise NotFound
    form = ConsentForm(prefix=f"{kind}-")
    if form.validate_on_submit():
        with write_transaction():
            text_actions.write_consent(contest, meant, form.text.data, now, actor)
        flash(_("Đã lưu nội dung đồng ý."), "done")
    else:
        flash(_("Nội dung đồng ý không được để trống và dài nhất 5.000 ký tự."), "error")
    return redirect(url_for("contests_desk.rules", contest_id=contest_id, _anchor="consents"))


blueprint.add_url_rule("/desk/contests/<int:contest_id>/rounds", view_func=round_views.rounds)
blueprint.add_url_rule(
    "/desk/contests/<int:contest_id>/rounds/new", view_func=round_views.add_round, methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/desk/rounds/<int:round_id>", view_func=round_views.edit_round, methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/desk/rounds/<int:round_id>/recipe", view_func=round_views.recipe, methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/desk/rounds/<int:round_id>/delete", view_func=round_views.delete_round, methods=["POST"]
)
blueprint.add_url_rule("/desk/rounds/<int:round_id>/publish", view_func=round_views.publish, methods=["POST"])
blueprint.add_url_rule("/desk/rounds/<int:round_id>/papers/<int:number>", view_func=round_views.paper)
blueprint.add_url_rule("/desk/rounds/<int:round_id>/papers.pdf", view_func=paper_views.paper_pdf)
