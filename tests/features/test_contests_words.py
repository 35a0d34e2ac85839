"""Typed moments, the checklist and the rules text, as tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contest.contests.actions import address_code
from contest.contests.checklist import Place, Plan, State, checklist, may_open
from contest.contests.models import ConsentKind, DeclaredField, Label
from contest.contests.moments import read_day, read_moment, spoken_end, typed_moment
from contest.contests.rules_text import ContestSettings, RoundSettings, rules_text
from contest.rules.drawing import Candidate, RecipeLine
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting, RankingKey, RankStyle
from contest.rules.timing import LateStart

NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("31/12/2026 08:00", "31/12/2026 08:00"),
        ("1/2/2026 8:5", "01/02/2026 08:05"),
        ("31-12-2026 17h30", "31/12/2026 17:30"),
        ("31.12.2026, 8 giờ", "31/12/2026 08:00"),
        ("8 giờ 00 ngày 31/12/2026", "31/12/2026 08:00"),
        ("Lúc 8 giờ 15 phút, ngày 31/12/2026", "31/12/2026 08:15"),
        ("31/12/2026 24:00", "01/01/2027 00:00"),
        ("31/12/2026 0:00", "31/12/2026 00:00"),
    ],
)
def test_a_moment_is_read_however_it_is_typed(typed, moment):
    assert typed_moment(read_moment(typed)) == moment


@pytest.mark.parametrize(
    "typed",
    ["", "31/12/2026", "08:00", "31/02/2026 08:00", "12/31/2026 08:00", "31/12/2026 24:01", "1/1/2026 8:60"],
)
def test_what_is_no_moment_is_not_guessed(typed):
    with pytest.raises(ValueError):
        read_moment(typed)


def test_a_day_is_read_and_others_are_not():
    assert read_day(" 31.12.2026 ") == date(2026, 12, 31)
    for typed in ("31/02/2026", "2026-12-31", "31/12/26"):
        with pytest.raises(ValueError):
            read_day(typed)


def test_a_closing_at_midnight_is_said_as_the_end_of_the_day():
    assert spoken_end(read_moment("18/10/2026 24:00")) == "24 giờ 00 ngày 18/10/2026"
    assert spoken_end(read_moment("18/10/2026 17:30")) == "17 giờ 30 ngày 18/10/2026"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tìm hiểu CCHC 2026", "tim-hieu-cchc-2026"),
        ("  Đặc khu – Ủy ban!  ", "dac-khu-uy-ban"),
        ("???", "cuoc-thi"),
        ("một " * 30, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
    ],
)
def test_an_address_is_made_of_the_name(name, code):
    assert address_code(name) == code


PLAN = Plan(
    now=NOW,
    opens_at=read_moment("12/10/2026 08:00"),
    closes_at=read_moment("18/10/2026 17:00"),
    minutes=15,
    papers_wanted=300,
    attempts_allowed=2,
    asks_prediction=True,
    recipe=(RecipeLine(10, "Thể chế"),),
    candidates=tuple(Candidate(number, "Thể chế", None, 4) for number in range(1, 31)),
    without_key=(),
    blocks=2,
    fields=frozenset({DeclaredField.PHONE, DeclaredField.UNIT, DeclaredField.BLOCK}),
    ranking=(RankingKey.SCORE, RankingKey.PREDICTION),
    rules_text="Từ 12/10/2026 đến 18/10/2026.",
    consents=frozenset(ConsentKind),
    personal_data_until=date(2027, 6, 30),
)


def test_a_sound_plan_may_open_and_nothing_asks_for_a_look():
    items = checklist(PLAN)
    assert {item.state for item in items} == {State.OK}
    assert may_open(items)


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"closes_at": NOW}, Place.ROUND, "đã qua"),
        ({"recipe": ()}, Place.RECIPE, "Chưa có cấu trúc đề"),
        ({"recipe": (RecipeLine(31),)}, Place.RECIPE, "Thiếu 1 câu"),
        ({"recipe": (RecipeLine(1, "Thủ tục", "Khó"),)}, Place.RECIPE, "Thủ tục · Khó"),
        ({"without_key": (3, 9)}, Place.BANK, "2 câu dùng được chưa có đáp án (câu số 3, 9)"),
        ({"papers_wanted": 1}, Place.ROUND, "gặp lại đề cũ"),
        ({"blocks": 0}, Place.SETTINGS, "Chưa có khối"),
        (
            {"fields": frozenset({DeclaredField.UNIT, DeclaredField.PHONE})},
            Place.SETTINGS,
            "không hỏi người dự thi",
        ),
        ({"rules_text": None}, Place.RULES, "Chưa có thể lệ"),
        ({"consents": frozenset()}, Place.RULES, "Thiếu nội dung đồng ý"),
        ({"personal_data_until": date(2026, 10, 18)}, Place.SETTINGS, "bị xóa trước khi đợt thi đóng"),
    ],
)
def test_what_keeps_a_round_from_opening_says_what_to_do(changed, place, said):
    items = checklist(replace(PLAN, **changed))
    stops = [item for item in items if item.state is State.STOP]
    assert [item.place for item in stops] == [place]
    assert said in str(stops[0].sentence)
    assert not may_open(items)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"opens_at": NOW - timedelta(days=1), "rules_text": "04/10/2026 18/10/2026"}, "mở ngay khi công bố"),
        (
            {"closes_at": read_moment("12/10/2026 08:10"), "rules_text": "12/10/2026"},
            "ngắn hơn thời gian làm",
        ),
        ({"closes_at": read_moment("18/10/2026 03:00")}, "giữa đêm"),
        ({"recipe": (RecipeLine(28),)}, "dùng gần hết ngân hàng (28 trong 30 câu)"),
        ({"minutes": 1}, "chưa đến 10 giây một câu"),
        ({"fields": frozenset({DeclaredField.PHONE, DeclaredField.BLOCK})}, "Không hỏi đơn vị"),
        ({"fields": frozenset({DeclaredField.UNIT, DeclaredField.BLOCK})}, "Không hỏi số điện thoại"),
        ({"ranking": (RankingKey.SCORE,)}, "thứ tự xếp hạng không dùng đến"),
        ({"asks_prediction": False}, "không có câu dự đoán"),
        ({"rules_text": "Thể lệ cũ."}, "Thể lệ chưa nêu đúng ngày"),
    ],
)
def test_what_may_be_a_slip_is_pointed_out_but_does_not_hold_back(changed, said):
    items = checklist(replace(PLAN, **changed))
    looks = [str(item.sentence) for item in items if item.state is State.LOOK]
    assert any(said in sentence for sentence in looks)
    assert may_open(items)


def test_a_closing_at_24_00_is_in_the_rules_by_either_day():
    midnight = read_moment("18/10/2026 24:00")
    for text in ("12/10/2026 – 24 giờ 18/10/2026", "12/10/2026 – 0 giờ 19/10/2026"):
        assert may_open(checklist(replace(PLAN, closes_at=midnight, rules_text=text)))
        assert {one.state for one in checklist(replace(PLAN, closes_at=midnight, rules_text=text))} == {
            State.OK
        }


WEEK = RoundSettings(
    name="Tuần 1",
    opens_at=PLAN.opens_at,
    closes_at=PLAN.closes_at,
    questions=20,
    minutes=15,
    attempts_allowed=1,
    counting=Counting.BEST,
    late_start=LateStart.CUT,
    blank_rule=BlankRule.WRONG,
    shuffle_choices=True,
    prediction=None,
)
SETTINGS = ContestSettings(
    name="Tìm hiểu CCHC",
    label=Label.FESTIVAL,
    organiser="UBND phường Sen Hồng",
    address="http://hoithi.test/contests/a",
    blocks=("Cán bộ", "Người dân"),
    fields=(DeclaredField.PHONE,),
    ranking=(RankingKey.SCORE, RankingKey.DURATION),
    rank_style=RankStyle.SKIP,
    draw_seed="hạt giống",
    personal_data_until=date(2027, 6, 30),
    rounds=(WEEK,),
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"attempts_allowed": 3, "counting": Counting.LAST},
            "nhiều nhất 3 lượt trong đợt; kết quả được tính theo lượt thi cuối",
        ),
        ({"prediction": Target.PEOPLE}, "và 1 câu dự đoán số người tham gia đợt thi"),
        ({"late_start": LateStart.RUN}, "vẫn được làm đủ thời gian"),
        ({"blank_rule": BlankRule.VOID}, "còn câu bỏ trống không được tính điểm"),
        ({"questions": 30, "minutes": 20}, "30 câu hỏi trắc nghiệm, làm trong 20 phút"),
    ],
)
def test_the_rules_say_what_a_round_is_set_to(changed, said):
    assert said in rules_text(replace(SETTINGS, rounds=(replace(WEEK, **changed),)))


def test_rounds_that_are_alike_are_described_once_and_others_each():
    alike = rules_text(replace(SETTINGS, rounds=(WEEK, replace(WEEK, name="Tuần 2"))))
    apart = rules_text(replace(SETTINGS, rounds=(WEEK, replace(WEEK, name="Tuần 2", minutes=20))))
    assert alike.count("Mỗi bài thi gồm") == 1
    assert apart.count("Mỗi bài thi gồm") == 2
    assert "**Tuần 2.** Mỗi bài thi" in apart


def test_rules_without_rounds_and_with_a_draw_are_whole_too():
    text = rules_text(replace(SETTINGS, rounds=(), ranking=(RankingKey.SCORE, RankingKey.DRAW)))
    assert "Thời gian các đợt thi do Ban Tổ chức thông báo" in text
    assert "`hạt giống`" in text
    assert text.count("## Điều ") == 10
