"""Numbers by the units of the time and by those of today, and each block held against its own headcount."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest import chores
from contest.contests.models import Block
from contest.database import db
from contest.participation import queries, seen_as, unit_hours
from contest.participation.asked import Asked
from contest.participation.models import BlockMeasure
from contest.participation.overview import overview
from contest.participation.seen_as import Seen, View, kind_by_name
from contest.participation.tree import Node, Tree, summed
from contest.permissions import Role
from contest.rules.counting import Tally
from contest.rules.unit_changes import WHOLE, Heirs
from contest.targets import goals as target_goals
from contest.targets import queries as target_queries
from contest.units import queries as units
from contest.units.models import HeadcountKind
from tests.conftest import NOW
from tests.taking_part import take_part

PAGE = "/participation/K7M2QX"
DAY = date(2026, 7, 1)


@pytest.fixture
def held(app, make):
    """Two departments and a ward: two officials and three residents took part for Sen, one official for Trúc."""
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Sở Sen Hồng", province, code="SEN", kind="department", officials=10, residents=60)
    bamboo = make.unit("Sở Trúc Lâm", province, code="TRUC", kind="department", officials=4, residents=40)
    for unit, block, people in ((lotus, 1, 2), (lotus, 2, 3), (bamboo, 1, 1)):
        for _ in range(people):
            take_part(make, round_, make.entry(contest, unit=unit, block=block))
    with app.app_context():
        chores.run_once()
    return {"contest": contest, "round": round_, "province": province, "lotus": lotus, "bamboo": bamboo}


def rates(app, held, **asked):
    with app.app_context():
        numbers = overview(held["round"], Asked(**asked), NOW)
        found = {
            row.unit.code: (row.tally.people, row.rate.people, row.rate.headcount) for row in numbers.children
        }
        return found, (numbers.total.people, numbers.rate.people, numbers.rate.headcount)


def test_residents_are_not_held_against_officials(app, held):
    found, total = rates(app, held)
    assert found == {"SEN": (5, 2, 10), "TRUC": (1, 1, 4)}
    assert total == (6, 3, 14)


def test_a_block_is_held_against_its_own_headcount(app, held):
    assert rates(app, held, block="nguoi-dan")[0] == {"SEN": (3, 3, 60), "TRUC": (0, 0, 40)}
    assert rates(app, held, block="can-bo")[0] == {"SEN": (2, 2, 10), "TRUC": (1, 1, 4)}


def test_a_commune_is_measured_by_its_residents_where_they_take_part(app, held, make):
    ward = make.unit("Phường Hồ Tây", held["province"], code="HO", officials=5, residents=300)
    for block, people in ((1, 6), (2, 30)):
        for _ in range(people):
            take_part(make, held["round"], make.entry(held["contest"], unit=ward, block=block))
    with app.app_context():
        chores.run_once()
    assert rates(app, held)[0]["HO"] == (36, 30, 300)
    assert rates(app, held, block="can-bo")[0]["HO"] == (6, 6, 5)
    with make.writing():
        for block in db.session.query(Block).filter_by(contest_id=held["contest"].id):
            make.add(BlockMeasure(block_id=block.id, kind="officials"))
    assert rates(app, held)[0]["HO"] == (36, 36, 5)


def test_every_unit_may_be_measured_by_one_headcount_each_of_its_own_people(app, held):
    assert rates(app, held, measure=HeadcountKind.RESIDENTS) == (
        {"SEN": (5, 3, 60), "TRUC": (1, 0, 40)},
        (6, 3, 100),
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Cán bộ, công chức, viên chức", "officials"),
        ("Đoàn viên thanh niên", "youth"),
        ("Người dân", "residents"),
        ("Các tầng lớp nhân dân", "residents"),
        ("Cán bộ và nhân dân", None),
        ("Bảng A", None),
        ("Danh dự", None),
    ],
)
def test_the_name_of_a_block_may_say_whom_it_is_for(name, kind):
    assert kind_by_name(name) == kind


def merge(browser_for, held, day):
    path = f"/desk/units/{held['lotus'].id}/merge"
    browser_for(Role.ORGANISER).post(path, into="TRUC", effective_on=day, confirmed="y")


def test_after_a_merger_numbers_can_be_seen_both_ways(app, held, browser_for, visitor):
    assert "Theo đơn vị hiện nay" not in visitor.get(PAGE).words()
    merge(browser_for, held, "05/10/2026")
    found, total = rates(app, held)
    # In the middle of the round: what was handed in stays, the old headcount is gone, and the people held against
    # it are held, further up, against the one it has gone into.
    assert found == {"SEN": (5, 2, None), "TRUC": (1, 1, 14)}
    assert total == (6, 3, 14)
    assert rates(app, held, view=View.NOW) == ({"TRUC": (6, 3, 14)}, (6, 3, 14))
    words = visitor.get(f"{PAGE}?as=now").words()
    assert "Theo đơn vị hiện nay" in words
    assert "tính cho đơn vị nhận" in words


def test_a_round_before_the_merger_keeps_its_headcounts_and_the_view_of_today_sums_them(
    app, held, browser_for, at, make
):
    with make.writing():
        db.session.merge(held["round"]).closes_at = NOW + timedelta(hours=1)
    held["round"].closes_at = NOW + timedelta(hours=1)
    later = at(days=30)
    merge(browser_for, held, "01/11/2026")
    with app.app_context():
        for view, found in (
            (View.THEN, {"SEN": (2, 10), "TRUC": (1, 4)}),
            (View.NOW, {"TRUC": (3, 14)}),
        ):
            numbers = overview(held["round"], Asked(view=view), later)
            seen = {row.unit.code: (row.rate.people, row.rate.headcount) for row in numbers.children}
            assert seen == found


def test_a_round_before_a_rename_bears_the_name_of_its_day(app, held, browser_for, at, make):
    with make.writing():
        db.session.merge(held["round"]).closes_at = NOW + timedelta(hours=1)
    held["round"].closes_at = NOW + timedelta(hours=1)
    later = at(days=30)
    path = f"/desk/units/{held['lotus'].id}/rename"
    browser_for(Role.ORGANISER).post(path, name="Phường Hồ Sen", effective_on="01/11/2026", confirmed="y")
    with app.app_context():
        for view, name in ((View.THEN, "Sở Sen Hồng"), (View.NOW, "Phường Hồ Sen")):
            numbers = overview(held["round"], Asked(view=view), later)
            assert name in [row.unit.name for row in numbers.children]


def test_a_unit_is_found_by_its_old_name(app, held, browser_for):
    merge(browser_for, held, "05/10/2026")
    with app.app_context():
        numbers = overview(held["round"], Asked(text="so sen hong"), NOW)
        assert {row.unit.code for row in numbers.rows} == {"TRUC", "SEN"}


def agreed(round_, within, now):
    """What the list of rounds, the line of hours and the page of a round say of a subtree as it is today."""
    seen = overview(round_, Asked(view=View.NOW), now, within)
    page = seen.total
    (line,) = [one for one in queries.rounds(within) if one.round.id == round_.id]
    hours = sum(count for _hour, count in unit_hours.within(seen.snapshot, within)[round_.id])
    assert (line.tally, hours) == (page, page.attempts)
    return page.people, page.attempts


def test_lists_hours_and_pages_agree_before_and_after_mergers_wherever_one_stands(
    app, held, browser_for, make
):
    with app.app_context():
        top, lotus, bamboo = (units.by_code(code).path for code in ("T", "SEN", "TRUC"))
        assert [agreed(held["round"], path, NOW) for path in (top, lotus, bamboo)] == [(6, 6), (5, 5), (1, 1)]
    merge(browser_for, held, "05/10/2026")
    with app.app_context():
        assert [agreed(held["round"], path, NOW) for path in (top, lotus, bamboo)] == [(6, 6), (0, 0), (6, 6)]
        for view in View:
            whole = overview(held["round"], Asked(view=view), NOW).total
            assert queries.totals([held["round"].id]) == {held["round"].id: whole}
            assert [one.tally for one in queries.rounds(None)] == [whole]


def test_whoever_answers_for_a_unit_sees_those_that_went_into_it_unless_asked_otherwise(held, browser_for):
    merge(browser_for, held, "05/10/2026")
    coordinator = browser_for(Role.COORDINATOR, unit_id=held["bamboo"].id)
    page = f"/desk/participation/{held['round'].id}"
    now, then = (coordinator.get(f"{page}{view}").words() for view in ("", "?as=then"))
    assert "người dự thi 6" in now and "người dự thi 1" in then
    desk = coordinator.get("/desk").words()
    assert "người dự thi 6" in desk
    organiser = browser_for(Role.ORGANISER)
    assert 'value="now" selected' not in organiser.get(page).text


@st.composite
def histories(draw):
    """A tree, attempts (unit, person) of it, and units that went into others."""
    size = draw(st.integers(2, 9))
    parents = [None, *(draw(st.integers(0, n - 1)) for n in range(1, size))]
    attempts = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, 3)), max_size=25))
    gone = draw(st.lists(st.integers(1, size - 1), unique=True, max_size=size - 1))
    left = [unit for unit in range(size) if unit not in gone]
    heirs = []
    for place, unit in enumerate(gone):
        # Into one that is still there, or one that goes itself later: chains, never circles.
        heir = draw(st.sampled_from(left + gone[place + 1 :]))
        taker = heir if draw(st.booleans()) else None
        heirs.append(Heirs(unit, DAY + timedelta(days=draw(st.integers(0, 9))), ((heir, WHOLE),), taker))
    return parents, attempts, heirs


@given(histories())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_both_views_every_sum_equals_a_recount_from_the_attempts_themselves(history):
    parents, attempts, heirs = history
    paths: list[str] = []
    nodes = []
    for unit, parent in enumerate(parents):
        paths.append(f"{paths[parent] if parent is not None else '/'}{unit}/")
        depth = paths[-1].count("/") - 2
        above = parent + 1 if parent is not None else None
        nodes.append(Node(unit + 1, above, paths[-1], depth, str(unit), "", "other", "", str(unit), False))
    tree = Tree.of(nodes)
    # Ids begin with 1: 0 stands for people of no unit.
    shifted = [
        Heirs(
            one.unit_id + 1,
            one.effective_on,
            ((one.shares[0][0] + 1, WHOLE),),
            None if one.takes_people is None else one.takes_people + 1,
        )
        for one in heirs
    ]
    people = Counter(unit for unit, _count in attempts)
    made = Counter()
    for unit, count in attempts:
        made[unit] += count
    direct = {unit + 1: Tally(people[unit], made[unit]) for unit in people}
    went = {one.unit_id: one.takes_people for one in heirs if one.takes_people is not None}

    def of_today(unit):
        while unit in went:
            unit = went[unit]
        return unit

    for numbers, place_of in ((direct, lambda unit: unit), (seen_as.moved(direct, shifted), of_today)):
        sums = summed(tree, numbers)
        for unit, path in enumerate(paths):
            inside = [(u, n) for u, n in attempts if paths[place_of(u)].startswith(path)]
            place = tree.by_id[unit + 1]
            assert sums.tally(place) == Tally(len(inside), sum(n for _u, n in inside))


def test_targets_are_held_against_the_people_of_the_right_blocks(app, held):
    with app.app_context():
        numbers = target_queries.progress(held["contest"], Asked(), NOW)
        goals = target_goals.goals(
            numbers.figures, target_queries.rule_of(held["contest"].id), numbers.children
        )
        assert {goal.people for goal in goals.values()} == {2, 1}
        assert {goal.wanted for goal in goals.values()} == {None}


def test_a_view_of_a_block_alone_measures_what_the_board_said():
    kinds = ((1, HeadcountKind.OFFICIALS), (2, None))
    seen = Seen(kinds=kinds)
    assert (seen.against(HeadcountKind.OFFICIALS), seen.against(HeadcountKind.YOUTH)) == (None, [2])
    assert seen.kind_for("commune") == HeadcountKind.OFFICIALS
