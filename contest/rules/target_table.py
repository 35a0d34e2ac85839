"""Reads a table of targets of single units: a code and how many people, however the columns are called. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contest.rules import vietnamese
from contest.rules.unit_cells import people, tidy_code

LOOK_FOR_HEADER = 20
_CODE = ("ma don vi", "ma", "code")
_WANTED = ("chi tieu rieng", "chi tieu", "so nguoi can dat", "can dat", "target")


class Problem(StrEnum):
    """Why a line cannot be taken in."""

    UNKNOWN_CODE = "unknown_code"
    REPEATED_CODE = "repeated_code"
    BAD_NUMBER = "bad_number"


@dataclass(frozen=True)
class TargetTable:
    """How many people are wanted, by code (None: the unit's tier holds); faults as (line from 1, what, words)."""

    wanted: dict[str, int | None]
    faults: tuple[tuple[int, Problem, str], ...]
    header_found: bool = True


def read(table: Sequence[Sequence[str]], known_codes: Collection[str] = ()) -> TargetTable:
    """Read the cells (as text) of one sheet; only units with a `known_codes` code may be named."""
    found = _header(table)
    if found is None:
        return TargetTable({}, (), header_found=False)
    first, code_at, wanted_at = found
    wanted: dict[str, int | None] = {}
    faults: list[tuple[int, Problem, str]] = []
    for number, row in enumerate(table[first + 1 :], start=first + 2):
        code, text = tidy_code(_cell(row, code_at)), _cell(row, wanted_at)
        if not code and not text:
            continue
        if code not in known_codes:
            faults.append((number, Problem.UNKNOWN_CODE, code))
        elif code in wanted:
            faults.append((number, Problem.REPEATED_CODE, code))
        elif text and people(text) is None:
            faults.append((number, Problem.BAD_NUMBER, text))
        else:
            wanted[code] = people(text)
    return TargetTable(wanted, tuple(faults))


def _header(table: Sequence[Sequence[str]]) -> tuple[int, int, int] | None:
    for number, row in enumerate(table[:LOOK_FOR_HEADER]):
        words = [vietnamese.search_key(text) for text in row]
        # "Cần đạt theo mức" is what the program works out, so the surest word wins.
        places = [
            next((words.index(one) for one in names if one in words), None) for names in (_CODE, _WANTED)
        ]
        if places[0] is not None and places[1] is not None:
            return number, places[0], places[1]
    return None


def _cell(row: Sequence[str], place: int) -> str:
    return vietnamese.clean(row[place]) if place < len(row) else ""
