"""Questions written in GIFT read back as the same questions, whatever signs stand in them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats.read import read_bank
from contest.banks.writing import gift
from contest.rules.parsed import ParsedBank, ParsedQuestion
from tests.formats.nasty_questions import (
    ACCEPTED,
    EXACT_NUMBER,
    LABELS,
    NUMBER,
    ORDER,
    PAIRS,
    SIGNS,
    WORDS,
    choices_of,
    essence,
    in_file_order,
    plain_question,
    questions,
    texts,
    with_source_explained,
)

ANY_TEXT = texts(*SIGNS, *WORDS, *LABELS)


def reread(*questions: ParsedQuestion) -> ParsedBank:
    return read_bank(gift.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.gift")


@pytest.mark.slow
@given(st.lists(questions(ANY_TEXT), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(written: list[ParsedQuestion]) -> None:
    sources_explained = [with_source_explained(question) for question in in_file_order(written)]
    found = [with_source_explained(question) for question in reread(*written).questions]
    assert [essence(question) for question in found] == [essence(one) for one in sources_explained]


@pytest.mark.parametrize(
    "question",
    [
        plain_question(),
        plain_question(topic="", level="", citation="", explanation=""),
        plain_question(topic="Thể chế / Thủ tục: một cửa"),
        plain_question(text="Xét:\n– Ý một\n\\neq\\n {x} = ~y # z: w"),
        plain_question(choices=choices_of(("%100% đúng", False), ("[html] <b>", True), ("%50%", False))),
        plain_question(choices=choices_of(("->", True), ("= b -> c", False))),
        plain_question(kind="true_false", choices=choices_of(("Đúng", True), ("Sai", False))),
        plain_question(kind="true_false", choices=choices_of(("Đúng", False), ("Sai", True))),
        plain_question(kind="true_false", choices=choices_of(("Sai", False), ("Đúng", True))),
        plain_question(
            kind="multiple", choices=choices_of(("Một", True), ("Hai", True), ("Ba", True), ("Bốn", False))
        ),
        plain_question(
            kind="multiple", choices=choices_of(*((f"Số {place}", place < 7) for place in range(26)))
        ),
        plain_question(kind="short_text", choices=ACCEPTED),
        plain_question(kind="number", choices=NUMBER),
        plain_question(kind="number", choices=EXACT_NUMBER),
        plain_question(kind="matching", choices=PAIRS),
    ],
)
def test_this_question_comes_back_as_it_was(question: ParsedQuestion) -> None:
    (back,) = reread(question).questions
    assert back.ready or back.kind in ("short_text", "number", "matching"), back.faults
    assert back.choices == question.choices
    assert essence(with_source_explained(back)) == essence(with_source_explained(question))


def test_arrows_inside_pairs_stay_and_typed_answers_with_one_cannot_be_written() -> None:
    pairs = tuple(replace(choice, match="a -> <b>") for choice in PAIRS)
    (back,) = reread(plain_question(kind="matching", choices=pairs)).questions
    assert back.choices == pairs
    assert not gift.holds(plain_question(kind="short_text", choices=choices_of(("x -> y", True))))


def test_what_cannot_be_written_is_named_in_a_comment() -> None:
    ordering = plain_question(text="Xếp các bước:\nđúng thứ tự", kind="ordering", choices=ORDER)
    eleven_right = plain_question(
        kind="multiple", choices=choices_of(*((f"Số {place}", True) for place in range(11)))
    )
    assert [gift.holds(one) for one in (ordering, eleven_right, plain_question())] == [False, False, True]
    written = gift.write([ordering, plain_question()], "Tên\nngân hàng").decode()
    assert written.startswith("// Tên ngân hàng\n\n// Không ghi được: Xếp các bước: đúng thứ tự\n")
    assert "::Câu 1::" in written


def test_the_file_reads_as_people_expect_of_gift() -> None:
    question = plain_question(text="2 + 2 = ?", choices=choices_of(("3", False), ("4", True)))
    assert gift.write([question], "Ngân hàng").decode() == (
        "// Ngân hàng\n\n$CATEGORY: $course$/top/Thể chế\n\n// [tag:Nhận biết]\n"
        "::Câu 1::[plain]2 + 2 \\= ? {\n\t~3\n\t=4\n"
        "\t####Chính phủ ban hành ngày 15/7/2021.\\nCăn cứ\\: Nghị quyết số 76/NQ-CP ngày 15/7/2021\n}\n"
    )
