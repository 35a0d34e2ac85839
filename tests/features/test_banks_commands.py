"""Question files on the command line: looked at without storing anything, and taken in."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from contest.banks import draft_queries, queries
from contest.banks.models import Bank
from contest.database import db
from contest.permissions import Role
from tests.features.test_banks_drafts import FILE, GOOD, word


@pytest.fixture
def run(app):
    return lambda *args: app.test_cli_runner().invoke(args=["bank", *map(str, args)])


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "de.docx"
    path.write_bytes(word(FILE))
    return path


def test_a_check_prints_everything_as_json_and_stores_nothing(run, file, app):
    result = run("check", file, "--json")
    told = json.loads(result.output)
    assert result.exit_code == 0
    assert (told["format"], told["found"], told["ready"], told["doubtful"]) == ("docx", 3, 2, 1)
    first, second, _third = told["questions"]
    assert list(first) == [
        "number", "place", "kind", "text", "choices", "topic", "level", "citation", "explanation", "faults",
    ]  # fmt: skip
    assert first["choices"][0] == {"label": "A", "text": "15/7/2021", "right": True}
    assert list(second["faults"][0]) == ["kind", "severity", "place", "message"]
    assert second["faults"][0]["severity"] == "error"
    with app.test_request_context():
        assert db.session.scalar(select(func.count()).select_from(Bank)) == 0


def test_a_check_against_a_bank_names_what_the_bank_already_has(run, file):
    run("import", file, "--bank", "Tuần 1")
    told = json.loads(run("check", file, "--json", "--bank", "Tuần 1").output)
    kinds = [[fault["kind"] for fault in question["faults"]] for question in told["questions"]]
    assert kinds == [["near_duplicate"], ["no_key"], ["near_duplicate"]]
    assert "số 1 đã có trong ngân hàng" in told["questions"][0]["faults"][0]["message"]
    missing = run("check", file, "--bank", "Tuần 9")
    assert (missing.exit_code, "Không có ngân hàng tên “Tuần 9”" in missing.output) == (1, True)


def test_a_check_for_people_counts_and_names_what_is_doubtful(run, file):
    lines = run("check", file).output.splitlines()
    assert lines[0] == "3 câu: 2 sẵn sàng, 1 cần xem lại."
    assert lines[1].startswith("× câu 2") and "Chưa có đáp án" in lines[1]


@pytest.mark.parametrize("command", [["check"], ["check", "--json"], ["import", "--bank", "Tuần 1"]])
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut"])
def test_a_file_that_cannot_be_read_ends_with_2_and_one_sentence(run, tmp_path, command, content):
    path = tmp_path / "de.docx"
    if content is not None:
        path.write_bytes(content)
    result = run(*command, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Hãy" in result.stderr


def test_an_import_takes_the_ready_and_leaves_the_doubtful_in_a_draft(run, file, app, browser_for):
    result = run("import", file, "--bank", "Tuần 1", "--approve")
    assert result.output.splitlines()[:2] == [
        "Tìm thấy 3 câu, đã đưa vào ngân hàng 2 câu.",
        "1 câu cần xem lại.",
    ]
    with app.test_request_context():
        (row,) = queries.all_banks()
        assert (row.name, row.approved, row.drafts) == ("Tuần 1", 2, 1)
    path = result.output.partition("http://hoithi.test")[2].strip()
    assert "Chưa có đáp án" in browser_for(Role.AUTHOR).get(path).words()


def test_without_approval_imported_questions_wait(run, file, app):
    run("import", file, "--bank", "Tuần 1")
    with app.test_request_context():
        assert (queries.all_banks()[0].approved, queries.all_banks()[0].waiting) == (0, 2)


def test_the_same_file_is_not_imported_twice_by_mistake(run, file, app):
    run("import", file, "--bank", "Tuần 1")
    twice = run("import", file, "--bank", "Tuần 1")
    assert (twice.exit_code, "--again" in twice.output) == (1, True)
    meant = run("import", file, "--bank", "Tuần 1", "--again")
    assert "2 câu giống câu đã có trong ngân hàng" in meant.output
    with app.test_request_context():
        assert len(draft_queries.imports(queries.all_banks()[0].id)) == 2


def test_a_second_file_may_hold_the_keys(run, tmp_path):
    questions, keys = tmp_path / "de.docx", tmp_path / "dap-an.docx"
    questions.write_bytes(word(GOOD.replace("Đáp án: A\n", "")))
    keys.write_bytes(word("BẢNG ĐÁP ÁN\n1.A"))
    assert json.loads(run("check", questions, "--keys", keys, "--json").output)["ready"] == 1


def test_a_file_with_nothing_ready_still_becomes_a_draft(run, tmp_path, app):
    path = tmp_path / "de.docx"
    path.write_bytes(word(GOOD.replace("Đáp án: A\n", "")))
    assert "1 câu cần xem lại." in run("import", path, "--bank", "Tuần 1").output
    with app.test_request_context():
        assert queries.all_banks()[0].drafts == 1
