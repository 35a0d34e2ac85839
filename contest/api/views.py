"""The interface for other programs: GET only, the same for everybody, cached by its ETag."""

from typing import TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from contest import clock
from contest.api import description, shapes
from contest.api.asking import answer, page_number
from contest.contests import queries as contests
from contest.errors import NotFound
from contest.paging import A_PAGE, Page, page_of
from contest.participation import snapshots
from contest.participation.showing import public_numbers
from contest.participation.snapshots import Subject
from contest.results import queries as results
from contest.units import list_queries
from contest.units import queries as units
from contest.web.access import public
from contest.web.addresses import whole_address

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

T = TypeVar("T")


def _page_of(rows: list[T]) -> Page[T]:
    number = min(int(page_number() or 1), max(1, -(-len(rows) // A_PAGE)))
    return Page(rows[(number - 1) * A_PAGE : number * A_PAGE], number, len(rows), A_PAGE)


@blueprint.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    return answer(description.openapi(whole_address("contests.home").rstrip("/")))


@blueprint.get("/contests")
@public
def all_contests() -> ResponseReturnValue:
    page = _page_of(contests.all_contests(clock.now()))
    return answer(shapes.paged(page, [shapes.contest(line) for line in page.rows]))


@blueprint.get("/contests/<code>")
@public
def contest(code: str) -> ResponseReturnValue:
    found = next((one for one in contests.all_contests(clock.now()) if one.contest.code == code), None)
    if found is None:
        raise NotFound
    return answer(shapes.contest(found))


@blueprint.get("/contests/<code>/participation")
@public
def contest_participation(code: str) -> ResponseReturnValue:
    return _participation(snapshots.of_contest(contests.contest_by_code(code)))


@blueprint.get("/rounds")
@public
def rounds() -> ResponseReturnValue:
    lines = contests.all_contests(clock.now())
    page = _page_of([(one, line.contest) for line in lines for one in line.rounds])
    return answer(shapes.paged(page, [shapes.round_(one, of) for one, of in page.rows]))


@blueprint.get("/rounds/<code>")
@public
def round_(code: str) -> ResponseReturnValue:
    now, found = clock.now(), contests.round_by_code(code)
    line = contests.RoundLine(found, contests.phase_of(found, now))
    return answer(shapes.round_(line, contests.contest_of(found)))


@blueprint.get("/rounds/<code>/participation")
@public
def participation(code: str) -> ResponseReturnValue:
    return _participation(snapshots.of_round(contests.round_by_code(code)))


def _participation(subject: Subject) -> Response:
    page_number()
    return answer(shapes.participation(public_numbers(subject, clock.now())))


@blueprint.get("/rounds/<code>/standings")
@public
def standings(code: str) -> ResponseReturnValue:
    asked, found = page_number(), contests.round_by_code(code)
    sheet = results.version_of(results.published(found.id), None)
    blocks = {block.id: block.code for block in contests.blocks(found.contest_id)}
    wanted = request.args.get("block", "")
    block_id = next((number for number, one in blocks.items() if one == wanted), None)
    if wanted and block_id is None:
        raise NotFound
    page = page_of(results.standings(sheet.id, block_id), asked)
    return answer(shapes.standings(found, sheet, page, blocks))


@blueprint.get("/units")
@public
def all_units() -> ResponseReturnValue:
    page = page_of(list_queries.found(request.args.get("q", "")[:200]), page_number())
    parents = units.by_ids({one.parent_id for one in page.rows if one.parent_id})
    return answer(shapes.paged(page, [shapes.unit(one, parents) for one in page.rows]))
