"""The pictures beside shared links to a contest, a round and its results."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest.contests import queries
from contest.contests.models import Contest, Label, Round
from contest.contests.moments import closing
from contest.contests.words import LABELS
from contest.web import cards
from contest.web.access import public
from contest.web.pages import moment, short_code
from contest.web.translations import current_language, shown

blueprint = Blueprint("cards", __name__)


@blueprint.get("/contests/<code>/card.png")
@public
def contest(code: str) -> ResponseReturnValue:
    return _answer(_card(queries.contest_by_code(code)))


@blueprint.get("/rounds/<code>/<any(card, results):of>.png")
@public
def round_(code: str, of: str) -> ResponseReturnValue:
    found = queries.round_by_code(code)
    return _answer(_card(queries.contest_of(found), found, is_result=of == "results"))


def _card(contest: Contest, round_: Round | None = None, is_result: bool = False) -> cards.Card:
    name, when, foot = "", "", ""
    if round_ is not None:
        name = _("Kết quả: %(round)s", round=round_.name) if is_result else round_.name
    if round_ is not None and not is_result:
        when = _(
            "Từ %(opens)s đến %(closes)s", opens=moment(round_.opens_at), closes=closing(round_.closes_at)
        )
        foot = _("Mã ngắn: %(code)s", code=short_code(round_.code))
    return cards.Card(
        title=contest.name,
        label=str(shown(LABELS[Label(contest.label)])),
        organiser=contest.organiser,
        name=name,
        when=when,
        foot=foot,
        language="en" if current_language() == "en" else "vi",
    )


def _answer(card: cards.Card) -> Response:
    answer = Response(cards.picture(card), mimetype="image/png")
    # A contest's name or a closing may change; a day-old picture beside a link misleads nobody.
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
