"""Public pages of contests: the first page, a contest, its rules."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from contest import clock
from contest.contests import picture_queries, queries
from contest.contests.moments import closing
from contest.contests.words import LABELS, PHASES
from contest.errors import NotFound
from contest.language import _
from contest.permissions import Permission
from contest.rules.timing import Phase
from contest.web.access import actor_or_none, public

blueprint = Blueprint("contests", __name__)

blueprint.add_app_template_filter(closing)

MOST_CLOSED = 12


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    now = clock.now()
    lines = queries.all_contests(now)
    return render_template(
        "contests/home.html",
        running=[line for line in lines if line.phase is Phase.OPEN],
        coming=[line for line in lines if line.phase is Phase.BEFORE],
        closed=[line for line in lines if line.phase is Phase.CLOSED][:MOST_CLOSED],
        labels=LABELS,
        phases=PHASES,
    )


@blueprint.get("/pictures/<token>")
@public
def picture(token: str) -> ResponseReturnValue:
    """A picture of a question. It never changes, and nobody between the server and a phone may keep it."""
    actor = actor_or_none()
    for_staff = actor is not None and actor.may(Permission.BANK_VIEW)
    media_type, content = picture_queries.picture(token, clock.now(), for_staff)
    answer = Response(content, mimetype=media_type)
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


@blueprint.get("/contests/<code>")
@public
def page(code: str) -> ResponseReturnValue:
    now = clock.now()
    contest = queries.contest_by_code(code, drafts=_sees_drafts())
    return render_template(
        "contests/page.html",
        contest=contest,
        rounds=queries.lines_of(contest.id, now),
        has_rules=queries.rules_in_force(contest.id, now) is not None,
        labels=LABELS,
        phases=PHASES,
    )


@blueprint.get("/contests/<code>/rules")
@public
def rules(code: str) -> ResponseReturnValue:
    now = clock.now()
    contest = queries.contest_by_code(code, drafts=_sees_drafts())
    versions = queries.rules_versions(contest.id)
    in_force = queries.rules_in_force(contest.id, now)
    asked = request.args.get("version", "")
    shown = next((one for one in versions if str(one.version) == asked), None) if asked else in_force
    if shown is None or in_force is None:
        raise NotFound(_("Chưa có bản thể lệ này. Hãy quay về trang cuộc thi."))
    return render_template(
        "contests/rules.html",
        contest=contest,
        versions=versions,
        shown=shown,
        in_force=in_force,
        labels=LABELS,
    )


def _sees_drafts() -> bool:
    """Staff may look at the page before it is public."""
    actor = actor_or_none()
    return actor is not None and actor.may(Permission.CONTEST_VIEW)
