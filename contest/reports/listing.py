"""Which units of a call a list shows, a page at a time, and what they sum up to."""

from collections.abc import Mapping
from dataclasses import dataclass

from contest.language import Text, _
from contest.paging import A_PAGE, Page, page_of
from contest.participation.tallies import FREE
from contest.participation.tree import Node
from contest.reports import gathering, progress_queries
from contest.reports.gathering import Sight, UnitSight
from contest.rules.counting import Rate, Tally
from contest.rules.reporting import Way

MOST_WAITING = 20
UNSETTLED = "unsettled"

SHOWS: dict[str, Text] = {
    "": _("Theo cấp"),
    "sent": _("Chờ duyệt"),
    "missing": _("Quá hạn, chưa có"),
    "awaited": _("Chưa gửi, còn hạn"),
    "late": _("Gửi muộn"),
    "returned": _("Đã trả lại"),
    "approved": _("Đã duyệt"),
    UNSETTLED: _("Có thể trùng người"),
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


def a_page(found: Sight, asked: Asked, own: int | None, wanted: str | None) -> Page[UnitSight]:
    """A page of the list: one level of the tree, or everybody in one state at any depth; `own` is in no state.

    Only what is on the page is read. A page out of range gives the nearest one.
    """
    if asked.show and asked.show != UNSETTLED:
        listed = progress_queries.listed(found.line, asked.show, found.within, own, found.now)
        page = page_of(listed, wanted)
        return Page(gathering.of_units(found, page.rows), page.number, page.total, page.size)
    places = _unsettled(found, own) if asked.show else _level(found, asked.unit)
    last = max(1, -(-len(places) // A_PAGE))
    number = min(max(int(wanted), 1), last) if wanted and wanted.isdecimal() and len(wanted) < 7 else 1
    rows = gathering.of_places(found, places[(number - 1) * A_PAGE : number * A_PAGE])
    return Page(rows, number, len(places), A_PAGE)


def scope(found: Sight, asked: Asked) -> Node | None:
    """The unit whose units are listed, where one was asked for."""
    place = found.place(asked.unit)
    return None if place is None else found.node(place)


def _level(found: Sight, unit_id: int) -> list[int]:
    """The places right below a unit; of the top, or right below it where only one unit stands there."""
    place = found.place(unit_id)
    if place is None and len(found.tops) == 1:
        place = found.tops[0]
    listed = found.tops if place is None else found.tree.children[place]
    return [one for one in listed if found.shown(one)]


def _unsettled(found: Sight, own: int | None) -> list[int]:
    doubtful = (unit for unit, ways in found.declared.items() if any(one.unsettled for one in ways.values()))
    places = [found.tree.by_id[unit] for unit in doubtful if unit != own]
    return sorted(places, key=lambda place: found.node(place).sort_key)


def total(found: Sight) -> Total:
    """The sum over the units at the top; where everything is seen, the people of no unit too."""
    figures = [found.seen.figures.at(place) for place in found.tops]
    declared = [found.offline(place) for place in found.tops]
    return Total(
        sum((one.tally for one in figures), Tally()),
        found.seen.direct.get(FREE, Tally()) if found.within is None else Tally(),
        {way: sum((one[way].total for one in declared), Tally()) for way in Way},
        found.seen.figures.together(found.tops).rate,
    )
