"""Participation as tables for Excel: every unit, blocks, days, score bands."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext as _

from contest.participation.overview import Overview
from contest.participation.words import BANDS
from contest.rules.counting import Band
from contest.web.pages import day as shown_day
from contest.web.pages import moment
from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, workbook
from contest.web.translations import current_language, shown


def as_workbook(numbers: Overview) -> bytes:
    """A page each for units, blocks, and, where they are public, days and score bands."""
    pages = [_units(numbers), _blocks(numbers)]
    if numbers.days:
        pages.append(_days(numbers))
    if numbers.bands:
        pages.append(_bands(numbers))
    made_at = numbers.counted_at or numbers.opens_at or numbers.now
    return workbook(pages, made_at=made_at)


def as_csv(numbers: Overview) -> bytes:
    """Every unit, without anything around the table."""
    return csv_with_bom(_unit_columns(), _unit_rows(numbers))


def _units(numbers: Overview) -> Sheet:
    return Sheet(
        _("Đơn vị"), _unit_columns(), _unit_rows(numbers), title_lines=_title(numbers), notes=_notes()
    )


def _unit_columns() -> list[Column]:
    return [
        Column(_("Mã"), width=14),
        Column(_("Tên đơn vị"), width=44),
        Column(_("Cấp trên"), width=30),
        Column(_("Người dự thi"), Kind.INTEGER, 12),
        Column(_("Lượt thi"), Kind.INTEGER, 12),
        Column(_("Số cán bộ, đoàn viên"), Kind.INTEGER, 14),
        Column(_("Tỷ lệ tham gia"), Kind.PERCENT, 12),
    ]


def _unit_rows(numbers: Overview) -> Iterator[list[Value]]:
    names = {row.unit.id: row.unit.name for row in (*numbers.below, *numbers.steps)}
    if numbers.scope:
        names[numbers.scope.unit.id] = numbers.scope.unit.name
    for row in ([numbers.scope] if numbers.scope else []) + numbers.below:
        rate: Value = row.rate.in_words(current_language()) if row.rate.over else row.rate.share
        above = names.get(row.unit.parent_id or 0, "")
        yield [
            row.unit.code,
            row.unit.name,
            above,
            row.tally.people,
            row.tally.attempts,
            row.rate.headcount,
            _("chưa có số") if rate is None else rate,
        ]
    if numbers.free.attempts:
        yield ["", _("Cá nhân tự do"), "", numbers.free.people, numbers.free.attempts, None, None]


def _blocks(numbers: Overview) -> Sheet:
    columns = [
        Column(_("Khối"), width=40),
        Column(_("Người dự thi"), Kind.INTEGER),
        Column(_("Lượt thi"), Kind.INTEGER),
        Column(_("Tỷ trọng"), Kind.PERCENT),
    ]
    rows: list[list[Value]] = [
        [row.block.name, row.tally.people, row.tally.attempts, Fraction(row.tenths, 1000)]
        for row in numbers.blocks
    ]
    return Sheet(_("Khối"), columns, rows, title_lines=_title(numbers))


def _days(numbers: Overview) -> Sheet:
    columns = [Column(_("Ngày"), width=14), Column(_("Lượt thi"), Kind.INTEGER)]
    rows: list[list[Value]] = [[shown_day(day), attempts] for day, attempts in numbers.days]
    return Sheet(_("Theo ngày"), columns, rows, title_lines=_title(numbers))


def _bands(numbers: Overview) -> Sheet:
    columns = [
        Column(_("Khối"), width=40),
        Column(_("Mức điểm"), width=30),
        Column(_("Người"), Kind.INTEGER),
        Column(_("Tỷ trọng"), Kind.PERCENT),
    ]
    rows: list[list[Value]] = [
        [
            figure.block.name if figure.block else _("Tất cả"),
            str(shown(BANDS[band])),
            people,
            Fraction(tenths, 1000),
        ]
        for figure in numbers.bands
        for band, people, tenths in zip(Band, figure.bands.people, figure.bands.tenths, strict=True)
    ]
    return Sheet(_("Mức điểm"), columns, rows, title_lines=_title(numbers))


def _title(numbers: Overview) -> list[str]:
    return [
        _("Số liệu tham gia: %(round)s", round=numbers.subject.name),
        numbers.contest.name,
        _("Số liệu chốt lúc %(at)s", at=moment(numbers.counted_at)),
    ]


def _notes() -> list[str]:
    return [
        _("Người dự thi: mỗi người đếm một lần, tại đơn vị của lượt thi được tính."),
        _("Lượt thi: mỗi lần nộp bài là một lượt."),
        _("Số của một đơn vị gồm cả các đơn vị bên dưới."),
        _("Tỷ lệ chỉ tính các đơn vị đã có số cán bộ hoặc đoàn viên; trên 100 % là số cần rà soát."),
    ]
