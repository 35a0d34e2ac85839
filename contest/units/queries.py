"""Every SELECT about units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.rules import vietnamese
from contest.units.models import Headcount, Unit, UnitImport

MOST_SUGGESTIONS = 12
# Both databases limit how long a list in a statement may be.
A_PORTION = 500


def by_id(unit_id: int, within: str | None = None) -> Unit:
    """The unit, if it lies in the subtree `within` ("/1/7/"); raises NotFound."""
    unit = db.session.scalar(_scoped(select(Unit).where(Unit.id == unit_id), within))
    if unit is None:
        raise NotFound
    return unit


def by_code(code: str, within: str | None = None) -> Unit:
    """The unit with this code, if it lies in the subtree; raises NotFound."""
    unit = db.session.scalar(_scoped(select(Unit).where(Unit.code == code), within))
    if unit is None:
        raise NotFound
    return unit


def matching(text: str, within: str | None = None, limit: int = MOST_SUGGESTIONS) -> list[Unit]:
    """Units that a person may mean by this text, typed with or without accents; best first."""
    key = vietnamese.search_key(text)
    statement = _scoped(select(Unit).where(Unit.closed_at.is_(None)), within)
    for word in key.split():
        statement = statement.where(Unit.search_key.contains(word, autoescape=True))
    best_first = (
        ~Unit.search_key.startswith(key, autoescape=True),
        func.length(Unit.search_key),
        Unit.sort_key,
    )
    return list(db.session.scalars(statement.order_by(*best_first).limit(limit)))


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
    return next(iter(db.session.scalars(_scoped(usual.order_by(Unit.id), within))), None)


def suggestions(text: str) -> list[tuple[Unit, str]]:
    """Up to a dozen open units for the letters typed so far, each with where it stands; two statements."""
    if not vietnamese.search_key(text):
        return []
    found_units = matching(text)
    known = ancestors(found_units)
    return [(unit, above_in_words(unit, known)) for unit in found_units]


def ancestors(units: list[Unit]) -> dict[int, Unit]:
    """These units and all above them, by id."""
    return by_ids({int(part) for unit in units for part in unit.path.strip("/").split("/")})


def _scoped(statement: Select[Unit], within: str | None) -> Select[Unit]:
    return statement if within is None else statement.where(Unit.path.startswith(within, autoescape=True))


@dataclass(frozen=True)
class UnitLine:
    """One line of a list of units: how many units hang directly on it, and its path in words."""

    unit: Unit
    children: int
    above: str


def children_of(parent_id: int | None, within: str | None = None) -> Select[Unit]:
    """The units directly below one (None: the roots one may see), in alphabetical order."""
    statement = select(Unit).where(Unit.closed_at.is_(None)).order_by(Unit.sort_key, Unit.id)
    if parent_id is None and within is not None:
        return statement.where(Unit.path == within)
    return _scoped(statement.where(Unit.parent_id == parent_id), within)


def found(text: str, within: str | None = None) -> Select[Unit]:
    """All units whose name or code holds every word of the text."""
    statement = _scoped(select(Unit).order_by(Unit.sort_key, Unit.id), within)
    for word in vietnamese.search_key(text).split():
        statement = statement.where(Unit.search_key.contains(word, autoescape=True))
    return statement


def uncounted(within: str | None = None) -> Select[Unit]:
    """Units at the foot of the tree for which nobody has entered how many people they have."""
    below = aliased(Unit)
    statement = select(Unit).where(
        Unit.closed_at.is_(None),
        ~exists().where(Headcount.unit_id == Unit.id),
        ~exists().where(below.parent_id == Unit.id, below.closed_at.is_(None)),
    )
    return _scoped(statement.order_by(Unit.sort_key, Unit.id), within)


def lines(units: list[Unit]) -> list[UnitLine]:
    """These units with what a list says about them; two statements, however many."""
    counts = dict(
        db.session.execute(
            select(Unit.parent_id, func.count())
            .where(Unit.parent_id.in_([unit.id for unit in units]), Unit.closed_at.is_(None))
            .group_by(Unit.parent_id)
        ).all()
    )
    known = ancestors(units)
    return [UnitLine(unit, counts.get(unit.id, 0), above_in_words(unit, known)) for unit in units]


def above_in_words(unit: Unit, known: dict[int, Unit]) -> str:
    """Where a unit stands: "Sở Y tế, Ủy ban nhân dân tỉnh", the nearest first; "" for a root."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    return ", ".join(known[unit_id].name for unit_id in reversed(ids) if unit_id in known)


def headcounts(unit_id: int) -> list[Headcount]:
    """Every headcount ever entered for a unit, the newest of each kind first."""
    return list(
        db.session.scalars(
            select(Headcount)
            .where(Headcount.unit_id == unit_id)
            .order_by(Headcount.kind, Headcount.valid_from.desc())
        )
    )


def in_force(history_of_unit: list[Headcount], day: date) -> dict[str, Headcount]:
    """Of a unit's headcounts (newest first), the one of each kind that counts on a day."""
    newest: dict[str, Headcount] = {}
    for headcount in history_of_unit:
        if headcount.valid_from <= day:
            newest.setdefault(headcount.kind, headcount)
    return newest


def headcounts_on(day: date, within: str | None = None) -> dict[tuple[int, str], int]:
    """The number in force on a day, per (unit id, kind); one statement."""
    newest = (
        select(Headcount.unit_id, Headcount.kind, func.max(Headcount.valid_from).label("valid_from"))
        .where(Headcount.valid_from <= day)
        .group_by(Headcount.unit_id, Headcount.kind)
        .subquery()
    )
    statement = select(Headcount.unit_id, Headcount.kind, Headcount.number).join(
        newest,
        (Headcount.unit_id == newest.c.unit_id)
        & (Headcount.kind == newest.c.kind)
        & (Headcount.valid_from == newest.c.valid_from),
    )
    if within is not None:
        statement = statement.join(Unit, Unit.id == Headcount.unit_id).where(
            Unit.path.startswith(within, autoescape=True)
        )
    return {(unit_id, kind): number for unit_id, kind, number in db.session.execute(statement)}


def headcounts_from(day: date, unit_ids: Collection[int]) -> dict[tuple[int, str], Headcount]:
    """The numbers entered for exactly this day, per (unit id, kind); asked for in portions."""
    wanted = sorted(unit_ids)
    found_numbers: dict[tuple[int, str], Headcount] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(Headcount).where(Headcount.valid_from == day, Headcount.unit_id.in_(portion))
        found_numbers |= {(line.unit_id, line.kind): line for line in db.session.scalars(statement)}
    return found_numbers


def everything(within: str | None = None) -> list[Unit]:
    """Every open unit, parents before children."""
    statement = _scoped(select(Unit).where(Unit.closed_at.is_(None)), within)
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
    statement = _scoped(select(Unit).where(Unit.closed_at.is_(None)), within)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def count_uncounted(within: str | None = None) -> int:
    """How many units wait for a headcount."""
    statement = uncounted(within).order_by(None)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def only_root(within: str | None) -> Unit | None:
    """The unit above all that one may see, where there is exactly one."""
    roots = list(db.session.scalars(children_of(None, within).limit(2)))
    return roots[0] if len(roots) == 1 else None


def steps(unit: Unit, within: str | None) -> list[tuple[Unit, bool]]:
    """The units above one, the highest first, each with whether it lies in the subtree `within`."""
    known = ancestors([unit])
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    return [(known[above], known[above].path.startswith(within or "/")) for above in ids]


def picked(unit: Unit | None) -> str:
    """How a field shows a unit that was picked, and `typed` reads back."""
    return f"{unit.name} ({unit.code})" if unit else ""


def pending_import(import_id: int, staff_id: int) -> UnitImport:
    """A file this staff member uploaded and has not confirmed yet; raises NotFound."""
    pending = db.session.scalar(
        select(UnitImport).where(UnitImport.id == import_id, UnitImport.staff_id == staff_id)
    )
    if pending is None:
        raise NotFound(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải tệp lên lại nếu cần."))
    return pending


def by_ids(unit_ids: Collection[int]) -> dict[int, Unit]:
    """The units with these ids, by id; asked for in portions."""
    wanted = sorted(unit_ids)
    found_units: dict[int, Unit] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(Unit).where(Unit.id.in_(portion))
        found_units |= {unit.id: unit for unit in db.session.scalars(statement)}
    return found_units


def has_open_children(unit_id: int) -> bool:
    """Whether any open unit hangs directly on this one."""
    statement = select(Unit.id).where(Unit.parent_id == unit_id, Unit.closed_at.is_(None)).limit(1)
    return db.session.scalar(statement) is not None


def follow_ids(next_id: int) -> None:
    """Tell PostgreSQL which id comes next after ids were given by hand; SQLite looks by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.setval("units_id_seq", next_id, False)))
