"""The whole way of a participant with JavaScript switched off: every step is a plain form."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from contest.attempts import queries
from contest.attempts.models import Attempt
from contest.database import db
from tests.browser.conftest import PHONE, Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]


def without_script(chromium: Browser) -> Page:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(10_000)
    return context.new_page()


def come_in(page: Page, unit: str) -> str:
    """Fill in the form, a field wrong at first; gives the return code."""
    page.get_by_role("link", name="Vào thi").first.click()
    page.get_by_label("Họ và tên").fill("nguyễn  thị hoà")
    page.get_by_label("Năm sinh").fill("62")
    page.get_by_label("Đơn vị", exact=True).fill(unit)
    page.get_by_label("Người dân").check()
    page.get_by_label("Tôi đồng ý tham gia.").check()
    page.get_by_role("button", name="Vào thi").click()
    expect(page.get_by_role("alert")).to_contain_text("năm sinh bằng bốn chữ số")
    page.get_by_label("Năm sinh").fill("1962")
    page.get_by_role("button", name="Vào thi").click()
    expect(page.locator("h1")).to_contain_text("Chào")
    return page.locator("#return-code").inner_text()


def answer(page: Page, position: int, letter: str, button: str = "Tiếp") -> None:
    expect(page.locator(".attempt-head")).to_contain_text(f"Câu {position}")
    page.locator(f"label[for='answer-{position}-{letter}']").click()
    page.get_by_role("button", name=button, exact=True).last.click()


def held(server: Server, token: str) -> dict[int, tuple[str, bool]]:
    with server.app.app_context():
        attempt = db.session.query(Attempt).filter_by(token=token).one()
        return {position: (one.response, one.flagged) for position, one in queries.answers(attempt).items()}


def test_from_the_first_page_to_the_receipt_and_on_another_phone(server: Server, chromium: Browser) -> None:
    server.make.unit("Phường Mã Giấy", code="KHONGMA")
    contest = server.make.contest(code="khong-script")
    round_ = server.make.round(contest, code="KHSCR2", questions=4, prediction="people")
    page = without_script(chromium)
    page.goto(f"{server.address}/")
    page.get_by_label("Mã ngắn").fill("khs cr2")
    page.get_by_role("button", name="Vào").click()
    page.wait_for_url(f"**/rounds/{round_.code}")
    code = come_in(page, "ma giay")
    page.get_by_role("link", name="Bắt đầu làm bài").click()
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    token = page.url.rpartition("/")[2]

    answer(page, 1, "A")
    answer(page, 2, "B", "Đánh dấu")
    answer(page, 2, "C", "Trước")
    answer(page, 1, "D")
    assert held(server, token) == {1: ("D", False), 2: ("C", True)}

    # The return code brings the same paper, with what was answered, to another phone without script.
    other = without_script(chromium)
    other.goto(f"{server.address}/return?round={round_.code}")
    other.get_by_label("Mã quay lại").fill(code.lower())
    other.get_by_role("button", name="Làm tiếp").click()
    other.get_by_role("button", name="Làm tiếp bài đang làm").click()
    expect(other.locator("#answer-1-D")).to_be_checked()
    other.locator(".strip button[value='3']").click()
    answer(other, 3, "A")

    # The first phone has an old page of question 3: it is told and shown the newer answer.
    page.locator(".strip button[value='3']").click()
    expect(page.locator("#answer-3-A")).to_be_checked()
    answer(other, 4, "B", "Xem lại và nộp")
    other.locator(".strip button[value='3']").click()
    answer(other, 3, "B")
    answer(page, 3, "C")
    expect(page.locator(".notice").first).to_contain_text("mới hơn")
    expect(page.locator("#answer-3-B")).to_be_checked()

    page.get_by_role("button", name="Xem lại và nộp bài").click()
    expect(page.locator("[data-unanswered]")).to_contain_text("tất cả các câu")
    page.get_by_label("Câu dự đoán").fill("hai trăm")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Câu dự đoán").fill("1.200")
    page.get_by_role("button", name="Nộp bài").click()
    page.get_by_role("button", name="Đúng, nộp bài").click()
    expect(page.locator("h1")).to_have_text("Biên nhận bài thi")
    expect(page.locator("main")).to_contain_text(re.compile(r"\d / 4"))
    page.get_by_role("link", name="Về trang của đợt thi").click()
    page.get_by_role("link", name="Thông tin của tôi").click()
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Hoà")
    other.reload()
    expect(other.locator("h1")).to_have_text("Biên nhận bài thi")
    for one in (page, other):
        one.context.close()
