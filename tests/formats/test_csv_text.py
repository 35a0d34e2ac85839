"""Delimited text in every encoding and with every delimiter that offices produce."""

import unicodedata

import pytest
from workbooks import HEADER

from contest.banks.formats import csv_text
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind
from contest.rules.vietnamese_legacy import decode_tcvn3, decode_vni

ROWS = [
    list(HEADER),
    [
        "1",
        "Thủ tục hành chính được niêm yết công khai ở đâu?",
        "Trên cổng",
        "Tại trụ sở",
        "Cả hai nơi",
        "Ở nhà",
        "C",
    ],
    [
        "2",
        "Người dân đánh giá việc giải quyết hồ sơ bằng cách nào?",
        "Gửi thư",
        "Gọi điện",
        "Quét mã",
        "Khác",
        "A",
    ],
]


def text_of(delimiter: str = ",") -> str:
    """The rows as delimited text."""
    return "".join(delimiter.join(row) + "\r\n" for row in ROWS)


def encoded_by(decoder: object, text: str) -> bytes:
    """Text in a legacy encoding, made by turning the project's own decoding table around."""
    assert callable(decoder)
    table: dict[str, str] = {}
    for first in map(chr, range(0xFF, 0x20, -1)):
        for typed in (first, *(first + mark for mark in "áàâéèêëùøúûüåäãñïôöõóòÁÀÂÉÈÊËÙØÚÛÜÅÄÃÏÔÖÕÓÒ")):
            seen = decoder(typed)
            if len(seen) == 1 and len(typed) <= 2:
                table.setdefault(seen, typed)
    table |= {chr(code): chr(code) for code in range(0x20, 0x7F)} | {"\r": "\r", "\n": "\n", "\t": "\t"}
    return "".join(table[letter] for letter in text).encode("cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    bank = csv_text.read(text_of(delimiter).encode())
    assert (bank.format, bank.found, bank.ready) == ("csv", 2, 2)
    assert [choice.right for choice in bank.questions[0].choices] == [False, False, True, False]
    assert [question.place for question in bank.questions] == ["dòng 2", "dòng 3"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-marked"]
)
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    content = (
        b"\xfe\xff" + text_of().encode("utf-16-be") if "marked" in encoding else text_of().encode(encoding)
    )
    bank = csv_text.read(content)
    assert [question.text for question in bank.questions] == [row[1] for row in ROWS[1:]]


def test_windows_1258_with_its_loose_tones_is_read() -> None:
    loose = {"á": "a\u0301", "à": "a\u0300", "ạ": "a\u0323", "ả": "a\u0309", "ã": "a\u0303"}
    text = text_of()
    written = []
    for letter in text:
        try:
            written.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            written.append(loosened(letter, loose).encode("cp1258"))
    bank = csv_text.read(b"".join(written))
    assert [question.text for question in bank.questions] == [row[1] for row in ROWS[1:]]


def loosened(letter: str, known: dict[str, str]) -> str:
    """A letter and its tone apart, as windows-1258 writes them ("ủ" is u and hook, "ế" is ê and acute)."""
    if letter in known:
        return known[letter]
    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    base = "".join(mark for mark in parts if mark not in tones)
    return unicodedata.normalize("NFC", base) + "".join(tones)


@pytest.mark.parametrize("decoder", [decode_tcvn3, decode_vni])
def test_older_vietnamese_encodings_are_told_apart(decoder: object) -> None:
    bank = csv_text.read(encoded_by(decoder, text_of(";").lower()))
    # TCVN3 writes capitals by a font of their own, which text without fonts cannot show.
    assert [question.text for question in bank.questions] == [row[1].lower() for row in ROWS[1:]]
    assert bank.ready == 2


def test_bytes_in_no_known_encoding_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        csv_text.read("Вопрос,Ответ\nЧто это?,Да".encode("cp1251"))
    assert refusal.value.kind == "bad_encoding"


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        csv_text.read(b"\x01\x02abc\x00\x03" * 40)


def test_quoted_cells_keep_their_delimiters_and_lines() -> None:
    text = 'Câu hỏi,Phương án,Đáp án\r\n"Một, hai hay ""ba""?","A. một\nB. hai, ba",B\r\n'
    question = csv_text.read(text.encode()).questions[0]
    assert question.text == 'Một, hai hay "ba"?'
    assert [(choice.text, choice.right) for choice in question.choices] == [("một", False), ("hai, ba", True)]


def test_decimal_commas_and_leading_zeros_stay_as_typed() -> None:
    text = "Câu hỏi;A;B;C;Đáp án\nTỷ lệ là?;54,73;007;5.0;A\n"
    question = csv_text.read(text.encode()).questions[0]
    assert [choice.text for choice in question.choices] == ["54,73", "007", "5.0"]


def test_the_line_that_names_the_delimiter_is_skipped() -> None:
    assert csv_text.read(("sep=;\r\n" + text_of(";")).encode()).ready == 2


@pytest.mark.parametrize("cell", ["03-May", "5-Thg3", "03/thg 5"])
def test_a_fraction_that_became_a_date_is_held_back(cell: str) -> None:
    bank = csv_text.read(f"Câu hỏi,A,B,Đáp án\nTỷ lệ là?,{cell},1/2,A\n".encode())
    assert bank.ready == 0
    assert [fault.kind for fault in bank.questions[0].faults] == [FaultKind.DATE_CELL]


def test_a_broken_formula_is_held_back() -> None:
    bank = csv_text.read("Câu hỏi,A,B,Đáp án\nTỷ lệ là?,#REF!,1/2,B\n".encode())
    assert [fault.kind for fault in bank.questions[0].faults] == [FaultKind.FORMULA_ERROR]


def test_text_without_a_header_says_what_is_missing() -> None:
    bank = csv_text.read("xin chào, các bạn\n".encode())
    assert bank.found == 0
    assert [fault.kind for fault in bank.faults] == [FaultKind.NOTHING_FOUND, FaultKind.FILE_NOTE]


def test_a_cell_longer_than_any_question_is_refused() -> None:
    content = text_of().encode() + b'3,"' + b"a" * 1_200_000 + b'",b,c,d,e,A\n'
    with pytest.raises(Unreadable):
        csv_text.read(content)


def test_a_word_without_end_does_not_keep_the_reader() -> None:
    with pytest.raises(Unreadable) as refusal:
        csv_text.decode(b"A" * 200_000 + b"\xa3")
    assert refusal.value.kind == "bad_encoding"
