"""Keeping the tallies up: takes in what was handed in since the last time, and nothing else."""

from datetime import datetime

from contest import history
from contest.contests.models import Contest
from contest.database import write_transaction
from contest.participation import queries, tallies, whole_contest
from contest.participation.models import StatisticsSetting
from contest.participation.tallies import Moves
from contest.permissions import Actor
from contest.results.counting import take_in, upsert
from contest.units.models import HeadcountKind

# So many attempts are taken in while other writers wait: about a tenth of a second.
A_BATCH = 2000
MOST_BATCHES = 20


def count_new(now: datetime) -> None:
    """Bring every tally up to date with what has been handed in; a long backlog takes several calls."""
    for _ in range(MOST_BATCHES):
        if count_batch(now) < A_BATCH:
            return


def count_batch(now: datetime, most: int = A_BATCH) -> int:
    """Take in up to `most` attempts in one transaction; returns how many there were.

    People and attempts are kept apart: an attempt counts where it was made, a person where the attempt
    that counts for them was made.
    """
    with write_transaction():
        changes = take_in(most)
        if not changes:
            return 0
        new = [attempt for change in changes for attempt in change.new]
        versions = tallies.next_versions((one.round_id for one in new), now)
        stand = [change.after for change in changes]
        stood = [change.before for change in changes if change.before is not None]
        verified = tallies.verified_among(one.entry_id for one in (*stand, *stood))
        tallies.move(Moves(came=new, stand=stand, stood=stood, verified=verified), versions)
        whole_contest.keep(changes, versions, verified)
    return len(new)


def name_lowest(contest: Contest, lowest: int, actor: Actor, now: datetime) -> None:
    """Let the public statistics of a contest name so many units with the lowest rates; 0: none."""
    upsert(StatisticsSetting, [{"contest_id": contest.id, "lowest": lowest}], replaced=["lowest"])
    subject = ("contest", contest.id, contest.name)
    history.record(actor.signature, "contest:statistics", subject, now, str(lowest))


def measure_by(contest: Contest, kind: str, actor: Actor, now: datetime) -> None:
    """Let every unit's main rate be of this headcount; none that is known: each unit by its kind. Again changes nothing."""
    kind = kind if kind in set(HeadcountKind) else ""
    if (queries.main_kind(contest.id) or "") == kind:
        return
    upsert(StatisticsSetting, [{"contest_id": contest.id, "lowest": 0, "main": kind}], replaced=["main"])
    subject = ("contest", contest.id, contest.name)
    history.record(actor.signature, "contest:main_rate", subject, now, kind or "–")
