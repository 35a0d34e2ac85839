"""A sheet as the board reviews it: versions, one block's lines with hints, exclusions, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from contest.contests import queries as contests
from contest.contests.models import Block, Contest, Round
from contest.paging import Page, page_of
from contest.results import queries, review_queries
from contest.results.board import chosen
from contest.results.models import Sheet, SheetState, Standing
from contest.results.review_queries import Difference, ExcludedLine, ReviewLine
from contest.results.words import RoundState


@dataclass(frozen=True)
class Review:
    """What the page shows. Everything from `sheet` on is empty while there is no sheet."""

    round: Round
    contest: Contest
    state: RoundState
    sheets: list[Sheet]
    excluded: list[ExcludedLine]
    sheet: Sheet | None = None
    blocks: tuple[Block, ...] = ()
    sizes: Mapping[int, int] | None = None
    block: Block | None = None
    page: Page[Standing] | None = None
    lines: tuple[ReviewLine, ...] = ()
    to_look_at: int = 0
    compared_with: Sheet | None = None
    difference: Difference | None = None

    @property
    def publishable(self) -> bool:
        """Only the newest draft can be published."""
        return self.sheet is not None and self.sheet.state == SheetState.DRAFT

    @property
    def decidable(self) -> bool:
        """Decisions start from the newest version."""
        return self.sheet is not None and self.sheet is self.sheets[0]


def review(round_id: int, asked: Mapping[str, str], now: datetime) -> Review:
    """The review of a round; `asked`: version, block, q, look, page from the address."""
    round_ = contests.round_for_staff(round_id)
    contest = contests.contest_of(round_)
    state = next((line.state for line in queries.rounds(now) if line.round.id == round_id), RoundState.COMING)
    sheets = queries.sheets(round_id)
    excluded = review_queries.exclusions(round_id)
    if not sheets:
        return Review(round_, contest, state, sheets, excluded)
    sheet = queries.version_of(sheets, asked.get("version"))
    sizes = queries.block_sizes(sheet.id)
    blocks = tuple(block for block in contests.blocks(contest.id) if block.id in sizes)
    block = chosen(list(blocks), asked.get("block"))
    before = _before(sheets, sheet)
    change = review_queries.difference(before, sheet) if before else None
    if block is None:
        return Review(round_, contest, state, sheets, excluded, sheet)
    found = review_queries.hinted(sheet.id, block.id)
    statement = queries.standings(sheet.id, block.id, asked.get("q", ""))
    if asked.get("look"):
        statement = review_queries.only(statement, found)
    page = page_of(statement, asked.get("page"))
    lines = tuple(review_queries.lines(sheet, page.rows, found))
    return Review(
        round_,
        contest,
        state,
        sheets,
        excluded,
        sheet,
        blocks,
        sizes,
        block,
        page,
        lines,
        len(found),
        before,
        change,
    )


def _before(sheets: list[Sheet], sheet: Sheet) -> Sheet | None:
    """What a version is compared with: the public one while there is an other, else the version before it."""
    public = next((one for one in sheets if one.state == SheetState.PUBLISHED), None)
    if sheet.state == SheetState.DRAFT and public is not None:
        return public
    return next((one for one in sheets if one.version == sheet.version - 1), None)
