"""What the system itself has counted for a call: people of units, each person once; and until when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contest.clock import VIETNAM
from contest.participation import queries as participation
from contest.participation.queries import TallyRow
from contest.reports import queries
from contest.reports.queries import CallLine
from contest.rules.counting import Tally


@dataclass(frozen=True)
class Seen:
    """People and attempts per unit directly (0: free individuals), and the days the call is about."""

    direct: Mapping[int, Tally]
    counted_at: datetime | None
    first_day: date
    last_day: date


def seen(line: CallLine) -> Seen:
    """Whatever the round or contest has come to by now."""
    rounds = queries.rounds_of(line)
    counted = [at for at in (participation.counted_at(one.id) for one in rounds) if at is not None]
    whole = line.round is None
    rows = participation.contest_tallies(line.contest.id) if whole else participation.tallies(rounds[0].id)
    days = [day for one in rounds for day in (_day(one.opens_at), _day(one.closes_at))]
    fallback = _day(line.call.due_at)
    return Seen(
        _sums(rows), max(counted, default=None), min(days, default=fallback), max(days, default=fallback)
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _sums(rows: Iterable[TallyRow]) -> dict[int, Tally]:
    sums: dict[int, Tally] = defaultdict(Tally)
    for row in rows:
        sums[row.unit_id] += row.tally
    return sums
