"""A bank written as a Word document reads back as the same bank."""

import io
import zipfile
from dataclasses import replace

import docx as word_library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats.read import read_bank
from contest.banks.writing import docx
from contest.rules.parsed import FaultKind, ParsedBank, ParsedChoice, ParsedQuestion
from contest.rules.question_keys import is_key_value
from tests.formats.nasty_questions import (
    LABELS,
    NUMBER,
    SIGNS,
    WORDS,
    choices_of,
    essence,
    in_file_order,
    plain_question,
    questions,
    texts,
)

# A question that is nothing but a letter reads as a key.
ON_ONE_LINE = texts(*SIGNS, *WORDS, breaks=False).filter(lambda text: not is_key_value(text))
LIKE_LABELS = texts(*SIGNS, *WORDS, *LABELS)


def reread(*questions: ParsedQuestion) -> ParsedBank:
    return read_bank(docx.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.docx")


def right_texts(question: ParsedQuestion) -> set[str]:
    """A star before a choice is what marks a right one in documents: it does not come back."""
    return {" ".join(choice.text.split()).strip("* ") for choice in question.choices if choice.right}


@given(st.lists(questions(ON_ONE_LINE, kinds=("single",)), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_what_is_written_reads_back_the_same(written: list[ParsedQuestion]) -> None:
    assert [essence(question) for question in reread(*written).questions] == [
        essence(question) for question in in_file_order(written)
    ]


@given(st.lists(questions(LIKE_LABELS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_texts_that_look_like_labels_never_give_a_wrong_key(written: list[ParsedQuestion]) -> None:
    originals = {str(number): question for number, question in enumerate(in_file_order(written), 1)}
    for back in reread(*written).questions:
        if back.ready and back.number in originals:
            assert right_texts(back) == right_texts(originals[back.number])


@pytest.mark.parametrize(
    "question",
    [
        plain_question(),
        plain_question(topic="", level="", citation="", explanation=""),
        plain_question(topic="Chủ đề nào cũng được?"),
        plain_question(topic="Thể chế, một phần rất dài " * 10 + "hết"),
        plain_question(text="Xét các ý sau:\n1. Ý một\n2. Ý hai\n3. Ý ba.\nÝ nào đúng?"),
        plain_question(text="Nghị quyết ngày 15/7/2021 nói gì về Cả A, B và C?"),
        plain_question(explanation="Dòng một.\nDòng hai.", citation="Luật số 1;\nLuật số 2"),
        plain_question(text="Chọn nhiều đáp án đúng:", kind="multiple"),
        plain_question(
            kind="true_false", choices=(ParsedChoice("A", "Đúng", False), ParsedChoice("B", "Sai", True))
        ),
        plain_question(
            text="Thủ đô là ____.", kind="short_text", choices=(ParsedChoice("A", "Hà Nội", True),)
        ),
    ],
)
def test_this_question_comes_back_as_it_was(question: ParsedQuestion) -> None:
    (back,) = reread(question).questions
    assert back.ready, [fault.message("en") for fault in back.faults]
    assert essence(back) == essence(question)


def test_a_kind_that_nobody_sees_is_said_below_the_question() -> None:
    choices = choices_of(("Một", True), ("Hai", False), ("Ba", True))
    printed = word_library.Document(
        io.BytesIO(docx.write([plain_question(kind="multiple", partial=True, choices=choices)], "T"))
    )
    lines = [line.text for line in printed.paragraphs]
    assert {"Loại câu hỏi: Nhiều đáp án", "Cách chấm: Từng phần"} <= set(lines)
    plain = word_library.Document(io.BytesIO(docx.write([plain_question()], "T")))
    assert not [line.text for line in plain.paragraphs if line.text.startswith("Loại câu")]


@pytest.mark.parametrize(
    "explanation",
    ["Vì:\nA. Có", "Vì:\nCâu 9: gì?", "Vì:\nTẤT CẢ ĐỀU ĐÚNG", "Vì:\n1.A 2.B", "Vì:\nB"],
)
def test_a_line_that_would_be_a_label_joins_the_line_above(explanation: str) -> None:
    (back,) = reread(plain_question(explanation=explanation)).questions
    assert back.explanation == explanation.replace("\n", " ")
    assert back.choices == plain_question().choices


def test_an_explanation_that_ends_with_another_key_holds_the_question_back() -> None:
    (back,) = reread(plain_question(explanation="Nhiều người chọn nhầm. Đáp án: C")).questions
    assert [fault.kind for fault in back.faults] == [FaultKind.KEYS_CONFLICT]


@pytest.mark.parametrize(
    "title", ["Câu 1: Ngân hàng", "PHẦN I. Mở đầu", "BẢNG ĐÁP ÁN", "A. Một", "Ngân hàng tỉnh"]
)
def test_no_title_is_taken_for_a_question_or_a_part(title: str) -> None:
    (back,) = read_bank(docx.write([plain_question(topic="")], title), "a.docx").questions
    assert essence(back) == essence(plain_question(topic=""))


def test_word_opens_it_as_a_document_on_a4_with_a_key_table_on_its_own_page() -> None:
    questions = [plain_question(text=f"Câu hỏi về việc thứ {number} là gì?") for number in range(1, 11)]
    document = word_library.Document(io.BytesIO(docx.write(questions, "Ngân hàng <b> & “A”")))
    assert document.paragraphs[0].text == "Ngân hàng <b> & “A”"
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    (key,) = document.tables
    assert [cell.text for cell in key.rows[0].cells] == ["Câu", "Đáp án"] * 4
    assert [cell.text for cell in key.rows[1].cells] == ["1", "B", "4", "B", "7", "B", "10", "B"]


def test_a_bank_without_letters_in_its_keys_has_no_key_table() -> None:
    content = docx.write([plain_question(kind="number", choices=NUMBER)], "T")
    assert not word_library.Document(io.BytesIO(content)).tables


def test_nine_choices_do_not_fit_and_the_same_questions_give_the_same_file() -> None:
    nine = tuple(ParsedChoice("A", f"Số {place}", place == 0) for place in range(9))
    assert not docx.holds(replace(plain_question(), choices=nine))
    assert docx.holds(plain_question())
    content = docx.write([plain_question()], "T")
    assert content == docx.write([plain_question()], "T")
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
