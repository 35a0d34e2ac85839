"""The attempt in a real browser on a phone: taps, reload, back, two tabs, no network, no script, no time."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from contest.attempts.models import Answer, Attempt
from contest.contests.models import Round
from contest.database import db, write_transaction
from tests.browser.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
serial = count(1)


@dataclass
class Sat:
    """A person sitting in front of question 1."""

    server: Server
    round: Round
    page: Page
    token: str

    def stored(self) -> dict[int, str]:
        """What the database holds: position -> bank response."""
        with self.server.app.app_context():
            attempt = db.session.query(Attempt).filter_by(token=self.token).one()
            rows = db.session.query(Answer).filter_by(attempt_id=attempt.id)
            return {row.position: row.response for row in rows}

    def tap(self, letter: str) -> None:
        self.page.locator(f"[data-question] label:has(.ring:text-is('{letter}'))").tap()

    def next(self) -> None:
        self.page.get_by_role("button", name="Tiếp", exact=True).tap()

    def saved(self) -> None:
        expect(self.page.locator(".saved")).to_have_attribute("data-state", "saved")

    def end_now(self, seconds: float) -> None:
        """Move the deadline near, as if the minutes had passed."""
        with self.server.app.app_context(), write_transaction():
            attempt = db.session.query(Attempt).filter_by(token=self.token).one()
            from_now = self.server.make.now.now(attempt.deadline.tzinfo) + timedelta(seconds=seconds)
            attempt.deadline = from_now


def sit(server: Server, context: BrowserContext, page: Page, questions: int = 5, **round_: object) -> Sat:
    n = next(serial)
    contest = server.make.contest(code=f"phone-{n}")
    made = server.make.round(contest, code=f"PH{n:04d}", questions=questions, **round_)
    entry = server.make.entry(contest)
    context.add_cookies([server.device_cookie(entry.person_id)])
    page.goto(f"{server.address}/rounds/{made.code}")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    return Sat(server, made, page, page.url.rpartition("/")[2])


def test_a_whole_attempt_by_taps(server, phone_context, phone_page):
    sat = sit(server, phone_context, phone_page, prediction="people")
    for number in range(1, 6):
        expect(phone_page.locator("[data-number]")).to_have_text(str(number))
        sat.tap("B")
        if number < 5:
            sat.next()
    sat.saved()
    assert len(sat.stored()) == 5
    phone_page.locator(".bottom-bar").get_by_role("button", name="Xem lại và nộp").tap()
    expect(phone_page.locator("[data-unanswered]")).to_contain_text("tất cả các câu")
    phone_page.get_by_label("Câu dự đoán").fill("25 980")
    phone_page.get_by_role("button", name="Nộp bài").tap()
    expect(phone_page.locator("main")).to_contain_text("25.980 (hai mươi lăm nghìn chín trăm tám mươi)")
    phone_page.get_by_role("button", name="Đúng, nộp bài").tap()
    phone_page.wait_for_url("**/receipt")
    expect(phone_page.locator("main")).to_contain_text("/ 5")


def test_reload_and_back_bring_the_same_paper_and_answers(server, phone_context, phone_page):
    sat = sit(server, phone_context, phone_page)
    sat.tap("C")
    sat.next()
    sat.tap("A")
    sat.saved()
    phone_page.reload()
    expect(phone_page.locator("[data-number]")).to_have_text("2")
    expect(phone_page.locator("#answer-2-A")).to_be_checked()
    phone_page.go_back()
    phone_page.get_by_role("button", name="Làm tiếp").tap()
    expect(phone_page.locator("#answer-1-C")).to_be_checked()


def test_without_network_every_tap_is_kept_and_arrives_when_it_returns(server, phone_context, phone_page):
    sat = sit(server, phone_context, phone_page)
    sat.tap("A")
    sat.saved()
    before = sat.stored()
    phone_context.set_offline(True)
    for letter in ("B", "C", "D"):
        sat.tap(letter)
        sat.next()
    expect(phone_page.locator(".saved")).to_contain_text("bài vẫn được giữ trên máy")
    assert sat.stored() == before
    phone_page.wait_for_timeout(3000)
    phone_context.set_offline(False)
    sat.saved()
    expect(phone_page.locator(".strip .answered")).to_have_count(3)
    assert len(sat.stored()) == 3
    phone_page.reload()
    for position, letter in ((1, "B"), (2, "C"), (3, "D")):
        phone_page.locator(".strip button").nth(position - 1).tap()
        expect(phone_page.locator(f"#answer-{position}-{letter}")).to_be_checked()


def test_taps_made_offline_survive_a_killed_browser_page(server, phone_context, phone_page):
    sat = sit(server, phone_context, phone_page)
    phone_context.set_offline(True)
    sat.tap("D")
    address = phone_page.url
    phone_page.close()
    phone_context.set_offline(False)
    again = phone_context.new_page()
    again.goto(address)
    expect(again.locator("#answer-1-D")).to_be_checked()
    expect(again.locator(".saved")).to_have_attribute("data-state", "saved")
    assert len(sat.stored()) == 1


def test_a_second_device_that_is_stale_is_told_and_takes_the_newer_answer(
    server, chromium, phone_context, phone_page
):
    sat = sit(server, phone_context, phone_page)
    other_context = chromium.new_context(viewport={"width": 360, "height": 740})
    other_context.add_cookies(phone_context.cookies())
    other = other_context.new_page()
    other.goto(phone_page.url)
    sat.tap("A")
    sat.saved()
    other.locator("[data-question] label:has(.ring:text-is('C'))").click()
    expect(other.locator(".saved")).to_contain_text("mới hơn")
    expect(other.locator("#answer-1-A")).to_be_checked()
    other_context.close()


def test_two_tabs_show_each_others_answers(server, phone_context, phone_page):
    sat = sit(server, phone_context, phone_page)
    other = phone_context.new_page()
    other.goto(phone_page.url)
    sat.tap("B")
    expect(other.locator("#answer-1-B")).to_be_checked()


def test_when_the_time_is_over_nothing_more_can_be_tapped_and_the_receipt_is_offered(
    server, phone_context, phone_page
):
    sat = sit(server, phone_context, phone_page)
    sat.end_now(seconds=4)
    phone_page.reload()
    sat.tap("A")
    expect(phone_page.locator("[data-over]")).to_be_visible()
    expect(phone_page.locator("#answer-1-A")).to_be_disabled()
    phone_page.get_by_role("button", name="Nộp bài và xem biên nhận").tap()
    phone_page.wait_for_url("**/receipt")
    assert len(sat.stored()) == 1


def test_the_whole_attempt_works_as_plain_forms_without_script(server, chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    sat = sit(server, context, page)
    for number in range(1, 6):
        page.locator(f"label[for='answer-{number}-B']").click()
        page.locator(".bottom-bar button").last.click()
    expect(page.locator("[data-unanswered]")).to_contain_text("tất cả các câu")
    assert len(sat.stored()) == 5
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Biên nhận bài thi")
    context.close()


HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_how_often_the_page_was_left_is_told_with_the_answers_and_when_handing_in(
    server, phone_context, phone_page
):
    sat = sit(server, phone_context, phone_page)

    def leave() -> None:
        for hidden in (True, False):
            phone_page.evaluate(HIDE, hidden)

    def told() -> int:
        with server.app.app_context():
            return db.session.query(Attempt).filter_by(token=sat.token).one().left_count

    sat.tap("A")
    sat.saved()
    assert told() == 0
    leave()
    sat.next()
    sat.tap("B")
    sat.saved()
    assert told() == 1
    phone_page.reload()
    phone_page.locator(".bottom-bar").wait_for()
    leave()
    phone_page.get_by_role("button", name="Xem lại và nộp bài").tap()
    phone_page.get_by_role("button", name="Nộp bài").tap()
    phone_page.wait_for_url("**/receipt")
    assert told() == 2
