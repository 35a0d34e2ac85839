"""Questions written as Moodle XML read back as the same questions, whatever signs stand in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contest.banks.formats.read import read_bank
from contest.banks.writing import moodle_xml
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
    return read_bank(moodle_xml.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.xml")


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
        plain_question(topic="Thể chế / Thủ tục <một> & cửa"),
        plain_question(text="Xét:\n– <script>x</script>\n]]> &amp; \x07\ud800 hết"),
        plain_question(kind="true_false", choices=choices_of(("Đúng", True), ("Sai", False))),
        plain_question(kind="true_false", choices=choices_of(("Đúng", False), ("Sai", True))),
        plain_question(kind="true_false", choices=choices_of(("Sai", False), ("Đúng", True))),
        plain_question(
            kind="multiple", choices=choices_of(("Một", True), ("Hai", True), ("Ba", True), ("Bốn", False))
        ),
        plain_question(
            kind="multiple", choices=choices_of(*((f"Số {place}", place < 9) for place in range(26)))
        ),
        plain_question(kind="short_text", choices=ACCEPTED),
        plain_question(kind="number", choices=NUMBER),
        plain_question(kind="number", choices=EXACT_NUMBER),
        plain_question(kind="matching", choices=PAIRS),
        plain_question(kind="ordering", choices=ORDER),
    ],
)
def test_this_question_comes_back_as_it_was(question: ParsedQuestion) -> None:
    (back,) = reread(question).questions
    assert back.ready or back.kind in ("short_text", "number", "matching", "ordering"), back.faults
    assert back.choices == question.choices
    cleaned = (
        plain_question(text=question.text.replace("\x07\ud800 ", "")) if "\x07" in question.text else question
    )
    assert essence(with_source_explained(back)) == essence(with_source_explained(cleaned))


def test_choices_that_speak_of_others_are_not_shuffled() -> None:
    free = plain_question()
    bound = plain_question(choices=choices_of(("Một", False), ("Hai", False), ("Cả A và B", True)))
    root = etree.fromstring(moodle_xml.write([free, bound], "T"))
    assert [each.text for each in root.iter("shuffleanswers")] == ["true", "false"]


def test_moodle_shares_a_mark_in_fractions_it_knows() -> None:
    three = choices_of(("Một", True), ("Hai", True), ("Ba", True), ("Bốn", False))
    root = etree.fromstring(moodle_xml.write([plain_question(kind="multiple", choices=three)], "T"))
    fractions = [answer.get("fraction") for answer in root.iter("answer")]
    assert fractions == ["33.33333", "33.33333", "33.33333", "-100"]


def test_what_cannot_be_written_is_named_in_a_comment() -> None:
    eleven_right = plain_question(
        text="Có -- gì?", kind="multiple", choices=choices_of(*((f"Số {place}", True) for place in range(11)))
    )
    assert [moodle_xml.holds(one) for one in (eleven_right, plain_question())] == [False, True]
    written = moodle_xml.write([eleven_right, plain_question()], "--> Tên")
    assert "<!-- Không ghi được: Có ‐‐ gì? -->" in written.decode()
    assert len(read_bank(written, "a.xml").questions) == 1
