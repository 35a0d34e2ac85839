"""Volunteers' tables: one tablet, many people, each of their own, and nothing left of the one before."""

from datetime import timedelta

import pytest

from contest.attempts.models import Attempt
from contest.database import db
from contest.events.models import Door, Event, HelpedEntry, HelperLink
from contest.history import HistoryEntry
from contest.people.models import Entry, Person
from contest.permissions import Role
from contest.web import identity
from tests.conftest import Browser
from tests.features.test_people import form_on, rows


@pytest.fixture
def event(make):
    contest = make.contest(fields={"birth_year": False, "phone": True, "unit": False, "block": True})
    round_ = make.round(contest, code="K7M3QX")
    with make.writing():
        made = Event(
            round_id=round_.id,
            name="Ngày hội phường Sen Hồng",
            kind="festival",
            place="Nhà văn hóa",
            starts_at=make.now,
            ends_at=make.now + timedelta(hours=3),
        )
        make.add(made)
        door = Door(code="ACDE34", round_id=round_.id, event_id=made.id, label=made.name, created_at=make.now)
        make.add(door)
    return made


@pytest.fixture
def link(make, event):
    with make.writing():
        made = HelperLink(
            token="table-one-of-the-event", event_id=event.id, label="Bàn 1", created_at=make.now
        )
        make.add(made)
    return f"/help/{made.token}"


def begin(tablet: Browser, link: str):
    return tablet.post(f"{link}/next", page=link)


def seat(tablet: Browser, link: str, **changed: object):
    path = f"{link}/person"
    typed = {
        "name": "cụ bảy",
        "phone": "",
        "free": "y",
        "block": "1",
        "take_part": "y",
        **form_on(tablet, path),
    }
    return tablet.post(path, **(typed | changed))


def answer(tablet: Browser, link: str) -> str:
    """Start and hand in; gives the receipt as shown."""
    started = tablet.post("/rounds/K7M3QX/start", page=f"{link}/welcome").location
    assert tablet.post(f"{started}/hand-in", page=f"{started}/review").status == 302
    return tablet.get(f"{started}/receipt").text


def test_many_people_in_a_row_are_each_a_person_of_their_own(app, visitor, link):
    codes = []
    assert begin(visitor, link).location == f"{link}/person"
    for name in ("Nguyễn Thị Bảy", "Trần Văn Sáu", "Nguyễn Thị Bảy"):
        assert seat(visitor, link, name=name).location == f"{link}/welcome"
        page = visitor.get(f"{link}/welcome")
        assert f"Chào {name}" in page.words()
        codes.append(page.text.partition('class="code" translate="no">')[2].partition("<")[0])
        receipt = answer(visitor, link)
        assert f'action="{link}/next"' in receipt
        onward = begin(visitor, link)
        assert name not in visitor.get(onward.location).text
    people, entries, attempts = rows(app, Person), rows(app, Entry), rows(app, Attempt)
    assert (len(people), len(set(codes))) == (3, 3)
    assert [entry.assisted for entry in entries] == [True, True, True]
    assert [one.person_id for one in attempts] == [one.id for one in people]
    assert all(one.door_id is not None for one in attempts)
    with app.app_context():
        assert db.session.query(HelpedEntry).count() == 3
    assert '<dd class="number">3</dd>' in visitor.get(link).text
    # Each goes on at home with the code on paper.
    for code, name in zip(codes, ("Nguyễn Thị Bảy", "Trần Văn Sáu", "Nguyễn Thị Bảy"), strict=True):
        phone = Browser(app.test_client())
        phone.post("/return", code=code)
        assert name in phone.get("/me").text


def test_an_old_person_without_a_phone_comes_in_at_a_table_only(visitor, link):
    begin(visitor, link)
    page = visitor.get(f"{link}/person").text
    assert 'name="assisted"' not in page
    assert page.count('autocomplete="off"') >= 4
    assert 'autocomplete="name"' not in page
    refused = seat(visitor, link, name="Bảy")
    assert "Hãy ghi cả họ và tên" in refused.words()
    assert seat(visitor, link, name="Nguyễn Thị Bảy").status == 302


def test_after_next_the_device_knows_nobody(app, visitor, link):
    begin(visitor, link)
    seat(visitor, link, name="Nguyễn Thị Bảy")
    welcome = visitor.get(f"{link}/welcome")
    code = welcome.text.partition('class="code" translate="no">')[2].partition("<")[0]
    answer(visitor, link)
    (attempt,) = rows(app, Attempt)
    cleared = begin(visitor, link)
    assert cleared.response.headers["Clear-Site-Data"] == '"storage"'
    assert visitor.client.get_cookie(identity.COOKIE) is None
    for path in (
        f"{link}/welcome",
        "/me",
        f"/attempts/{attempt.token}",
        f"/attempts/{attempt.token}/receipt",
    ):
        gone = visitor.get(path)
        assert gone.status == 401, path
        assert "Bảy" not in gone.text
    with visitor.client.session_transaction() as session:
        assert set(session) <= {"helper", "door", "csrf_token"}
    seat(visitor, link, name="Trần Văn Sáu")
    for path in (f"{link}/welcome", "/me", f"{link}/person", link, "/rounds/K7M3QX"):
        page = visitor.get(path).text
        assert "Bảy" not in page
        assert code not in page
    assert visitor.get(f"/attempts/{attempt.token}/receipt").status == 404


def test_the_form_sent_again_after_next_shows_no_code(app, visitor, link):
    begin(visitor, link)
    hidden = form_on(visitor, f"{link}/person")
    seat(visitor, link, name="Nguyễn Thị Bảy", **hidden)
    begin(visitor, link)
    again = seat(visitor, link, name="Trần Văn Sáu", **hidden)
    assert again.status == 302
    assert len(rows(app, Person)) == 2


def test_the_device_of_somebody_who_sits_there_asks_for_next_first(visitor, link):
    begin(visitor, link)
    seat(visitor, link, name="Nguyễn Thị Bảy")
    assert visitor.get(f"{link}/person").location == f"{link}/welcome"
    assert "Máy đang mở bài của một người" in visitor.get(link).words()


def test_without_beginning_there_is_no_form(visitor, link):
    assert visitor.get(f"{link}/person").location == link


def test_a_link_opens_nothing_else_and_ends(app, make, visitor, link, at, event):
    begin(visitor, link)
    assert visitor.get("/desk").status == 302
    assert visitor.get(f"/desk/events/{event.id}/tables").status == 302
    at(hours=5, minutes=59)
    assert visitor.get(link).status == 200
    at(hours=6, minutes=1)
    for path in (link, f"{link}/person"):
        ended = visitor.get(path)
        assert (ended.status, "đã đóng" in ended.words()) == (409, True)
    assert visitor.get("/help/nobody-knows-this-table").status == 404


def test_an_organiser_opens_and_closes_a_table(app, browser_for, visitor, event):
    desk, page = browser_for(Role.ORGANISER), f"/desk/events/{event.id}/tables"
    assert "Chưa có bàn hỗ trợ nào" in desk.get(page).words()
    assert desk.post(page, label="Bàn 2, chị Lan").location == page
    with app.app_context():
        made = db.session.query(HelperLink).one()
    shown = desk.get(page)
    assert f"/help/{made.token}" in shown.text
    assert visitor.get(f"/help/{made.token}").status == 200
    assert desk.post(f"{page}/{made.id}/close", page=page).location == page
    assert visitor.get(f"/help/{made.token}").status == 409
    assert desk.post(f"{page}/987654/close", page=page).status == 404
    with app.app_context():
        acts = [one.act for one in db.session.query(HistoryEntry).order_by(HistoryEntry.id)]
    assert acts[-2:] == ["event:helper", "event:helper_end"]


def test_a_signed_in_helper_makes_this_device_a_table_and_is_signed_out(app, make, browser_for, event):
    unit = make.unit("Phường Sen Hồng", code="P07")
    with make.writing():
        db.session.get(Event, event.id).host_unit_id = unit.id
    desk = browser_for(Role.COORDINATOR, unit.id)
    page = f"/desk/events/{event.id}"
    assert "Hỗ trợ trên máy này" in desk.get(page).words()
    onward = desk.post(f"{page}/assist-here", page=page)
    assert onward.location.endswith("/person")
    assert desk.get("/desk").status == 302
    assert desk.get(onward.location).status == 200


def test_a_coordinator_of_another_unit_opens_no_table(make, browser_for, event):
    other = make.unit("Xã Vĩnh Thái", code="X01")
    desk = browser_for(Role.COORDINATOR, other.id)
    assert desk.post(f"/desk/events/{event.id}/assist-here", page="/desk").status == 404


def test_a_staff_member_who_follows_a_link_is_told_and_signed_out(browser_for, link):
    desk = browser_for(Role.ORGANISER)
    assert "Bạn đang đăng nhập trên máy này" in desk.get(link).words()
    begin(desk, link)
    assert desk.get("/desk").status == 302


def test_no_table_after_the_event(browser_for, event, at):
    desk, page = browser_for(Role.ORGANISER), f"/desk/events/{event.id}/tables"
    at(hours=7)
    refused = desk.post(page, label="Bàn 3")
    assert (refused.status, "Sự kiện đã kết thúc" in refused.words()) == (422, True)
