"""A published sheet as its page shows it: one block with its podium, why they stand so, and a page of lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contest.contests import queries as contests
from contest.contests.models import Block, Contest, Round
from contest.errors import NotFound
from contest.paging import Page, page_of
from contest.results import drafting, queries
from contest.results.models import Sheet, Standing
from contest.rules import ranking
from contest.rules.ranking import RankingKey


@dataclass(frozen=True)
class Reason:
    """Why one stands before the next, in words."""

    ahead: Standing
    behind: Standing
    words: str


@dataclass(frozen=True)
class Board:
    """What the public page of results shows. `sheets`: all ever published, newest first."""

    round: Round
    contest: Contest
    sheets: list[Sheet]
    sheet: Sheet
    keys: tuple[RankingKey, ...]
    blocks: list[Block]
    block: Block | None
    podium: list[Standing]
    reasons: list[Reason]
    page: Page[Standing] | None

    @property
    def replaced_by(self) -> Sheet | None:
        """The sheet that holds now, when this is an earlier one."""
        return None if self.sheet is self.sheets[0] else self.sheets[0]

    @property
    def number(self) -> int:
        """Which publication this is, the first one being 1."""
        return len(self.sheets) - self.sheets.index(self.sheet)


def board(code: str, asked: Mapping[str, str], language: str) -> Board:
    """The board at this address; raises NotFound while nothing is published."""
    round_ = contests.round_by_code(code)
    sheets = queries.published(round_.id)
    sheet = queries.version_of(sheets, asked.get("version"))
    keys = keys_of(sheet)
    sizes = queries.block_sizes(sheet.id)
    blocks = [block for block in contests.blocks(round_.contest_id) if block.id in sizes]
    block = chosen(blocks, asked.get("block"))
    foremost = queries.podium(sheet.id, block.id) if block else []
    return Board(
        round=round_,
        contest=contests.contest_of(round_),
        sheets=sheets,
        sheet=sheet,
        keys=keys,
        blocks=blocks,
        block=block,
        podium=[row for row in foremost if (row.rank or 0) <= queries.PODIUM_RANKS][: queries.PODIUM_PLACES],
        reasons=reasons(foremost, keys, language),
        page=page_of(queries.standings(sheet.id, block.id, asked.get("q", "")), asked.get("page"))
        if block
        else None,
    )


@dataclass(frozen=True)
class WholeSheet:
    """Every line of a published sheet, block by block, for a file."""

    round: Round
    contest: Contest
    sheet: Sheet
    number: int
    keys: tuple[RankingKey, ...]
    parts: Sequence[tuple[Block, Iterable[Standing]]]


def whole(code: str, version: str | None) -> WholeSheet:
    """The whole sheet at this address; raises NotFound while nothing is published."""
    round_ = contests.round_by_code(code)
    sheets = queries.published(round_.id)
    sheet = queries.version_of(sheets, version)
    sizes = queries.block_sizes(sheet.id)
    parts = [
        (block, queries.each_line(sheet.id, block.id))
        for block in contests.blocks(round_.contest_id)
        if block.id in sizes
    ]
    contest = contests.contest_of(round_)
    return WholeSheet(round_, contest, sheet, len(sheets) - sheets.index(sheet), keys_of(sheet), parts)


def keys_of(sheet: Sheet) -> tuple[RankingKey, ...]:
    """The ranking chain the sheet was made by."""
    return tuple(RankingKey(key) for key in sheet.keys.split(","))


def chosen(blocks: list[Block], code: str | None) -> Block | None:
    """The block asked for in the address, the first one without a wish; raises NotFound for no such block."""
    if not code:
        return blocks[0] if blocks else None
    found = next((block for block in blocks if block.code == code), None)
    if found is None:
        raise NotFound
    return found


def reasons(foremost: list[Standing], keys: tuple[RankingKey, ...], language: str) -> list[Reason]:
    """Why each on the podium stands before the next one."""
    return [
        Reason(
            ahead,
            behind,
            ranking.why_ahead(drafting.contender(ahead), drafting.contender(behind), keys, language),
        )
        for ahead, behind in pairwise(foremost)
        if (ahead.rank or 0) <= queries.PODIUM_RANKS
    ]
