"""A bank written as a workbook reads back as the same bank, and runs no formula on the way."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats.read import read_bank
from contest.banks.writing import xlsx
from contest.rules.parsed import FaultKind, ParsedBank, ParsedChoice, ParsedQuestion
from tests.formats.nasty_questions import (
    LABELS,
    SIGNS,
    WORDS,
    essence,
    in_file_order,
    plain_question,
    questions,
    texts,
)

ANY_TEXT = texts(*SIGNS, *WORDS, *LABELS)


def reread(*questions: ParsedQuestion) -> ParsedBank:
    return read_bank(xlsx.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.xlsx")


def with_choices(*choices: tuple[str, bool], **changes: object) -> ParsedQuestion:
    parsed = tuple(ParsedChoice(chr(65 + place), *choice) for place, choice in enumerate(choices))
    return plain_question(choices=parsed, **changes)


@given(st.lists(questions(ANY_TEXT), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(written: list[ParsedQuestion]) -> None:
    assert [essence(question) for question in reread(*written).questions] == [
        essence(question) for question in in_file_order(written)
    ]


@pytest.mark.parametrize(
    "question",
    [
        plain_question(),
        plain_question(topic="", level="", citation="", explanation=""),
        plain_question(text="Câu 5: Nghị quyết nào?"),
        plain_question(text="1. Nghị quyết nào?"),
        plain_question(text="Nội dung câu hỏi"),
        plain_question(text="=CMD|'/c calc'!A1"),
        plain_question(text="Xét:\n– Ý một\n– Ý hai\nÝ nào đúng?"),
        plain_question(text="Dài " * 5000 + "hết"),
        plain_question(explanation="Dòng một.\nDòng hai."),
        with_choices(("A. Có", True), ("B. Không", False)),
        with_choices(("B", True), ("A", False)),
        with_choices(("05", True), ("5", False), ("3/5", False)),
        with_choices(("TRUE", True), ("FALSE", False), ("#N/A", False)),
        with_choices(("Cả A và B", False), ("1", True), ("2", False), kind="single"),
        with_choices(("Một", True), ("Hai", True), ("Ba", False), kind="multiple"),
        with_choices(("Một", True), ("Hai", False), kind="multiple"),
        with_choices(("Đúng", False), ("Sai", True), kind="true_false"),
        with_choices(*((f"Phương án số {place}", place == 7) for place in range(8))),
        with_choices(("Hà Nội", True), ("Thủ đô Hà Nội", True), kind="short_text"),
    ],
)
def test_this_question_comes_back_as_it_was(question: ParsedQuestion) -> None:
    (back,) = reread(question).questions
    assert back.ready, back.faults
    assert essence(back) == essence(question)


def test_a_question_without_a_topic_never_takes_that_of_another() -> None:
    back = reread(plain_question(topic="Thể chế"), plain_question(topic="", text="Ai ký văn bản này?"))
    assert [(question.topic, question.text) for question in back.questions] == [
        ("", "Ai ký văn bản này?"),
        ("Thể chế", plain_question().text),
    ]


def test_no_cell_is_a_formula_and_none_becomes_one_when_edited() -> None:
    content = xlsx.write([plain_question(text="=1+1", citation="+84", explanation="@a")], "=TIÊU ĐỀ")
    for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            if str(cell.value).startswith(("=", "+", "@")):
                assert cell.quotePrefix


def test_more_choices_than_letters_do_not_fit() -> None:
    nine = with_choices(*((f"Số {place}", place == 0) for place in range(9)))
    assert not xlsx.holds(nine)
    assert xlsx.holds(plain_question())
    assert [question.text for question in reread(nine, plain_question(text="Ai?")).questions] == ["Ai?"]


def test_the_same_questions_give_the_same_file_and_no_question_gives_an_empty_table() -> None:
    assert xlsx.write([plain_question()], "T") == xlsx.write([plain_question()], "T")
    assert [fault.kind for fault in reread().faults][:1] == [FaultKind.NOTHING_FOUND]
