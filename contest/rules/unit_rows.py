"""What is read from a table of units: rows, what is wrong with some of them, and both together."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contest.rules.unit_cells import OldName
from contest.rules.unit_successors import Successor
from contest.rules.unit_table_words import Column


class Problem(StrEnum):
    """Why a row cannot be taken in."""

    NO_CODE = "no_code"
    NO_NAME = "no_name"
    REPEATED_CODE = "repeated_code"
    UNKNOWN_PARENT = "unknown_parent"
    FAULTY_PARENT = "faulty_parent"
    CYCLE = "cycle"
    UNKNOWN_KIND = "unknown_kind"
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"
    BAD_DATE = "bad_date"
    STILL_TO_COME = "still_to_come"
    CLOSED_PARENT = "closed_parent"
    UNCLEAR_SUCCESSORS = "unclear_successors"
    UNKNOWN_SUCCESSOR = "unknown_successor"
    OWN_SUCCESSOR = "own_successor"
    CLOSED_SUCCESSOR = "closed_successor"
    NO_DAY = "no_day"
    STILL_HAS_CHILDREN = "still_has_children"


@dataclass(frozen=True)
class Row:
    """One unit as the table says it. `number` is the line of the file, from 1; headcounts None = not said.

    `successors`: the units it went into from the day `closed_from`, `basis` the decision that rests on.
    """

    number: int
    code: str
    name: str
    parent: str
    kind: str
    block: str
    officials: int | None = None
    youth: int | None = None
    residents: int | None = None
    old_names: tuple[OldName, ...] = ()
    aliases: tuple[str, ...] = ()
    closed_from: date | None = None
    successors: tuple[Successor, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class RowFault:
    """One reason why a row cannot be taken in, with the words of the file it is about; a row may have several.

    `code`: of its unit, where that has been read.
    """

    number: int
    problem: Problem
    words: str
    code: str = ""


@dataclass(frozen=True)
class UnitTable:
    """What was read: rows in an order in which every parent comes before its children.

    A column that the table does not have says nothing about its units; `columns` are those it has.
    `ignored`: headings that were not understood, so that nobody thinks them taken in.
    """

    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]
    columns: frozenset[Column] = frozenset()
    ignored: tuple[str, ...] = ()

    @property
    def header_found(self) -> bool:
        """Whether a row with at least a code and a name was recognised as the header."""
        return bool(self.columns)
