"""Tables of units as people keep them."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.unit_cells import OldName, tidy_code
from contest.rules.unit_rows import Problem, Row
from contest.rules.unit_tree import read

HEADER = [
    "Mã",
    "Tên đơn vị",
    "Mã cấp trên",
    "Loại",
    "Khối",
    "Số cán bộ",
    "Số đoàn viên",
    "Dân số trưởng thành",
]


def row(code, name="Đơn vị", parent="", kind="Sở", block="", officials="", youth="", residents=""):
    return [code, name, parent, kind, block, officials, youth, residents]


def test_a_tree_is_read_with_parents_before_children_whatever_the_order():
    lines = [row("T"), row("S1", parent="T"), row("P1", parent="S1"), row("S2", parent="T")]
    for order in permutations(lines):
        table = read([HEADER, *order])
        codes = [found.code for found in table.rows]
        assert sorted(codes) == ["P1", "S1", "S2", "T"]
        assert codes.index("T") < codes.index("S1") < codes.index("P1")
        assert table.faults == ()


def test_the_header_may_stand_below_a_title_and_use_other_words():
    table = read(
        [
            ["DANH SÁCH ĐƠN VỊ", "", ""],
            [],
            ["STT", "Mã đơn vị", "Đơn vị", "Trực thuộc", "Biên chế"],
            ["1", "007", "Phường Sen Hồng", "", "1.204"],
        ]
    )
    assert table.rows == (Row(4, "007", "Phường Sen Hồng", "", "other", "", officials=1204),)


def test_a_table_without_codes_or_names_is_not_a_table_of_units():
    assert not read([["Câu hỏi", "Đáp án"], ["a", "b"]]).header_found
    assert not read([]).header_found


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("Phường", "commune"), ("Xã, phường", "commune"), ("Sở, ban, ngành", "department"), ("commune", "commune"),
     ("Đoàn Thanh niên", "youth_union"), ("women_union", "women_union"), ("", "other"), ("Đặc khu", "special_zone"),
     ("Xã, phường, đặc khu", "commune"), ("Tổ công đoàn", "union_cell"), ("Chi đoàn", "branch"), ("Phòng", "office")],
)  # fmt: skip
def test_kinds_are_understood_as_people_write_them(kind, wanted):
    assert read([HEADER, row("A", kind=kind)]).rows[0].kind == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("86.0", 86), ("0", 0), ("", None)],
)
def test_headcounts_are_read_as_people_write_them(text, number):
    assert read([HEADER, row("A", officials=text)]).rows[0].officials == number


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ([row("", name="Sở X")], [(2, Problem.NO_CODE, "Sở X")]),
        ([row("A", name="")], [(2, Problem.NO_NAME, "A")]),
        ([row("A"), row("A")], [(3, Problem.REPEATED_CODE, "A")]),
        ([row("A", parent="Z")], [(2, Problem.UNKNOWN_PARENT, "Z")]),
        ([row("A", parent="Z"), row("B", parent="A")],
         [(2, Problem.UNKNOWN_PARENT, "Z"), (3, Problem.FAULTY_PARENT, "A")]),
        ([row("A", name=""), row("B", parent="A"), row("C", parent="B")],
         [(2, Problem.NO_NAME, "A"), (3, Problem.FAULTY_PARENT, "A"), (4, Problem.FAULTY_PARENT, "B")]),
        ([row("A", parent="B"), row("B", parent="A")], [(2, Problem.CYCLE, "B"), (3, Problem.CYCLE, "A")]),
        ([row("A", parent="A")], [(2, Problem.CYCLE, "A")]),
        ([row("A", kind="Hành tinh")], [(2, Problem.UNKNOWN_KIND, "Hành tinh")]),
        ([row("A", officials="nhiều")], [(2, Problem.BAD_NUMBER, "nhiều")]),
        ([row("A", residents="99999999999")], [(2, Problem.BAD_NUMBER, "99999999999")]),
        ([row("A" * 41)], [(2, Problem.TOO_LONG, "Đơn vị")]),
    ],
)  # fmt: skip
def test_a_faulty_row_is_shown_with_its_line_and_reason(lines, faults):
    table = read([HEADER, *lines])
    assert [(fault.number, fault.problem, fault.words) for fault in table.faults] == faults
    assert len(table.rows) + len({fault.number for fault in table.faults}) == len(lines)


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    table = read([HEADER, row("A", name="", parent="Z", kind="Hành tinh", officials="nhiều", youth="ít")])
    assert [(fault.problem, fault.words) for fault in table.faults] == [
        (Problem.NO_NAME, "A"),
        (Problem.UNKNOWN_KIND, "Hành tinh"),
        (Problem.BAD_NUMBER, "nhiều"),
        (Problem.BAD_NUMBER, "ít"),
        (Problem.UNKNOWN_PARENT, "Z"),
    ]


DATED = [*HEADER[:4], "Tên cũ", "Tên gọi khác", "Đóng từ ngày"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Xã Hòa", (OldName("Xã Hòa"),)),
        (
            "Thị trấn Sen (đến 30/06/2025); Xã Hồng (01/01/2020 - 30/06/2025)",
            (
                OldName("Thị trấn Sen", None, date(2025, 7, 1)),
                OldName("Xã Hồng", date(2020, 1, 1), date(2025, 7, 1)),
            ),
        ),
        ("Xã Hòa (cũ)", (OldName("Xã Hòa (cũ)"),)),
        ("Xã Hòa (đến 31/02/2025)", (OldName("Xã Hòa (đến 31/02/2025)"),)),
        ("Xã Hòa;; Xã Hòa ;", (OldName("Xã Hòa"),)),
    ],
)
def test_old_names_are_read_with_the_days_they_were_borne(text, names):
    assert read([DATED, ["A", "Phường Sen", "", "", text, "", ""]]).rows[0].old_names == names


def test_a_name_is_an_old_one_or_another_one_but_not_both():
    (found,) = read([DATED, ["A", "Phường Sen", "", "", "Xã Sen", "Xã Sen; Sen", ""]]).rows
    assert ([one.name for one in found.old_names], found.aliases) == (["Xã Sen"], ("Sen",))


def test_a_day_of_closing_is_a_day_that_has_come():
    lines = [["A", "Tên", "", "", "", "", day] for day in ("01/07/2025", "31/02/2025", "01/01/2027")]
    faults = [
        [fault.problem for fault in read([DATED, line], today=date(2026, 10, 5)).faults] for line in lines
    ]
    assert faults == [[], [Problem.BAD_DATE], [Problem.STILL_TO_COME]]
    assert read([DATED, lines[0]]).rows[0].closed_from == date(2025, 7, 1)


def test_nothing_that_is_still_there_hangs_on_a_closed_unit():
    lines = [["A", "Tên", "", "", "", "", "01/07/2025"], ["B", "Tên", "A"], ["C", "Tên", "B"]]
    table = read([DATED, *lines])
    assert [(fault.number, fault.problem) for fault in table.faults] == [
        (3, Problem.CLOSED_PARENT),
        (4, Problem.FAULTY_PARENT),
    ]


def test_a_parent_may_be_a_unit_that_exists_already():
    assert read([HEADER, row("A", parent="T00")], frozenset({"T00"})).faults == ()


def test_short_rows_and_empty_lines_are_no_faults():
    assert [found.code for found in read([HEADER, [], ["A", "Tên"], ["", ""]]).rows] == ["A"]


@pytest.mark.parametrize(
    ("typed", "code"), [("007", "007"), ("7.0", "7"), (" P 01 ", "P01"), ("1.05", "1.05")]
)
def test_codes_keep_their_zeros_and_lose_what_a_sheet_added(typed, code):
    assert tidy_code(typed) == code


@given(st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=12))
def test_no_table_crashes_it(table):
    result = read([HEADER, *table])
    assert all(found.code and found.name for found in result.rows)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from(["", *"ABCDEFGHZ"]), max_size=8))
def test_every_row_is_either_taken_or_named_as_faulty(parents):
    table = read([HEADER, *[row(code, parent=parent) for code, parent in parents.items()]])
    assert len(table.rows) + len({fault.number for fault in table.faults}) == len(parents)
    before: set[str] = set()
    for found in table.rows:
        assert not found.parent or found.parent in before
        before.add(found.code)


@pytest.mark.parametrize("heading", ["mã cha", "Mã đơn vị cha", "Thuộc đơn vị", "Mã cấp trên", "parent_code"])
def test_the_column_of_the_parent_is_known_by_many_names(heading):
    table = read([["mã", "tên", heading], ["T", "Tỉnh", ""], ["P", "Phường", "T"]])
    assert [found.parent for found in table.rows] == ["", "T"]


def test_columns_that_are_not_understood_are_named():
    table = read([["STT", "Mã", "Tên", "Số điện thoại", ""], ["1", "A", "Sở A", "09", ""]])
    assert table.ignored == ("Số điện thoại",)
