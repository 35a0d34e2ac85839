"""Days of birth as lists and people write them: day before month, Excel's dates and numbers, a year alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from contest.rules.declared import EARLIEST_BIRTH_YEAR

# Excel counts days from here (its 1900 is wrongly a leap year, which no birth that matters notices).
_EXCEL_BEGINS = date(1899, 12, 30)
_PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_TIME_BEHIND = re.compile(r"(\S+) \d{1,2}:\d{2}(?::\d{2})?")


class BirthProblem(StrEnum):
    """Why a day cannot be read; MENDED, DOUBTED: it was read, and should be looked at."""

    BAD = "bad_birth"
    SWAPPED = "swapped_birth"
    SHORT_YEAR = "short_year"
    OUT_OF_REACH = "birth_out_of_reach"
    MENDED = "mended_birth"
    DOUBTED = "doubted_birth"


@dataclass(frozen=True)
class Habit:
    """How a column writes its days.

    `month_first`: 12/31/1990. `exchanged`: Excel took 05/08 for 8 May where it could and left 31/12 as text.
    """

    month_first: bool = False
    exchanged: bool = False


USUAL = Habit()


@dataclass(frozen=True)
class Born:
    """What a cell says: the day, or only the year, or nothing; and what is wrong with it."""

    day: date | None = None
    year: int | None = None
    problem: BirthProblem | None = None


def habit(cells: Iterable[str]) -> Habit:
    """What a column's own cells tell; a real date of Excel comes as 1990-05-08, what was typed as it was typed."""
    swapped = usual = False
    real: list[int] = []
    for text in cells:
        found, iso = _PARTS.fullmatch(text), _ISO.fullmatch(text)
        if found:
            swapped |= int(found[2]) > 12 >= int(found[1])
            usual |= int(found[1]) > 12 >= int(found[2])
        elif iso:
            real.append(int(iso[3]))
    return Habit(swapped and not usual, usual and bool(real) and max(real) <= 12)


def read(text: str, this_year: int, habit: Habit = Habit()) -> Born:
    """The day of birth in a cell of a column with this habit."""
    text = _TIME_BEHIND.sub(r"\1", text.strip())
    text = text[:-2] if re.fullmatch(r"\d+\.0", text) else text
    if not text:
        return Born()
    if re.fullmatch(r"\d{4}", text):
        return _within(None, int(text), this_year)
    if re.fullmatch(r"\d{5}", text):
        born = _EXCEL_BEGINS + timedelta(days=int(text))
        return _within(born, born.year, this_year, BirthProblem.MENDED)
    iso, parts = _ISO.fullmatch(text), _PARTS.fullmatch(text)
    if iso:
        doubt = BirthProblem.DOUBTED if habit.exchanged and int(iso[3]) != int(iso[2]) else None
        return _of(int(iso[3]), int(iso[2]), int(iso[1]), this_year, doubt)
    if not parts:
        return Born(problem=BirthProblem.BAD)
    if len(parts[3]) == 2:
        return Born(problem=BirthProblem.SHORT_YEAR)
    first, second, year = (int(part) for part in parts.groups())
    if habit.month_first:
        return _of(second, first, year, this_year, BirthProblem.MENDED)
    if second > 12 >= first >= 1 and second <= 31:
        return Born(problem=BirthProblem.SWAPPED)
    return _of(first, second, year, this_year)


def _of(day: int, month: int, year: int, this_year: int, problem: BirthProblem | None = None) -> Born:
    try:
        return _within(date(year, month, day), year, this_year, problem)
    except ValueError:
        return Born(problem=BirthProblem.BAD)


def _within(day: date | None, year: int, this_year: int, problem: BirthProblem | None = None) -> Born:
    if not EARLIEST_BIRTH_YEAR <= year <= this_year:
        return Born(problem=BirthProblem.OUT_OF_REACH)
    return Born(day, year, problem)
