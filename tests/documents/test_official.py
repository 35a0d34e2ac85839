"""Official papers: what stands on top of whose, numbers and days, many rows, hostile texts, the same bytes."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from docx import Document

from contest.rules.official import Body, Letterhead, number_line, place_and_day, top
from contest.web.official import Align, Column, Heading, Official, Paragraph, Table
from contest.web.official_docx import docx
from contest.web.official_pdf import pdf

HEAD = Letterhead(
    Body.STATE,
    "Ủy ban nhân dân tỉnh An Bình",
    "Sở Nội vụ",
    "BC-SNV",
    "An Bình",
    "Giám đốc",
    "Nguyễn Thị Ánh",
    "Ban tổ chức\nLưu: VT",
)
COLUMNS = (Column("TT", 6, Align.CENTRE), Column("Đơn vị", 60), Column("Người", 20, Align.RIGHT))


def paper(rows: int = 3, head: Letterhead = HEAD, about: str = "Kết quả tham gia") -> Official:
    lines = [
        [str(n), f"Trường Trung học phổ thông Lý Thường Kiệt số {n}", "1.054"] for n in range(1, rows + 1)
    ]
    blocks = [Heading("I. KẾT QUẢ"), Paragraph("Có 1.054 người."), Table(COLUMNS, lines, frozenset({0}))]
    return Official(head, "BÁO CÁO", about, blocks, datetime(2026, 10, 5, tzinfo=UTC), 5, date(2026, 2, 3))


def words(content: bytes) -> str:
    return " ".join(words_of(page) for page in pypdfium2.PdfDocument(content))


def words_of(page) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", " ")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 2, 3), "An Bình, ngày 03 tháng 02 năm 2026"),
        (date(2026, 3, 10), "An Bình, ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 31), "An Bình, ngày 31 tháng 12 năm 2026"),
        (None, "An Bình, ngày      tháng      năm"),
    ],
)
def test_days_are_written_as_the_decree_writes_them(day, said):
    assert place_and_day("An Bình", day) == said


@pytest.mark.parametrize(
    ("body", "number", "said"),
    [
        (Body.STATE, 5, "Số: 05/BC-SNV"),
        (Body.UNION, 112, "Số: 112/BC-SNV"),
        (Body.PARTY, 5, "Số 05-BC-SNV"),
        (Body.YOUTH, 12, "Số 12-BC-SNV"),
        (Body.STATE, None, "Số:       /BC-SNV"),
    ],
)
def test_numbers_are_written_as_each_kind_of_body_writes_them(body, number, said):
    assert number_line(Letterhead(body, sign="BC-SNV"), number) == said


@pytest.mark.parametrize(
    ("body", "right", "mark"),
    [
        (Body.STATE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        (Body.UNION, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        (Body.PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM", "*"),
        (Body.YOUTH, "ĐOÀN TNCS HỒ CHÍ MINH", "***"),
    ],
)
def test_each_kind_of_body_has_its_own_top(body, right, mark):
    head = Letterhead(body, name="Sở Nội vụ")
    assert (top(head, 1, None).right[0], top(head, 1, None).mark) == (right, mark)
    assert right in words(pdf(paper(head=head)))
    first = Document(io.BytesIO(docx(paper(head=head)))).tables[0].rows[0].cells[1]
    assert first.text.startswith(right)


def test_the_same_paper_is_the_same_file():
    assert docx(paper()) == docx(paper())
    assert pdf(paper()) == pdf(paper())
    assert docx(paper()) != docx(paper(4))


def test_a_long_table_repeats_its_head_and_pages_are_numbered_from_the_second():
    pages = pypdfium2.PdfDocument(pdf(paper(120)))
    assert len(pages) >= 3
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert all("Đơn vị" in text for text in texts[:-1])
    assert texts[1].split()[0] == "2"
    assert texts[0].split()[0] != "1"
    table = Document(io.BytesIO(docx(paper(120)))).tables[2]
    assert [len(table.rows), table.rows[120].cells[0].text] == [121, "120"]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml


def test_texts_are_data_and_never_markup_or_damage_to_the_file():
    hostile = "#eval(1) *đậm* <w:t>\x00\x0b & “kết quả” $x$ \ud800"
    found = docx(paper(about=hostile))
    assert "#eval(1) *đậm* <w:t>" in [line.text for line in Document(io.BytesIO(found)).paragraphs][1]
    assert "#eval(1) *đậm* <w:t>" in words(pdf(paper(about=hostile)))


def test_every_vietnamese_letter_is_printed_in_every_face_used():
    groups = ("ăằắẳẵặâầấẩẫậ", "êềếểễệôồốổỗộ", "ơờớởỡợưừứửữự", "đĐỮỘẶỲỸỴỶÝ")
    # A warning of the typesetter is a fault; a letter without a glyph would come out as another, or as none.
    head = Letterhead(name="Sở", place=" ".join(groups), signer=" ".join(groups), recipients=" ".join(groups))
    text = words(pdf(paper(head=head, about=" ".join(groups))))
    assert [text.count(group) for group in groups] == [4, 4, 4, 4]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_file(tmp_path):
    (printed,) = in_libreoffice(docx(paper(60)), tmp_path)
    text = words(printed)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Trường Trung học phổ thông Lý Thường Kiệt số 60" in text


@pytest.mark.parametrize("rows", [33, 34, 35, 36])
def test_who_signs_stays_on_one_page_with_the_last_sentence(tmp_path, rows):
    title = "T/M Ban Thường vụ\nTrưởng ban"
    head = Letterhead(Body.PARTY, "Tỉnh ủy An Bình", "Ban Tuyên giáo", "BC", "An Bình", title, "Lê Văn Tám")
    one = paper(rows, head)
    one = replace(one, blocks=[*one.blocks, Paragraph("Người dự thi do hệ thống đếm.", note=True)])
    content = docx(one)
    document = Document(io.BytesIO(content))
    last, gap = document.paragraphs[-2:]
    assert (last.text, last.paragraph_format.keep_with_next) == ("Người dự thi do hệ thống đếm.", True)
    assert gap.paragraph_format.keep_with_next
    assert document.tables[-1].rows[0]._tr.xpath("w:trPr/w:cantSplit")
    for printed in (pdf(one), *in_libreoffice(content, tmp_path)):
        pages = [words_of(page) for page in pypdfium2.PdfDocument(printed)]
        assert [("T/M BAN" in page, "TRƯỞNG BAN" in page, "Lê Văn Tám" in page) for page in pages][-1] == (
            True,
        ) * 3


def in_libreoffice(content: bytes, folder) -> list[bytes]:
    """The Word file as LibreOffice prints it, where it is installed."""
    if shutil.which("soffice") is None:
        return []
    (folder / "bao-cao.docx").write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "bao-cao.docx")], check=True, capture_output=True, timeout=120)
    return [(folder / "bao-cao.pdf").read_bytes()]
