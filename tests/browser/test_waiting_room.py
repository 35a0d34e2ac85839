"""Before the opening: the page shows the way in by itself, and a hall that waits costs next to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


def waiting(server: Server, chromium: Browser, address: str, person_id: int | None) -> Page:
    context = chromium.new_context(viewport=PHONE, locale="vi-VN")
    if person_id is not None:
        context.add_cookies([server.device_cookie(person_id)])
    page = context.new_page()
    page.goto(address)
    return page


def test_the_way_in_appears_at_the_opening_without_loading_the_page_again(server: Server, chromium: Browser):
    contest = server.make.contest(code="cho-mo")
    entry = server.make.entry(contest)
    so_far = datetime.now(UTC) - server.make.now
    round_ = server.make.round(contest, code="CH2M8K", opens=so_far + timedelta(seconds=8))
    address = f"{server.address}/rounds/{round_.code}"
    entered, stranger = (
        waiting(server, chromium, address, entry.person_id),
        waiting(server, chromium, address, None),
    )
    loaded = entered.evaluate("performance.timeOrigin")
    expect(entered.locator("[data-until]")).to_contain_text("0:0")
    expect(entered.get_by_role("button", name="Bắt đầu làm bài")).to_be_hidden()
    expect(stranger.get_by_role("link", name="Khai thông tin trước")).to_be_visible()
    expect(entered.get_by_role("button", name="Bắt đầu làm bài")).to_be_visible(timeout=25_000)
    expect(entered.locator("[data-opens-in]")).to_be_hidden()
    expect(stranger.get_by_role("link", name="Vào thi", exact=True)).to_be_visible(timeout=25_000)
    assert entered.evaluate("performance.timeOrigin") == loaded
    entered.get_by_role("button", name="Bắt đầu làm bài").click()
    entered.wait_for_url("**/attempts/*")
    for page in (entered, stranger):
        page.context.close()
