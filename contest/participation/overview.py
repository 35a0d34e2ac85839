"""The numbers of one round, put together once for the public page, the desk and the files."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from contest.clock import VIETNAM
from contest.contests import queries as contests
from contest.contests.models import Block, Contest, Round
from contest.errors import NotFound
from contest.language import _
from contest.paging import A_PAGE, Page
from contest.participation import queries
from contest.participation.asked import Asked
from contest.participation.figures import Counts, Figure, Order, counts, figures, matching, ordered
from contest.participation.queries import TallyRow
from contest.participation.tallies import FREE
from contest.rules import counting
from contest.rules.counting import Bands, Rate, Tally
from contest.units import queries as units


@dataclass(frozen=True)
class BlockFigure:
    """A block's people and attempts, and its share of all people in tenths of a percent."""

    block: Block
    tally: Tally
    tenths: int


@dataclass(frozen=True)
class BandFigure:
    """Score bands of a block; of everybody where `block` is None."""

    block: Block | None
    bands: Bands


@dataclass(frozen=True)
class Overview:
    """A round seen from one unit (`scope`), or, where several stand at the top, from above them (None).

    `children` are the units right below, `rows` what the list shows: the children, or what a search found
    at any depth. `free` are people of no unit. `bands` and `days` are of the whole round and empty when only
    a part of it is seen; `bands` also before the closing, when they would tell how hard the papers are.
    """

    round: Round
    contest: Contest
    asked: Asked
    counted_at: datetime | None
    scope: Figure | None
    steps: list[Figure]
    total: Tally
    rate: Rate
    unmeasured: int
    free: Tally
    counts: Counts
    children: list[Figure]
    rows: list[Figure]
    below: list[Figure]
    all_blocks: list[Block]
    blocks: list[BlockFigure]
    bands: list[BandFigure]
    days: list[tuple[date, int]]

    @property
    def page(self) -> Page[Figure]:
        """The rows of the page asked for; a page out of range is the nearest one."""
        wanted, last = self.asked.page, max(1, -(-len(self.rows) // A_PAGE))
        number = min(max(int(wanted), 1), last) if wanted and wanted.isdecimal() else 1
        return Page(self.rows[(number - 1) * A_PAGE : number * A_PAGE], number, len(self.rows), A_PAGE)

    @property
    def nobody(self) -> list[Figure]:
        """The units right below without a single person, by name."""
        return ordered((row for row in self.children if not row.tally.people), Order.NAME)


def overview(round_: Round, asked: Asked, now: datetime, within: str | None = None) -> Overview:
    """The numbers of a round within a subtree; raises NotFound for a unit or block that is not in it."""
    all_blocks = contests.blocks(round_.contest_id)
    block = _block(all_blocks, asked.block)
    tallies = queries.tallies(round_.id)
    day = min(now, round_.closes_at).astimezone(VIETNAM).date()
    found = figures(
        queries.nodes(within),
        _direct(row for row in tallies if block is None or row.block_id == block.id),
        units.headcounts_on(day, within),
        asked.measure,
    )
    roots = [row for row in found.values() if row.unit.parent_id not in found]
    scope = _scope(found, roots, asked.unit)
    whole = within is None and scope in (None, *(roots if len(roots) == 1 else ()))
    below = _below(found, scope)
    children = [row for row in below if _is_child(row, scope, found) and _is_shown(row)]
    free = _free(tallies, block) if whole else Tally()
    tops = [scope] if scope else roots
    return Overview(
        round=round_,
        contest=contests.contest_of(round_),
        asked=asked,
        counted_at=queries.counted_at(round_.id),
        scope=scope,
        steps=_steps(found, scope),
        total=sum((row.tally for row in tops), free),
        rate=Rate(sum(row.rate.people for row in tops), sum(row.rate.headcount or 0 for row in tops) or None),
        unmeasured=sum(row.unmeasured for row in tops),
        free=free,
        counts=counts(children),
        children=children,
        rows=ordered(_found(below, asked.text) if asked.text else children, asked.order),
        below=[row for row in below if _is_shown(row)],
        all_blocks=all_blocks,
        blocks=_blocks(all_blocks, tallies, {row.unit.id for row in (*below, *tops)}, whole),
        bands=_bands(round_, all_blocks, block) if whole and now >= round_.closes_at else [],
        days=_days(round_) if whole else [],
    )


def _block(blocks: list[Block], code: str) -> Block | None:
    found = next((block for block in blocks if block.code == code), None)
    if code and found is None:
        raise NotFound(_("Cuộc thi không có khối này. Hãy chọn lại khối trong danh sách."))
    return found


def _direct(rows: Iterable[TallyRow]) -> dict[int, Tally]:
    direct: dict[int, Tally] = defaultdict(Tally)
    for row in rows:
        direct[row.unit_id] += row.tally
    return direct


def _free(rows: list[TallyRow], block: Block | None) -> Tally:
    mine = (row for row in rows if row.unit_id == FREE and (block is None or row.block_id == block.id))
    return sum((row.tally for row in mine), Tally())


def _scope(found: dict[int, Figure], roots: list[Figure], code: str) -> Figure | None:
    """The unit asked for; without a wish the one at the top, where there is only one."""
    if not code:
        return roots[0] if len(roots) == 1 and roots[0].children else None
    scope = next((row for row in found.values() if row.unit.code == code), None)
    if scope is None:
        raise NotFound(_("Không có đơn vị này trong số liệu. Hãy tìm lại theo tên đơn vị."))
    return scope


def _below(found: dict[int, Figure], scope: Figure | None) -> list[Figure]:
    """Everything below the scope, parents before children."""
    path, itself = (scope.unit.path, scope.unit.id) if scope else ("", None)
    rows = (row for row in found.values() if row.unit.path.startswith(path) and row.unit.id != itself)
    return sorted(rows, key=lambda row: (row.unit.depth, row.unit.sort_key))


def _is_child(row: Figure, scope: Figure | None, found: dict[int, Figure]) -> bool:
    return row.unit.parent_id == scope.unit.id if scope else row.unit.parent_id not in found


def _is_shown(row: Figure) -> bool:
    """A closed unit is only listed for what was handed in for it."""
    return not row.unit.closed or row.tally.attempts > 0


def _found(below: list[Figure], text: str) -> list[Figure]:
    return [row for row in matching(below, text) if _is_shown(row)]


def _steps(found: dict[int, Figure], scope: Figure | None) -> list[Figure]:
    """The units above the scope that may be seen, the highest first."""
    if scope is None:
        return []
    above = (int(part) for part in scope.unit.path.strip("/").split("/")[:-1])
    return [found[unit_id] for unit_id in above if unit_id in found]


def _blocks(blocks: list[Block], rows: list[TallyRow], seen: set[int], whole: bool) -> list[BlockFigure]:
    sums: dict[int, Tally] = defaultdict(Tally)
    for row in rows:
        if row.unit_id in seen or (whole and row.unit_id == FREE):
            sums[row.block_id] += row.tally
    tenths = counting.largest_remainder([sums[block.id].people for block in blocks])
    return [BlockFigure(block, sums[block.id], tenth) for block, tenth in zip(blocks, tenths, strict=True)]


def _bands(round_: Round, blocks: list[Block], only: Block | None) -> list[BandFigure]:
    by_block = queries.scores(round_.id)
    if only is not None:
        return [BandFigure(only, counting.bands(by_block.get(only.id, {})))]
    everybody: dict[tuple[int, int], int] = defaultdict(int)
    for scores in by_block.values():
        for score, people in scores.items():
            everybody[score] += people
    per_block = [
        BandFigure(block, counting.bands(by_block[block.id])) for block in blocks if block.id in by_block
    ]
    return [BandFigure(None, counting.bands(everybody)), *(per_block if len(per_block) > 1 else [])]


def _days(round_: Round) -> list[tuple[date, int]]:
    """Attempts per day in Vietnam, days without any in between included."""
    sums: dict[date, int] = defaultdict(int)
    for hour, attempts in queries.hours(round_.id):
        sums[hour.astimezone(VIETNAM).date()] += attempts
    if not sums:
        return []
    first, last = min(sums).toordinal(), max(sums).toordinal()
    return [(date.fromordinal(day), sums.get(date.fromordinal(day), 0)) for day in range(first, last + 1)]
