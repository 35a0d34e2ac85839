"""Before the opening: the page shows the way in by itself, and a hall that waits costs next to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from contest.attempts import clock_actions
from contest.contests import queries as contests
from contest.permissions import Actor, Role
from tests.browser.conftest import PHONE, Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]


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


def test_a_pause_stops_the_clock_of_whoever_is_at_work_and_says_why_until_it_is_over(
    server: Server, chromium: Browser
):
    contest = server.make.contest(code="tam-dung")
    round_ = server.make.round(contest, code="TDUNG2")
    one = server.make.staff(Role.ORGANISER)
    board = Actor(one.id, one.email, one.name, Role.ORGANISER, None, None, "")
    address = f"{server.address}/rounds/{round_.code}"
    at_work = waiting(server, chromium, address, server.make.entry(contest).person_id)
    at_work.get_by_role("button", name="Bắt đầu làm bài").click()
    at_work.locator("label[for='answer-1-A']").click()
    expect(at_work.locator(".saved")).to_have_attribute("data-state", "saved")
    with server.make.writing():
        clock_actions.pause(contests.round_for_writing(round_.id), "Mất điện", datetime.now(UTC), board)
    # The next tap hears of it; it was made before the phone knew, and the server says what became of it.
    at_work.locator("label[for='answer-1-B']").click()
    expect(at_work.locator("[data-paused] img")).to_be_visible()
    expect(at_work.locator("[data-news]")).to_contain_text("Mất điện")
    expect(at_work.locator("[data-question]")).to_be_hidden()
    stands = at_work.locator("[data-clock]").inner_text()
    late = waiting(server, chromium, address, server.make.entry(contest).person_id)
    expect(late.locator("main")).to_contain_text("Mất điện")
    assert at_work.locator("[data-clock]").inner_text() == stands
    with server.make.writing():
        clock_actions.resume(contests.round_for_writing(round_.id), datetime.now(UTC), board)
    at_work.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(at_work.locator("[data-question]")).to_be_visible()
    expect(at_work.locator("[data-paused]")).to_be_hidden()
    expect(late.get_by_role("button", name="Bắt đầu làm bài")).to_be_visible(timeout=25_000)
    for page in (at_work, late):
        page.context.close()
