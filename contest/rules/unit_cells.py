"""How single cells of a table of units are read: codes, names with days, days, numbers of people."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from contest.rules import vietnamese

MOST_PEOPLE = 20_000_000


@dataclass(frozen=True)
class OldName:
    """A name borne from a day until the one before `valid_until`; None where it is not known."""

    name: str
    valid_from: date | None = None
    valid_until: date | None = None


def listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(vietnamese.clean, text.split(";")))))


_BORNE = re.compile(r"(.+?)\s*\(([^()]*\d/\d{4})\)")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def old_name(text: str) -> OldName:
    """ "Phường A (đến 30/06/2025)" and "Phường A (01/01/2020 - 30/06/2025)"; what is no date is part of the name."""
    found = _BORNE.fullmatch(text)
    days = [read_day(day) for day in _DAY.findall(found[2])] if found else []
    if found is None or None in days or len(days) not in (1, 2):
        return OldName(text)
    last = days[-1]
    return OldName(found[1], days[0] if len(days) == 2 else None, last and last + timedelta(days=1))


def read_day(text: str) -> date | None:
    """A day typed as 31/12/2026; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    day, month, year = map(int, text.split("/"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tidy_code(text: str) -> str:
    """A code as typed, without the ".0" that a sheet adds to numbers; leading zeros stay."""
    text = text.replace(" ", "")
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text


def people(text: str) -> int | None:
    """A count of people: "1.234", "1,234", "1 234" and 1234.0 are all 1234; anything else is None."""
    text = text[:-2] if re.fullmatch(r"\d+\.0", text) else text
    if not re.fullmatch(r"\d{1,3}([ .,]\d{3})+|\d+", text):
        return None
    number = int(re.sub(r"\D", "", text))
    return number if number <= MOST_PEOPLE else None
