"""What somebody at work must know about their time: it stands still, it is longer, the round closes later."""

from contest.attempts import clock_queries, words
from contest.attempts.queries import Sitting
from contest.language import Text


def news(sitting: Sitting) -> list[Text]:
    """Each a sentence for the person, the most urgent first; empty when all is as the round page says."""
    attempt, round_ = sitting.attempt, sitting.round
    found = []
    if attempt.paused_at is not None and attempt.handed_in_at is None:
        standing = clock_queries.open_pause(round_.id)
        if standing is not None:
            found.append(words.stands_still(standing.began_at, standing.reason))
    if attempt.extra_seconds:
        found.append(words.time_given(round_.minutes, attempt.extra_seconds))
    if round_.first_closes_at is not None:
        found.append(words.closes_later(round_.first_closes_at, round_.closes_at))
    return found
