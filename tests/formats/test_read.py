"""Any file is read by its content; a name that says otherwise is pointed out."""

import io

import docx
import pytest
from workbooks import HEADER, ods, ods_row, xls, xlsx

from contest.banks.formats.parsed_json import bank_from_json, bank_to_json
from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, Severity

ROW = (1, "Một cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", "A")
LINES = ("Câu 1: Một cửa là gì?", "A. Nơi nộp", "B. Nơi ở", "C. Nơi bán", "D. Nơi chơi")
TEXT = "\n".join((*LINES, "Đáp án: A"))


def word(*lines: str) -> bytes:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


CSV = "\n".join(",".join(map(str, row)) for row in (HEADER, ROW)).encode()
FILES = {
    "docx": word(*LINES, "Đáp án: A"),
    "xlsx": xlsx([HEADER, ROW]),
    "xls": xls([HEADER, ROW]),
    "ods": ods(ods_row(HEADER) + ods_row(ROW)),
    "csv": CSV,
    "text": TEXT.encode(),
}
EXTENSIONS = {"text": "txt"}


@pytest.mark.parametrize("name", FILES)
def test_each_format_gives_the_same_question(name: str) -> None:
    bank = read_bank(FILES[name], f"a.{EXTENSIONS.get(name, name)}")
    question = bank.questions[0]
    assert (bank.format, bank.found, bank.ready, bank.faults) == (name, 1, 1, ())
    assert (question.number, question.kind, question.text) == ("1", "single", "Một cửa là gì?")
    assert [(choice.label, choice.text, choice.right) for choice in question.choices] == [
        ("A", "Nơi nộp", True),
        ("B", "Nơi ở", False),
        ("C", "Nơi bán", False),
        ("D", "Nơi chơi", False),
    ]


@pytest.mark.parametrize(
    ("name", "filename"),
    [("xlsx", "a.docx"), ("xls", "a.xlsx"), ("ods", "a.xls"), ("docx", "a.xlsx"), ("csv", "a.xls")],
)
def test_a_renamed_file_is_read_by_its_content_and_pointed_out(name: str, filename: str) -> None:
    bank = read_bank(FILES[name], filename)
    assert (bank.format, bank.ready) == (name, 1)
    assert [(fault.kind, fault.severity) for fault in bank.faults] == [
        (FaultKind.FILE_NOTE, Severity.WARNING)
    ]
    assert filename[1:] in bank.faults[0].message()


@pytest.mark.parametrize(
    ("filename", "kind"), [("a.docx", "not_docx"), ("a.xlsx", "not_sheet"), ("a.ods", "not_sheet")]
)
def test_text_under_the_name_of_an_office_file_is_refused(filename: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(TEXT.encode(), filename)
    assert refusal.value.kind == kind


def test_delimited_text_is_known_without_its_extension() -> None:
    assert read_bank(CSV, "a.txt").format == "csv"
    assert read_bank(CSV, "a").format == "csv"


def test_a_document_saved_under_the_name_of_a_table_is_read_as_a_document() -> None:
    lines = TEXT.replace("Một cửa là gì?", "Một, hai hay ba?")
    bank = read_bank(lines.encode(), "a.csv")
    assert (bank.format, bank.questions[0].text, bank.ready) == ("text", "Một, hai hay ba?", 1)


def test_a_table_without_header_is_told_what_a_table_needs() -> None:
    bank = read_bank(b"a,b\nc,d\n", "a.csv")
    assert (bank.format, bank.found) == ("csv", 0)
    assert "tiêu đề" in bank.faults[1].message()


def test_a_second_file_holds_the_keys_of_a_document() -> None:
    bank = read_bank(word(*LINES), "a.docx", word("BẢNG ĐÁP ÁN", "1-A"))
    assert (bank.ready, bank.questions[0].choices[0].right) == (1, True)
    bank = read_bank("\n".join(LINES).encode(), "a.txt", "BẢNG ĐÁP ÁN\n1-A".encode())
    assert (bank.ready, bank.questions[0].choices[0].right) == (1, True)


def test_a_second_file_beside_a_sheet_is_said_to_be_unused() -> None:
    bank = read_bank(FILES["xlsx"], "a.xlsx", b"1-A")
    assert [fault.kind for fault in bank.faults] == [FaultKind.FILE_NOTE]


@pytest.mark.parametrize("name", FILES)
def test_a_bank_comes_back_from_json_as_it_was(name: str) -> None:
    bank = read_bank(FILES[name], "a.csv")
    assert bank_from_json(bank_to_json(bank)) == bank
