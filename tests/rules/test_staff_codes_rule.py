"""Staff codes are one however they were typed; zeros only count where a spreadsheet leaves them alone."""

import pytest

from contest.rules import staff_codes

ONE = {
    "however it was typed": (
        "NV001",
        "nv 001",
        "NV-001",
        "NV.001",
        "nv/001",
        "Nv_001",
        "NV\u00a0001",
        "\u200bNV001",
    ),
    "whatever accents": ("ĐV12", "ðv12", "dv-12", "Ðv 12"),
    "full width": ("ＮＶ００１", "NV001"),
    "zeros lost in a spreadsheet": ("00123", "0123", "123", "00.123", "0-0123"),
    "nothing but zeros": ("0", "00", "0-0"),
    "nothing": ("", " ", "-", "./-"),
}
TWO = {
    "a zero beside a letter": ("NV01", "NV1", "NV001", "NV10"),
    "digits with and without a letter": ("A1", "1", "1A"),
    "zeros that no spreadsheet takes": ("1230", "123", "1023"),
    "a zero and nothing": ("0", ""),
}


@pytest.mark.parametrize("codes", ONE.values(), ids=ONE)
def test_these_are_one_code(codes):
    assert len({staff_codes.key(code) for code in codes}) == 1


@pytest.mark.parametrize("codes", TWO.values(), ids=TWO)
def test_these_are_different_codes(codes):
    assert len({staff_codes.key(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("code", "plain", "key"),
    [
        ("nv-001", "NV001", "NV001"),
        ("00.123", "00123", "123"),
        ("Đ-07", "D07", "D07"),
        ("000", "000", "0"),
        ("", "", ""),
    ],
)
def test_what_is_compared(code, plain, key):
    assert (staff_codes.plain(code), staff_codes.key(code)) == (plain, key)
