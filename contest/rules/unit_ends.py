"""What a table says about units that went into others: what cannot be, and what hung on them goes along. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from contest.rules.unit_rows import Problem, Row, RowFault


def faults(rows: Mapping[str, Row], known_codes: frozenset[str]) -> list[RowFault]:
    """Rows (by code) that say something impossible about what became of their unit.

    `known_codes`: units that exist already and are in use.
    """
    found = []
    for row in rows.values():
        for one in row.successors:
            problem = _fault(row, one.code, rows, known_codes)
            if problem is not None:
                found.append(RowFault(row.number, problem, one.code, row.code))
    return found


def _fault(row: Row, code: str, rows: Mapping[str, Row], known_codes: frozenset[str]) -> Problem | None:
    successor = rows.get(code)
    if successor is None and code not in known_codes:
        return Problem.UNKNOWN_SUCCESSOR
    above, seen = code, set[str]()
    while above and above not in seen:
        if above == row.code:
            return Problem.OWN_SUCCESSOR
        seen.add(above)
        above = rows[above].parent if above in rows else ""
    closed = successor.closed_from if successor else None
    gone = closed is not None and row.closed_from is not None and closed < row.closed_from
    return Problem.CLOSED_SUCCESSOR if gone else None


def moved_along(rows: Mapping[str, Row]) -> dict[str, Row]:
    """What hung on a unit that went into one other hangs on that one: the rows that differ by it, by code."""
    ended = {code for code, row in rows.items() if row.closed_from and len(row.successors) == 1}
    below = {code: row for code, row in rows.items() if row.parent in ended and row.closed_from is None}
    return {code: replace(row, parent=_heir(row.parent, rows, ended)) for code, row in below.items()}


def _heir(code: str, rows: Mapping[str, Row], ended: set[str]) -> str:
    seen = set[str]()
    while code in ended and code not in seen:
        seen.add(code)
        code = rows[code].successors[0].code
    return code
