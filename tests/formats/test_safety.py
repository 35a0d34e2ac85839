"""Hostile and damaged files are refused politely, before any parser touches them."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

import pytest
from workbooks import HEADER, far_cell, ods, ods_row, ole, with_part, without_part, xls, xlsx

from contest.banks.formats.file_shape import FileShape, disagreement, shape_of
from contest.banks.formats.read import read_bank
from contest.banks.formats.safety import MAX_ENTRIES, MAX_FILE_BYTES, check_zip
from contest.banks.formats.unreadable import Unreadable

ROW = (1, "Một cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", "A")
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def good() -> bytes:
    """A workbook with one question."""
    return xlsx([HEADER, ROW])


def with_doctype(doctype: bytes, part: str = SHEET) -> bytes:
    """A workbook with a DOCTYPE in one part."""
    return with_part(good(), part, lambda xml: b'<?xml version="1.0"?>' + doctype + xml)


def named(name: str) -> bytes:
    """A workbook with one more part of this name."""
    return with_part(good(), name, lambda _: b"x")


def bomb() -> bytes:
    """A workbook of some 50 kB with a part that unpacks to 50 MB."""
    return with_part(good(), "xl/worksheets/sheet2.xml", lambda _: b"<worksheet>" + b" " * 50_000_000)


def twice() -> bytes:
    """A workbook whose sheet is there twice under one name: harmless first, far cell second."""
    stream = io.BytesIO(good())
    far = zipfile.ZipFile(io.BytesIO(far_cell())).read(SHEET)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, far)
    return stream.getvalue()


def wide_utf16() -> bytes:
    """A DOCTYPE hidden from a search for its letters by UTF-16."""
    xml = "<!DOCTYPE a [<!ENTITY a 'ha'>]><worksheet/>"
    return with_part(good(), SHEET, lambda _: xml.encode("utf-16"))


def many_entries() -> bytes:
    """A zip with more parts than any workbook."""
    stream = io.BytesIO(good())
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(MAX_ENTRIES):
            archive.writestr(f"xl/extra/{number}", b"")
    return stream.getvalue()


def far_values() -> bytes:
    """Two values far apart, the columns given without their names."""
    cells = (
        b'<c r="A1"><v>1</v></c></row><row r="900000">' + b"<c/>" * 9 + b"<c><v>2</v></c></row></sheetData>"
    )
    return with_part(good(), SHEET, lambda xml: xml.replace(b"</row></sheetData>", cells))


def ods_far() -> bytes:
    """An .ods whose one cell is repeated over the whole sheet."""
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    )
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def flag_encrypted(content: bytes) -> bytes:
    """The zip with the flag for a password on its first part."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: b"", "empty"),
        (lambda: b" \r\n\x00 ", "empty"),
        (lambda: b"x" * (30 * 1024 * 1024), "too_big"),
        (far_cell, "far_cell"),
        (far_values, "far_cell"),
        (ods_far, "far_cell"),
        (bomb, "unsafe"),
        (twice, "unsafe"),
        (many_entries, "unsafe"),
        (wide_utf16, "unsafe"),
        (lambda: with_doctype(LAUGHS), "unsafe"),
        (lambda: with_doctype(OUTSIDE), "unsafe"),
        (lambda: with_doctype(OUTSIDE, "xl/styles.xml"), "unsafe"),
        (lambda: with_doctype(OUTSIDE, "[Content_Types].xml"), "unsafe"),
        (lambda: ods(ods_row(HEADER), OUTSIDE.decode()), "unsafe"),
        (lambda: named("../evil.xml"), "unsafe"),
        (lambda: named("xl/../../evil.xml"), "unsafe"),
        (lambda: named("/etc/cron.d/evil"), "unsafe"),
        (lambda: named("..\\evil.xml"), "unsafe"),
        (lambda: named("C:\\evil.xml"), "unsafe"),
        (lambda: good()[:-40], "broken"),
        (lambda: good()[: len(good()) // 2], "broken"),
        (lambda: with_part(good(), SHEET, lambda xml: xml[:200]), "broken"),
        (lambda: with_part(good(), SHEET, lambda xml: b"x" + xml), "broken"),
        (
            lambda: with_part(good(), SHEET, lambda xml: b'<?xml version="1.0" encoding="LTF-8"?>' + xml),
            "broken",
        ),
        (lambda: with_part(good(), SHEET, lambda xml: xml.replace(b"worksheet", b"wrksheet")), "broken"),
        (
            lambda: with_part(
                good(), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"1.xml", b"9.bin")
            ),
            "broken",
        ),
        (lambda: without_part(good(), "xl/_rels/workbook.xml.rels"), "broken"),
        (lambda: without_part(ods(""), "content.xml"), "broken"),
        (lambda: flag_encrypted(good()), "encrypted"),
        (lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "encrypted"),
        (lambda: ole({"WordDocument": b"x"}), "legacy_doc"),
        (lambda: ole({"PowerPoint Document": b"x"}), "unknown_format"),
        (lambda: xls([HEADER])[:600], "unknown_format"),
        (lambda: b"%PDF-1.7 ...", "unknown_format"),
        (lambda: b"{\\rtf1 C\\'e2u 1}", "not_docx"),
        (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not_sheet"),
        (lambda: with_part(named("xl/workbook.bin"), "x", lambda _: b""), "legacy_sheet"),
    ],
)
def test_a_hostile_or_damaged_file_is_refused_with_a_sentence(make: Callable[[], bytes], kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(make(), "cau-hoi.xlsx")
    assert refusal.value.kind == kind
    assert refusal.value.message("vi").endswith(".") and refusal.value.message("en").endswith(".")


def test_the_file_with_a_value_in_the_last_cell_is_small_and_legal() -> None:
    assert len(far_cell()) < 7000
    assert shape_of(far_cell()) is FileShape.XLSX


def test_formatted_but_empty_cells_may_reach_the_last_cell() -> None:
    empty = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = with_part(good(), SHEET, lambda part: part.replace(b"</sheetData>", empty))
    assert read_bank(content, "a.xlsx").ready == 1


def test_empty_cells_of_opendocument_may_be_repeated_to_the_last() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048570">{cell}</table:table-row>'
    assert read_bank(ods(ods_row(HEADER) + ods_row(ROW) + rest), "a.ods").ready == 1


def test_a_picture_with_a_doctype_is_no_danger() -> None:
    content = with_part(good(), "xl/media/image1.svg", lambda _: b"<!DOCTYPE svg PUBLIC 'a' 'b'><svg/>")
    assert read_bank(content, "a.xlsx").ready == 1


def test_the_largest_allowed_file_is_looked_at() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(b"%PDF" + b"x" * (MAX_FILE_BYTES - 4), "a.pdf")
    assert refusal.value.kind == "unknown_format"


def test_the_roots_of_the_parts_are_told() -> None:
    roots = check_zip(good())
    assert (roots[SHEET], roots["xl/workbook.xml"]) == ("worksheet", "workbook")


@pytest.mark.parametrize(
    ("name", "shape", "extension"),
    [
        ("a.xlsx", FileShape.XLSX, ""),
        ("a.XLSM", FileShape.XLSX, ""),
        ("a.xls", FileShape.XLSX, ".xls"),
        ("a.csv", FileShape.XLS, ".csv"),
        ("a", FileShape.ODS, ""),
        ("a.dat", FileShape.ODS, ""),
        ("a.docx", FileShape.XLSX, ".docx"),
    ],
)
def test_a_name_that_promises_something_else(name: str, shape: FileShape, extension: str) -> None:
    assert disagreement(shape, name) == extension


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_never_ends_in_anything_but_a_bank_or_a_refusal(seed: int) -> None:
    content = bytearray(good())
    for step in range(6):
        spot = zlib.crc32(f"{seed}/{step}".encode())
        content[spot % len(content)] = spot >> 24
    try:
        bank = read_bank(bytes(content), "a.xlsx")
    except Unreadable as refusal:
        assert refusal.message()
    else:
        assert bank.found <= 2


@pytest.mark.parametrize("make", [far_cell, far_values, ods_far])
def test_a_cell_too_far_away_is_named(make: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(make(), "a.xlsx")
    cell = refusal.value.values["cell"]
    assert re.fullmatch(r"[^!]+![A-Z]{1,4}\d+", cell)
    assert cell in refusal.value.message() and cell in refusal.value.message("en")
