"""Every SELECT about units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from contest.clock import VIETNAM
from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.rules import unit_search
from contest.units.models import Headcount, Unit, UnitName

MOST_SUGGESTIONS = 12
# Both databases limit how long a list in a statement may be.
A_PORTION = 500


def by_id(unit_id: int, within: str | None = None) -> Unit:
    """The unit, if it lies in the subtree `within` ("/1/7/"); raises NotFound."""
    unit = db.session.scalar(scoped(select(Unit).where(Unit.id == unit_id), within))
    if unit is None:
        raise NotFound
    return unit


def by_code(code: str, within: str | None = None) -> Unit:
    """The unit with this code, if it lies in the subtree; raises NotFound."""
    unit = db.session.scalar(scoped(select(Unit).where(Unit.code == code), within))
    if unit is None:
        raise NotFound
    return unit


def matching(text: str, within: str | None = None, limit: int = MOST_SUGGESTIONS) -> list[Unit]:
    """Open units that a person may mean by this text, typed with or without accents; best first."""
    wanted = unit_search.readings(text)
    if not wanted:
        return []
    statement = scoped(select(Unit).where(Unit.closed_at.is_(None), meant(text)), within)
    phrases = [" ".join(forms[0] for forms in reading) for reading in wanted]
    best_first = (
        ~or_(*(Unit.search_key.startswith(key, autoescape=True) for key in phrases)),
        ~or_(*(Unit.search_key.contains(key, autoescape=True) for key in phrases)),
        ~_has(wanted[0]),
        func.length(Unit.name),
        Unit.sort_key,
    )
    return list(db.session.scalars(statement.order_by(*best_first).limit(limit)))


def meant(text: str) -> ColumnElement[bool]:
    """The condition that a unit may be meant by this text; every unit for a text without letters."""
    wanted = unit_search.readings(text)
    return or_(*map(_has, wanted)) if wanted else true()


def _has(reading: unit_search.Reading) -> ColumnElement[bool]:
    return and_(
        *(or_(*(Unit.search_key.contains(form, autoescape=True) for form in forms)) for forms in reading)
    )


def found_by(units: list[Unit], text: str) -> dict[int, str]:
    """The old or other name under which a unit was found, by id, for those not found by their own."""
    hidden = [
        unit for unit in units if not unit_search.matches(unit_search.stored_key(unit.name, unit.code), text)
    ]
    others = names_of({unit.id for unit in hidden})
    found = {
        unit.id: unit_search.known_as(
            unit.name, unit.code, [one.name for one in others.get(unit.id, [])], text
        )
        for unit in hidden
    }
    return {unit_id: name for unit_id, name in found.items() if name}


def names_of(unit_ids: Collection[int]) -> dict[int, list[UnitName]]:
    """Every other name of these units, by id, the latest first; asked for in portions."""
    wanted = sorted(unit_ids)
    names: dict[int, list[UnitName]] = {}
    for start in range(0, len(wanted), A_PORTION):
        statement = select(UnitName).where(UnitName.unit_id.in_(wanted[start : start + A_PORTION]))
        newest = statement.order_by(UnitName.kind.desc(), UnitName.valid_until.desc(), UnitName.name)
        for name in db.session.scalars(newest):
            names.setdefault(name.unit_id, []).append(name)
    return names


def typed(text: str, within: str | None = None) -> Unit:
    """The one unit meant by what a person typed or picked ("Phường Sen Hồng (P07)", "P07", "sen hong").

    Raises Refusal with the candidates when several fit, and when none does.
    """
    code = text.rpartition("(")[2].rstrip(") ") if text.rstrip().endswith(")") else text.strip()
    exact = _open_unit(code, within)
    if exact is not None:
        return exact
    found = matching(text, within, limit=6)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(
            _(
                "Không có đơn vị nào tên giống “%(text)s”. Hãy gõ vài chữ trong tên, có dấu hay không đều được.",
                text=text,
            )
        )
    same = [unit for unit in found if unit.name.casefold() == text.strip().casefold()]
    if len(same) == 1:
        return same[0]
    names = "; ".join(f"{unit.name} ({unit.code})" for unit in found[:5])
    raise Refusal(_("Có nhiều đơn vị giống “%(text)s”: %(names)s. Hãy chọn một.", text=text, names=names))


def _open_unit(code: str, within: str | None) -> Unit | None:
    """The open unit with this code in whatever case; the usual cases first, because those are indexed."""
    usual = select(Unit).where(Unit.code.in_({code, code.upper(), code.lower()}), Unit.closed_at.is_(None))
    return next(iter(db.session.scalars(scoped(usual.order_by(Unit.id), within))), None)


@dataclass(frozen=True)
class Suggestion:
    """A unit for the letters typed so far, where it stands, and the old or other name that was found, if any."""

    unit: Unit
    above: str
    was: str


def suggestions(text: str) -> list[Suggestion]:
    """Up to a dozen open units; two statements, three where one is found by another name."""
    if not unit_search.readings(text):
        return []
    units = matching(text)
    known, was = ancestors(units), found_by(units, text)
    return [Suggestion(unit, above_in_words(unit, known), was.get(unit.id, "")) for unit in units]


def ancestors(units: list[Unit]) -> dict[int, Unit]:
    """These units and all above them, by id."""
    return by_ids({int(part) for unit in units for part in unit.path.strip("/").split("/")})


def scoped(statement: Select[Unit], within: str | None) -> Select[Unit]:
    """The same SELECT, of a subtree only."""
    return statement if within is None else statement.where(Unit.path.startswith(within, autoescape=True))


def uncounted(within: str | None = None) -> Select[Unit]:
    """Units at the foot of the tree for which nobody has entered how many people they have."""
    below = aliased(Unit)
    statement = select(Unit).where(
        Unit.closed_at.is_(None),
        # As the index says it: one number at least is in force wherever somebody has entered any.
        ~exists().where(Headcount.unit_id == Unit.id, Headcount.replaced_at.is_(None)),
        ~exists().where(below.parent_id == Unit.id, below.closed_at.is_(None)),
    )
    return scoped(statement.order_by(Unit.sort_key, Unit.id), within)


def above_in_words(unit: Unit, known: dict[int, Unit]) -> str:
    """Where a unit stands: "Sở Y tế, Ủy ban nhân dân tỉnh", the nearest first; "" for a root."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    return ", ".join(known[unit_id].name for unit_id in reversed(ids) if unit_id in known)


def headcounts_on(day: date, within: str | None = None) -> dict[tuple[int, str], int]:
    """The number in force on a day, per (unit id, kind), of units that were not closed by then; one statement."""
    newest = (
        select(Headcount.unit_id, Headcount.kind, func.max(Headcount.valid_from).label("valid_from"))
        .where(Headcount.valid_from <= day, Headcount.replaced_at.is_(None))
        .group_by(Headcount.unit_id, Headcount.kind)
        .subquery()
    )
    statement = (
        select(Headcount.unit_id, Headcount.kind, Headcount.number)
        .join(
            newest,
            (Headcount.unit_id == newest.c.unit_id)
            & (Headcount.kind == newest.c.kind)
            & (Headcount.valid_from == newest.c.valid_from),
        )
        .join(Unit, Unit.id == Headcount.unit_id)
        .where(Headcount.replaced_at.is_(None), or_(Unit.closed_at.is_(None), Unit.closed_at >= _end_of(day)))
    )
    if within is not None:
        statement = statement.where(Unit.path.startswith(within, autoescape=True))
    return {(unit_id, kind): number for unit_id, kind, number in db.session.execute(statement)}


def _end_of(day: date) -> datetime:
    """The midnight after a day in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def everything(within: str | None = None, closed: bool = False) -> list[Unit]:
    """Every open unit, parents before children; with `closed` those that are no more, too."""
    statement = scoped(select(Unit) if closed else select(Unit).where(Unit.closed_at.is_(None)), within)
    return list(db.session.scalars(statement.order_by(Unit.depth, Unit.sort_key, Unit.id)))


def by_codes(codes: Collection[str]) -> dict[str, Unit]:
    """The units with these codes, closed ones too, by code; asked for in portions."""
    wanted = sorted(codes)
    found_units: dict[str, Unit] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(Unit).where(Unit.code.in_(portion))
        found_units |= {unit.code: unit for unit in db.session.scalars(statement)}
    return found_units


def open_codes() -> frozenset[str]:
    """The codes of all open units."""
    return frozenset(db.session.scalars(select(Unit.code).where(Unit.closed_at.is_(None))))


def count(within: str | None = None) -> int:
    """How many open units there are."""
    statement = scoped(select(Unit).where(Unit.closed_at.is_(None)), within)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def count_uncounted(within: str | None = None) -> int:
    """How many units wait for a headcount."""
    statement = uncounted(within).order_by(None)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def picked(unit: Unit | None) -> str:
    """How a field shows a unit that was picked, and `typed` reads back."""
    return f"{unit.name} ({unit.code})" if unit else ""


def by_ids(unit_ids: Collection[int]) -> dict[int, Unit]:
    """The units with these ids, by id; asked for in portions."""
    wanted = sorted(unit_ids)
    found_units: dict[int, Unit] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(Unit).where(Unit.id.in_(portion))
        found_units |= {unit.id: unit for unit in db.session.scalars(statement)}
    return found_units
