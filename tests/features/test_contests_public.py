"""What anybody sees of contests, and what other parts may ask about them."""

from datetime import timedelta

import pytest

from contest.contests import queries
from contest.contests.models import RulesText
from contest.database import db
from contest.errors import NotFound


def test_the_first_page_says_what_is_open_coming_and_over(visitor, make):
    contest = make.contest()
    make.round(contest, make.bank(10), questions=5)
    make.round(make.contest("sap-mo"), make.bank(10), opens=timedelta(days=1), closes=timedelta(days=2))
    over = make.contest("da-xong")
    make.round(over, make.bank(10), opens=timedelta(days=-9), closes=timedelta(days=-2))
    words = visitor.get("/").words()
    assert words.index("Đang mở") < words.index("Sắp mở") < words.index("Đã kết thúc")
    assert "Vào thi" in words
    assert "Tôi đã có mã quay lại" in words


def test_an_empty_site_says_so(visitor):
    assert "Chưa có cuộc thi nào mở" in visitor.get("/").words()


def test_the_page_of_a_contest_shows_published_rounds_only(visitor, make):
    contest = make.contest()
    make.round(contest, make.bank(10), name="Tuần 1")
    make.round(contest, make.bank(10), name="Tuần bí mật", published_at=None)
    words = visitor.get(f"/contests/{contest.code}").words()
    assert "Tuần 1" in words
    assert "Tuần bí mật" not in words


def test_markdown_of_the_introduction_never_becomes_raw_html(visitor, make):
    contest = make.contest()
    with make.writing():
        queries.contest_for_staff(contest.id).introduction = "**Chào** <script>alert(1)</script>"
    text = visitor.get(f"/contests/{contest.code}").text
    assert "<strong>Chào</strong>" in text
    assert "<script>alert" not in text


def test_staff_look_at_a_contest_before_it_is_public(visitor, browser_for, make):
    contest = make.contest()
    with make.writing():
        queries.contest_for_staff(contest.id).published_at = None
    assert visitor.get(f"/contests/{contest.code}").status == 404
    assert "chưa công khai" in browser_for().get(f"/contests/{contest.code}").words()


def test_pages_are_complete_in_english(visitor, make):
    contest = make.contest()
    make.round(contest, make.bank(10))
    words = visitor.get("/?lang=en").words()
    assert "Open now" in words
    page = visitor.get(f"/contests/{contest.code}").words()
    assert "Time for an attempt 30 minutes" in page
    assert "Short code" in page


def test_a_round_is_found_by_its_code_however_it_is_typed(inside, make):
    make.round(make.contest(), make.bank(10), code="K7M3QX")
    for typed in ("K7M3QX", "k7m 3qx", "k7m-3qx"):
        assert queries.round_by_code(typed).code == "K7M3QX"
    with pytest.raises(NotFound, match="Không có đợt thi nào với mã này"):
        queries.round_by_code("AAAAAA")


def test_an_unpublished_round_is_not_found_by_its_code(inside, make):
    make.round(make.contest(), make.bank(10), code="K7M3QX", published_at=None)
    with pytest.raises(NotFound):
        queries.round_by_code("K7M3QX")


def test_the_rules_in_force_are_the_newest_whose_moment_has_come(inside, make):
    contest = make.contest()
    with make.writing():
        for version, days in ((2, 1), (3, 3)):
            moment = make.now + timedelta(days=days)
            db.session.add(
                RulesText(
                    contest_id=contest.id, version=version, text="", effective_at=moment, created_at=make.now
                )
            )
    in_force = [
        queries.rules_in_force(contest.id, make.now + timedelta(days=days)).version
        for days in (-1, 0, 1, 2, 3)
    ]
    assert in_force == [1, 1, 2, 2, 3]


def test_what_a_contest_asks_and_ranks_by_can_be_read(inside, make):
    contest = make.contest(fields={"phone": True, "unit": False})
    assert [(one.field, one.required) for one in queries.fields(contest.id)] == [
        ("phone", True),
        ("unit", False),
    ]
    assert [one.code for one in queries.blocks(contest.id)] == ["can-bo", "nguoi-dan"]
    assert [key.value for key in queries.ranking_of(contest.id)] == [
        "score",
        "prediction",
        "duration",
        "handed_in",
    ]
    assert {kind.value for kind in queries.consent_texts(contest.id)} == {"take_part", "publish"}
