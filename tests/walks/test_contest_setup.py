"""The organiser's whole way: from an empty site to a published round, by the links each page offers."""

import re
from html import unescape

from contest.permissions import Role
from tests.conftest import Answer, Browser
from tests.setting_up import BASICS, ROUND


def link(page: Answer, text: str) -> str:
    """Where the page's link with these words leads."""
    for href, words in re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page.text, flags=re.S):
        if text in unescape(re.sub(r"<[^>]+>", "", words)):
            return unescape(href)
    raise AssertionError(f"no link “{text}” on the page: {page.words()[:600]}")


def test_from_an_empty_site_to_a_published_round(browser_for, visitor, make, at):
    organiser: Browser = browser_for(Role.ORGANISER)
    at(days=0)
    empty = organiser.get(link(organiser.get("/desk"), "Cuộc thi"))
    new = link(empty, "Lập cuộc thi")
    step = organiser.follow(organiser.post(new, **BASICS))
    assert "Cần một ngân hàng câu hỏi trước" in step.words()

    bank = make.bank(40, name="Thủ tục hành chính")
    step = organiser.get(link(step, "Đợt thi"))
    adding = link(step, "Thêm đợt thi")
    assert "Thủ tục hành chính (40 câu dùng được)" in organiser.get(adding).words()
    recipe_at = organiser.post(adding, **(ROUND | {"bank_id": str(bank.id), "papers_wanted": "20"})).location
    lines = {
        "lines-0-count": "6", "lines-0-topic": "Thể chế", "lines-0-level": "Nhận biết",
        "lines-1-count": "4", "lines-1-topic": "", "lines-1-level": "",
    }  # fmt: skip
    recipe = organiser.follow(organiser.post(recipe_at, **lines))
    assert "Mỗi đề có 10 câu, ngân hàng “Thủ tục hành chính” đủ câu." in recipe.words()

    opening = organiser.get(link(recipe, "Mở"))
    assert "Chưa công bố được đợt thi này" in opening.words()
    rules_at = link(opening, "Đến thể lệ")
    text = unescape(
        organiser.get(rules_at).text.partition('name="text"')[2].partition(">")[2].partition("<")[0]
    )
    rules = organiser.follow(organiser.post(rules_at, text=text.strip() + "\n\nGiải Nhất: 2.000.000 đồng."))
    opening = organiser.get(link(rules, "Sang bước mở"))
    assert "20 mã đề, mỗi đề 10 câu" in opening.words()
    publish_at = re.search(r'action="([^"]+/publish)"', opening.text)[1]
    opened = organiser.follow(organiser.post(publish_at, page=link(rules, "Sang bước mở")))
    assert "Đã công bố đợt thi và lập 20 mã đề." in opened.words()
    assert "Mã đề 1" in organiser.get(link(opened, "Xem đề")).words()

    first_page = visitor.get("/")
    assert "Sắp mở" in first_page.words()
    page = visitor.get(link(first_page, BASICS["name"]))
    assert "24:00 18/10/2026" in page.words()
    assert "Giải Nhất: 2.000.000 đồng." in visitor.get(link(page, "Đọc thể lệ")).words()
    at(days=8)
    assert visitor.get(link(visitor.get("/"), "Vào thi")).status == 200
