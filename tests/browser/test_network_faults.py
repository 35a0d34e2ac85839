"""Phones in bad company: afterwards every tap made in time is in the database once, with its last value.

All phones sit at once, so that the minute without network is paid for only once.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from contest.attempts import due, queries
from contest.attempts.models import Attempt
from contest.contests.models import Contest, Round
from contest.database import db, write_transaction
from tests.browser.conftest import PHONE, Server

# The phone is the same over either database; saving itself is tested on both.
pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]

QUESTIONS = 5
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
WRONG_CLOCK = """const real = Date.now; let shift = 86400000;
Date.now = () => real() + shift; window.setTheClock = milliseconds => { shift = milliseconds; };"""


class Phone:
    """Somebody's phone, and what they last tapped for each question."""

    def __init__(
        self, hall: "Hall", script: str = "", like: "Phone | None" = None, agent: str | None = None
    ) -> None:
        self.hall, self.tapped = hall, {} if like is None else like.tapped
        self.context: BrowserContext = hall.chromium.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN", user_agent=agent
        )
        self.context.set_default_timeout(20_000)
        if script:
            self.context.add_init_script(script)
        if like is not None:
            self.context.add_cookies(like.context.cookies())
            self.page, self.token = self.opened(like.page.url), like.token
            return
        self.person_id = hall.server.make.entry(hall.contest).person_id
        self.context.add_cookies([hall.server.device_cookie(self.person_id)])
        self.page = self.opened(f"{hall.server.address}/rounds/{hall.round.code}")
        self.page.get_by_role("button", name="Bắt đầu làm bài").click()
        self.page.wait_for_url("**/attempts/*")
        self.token = self.page.url.rpartition("/")[2].partition("?")[0]

    def opened(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(address)
        return page

    def tap(self, position: int, letter: str, page: Page | None = None, counts: bool = True) -> None:
        """Turn to the question and tap a choice."""
        page = page or self.page
        page.locator(f".strip button[value='{position}']").tap()
        page.locator(f"#answer-{position}-{letter}").tap()
        if counts:
            self.tapped[position] = letter

    def tap_much(self, seed: int) -> None:
        """Every question, most of them more than once."""
        chance = random.Random(seed)
        for position in [*range(1, QUESTIONS + 1), *chance.choices(range(1, QUESTIONS + 1), k=5)]:
            self.tap(position, chance.choice("ABCD"))

    def line(self, page: Page | None = None):
        return (page or self.page).locator(".saved")

    def is_saved(self, page: Page | None = None) -> None:
        expect(self.line(page)).to_have_attribute("data-state", "saved", timeout=30_000)

    def held(self) -> dict[int, str]:
        """What the database holds, in the letters of the paper."""
        with self.hall.server.app.app_context():
            attempt = db.session.query(Attempt).filter_by(token=self.token).one()
            return {position: one.response for position, one in queries.answers(attempt).items()}

    def end_in(self, seconds: float) -> None:
        """Move the deadline near, as if the minutes had passed, and let the phone hear of it."""
        with self.hall.server.app.app_context(), write_transaction():
            attempt = db.session.query(Attempt).filter_by(token=self.token).one()
            attempt.deadline = self.hall.server.make.now.now(attempt.deadline.tzinfo) + timedelta(
                seconds=seconds
            )
        self.page.reload()

    def answers_pass(self, handle: Callable[[Route], None]) -> None:
        """Put something between this phone and the server."""
        self.context.route("**/answers", handle)


class Hall:
    """The round they all sit in."""

    def __init__(self, server: Server, chromium: Browser) -> None:
        self.server, self.chromium = server, chromium
        self.contest: Contest = server.make.contest(code="faults")
        self.round: Round = server.make.round(self.contest, code="FAULTS", questions=QUESTIONS)


@pytest.fixture(scope="module")
def hall(server: Server, chromium: Browser) -> Hall:
    return Hall(server, chromium)


def failing(seed: int) -> Callable[[Route], None]:
    """Three in ten fail: half of them never arrive, of the other half the answer is lost."""
    chance = random.Random(seed)

    def handle(route: Route) -> None:
        if chance.random() >= 0.3:
            route.continue_()
        elif chance.random() < 0.5:
            route.abort()
        else:
            route.fetch()
            route.abort()

    return handle


def replaying() -> Callable[[Route], None]:
    """Every request arrives twice, and the one before it once more after it."""
    before: list[dict[str, str]] = []

    def handle(route: Route) -> None:
        route.fetch()
        answer = route.fetch()
        if before:
            route.fetch(post_data=before.pop()["body"])
        before.append({"body": route.request.post_data or ""})
        route.fulfill(response=answer)

    return handle


def in_a_portal(requests: int) -> Callable[[Route], None]:
    """The hall's network shows its own page instead of ours, some times; then the server is out of order."""
    left = iter(range(requests))

    def handle(route: Route) -> None:
        turn = next(left, None)
        if turn is None:
            route.continue_()
        elif turn % 2:
            route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")
        else:
            route.fulfill(status=200, body="<h1>Chào mừng đến Wi-Fi</h1>", content_type="text/html")

    return handle


def slow(phone: Phone) -> None:
    """Three seconds to every answer."""
    session = phone.context.new_cdp_session(phone.page)
    conditions = {"offline": False, "latency": 3000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", conditions)


@pytest.fixture
def phones(hall: Hall) -> Iterator[dict[str, Phone]]:
    names = ("offline", "failing", "slow", "replayed", "portal", "killed", "tabs", "first")
    made = {name: Phone(hall) for name in names}
    made["clock"] = Phone(hall, WRONG_CLOCK)
    made["no storage"] = Phone(hall, NO_STORAGE)
    yield made
    for phone in made.values():
        phone.context.close()


def test_every_tap_made_in_time_is_held_once_with_its_last_value(phones: dict[str, Phone]) -> None:
    phones["failing"].answers_pass(failing(seed=7))
    phones["replayed"].answers_pass(replaying())
    phones["portal"].answers_pass(in_a_portal(3))
    slow(phones["slow"])
    phones["offline"].tap(1, "A")
    phones["offline"].is_saved()
    phones["offline"].context.set_offline(True)
    without_network = time.monotonic()
    for seed, name in enumerate(("offline", "failing", "slow", "replayed", "portal", "clock", "no storage")):
        phones[name].tap_much(seed)
    expect(phones["offline"].line()).to_contain_text("bài vẫn được giữ trên máy")
    expect(phones["offline"].page.locator("[data-question] [data-one-state]")).to_contain_text(
        "chưa gửi được"
    )

    the_killed_tab(phones["killed"])
    the_two_tabs(phones["tabs"])
    phones["second"] = the_two_phones(phones["first"])
    the_wrong_clock(phones["clock"])

    phones["offline"].page.wait_for_timeout(max(0, 60 - (time.monotonic() - without_network)) * 1000)
    phones["offline"].context.set_offline(False)
    for name, phone in phones.items():
        phone.is_saved()
        assert (name, phone.held()) == (name, phone.tapped)
    phones["no storage"].page.reload()
    last = phones["no storage"].tapped[1]
    phones["no storage"].page.locator(".strip button[value='1']").tap()
    expect(phones["no storage"].page.locator(f"#answer-1-{last}")).to_be_checked()


def the_killed_tab(phone: Phone) -> None:
    """Closed in the middle of a tap whose request goes nowhere, and without network; opened again."""
    phone.answers_pass(lambda route: None)
    phone.tap_much(seed=11)
    phone.page.close()
    phone.context.unroute_all(behavior="ignoreErrors")
    phone.page = phone.opened(f"{phone.hall.server.address}/attempts/{phone.token}")


def the_two_tabs(phone: Phone) -> None:
    """Both without network, each tapping what the other does not see; one is closed before the network is back."""
    other = phone.opened(phone.page.url)
    phone.context.set_offline(True)
    phone.tap(1, "B")
    phone.tap(2, "C", other)
    phone.tap(3, "D")
    phone.tap(1, "A", other)
    other.close()
    phone.context.set_offline(False)


def the_two_phones(first: Phone) -> Phone:
    """The second has no network and taps one question again and again; the first answers it meanwhile."""
    second = Phone(first.hall, like=first)
    second.context.set_offline(True)
    for letter in "BCDB":
        second.tap(1, letter, counts=False)
        expect(second.page.locator("[data-question] [data-one-state]")).to_contain_text("chưa gửi được")
    second.tap(2, "C")
    first.tap(1, "A")
    first.is_saved()
    second.context.set_offline(False)
    expect(second.line()).to_contain_text("mới hơn", timeout=30_000)
    second.page.locator(".strip button[value='1']").tap()
    expect(second.page.locator("#answer-1-A")).to_be_checked()
    return second


def the_wrong_clock(phone: Phone) -> None:
    """A day ahead from the beginning, then a day behind: the time left is the server's all the same."""
    pill = phone.page.locator("[data-clock]")
    for milliseconds in (-86_400_000, 0):
        assert 27 <= int(pill.inner_text().partition(":")[0]) <= 30
        phone.page.evaluate("milliseconds => window.setTheClock(milliseconds)", milliseconds)
        phone.page.wait_for_timeout(1200)
    assert 27 <= int(pill.inner_text().partition(":")[0]) <= 30
    expect(phone.page.locator("[data-over]")).to_be_hidden()


def test_what_comes_within_the_grace_counts_and_what_comes_later_is_said(hall: Hall) -> None:
    early, late = Phone(hall), Phone(hall)
    for phone in (early, late):
        phone.tap(1, "A")
        phone.is_saved()
        phone.end_in(5)
        phone.context.set_offline(True)
        phone.tap(2, "B", counts=phone is early)
        phone.tap(3, "C", counts=phone is early)
    expect(early.page.locator("[data-over]")).to_be_visible()
    expect(early.page.locator("#answer-3-A")).to_be_disabled()
    early.context.set_offline(False)
    early.is_saved()
    expect(late.page.locator("[data-over]")).to_be_visible()
    late.page.wait_for_timeout(7000)
    with hall.server.app.app_context():
        due.hand_in_overdue(datetime.now(UTC))
    late.context.set_offline(False)
    late.page.wait_for_url("**/receipt", timeout=30_000)
    expect(late.page.locator("[data-late]")).to_contain_text("2 câu trả lời trên máy này chưa kịp gửi")
    for phone in (early, late):
        assert phone.held() == phone.tapped
        phone.context.close()


def test_who_goes_on_after_handing_in_elsewhere_is_led_to_the_receipt(hall: Hall) -> None:
    phone = Phone(hall)
    other = Phone(hall, like=phone)
    phone.tap(1, "A")
    phone.page.get_by_role("button", name="Xem lại và nộp bài").tap()
    phone.page.get_by_role("button", name="Nộp bài", exact=True).tap()
    phone.page.wait_for_url("**/receipt")
    other.tap(2, "B", counts=False)
    other.page.wait_for_url("**/receipt")
    assert phone.held() == {1: "A"}
    for one in (phone, other):
        one.context.close()


def test_handing_in_brings_every_answer_with_it(hall: Hall) -> None:
    """The saves never arrive; the button, pressed once, is tried until it does."""
    phone = Phone(hall)
    phone.tap(1, "C")
    phone.is_saved()
    phone.page.goto(f"{hall.server.address}/attempts/{phone.token}/review")
    phone.answers_pass(lambda route: route.abort())
    phone.page.evaluate(
        """token => { const kept = `hoi-thi.attempt.${token}.`;
          localStorage.setItem(kept + 2, JSON.stringify({ position: 2, response: "D", flagged: false, revision: 1,
            base: 0, state: "waiting", sent: false, at: "" })); }""",
        phone.token,
    )
    phone.page.reload()
    fails = iter((True, True))
    phone.context.route(
        "**/hand-in", lambda route: route.abort() if next(fails, False) else route.continue_()
    )
    phone.page.get_by_role("button", name="Nộp bài", exact=True).tap()
    phone.page.wait_for_url("**/receipt", timeout=30_000)
    assert phone.held() == {1: "C", 2: "D"}
    phone.context.close()


ZALO = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Zalo android/24030"


def test_an_attempt_begun_inside_an_app_goes_on_in_a_browser_by_a_link_that_works_once(hall: Hall) -> None:
    phone = Phone(hall, agent=ZALO)
    phone.tap(1, "A")
    phone.is_saved()
    phone.answers_pass(lambda route: time.sleep(1) or route.continue_())
    phone.tap(2, "B")
    expect(phone.page.locator("[data-carry]")).to_contain_text("trong Zalo")
    phone.page.get_by_role("button", name="Mở bằng trình duyệt khác").tap()
    expect(phone.page.locator("h1")).to_have_text("Mở bằng trình duyệt khác")
    browser = hall.chromium.new_context(viewport=PHONE, locale="vi-VN")
    preview = browser.request.get(phone.page.url)
    assert preview.status == 200
    page = browser.new_page()
    page.goto(phone.page.url)
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    page.wait_for_url(f"**/attempts/{phone.token}")
    expect(page.locator("#answer-1-A")).to_be_checked()
    assert phone.held() == {1: "A", 2: "B"}
    expect(page.locator("[data-carry]")).to_have_count(0)
    assert browser.request.get(phone.page.url).status == 404
    browser.close()
    phone.context.close()
