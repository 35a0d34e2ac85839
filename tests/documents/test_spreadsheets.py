"""What is downloaded says exactly what the page said, and does nothing else."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, sheet_names, workbook

COLUMNS = [
    Column("Đơn vị", Kind.TEXT, 40),
    Column("Số người", Kind.INTEGER, 10),
    Column("Tỷ lệ", Kind.PERCENT, 10),
    Column("Nộp lúc", Kind.MOMENT, 20),
    Column("Thời gian làm bài", Kind.DURATION, 12),
]
ROW: list[Value] = [
    "Phường Nguyễn Trãi",
    25980,
    Fraction(5473, 10000),
    datetime(2026, 10, 11, 17, 42, 7, 900_000, tzinfo=UTC),
    725,
]
DANGEROUS = [
    "=1+1",
    "+84912345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    '=HYPERLINK("http://x","y")',
    "＝1+1",
]


def sheet_of(pdf: bytes, index: int = 0) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(pdf)).worksheets[index]


def text_sheet(*values: Value) -> Sheet:
    return Sheet("Bảng", [Column("Chữ", Kind.TEXT, 20)], [[value] for value in values])


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_every_cell_of_a_sheet_is_what_it_was():
    sheet = Sheet("Kết quả", COLUMNS, [ROW], ["Kết quả đợt 1", "Chốt lúc 8 giờ"], ["Ghi chú: số liệu đã ký."])
    rows = list(sheet_of(workbook([sheet])).iter_rows(values_only=True))
    assert [row[0] for row in rows] == [
        "Kết quả đợt 1",
        "Chốt lúc 8 giờ",
        None,
        "Đơn vị",
        "Phường Nguyễn Trãi",
        None,
        "Ghi chú: số liệu đã ký.",
    ]
    assert rows[3] == tuple(column.header for column in COLUMNS)
    assert rows[4] == (
        "Phường Nguyễn Trãi",
        25980,
        0.5473,
        datetime(2026, 10, 12, 0, 42, 7),
        timedelta(minutes=12, seconds=5),
    )


def test_another_reader_sees_the_same_cells():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook([Sheet("A", COLUMNS, [ROW])])))
    assert book.get_sheet_by_name("A").to_python()[1] == [
        "Phường Nguyễn Trãi",
        25980.0,
        0.5473,
        datetime(2026, 10, 12, 0, 42, 7),
        timedelta(minutes=12, seconds=5),
    ]


def test_numbers_and_moments_show_in_the_way_of_the_country():
    cells = sheet_of(workbook([Sheet("A", COLUMNS, [ROW])]))[2]
    assert [cell.number_format for cell in cells] == [
        "@",
        "#,##0",
        "0.00 %",
        "dd/mm/yyyy hh:mm:ss",
        "[h]:mm:ss",
    ]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "d", "d"]


@pytest.mark.parametrize("dangerous", DANGEROUS)
def test_a_text_that_looks_like_a_formula_stays_text_also_when_it_is_edited(dangerous):
    cell = sheet_of(workbook([text_sheet(dangerous)]))["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (dangerous, "s", True)


def test_a_dangerous_title_header_or_note_stays_text():
    sheet = Sheet("A", [Column("=1+1")], [], ["=2+2"], ["=3+3"])
    shown = [row[0] for row in sheet_of(workbook([sheet])).iter_rows() if row[0].value is not None]
    assert [cell.value for cell in shown] == ["=2+2", "=1+1", "=3+3"]
    assert {(cell.data_type, cell.quotePrefix) for cell in shown} == {("s", True)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0912345678", "0912345678"),
        ("2026-10-12", "2026-10-12"),
        ("https://hoithi.vn", "https://hoithi.vn"),
        ("Hòa\x00 \x0bBình\x1f\ufffe", "Hòa Bình"),
        ("Ho\u0300a", "Hòa"),
        ("hai\r\ndòng", "hai\ndòng"),
        ("\ud83d", ""),
        ("x" * 255, "x" * 255),
        ("x" * 256, "x" * 256),
        ("x" * 32768, "x" * 32766 + "…"),
        ("😀" * 20000, "😀" * 16383 + "…"),
        (None, None),
        (7, "7"),
    ],
    ids=range(13),
)
def test_a_text_cell_holds_the_text_without_what_would_damage_the_file(written, read):
    assert sheet_of(workbook([text_sheet(written)]))["A2"].value == read


def test_what_looks_like_an_escape_of_excel_is_read_as_written():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook([text_sheet("_x0041_")])))
    assert book.get_sheet_by_index(0).to_python()[1] == ["_x0041_"]


def test_an_unknown_value_is_empty_and_a_word_may_stand_for_a_number():
    sheet = Sheet("A", COLUMNS, [["Xã A", None, None, None, None], ["Xã B", "chưa khai", "–", "-", "="]])
    rows = list(sheet_of(workbook([sheet])).iter_rows(min_row=2, values_only=True))
    assert rows == [("Xã A", None, None, None, None), ("Xã B", "chưa khai", "–", "-", "=")]


def test_the_header_stays_in_sight_repeats_in_print_and_filters():
    sheet = sheet_of(workbook([Sheet("A", COLUMNS, [ROW, ROW], ["Tiêu đề"])]))
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:E5", "$3:$3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)


def test_a_table_without_rows_still_has_its_header():
    sheet = sheet_of(workbook([Sheet("A", COLUMNS, [])]))
    assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]
    assert sheet.auto_filter.ref is None


def test_rows_come_from_a_cursor_and_every_sheet_keeps_its_own():
    sheets = [
        Sheet(f"Khối {n}", [Column("N", Kind.INTEGER)], iter([[k * n] for k in range(300)])) for n in (1, 2)
    ]
    made = workbook(sheets)
    for index, factor in enumerate((1, 2)):
        numbers = [row[0] for row in sheet_of(made, index).iter_rows(min_row=2, values_only=True)]
        assert numbers == [k * factor for k in range(300)]


def test_the_same_sheets_give_the_same_bytes():
    sheets = [Sheet("A", COLUMNS, [ROW])]
    assert workbook(sheets) == workbook(sheets)
    made_at = datetime(2026, 10, 12, 1, tzinfo=UTC)
    properties = openpyxl.load_workbook(io.BytesIO(workbook(sheets, made_at=made_at))).properties
    assert properties.created == datetime(2026, 10, 12, 1)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["Kết quả: đợt 1/2 [A]*?\\"], ["Kết quả  đợt 1 2  A".replace("  ", " ")]),
        (["", "  ", "''"], ["Sheet", "Sheet (2)", "Sheet (3)"]),
        (["History"], ["Sheet History"]),
        (["'Khối'"], ["Khối"]),
        (["Đơn vị", "ĐƠN VỊ", "đơn vị"], ["Đơn vị", "ĐƠN VỊ (2)", "đơn vị (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),
        (["Hai\ndòng\x00"], ["Hai dòng"]),
    ],
)
def test_sheets_get_names_that_excel_accepts(wanted, given):
    assert sheet_names(wanted) == given
    book = workbook([Sheet(name, [Column("A")], []) for name in wanted])
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == given


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (Kind.MOMENT, datetime(2026, 10, 12), "with a time zone"),
        (Kind.MOMENT, 5, "with a time zone"),
        (Kind.DURATION, -1, "not negative"),
        (Kind.INTEGER, timedelta(1), "a number is needed"),
    ],
)
def test_a_value_that_means_nothing_in_its_column_is_refused(kind, value, fault):
    with pytest.raises(ValueError, match=fault):
        workbook([Sheet("A", [Column("A", kind)], [[value]])])
    with pytest.raises(ValueError, match=fault):
        csv_with_bom([Column("A", kind)], [[value]])


@pytest.mark.parametrize("row", [[], [1, 2]])
def test_a_row_of_another_width_than_the_header_is_refused(row):
    with pytest.raises(ValueError, match="argument 2"):
        workbook([Sheet("A", [Column("A", Kind.INTEGER)], [row])])
    with pytest.raises(ValueError, match="argument 2"):
        csv_with_bom([Column("A", Kind.INTEGER)], [row])


def test_a_workbook_without_sheets_is_refused():
    with pytest.raises(ValueError, match="at least one sheet"):
        workbook([])


def test_a_csv_opens_in_excel_with_its_marks_its_commas_and_its_dates():
    content = csv_with_bom(COLUMNS, [ROW, ["Xã A", None, "chưa có", None, timedelta(hours=30, seconds=5)]])
    assert content.startswith(b"\xef\xbb\xbf\xc4\x90\xc6\xa1n v")
    assert content.count(b"\r\n") == 3
    assert csv_rows(content) == [
        ["Đơn vị", "Số người", "Tỷ lệ", "Nộp lúc", "Thời gian làm bài"],
        ["Phường Nguyễn Trãi", "25980", "54,73%", "2026-10-12 00:42:07", "0:12:05"],
        ["Xã A", "", "chưa có", "", "30:00:05"],
    ]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(1, 3), "33,33%"),
        (Fraction(2, 3), "66,67%"),
        (Fraction(12345, 1_000_000), "1,23%"),
        (Fraction(12350, 1_000_000), "1,24%"),
        (0.00145, "0,15%"),
        (Decimal("1.1"), "110,00%"),
        (0, "0,00%"),
        (1, "100,00%"),
    ],
)
def test_a_share_is_rounded_half_up(share, shown):
    assert csv_rows(csv_with_bom([Column("A", Kind.PERCENT)], [[share]]))[1] == [shown]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *[(text, "'" + text) for text in DANGEROUS if text[0] not in "\t "],
        (" =1+1", " '=1+1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1+1", "'\n'=1+1"),
        ("\tchữ", "'\tchữ"),
        ("a,=1+1", "a,'=1+1"),
        ("a; @SUM(A1)", "a; '@SUM(A1)"),
        ("a\n=1+1", "a\n'=1+1"),
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("a=b, c-d", "a=b, c-d"),
        ('"ngoặc"; phẩy', '"ngoặc"; phẩy'),
        ("0912345678", "0912345678"),
    ],
)
def test_no_cell_of_a_csv_runs_as_a_formula_whatever_separator_the_reader_takes(text, written):
    content = csv_with_bom([Column(text), Column("N")], [[text, 1]])
    assert csv_rows(content) == [[written, "N"], [written, "1"]]
    for separator in ",;\t":
        for line in content.decode("utf-8-sig").splitlines():
            for cell in line.split(separator):
                assert not cell.strip('" \t').startswith(tuple("=+-@＝"))


def test_a_negative_number_is_a_number_in_both_files():
    column = [Column("Chênh lệch", Kind.INTEGER)]
    assert csv_rows(csv_with_bom(column, [[-12]]))[1] == ["-12"]
    assert sheet_of(workbook([Sheet("A", column, [[-12]])]))["A2"].value == -12
