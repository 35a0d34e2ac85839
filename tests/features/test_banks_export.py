"""A bank goes out as a file and comes back as the same bank."""

from io import BytesIO

import pytest
from sqlalchemy import select, update

from contest.banks import exporting
from contest.banks.formats.read import read_bank
from contest.banks.models import BankImport, Question, QuestionVersion
from contest.banks.writing import FORMATS
from contest.database import db, write_transaction
from contest.permissions import Role
from tests.features.test_banks_drafts import upload
from tests.features.test_pictures import png

NAMES = {
    "xlsx": "a.xlsx",
    "docx": "a.docx",
    "gift": "a.txt",
    "aiken": "a.txt",
    "moodle": "a.xml",
    "qti": "a.zip",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_bank_taken_out_reads_back_with_the_same_questions_and_keys(kind, make, browser_for):
    bank = make.bank(6)
    organiser = browser_for(Role.ORGANISER)
    page = f"/desk/banks/{bank.id}/export"
    answer = organiser.client.post(f"{page}/{kind}", data={"csrf_token": token(organiser.get(page).text)})
    assert answer.status_code == 200
    read = read_bank(answer.data, NAMES[kind])
    assert sorted(question.text for question in read.questions) == [f"Câu hỏi số {n}?" for n in range(1, 7)]
    for question in read.questions:
        number = int(question.text.split()[-1].strip("?"))
        assert [choice.right for choice in question.choices].index(True) == (number - 1) % 4


def test_the_history_says_who_took_the_keys_out(make, browser_for):
    bank = make.bank(3)
    administrator = browser_for(Role.ADMINISTRATOR)
    page = f"/desk/banks/{bank.id}/export"
    administrator.client.post(f"{page}/xlsx", data={"csrf_token": token(administrator.get(page).text)})
    assert "xlsx: 3 câu" in administrator.get("/desk/history").words()


def test_a_format_nobody_knows_is_not_found(make, browser_for):
    bank = make.bank(1)
    organiser = browser_for(Role.ORGANISER)
    assert (
        organiser.post(f"/desk/banks/{bank.id}/export/exe", page=f"/desk/banks/{bank.id}/export").status
        == 404
    )


def token(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "gift", "moodle", "qti"])
def test_pictures_and_tags_come_into_another_bank(kind, make, browser_for, app):
    first, second = make.bank(1), make.bank(0)
    admin = browser_for(Role.ADMINISTRATOR)
    with app.app_context():
        number = db.session.scalar(select(Question.id))
    fields = {"text": "Hình này là gì?", "choices-0-text": "Quốc huy", "choices-0-right": "y"}
    fields |= {"choices-1-text": "Quốc kỳ", "tags": "một cửa, tuần 1", "seen": "1", "approve": "1"}
    page = f"/desk/questions/{number}/edit"
    body = {"csrf_token": token(admin.get(page).text), "kind": "single", **fields}
    body["picture"] = (BytesIO(png()), "a.png")
    assert admin.client.post(page, data=body, content_type="multipart/form-data").status_code == 302

    exports = f"/desk/banks/{first.id}/export"
    file = admin.client.post(f"{exports}/{kind}", data={"csrf_token": token(admin.get(exports).text)}).data
    assert upload(admin, second.id, file, NAMES[kind]).status == 302
    with app.app_context():
        import_id = db.session.scalar(select(BankImport.id).where(BankImport.bank_id == second.id))
    draft = f"/desk/imports/{import_id}"
    assert "một cửa" in admin.get(draft).text
    admin.post(f"{draft}/accept", page=draft)
    with app.app_context():
        (taken,) = exporting.questions(second.id)
    assert (taken.picture.content, taken.tags) == (png(), ("một cửa", "tuần 1"))


def test_what_a_format_cannot_hold_is_named_before_it_is_taken_out(make, browser_for, app):
    bank = make.bank(2)
    with app.app_context(), write_transaction():
        db.session.execute(
            update(QuestionVersion).where(QuestionVersion.text == "Câu hỏi số 2?").values(kind="ordering")
        )
    page = browser_for(Role.ORGANISER).get(f"/desk/banks/{bank.id}/export")
    assert page.text.count("Câu 2: Câu hỏi số 2?") == 2  # GIFT and Aiken have no ordering
    assert "Câu 1:" not in page.text
