"""What the system itself has counted for a call: the one layer all public numbers come from; and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contest.clock import VIETNAM
from contest.contests import queries as contests
from contest.participation import queries, snapshots
from contest.participation.figures import Figures
from contest.participation.seen_as import View
from contest.reports.queries import CallLine
from contest.rules.counting import Tally


@dataclass(frozen=True)
class Seen:
    """Every unit's figure, people and attempts made directly (0: free individuals), and the days it is about."""

    figures: Figures
    direct: Mapping[int, Tally]
    counted_at: datetime | None
    first_day: date
    last_day: date


def seen(line: CallLine, now: datetime) -> Seen:
    """Whatever the round or contest has come to by now; four statements where nothing has changed."""
    subject = snapshots.of_round(line.round) if line.round is not None else snapshots.of_contest(line.contest)
    counted = snapshots.read(subject, now)
    blocks = contests.blocks(line.contest.id)
    seen_as = queries.seen_as_set(line.contest.id, blocks, View(line.call.view))
    figures = counted.figures(None, None, seen_as)
    days = [day for one in subject.rounds for day in (_day(one.opens_at), _day(one.closes_at))]
    fallback = _day(line.call.due_at)
    return Seen(
        figures,
        figures.sums.direct,
        counted.counted_at,
        min(days, default=fallback),
        max(days, default=fallback),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
