"""Keeping a bank true: sources that end, tags, many questions changed at once, four eyes."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from contest.banks import queries, question_queries, sources
from contest.banks.keeping import as_spelled, tags_of
from contest.banks.models import Bank, Question, QuestionVersion
from contest.banks.question_queries import Filters
from contest.banks.sources import Why
from contest.database import db, write_transaction
from contest.permissions import Role
from tests.features.test_banks import WRITTEN, changed
from tests.features.test_banks_drafts import FILE, upload, word

TODAY = date(2026, 10, 5)


@pytest.fixture
def author(browser_for):
    return browser_for(Role.AUTHOR)


@pytest.fixture
def organiser(browser_for):
    return browser_for(Role.ORGANISER)


def in_force(app, bank_id: int) -> list[QuestionVersion]:
    with app.test_request_context():
        ids = question_queries.matching_ids(bank_id, Filters())
        return [row.version for row in question_queries.by_ids(ids)]


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" một cửa ,, Tuần 1 ", ("một cửa", "Tuần 1")),
        ("Một cửa, một  CỬA, mot cua", ("Một cửa",)),
    ],
)
def test_tags_are_read_between_commas_each_once(typed, tags):
    assert tags_of(typed) == tags


def test_a_tag_is_spelled_as_the_bank_spells_it_already():
    assert as_spelled(("một cửa", "MỘT CỬA", "mới"), ["Một cửa"]) == ("Một cửa", "mới")


def test_validity_and_tags_are_typed_shown_and_found_by(author, make, app):
    bank = make.bank(1)
    path = author.post(
        f"/desk/banks/{bank.id}/questions/new",
        **changed(valid_from="01/07/2025", valid_to="31/12/2026", tags="một cửa, tuần 1"),
    ).location
    words = author.get(path).words()
    assert "Hiệu lực của căn cứ: từ 01/07/2025 đến hết 31/12/2026" in words
    assert "Nhãn: một cửa tuần 1" in words
    filtered = author.get(f"/desk/banks/{bank.id}?tag=một cửa").text
    assert WRITTEN["text"] in filtered and "Câu hỏi số 1?" not in filtered
    assert 'value="một cửa, tuần 1"' in author.get(f"{path}/edit").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_to": "2026"}, "Hãy nhập ngày theo dạng 31/12/2026"),
        ({"valid_from": "02/01/2026", "valid_to": "01/01/2026"}, "Ngày hết hiệu lực đang trước"),
        ({"tags": "x" * 61}, "Mỗi nhãn dài nhất 60 ký tự"),
        ({"tags": ",".join(map(str, range(21)))}, "Nhiều nhất 20 nhãn"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(author, make, fields, said):
    answer = author.post(f"/desk/banks/{make.bank(0).id}/questions/new", **changed(**fields))
    assert (answer.status, said in answer.text) == (422, True)


def test_other_tags_alone_make_no_version_but_another_day_does(author, make):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN).location
    same = changed(level="Nhận biết")
    assert author.follow(author.post(f"{path}/edit", seen="1", tags="mới", **same)).status == 200
    words = author.get(path).words()
    assert "Nhãn: mới" in words and "Phiên bản 2" not in words and "đổi nhãn" in words
    author.post(f"{path}/edit", seen="1", tags="mới", valid_to="31/12/2026", **same)
    words = author.get(path).words()
    assert "Phiên bản 2" in words and "Hiệu lực đến 31/12/2026" in words


def sourced(author, bank_id: int, n: int, **fields: str) -> None:
    author.post(f"/desk/banks/{bank_id}/questions/new", **changed(text=f"Câu riêng số {n} hỏi gì?", **fields))


@pytest.fixture
def old_bank(author, make):
    """Five questions: source ended yesterday, ending on the last day watched, one later, repealed, old unit."""
    bank = make.bank(0, "Cũ mới")
    sourced(author, bank.id, 1, valid_to="04/10/2026")
    sourced(author, bank.id, 2, valid_to="02/01/2027")
    sourced(author, bank.id, 3, valid_to="03/01/2027")
    sourced(author, bank.id, 4, citation="Nghị định số 61/2018/NĐ-CP")
    sourced(author, bank.id, 5, explanation="Nộp tại UBND huyện.")
    return bank


def test_what_has_ended_or_soon_will_or_is_no_more_is_listed_with_its_reason(old_bank, inside):
    found = {each.number: each.whys for each in sources.aged(TODAY, old_bank.id)}
    assert found == {1: (Why.ENDED,), 2: (Why.ENDING,), 4: (Why.REPEALED,), 5: (Why.UNIT,)}


def test_a_wrong_choice_may_name_an_old_document_and_a_retired_question_may_rest(author, make, app, old_bank):
    fields = {"choices-0-text": "Nghị định số 61/2018/NĐ-CP"}
    sourced(author, old_bank.id, 6, **fields)
    with app.test_request_context():
        first = question_queries.matching_ids(old_bank.id, Filters())[0]
    author.post(f"/desk/questions/{first}/retire", page=f"/desk/questions/{first}")
    with app.test_request_context():
        assert [each.number for each in sources.aged(TODAY, old_bank.id)] == [2, 4, 5]


def test_a_question_that_tells_what_became_of_a_document_names_it_on_purpose(author, make, inside):
    bank = make.bank(0)
    sourced(author, bank.id, 1, citation="Nghị định số 61/2018/NĐ-CP (đã được thay thế)")
    assert sources.aged(TODAY, bank.id) == []


def test_the_list_is_counted_on_the_banks_page_and_on_the_desk_and_filtered_by_its_address(author, old_bank):
    assert "4 câu cần rà soát căn cứ." in author.get(f"/desk/banks/{old_bank.id}").words()
    assert "4 câu của “Cũ mới” cần rà soát căn cứ." in author.get("/desk").words()
    path = f"/desk/banks/{old_bank.id}/sources"
    assert "Câu riêng số 4" in author.get(path).text
    repealed = author.get(f"{path}?why=repealed").words()
    assert "Câu riêng số 4" in repealed and "Câu riêng số 1" not in repealed
    assert "Nghị định số 61/2018/NĐ-CP" in repealed
    assert "Tất cả 4" in repealed


SORT = {"to-topic": "Chính phủ số", "to-add_tags": "tuần 1"}


def test_many_questions_are_changed_at_once_after_the_numbers_were_shown(author, make, app):
    bank = make.bank(4)
    path = f"/desk/banks/{bank.id}/sort"
    assert "2 câu khớp với bộ lọc" in author.get(f"{path}?topic=Thủ tục").words()
    seen = author.post(path, page=f"{path}?topic=Thủ tục", topic="Thủ tục", **SORT)
    assert "2 câu có chủ đề hoặc mức độ mới" in seen.words() and "2 câu đổi nhãn" in seen.words()
    assert {version.number for version in in_force(app, bank.id)} == {1}
    done = author.post(path, page=f"{path}?topic=Thủ tục", topic="Thủ tục", sure="1", **SORT)
    assert (
        "2 câu có chủ đề hoặc mức độ mới, 2 câu có nhãn mới, 0 câu giữ nguyên" in author.follow(done).words()
    )
    versions = in_force(app, bank.id)
    assert [(each.topic, each.number) for each in versions] == [
        ("Thể chế", 1),
        ("Chính phủ số", 2),
        ("Thể chế", 1),
        ("Chính phủ số", 2),
    ]
    assert [choice.text for choice in versions[1].choices] == [f"Phương án 2.{n}" for n in range(1, 5)]
    with app.test_request_context():
        assert len(queries.candidates(bank.id)) == 4
        assert all(row.has_key for row in queries.candidates(bank.id))


def test_only_ticked_questions_of_this_bank_are_changed_and_a_second_time_nothing_more(author, make, app):
    bank, other = make.bank(3), make.bank(1)
    mine, theirs = [each.question_id for each in in_force(app, bank.id)], in_force(app, other.id)
    path = f"/desk/banks/{bank.id}/sort"
    fields = {"question": [mine[0], theirs[0].question_id], "to-level": "vd", "sure": "1"}
    author.post(path, **fields)
    again = author.post(path, **fields)
    assert "0 câu có nhãn mới, 1 câu giữ nguyên" in author.follow(again).words()
    assert [each.level for each in in_force(app, bank.id)] == ["Vận dụng", "Nhận biết", "Nhận biết"]
    assert in_force(app, other.id)[0].level == "Nhận biết"
    words = author.get(f"/desk/questions/{mine[0]}").words()
    assert words.count("đổi chủ đề, mức độ hoặc nhãn") == 1


def test_tags_are_dropped_from_many(author, make, app):
    bank = make.bank(2)
    path = f"/desk/banks/{bank.id}/sort"
    author.post(path, sure="1", **{"to-add_tags": "một cửa, tuần 1"})
    author.post(path, sure="1", **{"to-drop_tags": "MỘT CỬA"})
    page = author.get(f"/desk/banks/{bank.id}").text
    assert page.count('<span class="tag">tuần 1</span>') == 2 and "một cửa" not in page


def test_a_change_of_many_that_changes_nothing_says_what_to_do(author, make):
    answer = author.post(f"/desk/banks/{make.bank(1).id}/sort")
    assert (answer.status, "Hãy điền ít nhất một mục cần đổi" in answer.text) == (422, True)


@pytest.fixture
def careful(make, app):
    """A bank in which nobody approves what they wrote."""
    bank = make.bank(0, "Hai người")
    with make.writing():
        db.session.get(Bank, bank.id).two_people = True
    return bank


def test_four_eyes_are_a_setting_said_in_words_and_kept_in_the_history(organiser, browser_for, make):
    bank = make.bank(1, "Phường")
    page = f"/desk/banks/{bank.id}"
    assert "Một người có thể vừa soạn vừa duyệt" in organiser.get(page).words()
    organiser.post(f"{page}/name", name="Phường", two_people="y")
    assert "Mỗi câu cần hai người" in organiser.get(page).words()
    assert (
        "Đổi tên ngân hàng câu hỏi Phường một người" in browser_for().get("/desk/history?act=bank:").words()
    )


def test_who_wrote_a_question_does_not_approve_it_where_it_takes_two(organiser, browser_for, careful, app):
    path = organiser.post(f"/desk/banks/{careful.id}/questions/new", approve="1", **WRITTEN).location
    page = organiser.get(path)
    assert "chờ duyệt" in page.words() and "một người khác cần duyệt" in page.words()
    refused = organiser.post(f"{path}/approve", page=path)
    assert (refused.status, "cần người thứ hai duyệt" in refused.text) == (409, True)
    second = browser_for(Role.REVIEWER)
    second.post(f"{path}/approve", page=path)
    assert "đã duyệt" in organiser.get(path).words()


def test_sorting_a_question_does_not_make_its_author_a_stranger(organiser, author, careful):
    path = organiser.post(f"/desk/banks/{careful.id}/questions/new", **WRITTEN).location
    author.post(f"/desk/banks/{careful.id}/sort", sure="1", **{"to-topic": "Khác"})
    assert organiser.post(f"{path}/approve", page=path).status == 409


def test_approving_all_leaves_ones_own_to_somebody_else(organiser, author, careful, app):
    organiser.post(f"/desk/banks/{careful.id}/questions/new", **WRITTEN)
    author.post(f"/desk/banks/{careful.id}/questions/new", **changed(text="Câu của người khác là câu nào?"))
    page = f"/desk/banks/{careful.id}"
    words = organiser.follow(organiser.post(f"{page}/approve", page=page)).words()
    assert "Đã duyệt 1 câu." in words and "1 câu do chính bạn soạn còn chờ" in words


def test_a_file_is_not_approved_by_who_took_it_in_where_it_takes_two(organiser, careful, app):
    draft = upload(organiser, careful.id, word(FILE)).location
    assert "duyệt luôn" not in organiser.get(draft).text
    organiser.post(f"{draft}/accept", page=draft, approve="1")
    with app.test_request_context():
        assert set(db.session.scalars(select(Question.state))) == {"proposed"}
        assert db.session.scalar(select(func.count()).select_from(Question)) == 2


def test_a_bank_may_let_waiting_questions_into_papers_and_says_so(make, browser_for, app):
    bank = make.bank(4)
    with app.app_context(), write_transaction():
        for question in db.session.scalars(select(Question).where(Question.number > 1)):
            question.state = ("proposed", "returned", "retired")[question.number - 2]
    organiser, page = browser_for(Role.ORGANISER), f"/desk/banks/{bank.id}"
    switch = re.search(r"<input[^>]*only_approved[^>]*>", organiser.get(f"{page}/name").text)
    assert switch and "checked" in switch[0]
    with app.app_context():
        assert [row.number for row in queries.candidates(bank.id)] == [1]
    organiser.post(f"{page}/name", name="Gấp", page=f"{page}/name")
    with app.app_context():
        assert [row.number for row in queries.candidates(bank.id)] == [1, 2]
        assert sum(cell.usable for cell in queries.topics_and_levels(bank.id)) == 2
        assert [row.usable for row in queries.all_banks() if row.id == bank.id] == [2]
    assert "Câu đang chờ duyệt cũng được dùng để lập đề." in organiser.get(page).words()
    assert "chỉ câu đã duyệt vào đề" in browser_for(Role.ADMINISTRATOR).get("/desk/history").words()
