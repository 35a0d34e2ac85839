"""Makes the workbooks and damaged files that the tests of the readers use, byte for byte real."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from contest.rules.parsed import FaultKind, ParsedBank

HEADER = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
ROW = (1, "Một cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", "A")
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def xlsx(
    rows: Iterable[Sequence[object]],
    dress: Callable[[Worksheet], object] | None = None,
    name: str = "Sheet1",
    more: Mapping[str, Iterable[Sequence[object]]] | None = None,
) -> bytes:
    """A workbook with these rows; `dress` merges, colours and hides; `more` adds sheets by name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for other, other_rows in (more or {}).items():
        added = book.create_sheet(other)
        for row in other_rows:
            added.append(list(row))
    if dress:
        dress(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one part changed, or added when it has none of that name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return stream.getvalue()


def without_part(content: bytes, name: str) -> bytes:
    """The same zip without one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
    return stream.getvalue()


def far_cell() -> bytes:
    """A legal workbook of a few kilobytes with a value in its last possible cell."""
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_part(
        xlsx([HEADER]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", cell)
    )


def ods(rows_xml: str, doctype: str = "") -> bytes:
    """A spreadsheet of OpenDocument whose one sheet "Bảng" has these rows."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {ODS_NAMES}><office:body>'
            f'<office:spreadsheet><table:table table:name="Bảng">{rows_xml}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def ods_row(cells: Iterable[str | float], attributes: str = "") -> str:
    """One row of an .ods: numbers as floats, the rest as text."""
    return f"<table:table-row {attributes}>" + "".join(map(_ods_cell, cells)) + "</table:table-row>"


def _ods_cell(value: str | float) -> str:
    kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
    return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An Excel 97 workbook (BIFF8 in a compound file) with one sheet "Sheet1"."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet += _xls_cell(row, column, value)
    sheet += _record(0x000A, b"")
    name = b"Sheet1"
    top = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start = len(top) + 4 + 8 + len(name) + 4
    top += _record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
    return ole({"Workbook": top + _record(0x000A, b"") + sheet})


def _xls_cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = value.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB], 512-byte sectors) with these streams, each padded past 4096 bytes."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_ole_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)]
    for index, (name, content) in enumerate(streams.items()):
        padded = content.ljust(4096, b"\0")
        count = -(-len(padded) // 512)
        first = len(sectors)
        sectors += [padded[at : at + 512].ljust(512, b"\0") for at in range(0, count * 512, 512)]
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        right = index + 2 if index + 1 < len(streams) else 0xFFFFFFFF
        entries.append(_ole_entry(name, 2, first, len(padded), 0xFFFFFFFF, right))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    directory_start = len(sectors)
    count = len(directory) // 512
    sectors += [directory[at : at + 512] for at in range(0, len(directory), 512)]
    table += [*range(directory_start + 1, directory_start + count), 0xFFFFFFFE]
    fat_sectors = -(-(len(table) + 1) // 127)
    fat_start = len(sectors)
    table += [0xFFFFFFFD] * fat_sectors
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fat_sectors * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack(
        "<HHHHHHIIIIIIIIII",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        0,
        0,
        fat_sectors,
        directory_start,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    places = [*range(fat_start, fat_start + fat_sectors)]
    header += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - len(places)))
    return header + b"".join(sectors) + fat


def _ole_entry(name: str, kind: int, start: int, size: int, child: int, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", raw, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, start, size
    )


def keys(bank: ParsedBank) -> list[str]:
    """The letters marked right, question by question."""
    return ["".join(choice.label for choice in one.choices if choice.right) for one in bank.questions]


def kinds(bank: ParsedBank) -> list[list[FaultKind]]:
    """The kinds of faults, question by question."""
    return [[fault.kind for fault in question.faults] for question in bank.questions]
