"""What a report is asked about before it goes up: what is missing, unusual or different from the system's count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contest.rules.counting import Tally
from contest.rules.reporting import Covers, Way

# Twice or half of last time is worth a question, once it is about so many people.
FAR = 2
MATTERS_FROM = 10


class Asks(StrEnum):
    """What a question is about, in the order in which they are put."""

    OVERLAP = "overlap"  # a unit below declared the same way: are they the same people?
    REPEATED = "repeated"  # how many of these people took part online too?
    DIFFERENT = "different"  # the unit's own online number is not the system's
    OVER_HEADCOUNT = "over_headcount"
    NOBODY = "nobody"
    FAR_FROM_LAST = "far_from_last"
    LESS_THAN_BELOW = "less_than_below"  # "theirs are among them", yet there are more of them
    OUTSIDE = "outside"  # a day on which the round was not open
    NO_NUMBER = "no_number"  # a line of zero people
    FEWER_ATTEMPTS = "fewer_attempts"  # fewer attempts than people
    NO_EVIDENCE = "no_evidence"
    NO_ONLINE = "no_online"  # the unit has not said how many it knows of
    NO_HEADCOUNT = "no_headcount"


# These are settled by the words of whoever reports; the others by saying that the number is right as it is.
IN_WORDS = frozenset(
    {
        Asks.DIFFERENT,
        Asks.OVER_HEADCOUNT,
        Asks.NOBODY,
        Asks.FAR_FROM_LAST,
        Asks.LESS_THAN_BELOW,
        Asks.FEWER_ATTEMPTS,
    }
)

# These are settled at their line, by a choice or a number, and then no longer asked.
AT_LINE = frozenset({Asks.OVERLAP, Asks.REPEATED})


@dataclass(frozen=True)
class Question:
    """Something to answer before sending.

    `line`: id of the declared count (0: the report as a whole). `numbers`: what it is about, in the order
    of its sentence. An answer belongs to these numbers: when they change, it is asked again.
    """

    kind: Asks
    line: int = 0
    numbers: tuple[int, ...] = ()

    @property
    def about(self) -> str:
        """The numbers as a word to keep with the answer."""
        return "/".join(map(str, self.numbers))

    @property
    def in_words(self) -> bool:
        """Whether a tick is not enough."""
        return self.kind in IN_WORDS

    @property
    def key(self) -> tuple[str, int, str]:
        """What an answer has to match."""
        return self.kind.value, self.line, self.about


@dataclass(frozen=True)
class Counted:
    """A declared count as far as it is checked. `repeated`: of its people, those counted elsewhere (None: not said)."""

    id: int
    way: Way
    held_on: date
    count: Tally
    covers: Covers
    has_evidence: bool
    repeated: int | None = 0


@dataclass(frozen=True)
class Situation:
    """A report with what stands beside it.

    `seen`: the system's count with all below; `online`: what the unit itself knows of (None: not said);
    `offline`: what it and the units below declared, each counted once; `below`: of that, the units below;
    `last`: people in its last report; `first_day`, `last_day`: when the round was open.
    """

    seen: Tally
    online: Tally | None
    lines: Sequence[Counted]
    offline: Tally
    below: dict[Way, Tally]
    headcount: int | None
    last: int | None
    first_day: date
    last_day: date

    @property
    def people(self) -> int:
        """Everybody: seen online and declared offline."""
        return self.seen.people + self.offline.people


def questions(found: Situation) -> list[Question]:
    """Everything to be answered, in the order of `Asks`."""
    asked = [*_of_whole(found), *(question for line in found.lines for question in _of_line(line, found))]
    order = list(Asks)
    return sorted(asked, key=lambda question: (order.index(question.kind), question.line))


def unanswered(asked: Sequence[Question], answers: dict[tuple[str, int, str], str]) -> list[Question]:
    """Those still open. Where words are needed, an empty answer is none."""
    return [
        question
        for question in asked
        if question.kind in AT_LINE
        or question.key not in answers
        or (question.in_words and not answers[question.key].strip())
    ]


def _of_whole(found: Situation) -> list[Question]:
    asked = []
    seen, online = found.seen, found.online
    if online is None:
        asked.append(Question(Asks.NO_ONLINE, numbers=(seen.people,)))
    elif online != seen:
        numbers = (online.people, online.attempts, seen.people, seen.attempts)
        asked.append(Question(Asks.DIFFERENT, numbers=numbers))
    if not found.headcount:
        asked.append(Question(Asks.NO_HEADCOUNT))
    elif found.people > found.headcount:
        asked.append(Question(Asks.OVER_HEADCOUNT, numbers=(found.people, found.headcount)))
    if not found.people:
        asked.append(Question(Asks.NOBODY))
    elif _is_far(found.people, found.last):
        asked.append(Question(Asks.FAR_FROM_LAST, numbers=(found.people, found.last or 0)))
    return [*asked, *_less_than_below(found)]


def _is_far(people: int, last: int | None) -> bool:
    if last is None or max(people, last) < MATTERS_FROM:
        return False
    return people >= FAR * last or last >= FAR * people


def _less_than_below(found: Situation) -> list[Question]:
    asked = []
    for place, way in enumerate(Way):
        whole = [line.count.people for line in found.lines if line.way is way and line.covers is Covers.WHOLE]
        below = found.below.get(way, Tally()).people
        if whole and sum(whole) < below:
            asked.append(Question(Asks.LESS_THAN_BELOW, numbers=(sum(whole), below, place)))
    return asked


def _of_line(line: Counted, found: Situation) -> list[Question]:
    asked = []
    below = found.below.get(line.way, Tally())
    if below.people and line.covers is Covers.UNSAID:
        asked.append(Question(Asks.OVERLAP, line.id, (line.count.people, below.people)))
    if line.repeated is None and line.count.people and found.seen.people:
        asked.append(Question(Asks.REPEATED, line.id, (line.count.people, found.seen.people)))
    if not found.first_day <= line.held_on <= found.last_day:
        asked.append(Question(Asks.OUTSIDE, line.id, (line.held_on.toordinal(),)))
    if not line.count.people:
        asked.append(Question(Asks.NO_NUMBER, line.id))
    elif line.count.attempts < line.count.people:
        numbers = (line.count.attempts, line.count.people)
        asked.append(Question(Asks.FEWER_ATTEMPTS, line.id, numbers))
    if not line.has_evidence:
        asked.append(Question(Asks.NO_EVIDENCE, line.id))
    return asked
