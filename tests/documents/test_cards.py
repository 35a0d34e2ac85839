"""Pictures beside shared links: their size, every Vietnamese letter, long names, and the tags that name them."""

import io

import pytest
from lxml import html
from PIL import Image

from contest.web import cards
from contest.web.cards import Card

LONG = Card(
    title="Tìm hiểu cải cách hành chính nhà nước và chuyển đổi số trên địa bàn tỉnh An Bình năm 2026 " * 2,
    label="Cuộc thi trực tuyến",
    organiser="Ủy ban nhân dân tỉnh An Bình phối hợp với Tỉnh đoàn và Liên đoàn Lao động tỉnh An Bình",
    name="Đợt 3: cán bộ, công chức, viên chức và người lao động khối các cơ quan",
    when="Từ 08:00 20/11/2026 đến 24:00 30/11/2026",
    foot="Mã ngắn: K7M 2QX",
)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("card", [LONG, Card("Hội thi", "Hội thi", "")], ids=["long", "short"])
def test_a_card_has_the_size_that_networks_ask_for_and_stays_inside_its_frame(card):
    picture = opened(cards.picture(card)).convert("RGB")
    assert picture.size == (cards.WIDTH, cards.HEIGHT)
    # Nothing but paper and drum between the frame and the edge of what may be written on.
    for x in (60, 1140):
        assert {picture.getpixel((x, y))[0] > 200 for y in range(60, 570)} == {True}


@pytest.mark.slow
def test_every_vietnamese_vowel_is_drawn_as_itself():
    """A missing letter would be drawn as the same box as any other."""
    vowels = "ăâêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ"
    drawn = {cards.picture(Card(letter * 8, "", "")) for letter in vowels + vowels.upper()}
    assert len(drawn) == len(vowels) * 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_shared_link_names_its_picture_in_its_own_language(make, visitor, language):
    round_ = make.round()
    page = html.fromstring(visitor.get(f"/rounds/{round_.code}?lang={language}").text)
    said = {tag.get("property"): tag.get("content") for tag in page.iter("meta") if tag.get("property")}
    assert said["og:locale"] == {"vi": "vi_VN", "en": "en_US"}[language]
    assert round_.name in said["og:title"]
    assert said["og:image"].startswith("http")
    assert said["og:image"].endswith(f"/rounds/{round_.code}/card.png?lang={language}")
    answer = visitor.client.get(said["og:image"].partition("//")[2].partition("/")[2])
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "public" in answer.headers["Cache-Control"]
    assert opened(answer.get_data()).size == (1200, 630)
