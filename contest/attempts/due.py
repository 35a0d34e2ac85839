"""What the clock makes due about attempts: those left open are handed in and marked."""

from datetime import datetime

from contest.attempts import actions
from contest.database import write_transaction

# Small enough that people who are saving at that moment do not notice.
AT_ONCE = 50
BATCHES = 40


def hand_in_overdue(now: datetime) -> None:
    """Hand in what was left open, some at a time, so that others can write in between."""
    for _batch in range(BATCHES):
        with write_transaction():
            found = actions.hand_in_overdue(now, AT_ONCE)
        if found < AT_ONCE:
            return
