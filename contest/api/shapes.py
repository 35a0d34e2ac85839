"""What the interface answers, as plain dicts; every field is described in description.py."""

from datetime import datetime
from typing import Any, TypeVar

from contest.contests.models import Contest, Round
from contest.contests.queries import ContestLine, RoundLine
from contest.paging import Page
from contest.participation import verified
from contest.participation.figures import Figure, Together
from contest.participation.overview import Overview
from contest.participation.tree import NOWHERE
from contest.participation.verified import Verified
from contest.results.models import Sheet, Standing
from contest.rules.counting import Rate
from contest.units.models import Unit

T = TypeVar("T")
Answer = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    """A moment in UTC, as in 2026-10-05T02:00:00+00:00."""
    return value.isoformat(timespec="seconds") if value else None


def paged(page: Page[T], rows: list[Answer]) -> Answer:
    """A page of a list."""
    return {"page": page.number, "pages": page.last, "total": page.total, "rows": rows}


def contest(line: ContestLine) -> Answer:
    """A contest with the codes of its rounds."""
    return {
        "code": line.contest.code,
        "name": line.contest.name,
        "organiser": line.contest.organiser,
        "phase": line.phase.value,
        "rounds": [one.round.code for one in line.rounds],
    }


def round_(line: RoundLine, of: Contest) -> Answer:
    """A round and where it stands."""
    return {
        "code": line.round.code,
        "contest": of.code,
        "number": line.round.number,
        "name": line.round.name,
        "opens_at": moment(line.round.opens_at),
        "closes_at": moment(line.round.closes_at),
        "minutes": line.round.minutes,
        "phase": line.phase.value,
    }


def unit(one: Unit, parents: dict[int, Unit]) -> Answer:
    """A unit and the one above it."""
    above = parents.get(one.parent_id or 0)
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "parent": above.code if above else None,
        "closed": one.closed_at is not None,
    }


def _rate(rate: Rate) -> Answer:
    share = None if rate.share is None or rate.over else round(float(rate.share * 100), 2)
    return {"headcount": rate.headcount, "percent": share, "over": rate.over}


def _rates(of: Figure | Together) -> Answer:
    """The main rate, and every rate with the people it is of."""
    rates = [{"kind": one.kind.value, "people": one.rate.people} | _rate(one.rate) for one in of.rates]
    return {"kind_of_rate": of.kind.value} | _rate(of.rate) | {"rates": rates}


def _figure(row: Figure) -> Answer:
    named = {"code": row.unit.code, "name": row.unit.name, "kind": row.unit.kind}
    return named | {"people": row.tally.people, "attempts": row.tally.attempts} | _rates(row)


def participation(numbers: Overview) -> Answer:
    """The numbers of a round or a contest seen from a unit, with the units right below."""
    counts, page, known = numbers.counts, numbers.page, verified.seen_from(numbers)
    return {
        "contest": numbers.contest.code,
        "round": numbers.round.code if numbers.round else None,
        "unit": numbers.scope.unit.code if numbers.scope else None,
        "counted_at": moment(numbers.counted_at),
        "people": numbers.total.people,
        "attempts": numbers.total.attempts,
        **_rates(numbers.together),
        "verified": {"people": known.people} | _rate(known.rate) if known else None,
        "units": {
            "all": counts.units,
            "took_part": counts.took_part,
            "everybody": counts.everybody,
            "nobody": counts.nobody,
            "over": counts.over,
        },
        "blocks": [
            {"code": one.block.code, "name": one.block.name}
            | {"people": one.tally.people, "attempts": one.tally.attempts, "tenths": one.tenths}
            for one in numbers.blocks
        ],
        **paged(page, [_figure(row) | {"verified": _verified(known, row)} for row in page.rows]),
    }


def _verified(known: Verified | None, row: Figure) -> Answer | None:
    return {"people": known.of(row)} | _rate(known.rate_of(row)) if known else None


def every_unit(numbers: Overview, page: int, size: int) -> Answer:
    """Every unit that may be seen, at any depth, the highest level first, each with its blocks."""
    places = numbers.seen_places
    number = min(page, max(1, -(-len(places) // size)))
    snapshot, shown = numbers.snapshot, places[(number - 1) * size : number * size]
    of_blocks = [(one.code, snapshot.summed(one.id, numbers.seen)) for one in numbers.all_blocks]
    rows = [
        _figure(row)
        | {
            "parent": _code_above(numbers, place),
            "closed": row.unit.closed,
            "direct": {"people": row.direct.people, "attempts": row.direct.attempts},
            "blocks": [
                {"code": code, "people": sums.people[place], "attempts": sums.attempts[place]}
                for code, sums in of_blocks
            ],
        }
        for place, row in ((place, numbers.figures.at(place)) for place in shown)
    ]
    about = {
        "contest": numbers.contest.code,
        "round": numbers.round.code if numbers.round else None,
        "counted_at": moment(numbers.counted_at),
    }
    return about | paged(Page(shown, number, len(places), size), rows)


def _code_above(numbers: Overview, place: int) -> str | None:
    above = numbers.figures.tree.parents[place]
    return None if above == NOWHERE else numbers.figures.tree.nodes[above].code


def any_standings(of: Round, sheet: Sheet, page: Page[Standing], blocks: dict[int, str]) -> Answer:
    """A page of the newest sheet, published or not; names as they would be published."""
    return {"state": sheet.state} | standings(of, sheet, page, blocks)


def standings(of: Round, sheet: Sheet, page: Page[Standing], blocks: dict[int, str]) -> Answer:
    """A page of a published sheet; names as they were published."""
    rows = [
        {
            "block": blocks[one.block_id],
            "position": one.position,
            "rank": one.rank,
            "name": one.name,
            "unit": one.unit,
            "score": one.score,
            "out_of": one.out_of,
            "duration_seconds": one.duration_seconds,
            "handed_in_at": moment(one.handed_in_at),
        }
        for one in page.rows
    ]
    about = {"round": of.code, "version": sheet.version, "published_at": moment(sheet.published_at)}
    return about | {"rule": sheet.rule_vi} | paged(page, rows)
