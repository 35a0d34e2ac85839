"""Which units of a call a list shows, and how many stand where. Pure, over what was gathered."""

from collections.abc import Mapping
from dataclasses import dataclass

from contest.language import Text, _
from contest.paging import A_PAGE, Page
from contest.participation.tallies import FREE
from contest.reports.gathering import Sight, UnitSight
from contest.rules.counting import Rate, Tally
from contest.rules.reporting import Punctuality, State, Way

MOST_WAITING = 20

SHOWS: dict[str, Text] = {
    "": _("Theo cấp"),
    "sent": _("Chờ duyệt"),
    "missing": _("Quá hạn, chưa có"),
    "awaited": _("Chưa gửi, còn hạn"),
    "late": _("Gửi muộn"),
    "returned": _("Đã trả lại"),
    "approved": _("Đã duyệt"),
    "unsettled": _("Có thể trùng người"),
}


@dataclass(frozen=True)
class Asked:
    """What a list is asked for in its address: one of SHOWS, and the unit whose units are listed (0: the top)."""

    show: str = ""
    unit: int = 0

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Asked":
        """From the arguments of an address; what is unknown is as if it was not there."""
        show, unit = arguments.get("show", ""), arguments.get("unit", "")
        return cls(show if show in SHOWS else "", int(unit) if unit.isdecimal() else 0)


@dataclass(frozen=True)
class Counts:
    """Of the units asked: how many there are, how many reports arrived, were approved, are late or missing."""

    asked: int
    arrived: int
    approved: int
    late: int
    missing: int


@dataclass(frozen=True)
class Total:
    """Everybody seen from here: the system's count (`free`: people of no unit), the declared, the rate."""

    online: Tally
    free: Tally
    offline: dict[Way, Tally]
    rate: Rate

    @property
    def declared(self) -> Tally:
        """All that was declared beside the system's count."""
        return sum(self.offline.values(), Tally())


def tops(found: Sight) -> list[UnitSight]:
    """The units at the top of what is seen."""
    return [one for one in found.units.values() if one.figure.unit.parent_id not in found.units]


def reporting_units(found: Sight, own: int | None) -> list[UnitSight]:
    """Units that have to report or did so all the same, without one's own."""
    return [one for one in found.units.values() if one.figure.unit.id != own and (one.asked or one.report)]


def rows(found: Sight, asked: Asked, own: int | None) -> list[UnitSight]:
    """The list: one level of the tree, or everybody in one state at any depth."""
    if asked.show:
        listed = [one for one in reporting_units(found, own) if _fits(one, asked.show)]
        return sorted(listed, key=lambda one: one.figure.unit.sort_key)
    if asked.unit in found.units:
        return found.below(asked.unit)
    above = tops(found)
    return found.below(above[0].figure.unit.id) if len(above) == 1 else above


def _fits(one: UnitSight, show: str) -> bool:
    if show == "unsettled":
        return one.unsettled
    if show in (Punctuality.MISSING, Punctuality.AWAITED):
        return one.asked and one.punctuality == show
    return one.punctuality == show or one.state == show


def counts(found: Sight, own: int | None) -> Counts:
    """How far the units asked have come."""
    asked = [one for one in found.asked if one.figure.unit.id != own]
    return Counts(
        len(asked),
        sum(one.state in (State.SENT, State.APPROVED) for one in asked),
        sum(one.state is State.APPROVED for one in asked),
        sum(one.punctuality is Punctuality.LATE for one in asked),
        sum(one.punctuality is Punctuality.MISSING for one in asked),
    )


def total(found: Sight, whole: bool) -> Total:
    """The sum over the units at the top; `whole`: the people of no unit too."""
    above = tops(found)
    known = [one.figure.rate for one in above]
    return Total(
        sum((one.figure.tally for one in above), Tally()),
        found.seen.direct.get(FREE, Tally()) if whole else Tally(),
        {way: sum((one.offline[way].total for one in above), Tally()) for way in Way},
        Rate(sum(one.people for one in known), sum(one.headcount or 0 for one in known) or None),
    )


def a_page(listed: list[UnitSight], wanted: str | None) -> Page[UnitSight]:
    """The page asked for; out of range gives the nearest one."""
    last = max(1, -(-len(listed) // A_PAGE))
    number = min(max(int(wanted), 1), last) if wanted and wanted.isdecimal() else 1
    return Page(listed[(number - 1) * A_PAGE : number * A_PAGE], number, len(listed), A_PAGE)
