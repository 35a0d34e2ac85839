"""A workplace and a youth branch: counted once where somebody works, told beside the numbers of the branch."""

import re

import pytest

from contest import chores
from contest.database import db
from contest.participation.asked import Asked
from contest.participation.overview import overview
from contest.people.models import Entry
from contest.permissions import Role
from tests.conftest import NOW, counted_statements
from tests.taking_part import take_part


@pytest.fixture
def held(app, make):
    """Five people: two of the department who also are of branches, one free, one of the branch itself, one of neither."""
    contest = make.contest()
    round_ = make.round(contest)
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    health = make.unit("Sở Y tế", province, code="S", kind="department", officials=10)
    union = make.unit("Tỉnh đoàn An Bình", province, code="D", kind="youth_union")
    branch = make.unit("Chi đoàn Sở Y tế", union, code="C", kind="branch")
    for unit, second in ((health, branch), (health, union), (None, branch), (branch, union), (health, None)):
        entry = make.entry(contest, unit=unit)
        with make.writing():
            db.session.get_one(Entry, entry.id).second_unit_id = second.id if second else None
        take_part(make, round_, entry)
    with app.app_context():
        chores.run_once()
    return {"round": round_, "contest": contest, "health": health, "union": union, "branch": branch}


def said(browser, address):
    words = browser.get(address).words()
    found = re.search(r"Thêm (\d+) người đã dự thi ở nơi công tác khác", words)
    return found and int(found[1])


def test_a_branch_is_told_of_its_people_who_took_part_where_they_work(held, browser_for):
    organiser = browser_for(Role.ORGANISER)
    page = f"/desk/participation/{held['round'].id}"
    found = {code: said(organiser, f"{page}?unit={code}") for code in ("T", "S", "D", "C")}
    assert found == {"T": None, "S": None, "D": 3, "C": 2}
    whole = f"/desk/participation/contests/{held['contest'].id}?unit=D"
    assert said(organiser, whole) == 3


def test_nobody_is_counted_twice_for_it(app, held):
    with app.app_context():
        whole = overview(held["round"], Asked(), NOW)
        assert (whole.total.people, whole.free.people) == (5, 1)
        assert {row.unit.code: row.tally.people for row in whole.children} == {"S": 3, "D": 1}


def test_with_them_the_rate_of_the_branch_is_known(held, browser_for):
    organiser = browser_for(Role.ORGANISER)
    unit = f"/desk/units/{held['branch'].id}"
    fields = {"kind": "youth", "number": "12", "valid_from": "01/10/2026", "source": "Đoàn trường"}
    organiser.post(f"{unit}/headcounts", page=unit, **fields)
    words = organiser.get(f"/desk/participation/{held['round'].id}?unit=C").words().replace("\xa0", " ")
    assert "8,33 %" in words and "Tính cả họ, tỷ lệ là 25,00 %." in words


def test_the_coordinator_of_the_branch_sees_it_and_it_is_read_only_once(app, held, browser_for):
    coordinator = browser_for(Role.COORDINATOR, unit_id=held["branch"].id)
    page = f"/desk/participation/{held['round'].id}"
    assert said(coordinator, page) == 2
    with counted_statements(app) as first:
        assert said(coordinator, page) == 2
    assert not [one for one in first if "second_unit_id" in one]
