"""Attempts the board should look at before publishing: hints for people, never a verdict by the machine."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations, pairwise

# Nobody reads a question and four choices in less.
SECONDS_A_QUESTION = 2
TOGETHER = timedelta(seconds=60)
# So many wrong answers in common, and this part of all that either of two got wrong.
WRONG_IN_COMMON = 3
PART_IN_COMMON = 0.75
# So many people on one device. Two are a couple with one phone.
PEOPLE_ON_A_DEVICE = 3


class Hint(StrEnum):
    """Why a line is worth a look."""

    TOO_FAST = "too_fast"
    TOGETHER = "together"
    SAME_WRONG = "same_wrong"
    ONE_DEVICE = "one_device"


# A question by its version, and the response that was given to it.
Wrong = tuple[int, str]


@dataclass(frozen=True)
class Finished:
    """An attempt as far as hints look at it; `unit` and `score` as on the sheet.

    `wrong`: what was answered wrongly. `assisted`: a volunteer's device served this person.
    """

    attempt_id: int
    unit: str
    score: int
    out_of: int
    duration_seconds: int
    handed_in_at: datetime
    device: str | None = None
    assisted: bool = False
    wrong: frozenset[Wrong] = frozenset()


@dataclass(frozen=True)
class Finding:
    """A hint with what it rests on: a number (see `found`), and the other attempts it concerns."""

    hint: Hint
    number: int
    others: tuple[int, ...] = ()


def findings(rows: Iterable[Finished]) -> dict[int, list[Finding]]:
    """What speaks for a look, by attempt; attempts without anything are left out.

    TOO_FAST: less than two seconds a question; the number is the seconds. TOGETHER: another attempt of the same
    unit with the same score and duration was handed in within a minute of it; the number is how many.
    SAME_WRONG: another one got almost the same questions wrong with the same answers; the number is how many
    answers, of the one most alike. ONE_DEVICE: several people on one device; the number is how many. Whoever
    was served by a volunteer is not among them: that is what the volunteer's device is for.
    """
    rows = list(rows)
    found: dict[int, list[Finding]] = defaultdict(list)
    for row in rows:
        if row.duration_seconds < SECONDS_A_QUESTION * row.out_of:
            found[row.attempt_id].append(Finding(Hint.TOO_FAST, row.duration_seconds))
    for look in (_together, _same_wrong, _one_device):
        for attempt_id, finding in look(rows):
            found[attempt_id].append(finding)
    return dict(found)


def _together(rows: Sequence[Finished]) -> Iterable[tuple[int, Finding]]:
    alike: dict[tuple[str, int, int], list[Finished]] = defaultdict(list)
    for row in rows:
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
            others = tuple(sorted(together - {attempt_id}))
            yield attempt_id, Finding(Hint.TOGETHER, len(others), others)


def _same_wrong(rows: Sequence[Finished]) -> Iterable[tuple[int, Finding]]:
    wrong = {row.attempt_id: row.wrong for row in rows if len(row.wrong) >= WRONG_IN_COMMON}
    gave: dict[Wrong, list[int]] = defaultdict(list)
    for attempt_id, answers in wrong.items():
        for answer in answers:
            gave[answer].append(attempt_id)
    common = Counter(pair for given in gave.values() for pair in combinations(sorted(given), 2))
    alike: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, other), count in common.items():
        if count >= WRONG_IN_COMMON and count >= PART_IN_COMMON * len(wrong[one] | wrong[other]):
            alike[one].append((count, other))
            alike[other].append((count, one))
    for attempt_id, pairs in alike.items():
        most = max(count for count, _ in pairs)
        yield attempt_id, Finding(Hint.SAME_WRONG, most, tuple(sorted(other for _, other in pairs)))


def _one_device(rows: Sequence[Finished]) -> Iterable[tuple[int, Finding]]:
    on: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.device is not None and not row.assisted:
            on[row.device].append(row.attempt_id)
    for attempts in on.values():
        if len(attempts) >= PEOPLE_ON_A_DEVICE:
            for attempt_id in attempts:
                others = tuple(sorted(set(attempts) - {attempt_id}))
                yield attempt_id, Finding(Hint.ONE_DEVICE, len(attempts), others)
