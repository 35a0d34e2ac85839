"""Pictures in Word files: kept where they certainly belong to the text of a question, otherwise said."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Word

from contest.banks.formats import word
from contest.banks.formats.child import read_in_child
from contest.banks.formats.parsed_json import bank_from_json, bank_to_json
from contest.rules.parsed import FaultKind, ParsedBank, ParsedPicture
from tests.features.test_pictures import png

PICTURE = ParsedPicture("image/png", 40, 30, png())


def saved(document: Word) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(*lines: str | bytes) -> bytes:
    """A Word file; "▣" in a line is a picture, bytes are a picture with a line of its own."""
    document = Document()
    for line in lines:
        if isinstance(line, bytes):
            document.add_picture(io.BytesIO(line))
            continue
        runs = document.add_paragraph()
        for index, text in enumerate(line.split("▣")):
            if index:
                runs.add_run().add_picture(io.BytesIO(png()))
            runs.add_run(text)
    return saved(document)


def edited(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part of its package changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            after.writestr(name, change(before.read(name)) if name == part else before.read(name))
    return buffer.getvalue()


def seen(bank: ParsedBank) -> list[tuple[bool, bool]]:
    """Of each question: whether it has the picture, and whether one is said to be lost."""
    kinds = [[fault.kind for fault in question.faults] for question in bank.questions]
    return [
        (question.picture is not None, FaultKind.LOST_OBJECT in found)
        for question, found in zip(bank.questions, kinds, strict=True)
    ]


AFTER = ("A. Quốc huy", "B. Quốc kỳ", "Đáp án: A")
KEPT, LOST, NOTHING = (True, False), (False, True), (False, False)
ONE = written("Câu 1: Hình nào?", png(), *AFTER)


@pytest.mark.parametrize(
    "lines",
    [
        ("Câu 1: Hình nào?", png(), *AFTER),
        ("Câu 1: Hình ▣ là gì?", *AFTER),
        ("Câu 1: Hình nào?▣", *AFTER),
        ("Câu 1: Hình nào?\n▣", *AFTER),
        ("Câu 1: Hãy xem hình", png(), "rồi cho biết đó là gì?", *AFTER),
        ("Câu 1: Hãy xem", "hình này ▣ rồi trả lời?", *AFTER),
        ("Câu 1: ▣", "Hình này là gì?", *AFTER),
        ("Câu 1: Hình nào?", png(), "1. Quốc huy", "2. Quốc kỳ", "Đáp án: 1"),
        ("Câu 1: Hình này là ____", png(), "Đáp án: Quốc huy"),
    ],
)
def test_a_picture_in_the_text_of_a_question_comes_with_it(lines):
    (question,) = word.read(written(*lines)).questions
    assert (question.picture, question.faults, question.ready) == (PICTURE, (), True)


@pytest.mark.parametrize(
    "lines",
    [
        ("Câu 1: Hình nào?", "A. Quốc huy ▣", "B. Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?", "A. ▣", "B. Quốc kỳ", "Đáp án: B"),
        ("Câu 1: Hình nào?", "A ▣", "B. Quốc kỳ", "Đáp án: B"),
        ("Câu 1: Hình nào?", "A. Quốc huy", png(), "B. Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?", "A. Quốc huy\nB. Quốc kỳ ▣\nĐáp án: A"),
        ("Câu 1: Hình nào?\tA. Quốc huy\tB. ▣ Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?\nA. Quốc huy ▣\nB. Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?", "1. Quốc huy ▣", "2. Quốc kỳ", "Đáp án: 1"),
        ("Câu 1: Hình nào?", "1. Quốc huy", png(), "2. Quốc kỳ", "Đáp án: 1"),
        ("Câu 1: Hình nào?", "- ▣", "- Quốc huy", "- Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?", *AFTER, png()),
        ("Câu 1: Hình nào?", *AFTER, "Căn cứ: Nghị quyết 76 ▣"),
        ("Câu 1: Hình nào?", *AFTER, "Giải thích: Xem hình", png()),
        ("Câu 1: Hình này là ____", "Đáp án: Quốc huy ▣"),
        ("Câu 1: Hình này đúng hay sai?", png()),
        ("Câu 1: Hình nào?", png(), png(50, 50), *AFTER),
        ("Câu 1: Hình ▣ và hình ▣ là gì?", *AFTER),
        ("Câu 1: Hình nào?", png(), "A. Quốc huy ▣", "B. Quốc kỳ", "Đáp án: A"),
        ("Câu 1: Hình nào?", png(4001, 1), *AFTER),
        ("Câu 1: Hình nào?", png(padding=1024 * 1024), *AFTER),
    ],
)
def test_a_picture_elsewhere_or_one_of_several_is_said_and_holds_the_question_back(lines):
    bank = word.read(written(*lines))
    assert (seen(bank), bank.questions[0].ready) == ([LOST], False)


def test_each_question_has_its_own_picture_and_an_equal_one_may_come_twice():
    second = ("Câu 2: Hình nào nữa?", png(50, 50), png(50, 50), *AFTER)
    bank = word.read(written(png(9, 9), "Câu 1: Hình nào?", png(), *AFTER, *second, "Câu 3: Gì?", *AFTER))
    assert seen(bank) == [KEPT, KEPT, NOTHING]
    assert [each.picture and each.picture.width for each in bank.questions] == [40, 50, None]


def test_a_picture_in_the_cell_of_a_question_comes_with_it_and_one_in_the_cell_of_a_choice_is_said():
    document = Document()
    table = document.add_table(3, 4)
    rows = (
        ("Câu hỏi", "Phương án A", "Phương án B", "Đáp án"),
        ("Hình nào?▣", "Quốc huy", "Quốc kỳ", "A"),
        ("Cờ nào?", "Cờ đỏ ▣", "Cờ xanh", "A"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            words, mark, _ = text.partition("▣")
            run = cell.paragraphs[0].add_run(words)
            if mark:
                run.add_picture(io.BytesIO(png()))
    assert seen(word.read(saved(document))) == [KEPT, LOST]


def test_a_label_in_a_cell_of_its_own_goes_with_the_picture_beside_it():
    document = Document()
    table = document.add_table(2, 2)
    for row, name in zip(table.rows, ("Câu 1:", "A."), strict=True):
        row.cells[0].paragraphs[0].add_run(name)
    table.cell(0, 1).paragraphs[0].add_run("Hình nào? ").add_picture(io.BytesIO(png()))
    table.cell(1, 1).paragraphs[0].add_run("Quốc huy")
    for line in AFTER[1:]:
        document.add_paragraph(line)
    assert seen(word.read(saved(document))) == [KEPT]


@pytest.mark.parametrize("style", ["List Number", "List Bullet"])
def test_numbered_pictures_without_words_are_choices_and_never_the_picture_of_the_question(style):
    document = Document()
    document.add_paragraph("Câu 1: Hình nào?")
    document.add_paragraph(style=style).add_run().add_picture(io.BytesIO(png()))
    for line in AFTER:
        document.add_paragraph(line)
    assert seen(word.read(saved(document))) == [LOST]


def test_a_picture_beside_a_formula_is_said():
    formula = (
        b'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        b"<m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    )
    content = edited(
        written("Câu 1: Hình ▣ nào?", *AFTER),
        "word/document.xml",
        lambda part: part.replace(b"</w:p>", formula, 1),
    )
    assert seen(word.read(content)) == [LOST]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rb"<a:stretch>", b'<a:srcRect l="20000"/><a:stretch>'),
        (rb"<a:xfrm>", b'<a:xfrm rot="5400000">'),
        (rb"<a:xfrm>", b'<a:xfrm flipH="1">'),
        (rb"r:embed=", b"r:link="),
        (rb'r:embed="[^"]*"', b'r:embed="rId999"'),
        (rb"drawingml/2006/picture\"><pic:pic", b'drawingml/2006/chart"><pic:pic'),
        (rb"(<w:r>)(<w:drawing>)", rb"\1<w:rPr><w:vanish/></w:rPr>\2"),
    ],
)
def test_a_picture_that_word_shows_otherwise_or_does_not_hold_is_said(before, after):
    content = edited(ONE, "word/document.xml", lambda part: re.sub(before, after, part))
    assert (content != ONE, seen(word.read(content))) == (True, [LOST])


@pytest.mark.parametrize("part", [b"media/image1.png", b"media/gone.png", b"../../outside.png"])
def test_a_picture_outside_the_file_or_missing_from_it_is_said(part):
    def change(relations: bytes) -> bytes:
        outside = b'" TargetMode="External' if part == b"media/image1.png" else b""
        return relations.replace(b"media/image1.png", part + outside)

    assert seen(word.read(edited(ONE, "word/_rels/document.xml.rels", change))) == [LOST]


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x01\x00\x00\x00" + bytes(60)])
def test_a_file_that_is_no_picture_of_a_kind_phones_show_is_said(content):
    assert seen(word.read(edited(ONE, "word/media/image1.png", lambda _: content))) == [LOST]


def test_a_part_named_from_the_root_of_the_package_is_found():
    content = edited(
        ONE,
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b'"media/image1', b'"/word/media/image1'),
    )
    assert seen(word.read(content)) == [KEPT]


def test_so_many_pictures_that_no_file_honestly_has_are_said():
    large = png(padding=1000 * 1024)
    lines = [line for n in range(1, 61) for line in (f"Câu {n}: Hình số {n} là gì?", large, *AFTER)]
    found = seen(word.read(written(*lines)))
    assert (found[0], found[-1]) == (KEPT, LOST)


def test_a_picture_crosses_from_the_reading_process_byte_by_byte():
    bank = read_in_child(ONE, "de.docx")
    assert bank == word.read(ONE) == bank_from_json(bank_to_json(bank))
    assert bank.questions[0].picture == PICTURE
