"""The organiser's acts on the clock of a round: a later closing, pauses, extra time."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.attempts import clock_actions as actions
from contest.attempts import clock_pages as pages
from contest.attempts import clock_queries as queries
from contest.attempts.clock_forms import ExtraForm, PauseForm
from contest.contests import queries as contests
from contest.contests.round_forms import ExtendForm
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.web.access import current_actor, requires
from contest.web.translations import shown

blueprint = Blueprint("attempts_desk", __name__)


@blueprint.post("/desk/rounds/<int:round_id>/extend")
@requires(Permission.CONTEST_EDIT)
def extend(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    contests.round_for_staff(round_id)
    form = ExtendForm()
    if form.validate_on_submit():
        with write_transaction():
            moved = actions.extend(contests.round_for_writing(round_id), form.closes_at.data, now, actor)
        flash(
            _(
                "Đã lùi giờ đóng; %(moved)s bài đang làm được thêm giờ theo. Hãy báo cho người dự thi.",
                moved=moved,
            ),
            "done",
        )
    else:
        flash(form.closes_at.errors[0], "error")
    return redirect(url_for("contests_desk.edit_round", round_id=round_id))


@blueprint.get("/desk/rounds/<int:round_id>/clock")
@requires(Permission.CONTEST_EDIT)
def round_clock(round_id: int) -> ResponseReturnValue:
    round_ = contests.round_for_staff(round_id)
    chosen = request.args.get("entry", "")
    form = ExtraForm(
        round_.minutes, formdata=None, data={"entry_id": chosen, "whom": "entry"} if chosen else None
    )
    return _page(round_id, PauseForm(formdata=None), form, 200)


def _page(
    round_id: int, pause_form: PauseForm, extra_form: ExtraForm, status: int, **more: Any
) -> ResponseReturnValue:
    shown_round = pages.round_clock(
        round_id, request.args.get("q", ""), extra_form.entry_id.data, clock.now()
    )
    page = render_template(
        "attempts/desk_clock.html",
        **shown_round,
        **{"preview": None, **more},
        pause_form=pause_form,
        form=extra_form,
    )
    return page, status


@blueprint.post("/desk/rounds/<int:round_id>/clock/pause")
@requires(Permission.CONTEST_EDIT)
def pause(round_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), PauseForm()
    round_ = contests.round_for_staff(round_id)
    if not form.validate():
        return _page(round_id, form, ExtraForm(round_.minutes, formdata=None), 422)
    with write_transaction():
        standing = actions.pause(contests.round_for_writing(round_id), form.reason.data, now, actor)
    flash(_("Đã tạm dừng; đồng hồ của %(count)s bài đang làm đứng lại.", count=standing), "done")
    return redirect(url_for("attempts_desk.round_clock", round_id=round_id))


@blueprint.post("/desk/rounds/<int:round_id>/clock/resume")
@requires(Permission.CONTEST_EDIT)
def resume(round_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        going_on = actions.resume(contests.round_for_writing(round_id), now, actor)
    flash(_("Đợt thi tiếp tục; %(count)s bài được trả lại trọn thời gian đã dừng.", count=going_on), "done")
    return redirect(url_for("attempts_desk.round_clock", round_id=round_id))


@blueprint.post("/desk/rounds/<int:round_id>/clock/extra")
@requires(Permission.CONTEST_EDIT)
def give(round_id: int) -> ResponseReturnValue:
    """First what it changes, in numbers; given once that has been read."""
    now, actor = clock.now(), current_actor()
    round_ = contests.round_for_staff(round_id)
    form = ExtraForm(round_.minutes)
    if not form.validate():
        return _page(round_id, PauseForm(formdata=None), form, 422)
    try:
        whom, typed = pages.whom(round_, form.typed()), form.typed()
    except Refusal as refusal:
        form.unit.errors = [str(shown(refusal.sentence))]
        return _page(round_id, PauseForm(formdata=None), form, refusal.status)
    if form.confirmed.data != "yes":
        preview = pages.preview(round_, whom, typed, now)
        return _page(round_id, PauseForm(formdata=None), form, 200, **preview)
    with write_transaction():
        touched = actions.give(contests.round_for_writing(round_id), whom, pages.gift(typed), now, actor)
    flash(_("Đã thêm giờ; %(count)s bài đang làm được thêm ngay.", count=touched), "done")
    return redirect(url_for("attempts_desk.round_clock", round_id=round_id))


@blueprint.post("/desk/rounds/<int:round_id>/clock/extra/<int:extra_id>/withdraw")
@requires(Permission.CONTEST_EDIT)
def withdraw(round_id: int, extra_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        round_ = contests.round_for_writing(round_id)
        touched = actions.withdraw(round_, queries.one_extra(round_id, extra_id), now, actor)
    flash(_("Đã thu hồi; %(count)s bài đang làm bị bớt giờ.", count=touched), "done")
    return redirect(url_for("attempts_desk.round_clock", round_id=round_id))
