"""A draft of standings names units as they are when the board looks at it; what is published stays."""

import pytest

from contest import chores
from contest.database import db
from contest.permissions import Role
from contest.results.models import Sheet, Standing
from tests.conftest import counted_statements
from tests.features.test_results import publish
from tests.features.test_units_changes import merge
from tests.taking_part import take_part


@pytest.fixture
def drafted(app, make, at):
    """A round that is over, drafted: one person of a ward that will go into another, one of that other."""
    top = make.unit("Tỉnh An Bình", code="P", kind="province")
    old = make.unit("Phường Sen Hồng", top, code="P01")
    new = make.unit("Phường Hòa Bình", top, code="P02")
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    entries = [make.entry(contest, name, unit) for name, unit in (("Đỗ Văn An", old), ("Lý Thị Bích", new))]
    for score, entry in zip((5, 4), entries, strict=True):
        take_part(make, round_, entry, score=score)
    at(days=8)
    turn(app)
    return {"round": round_, "old": old, "new": new, "entry": entries[0]}


def turn(app) -> None:
    with app.app_context():
        chores.run_once()


def versions(app) -> list[tuple[int, str, str]]:
    with app.app_context():
        return [
            (sheet.version, sheet.state, sheet.reason)
            for sheet in db.session.query(Sheet).order_by(Sheet.version)
        ]


def units_on_the_newest(app) -> list[str]:
    with app.app_context():
        newest = db.session.query(Sheet).order_by(Sheet.version.desc()).first()
        rows = db.session.query(Standing).filter_by(sheet_id=newest.id).order_by(Standing.position)
        return [row.unit for row in rows]


def correct(browser, drafted):
    page = f"/desk/corrections/entries/{drafted['entry'].id}"
    assert browser.post(page, unit="P02", reason="Chọn nhầm phường.").status == 302


def test_whoever_is_moved_to_the_right_unit_stands_with_it_on_the_next_draft(app, drafted, browser_for):
    organiser = browser_for(Role.ORGANISER)
    correct(organiser, drafted)
    refused = publish(app, organiser, drafted["round"])
    assert refused.status == 409
    assert "bản mới đang được lập" in refused.words()
    turn(app)
    assert units_on_the_newest(app) == ["Phường Hòa Bình", "Phường Hòa Bình"]
    assert versions(app)[1][1:] == ("draft", "Chuyển người chọn nhầm về đúng đơn vị")
    assert publish(app, organiser, drafted["round"]).status == 302


def test_a_ward_that_went_into_another_stands_as_that_one_and_is_found_by_its_old_name(
    app, drafted, browser_for, visitor
):
    organiser = browser_for(Role.ORGANISER)
    merge(organiser, drafted["old"])
    assert publish(app, organiser, drafted["round"]).status == 409
    turn(app)
    assert units_on_the_newest(app) == ["Phường Hòa Bình", "Phường Hòa Bình"]
    assert publish(app, organiser, drafted["round"]).status == 302
    found = visitor.get("/results/K7M2QX?q=sen hong").words()
    assert "Đỗ Văn An" in found and "Lý Thị Bích Phường" not in found


def test_published_standings_stay_when_units_change(app, drafted, browser_for, visitor):
    organiser = browser_for(Role.ORGANISER)
    publish(app, organiser, drafted["round"])
    correct(organiser, drafted)
    merge(organiser, drafted["old"])
    turn(app)
    assert [one[:2] for one in versions(app)] == [(1, "published")]
    assert "Phường Sen Hồng" in visitor.get("/results/K7M2QX").words()


def test_a_change_that_no_line_names_makes_no_new_version(app, make, drafted, browser_for):
    make.unit("Xã Sao Mai", drafted["new"], officials=40)
    assert publish(app, browser_for(Role.ORGANISER), drafted["round"]).status == 302
    turn(app)
    assert len(versions(app)) == 1


def test_a_renamed_unit_has_its_new_name_and_nothing_is_read_while_nothing_changes(
    app, drafted, browser_for, at
):
    organiser = browser_for(Role.ORGANISER)
    fields = {
        "name": "Phường Sen Trắng",
        "effective_on": "01/10/2026",
        "basis": "Nghị quyết 3",
        "confirmed": "y",
    }
    assert organiser.post(f"/desk/units/{drafted['old'].id}/rename", **fields).status == 302
    turn(app)
    assert units_on_the_newest(app)[0] == "Phường Sen Trắng"
    at(days=9)
    with counted_statements(app) as seen:
        turn(app)
    assert [one for one in seen if "tree_stamp" in one]
    assert not [one for one in seen if "standings" in one and "DISTINCT" in one]
