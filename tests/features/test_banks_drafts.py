"""Uploaded files: looked at before anything changes, mended, accepted, left out, undone."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import func, select

from contest.banks import queries, question_queries
from contest.banks.models import BankImport, DraftQuestion, Question
from contest.banks.question_queries import Filters
from contest.database import db
from contest.permissions import Role
from tests.conftest import Answer, Browser

BANKS = Path(__file__).parents[2] / "question_banks"
GOOD = """Câu 1: Nghị quyết số 76/NQ-CP được ban hành ngày nào?
A. 15/7/2021
B. 08/11/2011
C. Cả A và B
D. 27/3/2021
Đáp án: A
"""
NO_KEY = """Câu 2: Bộ phận Một cửa cấp xã đặt ở đâu?
A. Trung tâm Phục vụ hành chính công
B. Hội đồng nhân dân
"""
THIRD = """Câu 3: Chỉ số PAPI đo điều gì?
A. Hiệu quả quản trị và hành chính công
B. Năng lực cạnh tranh
Đáp án: A
"""
FILE = GOOD + NO_KEY + THIRD


def word(text: str) -> bytes:
    document, file = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def upload(browser: Browser, bank_id: int, content: bytes, name: str = "de.docx", **fields: object) -> Answer:
    path = f"/desk/banks/{bank_id}/upload"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path).text)
    body = {"csrf_token": token[1] if token else "", "file": (BytesIO(content), name), **fields}
    return Answer(browser.client.post(path, data=body, content_type="multipart/form-data"))


@pytest.fixture
def author(browser_for):
    return browser_for(Role.AUTHOR)


@pytest.fixture
def bank(make):
    return make.bank(0, "Tuần 1")


@pytest.fixture
def draft(author, bank):
    """The address of a draft with two ready questions and one without a key."""
    return upload(author, bank.id, word(FILE)).location


def draft_id(page: str) -> int:
    return int(page.partition('id="draft-')[2].partition('"')[0])


def mended(n: int, **fields: str) -> dict[str, str]:
    values = {
        "kind": "single",
        "text": "Bộ phận Một cửa cấp xã đặt ở đâu?",
        "choices-0-text": "Trung tâm Phục vụ hành chính công",
        "choices-0-right": "y",
        "choices-1-text": "Hội đồng nhân dân",
        "topic": "",
        "level": "",
        "citation": "",
        "explanation": "",
    } | fields
    return {f"d{n}-{name}": value for name, value in values.items() if value}


def in_bank(app, bank_id: int) -> list[str]:
    with app.test_request_context():
        return [row.version.text for row in question_queries.questions(bank_id, Filters(), None).rows]


def test_a_draft_shows_the_doubtful_first_with_reason_source_and_reading(author, draft, app, bank):
    page = author.get(draft)
    words = page.words()
    assert "2 sẵn sàng, 1 cần xem lại." in words
    assert "Chưa có đáp án. Hãy chọn phương án đúng." in words
    assert "Câu 2: Bộ phận Một cửa cấp xã đặt ở đâu?" in page.text
    assert "Nghị quyết số 76" not in words
    assert "Nghị quyết số 76" in author.get(f"{draft}?show=ready").words()
    assert in_bank(app, bank.id) == []


def test_accepting_takes_the_good_and_keeps_the_rest(author, draft, app, bank):
    done = author.post(f"{draft}/accept", page=draft)
    assert "Đã đưa 2 câu vào ngân hàng" in author.follow(done).text
    assert in_bank(app, bank.id) == [
        "Nghị quyết số 76/NQ-CP được ban hành ngày nào?",
        "Chỉ số PAPI đo điều gì?",
    ]
    assert "0 sẵn sàng, 1 cần xem lại. 2 đã đưa vào ngân hàng." in author.get(draft).words()
    again = author.post(f"{draft}/accept", page=draft)
    assert (again.status, "Chưa có câu nào sẵn sàng" in again.text) == (409, True)
    with app.test_request_context():
        assert queries.all_banks()[0].drafts == 1


def test_what_an_author_accepts_waits_and_what_an_organiser_accepts_may_be_approved_at_once(
    author, browser_for, draft, app, bank
):
    author.post(f"{draft}/accept", page=draft, approve="1")
    with app.test_request_context():
        assert queries.candidates(bank.id) == []
    second = upload(browser_for(Role.ORGANISER), bank.id, word(GOOD.replace("76/", "131/"))).location
    browser_for(Role.ORGANISER).post(f"{second}/accept", page=second, approve="1")
    with app.test_request_context():
        (candidate,) = queries.candidates(bank.id)
    assert candidate.pinned == frozenset({0, 1, 2, 3})


def test_only_chosen_questions_go_in(author, draft, app, bank):
    ready = author.get(f"{draft}?show=ready").text
    author.post(f"{draft}/accept", page=draft, chosen="1", draft=str(draft_id(ready)))
    assert len(in_bank(app, bank.id)) == 1
    nothing = author.post(f"{draft}/accept", page=draft, chosen="1")
    assert "Chưa chọn câu nào" in author.follow(nothing).text


def test_a_doubtful_question_cannot_be_forced_in(author, draft):
    doubtful = draft_id(author.get(draft).text)
    assert author.post(f"{draft}/accept", page=draft, chosen="1", draft=str(doubtful)).status == 409


def test_mending_checks_again_and_makes_the_question_ready(author, draft, app, bank):
    doubtful = draft_id(author.get(draft).text)
    path = f"/desk/drafts/{doubtful}"
    assert author.post(path, **mended(doubtful, **{"choices-1-right": "y"})).location == path
    assert "Có nhiều đáp án được đánh dấu (A, B)" in author.get(path).words()
    assert author.post(path, **mended(doubtful, level="TH")).location == draft
    assert "3 sẵn sàng, 0 cần xem lại." in author.get(draft).words()
    author.post(f"{draft}/accept", page=draft)
    assert len(in_bank(app, bank.id)) == 3
    late = author.post(path, page="/desk/banks/new", **mended(doubtful))
    assert (late.status, "đã vào ngân hàng" in late.text) == (409, True)


def test_the_inline_form_is_the_same_as_the_page_of_its_own(author, draft):
    page = author.get(draft).text
    doubtful = draft_id(page)
    assert f'name="d{doubtful}-choices-1-text"' in page
    alone = author.get(f"/desk/drafts/{doubtful}").text
    assert f'name="d{doubtful}-choices-1-text"' in alone
    more = author.post(f"/desk/drafts/{doubtful}", more="1", **mended(doubtful))
    assert f'name="d{doubtful}-choices-3-text"' in more.text
    empty = author.post(f"/desk/drafts/{doubtful}", **mended(doubtful, text=""))
    assert (empty.status, "Mục này cần được điền" in empty.text) == (422, True)


def test_a_question_left_out_can_be_taken_back(author, draft):
    doubtful = draft_id(author.get(draft).text)
    author.post(f"/desk/drafts/{doubtful}/leave-out", page=draft)
    assert "2 sẵn sàng, 0 cần xem lại." in author.get(draft).words()
    assert "Lấy lại câu này" in author.get(f"{draft}?show=left_out").text
    author.post(f"/desk/drafts/{doubtful}/take-back", page=draft)
    assert "2 sẵn sàng, 1 cần xem lại." in author.get(draft).words()


def test_the_same_file_again_is_pointed_out_before_a_second_draft_is_stored(author, bank, draft, app):
    content = author.client.get(f"{draft}/file").data
    again = upload(author, bank.id, content, "de-ban-sao.docx")
    assert again.status == 422
    assert "Tệp này đã tải lên ngân hàng này lúc 09:00 05/10/2026" in again.text
    assert draft in again.text
    assert upload(author, bank.id, content, again="y").status == 302
    with app.test_request_context():
        assert db.session.scalar(select(func.count()).select_from(BankImport)) == 2


def test_what_the_bank_already_has_is_shown_beside_it_and_waits_for_a_decision(author, draft, app, bank):
    author.post(f"{draft}/accept", page=draft)
    second = upload(
        author, bank.id, word(GOOD.upper().replace("CÂU 1", "Câu 7") + THIRD.replace("PAPI", "PAR"))
    ).location
    page = author.get(f"{second}?show=warned").words()
    assert "gần giống câu số 1 đã có trong ngân hàng" in page
    assert "Đã có trong ngân hàng: câu 1 Nghị quyết số 76/NQ-CP" in page
    assert "Đưa 1 câu sẵn sàng vào ngân hàng" in author.get(second).words()
    taken = author.post(f"{second}/accept", page=second)
    words = author.follow(taken).words()
    assert "Đã đưa 1 câu vào ngân hàng" in words and "1 câu giống câu đã có" in words
    rest = author.get(second)
    assert "Đưa 0 câu" not in rest.words() and "ở mục “Giống câu đã có”" in rest.words()
    only = draft_id(rest.text)
    author.post(f"{second}/accept", page=second, chosen="1", draft=str(only))
    assert len(in_bank(app, bank.id)) == 4


def test_what_entered_the_bank_after_the_upload_is_noticed_when_accepting(author, draft, app, bank):
    second = upload(author, bank.id, word(GOOD), "khac.docx").location
    author.post(f"{draft}/accept", page=draft)
    held = author.post(f"{second}/accept", page=second)
    assert "1 câu giống câu đã có trong ngân hàng" in author.follow(held).text
    assert "gần giống câu số 1" in author.get(f"{second}?show=warned").words()
    assert len(in_bank(app, bank.id)) == 2


def test_a_whole_import_can_be_undone(author, draft, app, bank):
    author.post(f"{draft}/accept", page=draft)
    done = author.post(f"{draft}/undo", page=draft)
    assert "xóa 2 câu, ngừng dùng 0 câu" in author.follow(done).words()
    assert in_bank(app, bank.id) == []
    assert author.get(draft).status == 404
    with app.test_request_context():
        assert db.session.scalar(select(func.count()).select_from(DraftQuestion)) == 0


def test_undoing_retires_what_stands_on_a_paper(browser_for, make, app, bank):
    organiser = browser_for(Role.ORGANISER)
    draft = upload(organiser, bank.id, word(FILE)).location
    organiser.post(f"{draft}/accept", page=draft, approve="1")
    make.round(bank=bank, questions=1)
    done = organiser.post(f"{draft}/undo", page=draft)
    assert "xóa 1 câu, ngừng dùng 1 câu" in organiser.follow(done).words()
    with app.test_request_context():
        assert list(db.session.scalars(select(Question.state))) == ["retired"]
    assert "0 sẵn sàng, 0 cần xem lại. 1 đã đưa vào" in organiser.get(draft).words()


def test_questions_can_be_pasted_instead_of_uploaded(author, bank):
    answer = author.post(f"/desk/banks/{bank.id}/upload", pasted=FILE)
    assert "2 sẵn sàng, 1 cần xem lại." in author.follow(answer).words()


def test_pasting_has_a_tab_of_its_own_that_keeps_what_was_pasted_when_it_says_no(author, bank):
    path = f"/desk/banks/{bank.id}/upload"
    assert 'name="pasted"' not in author.get(path).text
    tab = author.get(f"{path}?way=paste")
    assert 'name="pasted"' in tab.text and 'name="file"' not in tab.text
    answer = author.post(f"{path}?way=paste", pasted="Kính gửi các đồng chí")
    assert answer.status == 422
    assert "Không thấy câu hỏi nào" in answer.text and "Kính gửi các đồng chí</textarea>" in answer.text


def test_a_table_copied_out_of_a_sheet_can_be_pasted(author, bank):
    table = "Câu hỏi\tA\tB\tĐáp án\nChỉ số PAPI đo điều gì?\tQuản trị\tCạnh tranh\tA\n"
    answer = author.post(f"/desk/banks/{bank.id}/upload?way=paste", pasted=table)
    assert "1 sẵn sàng, 0 cần xem lại." in author.follow(answer).words()


def test_keys_may_come_in_a_second_file(author, bank):
    questions = word(GOOD.replace("Đáp án: A\n", "") + NO_KEY)
    keys = (BytesIO(word("BẢNG ĐÁP ÁN\n1.A 2.B")), "dap-an.docx")
    assert (
        "2 sẵn sàng, 0 cần xem lại."
        in author.follow(upload(author, bank.id, questions, key_file=keys)).words()
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "de.docx", "Tệp trống"),
        (b"", "", "Hãy chọn một tệp, hoặc dán nội dung"),
        (b"PK\x03\x04 cut", "de.docx", "Tệp bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "de.docx", "Hãy"),
        (word("Kính gửi các đồng chí"), "thu.docx", "Không thấy câu hỏi nào"),
        (b"x" * (20 * 1024 * 1024 + 1), "to.docx", "lớn hơn 20 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_kept(author, bank, app, content, name, said):
    answer = upload(author, bank.id, content, name)
    assert answer.status == 422
    assert said in answer.text
    with app.test_request_context():
        assert db.session.scalar(select(func.count()).select_from(BankImport)) == 0


def test_signs_that_no_database_takes_are_left_out(author, bank):
    answer = author.post(f"/desk/banks/{bank.id}/upload", pasted=GOOD.replace("ngày", "ng\0ày"))
    assert "1 sẵn sàng" in author.follow(answer).words()


def test_the_reason_stands_in_english_for_who_reads_english(author, draft):
    assert "No key was found. Choose the right answer." in author.get(f"{draft}?lang=en").words()


def test_reviewers_look_at_drafts_but_do_not_change_them(browser_for, draft):
    reviewer = browser_for(Role.REVIEWER)
    page = reviewer.get(draft)
    assert page.status == 200
    assert "Sửa câu này" not in page.text
    assert reviewer.post(f"{draft}/accept", page=draft).status == 403


@pytest.mark.parametrize("path", sorted(BANKS.glob("0*")), ids=lambda path: path.name)
def test_every_bank_of_the_collection_is_read_whole(author, bank, path):
    words = author.follow(upload(author, bank.id, path.read_bytes(), path.name)).words()
    assert "30 sẵn sàng, 0 cần xem lại." in words


def test_a_file_far_too_large_is_refused_with_the_way_back_to_its_form(author, bank):
    answer = upload(author, bank.id, b"x" * (22 * 1024 * 1024), "to.docx")
    assert answer.status == 413
    assert "20 MB" in answer.words()
    assert f'href="/desk/banks/{bank.id}/upload"' in answer.text
