"""How reports of units go up: their states, who is late, and how declared numbers are summed along the tree."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.rules.counting import Tally


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"


class Act(StrEnum):
    """What moves a report: its own unit sends and recalls, the unit above returns and approves."""

    SEND = "send"
    RECALL = "recall"
    RETURN = "return"
    APPROVE = "approve"


# An approved report can be returned too: a mistake found later is mended in the open, with a note.
_AFTER = {
    (State.DRAFT, Act.SEND): State.SENT,
    (State.RETURNED, Act.SEND): State.SENT,
    (State.SENT, Act.RECALL): State.DRAFT,
    (State.SENT, Act.RETURN): State.RETURNED,
    (State.SENT, Act.APPROVE): State.APPROVED,
    (State.APPROVED, Act.RETURN): State.RETURNED,
}


def after(state: State, act: Act) -> State | None:
    """The state that this act leads to; None where it cannot be done."""
    return _AFTER.get((state, act))


def is_written(state: State | None) -> bool:
    """Whether its unit can still change the report (None: nobody has begun it)."""
    return state in (None, State.DRAFT, State.RETURNED)


class Punctuality(StrEnum):
    """How a unit stands to the deadline."""

    IN_TIME = "in_time"
    LATE = "late"  # sent, but after the deadline
    MISSING = "missing"  # the deadline has passed, and there is nothing to look at
    AWAITED = "awaited"  # there is still time


def punctuality(
    state: State | None, first_sent_at: datetime | None, due_at: datetime, now: datetime
) -> Punctuality:
    """The deadline itself is in time. A returned report has to be sent again, whenever it came first."""
    if is_written(state):
        return Punctuality.MISSING if now > due_at else Punctuality.AWAITED
    return Punctuality.LATE if first_sent_at is not None and first_sent_at > due_at else Punctuality.IN_TIME


def first_level(roots: int, units: int) -> int:
    """The depth at which units begin to report; `units` counts all of them.

    The one unit at the top of everything receives reports and sends none; where several stand at the top,
    or one without any below, they are the first level.
    """
    return 1 if roots == 1 and units > 1 else 0


def is_asked(depth: int, first: int, levels: int) -> bool:
    """Whether a unit at this depth (0: the top) has to report when so many levels are asked."""
    return first <= depth < first + levels


class Way(StrEnum):
    """How people took part without the system seeing it."""

    HALL = "hall"  # a gathering, a contest on a stage
    PAPER = "paper"  # papers filled in by hand


class Covers(StrEnum):
    """What a declared number says of the units below that have declared as well."""

    UNSAID = "unsaid"
    APART = "apart"  # other people than theirs: both are added
    WHOLE = "whole"  # theirs are among them: only this number is taken


NOBODY = Tally()


@dataclass(frozen=True)
class Line:
    """One declared count of a unit."""

    way: Way
    count: Tally
    covers: Covers = Covers.UNSAID


@dataclass(frozen=True)
class Offline:
    """What a unit declared itself, what the units below it did, and the sum that counts each only once.

    `unsettled`: both declared and nobody has said whether they are the same people; until then the larger
    of the two numbers is taken, never their sum.
    """

    own: Tally = NOBODY
    below: Tally = NOBODY
    total: Tally = NOBODY
    unsettled: bool = False


NOTHING: Mapping[Way, Offline] = {way: Offline() for way in Way}


def offline(lines: Sequence[Line], below: Tally) -> Offline:
    """One way of taking part, for one unit: its own lines and the total of the units below."""
    if not lines:
        return Offline(NOBODY, below, below)
    own = lines[0].count if len(lines) == 1 else sum((line.count for line in lines), NOBODY)
    if not below.people and not below.attempts:
        return Offline(own, below, own)
    sums: dict[Covers, Tally] = defaultdict(Tally)
    for line in lines:
        sums[line.covers] += line.count
    apart, whole, unsaid = (sums[one] for one in (Covers.APART, Covers.WHOLE, Covers.UNSAID))
    if unsaid.people or unsaid.attempts:
        return Offline(own, below, apart + _larger(whole + unsaid, below), unsettled=True)
    settled = any(line.covers is Covers.WHOLE for line in lines)
    return Offline(own, below, apart + (whole if settled else below))


def _larger(one: Tally, other: Tally) -> Tally:
    return Tally(max(one.people, other.people), max(one.attempts, other.attempts))


def roll_up_declared(
    lines: Mapping[int, Sequence[Line]], parents: Mapping[int, int | None], depths: Mapping[int, int]
) -> dict[int, dict[Way, Offline]]:
    """Every unit that declared something, or stands above one that did: its numbers by way.

    `parents` and `depths` know every unit of the tree looked at; a parent outside of it counts as none.
    """
    below: dict[int, dict[Way, Tally]] = defaultdict(dict)
    found: dict[int, dict[Way, Offline]] = {}
    for unit in sorted(_touched(lines, parents), key=lambda unit: -depths[unit]):
        mine, theirs = lines.get(unit, ()), below[unit]
        ways = found[unit] = dict(NOTHING)
        for way in {line.way for line in mine} | theirs.keys():
            ways[way] = offline([line for line in mine if line.way is way], theirs.get(way, NOBODY))
        above = parents[unit]
        if above in parents and above is not None:
            for way, one in ways.items():
                if one is not NOTHING[way]:
                    below[above][way] = below[above].get(way, NOBODY) + one.total
    return found


def _touched(lines: Mapping[int, Sequence[Line]], parents: Mapping[int, int | None]) -> set[int]:
    touched: set[int] = set()
    for unit in lines:
        at: int | None = unit
        while at is not None and at in parents and at not in touched:
            touched.add(at)
            at = parents[at]
    return touched
