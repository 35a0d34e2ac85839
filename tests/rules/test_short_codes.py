"""Short codes: readable, forgiving, spread evenly."""

from collections import Counter

import pytest

from contest.rules.short_codes import ALPHABET, short_code, tidy


def test_a_code_has_six_unambiguous_characters():
    codes = [short_code(bytes([n])) for n in range(256)]
    assert {len(code) for code in codes} == {6}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BU")


def test_different_bytes_give_different_codes_and_the_same_bytes_the_same():
    assert len({short_code(n.to_bytes(4, "big")) for n in range(2000)}) == 2000
    assert short_code(b"abc") == short_code(b"abc")


def test_letters_come_up_about_equally_often():
    counts = Counter("".join(short_code(n.to_bytes(4, "big")) for n in range(4000)))
    assert max(counts.values()) < 1.2 * min(counts.values())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("k7m 3qx", "K7M3QX"), (" K7M-3QX ", "K7M3QX"), ("K7M.3QX", "K7M3QX"), ("đ7m3qu", "D7M3QV"), ("", "")],
)
def test_what_is_typed_is_taken_for_what_was_meant(typed, meant):
    assert tidy(typed) == meant


def test_a_longer_code_can_be_asked_for():
    assert len(short_code(b"return", 8)) == 8
