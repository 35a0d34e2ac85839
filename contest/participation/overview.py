"""The numbers of a round or a contest, put together once for pages, files, charts, frames and the interface."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from contest.contests import queries as contests
from contest.contests.models import Block, Contest, Round
from contest.errors import NotFound
from contest.language import _
from contest.paging import A_PAGE, Page
from contest.participation import parts, queries, snapshots
from contest.participation.asked import MOST_COMPARED, Asked
from contest.participation.counts import Counts, counts
from contest.participation.figures import Figure, Figures, Order, Together, matching, ordered
from contest.participation.parts import BandFigure, BlockFigure, KindFigure, TopicFigure
from contest.participation.seen_as import Seen
from contest.participation.snapshots import Snapshot, Subject
from contest.participation.tallies import FREE
from contest.rules.counting import Rate, Tally
from contest.units.models import HeadcountKind

# A list longer than this is a job for the file.
MOST_MISSING = 30


@dataclass(frozen=True)
class Overview:
    """A subject seen from one unit (`scope`), or, where several stand at the top, from above them (None).

    `children` are the units right below, `rows` what the list shows: the children, or what a search found
    at any depth. `free` are people of no unit. Bands, topics, days and hours are of the whole subject and
    empty when only a part of it is seen; bands and topics are of closed rounds only: earlier they would
    tell how hard the papers are.
    """

    subject: Subject
    asked: Asked
    now: datetime
    snapshot: Snapshot
    all_blocks: list[Block]
    block: Block | None
    figures: Figures
    place: int | None
    tops: list[int]
    whole: bool
    seen: Seen

    @property
    def units_have_changed(self) -> bool:
        """Whether units were merged or split, so that there are two ways to see the numbers."""
        return bool(self.snapshot.heirs)

    @property
    def contest(self) -> Contest:
        return self.subject.contest

    @property
    def round(self) -> Round | None:
        return self.subject.round

    @property
    def counted_at(self) -> datetime | None:
        """When these numbers last changed."""
        return self.snapshot.counted_at

    @cached_property
    def scope(self) -> Figure | None:
        """The unit everything is seen from."""
        return None if self.place is None else self.figures.at(self.place)

    @cached_property
    def steps(self) -> list[Figure]:
        """The units above the scope that may be seen, the highest first."""
        if self.place is None:
            return []
        above = self.figures.tree.above(self.place)
        allowed = [
            one for one in above if one in self.tops or set(self.tops) & set(self.figures.tree.above(one))
        ]
        return [self.figures.at(one) for one in allowed]

    @cached_property
    def free(self) -> Tally:
        """People of no unit; nobody where only a part is seen."""
        return self.figures.sums.direct.get(FREE, Tally()) if self.whole else Tally()

    @cached_property
    def total(self) -> Tally:
        """Everybody seen from here."""
        return sum((self.figures.sums.tally(one) for one in self._from), self.free)

    @cached_property
    def together(self) -> Together:
        """The rates of everything seen from here."""
        return self.figures.together(self._from)

    @property
    def rate(self) -> Rate:
        """The main one: people of units with a headcount over those headcounts."""
        return self.together.rate

    @property
    def unmeasured(self) -> int:
        """How many units lack a headcount for the main rate."""
        return self.together.unmeasured

    @property
    def block_kind(self) -> HeadcountKind | None:
        """Whom the people of the block looked at are held against, if it says so."""
        return self.seen.of_block(self.block.id) if self.block else None

    @property
    def kinds_beside(self) -> list[HeadcountKind]:
        """Every kind of rate that some unit may have, where rates stand side by side; else empty."""
        return [kind for kind in HeadcountKind if kind in self.figures.by_kind]

    @cached_property
    def columns(self) -> list[HeadcountKind]:
        """The kinds of rates of what is listed, where they stand side by side; else empty."""
        if not self.figures.by_kind:
            return []
        listed = [*self.page.rows, *self.compared]
        found = {one.kind for one in (*self.together.rates, *(one for row in listed for one in row.rates))}
        return [kind for kind in HeadcountKind if kind in found]

    @property
    def _from(self) -> list[int]:
        return self.tops if self.place is None else [self.place]

    @cached_property
    def children(self) -> list[Figure]:
        """The units right below."""
        places = self.tops if self.place is None else self.figures.tree.children[self.place]
        return [self.figures.at(one) for one in places if self.figures.shown(one)]

    @cached_property
    def counts(self) -> Counts:
        """How many of the units right below took part, and so on."""
        return counts(self.children)

    @property
    def below(self) -> list[Figure]:
        """Every unit below, level by level; with the tops where several are seen."""
        return [self.figures.at(one) for one in self._below]

    @cached_property
    def seen_places(self) -> list[int]:
        """Where every unit stands that is seen from here, itself included, level by level."""
        return sorted({*self._from, *self._below})

    @cached_property
    def _below(self) -> list[int]:
        if self.place is not None:
            return self.figures.subtree(self.place)
        return sorted({*self.tops, *(one for top in self.tops for one in self.figures.subtree(top))})

    @cached_property
    def rows(self) -> list[Figure]:
        """The units of the list, in the order asked for."""
        if not self.asked.text:
            return ordered(self.children, self.asked.order)
        found = matching(self.figures, self._below, self.asked.text)
        return ordered((self.figures.at(one) for one in found), self.asked.order)

    @cached_property
    def page(self) -> Page[Figure]:
        """The rows of the page asked for; a page out of range is the nearest one."""
        wanted, last = self.asked.page, max(1, -(-len(self.rows) // A_PAGE))
        number = min(max(int(wanted), 1), last) if wanted and wanted.isdecimal() and len(wanted) < 7 else 1
        return Page(self.rows[(number - 1) * A_PAGE : number * A_PAGE], number, len(self.rows), A_PAGE)

    @cached_property
    def nobody(self) -> list[Figure]:
        """The units right below without a single person, by name."""
        return ordered((row for row in self.children if not row.tally.people), Order.NAME)

    def lowest(self, most: int) -> list[Figure]:
        """The units right below that took part, but at the lowest rates; the lowest first."""
        known = [row for row in self.children if row.tally.people and row.rate.share and not row.rate.over]
        return sorted(known, key=lambda row: (row.rate.share, row.unit.sort_key))[:most]

    @cached_property
    def missing(self) -> tuple[int, list[Figure]]:
        """How many units in use below have no headcount to be measured by, and the first of them."""
        tree, heads = self.figures.tree, self.figures.measured.headcount
        lacking = [one for one in self._below if not heads[one] and not tree.nodes[one].closed]
        return len(lacking), [self.figures.at(one) for one in lacking[:MOST_MISSING]]

    @cached_property
    def compared(self) -> list[Figure]:
        """The units to stand side by side; NotFound for one that is not to be seen here."""
        allowed = set(self._below) | set(self._from) if self.asked.compared else set()
        places = [self.figures.tree.by_code.get(code) for code in self.asked.compared[:MOST_COMPARED]]
        if any(one not in allowed for one in places):
            raise _no_such_unit()
        return [self.figures.at(one) for one in places if one is not None]

    @cached_property
    def kinds(self) -> list[KindFigure]:
        """By kind of unit, of everything below."""
        return parts.kinds(self.figures, tuple(self._from), self._below)

    @cached_property
    def blocks(self) -> list[BlockFigure]:
        """People and attempts of each block, whatever block is looked at."""
        return parts.blocks(self.snapshot, self.all_blocks, self._from, self.whole, self.seen)

    @cached_property
    def bands(self) -> list[BandFigure]:
        """Score bands of everybody and of each block, after closing."""
        return parts.bands(self.snapshot, self.all_blocks, self.block, self._closed) if self.whole else []

    @cached_property
    def topics(self) -> list[TopicFigure]:
        """What was known and what was not, after closing."""
        return parts.topics(self.snapshot, self._closed) if self.whole and self.block is None else []

    @cached_property
    def days(self) -> list[tuple[date, int]]:
        """Attempts per day in Vietnam, of all blocks."""
        return parts.days(self.snapshot) if self.whole else []

    @cached_property
    def hours(self) -> list[int]:
        """Attempts in each of the 24 hours of the day in Vietnam, all days together."""
        return parts.hours_of_day(self.snapshot) if self.whole and self.days else []

    @cached_property
    def _closed(self) -> list[int]:
        return [one.id for one in self.subject.rounds if one.closes_at <= self.now]

    @property
    def opens_at(self) -> datetime | None:
        """When the first round opens."""
        return min((one.opens_at for one in self.subject.rounds), default=None)

    @property
    def closes_at(self) -> datetime | None:
        """When the last round closes."""
        return max((one.closes_at for one in self.subject.rounds), default=None)


def overview(
    subject: Subject | Round,
    asked: Asked,
    now: datetime,
    within: str | None = None,
    snapshot: Snapshot | None = None,
) -> Overview:
    """The numbers within a subtree; raises NotFound for a unit or block that is not in it.

    `snapshot`: made from these numbers instead of the newest, so that what is shown together agrees.
    """
    if isinstance(subject, Round):
        subject = snapshots.of_round(subject)
    snapshot = snapshot or snapshots.read(subject, now)
    all_blocks = contests.blocks(subject.contest.id)
    block = _block(all_blocks, asked.block)
    seen = queries.seen_as_set(subject.contest.id, all_blocks, asked.view)
    found = snapshot.figures(block.id if block else None, asked.measure, seen)
    tops = _tops(found, within)
    place = _scope(found, tops, asked.unit)
    whole = within is None and place in (None, *(tops if len(tops) == 1 else ()))
    return Overview(subject, asked, now, snapshot, all_blocks, block, found, place, tops, whole, seen)


def _block(blocks: list[Block], code: str) -> Block | None:
    found = next((block for block in blocks if block.code == code), None)
    if code and found is None:
        raise NotFound(_("Cuộc thi không có khối này. Hãy chọn lại khối trong danh sách."))
    return found


def _tops(found: Figures, within: str | None) -> list[int]:
    """The units at the top of what one may see."""
    if within is None:
        return list(found.tree.roots)
    place = found.tree.by_id.get(int(within.strip("/").rpartition("/")[2] or 0))
    return [] if place is None else [place]


def _scope(found: Figures, tops: list[int], code: str) -> int | None:
    """The unit asked for; without a wish the one at the top, where there is only one."""
    if not code:
        return tops[0] if len(tops) == 1 and found.tree.children[tops[0]] else None
    place = found.tree.by_code.get(code)
    if place is None or not _is_below(found, place, tops):
        raise _no_such_unit()
    return place


def _is_below(found: Figures, place: int, tops: Iterable[int]) -> bool:
    return bool({place, *found.tree.above(place)} & set(tops))


def _no_such_unit() -> NotFound:
    return NotFound(_("Không có đơn vị này trong số liệu. Hãy tìm lại theo tên đơn vị."))
