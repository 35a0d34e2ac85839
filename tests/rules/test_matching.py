"""Is who entered somebody on the list: surely, perhaps or not."""

from datetime import date

import pytest

from contest.rules.matching import Certainty, Described, Ground, Verdict, best, compare

DAY = date(1990, 3, 8)


def person(name="Nguyễn Thị Hòa", code="", phone="", day=None, year=None):
    return Described(name, code, phone, day, year)


SURELY, PERHAPS, NOT = Certainty


@pytest.mark.parametrize(
    ("declared", "listed", "near", "certainty", "ground"),
    [
        # a code with the name, in the same branch
        (person(code="NV1"), person(code="NV1"), True, SURELY, Ground.CODE),
        (person("nguyen thi hoa", code="NV1"), person(code="NV1"), True, SURELY, Ground.CODE),
        (person("Nguyễn Thị Hoà", code="NV1"), person(code="NV1"), True, SURELY, Ground.CODE),
        (person("Trần Văn Bé", code="NV1"), person(code="NV1"), True, PERHAPS, Ground.CODE),
        (person("Trần Văn Bé", code="NV1"), person(code="NV1"), False, NOT, Ground.NOTHING),
        (person(code="NV1"), person(code="NV1"), False, PERHAPS, Ground.CODE),
        (person(code="NV1", year=1980), person(code="NV1", day=DAY), True, PERHAPS, Ground.CODE),
        # a phone with the name, in whatever unit
        (person(phone="0912345678"), person(phone="0912345678"), False, SURELY, Ground.PHONE),
        (person("Lê Văn An", phone="0912345678"), person(phone="0912345678"), True, PERHAPS, Ground.PHONE),
        (person(code="A", phone="0912345678"), person(code="B", phone="0912345678"), True, PERHAPS, Ground.PHONE),
        # name and birth
        (person(day=DAY), person(day=DAY), True, SURELY, Ground.NAME_AND_BIRTH),
        (person("Nguyễn Thị Hoà", day=DAY), person(day=DAY), True, SURELY, Ground.NAME_AND_BIRTH),
        (person("nguyen thi hoa", day=DAY), person(day=DAY), True, SURELY, Ground.NAME_AND_BIRTH),
        (person("Nguyễn Thị Hoa", day=DAY), person(day=DAY), True, PERHAPS, Ground.NAME_AND_BIRTH),
        (person(day=DAY), person(day=DAY), False, PERHAPS, Ground.NAME_AND_BIRTH),
        (person(day=DAY, phone="0912345678"), person(day=DAY, phone="0987654321"), True, PERHAPS, Ground.NAME_AND_BIRTH),
        (person(year=1990), person(day=DAY), True, PERHAPS, Ground.NAME_AND_BIRTH),
        (person(year=1990), person(year=1990), False, NOT, Ground.NOTHING),
        (person(day=date(1990, 8, 3)), person(day=DAY), True, PERHAPS, Ground.NAME),
        (person(day=date(1990, 8, 4)), person(day=DAY), True, NOT, Ground.NOTHING),
        (person(year=1991), person(day=DAY), True, NOT, Ground.NOTHING),
        # the name alone
        (person(), person(day=DAY), True, PERHAPS, Ground.NAME),
        (person(), person(), False, NOT, Ground.NOTHING),
        (person(phone="0912345678"), person(phone="0987654321"), True, NOT, Ground.NOTHING),
        (person("Đặng Thị Thuý"), person("Dang Thi Thuy"), True, PERHAPS, Ground.NAME),
        (person("Đặng Thị Thuý"), person("Đặng Thị Thu"), True, NOT, Ground.NOTHING),
        (person(""), person(""), True, NOT, Ground.NOTHING),
    ],
)  # fmt: skip
def test_code_else_phone_else_name_and_birth(declared, listed, near, certainty, ground):
    assert compare(declared, listed, near) == Verdict(certainty, ground)


def verdict(certainty):
    return Verdict(certainty, Ground.PHONE)


def test_one_sure_match_settles_it():
    assert best({1: verdict(SURELY), 2: verdict(PERHAPS), 3: verdict(NOT)}) == {1: verdict(SURELY)}


def test_two_sure_ones_are_both_only_perhaps():
    assert best({1: verdict(SURELY), 2: verdict(SURELY)}) == {1: verdict(PERHAPS), 2: verdict(PERHAPS)}


def test_a_row_that_is_somebody_else_already_is_only_perhaps():
    assert best({1: verdict(SURELY)}, taken=[1]) == {1: verdict(PERHAPS)}
    assert best({3: verdict(NOT)}) == {}
