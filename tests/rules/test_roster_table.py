"""Staff lists as offices keep them: what is read, mended and held back."""

from datetime import date

import pytest

from contest.rules.roster_table import Column, Problem, read

HEADER = ["STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Số điện thoại", "Phòng ban"]


def rows_of(*lines, header=HEADER):
    return read([header, *lines], 2026).rows


def problems(row):
    return [remark.problem for remark in row.remarks]


def test_the_header_is_found_by_meaning_under_a_title_and_over_numbered_columns():
    table = read(
        [
            ["ỦY BAN NHÂN DÂN PHƯỜNG SEN HỒNG"],
            ["DANH SÁCH CÁN BỘ"],
            [],
            ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "SĐT", "Mã NV", "Đơn vị công tác", "Số CCCD"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
            ["1", "nguyễn  thị hoà", "8/3/1990", "912345678", "nv 001", "Văn phòng", "012345678901"],
        ],
        2026,
    )
    assert table.columns == {Column.NAME, Column.BIRTH, Column.PHONE, Column.CODE, Column.PLACE}
    assert table.ignored == ("Số CCCD",)
    (row,) = table.rows
    assert (row.number, row.name, row.code, row.phone) == (6, "Nguyễn Thị Hoà", "NV001", "0912345678")
    assert (row.birth_date, row.birth_year, row.place, row.remarks) == (
        date(1990, 3, 8),
        1990,
        "Văn phòng",
        (),
    )


def test_a_name_may_stand_in_two_columns():
    (row,) = rows_of(["Trần Thị", "Lan", "1980"], header=["Họ và tên đệm", "Tên", "Năm sinh"])
    assert (row.name, row.birth_year, row.birth_date) == ("Trần Thị Lan", 1980, None)


@pytest.mark.parametrize("header", [["Họ và tên"], ["Mã", "Tên đơn vị"], ["Câu hỏi", "Đáp án"], []])
def test_what_is_no_staff_list_is_not_taken_for_one(header):
    assert not read([header, ["An", "B"]], 2026).header_found


def test_codes_get_back_the_zeros_that_a_spreadsheet_dropped_where_the_list_says_how_long_they_are():
    rows = rows_of(
        ["1", "00123", "Lê Văn An", "", "", ""],
        ["2", "45", "Lê Văn Bình", "", "", ""],
        ["3", "678.0", "Lê Văn Chi", "", "", ""],
    )
    assert [row.code for row in rows] == ["00123", "00045", "00678"]
    assert problems(rows[1]) == [Problem.MENDED_CODE]
    assert [row.code for row in rows_of(["1", "45", "Lê Văn An", "", "", ""])] == ["45"]


@pytest.mark.parametrize(
    ("typed", "day", "year", "problem"),
    [
        ("31/12/1990", date(1990, 12, 31), 1990, None),
        ("31-12-1990", date(1990, 12, 31), 1990, None),
        ("1990-12-31", date(1990, 12, 31), 1990, None),
        ("1990", None, 1990, None),
        ("1990.0", None, 1990, None),
        ("33238", date(1990, 12, 31), 1990, Problem.MENDED_BIRTH),
        ("31/12/90", None, None, Problem.SHORT_YEAR),
        ("31/02/1990", None, None, Problem.BAD_BIRTH),
        ("tháng 5", None, None, Problem.BAD_BIRTH),
        ("01/01/2031", None, None, Problem.BIRTH_OUT_OF_REACH),
        ("", None, None, None),
    ],
)
def test_days_of_birth(typed, day, year, problem):
    (row,) = rows_of(["1", "A1", "Lê Văn An", typed, "", ""])
    assert (row.birth_date, row.birth_year) == (day, year)
    assert problems(row) == ([problem] if problem else [])


def births(*typed):
    names = ("An", "Bình", "Chi", "Dung")
    return rows_of(*(["", f"A{n}", f"Lê {names[n]}", text, "", ""] for n, text in enumerate(typed)))


def test_a_column_that_writes_the_month_first_is_read_so_and_said():
    rows = births("12/31/1990", "05/08/1985")
    assert [row.birth_date for row in rows] == [date(1990, 12, 31), date(1985, 5, 8)]
    assert all(problems(row) == [Problem.MENDED_BIRTH] for row in rows)


def test_where_both_ways_stand_in_a_column_the_impossible_ones_are_held_back():
    rows = births("12/31/1990", "31/12/1990", "05/08/1985")
    assert problems(rows[0]) == [Problem.SWAPPED_BIRTH]
    assert [row.birth_date for row in rows[1:]] == [date(1990, 12, 31), date(1985, 8, 5)]


def test_days_that_excel_may_have_exchanged_are_pointed_out():
    rows = births("1985-05-08", "31/12/1990")
    assert (rows[0].birth_date, problems(rows[0])) == (date(1985, 5, 8), [Problem.DOUBTED_BIRTH])
    assert [problems(row) for row in births("1985-05-08", "1990-12-31")] == [[], []]


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    (row,) = rows_of(["1", "???", "An", "45/45/1990", "12", ""])
    assert problems(row) == [Problem.BAD_NAME, Problem.BAD_CODE, Problem.BAD_PHONE, Problem.BAD_BIRTH]
    assert row.faulty


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("912345678", "0912345678"), ("+84 912 345 678", "0912345678"), ("0912345678/0987654321", "0912345678")],
)
def test_phones_get_back_their_zero_and_of_two_the_first_counts(typed, phone):
    assert rows_of(["1", "", "Lê Văn An", "", typed, ""])[0].phone == phone


def test_rows_that_repeat_each_other_are_named_with_the_line_they_repeat():
    rows = rows_of(
        ["1", "A1", "Lê Văn An", "01/02/1990", "", ""],
        ["2", "A-1", "Trần Thị Bé", "", "", ""],
        ["3", "", "Lê Văn Ân", "01/02/1990", "", ""],
        ["4", "A4", "Lê Văn An", "01/02/1990", "", ""],
    )
    assert [problems(row) for row in rows] == [
        [],
        [Problem.REPEATED_CODE],
        [Problem.REPEATED_PERSON],
        [],
    ]
    assert rows[1].remarks[0].words == "A-1|2"


def test_a_phone_of_two_people_is_pointed_out_and_both_are_taken():
    rows = rows_of(
        ["1", "", "Lê Văn An", "", "0912345678", ""], ["2", "", "Trần Thị Bé", "", "0912345678", ""]
    )
    assert [problems(row) for row in rows] == [[Problem.SHARED_PHONE]] * 2
    assert not any(row.faulty for row in rows)


def test_one_person_listed_twice_shares_a_phone_with_nobody():
    rows = rows_of(
        ["1", "", "Lê Văn An", "1990", "0912345678", ""], ["", "", "lê văn an", "1990", "0912345678", ""]
    )
    assert [problems(row) for row in rows] == [[], [Problem.REPEATED_PERSON]]
