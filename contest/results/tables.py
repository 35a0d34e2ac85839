"""A published sheet as tables for Excel: a page per block, or one CSV with the block in a column."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from flask_babel import gettext as _

from contest.contests.models import Block
from contest.results.board import WholeSheet
from contest.results.models import Standing
from contest.rules.prediction import Target, format_number
from contest.rules.ranking import RankingKey
from contest.web.pages import number, to_the_second
from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, workbook
from contest.web.translations import current_language


def as_workbook(whole: WholeSheet) -> bytes:
    """One page per block, each with the title, the rule and the definitions around its table."""
    columns = _columns(whole)
    pages = [
        Sheet(
            name=block.name,
            columns=columns,
            rows=_rows(rows, whole),
            title_lines=_title(whole, block),
            notes=_notes(whole),
        )
        for block, rows in whole.parts
    ]
    return workbook(pages, made_at=whole.sheet.published_at or whole.sheet.drafted_at)


def as_csv(whole: WholeSheet) -> bytes:
    """Every block below the other, without anything around the table."""
    columns = [Column(_("Khối")), *_columns(whole)]
    rows = ([block.name, *row] for block, lines in whole.parts for row in _rows(lines, whole))
    return csv_with_bom(columns, rows)


def _columns(whole: WholeSheet) -> list[Column]:
    columns = [
        Column(_("Hạng"), Kind.INTEGER, 7),
        Column(_("Họ và tên"), width=28),
        Column(_("Đơn vị"), width=40),
        Column(_("Số câu đúng"), Kind.INTEGER, 10),
        Column(_("Tổng số câu"), Kind.INTEGER, 10),
    ]
    if whole.sheet.actual is not None:
        # A number of people is a number to count with; a percentage keeps every digit it was written with.
        kind = Kind.TEXT if whole.round.prediction == Target.PERCENTAGE else Kind.INTEGER
        columns += [Column(_("Dự đoán"), kind, 14), Column(_("Lệch"), kind, 14)]
    if RankingKey.DURATION in whole.keys:
        columns.append(Column(_("Thời gian làm bài"), Kind.DURATION, 12))
    if RankingKey.HANDED_IN in whole.keys:
        columns.append(Column(_("Nộp lúc"), Kind.MOMENT, 20))
    return columns


def _rows(standings: Iterable[Standing], whole: WholeSheet) -> Iterator[list[Value]]:
    for row in standings:
        values: list[Value] = [row.rank, row.name, row.unit, row.score, row.out_of]
        if whole.sheet.actual is not None:
            values += [_predicted(text, whole) for text in (row.prediction, row.off_by)]
        if RankingKey.DURATION in whole.keys:
            values.append(row.duration_seconds)
        if RankingKey.HANDED_IN in whole.keys:
            values.append(row.handed_in_at)
        yield values


def _predicted(text: str | None, whole: WholeSheet) -> Value:
    if text is None or whole.round.prediction == Target.PERCENTAGE:
        return decimal_number(text) or None
    return int(Decimal(text))


def decimal_number(text: str | None) -> str:
    """A number kept as decimal text, as people read it."""
    return "" if text is None else format_number(Decimal(text), current_language())


def _title(whole: WholeSheet, block: Block) -> list[str]:
    published = _(
        "Bản công bố lần %(number)s, lúc %(at)s",
        number=whole.number,
        at=to_the_second(whole.sheet.published_at),
    )
    return [_("Kết quả: %(block)s", block=block.name), whole.contest.name, whole.round.name, published]


def _notes(whole: WholeSheet) -> list[str]:
    rule = whole.sheet.rule_en if current_language() == "en" else whole.sheet.rule_vi
    counts = _(
        "%(people)s người dự thi (mỗi người đếm một lần), %(attempts)s lượt thi (mỗi lần nộp bài là một lượt).",
        people=number(whole.sheet.people),
        attempts=number(whole.sheet.attempts),
    )
    return [rule, counts]
