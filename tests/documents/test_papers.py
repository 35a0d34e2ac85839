"""A printed paper says its number on every page, holds every word, and keeps its keys apart."""

import ctypes
import unicodedata
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from contest.web.papers import Choice, Heading, NumberedPaper, Question, papers

HEADING = Heading(
    organiser="Ban Chỉ đạo cải cách hành chính tỉnh Vĩnh An",
    label="Cuộc thi trực tuyến",
    title="Tìm hiểu công tác cải cách hành chính năm 2026",
    round_name="Đợt 1",
    minutes=20,
    note="Khoanh tròn chữ cái trước phương án đúng.",
)
MM = 72 / 25.4
# Every vowel of Vietnamese with every tone, and đ.
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)


def question(text: str, *choices: str, right: str = "A") -> Question:
    lettered = zip("ABCDEFGH", choices, strict=False)
    return Question(text, [Choice(*choice) for choice in lettered], key=", ".join(right))


def paper(number: int, count: int = 20) -> NumberedPaper:
    return NumberedPaper(
        str(number),
        [
            question(
                f"Việc thứ {place} của đề {number} do cơ quan nào giải quyết theo quy định hiện hành?",
                "Ủy ban nhân dân",
                "Hội đồng nhân dân",
                "Sở Nội vụ",
                "Văn phòng",
                right="ABCD"[(place + number) % 4],
            )
            for place in range(1, count + 1)
        ],
    )


def pages(*numbered: NumberedPaper, heading: Heading = HEADING, **options: object) -> list[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(papers(heading, numbered, **options))  # type: ignore[arg-type]
    return [document[index] for index in range(len(document))]


def words_of(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_range().replace("\u200b", "").replace("\ufffe", "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def boxes(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Each visible letter with left, bottom, right, top in millimetres."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        if letter.strip("\u200b \r\n"):
            left, bottom, right, top = (side / MM for side in text.get_charbox(index))
            found.append((letter, left, bottom, right, top))
    return found


def heights_of_labels(page: pypdfium2.PdfPage) -> int:
    """On how many lines the letters A to D stand that open the choices of a page with one question."""
    text = page.get_textpage()
    bottoms = set()
    for label in "ABCD":
        index = text.search(f"{label}.", match_case=True).get_next()
        assert index is not None
        bottoms.add(round(text.get_charbox(index[0])[1]))
    return len(bottoms)


def test_a_paper_is_a4_and_says_whose_it_is_what_it_asks_and_how_long() -> None:
    (page,) = pages(paper(101, 3))
    assert [round(side / MM) for side in page.get_size()] == [210, 297]
    words = words_of(page)
    for said in (
        HEADING.organiser,
        HEADING.label,
        HEADING.title,
        HEADING.round_name,
        HEADING.note,
        "Số câu: 3 · Thời gian làm bài: 20 phút",
        "Mã đề 101",
        "Họ và tên:",
        "Đơn vị:",
        "Câu 3.",
        "Trang 1/1",
        "— Hết —",
    ):
        assert said in words


def test_each_paper_counts_its_own_pages() -> None:
    feet = [words_of(page)[-30:] for page in pages(paper(101, 40), paper(102, 2))]
    assert [foot.partition("Mã đề ")[2] for foot in feet[:-1]] == [
        f"101 Trang {number}/{len(feet) - 1}" for number in range(1, len(feet))
    ]
    assert feet[-1].endswith("Mã đề 102 Trang 1/1")


def test_without_a_key_no_page_tells_the_answers() -> None:
    right, wrong = (question("Ai?", "Một", "Hai", right=key) for key in "AB")
    first, second = (papers(HEADING, [NumberedPaper("1", [each])]) for each in (right, wrong))
    assert first == second


@pytest.mark.parametrize("columns", [1, 2])
def test_the_key_stands_on_a_page_of_its_own_for_all_papers_side_by_side(columns: int) -> None:
    *_, last = pages(paper(101, 4), paper(102, 4), with_key=True, columns=columns)
    words = words_of(last)
    assert "Bảng đáp án" in words
    assert words.endswith("Câu 101 102 1 C D 2 D A 3 A B 4 B C")


def test_the_key_of_one_paper_names_it_and_several_right_choices_stand_together() -> None:
    several = question("Chọn nhiều phương án", "Một", "Hai", "Ba", right="AC")
    *_, last = pages(NumberedPaper("7", [several]), with_key=True)
    assert words_of(last).endswith("Mã đề 7 Câu Trả lời 1 A, C")


def test_papers_of_different_length_leave_their_last_cells_empty() -> None:
    *_, last = pages(paper(1, 1), paper(2, 2), with_key=True)
    assert words_of(last).endswith("Câu 1 2 1 C D 2 A")


def test_more_papers_than_fit_side_by_side_go_into_further_tables() -> None:
    words = " ".join(map(words_of, pages(*(paper(number, 1) for number in range(101, 115)), with_key=True)))
    assert "Câu 101 102 103 104 105 106 107 108 109 110 111 112 1" in words
    assert "Câu 113 114 1" in words


@pytest.mark.parametrize(
    ("choices", "lines"),
    [
        (("4", "5", "6", "7"), 1),
        (("Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân cấp xã", "Sở Nội vụ", "Bộ Nội vụ"), 2),
        (("Thẩm quyền của Ủy ban nhân dân cấp tỉnh theo luật",) * 4, 4),
        (("Một\nhai", "Ba", "Bốn", "Năm"), 4),
    ],
)
def test_choices_stand_beside_each_other_where_they_fit(choices: tuple[str, ...], lines: int) -> None:
    (page,) = pages(
        NumberedPaper("1", [question("Chọn một?", *choices)]), heading=replace(HEADING, organiser="")
    )
    assert heights_of_labels(page) == lines


@pytest.mark.parametrize("columns", [1, 2])
def test_no_letter_leaves_the_margins_however_long_the_texts_are(columns: int) -> None:
    long = question("Dài " * 300 + "https://" + "x" * 300, "ngắn", "Dài " * 200, "y" * 200, "\n".join("abc"))
    for page in pages(
        NumberedPaper("1", [long, long]), heading=replace(HEADING, title="Tên " * 60), columns=columns
    ):
        assert all(
            19 < left < right < 196 and 8 < bottom < top < 283 for _, left, bottom, right, top in boxes(page)
        )


def test_a_question_is_not_torn_apart_by_the_end_of_a_page() -> None:
    for page in pages(paper(1, 60)):
        words = words_of(page)
        assert words.count("Câu ") == words.count("D. Văn phòng")


def test_an_answer_to_write_down_has_a_line_and_its_words_stand_in_the_key() -> None:
    typed = Question("Thủ đô?", written=True, key="Hà Nội; Thủ đô Hà Nội")
    page, last = pages(NumberedPaper("1", [typed]), with_key=True)
    assert "Trả lời: ...." in words_of(page)
    assert "Hà Nội" not in words_of(page)
    assert words_of(last).endswith("1 Hà Nội; Thủ đô Hà Nội")


def test_what_is_matched_stands_above_the_choices() -> None:
    matching = Question("Ghép", [Choice("A", "Trung ương")], [Choice("1", "Bộ Nội vụ")], True, "1–A")
    (page,) = pages(NumberedPaper("1", [matching]))
    assert "Ghép 1. Bộ Nội vụ A. Trung ương Trả lời: ...." in words_of(page)


def test_printed_on_both_sides_each_paper_begins_on_a_front_page() -> None:
    found = [words_of(page) for page in pages(paper(1, 2), paper(2, 2), with_key=True, two_sided=True)]
    assert ["Mã đề 1" in found[0], found[1], "Mã đề 2" in found[2], found[3]] == [True, "", True, ""]
    assert "Bảng đáp án" in found[4]
    assert len(pages(paper(1, 2), paper(2, 2), with_key=True)) == 3


def test_every_vietnamese_letter_is_set_in_be_vietnam_pro() -> None:
    (page,) = pages(NumberedPaper("1", [question(f"{LETTERS} đĐ “” – … ± ≥", "→", "Hai")]))
    assert f"{LETTERS}đĐ" in words_of(page).replace(" ", "")
    text, fonts, buffer = page.get_textpage(), set(), ctypes.create_string_buffer(200)
    for index in range(text.count_chars()):
        pdfium.FPDFText_GetFontInfo(text, index, buffer, 200, ctypes.c_int())
        if unicodedata.category(text.get_text_range(index, 1)[:1] or " ").startswith("L"):
            fonts.add(buffer.value.decode().split("+")[-1].split("-")[0])
    assert fonts - {""} == {"BeVietnamPro"}


def test_texts_with_marks_of_a_markup_language_are_printed_as_they_are() -> None:
    marks = '#set page(fill: red) *đậm* _nghiêng_ $x$ @ref <b> \\ "ngoặc" [ ] { } // = - + 1.'
    (page,) = pages(NumberedPaper("1", [question(marks, marks, "Hai")]), heading=replace(HEADING, note=marks))
    assert words_of(page).count(marks) == 3


def test_control_characters_do_not_reach_the_page_and_lines_stay_lines() -> None:
    (page,) = pages(NumberedPaper("1", [question("Xét\x00:\r\n– Ý một\x1b\n\n– Ý hai", "A", "B")]))
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    assert "Xét:\n– Ý một\n– Ý hai" in text


def test_an_english_paper_has_no_vietnamese_words_of_ours() -> None:
    bare = Heading("", "", "Contest", "", language="en")
    words = " ".join(map(words_of, pages(paper(1, 1), heading=bare, with_key=True)))
    for said in ("Paper 1", "Questions: 1", "Full name:", "Page 1/1", "Answer key"):
        assert said in words
    for missing in ("Mã đề", "Thời gian", "Trang", "None"):
        assert missing not in words


def test_the_same_papers_give_the_same_bytes_and_none_are_refused() -> None:
    assert papers(HEADING, [paper(1)]) == papers(HEADING, [paper(1)])
    with pytest.raises(ValueError, match="at least one paper"):
        papers(HEADING, [])
