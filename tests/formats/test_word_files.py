"""Word files that are damaged, hostile or not Word files at all, and text files in every encoding."""

import io
import random
import zipfile

import pytest
from docx_files import docx, paragraph

from contest.banks.formats import text, word
from contest.banks.formats.unreadable import SENTENCES, Unreadable
from contest.banks.formats.word_numbering import numeral
from contest.rules.fault_sentences import SENTENCES as FAULT_SENTENCES
from contest.rules.parsed import Fault, FaultKind, Severity, fault_message

GOOD = docx("Câu 1: Một?", "A. x", "B. y", "Đáp án: A")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"just text", "not_docx"),
        (OLE, "legacy_doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (GOOD[:200], "broken"),
        (GOOD[:-30], "broken"),
        (b"PK\x03\x04" + bytes(50), "broken"),
        (zipped(hello="x"), "not_docx"),
        (zipped(word__document__xml="x"), "not_docx"),
        (docx(document="<w:document"), "broken"),
        (docx(document="<a/>"), "not_docx"),
        (docx(document=f"{DOCTYPE}<x>&b;</x>"), "unsafe"),
        (docx(document='<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), "unsafe"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content, kind):
    with pytest.raises(Unreadable) as refusal:
        word.read(content)
    assert refusal.value.kind == kind
    assert refusal.value.message().endswith(".")
    assert refusal.value.message("en").endswith(".")


def test_a_doctype_in_utf_16_is_found():
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as package:
        package.writestr("word/document.xml", f"{DOCTYPE}<x/>".encode("utf-16"))
    with pytest.raises(Unreadable) as refusal:
        word.read(buffer.getvalue())
    assert refusal.value.kind == "unsafe"


def test_a_huge_part_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(word, "_LARGEST_PART", 100)
    with pytest.raises(Unreadable) as refusal:
        word.read(GOOD)
    assert refusal.value.kind == "too_big"


def test_a_path_is_read_too(tmp_path):
    path = tmp_path / "bank.docx"
    path.write_bytes(GOOD)
    assert word.read(path).ready == 1


def test_a_deep_document_is_read_or_refused():
    deep = "<w:sdt><w:sdtContent>" * 240 + paragraph("Câu 1: x") + "</w:sdtContent></w:sdt>" * 240
    with pytest.raises(Unreadable):
        word.read(docx(deep))


def test_mutated_files_are_read_or_refused():
    chance = random.Random(2026)
    for _ in range(60):
        document = bytearray(zipfile.ZipFile(io.BytesIO(GOOD)).read("word/document.xml"))
        for _ in range(chance.randint(1, 8)):
            document[chance.randrange(len(document))] = chance.randrange(256)
        content = docx(document=document.decode("latin-1"))
        try:
            assert word.read(content).format == "docx"
        except Unreadable as refusal:
            assert refusal.kind in SENTENCES


@pytest.mark.parametrize(
    ("number", "shape", "shown"),
    [
        (1, "decimal", "1"),
        (3, "decimalZero", "03"),
        (27, "upperLetter", "AA"),
        (2, "lowerLetter", "b"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (5, "none", ""),
        (5, "cardinalText", "5"),
    ],
)
def test_numbers_are_shown_in_word_s_formats(number, shape, shown):
    assert numeral(number, shape) == shown


LINES = "Câu 1: Thủ tục hành chính niêm yết ở đâu?\nA. Tại nơi tiếp nhận\nB. Trên báo\nĐáp án: A\n"
TCVN3 = "C©u 1: Thñ tôc hµnh chÝnh niªm yÕt ë ®©u?\nA. T¹i n¬i tiÕp nhËn\nB. Trªn b¸o\n§¸p ¸n: A\n"
VNI = (
    "Caâu 1: Thuû tuïc haønh chính nieâm yeát ôû ñaâu?\nA. Taïi nôi tieáp nhaän\nB. Treân baùo\nÑaùp aùn: A\n"
)


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        b"\xfe\xff" + LINES.encode("utf-16-be"),
        LINES.replace("\n", "\r\n").encode(),
        TCVN3.encode("cp1252"),
        VNI.encode("cp1252"),
        TCVN3.encode(),
        VNI.encode(),
    ],
)
def test_a_text_file_is_read_in_every_encoding(content):
    bank = text.read(content)
    (question,) = bank.questions
    assert (bank.format, question.text, question.choices[0].text, question.ready) == (
        "text",
        "Thủ tục hành chính niêm yết ở đâu?",
        "Tại nơi tiếp nhận",
        True,
    )


def test_windows_1258_is_read():
    half_composed = "Ca\u0302u 1: Thu\u0309 tu\u0323c gi\u0300?\nA. x\nB. y\nĐa\u0301p a\u0301n: B".replace(
        "a\u0302", "â"
    )
    (question,) = text.read(half_composed.encode("cp1258")).questions
    assert (question.text, question.ready) == ("Thủ tục gì?", True)


def test_keys_may_come_in_a_second_text():
    (question,) = text.read("Câu 1: Một?\nA. x\nB. y".encode(), b"1-B").questions
    assert [choice.right for choice in question.choices] == [False, True]


@pytest.mark.parametrize(("content", "kind"), [(b"  \n", "empty"), (b"a\0b", "bad_encoding")])
def test_a_text_file_that_cannot_be_read_is_refused(content, kind):
    with pytest.raises(Unreadable) as refusal:
        text.read(content)
    assert refusal.value.kind == kind


def test_every_kind_of_fault_has_its_sentences():
    assert set(FAULT_SENTENCES) == {kind.value for kind in FaultKind}
    for kind in FaultKind:
        assert fault_message(kind) and fault_message(kind, "en")


def test_a_fault_says_what_to_do_next():
    fault = Fault(FaultKind.KEY_BEYOND_CHOICES, Severity.ERROR, "đoạn 3", (("key", "E"),))
    assert fault.message() == "Đáp án “E” không có trong các phương án. Hãy chọn lại phương án đúng."
    assert fault_message(FaultKind.NO_KEY, "en") == "No key was found. Choose the right answer."
    assert "…" in fault_message(FaultKind.KEY_UNREAD)
