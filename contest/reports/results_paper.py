"""Published results as an official paper, with the organiser's letterhead; in Vietnamese."""

from collections.abc import Iterator
from decimal import Decimal

from contest.clock import VIETNAM
from contest.reports import queries
from contest.reports.freezing import WHOLE
from contest.results.board import WholeSheet
from contest.results.models import Standing
from contest.rules.official import Letterhead
from contest.rules.prediction import format_number
from contest.rules.ranking import RankingKey
from contest.web.official import Align, Block, Column, Heading, Official, Paragraph, Table
from contest.web.official import whole_number as number
from contest.web.pages import minutes_and_seconds


def paper(whole: WholeSheet) -> Official:
    """The list of one published sheet: a table for each block, the rule and the counts in words."""
    sheet = whole.sheet
    made_at = sheet.published_at or sheet.drafted_at
    return Official(
        head=queries.letterhead(WHOLE) or Letterhead(name=whole.contest.organiser, sign="TB"),
        kind="DANH SÁCH KẾT QUẢ",
        about=f"{whole.round.name} – {whole.contest.name}",
        blocks=[
            Paragraph(
                f"Có {number(sheet.people)} người dự thi (mỗi người đếm một lần) với {number(sheet.attempts)} lượt thi."
            ),
            Paragraph(sheet.rule_vi),
            *_tables(whole),
            Paragraph(f"Bản công bố lần {whole.number}.", note=True),
        ],
        made_at=made_at,
        day=made_at.astimezone(VIETNAM).date(),
    )


def _tables(whole: WholeSheet) -> Iterator[Block]:
    for block, standings in whole.parts:
        yield Heading(block.name.upper())
        yield Table(_columns(whole), [_row(row, whole) for row in standings])


def _columns(whole: WholeSheet) -> list[Column]:
    columns = [
        Column("Hạng", 9, Align.CENTRE),
        Column("Họ và tên", 32),
        Column("Đơn vị", 36),
        Column("Số câu đúng", 12, Align.CENTRE),
    ]
    if whole.sheet.actual is not None:
        columns.append(Column("Lệch dự đoán", 13, Align.RIGHT))
    if RankingKey.DURATION in whole.keys:
        columns.append(Column("Thời gian", 14, Align.RIGHT))
    if RankingKey.HANDED_IN in whole.keys:
        columns.append(Column("Nộp lúc", 20, Align.CENTRE))
    return columns


def _row(row: Standing, whole: WholeSheet) -> list[str]:
    cells = ["" if row.rank is None else str(row.rank), row.name, row.unit, f"{row.score}/{row.out_of}"]
    if whole.sheet.actual is not None:
        cells.append("" if row.off_by is None else format_number(Decimal(row.off_by), "vi"))
    if RankingKey.DURATION in whole.keys:
        cells.append(minutes_and_seconds(row.duration_seconds))
    if RankingKey.HANDED_IN in whole.keys:
        cells.append(row.handed_in_at.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y"))
    return cells
