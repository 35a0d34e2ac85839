"""A question in one paragraph is read like one on several lines; its last choice never gives a key away."""

import pytest

from contest.rules.question_text import recognise_text

CHOICES = [("A", "4", False), ("B", "5", True), ("C", "6", False), ("D", "7", False)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Câu 1: Số nào? A. 4 B. 5 C. 6 D. 7 Đáp án: B",
        "1. Số nào? A) 4 B) 5 C) 6 D) 7 ĐÁP ÁN: B.",
        "Câu 1. Số nào? a. 4 b. 5 c. 6 d. 7 Đáp án đúng: b",
        "Câu 1: Số nào? A. 4 B. 5 C. 6 D. 7 (Đáp án: B)",
        "Câu 1: Số nào? A. 4 B. 5 C. 6 D. 7 Đáp án đúng là B",
        "Câu 1: Số nào? A. 4 B. 5 C. 6 D. 7 ĐA: B Căn cứ: Luật số 1 Giải thích: vì thế",
    ],
)
def test_it_is_taken_apart(paragraph: str) -> None:
    (question,) = recognise_text(paragraph).questions
    assert (question.text, question.faults) == ("Số nào?", ())
    assert [(each.label, each.text, each.right) for each in question.choices] == CHOICES
    if "Căn cứ" in paragraph:
        assert (question.citation, question.explanation) == ("Luật số 1", "vì thế")


def test_several_questions_may_stand_in_one_paragraph() -> None:
    text = "Câu 1: Số nào? A. 4 B. 5 Đáp án: B. Câu 2: Vitamin A. nào? A. 6 B. 7 C. 8 Đáp án: C"
    found = recognise_text(text).questions
    assert [(each.text, [one.right for one in each.choices]) for each in found] == [
        ("Số nào?", [False, True]),
        ("Vitamin A. nào?", [False, False, True]),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Câu 1: Số nào? A. 4 B. 5 C. Chỉ đáp án B",
        "Câu 1: Số nào? A. 4 B. 5 C. Chỉ đáp án đúng là B",
        "Câu 1: Số nào? A. 4 B. 5 C. A => B",
        "Câu 1: Số nào? A. 4 B. 5 C. 6 D. Đáp án: B",
        "Câu 1: Số nào? A. 4 B. 5 C. Cả A. và B. Đáp án: B",
        "Câu 1: Số nào? A. 4 C. 5 Đáp án: C",
    ],
)
def test_what_is_not_certain_is_held_back(paragraph: str) -> None:
    (question,) = recognise_text(paragraph).questions
    assert not question.ready
