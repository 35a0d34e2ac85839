"""Which questions are nearly the same: most words shared, no number changed, stock phrases aside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.parsed import ParsedChoice, ParsedQuestion
from contest.rules.question_faults import first_likes, with_near_duplicates
from contest.rules.question_text import recognise_text

STEM = "Thời hạn giải quyết hồ sơ tại bộ phận một cửa là bao nhiêu ngày làm việc"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], {}),
        (["", "", "?!", "?!"], {}),
        ([STEM, STEM], {1: 0}),
        ([STEM, "Chỉ số PAPI đo điều gì?", f"{STEM.upper()}?", STEM], {2: 0, 3: 0}),
        ([STEM, f"{STEM} vậy?"], {1: 0}),
        ([STEM, STEM.replace("tại", "ở")], {}),
        ([f"{STEM} năm 2024", f"{STEM} năm 2025"], {}),
        (["VNeID?", "vneid"], {1: 0}),
    ],
)
def test_texts_are_like_an_earlier_one_by_four_fifths_of_their_word_pairs(texts, expected):
    assert first_likes(texts) == expected


def test_a_text_may_be_like_one_that_is_like_the_first_without_being_like_the_first():
    words = STEM.split()
    second, third = [*words[:-1], "khác"], ["Số", *words[1:-1], "khác"]
    assert first_likes([" ".join(each) for each in (words, second, third)]) == {1: 0, 2: 1}


@pytest.mark.parametrize("known", [1, 2, 4])
def test_what_is_new_is_compared_with_what_is_known_alone(known):
    texts = [STEM, "Chỉ số PAPI đo điều gì?", f"{STEM}?", f"{STEM} nhé", "Chỉ số PAPI đo điều gì"]
    assert first_likes(texts, known) == {
        index: first for index, first in {2: 0, 3: 0, 4: 1}.items() if first < known <= index
    }


def test_a_stock_phrase_brings_no_texts_together_but_equal_texts_are_found_however_many():
    words = [chr(97 + n // 26) + chr(97 + n % 26) for n in range(100)]
    stock = "khi thực hiện cải cách thủ tục hành chính theo cơ chế một cửa thì"
    assert first_likes([f"{stock} {word}" for word in words]) == {}
    assert first_likes([stock] * 100) == dict.fromkeys(range(1, 100), 0)


@given(st.lists(st.text("abc 1", max_size=12).map(" ".join), max_size=25))
def test_every_pair_that_is_alike_is_found_by_its_rarest_word_pairs(texts):
    assert first_likes(texts) == compared_one_by_one(texts)


def compared_one_by_one(texts: list[str]) -> dict[int, int]:
    """The same by comparing every text with every other."""
    prints = []
    for text in texts:
        words = text.split()
        pairs = {*pairwise(words)} or {*words}
        prints.append(([word for word in words if word == "1"], pairs))
    return {
        later: first
        for later, (numbers, own) in enumerate(prints)
        for first in [
            next(
                (
                    index
                    for index, (others, other) in enumerate(prints[:later])
                    if others == numbers and own and 5 * len(own & other) >= 4 * len(own | other)
                ),
                None,
            )
        ]
        if first is not None
    }


def test_the_same_question_with_another_key_is_held_back_on_both_sides():
    def asked(right: str) -> ParsedQuestion:
        choices = tuple(ParsedChoice(label, f"Cơ quan {label}", label == right) for label in "ABC")
        return ParsedQuestion(number=right, place="", kind="single", text="Ai ban hành?", choices=choices)

    first, second, third = with_near_duplicates([asked("A"), asked("B"), asked("A")])
    assert [question.ready for question in (first, second, third)] == [False, False, False]
    assert "Cơ quan A" in second.faults[-1].message() and "Cơ quan B" in second.faults[-1].message()
    assert all(question.ready for question in with_near_duplicates([asked("A"), asked("A")]))


def test_equal_words_with_other_pictures_are_other_questions():
    texts = ["Hình này là gì?"] * 4
    assert first_likes(texts, marks=["40×30:99", "40×30:98", "40×30:99", ""]) == {2: 0}


def test_the_same_question_a_thousand_times_takes_no_time_and_one_other_key_is_told_of_each():
    once = recognise_text("Câu 1: Ai?\nA. Một\nB. Hai\nĐáp án: A").questions[0]
    other = recognise_text("Câu 2: Ai?\nA. Một\nB. Hai\nĐáp án: B").questions[0]
    found = with_near_duplicates([*[once] * 3000, other])
    assert all(any(fault.kind == "keys_conflict" for fault in question.faults) for question in found)
    same = with_near_duplicates([once] * 3000)
    assert not any(fault.kind == "keys_conflict" for question in same for fault in question.faults)
