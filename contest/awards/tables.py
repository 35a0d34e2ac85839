"""Awards for units as a workbook: one page for each table, with its rule under it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from flask_babel import gettext as _

from contest.awards.models import AwardLine, AwardSheet
from contest.awards.words import LEFT_OUT, PRIZES, VALUES
from contest.contests.models import Contest
from contest.rules.collective import Measure, value_in_words
from contest.web.pages import moment
from contest.web.spreadsheets import Column, Kind, Sheet, Value, workbook
from contest.web.translations import current_language, shown

Table = tuple[AwardSheet, Sequence[AwardLine]]


def rule(sheet: AwardSheet) -> str:
    """The rule in the reader's language, as it stood when the table was made."""
    return sheet.rule_en if current_language() == "en" else sheet.rule_vi


def value(line: AwardLine, sheet: AwardSheet) -> str:
    """What a unit was compared by, as printed; why it is not ranked where it is not."""
    if line.left_out:
        return str(shown(LEFT_OUT[line.left_out]))
    return value_in_words(Fraction(line.value), Measure(sheet.measure), current_language())


def prize(line: AwardLine) -> str:
    """The prize in words; "" without one."""
    return str(shown(PRIZES[line.prize])) if line.prize else ""


def value_name(sheet: AwardSheet) -> str:
    """What the column of the value is called."""
    return str(shown(VALUES[sheet.measure]))


def as_workbook(contest: Contest, tables: Sequence[Table], made_at: datetime) -> bytes:
    """Every table of awards of a contest."""
    pages = [
        Sheet(
            sheet.name,
            _columns(sheet),
            _rows(sheet, lines),
            title_lines=[sheet.name, contest.name, *_published(sheet)],
            notes=[rule(sheet)],
        )
        for sheet, lines in tables
    ]
    return workbook(pages, made_at=made_at)


def _published(sheet: AwardSheet) -> list[str]:
    return [_("Công bố lúc %(at)s", at=moment(sheet.published_at))] if sheet.published_at else []


def _columns(sheet: AwardSheet) -> list[Column]:
    return [
        Column(_("Hạng"), Kind.INTEGER, 7),
        Column(_("Giải"), width=18),
        Column(_("Đơn vị"), width=46),
        Column(_("Người dự thi"), Kind.INTEGER, 12),
        Column(_("Số người"), Kind.INTEGER, 12),
        Column(_("Số câu đúng"), Kind.INTEGER, 12),
        Column(_("Tổng số câu"), Kind.INTEGER, 12),
        Column(_("Hạng nhất, nhì, ba"), width=18),
        Column(value_name(sheet), width=22),
    ]


def _rows(sheet: AwardSheet, lines: Sequence[AwardLine]) -> Iterator[list[Value]]:
    for line in lines:
        yield [
            line.rank,
            prize(line),
            line.unit,
            line.people,
            line.headcount,
            line.right,
            line.out_of,
            f"{line.firsts} – {line.seconds} – {line.thirds}",
            value(line, sheet),
        ]
