"""Doors: a scanned or typed code leads into a round; events and units have doors and posters of their own."""

import io
import re
import unicodedata
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from contest.database import db
from contest.events import actions
from contest.events.models import Door, Event
from contest.people.models import Entry
from contest.permissions import Role
from contest.rules import short_codes
from contest.units.models import Unit
from tests.conftest import Browser
from tests.features.test_people import enter, rows

EVENT = {
    "name": "Ngày hội chuyển đổi số",
    "kind": "festival",
    "place": "Quảng trường phường Sen Hồng",
    "starts_at": "10/10/2026 08:00",
    "ends_at": "10/10/2026 11:30",
    "host": "",
}


@pytest.fixture
def province(make):
    return make.unit("Tỉnh An Bình", code="T")


@pytest.fixture
def ward(make, province):
    return make.unit("Phường Sen Hồng", province, code="P07")


@pytest.fixture
def round_(make):
    return make.round(make.contest(fields={"unit": False}), code="K7M3QX")


@pytest.fixture
def door(make, round_, ward):
    door = Door(code="ACDE34", round_id=round_.id, unit_id=ward.id, label=ward.name, created_at=make.now)
    with make.writing():
        make.add(door)
    return door


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return [unicodedata.normalize("NFC", " ".join(text.replace("\u200b", "").split())) for text in texts]


def download(browser: Browser, path: str, **fields: str) -> bytes:
    """A file, not a page; with fields, the answer to the form on the page above it."""
    if not fields:
        return browser.client.get(path).get_data()
    page = browser.get(path.rpartition("/")[0]).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    return browser.client.post(path, data={**fields, "csrf_token": token}).get_data()


def read_at_60_dpi(pdf: bytes) -> str:
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=60 / 72).to_pil()
    return zxingcpp.read_barcodes(image)[0].text


@pytest.mark.parametrize(
    "typed", ["/v/K7M3QX", "/v/k7m3qx", "/v?code=k7m+3qx", "/v?code=K7M-3QX", "/v/K7M%203QX"]
)
def test_a_rounds_code_leads_to_its_page_however_it_is_typed(visitor, round_, typed):
    assert visitor.get(typed).location == "/rounds/K7M3QX"


@pytest.mark.parametrize("typed", ["/v/ACDE34", "/v?code=acd+e34", "/v?code=ăcde34"])
def test_a_door_leads_to_its_round_and_is_remembered_with_its_unit(visitor, door, typed):
    assert visitor.get(typed).location == "/rounds/K7M3QX"
    with visitor.client.session_transaction() as session:
        assert session["door"] == door.id
    page = visitor.get("/rounds/K7M3QX/enter").text
    assert 'value="Phường Sen Hồng (P07)"' in page


def test_the_doors_unit_can_be_changed(app, visitor, make, door):
    other = make.unit("Phường Sen Trắng", code="P08")
    visitor.get("/v/ACDE34")
    enter(visitor, "K7M3QX", unit="P08", free=None, block=None)
    assert [entry.unit_id for entry in rows(app, Entry)] == [other.id]


def test_the_rounds_own_code_forgets_the_door(visitor, door):
    visitor.get("/v/ACDE34")
    visitor.get("/v/K7M3QX")
    with visitor.client.session_transaction() as session:
        assert "door" not in session
    assert "Phường Sen Hồng" not in visitor.get("/rounds/K7M3QX/enter").text


@pytest.mark.parametrize("code", ["XXXXXX", "K7M", "không có"])
def test_an_unknown_code_gets_a_friendly_page_with_a_box_to_type_again(visitor, round_, code):
    answer = visitor.get(f"/v?code={code}")
    assert answer.status == 404
    assert "Hãy xem lại sáu chữ và số dưới mã QR" in answer.text
    assert 'name="code"' in answer.text
    assert visitor.get(f"/v/{code}").status == 404


def test_without_a_code_there_is_a_box_for_one(visitor):
    answer = visitor.get("/v")
    assert (answer.status, 'name="code"' in answer.text) == (200, True)


def test_an_unpublished_round_has_no_open_door(visitor, make):
    round_ = make.round(code="K7M3QX", published_at=None)
    with make.writing():
        make.add(Door(code="ACDE34", round_id=round_.id, label="", created_at=make.now))
    assert [visitor.get(f"/v/{code}").status for code in ("K7M3QX", "ACDE34")] == [404, 404]


def test_a_closed_unit_is_not_offered_any_more(app, visitor, make, door, ward):
    visitor.get("/v/ACDE34")
    with make.writing():
        db.session.get(Unit, ward.id).closed_at = make.now
    assert "Phường Sen Hồng" not in visitor.get("/rounds/K7M3QX/enter").text


def test_an_organiser_gets_the_rounds_code_as_picture_and_poster(browser_for, round_):
    desk = browser_for(Role.ORGANISER)
    page = desk.get(f"/desk/events/rounds/{round_.id}")
    assert (page.status, "http://hoithi.test/v/K7M3QX" in page.text) == (200, True)
    assert "<svg" in page.text
    png = download(desk, f"/desk/events/rounds/{round_.id}/qr.png")
    image = Image.open(io.BytesIO(png))
    assert zxingcpp.read_barcodes(image)[0].text == "http://hoithi.test/v/K7M3QX"
    svg = desk.get(f"/desk/events/rounds/{round_.id}/qr.svg")
    assert (svg.response.mimetype, svg.text.startswith("<svg")) == ("image/svg+xml", True)
    assert desk.get(f"/desk/events/rounds/{round_.id}/qr.gif").status == 404
    poster = download(desk, f"/desk/events/rounds/{round_.id}/poster.pdf")
    assert read_at_60_dpi(poster) == "http://hoithi.test/v/K7M3QX"
    (words,) = pages_of(poster)
    assert "Tìm hiểu cải cách hành chính" in words
    assert "K7M 3QX" in words
    assert "08 giờ 00 ngày 05/10/2026" in words


def test_an_english_poster_is_english_throughout(browser_for, round_):
    poster = download(browser_for(Role.ORGANISER), f"/desk/events/rounds/{round_.id}/poster.pdf?lang=en")
    (words,) = pages_of(poster)
    assert "From 05/10/2026 08:00" in words


def test_an_event_gets_a_door_of_its_own(app, visitor, browser_for, round_, ward):
    desk = browser_for(Role.ORGANISER)
    made = desk.post(f"/desk/events/rounds/{round_.id}/new", **{**EVENT, "host": "sen hong"})
    (event,), (door,) = rows(app, Event), rows(app, Door)
    assert made.location == f"/desk/events/{event.id}"
    assert (event.host_unit_id, door.event_id, door.unit_id) == (ward.id, event.id, None)
    assert event.starts_at.isoformat() == "2026-10-10T01:00:00+00:00"
    words = desk.get(made.location).words()
    assert "Ngày hội" in words
    assert "08:00 10/10/2026" in words
    assert visitor.get(f"/v/{door.code}").location == "/rounds/K7M3QX"
    poster = download(desk, f"/desk/events/doors/{door.id}/poster.pdf")
    assert read_at_60_dpi(poster) == f"http://hoithi.test/v/{door.code}"
    assert "Quảng trường phường Sen Hồng" in pages_of(poster)[0]
    assert desk.get(f"/desk/events/doors/{door.id}/qr.svg").status == 200
    assert EVENT["name"] in desk.get(f"/desk/events/rounds/{round_.id}").text


def test_an_edited_event_keeps_its_code(app, browser_for, round_, ward):
    desk = browser_for(Role.ADMINISTRATOR)
    desk.post(f"/desk/events/rounds/{round_.id}/new", **EVENT)
    (before,) = rows(app, Door)
    path = f"/desk/events/{before.event_id}/edit"
    assert 'value="10/10/2026 08:00"' in desk.get(path).text
    changed = {**EVENT, "name": "Ngày hội số", "host": "P07", "leads_for_host": "y"}
    assert desk.post(path, **changed).status == 302
    (event,), (after,) = rows(app, Event), rows(app, Door)
    assert (event.name, after.code, after.unit_id) == ("Ngày hội số", before.code, ward.id)
    history = desk.get("/desk/history?act=event:").words()
    assert "Thêm sự kiện" in history
    assert "Sửa sự kiện" in history


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts_at": "mai"}, "Hãy gõ ngày và giờ theo dạng 31/12/2026 08:00."),
        ({"ends_at": "10/10/2026 08:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"host": "xa la"}, "Không có đơn vị nào"),
        ({"name": ""}, "Mục này cần được điền."),
        ({"kind": "concert"}, "Hãy chọn một mục trong danh sách."),
    ],
)
def test_a_refused_event_says_what_to_do_and_keeps_nothing(app, browser_for, round_, changed, sentence):
    answer = browser_for(Role.ORGANISER).post(f"/desk/events/rounds/{round_.id}/new", **{**EVENT, **changed})
    assert (answer.status, sentence in answer.words()) == (422, True), answer.words()
    assert rows(app, Door) == []


def test_posters_for_many_units_come_as_one_file_and_asking_again_gives_the_same_codes(
    app, browser_for, make, round_, province, ward
):
    make.unit("Phường Sen Trắng", province, code="P08")
    desk, path = browser_for(Role.ORGANISER), f"/desk/events/rounds/{round_.id}"
    words = pages_of(download(desk, f"{path}/unit-posters", units="tinh an binh\nP07", below="y"))
    assert len(words) == 3
    assert [name in "".join(words) for name in ("Phường Sen Hồng", "Phường Sen Trắng")] == [True, True]
    codes = {door.unit_id: door.code for door in rows(app, Door)}
    assert len(set(codes.values())) == 3
    download(desk, f"{path}/unit-posters", units="P07")
    assert {door.unit_id: door.code for door in rows(app, Door)} == codes
    assert len(pages_of(download(desk, f"{path}/unit-posters.pdf"))) == 3


def test_a_line_that_is_no_unit_is_named_and_no_code_is_made(app, browser_for, round_, ward):
    desk, path = browser_for(Role.ORGANISER), f"/desk/events/rounds/{round_.id}"
    answer = desk.post(f"{path}/unit-posters", page=path, units="P07\nxa la")
    assert (answer.status, "xa la" in answer.words()) == (409, True)
    assert desk.post(f"{path}/unit-posters", page=path, units="").status == 422
    assert rows(app, Door) == []
    assert desk.get(f"{path}/unit-posters.pdf").status == 404


def test_a_coordinator_prints_for_their_own_units_only(app, browser_for, make, round_, province, ward, door):
    outside = make.unit("Phường Sen Trắng", province, code="P08")
    foreign = Door(code="FGHJ34", round_id=round_.id, unit_id=outside.id, label="", created_at=make.now)
    with make.writing():
        make.add(foreign)
    desk, path = browser_for(Role.COORDINATOR, ward.id), f"/desk/events/rounds/{round_.id}"
    page = desk.get(path)
    assert "Phường Sen Hồng (P07)" in page.text
    assert "FGH J34" not in page.words()
    assert "Phường Sen Hồng" in pages_of(download(desk, f"/desk/events/doors/{door.id}/poster.pdf"))[0]
    assert desk.get(f"/desk/events/doors/{foreign.id}/poster.pdf").status == 404
    assert desk.get(f"/desk/events/doors/{foreign.id}/qr.png").status == 404
    refused = desk.post(f"{path}/unit-posters", page=path, units="P08")
    assert (refused.status, "Không có đơn vị nào" in refused.words()) == (409, True)
    assert len(pages_of(download(desk, f"{path}/unit-posters", units="P07"))) == 1
    assert desk.get(f"/desk/events/rounds/{round_.id}/new").status == 403


def test_a_coordinator_sees_the_events_their_units_hold(app, browser_for, round_, ward):
    organiser = browser_for(Role.ORGANISER)
    organiser.post(f"/desk/events/rounds/{round_.id}/new", **{**EVENT, "host": "P07"})
    organiser.post(f"/desk/events/rounds/{round_.id}/new", **{**EVENT, "name": "Hội nghị tỉnh"})
    own, foreign = rows(app, Event)
    desk = browser_for(Role.COORDINATOR, ward.id)
    words = desk.get(f"/desk/events/rounds/{round_.id}").words()
    assert (EVENT["name"] in words, "Hội nghị tỉnh" in words) == (True, False)
    assert [desk.get(f"/desk/events/{event.id}").status for event in (own, foreign)] == [200, 404]


def test_a_viewer_looks_but_makes_no_codes(app, browser_for, round_, ward):
    desk, path = browser_for(Role.VIEWER), f"/desk/events/rounds/{round_.id}"
    page = desk.get(path)
    assert (page.status, "Tạo áp phích" in page.text) == (200, False)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', desk.get("/desk/password").text)[1]
    answer = desk.client.post(f"{path}/unit-posters", data={"units": "P07", "csrf_token": token})
    assert answer.status_code == 403
    assert rows(app, Door) == []


def test_a_round_to_come_is_for_organisers_alone(browser_for, make, ward):
    round_ = make.round(code="K7M3QX", published_at=None, opens=timedelta(days=1))
    path = f"/desk/events/rounds/{round_.id}"
    assert "Đợt thi chưa công bố" in browser_for(Role.ORGANISER).get(path).text
    coordinator = browser_for(Role.COORDINATOR, ward.id)
    assert coordinator.get(path).status == 404
    assert "Chưa có đợt thi nào được công bố" in coordinator.get("/desk/events").text


def test_the_list_of_rounds_leads_to_each(browser_for, round_):
    page = browser_for(Role.ORGANISER).get("/desk/events")
    assert f'href="/desk/events/rounds/{round_.id}"' in page.text
    assert "K7M 3QX" in page.words()


def test_without_rounds_the_desk_says_what_to_do_first(browser_for):
    assert "Tạo cuộc thi" in browser_for(Role.ORGANISER).get("/desk/events").text


def test_a_new_door_never_gets_a_code_that_is_in_use(app, make, ward):
    taken = make.round(code=short_codes.short_code(b"entropy" + ward.id.to_bytes(8, "big") + bytes([0])))
    with make.writing():
        door = actions._door(taken, "", b"entropy" + ward.id.to_bytes(8, "big"), make.now)
        assert len(door.code) == 6
        assert door.code != taken.code


def test_too_many_posters_at_once_are_refused_with_a_way_out(
    app, browser_for, monkeypatch, round_, province, ward
):
    monkeypatch.setattr(actions, "MOST_POSTERS", 1)
    desk, path = browser_for(Role.ORGANISER), f"/desk/events/rounds/{round_.id}"
    answer = desk.post(f"{path}/unit-posters", page=path, units="T\nP07")
    assert (answer.status, "Hãy chia thành nhiều lần" in answer.words()) == (409, True)
    assert rows(app, Door) == []
