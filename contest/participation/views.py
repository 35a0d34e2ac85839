"""Public participation numbers of rounds and contests: pages, files, charts, and frames for portals."""

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from contest import clock
from contest.contests import queries as contests
from contest.participation import queries, snapshots, verified
from contest.participation.embedding import scheme_of
from contest.participation.showing import (
    chart_of,
    file_of,
    parts_of_a_page,
    public_numbers,
    public_places,
)
from contest.participation.snapshots import Subject
from contest.results import queries as results
from contest.web import headers
from contest.web.access import public
from contest.web.kept_pages import kept

blueprint = Blueprint("participation", __name__)

FILES = "<any(xlsx, csv):kind>"
CHART = "<any(units, blocks, bands, topics, days, hours):name>.<any(svg, png, csv):kind>"


def _round(code: str) -> Subject:
    return snapshots.of_round(contests.round_by_code(code))


def _contest(code: str) -> Subject:
    return snapshots.of_contest(contests.contest_by_code(code))


@blueprint.get("/participation/<code>")
@public
@kept
def public_page(code: str) -> ResponseReturnValue:
    return _page(_round(code))


@blueprint.get("/contests/<code>/participation")
@public
@kept
def contest_page(code: str) -> ResponseReturnValue:
    return _page(_contest(code))


def _page(subject: Subject) -> ResponseReturnValue:
    now = clock.now()
    numbers = public_numbers(subject, now)
    return render_template(
        "participation/public.html",
        **parts_of_a_page(numbers),
        place=public_places(subject),
        before=numbers.opens_at is None or now < numbers.opens_at,
        published=subject.round is not None and results.is_published(subject.round.id),
        lowest=numbers.lowest(queries.lowest_named(subject.contest.id)),
        verified=verified.seen_from(numbers),
    )


@blueprint.get(f"/participation/<code>.{FILES}")
@public
@kept
def download(code: str, kind: str) -> ResponseReturnValue:
    return file_of(public_numbers(_round(code), clock.now()), kind)


@blueprint.get(f"/contests/<code>/participation.{FILES}")
@public
@kept
def contest_download(code: str, kind: str) -> ResponseReturnValue:
    return file_of(public_numbers(_contest(code), clock.now()), kind)


@blueprint.get(f"/participation/<code>/charts/{CHART}")
@public
@kept
def chart(code: str, name: str, kind: str) -> ResponseReturnValue:
    return chart_of(public_numbers(_round(code), clock.now()), name, kind)


@blueprint.get(f"/contests/<code>/participation/charts/{CHART}")
@public
@kept
def contest_chart(code: str, name: str, kind: str) -> ResponseReturnValue:
    return chart_of(public_numbers(_contest(code), clock.now()), name, kind)


@blueprint.get("/embed/participation/<code>")
@public
@kept
def frame(code: str) -> ResponseReturnValue:
    return _frame(_round(code))


@blueprint.get("/embed/contests/<code>/participation")
@public
@kept
def contest_frame(code: str) -> ResponseReturnValue:
    return _frame(_contest(code))


def _frame(subject: Subject) -> Response:
    """A small page that portals may put into theirs; everything else about it is as strict as elsewhere."""
    numbers = public_numbers(subject, clock.now())
    page = render_template(
        "participation/frame.html",
        **parts_of_a_page(numbers),
        place=public_places(subject),
        scheme=scheme_of(request.args.get("scheme")),
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = headers.policy(current_app.config["SETTINGS"].framed_by)
    return answer
