"""Other names of units as a table writes them, and as they are stored."""

from collections.abc import Iterable
from datetime import date, timedelta

from contest.bulk import insert_rows
from contest.rules.unit_cells import OldName
from contest.rules.unit_rows import Row
from contest.units.models import NameKind, UnitName


def old_names(names: Iterable[UnitName]) -> str:
    """As a table writes them: "Phường A (đến 30/06/2025); Xã B"."""
    old = (one for one in names if one.kind == NameKind.OLD)
    return written(OldName(one.name, one.valid_from, one.valid_until) for one in old)


def aliases(names: Iterable[UnitName]) -> str:
    """As a table writes them, in one order."""
    return "; ".join(sorted(one.name for one in names if one.kind == NameKind.ALIAS))


def written(names: Iterable[OldName]) -> str:
    return "; ".join(sorted(f"{one.name}{_borne(one)}" for one in names))


def _borne(one: OldName) -> str:
    if one.valid_until is None:
        return ""
    last = day_cell(one.valid_until - timedelta(days=1))
    return f" ({day_cell(one.valid_from)} - {last})" if one.valid_from else f" (đến {last})"


def handed_on(names: Iterable[UnitName]) -> frozenset[str]:
    """The names that came from units which went into this one: they stay, whatever a table says."""
    return frozenset(one.name for one in names if one.borne_by is not None)


def lines_of(row: Row, unit_id: int) -> list[dict[str, object]]:
    """What is stored of a row's other names; each once, and never the unit's own."""
    lines = {
        one.name: {"kind": NameKind.OLD, "valid_from": one.valid_from, "valid_until": one.valid_until}
        for one in row.old_names
    }
    for name in row.aliases:
        lines.setdefault(name, {"kind": NameKind.ALIAS, "valid_from": None, "valid_until": None})
    return [{"unit_id": unit_id, "name": name[:200], **line} for name, line in lines.items()]


def insert_lines(lines: list[dict[str, object]]) -> None:
    insert_rows(UnitName, lines)


def day_cell(day: date | None) -> str:
    """A day as a table writes it."""
    return day.strftime("%d/%m/%Y") if day else ""
