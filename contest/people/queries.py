"""Every SELECT about people: what they are asked, who they are, and who may help them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from contest.contests import queries as contests
from contest.contests.models import (
    Block,
    ConsentKind,
    ConsentText,
    Contest,
    DeclaredField,
    Round,
)
from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.people.models import Consent, Entry, MergedEntry, Person, ReturnTry
from contest.rules import declared, staff_codes, vietnamese
from contest.rules.timing import LateStart, Phase
from contest.units import lineage
from contest.units.lineage import answered_for
from contest.units.models import Unit

SHORTEST_PHONE_TAIL = 3


@dataclass(frozen=True)
class WayIn:
    """What a round asks of those who come in. `fields`: what is asked, and whether it must be given."""

    round: Round
    contest: Contest
    fields: Mapping[DeclaredField, bool]
    blocks: Sequence[Block]
    consents: Mapping[ConsentKind, ConsentText]


@dataclass(frozen=True)
class OwnEntry:
    """One of a person's entries, with what they need to see of it."""

    entry: Entry
    contest: Contest
    unit: Unit | None
    block: Block
    second_unit: Unit | None
    rounds: Sequence[Round]
    # What was agreed to, and when.
    consents: Sequence[tuple[ConsentText, datetime]]
    # What was handed in stands with another entry of the same person.
    merged: bool


@dataclass(frozen=True)
class EntryRow:
    """One line of the helpers' list."""

    entry: Entry
    contest: Contest
    unit: Unit | None
    block: Block
    second_unit: Unit | None
    # What was handed in stands with another entry of the same person.
    merged: bool


def way_in(code: str, now: datetime) -> WayIn:
    """What the published round with this code asks; raises NotFound, and Refusal once it has closed."""
    round_ = contests.round_by_code(code)
    if contests.phase_of(round_, now) is Phase.CLOSED:
        raise Refusal(
            _("Đợt thi đã đóng, không nhận thêm người dự thi. Hãy xem các đợt thi khác ở trang đầu.")
        )
    return asked_in(round_)


def declare_until(round_: Round) -> datetime:
    """Until when who answered first in this round may say who they are."""
    runs_on = round_.minutes if round_.late_start == LateStart.RUN else 0
    return declared.declare_until(round_.closes_at, runs_on)


def asked_in(round_: Round) -> WayIn:
    """What a round asks, whether it is open or not."""
    contest_id = round_.contest_id
    return WayIn(
        round_,
        contests.contest_of(round_),
        {DeclaredField(field.field): field.required for field in contests.fields(contest_id)},
        contests.blocks(contest_id),
        contests.consent_texts(contest_id),
    )


# Put together once: a whole hall asks it in the opening minute.
_ENTRY_OF = select(Entry).where(
    Entry.contest_id == bindparam("contest_id", type_=Integer),
    Entry.person_id == bindparam("person_id", type_=Integer),
    ~exists().where(MergedEntry.entry_id == Entry.id),
)


def entry_of(contest_id: int, person_id: int) -> Entry | None:
    """How this person entered this contest, if they did; an entry merged into another one opens nothing."""
    return db.session.scalar(_ENTRY_OF, {"contest_id": contest_id, "person_id": person_id})


def merged(entry_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether this entry has been merged into another one; by primary key."""
    return exists().where(MergedEntry.entry_id == entry_id)


def merged_in(contest_id: int, person_id: int) -> bool:
    """Whether this person's entry in a contest has been merged into another one."""
    theirs = select(Entry.id).where(Entry.contest_id == contest_id, Entry.person_id == person_id)
    return db.session.scalar(theirs.where(merged(Entry.id))) is not None


def merger_of(entry_id: int) -> MergedEntry | None:
    """Into which entry this one has been merged, if any."""
    return db.session.get(MergedEntry, entry_id)


def led_to(person_id: int) -> list[Person]:
    """Other records of this person, whose devices open this one."""
    statement = select(Person).join(MergedEntry, MergedEntry.person_id == Person.id)
    return list(db.session.scalars(statement.where(MergedEntry.into_person_id == person_id, MergedEntry.led)))


def entries_merged_into(person_id: int) -> list[Entry]:
    """Entries of other records whose attempts stand with this person."""
    statement = select(Entry).join(MergedEntry, MergedEntry.entry_id == Entry.id)
    return list(db.session.scalars(statement.where(MergedEntry.into_person_id == person_id)))


def entries_of(person_id: int) -> list[Entry]:
    """All entries of a person, newest first."""
    statement = select(Entry).where(Entry.person_id == person_id)
    return list(db.session.scalars(statement.order_by(Entry.entered_at.desc(), Entry.id.desc())))


def own_entry(entry_id: int, person_id: int) -> Entry:
    """An entry of this very person; raises NotFound."""
    entry = db.session.scalar(select(Entry).where(Entry.id == entry_id, Entry.person_id == person_id))
    if entry is None:
        raise NotFound
    return entry


def own_entries(person_id: int) -> list[OwnEntry]:
    """All that a person declared, newest first, with the published rounds of each contest.

    Last what was declared a second time and has been merged, be it under another record of the same person.
    """
    into = select(MergedEntry.entry_id).where(MergedEntry.into_person_id == person_id)
    theirs = or_(Entry.person_id == person_id, Entry.id.in_(into))
    found = db.session.execute(_rows().where(theirs).order_by(merged(Entry.id), Entry.id.desc()))
    return [
        OwnEntry(*row[:5], contests.rounds_of(row[1].id), consents_of(row[0].id), row[5]) for row in found
    ]


def person(person_id: int | None) -> Person | None:
    """The person a device remembers; None once they have had their data erased."""
    if person_id is None:
        return None
    return db.session.scalar(select(Person).where(Person.id == person_id, Person.erased_at.is_(None)))


def person_with_code(code_hash: str) -> Person | None:
    """The person whose return code has this hash."""
    return db.session.scalar(
        select(Person).where(Person.return_code_hash == code_hash, Person.erased_at.is_(None))
    )


def consents_of(entry_id: int) -> list[tuple[ConsentText, datetime]]:
    """The texts an entry agreed to, in order, with the moment of each."""
    statement = (
        select(ConsentText, Consent.given_at)
        .join(Consent, Consent.consent_text_id == ConsentText.id)
        .where(Consent.entry_id == entry_id)
        .order_by(Consent.id)
    )
    return [(text, given_at) for text, given_at in db.session.execute(statement)]


def consent(entry_id: int, consent_text_id: int) -> Consent | None:
    """The agreement to one version of one text, if it was given."""
    return db.session.scalar(
        select(Consent).where(Consent.entry_id == entry_id, Consent.consent_text_id == consent_text_id)
    )


def tries_since(device: str, since: datetime) -> int:
    """How many wrong return codes are noted under this name since then."""
    statement = select(func.count()).where(ReturnTry.device == device, ReturnTry.at > since)
    return db.session.scalar(statement) or 0


def unit_or_none(unit_id: int | None) -> Unit | None:
    """The unit a door leads in for, or the one that carries it on today; None where nobody does."""
    unit = db.session.get(Unit, unit_id) if unit_id is not None else None
    if unit is not None and unit.closed_at is not None:
        carrier = lineage.carrier_id(unit)
        unit = db.session.get(Unit, carrier) if carrier is not None else None
    return unit if unit is not None and unit.closed_at is None else None


def block_meant_by(unit: Unit | None, blocks: Sequence[Block]) -> Block | None:
    """The block a unit's people usually belong to, if this contest has it: by code or by name."""
    if unit is None or not unit.block:
        return None
    meant = vietnamese.fold(unit.block)
    return next((block for block in blocks if meant in (block.code, vietnamese.fold(block.name))), None)


def found(text: str, within: str | None, contest_id: int | None = None) -> Select[Entry]:
    """Entries whose name has these words, or whose phone ends or code is or begins so; by given name.

    `within` is the subtree of a coordinator: free individuals are then nobody's to see.
    """
    erased = Entry.search_key == ""
    statement = _scoped(select(Entry).where(~erased), within).order_by(Entry.sort_key, Entry.id)
    if contest_id is not None:
        statement = statement.where(Entry.contest_id == contest_id)
    digits = "".join(text.split())
    if digits.isdecimal() and len(digits) >= SHORTEST_PHONE_TAIL:
        return statement.where(
            or_(
                Entry.phone.endswith(digits.removeprefix("0"), autoescape=True),
                Entry.staff_code.startswith(digits, autoescape=True),
                Entry.code_key == staff_codes.key(digits),
            )
        )
    named = [Entry.search_key.contains(word, autoescape=True) for word in vietnamese.search_key(text).split()]
    code = staff_codes.key(text)
    if not code:
        return statement.where(*named)
    return statement.where(or_(and_(true(), *named), Entry.code_key.startswith(code, autoescape=True)))


def rows(entries: Sequence[Entry]) -> list[EntryRow]:
    """The same entries in the same order, each with its contest, unit and block; one statement."""
    found_rows = db.session.execute(_rows().where(Entry.id.in_([entry.id for entry in entries])))
    by_id = {row[0].id: EntryRow(*row) for row in found_rows}
    return [by_id[entry.id] for entry in entries]


def entry_for_helper(entry_id: int, within: str | None) -> EntryRow:
    """One entry, if the helper answers for its unit; raises NotFound."""
    entry = db.session.scalar(_scoped(select(Entry).where(Entry.id == entry_id), within))
    if entry is None:
        raise NotFound
    return rows([entry])[0]


def _rows() -> Select[Entry, Contest, Unit, Block, Unit, bool]:
    second = aliased(Unit)
    return (
        select(Entry, Contest, Unit, Block, second, merged(Entry.id))
        .join(Contest, Contest.id == Entry.contest_id)
        .join(Block, Block.id == Entry.block_id)
        .outerjoin(Unit, Unit.id == Entry.unit_id)
        .outerjoin(second, second.id == Entry.second_unit_id)
    )


def _scoped(statement: Select[Entry], within: str | None) -> Select[Entry]:
    if within is None:
        return statement
    return statement.join(Unit, Unit.id == Entry.unit_id).where(answered_for(Unit, within))
