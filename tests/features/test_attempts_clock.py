"""Pauses, extra time and later closings: who is touched, what the phone is told, what is refused."""
# ruff: noqa: F811  fixtures of another file, by name

import re
from datetime import timedelta

import pytest

from contest import clock
from contest.attempts import actions, clock_actions, clock_queries, due, starting
from contest.attempts.clock_actions import Gift
from contest.attempts.clock_queries import Whom
from contest.attempts.models import Attempt, Pause
from contest.contests import queries as contests
from contest.contests.models import Round
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.people.models import Entry
from contest.permissions import Actor, Role
from contest.results import queries as results
from contest.units.models import Unit
from tests.conftest import NOW, counted_statements
from tests.features.test_attempts import Phone, contest, entry, phone, round_  # noqa: F401  fixtures
from tests.features.test_attempts_starting import drawn


@pytest.fixture
def by(make):
    one = make.staff(Role.ORGANISER)
    return Actor(one.id, one.email, one.name, Role.ORGANISER, None, None, "")


@pytest.fixture
def act(app, round_, by):
    """Does an act on the clock of the round at a moment: `act(clock_actions.pause, "Mất điện")`."""

    def do(action, *values, now=None):
        with app.app_context(), write_transaction():
            held = contests.round_for_writing(round_.id)
            here = [
                clock_queries.one_extra(round_.id, one) if isinstance(one, int) else one for one in values
            ]
            return action(held, *here, now or clock.now(), by)

    return do


def minutes(number, percent=None):
    return Gift(60 * number, percent, "Sự cố mạng")


def seconds_left(one: Phone) -> int:
    return one.state()["seconds_left"]


def attempt_of(app, one: Phone) -> Attempt:
    with app.app_context():
        return db.session.query(Attempt).filter_by(token=one.token).one()


def test_a_pause_stops_the_clock_and_going_on_gives_back_what_was_left(phone, act, at):
    at(minutes=10)
    assert act(clock_actions.pause, "Mất điện ở hội trường") == 1
    at(minutes=55)
    state = phone.state()
    assert (state["phase"], state["seconds_left"], state["handed_in"]) == ("paused", 1200, False)
    assert "tạm dừng từ 09:10:00: Mất điện ở hội trường" in state["news"][0]
    assert act(clock_actions.resume) == 1
    state = phone.state()
    assert (state["phase"], state["seconds_left"], state["news"]) == ("running", 1200, [])


def test_what_arrives_during_a_pause_is_stored_and_the_phone_is_told(phone, act, at):
    phone.taps((1, "A", 1))
    at(minutes=29)
    act(clock_actions.pause, "Sự cố")
    at(minutes=50)
    answer = phone.taps((2, "B", 1))
    assert answer.status_code == 200
    assert (answer.get_json()["phase"], answer.get_json()["seconds_left"]) == ("paused", 60)
    at(minutes=60)
    act(clock_actions.resume)
    at(minutes=61)
    assert phone.answers() == {1: "A", 2: "B"}
    assert phone.taps((3, "C", 1)).status_code == 200
    at(minutes=61, seconds=6)
    assert phone.taps((4, "D", 1)).status_code == 409


def test_the_clock_hands_nothing_in_while_it_stands_still(app, phone, act, at):
    at(minutes=29)
    act(clock_actions.pause, "Sự cố")
    now = at(hours=2)
    with app.app_context():
        due.hand_in_overdue(now)
    assert phone.get(f"/attempts/{phone.token}").status == 200
    assert "tạm dừng" in phone.get(f"/attempts/{phone.token}").words()
    act(clock_actions.resume)
    now = at(hours=2, minutes=1, seconds=6)
    with app.app_context():
        due.hand_in_overdue(now)
    one = attempt_of(app, phone)
    assert (one.handed_in_by, one.duration_seconds) == ("clock", 1800)
    assert one.handed_in_at == NOW + timedelta(hours=2, minutes=1)


def test_who_is_ready_hands_in_during_a_pause_and_the_pause_is_nobodys_working_time(app, phone, act, at):
    at(minutes=20)
    act(clock_actions.pause, "Sự cố")
    at(minutes=50)
    phone.hand_in()
    act(clock_actions.resume)
    one = attempt_of(app, phone)
    assert (one.handed_in_by, one.duration_seconds, one.paused_at) == ("person", 1200, None)
    assert one.handed_in_at == NOW + timedelta(minutes=50)


def test_an_attempt_whose_time_was_up_is_not_woken_by_a_pause(app, phone, act, at):
    at(minutes=30, seconds=2)
    assert act(clock_actions.pause, "Sự cố") == 0
    assert phone.taps((1, "A", 1)).status_code == 200
    at(minutes=30, seconds=6)
    assert phone.taps((2, "A", 1)).status_code == 409
    assert "tự động" in phone.get(f"/attempts/{phone.token}/receipt").words()


def test_nobody_starts_while_a_round_stands_still_and_afterwards_everybody_can(
    app, make, contest, round_, act
):
    act(clock_actions.pause, "Mất điện")
    one = Phone(app, make.entry(contest, "Lê Thị Chi").person_id)
    page = one.get(f"/rounds/{round_.code}").words()
    assert "Đợt thi đang tạm dừng" in page
    assert "Mất điện." in page
    with app.app_context(), pytest.raises(Refusal, match="tạm dừng"):
        actions.start_among_many(round_.code, make.entry(contest).person_id, "token-1", clock.now())
    act(clock_actions.resume)
    one.start(round_.code)
    assert seconds_left(one) == 1800


@pytest.mark.parametrize(
    "act_on_it",
    [
        pytest.param(lambda act: act(clock_actions.pause, "Sự cố"), id="pause"),
        pytest.param(lambda act: act(clock_actions.give, Whom(), minutes(5)), id="extra time"),
        pytest.param(lambda act: act(clock_actions.extend, NOW + timedelta(hours=5)), id="later closing"),
    ],
)
def test_a_start_reckoned_before_an_act_on_the_clock_is_not_stored_after_it(
    app, make, contest, round_, act, act_on_it
):
    person_id = make.entry(contest, "Lê Thị Chi").person_id
    with app.test_request_context():
        before = drawn(round_.code, person_id, "token-1")
    act_on_it(act)
    with app.test_request_context():
        assert starting.line.store([before]) == [False]


def test_extra_time_reaches_those_at_work_and_those_who_start_later(
    app, make, contest, round_, phone, act, at
):
    at(minutes=5)
    assert act(clock_actions.give, Whom(), minutes(10)) == 1
    assert seconds_left(phone) == 35 * 60
    later = Phone(app, make.entry(contest, "Lê Thị Chi").person_id)
    page = later.get(f"/rounds/{round_.code}").words()
    assert "Thời gian làm bài của bạn: 40 phút, đã gia hạn từ 30." in page
    later.start(round_.code)
    assert seconds_left(later) == 40 * 60
    assert "40 phút, đã gia hạn từ 30" in later.get(f"/attempts/{later.token}").words()
    later.hand_in()
    assert "40 phút, đã gia hạn từ 30" in later.get(f"/attempts/{later.token}/receipt").words()


def test_a_start_with_extra_time_is_still_one_statement_to_read_and_one_to_store(
    app, make, contest, round_, act
):
    act(clock_actions.give, Whom(), minutes(10))
    person_id = make.entry(contest, "Lê Thị Chi").person_id
    with app.test_request_context(), counted_statements(app) as statements:
        actions.start_among_many(round_.code, person_id, "token-1", clock.now())
    assert [statement.split()[0] for statement in statements] == ["SELECT", "WITH"]


def test_extra_time_is_for_one_for_a_unit_with_all_below_or_for_everybody_and_adds_up(
    app, make, contest, round_, act
):
    ward = make.unit()
    office, elsewhere = make.unit("Văn phòng", ward), make.unit("Sở Nội vụ")
    people = [
        make.entry(contest, name, unit)
        for name, unit in (("Lê An", ward), ("Lê Bình", office), ("Lê Chi", elsewhere), ("Lê Dung", None))
    ]
    phones = [Phone(app, one.person_id) for one in people]
    for one in phones[:3]:
        one.start(round_.code)
    with app.app_context():
        unit, person = db.session.get(Unit, ward.id), db.session.get(Entry, people[1].id)
    assert act(clock_actions.give, Whom(unit=unit), minutes(5)) == 2
    assert act(clock_actions.give, Whom(entry=person), minutes(15, 150)) == 1
    assert act(clock_actions.give, Whom(), minutes(1)) == 3
    phones[3].start(round_.code)
    assert [seconds_left(one) // 60 for one in phones] == [36, 51, 31, 31]


def test_what_is_withdrawn_is_gone_but_for_the_last_minute(phone, act, at):
    act(clock_actions.give, Whom(), minutes(10))
    at(minutes=20)
    assert act(clock_actions.withdraw, 1) == 1
    assert seconds_left(phone) == 600
    act(clock_actions.give, Whom(), minutes(20))
    at(minutes=40)
    act(clock_actions.withdraw, 2)
    assert seconds_left(phone) == 60
    with pytest.raises(Refusal, match="thu hồi rồi"):
        act(clock_actions.withdraw, 2)


@pytest.mark.parametrize("order", ["pause first", "extra time first", "closing first"])
def test_pause_extra_time_and_a_later_closing_come_to_the_same_in_any_order(
    app, make, contest, by, at, order
):
    made = make.round(contest, closes=timedelta(minutes=20), minutes=30)
    one = Phone(app, make.entry(contest, "Lê Thị Chi").person_id)
    one.start(made.code)
    acts = {
        "pause": lambda held, now: clock_actions.pause(held, "Sự cố", now, by),
        "extra": lambda held, now: clock_actions.give(held, Whom(), minutes(5), now, by),
        "closing": lambda held, now: clock_actions.extend(held, NOW + timedelta(minutes=25), now, by),
        "resume": lambda held, now: clock_actions.resume(held, now, by),
    }
    orders = {
        "pause first": ("pause", "extra", "closing", "resume"),
        "extra time first": ("extra", "pause", "resume", "closing"),
        "closing first": ("closing", "pause", "extra", "resume"),
    }
    for name in orders[order]:
        now = at(minutes={"pause": 2, "resume": 12}.get(name, 2 if order != "extra time first" else 12))
        with app.app_context(), write_transaction():
            acts[name](contests.round_for_writing(made.id), now)
    # 25 minutes to the closing, 5 given, 10 paused; 12 have gone by.
    assert one.state()["seconds_left"] == (25 + 5 + 10 - 12) * 60


def test_the_key_is_nobodys_while_a_clock_stands_still_beyond_the_closing(app, phone, round_, act, at):
    at(minutes=5)
    act(clock_actions.pause, "Sự cố")
    now = at(hours=4)
    assert phone.get(f"/attempts/{phone.token}/paper").status == 409
    with app.app_context():
        assert results.answers_shown_from(db.session.get(Round, round_.id), now) > now


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        (["resume"], "không còn tạm dừng"),
        (["pause", "pause"], "đã tạm dừng từ 09:00:00"),
        (["hand in", "closing", "pause"], "không còn ai đang làm bài"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(phone, act, at, acts, words):
    *before, last = acts
    for one in before:
        if one == "hand in":
            phone.hand_in()
        elif one == "closing":
            at(hours=3)
        else:
            act(clock_actions.pause, "Sự cố")
    with pytest.raises(Refusal) as refusal:
        act(clock_actions.resume) if last == "resume" else act(clock_actions.pause, "Sự cố")
    assert words in str(refusal.value)


def test_nothing_is_done_to_the_clock_of_a_round_that_is_not_published(app, make, contest, by):
    made = make.round(contest, published_at=None)
    with app.app_context(), write_transaction():
        held = contests.round_for_writing(made.id)
        for act in (
            lambda: clock_actions.pause(held, "Sự cố", clock.now(), by),
            lambda: clock_actions.give(held, Whom(), minutes(5), clock.now(), by),
        ):
            with pytest.raises(Refusal, match="chưa công bố"):
                act()


def desk(browser, round_, path="", **fields):
    page = f"/desk/rounds/{round_.id}/clock"
    return browser.post(f"{page}{path}", page=page, **fields)


def test_the_desk_pauses_with_a_reason_and_says_what_it_changes_before(phone, round_, browser_for):
    organiser = browser_for(Role.ORGANISER)
    page = organiser.get(f"/desk/rounds/{round_.id}/clock").words()
    assert "1 bài đang làm đứng lại" in page
    refused = desk(organiser, round_, "/pause", reason=" ")
    assert refused.status == 422
    assert "Mục này cần được điền" in refused.words()
    done = organiser.follow(desk(organiser, round_, "/pause", reason="Mất điện")).words()
    assert "đồng hồ của 1 bài đang làm đứng lại" in done
    assert "Cho tiếp tục: 1 bài" in done
    assert "1 bài được trả lại" in organiser.follow(desk(organiser, round_, "/resume")).words()


def test_the_desk_says_whom_extra_time_touches_and_that_it_runs_past_the_closing(
    app, make, contest, round_, phone, browser_for
):
    make.entry(contest, "Lê Thị Chi", make.unit("Phường Hoa Mai"))
    organiser = browser_for(Role.ORGANISER)
    asked = {"whom": "everybody", "how": "factor", "minutes": "", "percent": "150", "reason": "Sự cố mạng"}
    page = desk(organiser, round_, "/extra", **asked)
    words = page.words()
    assert "Thêm 15 phút cho tất cả người dự thi?" in words
    assert "1 bài đang làm được thêm giờ ngay" in words
    assert "1 người đã vào thi còn lượt" in words
    assert "có thể làm đến 12:15 05/10/2026" in words
    assert seconds_left(phone) == 1800
    kept = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text.partition("notice warn")[2])
    )
    done = organiser.follow(desk(organiser, round_, "/extra", **{**asked, "confirmed": kept["confirmed"]}))
    assert "1 bài đang làm được thêm ngay" in done.words()
    assert seconds_left(phone) == 45 * 60
    assert "150 %" in done.words()
    gone = organiser.follow(desk(organiser, round_, "/extra/1/withdraw"))
    assert "đã thu hồi" in gone.words()
    assert seconds_left(phone) == 1800


def test_the_desk_finds_one_person_of_this_contest_and_nobody_of_another(make, round_, entry, browser_for):
    other = make.entry(make.contest(code="cuoc-thi-khac"), "Nguyễn Văn Ân")
    organiser = browser_for(Role.ORGANISER)
    page = organiser.get(f"/desk/rounds/{round_.id}/clock?q=nguyen+van").text
    assert f"entry={entry.id}" in page
    assert f"entry={other.id}" not in page
    asked = {"whom": "entry", "how": "minutes", "minutes": "7", "percent": "150", "reason": "Khiếm thị"}
    assert (
        "Thêm 7 phút cho Nguyễn Văn An?"
        in desk(organiser, round_, "/extra", entry_id=str(entry.id), **asked).words()
    )
    assert desk(organiser, round_, "/extra", entry_id=str(other.id), **asked).status == 404
    nobody = desk(organiser, round_, "/extra", **asked)
    assert (nobody.status, "chọn người được thêm giờ" in nobody.words()) == (422, True)


def test_a_unit_that_is_not_clear_is_asked_for_again(make, round_, browser_for):
    make.unit("Phường Hoa Mai"), make.unit("Phường Hoa Lư")
    organiser = browser_for(Role.ORGANISER)
    asked = {"whom": "unit", "how": "minutes", "minutes": "7", "percent": "150", "reason": "Sự cố"}
    unclear = desk(organiser, round_, "/extra", unit="hoa", **asked)
    assert "Có nhiều đơn vị giống" in unclear.words()
    assert "Hãy gõ tên đơn vị" in desk(organiser, round_, "/extra", unit="", **asked).words()
    assert "cho Phường Hoa Mai?" in desk(organiser, round_, "/extra", unit="hoa mai", **asked).words()


def test_every_act_on_the_clock_is_in_the_history_without_a_participants_name(app, act, entry, browser_for):
    with app.app_context():
        held = db.session.get(Entry, entry.id)
    act(clock_actions.give, Whom(entry=held), minutes(10))
    act(clock_actions.withdraw, 1)
    act(clock_actions.pause, "Mất điện")
    act(clock_actions.resume)
    page = browser_for(Role.ADMINISTRATOR).get("/desk/history").words()
    acts = ("Thêm giờ làm bài", "Thu hồi giờ đã thêm", "Tạm dừng đợt thi", "Cho đợt thi tiếp tục")
    for word in (*acts, f"#{entry.id}"):
        assert word in page
    assert entry.name not in page
    with app.app_context():
        assert db.session.query(Pause).one().ended_at is not None
