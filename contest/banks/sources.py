"""Which questions rest on something that has ended or is about to: found anew each time it is asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select

from contest.banks import naming
from contest.banks.models import Bank, Question, QuestionState, QuestionVersion
from contest.banks.question_queries import IN_FORCE
from contest.database import db
from contest.rules.parsed import Fault, FaultKind

# So long before its end a source is worth a look.
AHEAD = timedelta(days=90)


class Why(StrEnum):
    """What there is to look at."""

    ENDED = "ended"
    ENDING = "ending"
    REPEALED = "repealed"
    UNIT = "unit"


_WHY = {FaultKind.REPEALED_SOURCE: Why.REPEALED, FaultKind.ABOLISHED_UNIT: Why.UNIT}


@dataclass(frozen=True)
class Aged:
    """A question to look at again, with every reason; `faults` say what is named that no longer is."""

    question_id: int
    bank_id: int
    number: int
    text: str
    citation: str
    valid_to: date | None
    whys: tuple[Why, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class BankAged:
    """How many questions of a bank there are to look at again."""

    bank_id: int
    name: str
    count: int


def aged(today: date, bank_id: int | None = None) -> list[Aged]:
    """The questions in use of a bank (or of all) that somebody should look at again, by number.

    What is repealed stands in the program and grows with it, so nothing of this is stored. Two statements where
    no question has been written since the last time.
    """
    named = naming.versions()
    wanted = or_(QuestionVersion.id.in_(named), QuestionVersion.source_valid_to < today + AHEAD)
    rows = db.session.execute(
        select(
            QuestionVersion.id,
            Question.id,
            Question.bank_id,
            Question.number,
            QuestionVersion.text,
            QuestionVersion.citation,
            QuestionVersion.source_valid_to,
        )
        .join(Question, IN_FORCE)
        .where(wanted, *_in_use(bank_id))
        .order_by(Question.bank_id, Question.number)
    )
    found = []
    for version_id, question_id, own_bank, number, text, citation, valid_to in rows:
        faults = named.get(version_id, ())
        whys = tuple(_whys(today, valid_to, faults))
        found.append(Aged(question_id, own_bank, number, text, citation, valid_to, whys, faults))
    return found


def by_bank(today: date) -> list[BankAged]:
    """The banks with something to look at again, those with most first."""
    counts = Counter(each.bank_id for each in aged(today))
    names = db.session.execute(select(Bank.id, Bank.name).where(Bank.id.in_(counts)))
    found = [BankAged(bank_id, name, counts[bank_id]) for bank_id, name in names]
    return sorted(found, key=lambda each: (-each.count, each.bank_id))


def _in_use(bank_id: int | None) -> list[ColumnElement[bool]]:
    wanted = [Question.state != QuestionState.RETIRED]
    return wanted if bank_id is None else [*wanted, Question.bank_id == bank_id]


def _whys(today: date, valid_to: date | None, faults: Sequence[Fault]) -> Iterator[Why]:
    if valid_to is not None and valid_to < today + AHEAD:
        yield Why.ENDED if valid_to < today else Why.ENDING
    yield from dict.fromkeys(_WHY[fault.kind] for fault in faults)
