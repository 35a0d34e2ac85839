"""Participation for those who answer for it: organisers see all of it, coordinators their own subtree."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.events import queries as events
from contest.participation import absent_views, actions, queries, second_units, snapshots, verified
from contest.participation.embedding import HEIGHT, snippet
from contest.participation.forms import StatisticsForm
from contest.participation.overview import overview
from contest.participation.showing import asked_by, file_of, parts_of_a_page
from contest.participation.snapshots import Subject
from contest.permissions import Permission
from contest.rules.counting import Tally
from contest.web.access import current_actor, requires

blueprint = Blueprint("participation_desk", __name__)
blueprint.register_blueprint(absent_views.blueprint)

LOWEST = 5


@blueprint.get("/desk/participation")
@requires(Permission.PARTICIPATION_VIEW)
def index() -> ResponseReturnValue:
    rounds = queries.rounds(current_actor().unit_path)
    return render_template("participation/desk_index.html", rounds=rounds)


@blueprint.get("/desk/participation/<int:round_id>", endpoint="round")
@requires(Permission.PARTICIPATION_VIEW)
def round_page(round_id: int) -> ResponseReturnValue:
    within = current_actor().unit_path
    subject = snapshots.of_round(contests.round_for_staff(round_id))
    return _page(subject, events=events.events_of(round_id, within), visitors=queries.visitors(round_id))


@blueprint.get("/desk/participation/contests/<int:contest_id>")
@requires(Permission.PARTICIPATION_VIEW)
def contest(contest_id: int) -> ResponseReturnValue:
    return _page(snapshots.of_contest(contests.contest_for_staff(contest_id)), events=[], visitors={})


@blueprint.post("/desk/participation/contests/<int:contest_id>/statistics")
@requires(Permission.CONTEST_EDIT)
def statistics(contest_id: int) -> ResponseReturnValue:
    now, form = clock.now(), StatisticsForm()
    found = contests.contest_for_staff(contest_id)
    if not form.validate_on_submit():
        return _page(snapshots.of_contest(found), form, events=[], visitors={}), 422
    with write_transaction():
        actions.name_lowest(contests.contest_for_staff(contest_id), form.lowest.data, current_actor(), now)
    flash(_("Đã lưu. Trang công khai đổi theo sau vài giây."), "done")
    return redirect(url_for("participation_desk.contest", contest_id=contest_id))


def _page(subject: Subject, form: StatisticsForm | None = None, **more: object) -> str:
    now, actor = clock.now(), current_actor()
    numbers = overview(subject, asked_by(actor), now, actor.unit_path)
    kind, number = subject.key
    return render_template(
        "participation/desk_round.html",
        **parts_of_a_page(numbers),
        **more,
        place={"endpoint": f"participation_desk.{kind}", "args": {f"{kind}_id": number}},
        files="participation_desk.download" if kind == "round" else "participation_desk.contest_download",
        lowest=numbers.lowest(LOWEST),
        verified=verified.seen_from(numbers),
        also=second_units.seen_from(numbers),
        none_yet=Tally(),
        snippet=snippet(subject) if actor.may(Permission.CONTEST_EDIT) else "",
        frame_height=HEIGHT,
        form=form or StatisticsForm(data={"lowest": queries.lowest_named(subject.contest.id)}),
    )


@blueprint.get("/desk/participation/<int:round_id>/<any(xlsx, csv):kind>")
@requires(Permission.PARTICIPATION_VIEW)
def download(round_id: int, kind: str) -> ResponseReturnValue:
    subject = snapshots.of_round(contests.round_for_staff(round_id))
    return _file(subject, kind)


@blueprint.get("/desk/participation/contests/<int:contest_id>/<any(xlsx, csv):kind>")
@requires(Permission.PARTICIPATION_VIEW)
def contest_download(contest_id: int, kind: str) -> ResponseReturnValue:
    subject = snapshots.of_contest(contests.contest_for_staff(contest_id))
    return _file(subject, kind)


def _file(subject: Subject, kind: str) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    return file_of(overview(subject, asked_by(actor), now, actor.unit_path), kind)
