"""What the clock makes due about duplicates: compare who is new."""

from datetime import datetime

from contest.database import write_transaction
from contest.duplicates import finding

# So many are compared while other writers wait: about a tenth of a second.
A_BATCH = 100
MOST_BATCHES = 20


def find_new(now: datetime) -> None:
    """Compare who entered or changed since the last time; costs what is new, in bounded pieces."""
    for _ in range(MOST_BATCHES):
        if not finding.waiting(1):
            return
        with write_transaction():
            finding.find(finding.waiting(A_BATCH), now)
