"""Questions written in Aiken read back with the same text, choices and key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats.read import read_bank
from contest.banks.writing import aiken
from contest.rules.parsed import ParsedBank, ParsedQuestion
from tests.formats.nasty_questions import (
    ORDER,
    SIGNS,
    WORDS,
    choices_of,
    essence,
    in_file_order,
    plain_question,
    questions,
    texts,
)

# A text in which braces and signs stand as in GIFT is taken for GIFT.
TEXT = texts(*(sign for sign in SIGNS if "{" not in sign), *WORDS, breaks=False)


def reread(*questions: ParsedQuestion) -> ParsedBank:
    return read_bank(aiken.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.txt")


@given(st.lists(questions(TEXT, kinds=("single",)), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(written: list[ParsedQuestion]) -> None:
    back = reread(*written)
    assert back.format == "aiken"
    assert [_without_marks(question) for question in back.questions] == [
        _without_marks(question) for question in in_file_order(written)
    ]


def _without_marks(question: ParsedQuestion) -> tuple[object, ...]:
    return (question.kind, question.text.strip("“”"), essence(question)[2])


@pytest.mark.parametrize(
    ("text", "back_text"),
    [
        ("Xét các ý:\nmột\nhai", "Xét các ý: một hai"),
        ("A. Có phải không?", "“A. Có phải không?”"),
        ("ANSWER: D là gì?", "“ANSWER: D là gì?”"),
        ("Căn cứ: Luật Khiếu nại?", "“Căn cứ: Luật Khiếu nại?”"),
        ("Căn cứ Luật Khiếu nại, ai giải quyết?", "Căn cứ Luật Khiếu nại, ai giải quyết?"),
    ],
)
def test_a_text_that_aiken_would_misread_is_changed_as_little_as_can_be(text: str, back_text: str) -> None:
    (back,) = reread(plain_question(text=text)).questions
    assert (back.text, back.choices) == (back_text, plain_question().choices)


def test_true_or_false_stays_true_or_false() -> None:
    truth = plain_question(kind="true_false", choices=choices_of(("Đúng", False), ("Sai", True)))
    (back,) = reread(truth).questions
    assert (back.kind, back.choices) == ("true_false", truth.choices)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        (plain_question(), True),
        (plain_question(kind="multiple"), False),
        (plain_question(kind="ordering", choices=ORDER), False),
        (plain_question(choices=choices_of(("Một", False), ("Hai", False))), False),
        (plain_question(choices=choices_of(*((f"Số {place}", place == 0) for place in range(9)))), False),
    ],
)
def test_only_one_right_choice_among_few_can_be_written(question: ParsedQuestion, fits: bool) -> None:
    assert aiken.holds(question) is fits
    assert bool(aiken.write([question], "T")) is fits
