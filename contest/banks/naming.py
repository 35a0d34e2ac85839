"""Which versions of questions name a document or a unit that is no more: each is looked at once in a process."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from contest.banks.models import Choice, QuestionVersion
from contest.database import db
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, ParsedQuestion
from contest.rules.question_faults import ABOLISHED, REPEALED, dated_faults

# A question that says itself what became of a document names it on purpose.
_TOLD = ("thay thế", "hết hiệu lực", "bãi bỏ")
# Without one of these there is nothing to look closer at: a plain search is many times faster.
_NAMES = tuple(name.lower() for name in (*ABOLISHED, *REPEALED))

Named = dict[int, tuple[Fault, ...]]
# How many versions there are up to an id, and when the newest of them was written: versions never change, but
# the undoing of an import deletes some, and the database may give their ids to others.
_Stamp = tuple[int, datetime | None]


@dataclass(frozen=True)
class _Known:
    last: int = 0
    stamp: _Stamp = (0, None)
    named: Named = field(default_factory=dict)


_known: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()


def versions() -> Named:
    """What each version names that is no more, by version id; versions that name nothing such are left out.

    One statement, and two more for what was written since the last time.
    """
    known = _known.get(db.engine, _Known())
    count, last, newest = db.session.execute(
        select(func.count(), func.max(QuestionVersion.id), func.max(QuestionVersion.created_at))
    ).one()
    if (count, newest) == known.stamp and (last or 0) == known.last:
        return known.named
    if known.last and known.stamp != _stamp(known.last):
        known = _Known()
    named = known.named | dict(_look(known.last))
    _known[db.engine] = _Known(last or 0, (count, newest), named)
    return named


def _stamp(last: int) -> _Stamp:
    row = db.session.execute(
        select(func.count(), func.max(QuestionVersion.created_at)).where(QuestionVersion.id <= last)
    ).one()
    return row[0], row[1]


def _look(after: int) -> Iterator[tuple[int, tuple[Fault, ...]]]:
    """What the versions with higher ids name."""
    choices = _choices(after)
    rows = db.session.execute(
        select(
            QuestionVersion.id, QuestionVersion.text, QuestionVersion.citation, QuestionVersion.explanation
        ).where(QuestionVersion.id > after)
    )
    for version_id, text, citation, explanation in rows:
        faults = _faults(text, citation, explanation, choices.get(version_id, []))
        if faults:
            yield version_id, faults


def _choices(after: int) -> dict[int, list[ParsedChoice]]:
    """Per version its choices; a unit that is gone matters in any of them, a source in right ones."""
    rows = db.session.execute(
        select(Choice.version_id, Choice.text, Choice.right).where(Choice.version_id > after)
    )
    found: dict[int, list[ParsedChoice]] = defaultdict(list)
    for version_id, text, right in rows:
        found[version_id].append(ParsedChoice("", text, right))
    return found


def _faults(text: str, citation: str, explanation: str, choices: Sequence[ParsedChoice]) -> tuple[Fault, ...]:
    everything = " ".join([text, citation, explanation, *(choice.text for choice in choices)]).lower()
    if not any(name in everything for name in _NAMES):
        return ()
    said = ParsedQuestion("", "", "", text, tuple(choices), citation=citation, explanation=explanation)
    told = any(words in everything for words in _TOLD)
    return tuple(
        fault for fault in dated_faults(said) if not (told and fault.kind is FaultKind.REPEALED_SOURCE)
    )
