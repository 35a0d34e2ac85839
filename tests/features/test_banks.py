"""Banks: made, named, filled by hand, searched; questions in versions, approved by a second pair of eyes."""

import pytest

from contest.banks import queries, question_queries
from contest.banks.question_queries import Filters
from contest.permissions import Role
from tests.conftest import counted_statements

WRITTEN = {
    "kind": "single",
    "text": "Cổng Dịch vụ công quốc gia khai trương ngày nào?",
    "choices-0-text": "09/12/2019",
    "choices-1-text": "01/01/2020",
    "choices-1-right": "y",
    "choices-2-text": "Tất cả các phương án trên đều sai",
    "choices-3-text": "",
    "topic": "Chính phủ số",
    "level": "nb",
    "citation": "Quyết định số 274/QĐ-TTg",
    "explanation": "",
}


def changed(**fields: str) -> dict[str, str]:
    return {**WRITTEN, **fields}


@pytest.fixture
def author(browser_for):
    return browser_for(Role.AUTHOR)


@pytest.fixture
def reviewer(browser_for):
    return browser_for(Role.REVIEWER)


def test_with_no_bank_yet_the_page_says_what_to_do_first(author, reviewer):
    assert "Tạo một ngân hàng rồi tải tệp Word hoặc Excel lên" in author.get("/desk/banks").text
    assert "/desk/banks/new" in author.get("/desk/banks").text
    assert "/desk/banks/new" not in reviewer.get("/desk/banks").text


def test_a_new_bank_leads_to_uploading_and_its_name_is_its_own(author):
    made = author.post("/desk/banks/new", name="  Cải cách   2026 ", description="")
    assert author.follow(made).words().count("Tải câu hỏi lên") >= 1
    again = author.post("/desk/banks/new", name="Cải cách 2026", description="")
    assert again.status == 422
    assert "Đã có ngân hàng tên “Cải cách 2026”" in again.text
    assert "Cải cách 2026" in author.get("/desk/banks").words()


def test_a_bank_is_renamed_but_not_to_the_name_of_another(author, make):
    first, second = make.bank(1, "Một"), make.bank(1, "Hai")
    assert "Đã có ngân hàng" in author.post(f"/desk/banks/{first.id}/name", name="Hai").text
    author.post(f"/desk/banks/{second.id}/name", name="Ba", description="Tuần 1")
    assert "Ba Tuần 1" in author.get("/desk/banks").words()


def test_the_list_counts_approved_waiting_and_drafts(author, make):
    make.bank(3, "Duyệt rồi")
    make.bank(2, "Đang chờ", state="proposed")
    words = author.get("/desk/banks").words()
    assert "Duyệt rồi 3 0 0 0" in words
    assert "Đang chờ 0 2 0 0" in words


def test_an_authors_question_waits_until_a_reviewer_approves_it(author, reviewer, make, app):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", approve="1", **WRITTEN).location
    with app.test_request_context():
        assert queries.candidates(bank.id) == []
    assert "chờ duyệt" in author.get(path).words()
    assert author.post(f"{path}/approve", page=path).status == 403
    reviewer.post(f"{path}/approve", page=path)
    with app.test_request_context():
        (candidate,) = queries.candidates(bank.id)
    assert candidate.choices == ("09/12/2019", "01/01/2020", "Tất cả các phương án trên đều sai")
    assert (candidate.level, candidate.has_key, candidate.pinned) == ("Nhận biết", True, frozenset({2}))


def test_an_organiser_may_write_and_approve_at_once(browser_for, make):
    organiser, bank = browser_for(Role.ORGANISER), make.bank(0)
    path = organiser.post(f"/desk/banks/{bank.id}/questions/new", approve="1", **WRITTEN).location
    assert "đã duyệt" in organiser.get(path).words()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"choices-1-right": ""}, "Chưa có đáp án"),
        ({"choices-0-right": "y"}, "Có nhiều đáp án được đánh dấu (A, B)"),
        ({"choices-1-text": "09/12/2019"}, "Phương án A và B giống nhau"),
        ({"choices-0-text": "", "choices-2-text": ""}, "Chỉ có một phương án"),
        ({"text": ""}, "Mục này cần được điền"),
        ({"topic": "x" * 201}, "Nhiều nhất 200 ký tự"),
        ({"kind": "essay"}, "Hãy chọn một mục trong danh sách"),
    ],
)
def test_a_faulty_question_is_not_saved_and_the_page_says_why(author, make, fields, said):
    bank = make.bank(0)
    sent = {name: value for name, value in changed(**fields).items() if value or name == "text"}
    answer = author.post(f"/desk/banks/{bank.id}/questions/new", **sent)
    assert answer.status == 422
    assert said in answer.text
    assert "Ngân hàng này còn trống" in author.get(f"/desk/banks/{bank.id}").text


def test_several_right_answers_make_a_multiple_choice_question(author, make, app):
    bank = make.bank(0)
    author.post(
        f"/desk/banks/{bank.id}/questions/new", **changed(kind="multiple", **{"choices-0-right": "y"})
    )
    with app.test_request_context():
        (row,) = question_queries.questions(bank.id, Filters(), None).rows
        assert row.version.kind == "multiple"


def test_more_rows_for_choices_keep_what_was_typed(author, make):
    bank = make.bank(0)
    page = author.post(f"/desk/banks/{bank.id}/questions/new", more="1", **WRITTEN)
    assert page.status == 200
    assert 'name="choices-5-text"' in page.text
    assert "09/12/2019" in page.text


def test_a_question_the_bank_nearly_has_already_is_warned_of(author, make):
    bank = make.bank(0)
    author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN)
    second = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN)
    assert "gần giống câu số 1 đã có trong ngân hàng" in author.follow(second).words()


def test_an_edit_makes_a_new_version_shows_the_difference_and_waits_again(author, make, app):
    bank = make.bank(1)
    page = author.get(f"/desk/banks/{bank.id}").text
    path = "/desk/questions/" + page.partition("/desk/questions/")[2].partition('"')[0]
    form = {
        "kind": "single",
        "text": "Câu hỏi số một?",
        **{f"choices-{n}-text": f"Phương án 1.{n + 1}" for n in range(4)},
        "choices-2-right": "y",
        "topic": "Thể chế",
        "level": "Nhận biết",
        "citation": "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",
        "explanation": "Giải thích của câu 1.",
    }
    assert author.post(f"{path}/edit", seen="1", **form).location == path
    shown = author.get(path)
    assert "<del>1?</del><ins>một?</ins>" in shown.text
    assert "<del>A</del><ins>C</ins>" in shown.text
    assert "Phiên bản 2" in shown.words() and "chờ duyệt" in shown.words()
    with app.test_request_context():
        assert queries.candidates(bank.id) == []


def test_an_edit_over_somebody_elses_edit_or_without_a_change_is_refused(author, make):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN).location
    same = author.post(f"{path}/edit", seen="1", **changed(level="Nhận biết"))
    assert (same.status, "Chưa có gì thay đổi" in same.text) == (422, True)
    author.post(f"{path}/edit", seen="1", **changed(topic="Thủ tục"))
    stale = author.post(f"{path}/edit", seen="1", **changed(topic="Thể chế"))
    assert (stale.status, "vừa được người khác sửa" in stale.text) == (422, True)


def test_a_reviewer_returns_a_question_with_a_note_and_the_author_reads_it(author, reviewer, make):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN).location
    without = reviewer.post(f"{path}/return", page=path, note="")
    assert "Hãy ghi cần sửa gì" in reviewer.follow(without).text
    reviewer.post(f"{path}/return", page=path, note="Ghi rõ văn bản")
    words = author.get(path).words()
    assert "trả lại để sửa" in words and "“Ghi rõ văn bản”" in words
    author.post(f"{path}/edit", seen="1", **changed(citation="Quyết định số 1"))
    assert "chờ duyệt" in author.get(path).words()


def test_a_retired_question_leaves_the_list_and_can_come_back(author, make, app):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN).location
    author.post(f"{path}/retire", page=path)
    listed = f"/desk/banks/{bank.id}"
    assert path not in author.get(listed).text
    assert path in author.get(f"{listed}?state=retired").text
    twice = author.post(f"{path}/retire", page=path)
    assert (twice.status, "vừa đổi trạng thái" in twice.text) == (409, True)
    author.post(f"{path}/restore", page=path)
    assert "chờ duyệt" in author.get(path).words()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        ("q=cau+hoi+so+3", [3]),
        ("q=C%C3%82U+S%E1%BB%90+4", [4]),
        ("topic=Thủ tục", [2, 4]),
        ("level=Vận dụng", []),
        ("state=proposed", []),
    ],
)
def test_questions_are_found_by_the_filters_in_the_address(author, make, query, numbers):
    page = author.get(f"/desk/banks/{make.bank(4).id}?{query}").text
    assert [n for n in range(1, 5) if f">Câu hỏi số {n}?</a>" in page] == numbers


def test_long_banks_come_in_pages_that_keep_the_filters(author, make):
    bank = make.bank(101)
    second = author.get(f"/desk/banks/{bank.id}?topic=Th%E1%BB%83%20ch%E1%BA%BF&page=2").text
    assert "Câu hỏi số 101?" in second and "Câu hỏi số 1?" not in second
    assert "topic=Th" in second.partition('rel="prev"')[2][:200]


def test_the_matrix_counts_questions_per_topic_and_level(make, inside):
    bank = make.bank(5)
    counts = [
        (cell.topic, cell.level, cell.approved, cell.waiting) for cell in queries.topics_and_levels(bank.id)
    ]
    assert counts == [("Thể chế", "Nhận biết", 3, 0), ("Thủ tục", "Nhận biết", 2, 0)]


def test_a_reviewer_approves_all_that_match_the_filter_at_once(reviewer, make, app):
    bank = make.bank(5, state="proposed")
    path = f"/desk/banks/{bank.id}"
    assert "Duyệt 2 câu đang chờ" in reviewer.get(f"{path}?topic=Thủ tục").words()
    reviewer.post(f"{path}/approve", page=path, topic="Thủ tục")
    with app.test_request_context():
        assert [row.number for row in queries.candidates(bank.id)] == [2, 4]


def test_candidates_are_read_in_two_statements_however_many(make, app, inside):
    bank = make.bank(30)
    with counted_statements(app) as seen:
        assert len(queries.candidates(bank.id)) == 30
    assert len(seen) == 2


def test_every_decision_stands_in_the_history(author, reviewer, browser_for, make):
    bank = make.bank(0)
    path = author.post(f"/desk/banks/{bank.id}/questions/new", **WRITTEN).location
    reviewer.post(f"{path}/approve", page=path)
    words = browser_for(Role.ADMINISTRATOR).get("/desk/history?act=question:").words()
    assert "Duyệt câu hỏi 1. Cổng Dịch vụ công" in words
    assert "Thêm câu hỏi 1. Cổng Dịch vụ công" in words


@pytest.mark.parametrize("name", ["mau-ngan-hang-cau-hoi.docx", "mau-ngan-hang-cau-hoi.xlsx"])
def test_the_empty_templates_can_be_downloaded_and_nothing_else(author, name):
    assert author.client.get(f"/desk/banks/templates/{name}").data.startswith(b"PK")
    assert author.get("/desk/banks/templates/README.md").status == 404


def test_a_viewer_never_sees_a_bank(browser_for, make):
    assert browser_for(Role.VIEWER).get(f"/desk/banks/{make.bank(1).id}").status == 403


def test_pages_speak_english_when_asked(author):
    assert "No question bank yet" in author.get("/desk/banks?lang=en").words()
