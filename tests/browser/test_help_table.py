"""A volunteer's tablet in a real browser: after "Người tiếp theo" nothing of the last person is left, not even by going back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from contest.attempts.models import Attempt
from contest.database import db
from contest.events.models import Door, Event, HelpedEntry, HelperLink
from contest.people.models import Entry
from tests.browser.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]
NEXT = "Người tiếp theo"


@pytest.fixture
def table(server: Server) -> str:
    """The address of a table at an event that is under way."""
    contest = server.make.contest("ban-ho-tro", fields={"birth_date": True, "phone": True})
    round_ = server.make.round(contest, code="TABLE7", questions=3)
    with server.make.writing():
        begun = server.make.now - timedelta(hours=1)
        event = Event(
            round_id=round_.id,
            name="Ngày hội phường Sen Hồng",
            kind="festival",
            place="Nhà văn hóa",
            starts_at=begun,
            ends_at=begun + timedelta(hours=4),
        )
        server.make.add(event)
        server.make.add(
            Door(code="TABLE8", round_id=round_.id, event_id=event.id, label=event.name, created_at=begun)
        )
        server.make.add(
            HelperLink(token="bench-under-the-tree", event_id=event.id, label="Bàn 1", created_at=begun)
        )
    return f"{server.address}/help/bench-under-the-tree"


def sit_down(page: Page, name: str, born: str) -> str:
    """Fill the form in for somebody and come to question 1; gives their return code."""
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Ngày sinh").fill(born)
    page.get_by_label("Tôi đồng ý tham gia.").check()
    page.get_by_role("button", name="Vào thi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    code = page.locator(".code").inner_text()
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    return code


def kept(page: Page) -> list[str]:
    """The names of all that this browser keeps outside its cookies."""
    return list(page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"))


def test_nothing_of_one_person_is_left_for_the_next(server: Server, table: str, phone_page: Page) -> None:
    page = phone_page
    page.goto(table)
    page.get_by_role("button", name="Bắt đầu").click()

    # The first answers and hands in.
    first = sit_down(page, "Nguyễn Thị Bảy", "5/8/1948")
    page.locator("[data-question] label:has(.ring:text-is('B'))").tap()
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    page.get_by_role("button", name="Xem lại và nộp bài").click()
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/receipt")
    receipt = page.url
    page.get_by_role("button", name=NEXT).click()
    page.wait_for_url("**/person")
    assert kept(page) == []
    for label in ("Họ và tên", "Ngày sinh", "Số điện thoại"):
        expect(page.get_by_label(label)).to_have_value("")

    # Going back, as often as one likes, shows none of it.
    for _ in range(6):
        page.go_back()
        shown = page.content()
        assert "Nguyễn Thị Bảy" not in shown
        assert first not in shown
        assert "48" not in "".join(
            page.locator("input:not([type=hidden])").evaluate_all("all => all.map(one => one.value)")
        )
    assert page.goto(receipt).status == 401  # type: ignore[union-attr]

    # The second leaves with taps that could not be sent; they are gone with them.
    page.goto(f"{table}/person")
    second = sit_down(page, "Trần Văn Sáu", "1.1.1950")
    assert second != first
    page.context.set_offline(True)
    page.locator("[data-question] label:has(.ring:text-is('C'))").tap()
    assert any(name.startswith("hoi-thi.") for name in kept(page))
    page.context.set_offline(False)
    page.goto(table)
    page.get_by_role("button", name=NEXT).click()
    page.wait_for_url("**/person")
    assert kept(page) == []
    names = {cookie["name"] for cookie in page.context.cookies()}  # type: ignore[typeddict-item]
    assert "nguoi_du_thi" not in names

    # The third is a person of their own as well.
    sit_down(page, "Lê Thị Năm", "02021951")
    with server.app.app_context():
        at_the_table = db.session.query(HelpedEntry.entry_id).join(HelperLink)
        helped = at_the_table.filter(HelperLink.token == "bench-under-the-tree")
        entries = db.session.query(Entry).filter(Entry.id.in_(helped)).order_by(Entry.id).all()
        attempts = db.session.query(Attempt).filter(Attempt.entry_id.in_([one.id for one in entries]))
        assert [one.name for one in entries] == ["Nguyễn Thị Bảy", "Trần Văn Sáu", "Lê Thị Năm"]
        assert len({one.person_id for one in attempts}) == 3
