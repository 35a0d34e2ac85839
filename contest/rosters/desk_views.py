"""Lists of units at the desk: who is on them, who of them entered, and what waits for a decision."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.paging import page_of
from contest.permissions import Permission
from contest.rosters import (
    actions,
    following,
    inherited,
    match_queries,
    pass_views,
    passes,
    queries,
    seeking,
    upload_views,
)
from contest.rosters.words import GROUNDS, MATCH_BADGES, MATCHES
from contest.units import lineage
from contest.web.access import current_actor, requires

blueprint = Blueprint("rosters", __name__)
blueprint.register_blueprint(upload_views.blueprint)
blueprint.register_blueprint(pass_views.blueprint)


@blueprint.get("/desk/rosters")
@requires(Permission.ROSTER_EDIT)
def index() -> str:
    contests, within = queries.contests_to_list_for(clock.now()), current_actor().unit_path
    lines = [(contest, queries.counts(contest.id, within)) for contest in contests]
    return render_template("rosters/index.html", lines=lines)


@blueprint.get("/desk/rosters/<int:contest_id>")
@requires(Permission.ROSTER_EDIT)
def show(contest_id: int) -> str:
    contest, within = queries.contest(contest_id), current_actor().unit_path
    # Who of a list has come, and who has not, is told to the unit's own coordinator alone.
    follows = current_actor().may(Permission.ROSTER_FOLLOW)
    code, text, asked = (request.args.get(name, "")[:200] for name in ("unit", "q", "state"))
    state = asked if follows else ""
    below = following.followed_below(contest_id, within) if follows and within else frozenset()
    unit = lineage.by_code(code, within) if code else None
    scope = unit.path if unit else within
    page = page_of(
        queries.found(contest_id, scope, text, state, below if state else ()), request.args.get("page")
    )
    return render_template(
        "rosters/show.html",
        contest=contest,
        unit=unit,
        text=text,
        state=state,
        follows=follows,
        followed_below=below,
        counts=queries.counts(contest_id, scope),
        page=page,
        lines=queries.lines(page.rows),
        listing=queries.listing_units(contest_id, within),
        taken_over=inherited.taken_over(contest_id, scope),
        undivided=inherited.undivided(contest_id, scope),
        passes={one.row_id: one for one in passes.passes_of(page.rows)},
        matches=MATCHES,
        badges=MATCH_BADGES,
    )


@blueprint.post("/desk/rosters/rows/<int:row_id>/remove")
@requires(Permission.ROSTER_EDIT)
def remove(row_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        row = queries.row(row_id, actor.unit_path)
        actions.take_off(row, now, actor)
    flash(_("Đã bỏ một người khỏi danh sách. Lượt thi của người ấy, nếu có, vẫn được giữ."), "done")
    return redirect(url_for("rosters.show", contest_id=row.contest_id))


@blueprint.get("/desk/rosters/<int:contest_id>/pairs")
@requires(Permission.ROSTER_EDIT)
def pairs(contest_id: int) -> str:
    contest, within = queries.contest(contest_id), current_actor().unit_path
    settled = request.args.get("show") == "settled"
    wanted = match_queries.settled_pairs if settled else match_queries.open_pairs
    page = page_of(wanted(contest_id, within), request.args.get("page"), size=20)
    return render_template(
        "rosters/pairs.html",
        contest=contest,
        settled=settled,
        page=page,
        pairs=match_queries.pairs(page.rows),
        names=match_queries.who_settled(page.rows),
        grounds=GROUNDS,
    )


@blueprint.post("/desk/rosters/pairs/<int:match_id>")
@requires(Permission.ROSTER_EDIT)
def settle(match_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        match = seeking.settle(match_id, request.form.get("same") == "yes", actor.unit_path, now, actor)
        contest_id = queries.row(match.row_id, actor.unit_path).contest_id
    flash(_("Đã lưu."), "done")
    shown = "settled" if request.form.get("show") == "settled" else None
    return redirect(url_for("rosters.pairs", contest_id=contest_id, show=shown))
