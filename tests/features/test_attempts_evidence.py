"""What is kept for the board about an attempt, for how long, and how fast is too fast."""
# ruff: noqa: F811  fixtures of another file, by name

from datetime import timedelta

import pytest

from contest import chores
from contest.attempts import evidence
from contest.attempts.limits import Limit, TooFast
from contest.attempts.models import Attempt
from contest.database import db
from contest.permissions import Role
from tests.conftest import NOW
from tests.features.test_attempts import Phone, contest, entry, phone, round_  # noqa: F401  fixtures
from tests.taking_part import take_part


def attempts(app):
    with app.app_context():
        return db.session.query(Attempt).order_by(Attempt.id).all()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("unix:", None),
        (None, None),
    ],
)
def test_an_address_is_kept_without_its_end(address, kept):
    assert evidence.shortened(address) == kept


def test_a_start_keeps_a_mark_of_the_device_and_the_network_and_says_so_before(app, make, contest, phone):
    (one,) = attempts(app)
    assert one.network == "127.0.0.0/24"
    assert len(one.device) == 12
    other = Phone(app, make.entry(contest, "Lê Thị Chi").person_id)
    assert "địa chỉ mạng rút gọn (giữ 14 ngày)" in other.get("/rounds/SPRING").words()
    other.start("SPRING")
    assert attempts(app)[1].device != one.device


def test_addresses_go_after_two_weeks_and_marks_after_three_months(app, phone, at):
    for days, known in ((13, (True, True)), (15, (False, True)), (91, (False, False))):
        now = at(days=days)
        with app.app_context():
            evidence.forget_origins(now)
        (one,) = attempts(app)
        assert (one.network is not None, one.device is not None) == known


@pytest.mark.parametrize(
    ("left", "status", "count"), [(3, 200, 3), (0, 200, 0), (10**8, 200, 9999), ("x", 400, 0), (-1, 400, 0)]
)
def test_the_phone_says_how_often_its_page_was_left(app, phone, left, status, count):
    answers = [{"position": 1, "response": "A", "revision": 1}]
    body = {"left": left, "answers": answers}
    assert phone.client.post(f"/attempts/{phone.token}/answers", json=body).status_code == status
    assert attempts(app)[0].left_count == count


def test_an_older_message_about_leaving_does_not_lower_the_count(app, phone):
    for revision, left in ((1, 5), (2, 3)):
        answers = [{"position": 1, "response": "A", "revision": revision}]
        phone.client.post(f"/attempts/{phone.token}/answers", json={"left": left, "answers": answers})
    assert attempts(app)[0].left_count == 5


def test_a_limit_refills_with_time_and_counts_each_for_itself():
    limit = Limit(at_once=3, per_second=1)
    for _ in range(3):
        limit.take("one", NOW)
    with pytest.raises(TooFast):
        limit.take("one", NOW)
    limit.take("another", NOW)
    limit.take("one", NOW + timedelta(seconds=1))
    with pytest.raises(TooFast):
        limit.take("one", NOW + timedelta(seconds=1))


def test_a_script_that_saves_without_pause_is_asked_to_wait_and_nothing_is_lost(app, phone):
    statuses = [phone.taps((1, "AB"[n % 2], n + 1)).status_code for n in range(602)]
    assert statuses[:600] == [200] * 600
    assert 429 in statuses[600:]
    assert phone.answers() == {1: "B"}


def test_the_board_reads_what_speaks_for_a_look_and_what_against(app, make, at, browser_for):
    contest = make.contest()
    made = make.round(contest, closes=timedelta(hours=1))
    for name, device in (("Lê An", "a"), ("Lê Bình", "a"), ("Lê Chi", "a"), ("Lê Dung", "b")):
        attempt = take_part(make, made, make.entry(contest, name), seconds=3 if name == "Lê Dung" else 100)
        with make.writing():
            row = db.session.get(Attempt, attempt.id)
            row.device, row.left_count = device * 12, 4
    at(hours=2)
    with app.app_context():
        chores.run_once()
    page = browser_for(Role.ORGANISER).get(f"/desk/results/{made.id}/look").words()
    assert "4 bài có dấu hiệu trong 4 bài" in page
    assert "3 giây cho 5 câu" in page
    assert "Nhiều người dự thi trên cùng một thiết bị" in page
    assert "Cùng với: Lê Bình, Lê Chi" in page
    assert "Gia đình, lớp học, cơ quan thường dùng chung một máy" in page
    assert "4 lần" in page
