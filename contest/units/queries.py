"""Every SELECT about units."""

from sqlalchemy import Select, func, select

from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.rules import vietnamese
from contest.units.models import Unit

MOST_SUGGESTIONS = 12


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
    exact = db.session.scalar(
        _scoped(select(Unit).where(func.lower(Unit.code) == code.lower(), Unit.closed_at.is_(None)), within)
    )
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


def ancestors(units: list[Unit]) -> dict[int, Unit]:
    """These units and all above them, by id."""
    ids = {int(part) for unit in units for part in unit.path.strip("/").split("/")}
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _scoped(statement: Select[Unit], within: str | None) -> Select[Unit]:
    return statement if within is None else statement.where(Unit.path.startswith(within, autoescape=True))
