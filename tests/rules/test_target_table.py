"""A table of targets is read however its columns are called; every fault has its line."""

import pytest

from contest.rules.target_table import Problem, TargetTable, read

CODES = {"P01", "P02", "007"}


@pytest.mark.parametrize(
    "header",
    [["Mã", "Chỉ tiêu riêng"], ["MÃ ĐƠN VỊ", "Chỉ tiêu"], ["code", "target"], ["Ma", "So nguoi can dat"]],
)
def test_a_code_and_a_number_are_found_by_many_names(header):
    assert read([["Phụ lục"], header, ["P01", "12"]], CODES).wanted == {"P01": 12}


def test_an_empty_cell_gives_the_tier_back_and_the_column_of_the_tier_is_not_read():
    table = [
        ["Mã", "Tên", "Cần đạt theo mức", "Chỉ tiêu riêng"],
        ["P01", "A", "15", ""],
        ["007", "B", "3", "1.200"],
    ]
    assert read(table, CODES) == TargetTable({"P01": None, "007": 1200}, ())


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["X9", "5"]], [(2, Problem.UNKNOWN_CODE, "X9")]),
        ([["", "5"]], [(2, Problem.UNKNOWN_CODE, "")]),
        ([["P01", "5"], [], ["P01", "6"]], [(4, Problem.REPEATED_CODE, "P01")]),
        ([["P01", "-5"], ["P02", "năm"]], [(2, Problem.BAD_NUMBER, "-5"), (3, Problem.BAD_NUMBER, "năm")]),
        ([["P01"]], []),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(rows, faults):
    assert read([["Mã", "Chỉ tiêu"], *rows], CODES).faults == tuple(faults)


def test_a_table_without_both_columns_is_not_one_of_targets():
    assert not read([["Mã", "Tên"], ["P01", "5"]], CODES).header_found
