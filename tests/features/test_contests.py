"""Contests are set up in four steps, checked, published, and then stay what people read."""

import pytest

from contest.contests import queries
from contest.permissions import Role
from tests.conftest import Browser
from tests.setting_up import BASICS, ROUND, new_contest, new_round


@pytest.fixture
def stored(app):
    """Asks the tables, in a context that ends before the next page is opened."""

    def ask(question, *values):
        with app.app_context():
            return question(*values)

    return ask


@pytest.fixture
def organiser(browser_for) -> Browser:
    return browser_for(Role.ORGANISER)


def test_a_new_contest_gets_its_address_from_its_name(organiser):
    contest = new_contest(organiser)
    page = organiser.get(f"{contest}/edit")
    assert 'value="tim-hieu-cai-cach-hanh-chinh-nam-2026"' in page.text
    assert "Cán bộ, công chức, viên chức" in page.text


def test_two_contests_cannot_share_an_address(organiser):
    new_contest(organiser)
    again = organiser.post("/desk/contests/new", **BASICS)
    assert (again.status, "Hãy gõ một mã khác" in again.text) == (422, True)
    other = new_contest(organiser, code="CCHC 2026")
    assert 'value="cchc-2026"' in organiser.get(f"{other}/edit").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Mục này cần được điền"),
        ({"personal_data_until": "31.02.2027"}, "Hãy nhập ngày theo dạng 31/12/2026"),
        ({"personal_data_until": "01/01/2026"}, "phải ở tương lai"),
        ({"ranking": "custom"}, "Thứ tự xếp hạng chưa dùng được"),
        ({"ranking": "custom", "key_1": "draw", "key_2": "score"}, "bốc thăm đứng cuối"),
        ({"blocks": ""}, "Mục này cần được điền"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_nothing_is_stored(organiser, changed, sentence):
    answer = organiser.post("/desk/contests/new", **(BASICS | changed))
    assert (answer.status, sentence in answer.words()) == (422, True)
    assert "Chưa có cuộc thi nào" in organiser.get("/desk/contests").words()


def test_a_ranking_can_be_put_together_by_hand(organiser, stored):
    new_contest(organiser, ranking="custom", key_1="all_right_only", key_2="duration", key_3="draw")
    assert [key.value for key in stored(queries.ranking_of, 1)] == ["all_right_only", "duration", "draw"]


def test_the_rules_are_written_from_the_settings(organiser, make):
    contest = new_contest(organiser, birth_year="optional")
    new_round(organiser, contest, make.bank(10).id)
    text = organiser.get(f"{contest}/rules").words()
    for said in (
        "từ 08 giờ 00 ngày 12/10/2026 đến 24 giờ 00 ngày 18/10/2026",
        "5 câu hỏi trắc nghiệm và 1 câu dự đoán số người trả lời đúng tất cả các câu hỏi",
        "làm trong 10 phút",
        "nhiều nhất 2 lượt",
        "họ và tên, năm sinh, số điện thoại, đơn vị, khối dự thi",
        "số 91/2025/QH15",
        "356/2025/NĐ-CP",
        "30/06/2027",
        "http://hoithi.test/contests/tim-hieu-cai-cach-hanh-chinh-nam-2026",
        "1-2-2-4",
    ):
        assert said in text


def test_consents_follow_the_settings_until_somebody_rewrites_them(organiser):
    contest = new_contest(organiser)
    organiser.post(f"{contest}/edit", **(BASICS | {"organiser": "Sở Nội vụ", "birth_year": "required"}))
    assert (
        "để Sở Nội vụ xử lý họ và tên, năm sinh, số điện thoại" in organiser.get(f"{contest}/rules").words()
    )
    organiser.post(
        f"{contest}/consents/publish", page=f"{contest}/rules", **{"publish-text": "Tôi đồng ý nêu tên."}
    )
    organiser.post(f"{contest}/edit", **(BASICS | {"organiser": "Tỉnh đoàn"}))
    words = organiser.get(f"{contest}/rules").words()
    assert "để Tỉnh đoàn xử lý" in words
    assert "Tôi đồng ý nêu tên." in words


def test_a_round_closing_at_24_00_closes_at_midnight(organiser, make, stored):
    contest = new_contest(organiser)
    new_round(organiser, contest, make.bank(10).id)
    assert stored(queries.round_for_staff, 1).closes_at.isoformat() == "2026-10-18T17:00:00+00:00"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"opens_at": "12/10/2026"}, "Hãy nhập ngày giờ theo dạng"),
        ({"closes_at": "11/10/2026 08:00"}, "Giờ đóng phải sau giờ mở"),
        ({"minutes": "0"}, "Cần từ 1 đến 300"),
        ({"bank_id": "99"}, "Hãy chọn một mục trong danh sách"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(organiser, make, changed, sentence):
    contest = new_contest(organiser)
    fields = ROUND | {"bank_id": str(make.bank(10).id)} | changed
    answer = organiser.post(f"{contest}/rounds/new", **fields)
    assert (answer.status, sentence in answer.words()) == (422, True)


def test_the_next_round_is_suggested_a_week_later(organiser, make):
    contest = new_contest(organiser)
    new_round(organiser, contest, make.bank(10).id)
    page = organiser.get(f"{contest}/rounds/new").text
    assert 'value="19/10/2026 08:00"' in page
    assert 'value="25/10/2026 24:00"' in page
    assert 'value="Đợt 2"' in page


def test_the_recipe_shows_what_the_bank_has_and_what_is_missing(organiser, make):
    round_ = new_round(organiser, new_contest(organiser), make.bank(10).id)
    page = organiser.get(f"{round_}/recipe").words()
    assert "Thể chế (5 câu)" in page
    assert "đủ câu" in page
    lines = {
        "lines-0-count": "3", "lines-0-topic": "Thể chế", "lines-0-level": "",
        "lines-1-count": "6", "lines-1-topic": "Thủ tục", "lines-1-level": "Nhận biết",
        "lines-2-count": "", "lines-2-topic": "", "lines-2-level": "",
    }  # fmt: skip
    organiser.post(f"{round_}/recipe", **lines)
    assert "còn thiếu 1 câu dùng được" in organiser.get(f"{round_}/recipe").words()


def test_blocks_are_added_renamed_moved_and_removed(organiser, make, stored):
    contest = new_contest(organiser)
    edit = f"{contest}/edit"
    organiser.post(f"{contest}/blocks", page=edit, name="Học sinh, sinh viên")
    organiser.post(f"{contest}/blocks/3", page=edit, name="Học sinh, sinh viên", act="up")
    organiser.post(f"{contest}/blocks/1", page=edit, name="Cán bộ", act="rename")
    organiser.post(f"{contest}/blocks/2", page=edit, act="remove")
    assert [(one.name, one.position) for one in stored(queries.blocks, 1)] == [
        ("Cán bộ", 1),
        ("Học sinh, sinh viên", 2),
    ]


def test_a_block_somebody_has_entered_stays(organiser, make, stored):
    contest = make.contest()
    entry = make.entry(contest)
    answer = organiser.post(
        f"/desk/contests/{contest.id}/blocks/{entry.block_id}",
        page=f"/desk/contests/{contest.id}/edit",
        act="remove",
    )
    assert (answer.status, "Hãy đổi tên khối thay vì xóa" in answer.words()) == (409, True)
    assert len(stored(queries.blocks, contest.id)) == 2


def test_nobody_without_the_right_sets_up_contests(browser_for, make):
    contest = make.contest()
    viewer = browser_for(Role.VIEWER)
    assert viewer.get(f"/desk/contests/{contest.id}").status == 200
    assert viewer.get(f"/desk/contests/{contest.id}/edit").status == 403
    assert browser_for(Role.AUTHOR).get("/desk/contests").status == 403


def test_every_act_is_in_the_history(browser_for, make):
    administrator = browser_for(Role.ADMINISTRATOR)
    contest = new_contest(administrator)
    new_round(administrator, contest, make.bank(10).id)
    words = administrator.get("/desk/history").words()
    assert "Tạo cuộc thi Tìm hiểu cải cách hành chính năm 2026" in words
    assert "Thêm đợt thi Tuần 1" in words


@pytest.mark.parametrize(
    ("count", "sentence"),
    [("mười", "Hãy nhập một số nguyên"), ("0", "Một đề có từ 1 đến 200 câu"), ("201", "Cần từ 0 đến 200")],
)
def test_a_recipe_that_makes_no_paper_is_refused_on_its_page(organiser, make, count, sentence):
    round_ = new_round(organiser, new_contest(organiser), make.bank(10).id)
    lines = {"lines-0-count": count, "lines-0-topic": "", "lines-0-level": ""}
    answer = organiser.post(f"{round_}/recipe", **lines)
    assert (answer.status, sentence in answer.words()) == (422, True)
    assert "{" not in answer.words()
    assert "Mỗi đề có 5 câu" in organiser.get(f"{round_}/recipe").words()
