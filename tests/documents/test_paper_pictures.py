"""A question's picture is printed under its text: in every format, never wider than its column, never over a page's end."""

import io
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from contest.web.papers import NumberedPaper, Picture, Question, papers
from tests.documents.test_papers import HEADING, MM, pages, paper, question, words_of

RED = (200, 30, 30)
DAMAGED = "Hình của câu này bị hỏng, không in được."


def drawn(width: int, height: int, form: str = "PNG", **options: object) -> Picture:
    """A picture all in red."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), RED).save(target, form, **options)
    return Picture(target.getvalue(), max(width, height))


def asked(picture: Picture | None) -> Question:
    return replace(question("Hình này là gì?", "Quốc huy", "Quốc kỳ"), picture=picture)


def sides(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each picture in millimetres."""
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5)
    return [tuple(side / MM for side in each.get_bounds()) for each in found]  # type: ignore[misc]


def size(page: pypdfium2.PdfPage) -> tuple[int, int]:
    ((left, bottom, right, top),) = sides(page)
    return round(right - left), round(top - bottom)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_of_each_format_is_on_the_page_between_the_question_and_its_choices(form: str) -> None:
    (page,) = pages(NumberedPaper("101", [asked(drawn(300, 200, form))]))
    ((left, bottom, right, top),) = sides(page)
    shown = page.render(scale=1 / MM).to_pil().convert("RGB")
    middle = shown.getpixel((round((left + right) / 2), round(297 - (bottom + top) / 2)))
    assert all(abs(seen - wanted) < 9 for seen, wanted in zip(middle, RED, strict=True))
    text = page.get_textpage()
    places = [text.search(words).get_next()[0] for words in ("Hình này", "Quốc huy")]
    above, below = (text.get_charbox(place)[1] / MM for place in places)
    assert above > top and bottom > below


@pytest.mark.parametrize(
    ("picture", "columns", "wanted"),
    [
        (drawn(300, 200), 1, (79, 53)),
        (drawn(40, 30, dpi=(1200, 1200)), 1, (11, 8)),
        (drawn(300, 600), 1, (30, 60)),
        (drawn(4000, 1000), 1, (175, 44)),
        (drawn(4000, 1000), 2, (84, 21)),
        (drawn(4000, 1), 1, (175, 0)),
        (drawn(1, 4000), 1, (0, 60)),
    ],
)
def test_a_picture_is_as_large_as_on_a_screen_but_fits_its_column_and_six_centimetres(
    picture: Picture, columns: int, wanted: tuple[int, int]
) -> None:
    (page,) = pages(NumberedPaper("101", [asked(picture)]), columns=columns)
    assert size(page) == wanted


def test_a_photograph_taken_sideways_is_printed_upright() -> None:
    turned = Image.Exif()
    turned[0x112] = 6
    (page,) = pages(NumberedPaper("101", [asked(drawn(200, 100, "JPEG", exif=turned))]))
    assert size(page) == (26, 53)


@pytest.mark.parametrize("columns", [1, 2])
def test_pictures_stay_inside_the_margins_and_with_their_questions(columns: int) -> None:
    numbered = NumberedPaper("101", [asked(drawn(500, 400 + place)) for place in range(12)])
    found = pages(numbered, columns=columns)
    assert sum(len(sides(page)) for page in found) == 12
    for page in found:
        assert words_of(page).count("Hình này là gì?") == words_of(page).count("Quốc huy") == len(sides(page))
        for left, bottom, right, top in sides(page):
            assert left >= 19.9 and right <= 195.1 and bottom >= 17.9 and top <= 281.1


def test_papers_share_a_picture_that_is_the_same() -> None:
    noise = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(noise, "PNG")
    content = noise.getvalue()
    sheets = [
        NumberedPaper(str(number), [asked(Picture(bytes(bytearray(content)), 200))]) for number in range(5)
    ]
    assert len(papers(HEADING, sheets)) - len(papers(HEADING, sheets[:1])) < len(content)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", drawn(300, 200).content[:60], b""])
def test_a_damaged_picture_leaves_a_sentence_in_its_place_and_spares_the_others(content: bytes) -> None:
    (page,) = pages(NumberedPaper("101", [asked(Picture(content, 300)), asked(drawn(30, 20)), asked(None)]))
    assert words_of(page).count(DAMAGED) == len(sides(page)) == 1


def test_a_paper_without_pictures_says_nothing_about_them() -> None:
    (page,) = pages(paper(101, 3))
    assert sides(page) == []
    assert DAMAGED not in words_of(page)
