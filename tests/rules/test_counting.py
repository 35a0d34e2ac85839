"""Shares add up, rates are exact, and units sum up to the top."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.counting import (
    NO_BREAK,
    Band,
    Bands,
    Rate,
    band_of,
    bands,
    largest_remainder,
    percent,
    tenths_in_words,
)


@pytest.mark.parametrize(
    ("counts", "total", "shares"),
    [
        ([1, 1, 1], 1000, (334, 333, 333)),
        ([2, 1], 1000, (667, 333)),
        ([1, 2], 1000, (333, 667)),
        ([0, 0], 1000, (0, 0)),
        ([], 1000, ()),
        ([5, 0], 1000, (1000, 0)),
        ([1, 1], 101, (51, 50)),
        ([3, 4], 0, (0, 0)),
        ([1] * 7, 1000, (143, 143, 143, 143, 143, 143, 142)),
        ([1, 1, 1, 3], 1000, (167, 167, 166, 500)),
        ([1, 0, 2], 1000, (333, 0, 667)),
        ([0, 0, 7], 1000, (0, 0, 1000)),
        ([999_999, 1], 1000, (1000, 0)),
        ([1, 1_000_000, 1], 1000, (0, 1000, 0)),
        ([9, 9, 9, 9, 9, 9, 46], 1000, (90, 90, 90, 90, 90, 90, 460)),
    ],
)
def test_what_rounding_leaves_goes_to_the_largest_remainders_in_order(
    counts: list[int], total: int, shares: tuple[int, ...]
) -> None:
    assert largest_remainder(counts, total) == shares


@given(st.lists(st.integers(0, 10**7), min_size=1).filter(any), st.integers(0, 10_000))
def test_shares_sum_to_the_total_and_none_is_a_step_off(counts: list[int], total: int) -> None:
    shares = largest_remainder(counts, total)
    assert sum(shares) == total
    for count, share in zip(counts, shares, strict=True):
        assert abs(share - Fraction(count * total, sum(counts))) < 1


@given(st.lists(st.integers(0, 1000), min_size=2))
def test_a_larger_count_never_gets_a_smaller_share(counts: list[int]) -> None:
    shares = largest_remainder(sorted(counts, reverse=True))
    assert list(shares) == sorted(shares, reverse=True)


@pytest.mark.parametrize(("counts", "total"), [([-1, 2], 1000), ([1], -1)])
def test_negative_counts_are_refused(counts: list[int], total: int) -> None:
    with pytest.raises(ValueError, match="not negative"):
        largest_remainder(counts, total)


@pytest.mark.parametrize(
    ("tenths", "shown"), [(1000, "100,0 %"), (334, "33,4 %"), (5, "0,5 %"), (0, "0,0 %")]
)
def test_a_share_is_printed_with_one_decimal(tenths: int, shown: str) -> None:
    assert tenths_in_words(tenths) == shown.replace(" ", NO_BREAK)
    assert tenths_in_words(tenths, "en") == shown.replace(",", ".").replace(" ", "")


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [
        (5473, 10000, 2, "54,73 %"),
        (1, 3, 2, "33,33 %"),
        (2, 3, 2, "66,67 %"),
        (1, 800, 2, "0,13 %"),  # 0.125: half goes up
        (2675, 100000, 2, "2,68 %"),  # exact, where binary fractions would say 2,67
        (5, 1000, 0, "1 %"),
        (1, 1, 2, "100,00 %"),
        (0, 7, 2, "0,00 %"),
        (Fraction(1, 2), 10, 1, "5,0 %"),
        (1, 0, 2, None),
        (1, None, 2, None),
    ],
)
def test_a_percentage_is_exact_and_rounded_half_up(
    numerator: int | Fraction, denominator: int | None, decimals: int, shown: str | None
) -> None:
    assert percent(numerator, denominator, decimals) == (shown and shown.replace(" ", NO_BREAK))


def test_a_percentage_in_english_has_a_point() -> None:
    assert percent(5473, 10000, language="en") == "54.73%"


@pytest.mark.parametrize(("numerator", "denominator", "decimals"), [(-1, 2, 2), (1, -2, 2), (1, 2, -1)])
def test_a_percentage_of_negative_numbers_is_refused(numerator: int, denominator: int, decimals: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        percent(numerator, denominator, decimals)


@pytest.mark.parametrize(
    ("rate", "share", "over", "vietnamese", "english"),
    [
        (Rate(5473, 10000), Fraction(5473, 10000), False, "54,73 %", "54.73%"),
        (Rate(10, 10), Fraction(1), False, "100,00 %", "100.00%"),
        (Rate(11, 10), Fraction(11, 10), True, "trên 100 %", "over 100%"),
        (Rate(11, 0), None, False, None, None),
        (Rate(11, None), None, False, None, None),
    ],
)
def test_a_rate_over_one_hundred_is_flagged_and_never_printed(
    rate: Rate, share: Fraction | None, over: bool, vietnamese: str | None, english: str | None
) -> None:
    printed = vietnamese and vietnamese.replace(" %", f"{NO_BREAK}%")
    assert (rate.share, rate.over, rate.in_words(), rate.in_words("en")) == (share, over, printed, english)


@pytest.mark.parametrize(
    ("share", "band"),
    [
        (Fraction(1), Band.ALL),
        (Fraction(99, 100), Band.HIGH),
        (Fraction(3, 4), Band.HIGH),
        (Fraction(74, 100), Band.MIDDLE),
        (Fraction(1, 4), Band.MIDDLE),
        (Fraction(24, 100), Band.LOW),
        (Fraction(1, 100), Band.LOW),
        (Fraction(0), Band.ZERO),
    ],
)
def test_bands_are_half_open(share: Fraction, band: Band) -> None:
    assert band_of(share) is band


@pytest.mark.parametrize("share", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_outside_zero_to_one_has_no_band(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        band_of(share)


def test_bands_count_people_by_right_answers_or_by_share_and_sum_to_one_hundred() -> None:
    by_right = bands({(20, 20): 1, (15, 20): 2, (19, 20): 1, (5, 20): 1, (1, 20): 1, (0, 20): 0})
    assert by_right == Bands((1, 3, 1, 1, 0), (167, 500, 167, 166, 0))
    assert sum(by_right.tenths) == 1000
    assert bands({Fraction(1, 2): 3}) == Bands((0, 0, 3, 0, 0), (0, 0, 1000, 0, 0))
    assert bands({}) == Bands((0,) * 5, (0,) * 5)
