"""From an event's poster to the round and back again on another phone, as a resident and a coordinator live it."""

import re

from contest.permissions import Role
from tests.conftest import Browser
from tests.features.test_events import EVENT
from tests.features.test_people import code_shown, enter


def test_a_resident_comes_in_at_a_festival_loses_the_code_and_goes_on_with_a_new_one(app, make, browser_for):
    ward = make.unit("Phường Sen Hồng", make.unit("Tỉnh An Bình", code="T"), code="P07", block="nguoi-dan")
    round_ = make.round(
        make.contest(fields={"birth_year": False, "phone": True, "unit": False, "block": True})
    )

    # The organiser enters the festival; its code leads for the ward.
    desk = browser_for(Role.ORGANISER)
    made = desk.post(
        f"/desk/events/rounds/{round_.id}/new", **{**EVENT, "host": "sen hong", "leads_for_host": "y"}
    )
    door_code = re.search(r'id="short-code"[^>]*>(\w{3}) (\w{3})<', desk.get(made.location).text)
    assert door_code is not None

    # A resident types the code from the poster; unit and block are filled in already.
    phone = Browser(app.test_client())
    landing = phone.get(f"/v?code={door_code[1].lower()}+{door_code[2].lower()}")
    assert landing.location == f"/rounds/{round_.code}"
    form = phone.get(f"{landing.location}/enter").text
    assert 'value="Phường Sen Hồng (P07)"' in form
    assert re.search(r"<input checked[^>]*name=\"block\"", form)
    page = enter(phone, round_.code, unit="Phường Sen Hồng (P07)", free=None, block=None)
    assert "Phường Sen Hồng" in page.words()
    assert code_shown(page)

    # At home on another phone the code is lost; the ward's coordinator finds her and gives a new one.
    home = Browser(app.test_client())
    assert enter(home, round_.code, unit="P07", free=None, block=None).status == 409
    coordinator = browser_for(Role.COORDINATOR, ward.id)
    found = re.search(r'href="(/desk/people/\d+)"', coordinator.get("/desk/people?q=678").text)
    assert found is not None
    new = code_shown(coordinator.post(f"{found[1]}/code", page=found[1]))
    assert home.post("/return", code=new.lower(), round=round_.code).location == f"/rounds/{round_.code}"
    assert "Nguyễn Thị Hoà" in home.get("/me").text


def test_a_poster_of_a_merged_unit_leads_in_for_the_one_that_took_it_over(app, make, browser_for):
    top = make.unit("Tỉnh An Bình", code="T")
    ward, heir = make.unit("Phường Sen Hồng", top, code="P07"), make.unit("Phường Trúc Lâm", top, code="P08")
    round_ = make.round(make.contest(fields={"unit": False}))
    desk = browser_for(Role.ORGANISER)
    made = desk.post(
        f"/desk/events/rounds/{round_.id}/new", **{**EVENT, "host": "P07", "leads_for_host": "y"}
    )
    door_code = re.search(r'id="short-code"[^>]*>(\w{3}) (\w{3})<', desk.get(made.location).text)
    assert door_code is not None
    desk.post(f"/desk/units/{ward.id}/merge", into=heir.code, effective_on="01/01/2026", confirmed="y")
    phone = Browser(app.test_client())
    landing = phone.get(f"/v?code={door_code[1]}{door_code[2]}")
    assert 'value="Phường Trúc Lâm (P08)"' in phone.get(f"{landing.location}/enter").text


def test_a_volunteers_tablet_takes_several_people_in_a_row(app, make):
    round_ = make.round(make.contest(fields={"birth_year": True}))
    tablet = Browser(app.test_client())
    codes = []
    for name, year in (("Nguyễn Thị Hoà", "1950"), ("Trần Văn Bảy", "1948"), ("Lê Thị Sáu", "1955")):
        page = enter(tablet, round_.code, name=name, birth_year=year, free=None, block=None, assisted="y")
        assert f"Chào {name}" in page.text
        codes.append(code_shown(page))
        onward = tablet.post("/me/leave", page="/me", round=round_.code)
        assert name not in tablet.get(onward.location).text
    for code, name in zip(codes, ("Nguyễn Thị Hoà", "Trần Văn Bảy", "Lê Thị Sáu"), strict=True):
        phone = Browser(app.test_client())
        phone.post("/return", code=code)
        assert name in phone.get("/me").text
