"""The organiser's acts that move attempts under way."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.attempts import actions
from contest.contests import queries as contests
from contest.contests.round_forms import ExtendForm
from contest.database import write_transaction
from contest.permissions import Permission
from contest.web.access import current_actor, requires

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
