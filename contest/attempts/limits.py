"""How fast one attempt may save and one device may start: far beyond any finger, and never by network address.

Counted in each process by itself. Who is over the limit is asked to wait; the phone sends again by itself, so that
nothing is lost.
"""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime

from contest.attempts import words
from contest.errors import Refusal

MOST_REMEMBERED = 20_000


class TooFast(Refusal):
    """Somebody, or a script, is faster than people are."""

    status = 429


class Limit:
    """So many at once, refilled at so many a second."""

    def __init__(self, at_once: float, per_second: float) -> None:
        self.at_once, self.per_second = at_once, per_second
        self.left: OrderedDict[Hashable, tuple[float, datetime]] = OrderedDict()

    def take(self, who: Hashable, now: datetime) -> None:
        """Count one more; raises TooFast."""
        left, since = self.left.pop(who, (self.at_once, now))
        left = min(self.at_once, left + max(0.0, (now - since).total_seconds()) * self.per_second)
        self.left[who] = (max(0.0, left - 1), now)
        if len(self.left) > MOST_REMEMBERED:
            self.left.popitem(last=False)
        if left < 1:
            raise TooFast(words.TOO_FAST)


# A paper of 200 questions sent one by one, several times over; then fifty a second.
saves = Limit(at_once=600, per_second=50)
# A volunteer's tablet takes one person after another.
starts = Limit(at_once=60, per_second=0.1)
