"""Large files: kept at once, read as a job that survives its process, shown when whole, thrown away when unreadable."""

import os
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from contest import job_runner, jobs
from contest.banks import draft_actions, reading
from contest.banks.draft_actions import File
from contest.banks.models import BankImport, DraftQuestion
from contest.database import db, write_transaction
from contest.jobs import Job, JobState, Wanted
from contest.permissions import Role
from tests.conftest import NOW
from tests.features.test_banks_drafts import FILE, upload, word

ME = (None, "Cán bộ")


def large(text: str) -> bytes:
    """A Word file of over two megabytes: a picture in it will not be made smaller."""
    file = BytesIO(word(text))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/media/image9.bin", os.urandom(reading.LARGE_FILE))
    return file.getvalue()


@pytest.fixture
def author(browser_for):
    return browser_for(Role.AUTHOR)


@pytest.fixture
def bank(make):
    return make.bank(0, "Lớn")


def run_due(app) -> None:
    with app.app_context():
        job_runner.run_due()


def stored(app, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(
    ("size", "in_bank", "long"),
    [
        (reading.LARGE_FILE, reading.LARGE_BANK, False),
        (reading.LARGE_FILE + 1, 0, True),
        (10, reading.LARGE_BANK + 1, True),
    ],
)
def test_a_large_file_or_a_large_bank_takes_long(size, in_bank, long):
    assert reading.takes_long(File("de.docx", b"x" * size), in_bank) is long


def test_a_large_file_is_waited_for_on_a_page_that_leads_to_its_draft(author, bank, app):
    waiting = upload(author, bank.id, large(FILE)).location
    page = author.get(waiting)
    assert 'http-equiv="refresh"' in page.text and "Đang chờ đến lượt" in page.words()
    assert "đang đọc" in author.get(f"/desk/banks/{bank.id}").words()
    draft = author.get(f"/desk/banks/{bank.id}").text.partition("/desk/imports/")[2].partition('"')[0]
    assert author.get(f"/desk/imports/{draft}").location == waiting
    run_due(app)
    done = author.follow(author.get(waiting))
    assert "2 sẵn sàng, 1 cần xem lại." in done.words()
    assert "đang đọc" not in author.get(f"/desk/banks/{bank.id}").words()


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Kính gửi các đồng chí", "vi", "Không thấy câu hỏi nào"),
        ("Kính gửi các đồng chí", "en", "No questions were found"),
    ],
)
def test_a_large_file_without_questions_says_so_and_is_not_kept(author, bank, app, text, language, said):
    waiting = upload(author, bank.id, large(text)).location
    run_due(app)
    page = author.get(f"{waiting}?lang={language}")
    assert said in page.text and "refresh" not in page.text
    assert f"/desk/banks/{bank.id}/upload" in page.text
    assert stored(app, BankImport) == 0


def test_a_large_broken_file_is_refused_too(author, bank, app):
    waiting = upload(author, bank.id, b"PK\x03\x04" + os.urandom(reading.LARGE_FILE)).location
    run_due(app)
    assert "Tệp bị hỏng" in author.get(waiting).text
    assert stored(app, BankImport) == 0


@pytest.fixture
def asked(make, bank, app):
    """The id of a job that waits for a small file of three questions."""
    with app.app_context(), write_transaction():
        return reading.ask_for(bank, File("de.docx", word(FILE)), NOW, ME).id


def test_a_job_whose_process_died_is_taken_again_and_leaves_each_question_once(asked, app, at):
    with app.app_context(), write_transaction():
        job = jobs.take(NOW)
        parsed = draft_actions.read(File("de.docx", word(FILE)))
        half = next(draft_actions.prepare(draft_actions.examine(parsed, [])).parts(2))
        draft_actions.insert_drafts(job.subject_id, half)
    at(seconds=jobs.SILENCE.total_seconds())
    run_due(app)
    assert stored(app, DraftQuestion) == 2  # not silent for long enough yet
    at(seconds=jobs.SILENCE.total_seconds() + 1)
    run_due(app)
    assert stored(app, DraftQuestion) == 3
    with app.app_context():
        job = jobs.job(asked)
        assert (job.state, job.done, job.total, job.tries) == (JobState.DONE, 3, 3, 2)


def test_a_process_given_up_for_dead_changes_nothing_any_more(asked, app):
    with app.app_context():
        with write_transaction():
            first = jobs.take(NOW)
            db.session.expunge(first)
        with write_transaction():
            assert jobs.take(NOW + jobs.SILENCE + timedelta(seconds=1)).id == asked
        for act in (jobs.finish, lambda job, now: jobs.say(job, 1, 3, now)):
            with pytest.raises(jobs.Superseded), write_transaction():
                act(first, NOW)
        assert jobs.job(asked).state == JobState.RUNNING


def test_a_job_that_ends_its_process_every_time_is_given_up_with_a_sentence(asked, app, at):
    with app.app_context(), write_transaction():
        db.session.get(Job, asked).tries = jobs.MOST_TRIES
    run_due(app)
    with app.app_context():
        job = jobs.job(asked)
        assert (job.state, "lỗi ngoài dự kiến" in job.error_vi) == (JobState.FAILED, True)
    assert stored(app, BankImport) == 0


def test_a_fault_of_the_program_fails_its_job_and_the_next_one_is_done(asked, bank, app):
    with app.app_context(), write_transaction():
        missing = jobs.ask_for(Wanted(reading.KIND, 987654, bank.id), NOW, ME).id
    with app.app_context(), write_transaction():
        after = reading.ask_for(bank, File("hai.docx", word(FILE)), NOW, ME).id
    run_due(app)
    with app.app_context():
        assert [jobs.job(each).state for each in (asked, missing, after)] == ["done", "failed", "done"]
        assert not jobs.any_due(datetime.now(UTC))


def test_only_readings_have_this_page(author, bank, app):
    with app.app_context(), write_transaction():
        other = jobs.ask_for(Wanted("other", 1, bank.id), NOW, ME).id
    assert author.get(f"/desk/reading/{other}").status == 404
    assert author.get("/desk/reading/987654").status == 404


def test_who_asked_stands_in_the_history(author, browser_for, bank, app):
    upload(author, bank.id, large(FILE))
    run_due(app)
    words = browser_for().get("/desk/history?act=bank:import").words()
    assert "Cán bộ 1" in words and "2 sẵn sàng, 1 cần xem lại" in words
