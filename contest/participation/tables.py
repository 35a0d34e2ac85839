"""Participation as tables for Excel: every unit, kinds, blocks, score bands, topics, days and hours."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby, zip_longest

from flask_babel import gettext as _

from contest.participation import verified
from contest.participation.figures import Figure
from contest.participation.overview import Overview
from contest.participation.verified import Verified
from contest.participation.words import BANDS, RATES, WHOM
from contest.rules import main_rate
from contest.rules.counting import Band, Rate
from contest.units.models import HeadcountKind
from contest.units.words import UNIT_KINDS
from contest.web.pages import day as shown_day
from contest.web.pages import to_the_second
from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, workbook
from contest.web.translations import current_language, shown

# Numbers with the people among them that staff lists know, None where nobody is.
Seen = tuple[Overview, Verified | None]


def as_workbook(numbers: Overview) -> bytes:
    """A page for each level of units and each other table that is public at that moment."""
    pages = [*_by_level(numbers)]
    pages += [make(numbers) for name, make in TABLES.items() if name != "units" and has(numbers, name)]
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
    rows = [row for rows in _levels(numbers) for row in rows]
    return _unit_sheet((numbers, verified.seen_from(numbers)), _("Đơn vị"), rows, free=True)


def _unit_sheet(seen: Seen, name: str, rows: list[Figure], free: bool) -> Sheet:
    numbers, known = seen
    columns, values = _unit_columns(numbers), _unit_rows(numbers, rows, free)
    if known is not None:
        columns += [
            Column(_("Đã đối chiếu"), Kind.INTEGER, 12),
            Column(_("Tỷ lệ đã đối chiếu"), Kind.PERCENT, 12),
        ]
        values = _with_verified(values, known, rows)
    return Sheet(name, columns, values, title_lines=_title(numbers), notes=_notes(numbers))


def _with_verified(
    values: Iterator[list[Value]], known: Verified, rows: list[Figure]
) -> Iterator[list[Value]]:
    """Each line with the people that staff lists know; the last one may be of free individuals."""
    for line, row in zip_longest(values, rows):
        if row is None:
            yield [*line, known.numbers.free.people, None]
        else:
            yield [*line, known.of(row), _rate(known.rate_of(row))]


def _by_level(numbers: Overview) -> Iterator[Sheet]:
    """A sheet for each level of units, in the first one the unit everything is seen from."""
    known = verified.seen_from(numbers)
    for level, rows in enumerate(_levels(numbers), start=1):
        name = _("Đơn vị cấp %(level)s", level=level) if level > 1 else _("Đơn vị")
        yield _unit_sheet((numbers, known), name, rows, free=level == 1)


def _levels(numbers: Overview) -> list[list[Figure]]:
    """Everything seen, level by level; the unit everything is seen from stands before those right below it."""
    levels = [list(rows) for _depth, rows in groupby(numbers.below, key=lambda row: row.unit.depth)] or [[]]
    return [[*([numbers.scope] if numbers.scope else []), *levels[0]], *levels[1:]]


def _unit_columns(numbers: Overview) -> list[Column]:
    columns = [
        Column(_("Mã"), width=14),
        Column(_("Tên đơn vị"), width=44),
        Column(_("Cấp trên"), width=30),
        Column(_("Người dự thi"), Kind.INTEGER, 12),
        Column(_("Lượt thi"), Kind.INTEGER, 12),
    ]
    if not numbers.kinds_beside:
        columns.append(Column(_("Số cán bộ, đoàn viên"), Kind.INTEGER, 14))
        columns.append(Column(_("Tỷ lệ tham gia"), Kind.PERCENT, 12))
    for kind in numbers.kinds_beside:
        whom = str(shown(WHOM[kind]))
        columns.append(Column(_("Dự thi được tính: %(whom)s", whom=whom), Kind.INTEGER, 14))
        columns.append(Column(_("Số %(whom)s", whom=whom), Kind.INTEGER, 14))
        columns.append(Column(str(shown(RATES[kind])), Kind.PERCENT, 12))
    return columns


def _unit_rows(numbers: Overview, rows: list[Figure], free: bool) -> Iterator[list[Value]]:
    nodes, place_of = numbers.figures.tree.nodes, numbers.figures.tree.by_id
    seen = {*numbers.seen_places, *(place_of[step.unit.id] for step in numbers.steps)}
    for row in rows:
        above = place_of.get(row.unit.parent_id or 0)
        name = nodes[above].name if above in seen and above is not None else ""
        about: list[Value] = [row.unit.code, row.unit.name, name]
        yield [*about, row.tally.people, row.tally.attempts, *_rates(row, numbers.kinds_beside)]
    if free and numbers.free.attempts:
        empty: list[Value] = [None] * (3 * len(numbers.kinds_beside) or 2)
        yield ["", _("Cá nhân tự do"), "", numbers.free.people, numbers.free.attempts, *empty]


def _rates(row: Figure, kinds: list[HeadcountKind]) -> Iterator[Value]:
    if not kinds:
        yield from (row.rate.headcount, _rate(row.rate))
    rates = {one.kind: one.rate for one in row.rates}
    for kind in kinds:
        one = rates.get(kind, Rate(0, None))
        yield from (
            one.people if one.headcount else None,
            one.headcount,
            _rate(one) if kind in rates else None,
        )


def _rate(rate: Rate) -> Value:
    if rate.share is None:
        return str(_("chưa có số"))
    said: Value = rate.in_words(current_language()) if rate.over else rate.share
    return said


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


def _notes(numbers: Overview) -> list[str]:
    return [
        _("Người dự thi: mỗi người đếm một lần, tại đơn vị của lượt thi được tính."),
        _("Lượt thi: mỗi lần nộp bài là một lượt."),
        _("Số của một đơn vị gồm cả các đơn vị bên dưới."),
        _("Tỷ lệ chỉ tính các đơn vị đã có số người được tính; trên 100 % là số cần rà soát."),
        main_rate.in_words(*numbers.figures.rule, current_language()),
    ]
