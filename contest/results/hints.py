"""Attempts the board should look at before publishing: hints for people, never a verdict by the machine."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

# Nobody reads a question and four choices in less.
SECONDS_A_QUESTION = 2
TOGETHER = timedelta(seconds=60)


class Hint(StrEnum):
    """Why a line is worth a look."""

    TOO_FAST = "too_fast"
    TOGETHER = "together"


@dataclass(frozen=True)
class Finished:
    """An attempt as far as hints look at it; `unit` and `score` as on the sheet."""

    attempt_id: int
    unit: str
    score: int
    out_of: int
    duration_seconds: int
    handed_in_at: datetime


def hints(rows: Iterable[Finished]) -> dict[int, list[Hint]]:
    """Hints by attempt; attempts without any are left out.

    TOO_FAST: less than two seconds a question. TOGETHER: another attempt of the same unit with the same
    score and the same duration was handed in within a minute of it.
    """
    rows = list(rows)
    found: dict[int, list[Hint]] = defaultdict(list)
    alike: dict[tuple[str, int, int], list[Finished]] = defaultdict(list)
    for row in rows:
        if row.duration_seconds < SECONDS_A_QUESTION * row.out_of:
            found[row.attempt_id].append(Hint.TOO_FAST)
        if row.unit:
            alike[row.unit, row.score, row.duration_seconds].append(row)
    for group in alike.values():
        group.sort(key=lambda row: row.handed_in_at)
        together = {
            row.attempt_id
            for earlier, later in pairwise(group)
            if later.handed_in_at - earlier.handed_in_at <= TOGETHER
            for row in (earlier, later)
        }
        for attempt_id in together:
            found[attempt_id].append(Hint.TOGETHER)
    return dict(found)
