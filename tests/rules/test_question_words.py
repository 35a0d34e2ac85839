"""The words for kinds and marking, and answers written in one line."""

import pytest

from contest.rules.question_words import (
    KIND_NAMES,
    UNSUPPORTED,
    around,
    declared_kind,
    declared_marking,
    joined_pairs,
    number_and_reach,
    order_in,
    pairs_in,
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *((name, kind) for kind, name in KIND_NAMES.items()),
        ("Chọn nhiều đáp án", "multiple"),
        ("Điền khuyết", "short_text"),
        ("NHẬP SỐ", "number"),
        ("Nối cột", "matching"),
        ("Tự luận", UNSUPPORTED),
        ("Multiple Choice", ""),
        ("Khó", ""),
    ],
)
def test_a_kind_is_known_by_its_words(words: str, kind: str) -> None:
    assert declared_kind(words) == kind


def test_marking_is_said_or_not_said() -> None:
    said = [declared_marking(words) for words in ("Từng phần", "Đúng hết mới có điểm", "Đúng cả", "Nhanh")]
    assert said == [True, False, False, None]


@pytest.mark.parametrize(
    ("text", "number", "reach"),
    [
        ("25,5 ± 0,25", "25,5", "0,25"),
        ("-25,5 +/- 0,25", "-25,5", "0,25"),
        ("25.980 (sai số 10)", "25.980", "10"),
        ("3,14 (sai số cho phép 0,01)", "3,14", "0,01"),
        ("1945", "1945", ""),
        ("khoảng 5", "khoảng 5", ""),
    ],
)
def test_a_number_comes_with_how_far_an_answer_may_be_off(text: str, number: str, reach: str) -> None:
    assert number_and_reach(text) == (number, reach)
    if reach:
        assert number_and_reach(around(number, reach)) == (number, reach)


@pytest.mark.parametrize(
    "pairs",
    [
        [("Bộ", "Trung ương"), ("Xã", "Cơ sở"), ("", "Huyện")],
        [("a → b", "1"), ("c", "2 ⇒ 3")],
    ],
)
def test_pairs_joined_are_parted_again(pairs: list[tuple[str, str]]) -> None:
    assert pairs_in(joined_pairs(pairs) or []) == pairs


def test_pairs_that_use_one_arrow_alike_cannot_be_told_apart_from_their_own() -> None:
    assert joined_pairs([("a -> b", "c"), ("e -> f", "g")]) is None


@pytest.mark.parametrize("texts", [[], ["a → b", "c"], ["a → b → c"], ["a -> b → c", "d -> e → f"]])
def test_pairs_that_could_be_parted_in_two_ways_are_not_parted(texts: list[str]) -> None:
    assert pairs_in(texts) is None


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("C, A, B", [2, 0, 1]),
        ("3-1-2", [2, 0, 1]),
        ("cab", [2, 0, 1]),
        ("C → A → B", [2, 0, 1]),
        ("A, B", None),
        ("A, A, B", None),
        ("A, B, C, D", None),
        ("trước hết C", None),
        ("", None),
    ],
)
def test_an_order_names_each_thing_once(key: str, order: list[int] | None) -> None:
    assert order_in(key, ["A", "B", "C"]) == order
