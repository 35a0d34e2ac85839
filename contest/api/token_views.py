"""The interface for programs that hold a token: what is not public, never kept by a cache in between."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from contest import clock
from contest.api import actions, shapes
from contest.api.asking import answer, page_number
from contest.api.queries import Holder
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import NotAllowed
from contest.language import _
from contest.paging import page_of
from contest.participation import snapshots
from contest.participation.overview import overview
from contest.participation.showing import asked
from contest.participation.snapshots import Subject
from contest.results import queries as results
from contest.web.access import with_token

blueprint = Blueprint("api_tokens", __name__, url_prefix="/api/v1/staff")

# Rows on a page: who reads everything asks a few dozen times, not hundreds.
A_LONG_PAGE = 500


def admit() -> None:
    """Let in whoever sends a token that works; raises NoToken. Notes the use."""
    now, given = clock.now(), request.authorization
    holder = actions.holder_of((given.token or "") if given and given.type == "bearer" else "")
    if actions.is_to_be_noted(holder, now):
        with write_transaction():
            actions.note_use(holder, now)
    g.token_holder = holder


@blueprint.after_request
def say_how(response: Response) -> Response:
    """A 401 names the way to be let in."""
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@blueprint.get("/contests/<code>/units")
@with_token
def contest_units(code: str) -> ResponseReturnValue:
    return _units(snapshots.of_contest(contests.contest_by_code(code, drafts=True)))


@blueprint.get("/rounds/<code>/units")
@with_token
def round_units(code: str) -> ResponseReturnValue:
    return _units(snapshots.of_round(contests.round_by_code(code)))


def _units(subject: Subject) -> Response:
    number, holder = page_number(), _holder()
    numbers = overview(subject, asked(), clock.now(), within=holder.unit_path)
    return answer(shapes.every_unit(numbers, int(number or 1), A_LONG_PAGE), public=False)


@blueprint.get("/rounds/<code>/standings")
@with_token
def draft_standings(code: str) -> ResponseReturnValue:
    number, found = page_number(), contests.round_by_code(code)
    if not _holder().drafts:
        raise NotAllowed(
            _(
                "Mã truy cập này không đọc được bảng xếp hạng chưa công bố. Hãy xin quản trị một mã có quyền đó."
            )
        )
    sheet = results.version_of(results.sheets(found.id), None)
    blocks = {block.id: block.code for block in contests.blocks(found.contest_id)}
    page = page_of(results.standings(sheet.id), number, A_LONG_PAGE)
    return answer(shapes.any_standings(found, sheet, page, blocks), public=False)


def _holder() -> Holder:
    found: Holder = g.token_holder
    return found
