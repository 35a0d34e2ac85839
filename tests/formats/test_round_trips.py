"""Every kind of question, with all that goes with it and its picture, comes back the same from every format."""

import pytest

from contest.banks.formats.read import read_bank
from contest.banks.formats.sketch import parted
from contest.banks.writing import FORMATS
from contest.rules.parsed import ParsedChoice, ParsedPicture, ParsedQuestion
from tests.features.test_pictures import png
from tests.formats.nasty_questions import (
    EXACT_NUMBER,
    NUMBER,
    ORDER,
    PAIRS,
    choices_of,
    in_file_order,
    plain_question,
)

GIF = b"GIF89a" + (7).to_bytes(2, "little") + (5).to_bytes(2, "little") + b"\x80\0\0\0\0\0\xff\xff\xff;"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08000600090101110000ffd9")
WEBP = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + bytes([3, 0, 0, 4, 0, 0]) + b"\0" * 8
PICTURES = {
    "png": ParsedPicture("image/png", 40, 30, png()),
    "gif": ParsedPicture("image/gif", 7, 5, GIF),
    "jpeg": ParsedPicture("image/jpeg", 9, 6, JPEG),
    "webp": ParsedPicture("image/webp", 4, 5, WEBP),
}
THREE = choices_of(("Một", True), ("Hai <b>", True), ("Ba", False))
STRANGER = ParsedChoice("D", "", False, match="Cấp huyện")
TAGGED = ("một cửa", "tuần 1", "Dễ")
QUESTIONS = (
    plain_question(picture=PICTURES["png"], tags=TAGGED),
    plain_question(text="Chọn 2 phương án nào?", level="Khó vừa", tags=("Mức độ: lạ",)),
    plain_question(text="Những việc nào?", kind="multiple", choices=THREE, picture=PICTURES["jpeg"]),
    plain_question(text="Các việc nào?", kind="multiple", choices=THREE, partial=True),
    plain_question(
        text="Câu này đúng không?",
        kind="true_false",
        choices=choices_of(("Đúng", False), ("Sai", True)),
        picture=PICTURES["gif"],
    ),
    plain_question(
        text="Có hay không?", kind="true_false", choices=choices_of(("Có", True), ("Không", False))
    ),
    plain_question(
        text="Thủ đô ở đâu?",
        kind="short_text",
        choices=choices_of(("Hà Nội", True), ("Thủ đô Hà Nội", True)),
        picture=PICTURES["webp"],
    ),
    plain_question(text="Điền vào chỗ _____ này", kind="short_text", choices=choices_of(("Hà Nội", True))),
    plain_question(text="Bao nhiêu độ?", kind="number", choices=NUMBER, picture=PICTURES["png"]),
    plain_question(text="Năm nào?", kind="number", choices=EXACT_NUMBER, topic="", level="", citation=""),
    plain_question(text="Xếp các bước", kind="ordering", choices=ORDER, picture=PICTURES["jpeg"]),
    plain_question(text="Xếp lại các bước ấy", kind="ordering", choices=ORDER, partial=True),
    plain_question(text="Ghép cặp", kind="matching", choices=(*PAIRS, STRANGER), picture=PICTURES["gif"]),
    plain_question(text="Ghép lại từng cặp", kind="matching", choices=PAIRS, partial=True, tags=TAGGED),
    plain_question(
        text="Ghép các mũi tên → với nhau",
        kind="matching",
        choices=(ParsedChoice("A", "x → y", True, match="1"), ParsedChoice("B", "z", True, match="2")),
    ),
)
LEFT_OUT = {
    "gift": {"ordering"},
    "aiken": {"multiple", "short_text", "number", "ordering", "matching"},
}


def whole(question: ParsedQuestion) -> ParsedQuestion:
    """Everything but where it stood in a file."""
    explanation, citation = parted("\n".join(filter(None, (question.explanation, _source(question)))))
    fields = ("kind", "text", "choices", "topic", "level", "partial", "picture", "tags")
    kept = {name: getattr(question, name) for name in fields}
    return ParsedQuestion("", "", **kept, explanation=explanation, citation=citation)


def _source(question: ParsedQuestion) -> str:
    return f"Căn cứ: {question.citation}" if question.citation else ""


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "aiken"])
def test_every_kind_comes_back_the_same(name: str) -> None:
    form = FORMATS[name]
    assert {question.kind for question in form.left_out(QUESTIONS)} == LEFT_OUT.get(name, set())
    written = [question for question in QUESTIONS if form.holds(question)]
    back = read_bank(form.write(written, "Ngân hàng"), f"bank{form.ending}").questions
    assert [whole(question) for question in back] == [whole(question) for question in in_file_order(written)]
    assert [fault for question in back for fault in question.faults] == []


def test_aiken_holds_plain_choices_and_names_the_rest() -> None:
    form = FORMATS["aiken"]
    left_out = form.left_out(QUESTIONS)
    # "Có" and "Không" would come back as a single choice, and no picture would come back at all.
    assert {each.kind for each in left_out if not each.picture} == {*LEFT_OUT["aiken"], "true_false"}
    assert {each.kind for each in left_out if each.picture} >= {"single", "true_false"}
    written = [question for question in QUESTIONS if form.holds(question)]
    back = read_bank(form.write(QUESTIONS, "Ngân hàng"), f"bank{form.ending}").questions
    assert [(each.text, each.choices) for each in back] == [(each.text, each.choices) for each in written]
    assert len(written) + len(left_out) == len(QUESTIONS)
