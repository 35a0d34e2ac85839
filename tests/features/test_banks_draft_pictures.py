"""Pictures of an imported file: beside the reading, on the phone once accepted, gone when it is undone."""

import io
import json
import re
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import func, select

from contest import jobs
from contest.banks import draft_actions, reading
from contest.banks.draft_actions import File
from contest.banks.models import DraftPicture, DraftQuestion, Question, QuestionPicture, VersionPicture
from contest.database import db, write_transaction
from contest.permissions import Role
from tests.conftest import NOW
from tests.features.test_attempts import Phone
from tests.features.test_banks_drafts import mended, upload
from tests.features.test_banks_reading import ME, run_due
from tests.features.test_pictures import address, png, status


def question(number: int, text: str, *pictures: bytes) -> list[object]:
    choices = ("A. Quốc huy", "B. Quốc kỳ", "C. Quốc ca", "D. Quốc hiệu")
    return [f"Câu {number}: {text}", *pictures, *choices, "Đáp án: A"]


def pictured(*lines: object) -> bytes:
    document, file = Document(), io.BytesIO()
    for line in lines:
        if isinstance(line, bytes):
            document.add_picture(io.BytesIO(line))
        else:
            document.add_paragraph(str(line))
    document.save(file)
    return file.getvalue()


ONE = pictured(*question(1, "Hình này là gì?", png()))
SEVERAL = pictured(
    *question(1, "Hình này là gì?", png()),
    *question(2, "Hình bên có tên gọi nào sau đây?", png()),
    *question(3, "Biểu trưng dưới đây thuộc cơ quan nào?", png(50, 50), png(60, 60)),
    *question(4, "Ai ban hành nghị quyết về cải cách hành chính?"),
)


@pytest.fixture
def editor(browser_for):
    return browser_for(Role.ADMINISTRATOR)


@pytest.fixture
def bank(make):
    return make.bank(questions=0)


def stored(app, table) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def counted(app) -> tuple[int, int, int]:
    """How many pictures there are, how many drafts show one, and how many versions."""
    return stored(app, QuestionPicture), stored(app, DraftPicture), stored(app, VersionPicture)


def test_a_picture_goes_from_the_file_through_the_draft_to_the_phone(app, make, bank, editor, visitor):
    draft = upload(editor, bank.id, ONE).location
    picture = address(editor.get(draft).text)
    shown = editor.client.get(picture)
    assert (shown.data, shown.mimetype) == (png(), "image/png")
    assert status(visitor, picture) == 404
    assert stored(app, VersionPicture) == 0
    editor.post(f"{draft}/accept", page=draft, approve="1")
    with app.app_context():
        question_id = db.session.scalar(select(Question.id))
    assert address(editor.get(f"/desk/questions/{question_id}").text) == picture
    assert address(editor.get(f"{draft}?show=accepted").text) == picture
    contest = make.contest()
    round_ = make.round(contest, bank, questions=1, closes=timedelta(hours=3))
    phone = Phone(app, make.entry(contest).person_id)
    phone.start(round_.code)
    assert address(phone.get(f"/attempts/{phone.token}").text) == picture
    assert phone.client.get(picture).data == png()
    assert "ngừng dùng 1 câu" in editor.follow(editor.post(f"{draft}/undo", page=draft)).words()
    assert counted(app) == (1, 1, 1)


def test_an_equal_picture_is_stored_once_and_a_question_with_two_waits_without_one(app, bank, editor):
    draft = upload(editor, bank.id, SEVERAL).location
    assert counted(app) == (1, 2, 0)
    doubtful = editor.get(f"{draft}?show=doubtful")
    assert "hình ảnh mà hệ thống không đọc được" in doubtful.words() and "/pictures/" not in doubtful.text
    editor.post(f"{draft}/accept", page=draft)
    assert (stored(app, Question), counted(app)) == (3, (1, 2, 2))


def test_a_mended_question_keeps_the_picture_it_came_with(app, bank, editor):
    content = pictured("Câu 1: Hình này là gì?", png(), "A. Quốc huy", "B. Quốc kỳ")
    draft = upload(editor, bank.id, content).location
    with app.app_context():
        draft_id = db.session.scalar(select(DraftQuestion.id))
    path = f"/desk/drafts/{draft_id}"
    picture = address(editor.get(path).text)
    editor.post(path, page=path, **mended(draft_id, text="Hình này là gì?"))
    editor.post(f"{draft}/accept", page=draft)
    assert address(editor.get(f"{draft}?show=accepted").text) == picture
    assert counted(app) == (1, 1, 1)


@pytest.mark.parametrize("accepted", [True, False])
def test_an_undone_import_takes_its_pictures_away(app, bank, editor, accepted):
    other = upload(editor, bank.id, ONE).location
    draft = upload(editor, bank.id, SEVERAL).location
    if accepted:
        ids = re.findall(r'name="draft" value="(\d+)"', editor.get(f"{draft}?show=ready").text)
        editor.post(f"{draft}/accept", page=draft, chosen="1", draft=ids)
        assert stored(app, VersionPicture) == 2
    assert stored(app, QuestionPicture) == 2
    editor.post(f"{draft}/undo", page=draft)
    assert counted(app) == (1, 1, 0)
    assert status(editor, address(editor.get(other).text)) == 200


def test_a_job_that_reads_a_file_twice_stores_its_pictures_once(app, bank, at):
    file = File("de.docx", SEVERAL)
    with app.app_context():
        with write_transaction():
            reading.ask_for(bank, file, NOW, ME)
        with write_transaction():
            job = jobs.take(NOW)
            prepared = draft_actions.prepare(draft_actions.examine(draft_actions.read(file), []))
            draft_actions.insert_drafts(job.subject_id, next(prepared.parts(1)))
    assert counted(app) == (1, 1, 0)
    at(seconds=jobs.SILENCE.total_seconds() + 1)
    run_due(app)
    assert counted(app) == (1, 2, 0)


def test_a_job_that_fails_in_the_end_leaves_no_picture(app, bank):
    file = File("de.docx", ONE)
    with app.app_context():
        with write_transaction():
            job = reading.ask_for(bank, file, NOW, ME)
            prepared = draft_actions.prepare(draft_actions.examine(draft_actions.read(file), []))
            draft_actions.insert_drafts(job.subject_id, prepared)
        with write_transaction():
            reading.clear(jobs.job(job.id))
    assert counted(app) == (0, 0, 0)


def test_the_command_line_tells_of_a_picture_and_takes_it_in(app, tmp_path):
    path = tmp_path / "de.docx"
    path.write_bytes(ONE)
    run = app.test_cli_runner().invoke
    (told,) = json.loads(run(args=["bank", "check", str(path), "--json"]).output)["questions"]
    assert told["picture"] == {"media_type": "image/png", "width": 40, "height": 30}
    assert run(args=["bank", "import", str(path), "--bank", "Tuần 1"]).exit_code == 0
    assert counted(app) == (1, 1, 1)
