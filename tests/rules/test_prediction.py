"""A prediction is read as people type it, and shown back so that they can check it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.prediction import (
    LARGEST_COUNT,
    Reason,
    Target,
    Unreadable,
    distance,
    format_number,
    in_words,
    parse,
    reason_in_words,
)

COUNTS = [Target.ALL_RIGHT_PEOPLE, Target.PEOPLE, Target.ATTEMPTS]


@pytest.mark.parametrize("target", COUNTS)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25980", 25980),
        ("25.980", 25980),
        ("25,980", 25980),
        ("25 980", 25980),
        ("25\u00a0980 người", 25980),
        ("25.980 lượt thi", 25980),
        (" 1.234.567 ", 1234567),
        ("+25980", 25980),
        ("２５９８０", 25980),
        ("0", 0),
        ("007", 7),
        ("1.000.000.000", LARGEST_COUNT),
    ],
)
def test_a_count_is_read_with_any_mark_between_thousands(text: str, value: int, target: Target) -> None:
    assert parse(text, target) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("87,65432", "87.65432"),
        ("87.65432", "87.65432"),
        ("87,65432 %", "87.65432"),
        ("87,65432%", "87.65432"),
        (",5", "0.5"),
        ("100", "100"),
        ("0", "0"),
        ("50,10000000000000", "50.1"),
    ],
)
def test_a_percentage_is_read_with_comma_or_dot_and_with_or_without_its_sign(text: str, value: str) -> None:
    assert parse(text, Target.PERCENTAGE) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "target", "reason"),
    [
        ("", Target.PEOPLE, Reason.BLANK),
        (" \u00a0 ", Target.PERCENTAGE, Reason.BLANK),
        ("nhiều", Target.PEOPLE, Reason.NOT_A_NUMBER),
        ("25x", Target.PEOPLE, Reason.NOT_A_NUMBER),
        ("1e5", Target.PEOPLE, Reason.NOT_A_NUMBER),
        ("٢٥", Target.PEOPLE, Reason.NOT_A_NUMBER),
        ("-", Target.PEOPLE, Reason.NOT_A_NUMBER),
        ("-5", Target.PEOPLE, Reason.NEGATIVE),
        ("\u22125", Target.PERCENTAGE, Reason.NEGATIVE),
        ("25.98", Target.PEOPLE, Reason.NOT_WHOLE),
        ("25,9800", Target.PEOPLE, Reason.NOT_WHOLE),
        ("1.234,567", Target.PEOPLE, Reason.NOT_WHOLE),
        ("0.123", Target.PEOPLE, Reason.NOT_WHOLE),
        ("25 98", Target.PEOPLE, Reason.NOT_WHOLE),
        ("25.", Target.PEOPLE, Reason.NOT_WHOLE),
        ("1000000001", Target.PEOPLE, Reason.TOO_LARGE),
        ("9" * 100_000, Target.PEOPLE, Reason.TOO_LARGE),
        ("100,1", Target.PERCENTAGE, Reason.TOO_LARGE),
        ("9" * 10_000, Target.PERCENTAGE, Reason.TOO_LARGE),
        ("87,", Target.PERCENTAGE, Reason.NOT_A_NUMBER),
        ("%", Target.PERCENTAGE, Reason.NOT_A_NUMBER),
        ("1.234,5", Target.PERCENTAGE, Reason.NOT_A_NUMBER),
        ("8 7", Target.PERCENTAGE, Reason.NOT_A_NUMBER),
        ("1,12345678901", Target.PERCENTAGE, Reason.TOO_PRECISE),
    ],
)
def test_what_cannot_be_a_prediction_is_refused_with_its_reason(
    text: str, target: Target, reason: Reason
) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text, target)
    assert refused.value.reason is reason


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("target", list(Target))
def test_every_reason_has_a_sentence_in_both_languages(reason: Reason, target: Target) -> None:
    sentences = {reason_in_words(reason, target, language) for language in ("vi", "en")}
    assert len(sentences) == 2
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_the_sentence_shows_a_number_of_the_kind_wanted() -> None:
    whole = reason_in_words(Reason.NOT_WHOLE, Target.PEOPLE)
    assert whole == "Số dự đoán phải là số nguyên. Bạn hãy nhập lại, ví dụ 25.980."
    assert "87,65" in reason_in_words(Reason.NOT_A_NUMBER, Target.PERCENTAGE)
    assert "above 100." in reason_in_words(Reason.TOO_LARGE, Target.PERCENTAGE, "en")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (1015, "một nghìn không trăm mười lăm"),
        (25980, "hai mươi lăm nghìn chín trăm tám mươi"),
        (1_000_004, "một triệu không trăm linh bốn"),
        (1_021_000, "một triệu không trăm hai mươi mốt nghìn"),
        (2_000_000_000, "hai tỷ"),
        (1_001_001_001, "một tỷ không trăm linh một triệu không trăm linh một nghìn không trăm linh một"),
        (Decimal("87.65"), "tám mươi bảy phẩy sáu năm"),
        (Decimal("0.50"), "không phẩy năm"),
        (Decimal("1E+3"), "một nghìn"),
        (Decimal("3.00"), "ba"),
    ],
)
def test_a_number_is_read_out_in_vietnamese(value: Decimal | int, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (7, "seven"),
        (13, "thirteen"),
        (20, "twenty"),
        (100, "one hundred"),
        (25980, "twenty-five thousand nine hundred eighty"),
        (3_000_000_011, "three billion eleven"),
        (Decimal("87.65"), "eighty-seven point six five"),
    ],
)
def test_a_number_is_read_out_in_english(value: Decimal | int, words: str) -> None:
    assert in_words(value, "en") == words


@pytest.mark.parametrize("value", [-1, 10**12])
def test_a_number_out_of_range_is_not_read_out(value: int) -> None:
    with pytest.raises(ValueError, match="are read out"):
        in_words(value)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (25980, "25.980", "25,980"),
        (0, "0", "0"),
        (100, "100", "100"),
        (Decimal("87.65432"), "87,65432", "87.65432"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (Fraction(1, 3), "0,3333333333", "0.3333333333"),
        (Fraction(39, 2), "19,5", "19.5"),
    ],
)
def test_a_number_is_printed_with_the_marks_of_the_language(
    value: Decimal | Fraction | int, vietnamese: str, english: str
) -> None:
    assert (format_number(value), format_number(value, "en")) == (vietnamese, english)


@given(st.integers(0, LARGEST_COUNT), st.sampled_from(["vi", "en"]))
def test_a_printed_count_reads_back_as_itself(value: int, language: str) -> None:
    assert parse(format_number(value, language), Target.PEOPLE) == value


@given(st.decimals(0, 100, places=5), st.sampled_from(["vi", "en"]))
def test_a_printed_percentage_reads_back_as_itself(value: Decimal, language: str) -> None:
    assert parse(format_number(value, language), Target.PERCENTAGE) == value


@given(
    st.lists(st.integers(0, 10**12 - 1), min_size=2, max_size=2, unique=True), st.sampled_from(["vi", "en"])
)
def test_two_numbers_are_never_read_out_alike(pair: list[int], language: str) -> None:
    assert in_words(pair[0], language) != in_words(pair[1], language)


@given(st.text(max_size=12), st.sampled_from(list(Target)))
def test_any_text_is_either_a_number_in_range_or_refused(text: str, target: Target) -> None:
    try:
        value = parse(text, target)
    except Unreadable as refused:
        assert refused.reason in Reason
    else:
        assert 0 <= value <= (100 if target is Target.PERCENTAGE else LARGEST_COUNT)


@pytest.mark.parametrize(
    ("prediction", "actual", "off"),
    [
        (100, 112, 12),
        (124, 112, 12),
        (None, 112, None),
        (Decimal("33.3"), Fraction(100, 3), Fraction(1, 30)),
    ],
)
def test_over_and_under_are_equally_far_off(
    prediction: Decimal | int | None, actual: Fraction | int, off: Fraction | int | None
) -> None:
    assert distance(prediction, actual) == off
