"""Learning on a phone: practice by touch and without script, and from an explanation to the page about it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from contest.banks.models import Choice, Question, QuestionVersion
from contest.database import db
from contest.learning.models import PracticeSet, ReadingPage, ReadingTopic
from tests.browser.conftest import PHONE, Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]
STEPS = ("Tiếp nhận", "Thẩm định", "Trả kết quả")


@pytest.fixture(scope="module")
def practice(server: Server) -> str:
    """The address of a set of three questions, the third to be put in order, and a page to read about it."""
    contest, bank = server.make.contest("thi-thu"), server.make.bank(3, "Ngân hàng thi thử")
    with server.make.writing():
        versions = db.session.query(QuestionVersion).join(
            Question, Question.id == QuestionVersion.question_id
        )
        for number, version in enumerate(versions.filter(Question.bank_id == bank.id), start=1):
            version.text_key = f"thi thu {number}"
        version.kind, version.text, version.topic = "ordering", "Xếp các bước theo thứ tự.", "Một cửa"
        db.session.query(Choice).filter_by(version_id=version.id).delete()
        for position, step in enumerate(STEPS):
            server.make.add(
                Choice(version_id=version.id, position=position, text=step, right=False, pinned=False)
            )
        made = PracticeSet(
            contest_id=contest.id,
            bank_id=bank.id,
            name="Ôn tập",
            per_go=3,
            created_at=server.make.now,
            opened_at=server.make.now,
        )
        server.make.add(made)
        page = ReadingPage(
            contest_id=contest.id,
            position=1,
            title="Cơ chế một cửa",
            text="## Ba bước",
            created_at=server.make.now,
            changed_at=server.make.now,
            published_at=server.make.now,
        )
        server.make.add(page)
        server.make.add(ReadingTopic(page_id=page.id, topic="Một cửa"))
    return f"{server.address}/practice/{made.id}"


def test_a_go_by_touch_with_an_ordering_and_on_to_what_there_is_to_read(
    practice: str, phone_page: Page
) -> None:
    page = phone_page
    page.goto(practice)
    read = 0
    for number in (1, 2, 3):
        expect(page.locator(".attempt-head")).to_contain_text(f"câu {number}")
        if page.locator(".ordering").count():
            for place, step in enumerate(STEPS):
                while page.locator(".ordering li").nth(place).inner_text().find(step) < 0:
                    page.get_by_role("button", name=f"Đưa lên: {step}").tap()
        else:
            page.locator("label:has(.ring:text-is('A'))").tap()
        page.get_by_role("button", name="Trả lời", exact=True).tap()
        expect(page.locator("h1")).to_contain_text(f"Câu {number}")
        expect(page.locator("main")).to_contain_text("Căn cứ:")
        link = page.get_by_role("link", name="Đọc thêm: Cơ chế một cửa")
        if link.count():
            read += 1
            assert "chưa đúng" not in page.locator("h1").inner_text()
        page.get_by_role("link", name="Câu tiếp" if number < 3 else "Xem kết quả lượt này").tap()
    expect(page.locator("h1")).to_have_text("Xong lượt thi thử")
    assert read == 1
    page.get_by_role("link", name="Tìm hiểu").tap()
    page.get_by_role("link", name="Cơ chế một cửa").tap()
    expect(page.locator("article h2")).to_have_text("Ba bước")


def test_a_go_without_script(practice: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(practice)
    for number in (1, 2, 3):
        boxes = page.locator("select")
        for place in range(boxes.count()):
            boxes.nth(place).select_option("ABC"[place])
        if not boxes.count():
            page.locator("input[type=radio]").first.check()
        page.get_by_role("button", name="Trả lời", exact=True).click()
        expect(page.locator("h1")).to_contain_text(f"Câu {number}")
        page.locator("main .button").first.click()
    expect(page.locator("h1")).to_have_text("Xong lượt thi thử")
    context.close()
