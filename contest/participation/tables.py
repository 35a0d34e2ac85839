"""Participation as tables for Excel: every unit, kinds, blocks, score bands, topics, days and hours."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from flask_babel import gettext as _

from contest.participation.overview import Overview
from contest.participation.words import BANDS
from contest.rules.counting import Band
from contest.units.words import UNIT_KINDS
from contest.web.pages import day as shown_day
from contest.web.pages import to_the_second
from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, workbook
from contest.web.translations import current_language, shown


def as_workbook(numbers: Overview) -> bytes:
    """A page for units and each other table that is public at that moment."""
    pages = [make(numbers) for name, make in TABLES.items() if name == "units" or has(numbers, name)]
    made_at = numbers.counted_at or numbers.opens_at or numbers.now
    return workbook(pages, made_at=made_at)


def as_csv(numbers: Overview, name: str = "units") -> bytes:
    """One table, without anything around it."""
    sheet = TABLES[name](numbers)
    return csv_with_bom(list(sheet.columns), sheet.rows)


def has(numbers: Overview, name: str) -> bool:
    """Whether there is anything in a table, or in the chart beside it."""
    held: Mapping[str, object] = {
        "units": numbers.rows,
        "kinds": numbers.kinds,
        "blocks": numbers.blocks,
        "bands": numbers.bands,
        "topics": numbers.topics,
        "days": numbers.days,
        "hours": numbers.hours,
    }
    return bool(held[name])


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
    below = numbers.below
    names = {row.unit.id: row.unit.name for row in (*below, *numbers.steps)}
    if numbers.scope:
        names[numbers.scope.unit.id] = numbers.scope.unit.name
    for row in ([numbers.scope] if numbers.scope else []) + below:
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


def _kinds(numbers: Overview) -> Sheet:
    columns = [
        Column(_("Loại đơn vị"), width=34),
        Column(_("Số đơn vị"), Kind.INTEGER),
        Column(_("Có người dự thi"), Kind.INTEGER),
        Column(_("Đạt 100 %"), Kind.INTEGER),
        Column(_("Chưa có ai"), Kind.INTEGER),
        Column(_("Trên 100 %, cần rà soát"), Kind.INTEGER),
        Column(_("Người dự thi khai đơn vị loại này"), Kind.INTEGER, 16),
        Column(_("Lượt thi"), Kind.INTEGER),
    ]
    rows: list[list[Value]] = [
        [
            str(shown(UNIT_KINDS[row.kind])),
            row.counts.units,
            row.counts.took_part,
            row.counts.everybody,
            row.counts.nobody,
            row.counts.over,
            row.direct.people,
            row.direct.attempts,
        ]
        for row in numbers.kinds
    ]
    return Sheet(_("Loại đơn vị"), columns, rows, title_lines=_title(numbers))


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


def _topics(numbers: Overview) -> Sheet:
    columns = [
        Column(_("Chủ đề"), width=40),
        Column(_("Số câu hỏi"), Kind.INTEGER),
        Column(_("Lượt trả lời"), Kind.INTEGER),
        Column(_("Trả lời đúng"), Kind.INTEGER),
        Column(_("Tỷ lệ đúng"), Kind.PERCENT),
        Column(_("Tỷ lệ chưa đúng"), Kind.PERCENT),
    ]
    rows: list[list[Value]] = [
        [
            row.topic or _("Không ghi chủ đề"),
            row.questions,
            row.answers,
            row.right,
            Fraction(row.known, 1000),
            Fraction(row.unknown, 1000),
        ]
        for row in numbers.topics
    ]
    return Sheet(_("Chủ đề"), columns, rows, title_lines=_title(numbers))


def _days(numbers: Overview) -> Sheet:
    columns = [Column(_("Ngày"), width=14), Column(_("Lượt thi"), Kind.INTEGER)]
    rows: list[list[Value]] = [[shown_day(day), attempts] for day, attempts in numbers.days]
    return Sheet(_("Theo ngày"), columns, rows, title_lines=_title(numbers))


def _hours(numbers: Overview) -> Sheet:
    columns = [Column(_("Từ giờ"), Kind.INTEGER, 10), Column(_("Lượt thi"), Kind.INTEGER)]
    rows: list[list[Value]] = [[hour, attempts] for hour, attempts in enumerate(numbers.hours)]
    return Sheet(_("Theo giờ"), columns, rows, title_lines=_title(numbers))


TABLES: Mapping[str, Callable[[Overview], Sheet]] = {
    "units": _units,
    "kinds": _kinds,
    "blocks": _blocks,
    "bands": _bands,
    "topics": _topics,
    "days": _days,
    "hours": _hours,
}


def notes_of(numbers: Overview) -> list[str]:
    """Whose numbers they are, and of what moment."""
    moment = _("Số liệu chốt lúc %(at)s", at=to_the_second(numbers.counted_at))
    if numbers.round is None:
        return [numbers.contest.name, moment]
    return [f"{numbers.round.name} – {numbers.contest.name}", moment]


def _title(numbers: Overview) -> list[str]:
    return [_("Số liệu tham gia: %(round)s", round=numbers.subject.name), *notes_of(numbers)]


def _notes() -> list[str]:
    return [
        _("Người dự thi: mỗi người đếm một lần, tại đơn vị của lượt thi được tính."),
        _("Lượt thi: mỗi lần nộp bài là một lượt."),
        _("Số của một đơn vị gồm cả các đơn vị bên dưới."),
        _("Tỷ lệ chỉ tính các đơn vị đã có số người được tính; trên 100 % là số cần rà soát."),
    ]
