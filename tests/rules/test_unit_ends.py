"""What a table says about units that went into others: how it is written, what cannot be, what goes along."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules import unit_successors
from contest.rules.unit_rows import Problem, UnitTable
from contest.rules.unit_successors import Successor
from contest.rules.unit_tree import read

HEADER = ["Mã", "Tên", "Mã cấp trên", "Loại", "Đóng từ ngày", "Mã đơn vị kế tiếp", "Căn cứ"]
DAY = "01/07/2025"


def table(*lines: str) -> UnitTable:
    """Each line as "code parent day successors", with _ for an empty cell and ~ for a space."""
    rows = [HEADER]
    for line in lines:
        code, parent, day, into = (part.strip("_").replace("~", " ") for part in line.split())
        rows.append([code, f"Xã {code}", parent, "Xã", day, into, ""])
    return read(rows, frozenset({"OLD"}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("P02", (Successor("P02"),)),
        (" P02 100% ", (Successor("P02"),)),
        ("P02 +", (Successor("P02"),)),
        ("X01 60%; X02 40%", (Successor("X01", 6000, False), Successor("X02", 4000, False))),
        ("X01 60% +; X02 40%", (Successor("X01", 6000, True), Successor("X02", 4000, False))),
        ("X01: 60; X02: 40 nhận người", (Successor("X01", 6000, False), Successor("X02", 4000, True))),
        ("X01 (33,5%), X02 (66,5 %)", (Successor("X01", 3350, False), Successor("X02", 6650, False))),
        ("12 50; 13 50", (Successor("12", 5000, False), Successor("13", 5000, False))),
        ("X01; X02", None),
        ("X01 60%; X02 30%", None),
        ("X01 60%", None),
        ("X01 60%; X01 40%", None),
        ("X01 60% +; X02 40% +", None),
        ("Phường Trúc Lâm", None),
        ("X01 60%; ; X02 bốn mươi", None),
    ],
)
def test_successors_are_read_as_people_write_them(text, found):
    assert unit_successors.read(text) == found


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=5), st.integers(-1, 4))
def test_what_is_written_is_read_again(parts, taker):
    shares = [*parts[:-1], 10_000 - sum(parts[:-1])]
    if min(shares) < 1:
        return
    wanted = [Successor(f"X{n}", share, n == taker or len(shares) == 1) for n, share in enumerate(shares)]
    assert set(unit_successors.read(unit_successors.written(wanted)) or ()) == set(wanted)


def test_a_row_says_into_what_its_unit_went_and_by_which_decision():
    rows = [HEADER, ["A", "Xã A", "", "Xã", DAY, "B", "Nghị quyết 1"], ["B", "Xã B", "", "Xã", "", "", ""]]
    (first, second) = read(rows).rows
    assert (first.successors, first.closed_from, first.basis) == (
        (Successor("B"),),
        date(2025, 7, 1),
        "Nghị quyết 1",
    )
    assert second.successors == ()


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ([f"A _ {DAY} B", "B _ _ _"], []),
        ([f"A _ {DAY} OLD"], []),
        ([f"A _ {DAY} KHONG"], [("A", Problem.UNKNOWN_SUCCESSOR, "KHONG")]),
        ([f"A _ {DAY} A"], [("A", Problem.OWN_SUCCESSOR, "A")]),
        ([f"A _ {DAY} B", "B A _ _"], [("A", Problem.OWN_SUCCESSOR, "B"), ("", Problem.FAULTY_PARENT, "A")]),
        ([f"A _ {DAY} B", "B _ 30/06/2025 _"], [("A", Problem.CLOSED_SUCCESSOR, "B")]),
        ([f"A _ {DAY} B", f"B _ {DAY} OLD"], []),
        (["A _ _ B", "B _ _ _"], [("", Problem.NO_DAY, "B")]),
        ([f"A _ {DAY} B~60%;C~30%", "B _ _ _"], [("", Problem.UNCLEAR_SUCCESSORS, "B 60%;C 30%")]),
    ],
)
def test_what_cannot_be_is_said_with_the_row_it_is_about(lines, faults):
    found = table(*lines)
    assert [(one.code, one.problem, one.words) for one in found.faults] == faults


@pytest.mark.parametrize(
    ("lines", "parents"),
    [
        ([f"A _ {DAY} B", "B _ _ _", "C A _ _"], {"C": "B"}),
        ([f"A _ {DAY} B", "B _ 02/07/2025 D", "D _ _ _", "C A _ _"], {"C": "D"}),
        ([f"A _ {DAY} B", "B _ _ _", f"C A {DAY} _"], {"C": "A"}),
    ],
)
def test_what_hung_on_a_unit_that_went_into_one_other_hangs_on_that_one(lines, parents):
    rows = {row.code: row for row in table(*lines).rows}
    assert {code: rows[code].parent for code in parents} == parents


def test_what_hangs_on_a_divided_unit_has_to_be_told_where_to_hang():
    found = table(f"A _ {DAY} B~50%;D~50%", "B _ _ _", "D _ _ _", "C A _ _")
    assert [(one.number, one.problem) for one in found.faults] == [(5, Problem.CLOSED_PARENT)]


def test_units_that_went_into_each_other_are_no_endless_way():
    found = table(f"A _ {DAY} B", f"B _ {DAY} A", "C A _ _")
    assert {row.code for row in found.rows} | {"C"} == {"A", "B", "C"}
