"""Opens .xlsx, .xls and .ods workbooks and gives their sheets as tables of text."""

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator, Sequence
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from contest.banks.formats.file_shape import FileShape
from contest.banks.formats.safety import BROKEN_ZIP, check_zip, local_name, parse_part
from contest.banks.formats.sheet_pictures import Drawings
from contest.banks.formats.sheet_scan import MAX_AREA, SheetFacts, cell_name, scan_xlsx_sheet
from contest.banks.formats.sheet_scan_ods import scan_ods
from contest.banks.formats.sheet_scan_xls import check_xls
from contest.banks.formats.sheet_styles import CellStyle, read_styles
from contest.banks.formats.sheet_table import (
    CellValue,
    Doubt,
    Table,
    cell_text,
    date_doubt,
    decode_legacy,
    tidy,
)
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, Severity
from contest.rules.vietnamese_legacy import decode, is_capital_font, legacy_of_font

MAX_SHEETS = 200
PLAIN = CellStyle()
PERCENTAGE = CellStyle(number_format="0%")


def read_book(content: bytes, shape: FileShape) -> list[Table]:
    """The sheets of a workbook in their order, looked through for safety before they are parsed."""
    try:
        unread_pictures = shape is FileShape.XLS and check_xls(content)
        facts, styles = _facts(content, shape)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            tables = [
                _table(
                    book.get_sheet_by_name(sheet.name),
                    facts.get(sheet.name) or facts.get(f"#{index}") or SheetFacts(),
                    styles,
                    hidden=sheet.visible != SheetVisibleEnum.Visible,
                )
                for index, sheet in enumerate(book.sheets_metadata[:MAX_SHEETS])
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, KeyError, *BROKEN_ZIP) as error:
        raise Unreadable("broken") from error
    except BaseException as error:
        # The compiled reader panics on some damage; its exception is no Exception and has no module to import.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("broken") from error
    if shape is FileShape.XLS:
        for table in tables:
            _doubt_fractions(table)
            table.unread_pictures = unread_pictures
    return tables


def _doubt_fractions(table: Table) -> None:
    """An old .xls does not tell how its numbers are shown: 0.1 may have been typed as 10%."""
    for row, column in table.decimals:
        value = table.text(row, column)
        table.doubts[row, column] = Doubt(FaultKind.BAD_NUMBER, Severity.ERROR, value)


def _facts(content: bytes, shape: FileShape) -> tuple[dict[str, SheetFacts], list[CellStyle]]:
    """Facts by the name of the sheet (by "#0", "#1" … in an .ods), and the looks of the workbook."""
    if shape is FileShape.XLS:
        return {}, []
    roots = check_zip(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if shape is FileShape.ODS:
            with archive.open("content.xml") as part:
                return {f"#{index}": facts for index, facts in enumerate(scan_ods(part))}, []
        by_part, drawings = {}, Drawings(archive)
        worksheets = {name.lower(): name for name, root in roots.items() if root == "worksheet"}
        names = dict(_sheet_parts(archive, roots, worksheets.keys()))
        called = {part: sheet for sheet, part in names.items()}
        for place, name in worksheets.items():
            with archive.open(name) as part:
                by_part[place] = scan_xlsx_sheet(part, called.get(place, ""))
            by_part[place].pictures = drawings.over(name)
        styles = [look for name in roots if roots[name] == "styleSheet" for look in _styles(archive, name)]
    return {sheet: by_part[part] for sheet, part in names.items() if part in by_part}, styles


def _styles(archive: zipfile.ZipFile, name: str) -> list[CellStyle]:
    with archive.open(name) as part:
        return read_styles(part)


def _sheet_parts(
    archive: zipfile.ZipFile, roots: dict[str, str], scanned: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The name of each sheet and, in lower case, of the part that holds it.

    Refuses a workbook that calls a sheet what the scan did not know as one.
    """
    workbook = next((name for name in roots if name.lower() == "xl/workbook.xml"), "")
    folder, _, base = workbook.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in roots:
        raise Unreadable("broken")
    targets = {}
    for relation in _elements(archive, relations, "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        targets[relation.get("Id", "")] = part = target.lstrip("/").lower()
        if relation.get("Type", "").endswith("/worksheet") and part not in scanned:
            raise Unreadable("broken")
    for sheet in _elements(archive, workbook, "sheet"):
        identity = next((value for key, value in sheet.items() if local_name(key) == "id"), "")
        yield sheet.get("name", ""), targets.get(identity, "")


def _elements(archive: zipfile.ZipFile, part_name: str, tag: str) -> list[dict[str, str]]:
    """The attributes of every element of this name in a part."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == tag:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(part_name) as part:
        parse_part(part, parser)
    return found


def _table(sheet: CalamineSheet, facts: SheetFacts, styles: list[CellStyle], *, hidden: bool) -> Table:
    table = Table(sheet.name, [], hidden=hidden, hidden_rows=facts.hidden_rows)
    table.merges = facts.merges or [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    unusual = {index: style for index, style in enumerate(styles) if not style.plain}
    table.looks = {place: unusual[look] for place, look in facts.looks.items() if look in unusual}
    table.looks |= dict.fromkeys(facts.percentages, PERCENTAGE)
    table.pictures = facts.pictures
    for place, value in facts.broken.items():
        table.doubts[place] = Doubt(FaultKind.FORMULA_ERROR, Severity.ERROR, value)
    if sheet.end is not None:
        if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_AREA:
            raise Unreadable("far_cell", cell=cell_name(sheet.name, *sheet.end))
        for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
            table.rows.append(_row(table, row, values))
    decode_legacy(table.rows)
    table.rows = [[tidy(cell) for cell in cells] for cells in table.rows]
    return table


def _row(table: Table, row: int, values: Sequence[CellValue]) -> list[str]:
    """The typed text of one row without the empty cells at its end; notes what is doubtful."""
    cells: list[str] = []
    for column, value in enumerate(values):
        if isinstance(value, str) and not table.looks:
            cells.append(value)
            continue
        look = table.looks.get((row, column), PLAIN)
        if isinstance(value, float) and not value.is_integer():
            table.decimals.add((row, column))
        if doubt := date_doubt(value, look.number_format):
            table.doubts[row, column] = doubt
        text = cell_text(value, look.number_format)
        if legacy := legacy_of_font(look.font):
            text = decode(text, legacy, is_capital_font(look.font))
        cells.append(text)
    while cells and not cells[-1]:
        cells.pop()
    return cells
