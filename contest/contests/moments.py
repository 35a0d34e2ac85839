"""Days and times as organisers type them, in Vietnam's time."""

import re
from datetime import date, datetime, timedelta

from contest.clock import VIETNAM

_DAY = r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})"
_TIME = r"(?P<hour>\d{1,2})\s*(?:[:hg]|giờ)\s*(?P<minute>\d{1,2})?(?:\s*(?:ph|phút))?"
_DAY_FIRST = re.compile(rf"(?:ngày )?{_DAY}[ ,]+(?:lúc )?{_TIME}")
_TIME_FIRST = re.compile(rf"(?:lúc )?{_TIME}[ ,]+(?:ngày )?{_DAY}")


def read_day(typed: str) -> date:
    """31/12/2026, also with dots or hyphens. ValueError for anything else and for days that do not exist."""
    found = re.fullmatch(_DAY, " ".join(typed.split()))
    if found is None:
        raise ValueError("not a day")
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def read_moment(typed: str) -> datetime:
    """31/12/2026 08:00 or 8 giờ 00 ngày 31/12/2026, in Vietnam; "24:00" is midnight at the end of the day.

    ValueError for anything else, also for a day without a time.
    """
    text = " ".join(typed.casefold().split())
    found = _DAY_FIRST.fullmatch(text) or _TIME_FIRST.fullmatch(text)
    if found is None:
        raise ValueError("not a day with a time")
    day = datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=VIETNAM)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise ValueError("not a time of the day")
    return day + timedelta(hours=hour, minutes=minute)


def typed_day(day: date) -> str:
    """The day as it would be typed."""
    return day.strftime("%d/%m/%Y")


def typed_moment(moment: datetime) -> str:
    """The moment as it would be typed."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def closing(moment: datetime) -> str:
    """A closing as pages show it, "17:00 31/12/2026"; midnight is "24:00" of the day that ends.

    "00:00 01/01" is what people take for a day more than they have.
    """
    day, time = typed_closing(moment).split()
    return f"{time} {day}"


def typed_closing(moment: datetime) -> str:
    """The closing as it would be typed, midnight as "31/12/2026 24:00"."""
    local = moment.astimezone(VIETNAM)
    if (local.hour, local.minute) == (0, 0):
        return (local - timedelta(days=1)).strftime("%d/%m/%Y 24:00")
    return typed_moment(local)


def spoken_moment(moment: datetime) -> str:
    """The moment as a notice says it: "08 giờ 00 ngày 31/12/2026"."""
    return moment.astimezone(VIETNAM).strftime("%H giờ %M ngày %d/%m/%Y")


def spoken_end(moment: datetime) -> str:
    """As `spoken_moment`, but midnight is "24 giờ 00" of the day that ends: it is a closing."""
    day, time = typed_closing(moment).split()
    return f"{time.replace(':', ' giờ ')} ngày {day}"
