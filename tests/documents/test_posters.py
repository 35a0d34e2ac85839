"""A poster leads whoever scans or types it into the contest."""

import ctypes
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from contest.web import posters
from contest.web.posters import Card, DocumentFault, Poster

ADDRESS = "https://hoithi.vinhan.gov.vn/d/K7M2QX?unit=P-01"
POSTER = Poster(
    title="Tìm hiểu công tác cải cách hành chính năm 2026",
    label="Cuộc thi trực tuyến",
    organiser="Ủy ban nhân dân tỉnh Vĩnh An",
    when="Từ 8 giờ 00 ngày 12/10/2026 đến 8 giờ 00 ngày 19/10/2026",
    code="K7M2QX",
    address=ADDRESS,
    unit="Ủy ban nhân dân phường Nguyễn Trãi",
    place="Nhà văn hóa phường Nguyễn Trãi",
    note="Không cần tài khoản, không mất phí.",
)
LONG = "Trung tâm Phục vụ hành chính công đặc khu Trường Nghiêng Thưởng Nguyễn " * 5
LONG_ADDRESS = "https://cuocthi-timhieu-caicachhanhchinh.tinhvinhan.gov.vn/hoi-thi/d/K7M2QX?unit=" + "P" * 80
EXTREME = Poster(LONG, LONG, LONG, LONG, "K7M2QX", LONG_ADDRESS, LONG, LONG, LONG)
ENGLISH = replace(POSTER, language="en", unit=None, place=None, note="")

MM = 72 / 25.4


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def words_of(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_range().replace("\u200b", "").replace("\ufffe", "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def codes_at_60_dpi(page: pypdfium2.PdfPage) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(page.render(scale=60 / 72).to_pil())


def letter_boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every visible letter in millimetres from the lower left corner."""
    text = page.get_textpage()
    visible = [
        index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip("\u200b \r\n")
    ]
    return [tuple(side / MM for side in text.get_charbox(index)) for index in visible]  # type: ignore[misc]


def fonts_of(page: pypdfium2.PdfPage) -> set[str]:
    text, found, buffer = page.get_textpage(), set(), ctypes.create_string_buffer(200)
    for index in range(text.count_chars()):
        pdfium.FPDFText_GetFontInfo(text, index, buffer, 200, ctypes.c_int())
        found.add(buffer.value.decode().split("+")[-1].split("-")[0])
    return found - {""}


@pytest.mark.parametrize("content", [POSTER, EXTREME, ENGLISH], ids=["usual", "extreme", "english"])
def test_the_code_of_a_poster_reads_back_from_a_60_dpi_raster(content):
    assert [code.text for code in codes_at_60_dpi(opened(posters.poster(content))[0])] == [content.address]


def test_the_code_still_reads_from_a_grey_print():
    grey = opened(posters.poster(POSTER))[0].render(scale=60 / 72, grayscale=True).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(grey)] == [ADDRESS]


def test_a_poster_is_one_a4_page_whose_code_takes_a_third_of_the_width():
    document = opened(posters.poster(POSTER))
    assert len(document) == 1
    assert [round(side / MM) for side in document[0].get_size()] == [210, 297]
    corners = codes_at_60_dpi(document[0])[0].position
    assert corners.top_right.x - corners.top_left.x >= 210 * 60 / 25.4 / 3


def test_a_poster_says_everything_in_vietnamese():
    words = words_of(opened(posters.poster(POSTER))[0])
    for said in (
        POSTER.title,
        POSTER.label,
        POSTER.organiser,
        POSTER.when,
        POSTER.place,
        POSTER.note,
        "Dành cho: Ủy ban nhân dân phường Nguyễn Trãi",
        "K7M 2QX",
        "hoithi.vinhan.gov.vn/d/K7M2QX",
        "Mở Zalo hoặc máy ảnh, quét mã",
        "Nhập họ tên, đơn vị",
        "Làm bài, nộp bài",
    ):
        assert said in words
    assert "unit=P-01" not in words


def test_an_english_poster_has_no_vietnamese_sentence_of_ours_and_no_empty_line():
    words = words_of(opened(posters.poster(ENGLISH))[0])
    assert "Scan the code with Zalo or the camera" in words
    assert "Dành cho" not in words
    assert "For:" not in words


@pytest.mark.parametrize("content", [POSTER, EXTREME, ENGLISH], ids=["usual", "extreme", "english"])
def test_no_letter_leaves_the_frame_or_stands_on_the_code(content):
    for left, bottom, right, top in letter_boxes(opened(posters.poster(content))[0]):
        assert 12 < left < right < 198
        assert 12 < bottom < top < 285
        beside_the_code = right < 57 or left > 153 or bottom > 297 - 117 or top < 297 - 213
        assert beside_the_code


def test_a_text_without_a_space_breaks_inside_the_frame():
    content = replace(POSTER, title="x" * 400, unit="Ủ" * 400)
    assert all(
        12 < left < right < 198 for left, _, right, _ in letter_boxes(opened(posters.poster(content))[0])
    )


def test_every_letter_is_set_in_be_vietnam_pro():
    decomposed = replace(POSTER, title=unicodedata.normalize("NFD", "Ưỡng ẹo Ặng đỗ – “Ngữ”"))
    assert fonts_of(opened(posters.poster(decomposed))[0]) == {"BeVietnamPro"}


def test_a_title_with_marks_of_a_markup_language_is_printed_as_it_is():
    title = '#set page(fill: red) *đậm* _nghiêng_ $x$ @ref <b> \\ "ngoặc" [ ] { }'
    assert title in words_of(opened(posters.poster(replace(POSTER, title=title)))[0])


def test_control_characters_and_line_ends_do_not_reach_the_page():
    words = words_of(opened(posters.poster(replace(POSTER, title="Hội\x00 thi\r\nmới\x1b")))[0])
    assert "Hội thi mới" in words


def test_many_posters_are_the_pages_of_one_file_in_order():
    contents = [
        replace(POSTER, address=f"{ADDRESS}&n={number}", unit=f"Xã số {number}") for number in range(4)
    ]
    document = opened(posters.posters(contents))
    assert [codes_at_60_dpi(page)[0].text for page in document] == [content.address for content in contents]
    assert [f"Xã số {number}" in words_of(page) for number, page in enumerate(document)] == [True] * 4


def test_the_same_poster_gives_the_same_bytes_also_from_several_threads():
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(posters.poster, [POSTER] * 6))) == 1


def test_a_sheet_holds_eight_cards_a_page_and_every_code_reads():
    cards = [Card(f"Tổ dân phố {number}", f"ABC{number:03}", f"{ADDRESS}&n={number}") for number in range(10)]
    document = opened(posters.qr_sheet(POSTER.title, cards))
    assert len(document) == 2
    read = [
        {code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())} for page in document
    ]
    assert read == [{card.address for card in cards[:8]}, {card.address for card in cards[8:]}]
    assert "ABC 009" in words_of(document[1])
    assert POSTER.title in words_of(document[1])


def test_a_card_with_very_long_texts_stays_inside_its_cut_lines():
    page = opened(posters.qr_sheet(LONG, [Card(LONG, "K7M2QX", LONG_ADDRESS)]))[0]
    for left, bottom, right, top in letter_boxes(page):
        assert 10 < left < right < 105
        assert 297 - 10.5 - 69 < bottom < top < 297 - 10.5


def test_no_poster_and_no_card_is_refused():
    with pytest.raises(ValueError, match="at least one poster"):
        posters.posters([])
    with pytest.raises(ValueError, match="at least one card"):
        posters.qr_sheet("Hội thi", [])


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('#set text(font: "No Such Font")\nXin chào', "unknown font family"),
        ("#let broken = (", "unclosed delimiter"),
    ],
)
def test_a_template_that_only_warns_is_a_fault(tmp_path, monkeypatch, template, fault):
    (tmp_path / "poster.typ").write_text(template, encoding="utf-8")
    monkeypatch.setattr(posters, "TEMPLATES", tmp_path)
    with pytest.raises(DocumentFault, match=rf"poster\.typ: .*{fault}"):
        posters.poster(POSTER)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://hoithi.vn/d/K7M2QX?unit=1#top", "hoithi.vn/d/K7M2QX"),
        ("http://127.0.0.1:8000/d/K7M2QX", "127.0.0.1:8000/d/K7M2QX"),
        ("https://hoithi.vn/", "hoithi.vn"),
        ("K7M2QX", "K7M2QX"),
    ],
)
def test_an_address_is_shown_as_somebody_types_it(address, shown):
    assert posters.address_in_words(address).replace("\u200b", "") == shown


@pytest.mark.parametrize(
    ("code", "read"), [("K7M2QX", "K7M 2QX"), ("K7M 2QX", "K7M 2QX"), ("AB", "AB"), ("ABCD", "ABC D")]
)
def test_a_short_code_is_read_in_threes(code, read):
    assert posters.spaced_code(code) == read
