"""The first page after sign-in: what needs me now."""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from contest import clock
from contest.banks import sources
from contest.clock import VIETNAM
from contest.corrections import queries as corrections
from contest.desk import needs, own_unit, queries, report_needs
from contest.desk.needs import Need
from contest.desk.own_pictures import hour_charts, sister_bars
from contest.desk.own_unit import OwnUnit
from contest.desk.queries import RoundLine
from contest.participation.showing import rate_words
from contest.permissions import Actor, Permission
from contest.rosters import match_queries
from contest.units import queries as units
from contest.web.access import current_actor, signed_in

blueprint = Blueprint("desk", __name__)


@blueprint.get("/desk")
@signed_in
def home() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    sees_rounds = actor.may(Permission.PARTICIPATION_VIEW)
    rounds = queries.rounds_at_hand(now) if sees_rounds else []
    open_lines = [line for line in rounds if line.round.published_at and line.round.opens_at <= now]
    own_lines = open_lines or queries.closed_lately(now)
    own = units.by_id(actor.unit_id) if actor.unit_id and actor.unit_path else None
    return render_template(
        "desk/home.html",
        needs=sorted(_needs(actor, own, rounds, now), key=needs.by_pressure),
        steps=needs.first_steps(queries.begun(), actor),
        sees_rounds=sees_rounds,
        open_rounds=queries.seen_by_everybody(open_lines) if open_lines and not own else [],
        own=own,
        own_rounds=own_unit.own_rounds(own_lines, own, now) if own and sees_rounds else [],
        **rate_words(),
        hour_charts=hour_charts,
        sister_bars=sister_bars,
        now=now,
    )


def _needs(actor: Actor, own: OwnUnit, rounds: list[RoundLine], now: datetime) -> Iterable[Need]:
    """What this person may do something about."""
    if actor.may(Permission.REPORT_SEND):
        yield from report_needs.of_reports(actor, own, now)
    if own is not None:
        yield from needs.of_offers(corrections.count_offered_to(own.path))
        if actor.may(Permission.ROSTER_FOLLOW):
            yield from needs.of_pairs(match_queries.waiting(own.path))
    if actor.may(Permission.RESULT_REVIEW):
        yield from needs.of_sheets(queries.drafted_sheets())
    yield from needs.of_rounds(rounds, actor, now)
    if actor.may(Permission.BANK_EDIT):
        yield from needs.of_drafts(queries.doubtful_drafts())
        yield from needs.of_aged(sources.by_bank(now.astimezone(VIETNAM).date()))
    if actor.may(Permission.BANK_APPROVE):
        yield from needs.of_banks(queries.waiting_for_approval())
    if actor.may(Permission.HEADCOUNT_EDIT):
        yield from needs.of_units(units.count_uncounted(actor.unit_path))
