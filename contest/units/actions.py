"""What is done with single units: add, correct, move with everything below, reopen, give another name."""

from datetime import date, datetime

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import unit_search, vietnamese
from contest.units import change_queries, lineage, queries, shape_queries
from contest.units.models import NameKind, Unit, UnitName

# Deeper than any body there is; a path is read as a whole.
DEEPEST = 30


def set_keys(unit: Unit) -> None:
    """What a unit is searched and sorted by, after its name or one of its other names has changed."""
    db.session.flush()
    others = [one.name for one in queries.names_of({unit.id}).get(unit.id, [])] if unit.id else []
    unit.search_key = unit_search.stored_key(unit.name, unit.code, others)
    unit.sort_key = vietnamese.sort_key(unit.name)


def add(
    code: str, name: str, kind: str, block: str, parent: Unit | None, actor: Actor, now: datetime
) -> Unit:
    """Add one unit below another, or as a root."""
    _refuse_too_deep(parent, 1)
    unit = Unit(
        code=code,
        name=name,
        kind=kind,
        block=block,
        parent_id=parent.id if parent else None,
        path="/",
        depth=parent.depth + 1 if parent else 0,
        search_key=unit_search.stored_key(name, code),
        sort_key=vietnamese.sort_key(name),
    )
    db.session.add(unit)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(_("Mã %(code)s đã dùng cho một đơn vị khác. Hãy chọn mã khác.", code=code)) from None
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    history.record(actor.signature, "unit:add", ("unit", unit.id, unit.name), now, code)
    return unit


def edit(unit: Unit, name: str, kind: str, block: str, actor: Actor, now: datetime) -> None:
    """Correct what a unit is called, its kind or its block; a name it really bore is kept by a rename."""
    before = f"{unit.name} · {unit.kind} · {unit.block}"
    unit.name, unit.kind, unit.block = name, kind, block
    set_keys(unit)
    after = f"{name} · {kind} · {block}"
    if before != after:
        history.record(actor.signature, "unit:edit", ("unit", unit.id, name), now, f"{before} → {after}")


def hang(unit: Unit, parent: Unit | None, actor: Actor, now: datetime) -> int:
    """Move a unit with everything below it, as somebody decided; returns how many units moved."""
    above = queries.by_id(unit.parent_id).name if unit.parent_id else "–"
    count = shape_queries.count_all(unit.path)
    move(unit, parent)
    lineage.settle()
    detail = f"{above} → {parent.name if parent else '–'} · {count} đơn vị"
    history.record(actor.signature, "unit:move", ("unit", unit.id, unit.name), now, detail)
    return count


def check_move(unit: Unit, parent: Unit | None) -> None:
    """Refuse to hang a unit below itself, or too deep."""
    if parent is not None and parent.path.startswith(unit.path):
        raise Refusal(
            _("“%(name)s” không thể thuộc một đơn vị nằm dưới nó. Hãy chọn cấp trên khác.", name=unit.name)
        )
    _refuse_too_deep(parent, shape_queries.levels(unit.path))


def move(unit: Unit, parent: Unit | None) -> None:
    """Hang a unit, with everything below it, onto another one."""
    db.session.flush()
    check_move(unit, parent)
    old_path, deeper = unit.path, (parent.depth + 1 if parent else 0) - unit.depth
    new_path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.parent_id = parent.id if parent else None
    db.session.flush()
    db.session.execute(
        update(Unit)
        .where(Unit.path.startswith(old_path, autoescape=True))
        .values(path=new_path + func.substr(Unit.path, len(old_path) + 1), depth=Unit.depth + deeper),
        execution_options={"synchronize_session": "fetch"},
    )


def _refuse_too_deep(parent: Unit | None, levels: int) -> None:
    if parent is not None and parent.depth + levels > DEEPEST:
        raise Refusal(_("Cây đơn vị sâu quá %(most)s cấp. Hãy chọn cấp trên cao hơn.", most=DEEPEST))


def keep_name(
    unit: Unit,
    kind: NameKind,
    name: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    borne_by: int | None = None,
) -> None:
    """Another name under which a unit is found; nothing happens if it has that name already."""
    known = {one.name for one in queries.names_of({unit.id}).get(unit.id, [])}
    if name in known or (name == unit.name and borne_by is not None):
        return
    row = UnitName(unit_id=unit.id, kind=kind, name=name, valid_from=valid_from, valid_until=valid_until)
    row.borne_by = borne_by
    db.session.add(row)
    db.session.flush()


def add_name(unit: Unit, kind: NameKind, name: str, until: date | None, actor: Actor, now: datetime) -> None:
    """People also call the unit so, or it once was called so."""
    if name == unit.name or name in {one.name for one in queries.names_of({unit.id}).get(unit.id, [])}:
        raise Refusal(_("Đơn vị đã có tên “%(name)s”. Hãy ghi một tên khác.", name=name))
    keep_name(unit, kind, name, None, until)
    set_keys(unit)
    history.record(actor.signature, "unit:name", ("unit", unit.id, unit.name), now, name)


def drop_name(unit: Unit, name_id: int, actor: Actor, now: datetime) -> None:
    """Nobody is to find the unit by this name any more."""
    row = change_queries.name_of(unit.id, name_id)
    db.session.delete(row)
    set_keys(unit)
    history.record(actor.signature, "unit:drop_name", ("unit", unit.id, unit.name), now, row.name)
