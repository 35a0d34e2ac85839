"""Aiken is read also where people bend it; a key that is not certain marks nothing."""

import pytest
from workbooks import keys, kinds

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedBank, Severity


def bank(text: str) -> ParsedBank:
    """The bank of an Aiken text."""
    read = read_bank(text.encode(), "a.txt")
    assert read.format == "aiken"
    return read


@pytest.mark.parametrize(
    "text",
    [
        "Thủ đô?\nA. Hà Nội\nB. Huế\nANSWER: A",
        "Thủ đô?\nA) Hà Nội\nB) Huế\nANSWER:A",
        "Thủ đô?\nA)\tHà Nội\nB)\tHuế\nANSWER: A.",
        "Thủ đô?\na) Hà Nội\nb) Huế\nANSWER: a",
        "Thủ đô?\nA)Hà Nội\nB)Huế\nAnswer: A",
        "\ufeffThủ đô?\r\nA. Hà Nội\r\nB. Huế\r\nANSWER: A\r\n",
        "Thủ\nđô?\n\nA. Hà Nội\n\nB. Huế\n\nANSWER: A",
    ],
)
def test_one_question_in_all_its_forms(text: str) -> None:
    (question,) = bank(text).questions
    assert (question.text, question.kind) == ("Thủ đô?", "single")
    assert [(one.label, one.text, one.right) for one in question.choices] == [
        ("A", "Hà Nội", True),
        ("B", "Huế", False),
    ]
    assert question.faults == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Gì?\nA. a\nB. b\nANSWER: C", [FaultKind.KEY_BEYOND_CHOICES]),
        ("Gì?\nA. a\nB. b\nANSWER:", [FaultKind.NO_KEY]),
        ("Gì?\nA. a\nB. b\nANSWER: x y", [FaultKind.KEY_UNREAD]),
        ("Gì?\nA. a\nB. b\nC. c\nANSWER: A, B", [FaultKind.SEVERAL_KEYS]),
        ("Gì?\nA. a\nB. b\nANSWER: A\nANSWER: B", [FaultKind.KEYS_CONFLICT]),
        ("Gì?\nA. a\nC. b\nANSWER: C", [FaultKind.LABEL_ORDER]),
        ("Gì?\nA. a\nB. b\nThêm\nANSWER: B", [FaultKind.UNLABELLED_LINE]),
        ("A. a\nB. b\nANSWER: B", [FaultKind.EMPTY_TEXT]),
        ("Gì?\nA. a\nANSWER: A", [FaultKind.ONE_CHOICE]),
        ("Gì?\nA. a\nB. A\nANSWER: A", [FaultKind.EQUAL_CHOICES]),
    ],
)
def test_what_is_doubtful_is_held_back(text: str, faults: list[FaultKind]) -> None:
    read = bank(text + "\n\nCuối?\nA. x\nB. y\nANSWER: B")
    assert kinds(read)[0] == faults
    assert [one.ready for one in read.questions] == [False, True]


def test_a_question_without_key_ends_where_the_next_begins() -> None:
    read = bank("Một?\nA. a\nB. b\n\nHai?\nA. c\nB. d\nANSWER: B")
    assert [one.text for one in read.questions] == ["Một?", "Hai?"]
    assert (keys(read), kinds(read)) == (["", "B"], [[FaultKind.NO_KEY], []])


def test_rows_of_choices_without_text_between_are_two_questions() -> None:
    read = bank("Một?\nA. a\nB. b\nA. c\nB. d\nANSWER: B")
    assert [one.text for one in read.questions] == ["Một?", ""]
    assert kinds(read) == [[FaultKind.NO_KEY], [FaultKind.EMPTY_TEXT]]


def test_a_line_within_a_choice_continues_it() -> None:
    (question,) = bank("Gì?\nA. một\nphần nữa\nB. hai\nANSWER: B").questions
    assert question.choices[0].text == "một phần nữa"
    assert [(one.kind, one.severity) for one in question.faults] == [
        (FaultKind.UNLABELLED_LINE, Severity.WARNING)
    ]


def test_every_line_of_a_stem_is_kept_and_short_ones_too() -> None:
    read = bank("Dẫn.\nHỏi\n?\nA. a\nB. b\nANSWER: A\n\nTrên.\n\nDưới?\nA. a\nB. b\nANSWER: A")
    assert [one.text for one in read.questions] == ["Dẫn.\nHỏi ?", "Trên.\nDưới?"]
    assert kinds(read) == [[], [FaultKind.UNLABELLED_LINE]]
    assert read.ready == 2


def test_signs_of_html_are_text() -> None:
    (question,) = bank("Thẻ <b> là gì?\nA. a < b\nB. &amp;\nANSWER: A").questions
    assert (question.text, question.choices[1].text) == ("Thẻ <b> là gì?", "&amp;")


def test_a_key_before_any_question_is_pointed_out() -> None:
    read = bank("ANSWER: A\n\nGì?\nA. a\nB. b\nANSWER: B")
    assert [fault.kind for fault in read.faults] == [FaultKind.KEY_WITHOUT_QUESTION]
    assert (keys(read), read.questions[0].place) == (["B"], "dòng 3")
