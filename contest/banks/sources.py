"""Which questions rest on something that has ended or is about to: found anew each time it is asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select

from contest.banks.models import Bank, Choice, Question, QuestionState, QuestionVersion
from contest.banks.question_queries import IN_FORCE
from contest.database import db
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, ParsedQuestion
from contest.rules.question_faults import ABOLISHED, REPEALED, dated_faults

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


# A question that says itself what became of a document names it on purpose.
_TOLD = ("thay thế", "hết hiệu lực", "bãi bỏ")
# Without one of these there is nothing to look closer at: a plain search is many times faster.
_NAMES = tuple(name.lower() for name in (*ABOLISHED, *REPEALED))


def aged(today: date, bank_id: int | None = None) -> list[Aged]:
    """The questions in use of a bank (or of all) that somebody should look at again, by number.

    What is repealed stands in the program and grows with it, so nothing of this is stored. Two statements.
    """
    choices = _choices(bank_id)
    rows = db.session.execute(
        select(
            QuestionVersion.id,
            Question.id,
            Question.bank_id,
            Question.number,
            QuestionVersion.text,
            QuestionVersion.citation,
            QuestionVersion.source_valid_to,
            QuestionVersion.explanation,
        )
        .join(Question, IN_FORCE)
        .where(*_in_use(bank_id))
        .order_by(Question.bank_id, Question.number)
    )
    found = []
    for version_id, question_id, own_bank, number, text, citation, valid_to, explanation in rows:
        faults = _named(text, citation, explanation, choices.get(version_id, []))
        whys = tuple(_whys(today, valid_to, faults))
        if whys:
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


def _choices(bank_id: int | None) -> dict[int, list[ParsedChoice]]:
    """Per version in force its choices; a unit that is gone matters in any of them, a source in right ones."""
    rows = db.session.execute(
        select(Choice.version_id, Choice.text, Choice.right)
        .join(QuestionVersion, QuestionVersion.id == Choice.version_id)
        .join(Question, IN_FORCE)
        .where(*_in_use(bank_id))
    )
    found: dict[int, list[ParsedChoice]] = defaultdict(list)
    for version_id, text, right in rows:
        found[version_id].append(ParsedChoice("", text, right))
    return found


def _named(text: str, citation: str, explanation: str, choices: Sequence[ParsedChoice]) -> tuple[Fault, ...]:
    """What the question names that is no more."""
    everything = " ".join([text, citation, explanation, *(choice.text for choice in choices)]).lower()
    if not any(name in everything for name in _NAMES):
        return ()
    said = ParsedQuestion("", "", "", text, tuple(choices), citation=citation, explanation=explanation)
    told = any(words in everything for words in _TOLD)
    return tuple(
        fault for fault in dated_faults(said) if not (told and fault.kind is FaultKind.REPEALED_SOURCE)
    )


def _whys(today: date, valid_to: date | None, faults: Sequence[Fault]) -> Iterator[Why]:
    if valid_to is not None and valid_to < today + AHEAD:
        yield Why.ENDED if valid_to < today else Why.ENDING
    yield from dict.fromkeys(_WHY[fault.kind] for fault in faults)
