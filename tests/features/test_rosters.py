"""Staff lists: taken in from the files offices have, shown first, seen by their own unit alone."""

import io
import unicodedata
from datetime import date, timedelta

import pytest
import xlsxwriter

from contest import job_runner, jobs
from contest.contests.models import Contest
from contest.database import db
from contest.permissions import Role
from contest.rosters import due, queries, working
from contest.rosters.models import RosterRow, RosterUpload
from contest.rules import vietnamese
from tests.conftest import Answer, Browser

HEADER = ["STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Số điện thoại", "Phòng ban"]
STAFF = [
    [1, "0012", "Nguyễn Thị Hòa", date(1990, 3, 8), "0900000001", "Văn phòng"],
    [2, "0013", "Trần Văn Bé", "1985", 900000002, "Văn phòng"],
    [3, "0014", "Lê Đức Ân", "31/12/1979", "", "Trung tâm Phục vụ hành chính công"],
]


def xlsx(rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
    book.close()
    return target.getvalue()


def send(browser: Browser, contest: Contest, content: bytes, unit: str, name: str = "ds.xlsx") -> Answer:
    path = f"/desk/rosters/{contest.id}/upload"
    page = browser.get(path).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    body = {"csrf_token": token, "unit": unit, "file": (io.BytesIO(content), name)}
    return Answer(browser.client.post(path, data=body, content_type="multipart/form-data"))


def take_in(browser: Browser, contest: Contest, rows: list[list[object]], unit: str, **fields: str) -> Answer:
    preview = send(browser, contest, xlsx([HEADER, *rows]), unit).location
    return browser.post(f"{preview}/confirm", page=preview, **fields)


def stored(app) -> list[tuple[object, ...]]:
    with app.app_context():
        rows = db.session.query(RosterRow).order_by(RosterRow.code).all()
        return [(row.code, row.name, row.phone, row.birth_date, row.birth_year, row.place) for row in rows]


@pytest.fixture
def ward(make):
    top = make.unit("Ủy ban nhân dân tỉnh An Bình", code="T00", kind="province")
    return make.unit("Phường Sen Hồng", top, code="P01")


@pytest.fixture
def coordinator(browser_for, ward):
    return browser_for(Role.COORDINATOR, unit_id=ward.id)


def test_a_list_is_shown_first_and_then_taken_in_with_everything_mended(app, make, coordinator, ward):
    contest = make.contest()
    preview = send(coordinator, contest, xlsx([["DANH SÁCH"], HEADER, *STAFF]), "P01").location
    words = coordinator.get(preview).words()
    assert "Người mới 3" in words and "Nhập 3 dòng tốt" in words
    assert stored(app) == []
    coordinator.post(f"{preview}/confirm", page=preview)
    assert stored(app) == [
        ("0012", "Nguyễn Thị Hòa", "0900000001", date(1990, 3, 8), 1990, "Văn phòng"),
        ("0013", "Trần Văn Bé", "0900000002", None, 1985, "Văn phòng"),
        ("0014", "Lê Đức Ân", None, date(1979, 12, 31), 1979, "Trung tâm Phục vụ hành chính công"),
    ]
    words = coordinator.get(f"/desk/rosters/{contest.id}").words()
    assert "người trong danh sách 3" in words and "Lê Đức Ân" in words


def test_the_same_file_again_changes_nothing_and_what_is_downloaded_can_come_back(
    app, make, coordinator, ward
):
    contest = make.contest()
    take_in(coordinator, contest, STAFF, "P01")
    before = stored(app)
    words = coordinator.get(send(coordinator, contest, xlsx([HEADER, *STAFF]), "P01").location).words()
    assert "giống hệt danh sách hiện có" in words and "Không đổi 3" in words
    take_in(coordinator, contest, STAFF, "P01")
    assert stored(app) == before
    file = coordinator.client.get(f"/desk/rosters/{contest.id}/danh-sach.xlsx").data
    assert "Không đổi 3" in coordinator.get(send(coordinator, contest, file, "P01").location).words()


def test_a_changed_file_shows_before_and_after_and_who_is_missing_goes_only_when_asked(
    app, make, coordinator, ward
):
    contest = make.contest()
    take_in(coordinator, contest, STAFF, "P01")
    changed = [[1, "0012", "Nguyễn Thị Hòa", date(1990, 3, 8), "0900000009", "Văn phòng"], STAFF[1]]
    preview = send(coordinator, contest, xlsx([HEADER, *changed]), "P01").location
    words = coordinator.get(preview).words()
    assert "Thay đổi 1" in words and "0900000001 0900000009" in words and "Không có trong tệp 1" in words
    assert "Lê Đức Ân" in coordinator.get(f"{preview}?show=missing").words()
    coordinator.post(f"{preview}/confirm", page=preview)
    assert [row[2] for row in stored(app)] == ["0900000009", "0900000002", None]
    take_in(coordinator, contest, changed, "P01", drop_missing="y")
    assert [row[0] for row in stored(app)] == ["0012", "0013"]


def test_all_that_is_wrong_with_a_line_is_said_and_the_good_ones_are_taken(app, make, coordinator, ward):
    rows = [
        *STAFF,
        [4, "0012", "Phạm Văn Tí", "45/13/1990", "123", ""],
        [5, "16", "Đỗ Thị Sửu", "12/31/1980", "0900000001", ""],
        [6, "17", "Vũ Văn Dần", "01/02/1980", "0900000001", ""],
    ]
    contest = make.contest()
    preview = send(coordinator, contest, xlsx([HEADER, *rows]), "P01").location
    words = coordinator.get(preview).words()
    for expected in (
        "Không có ngày “45/13/1990”",
        "“123” không phải số điện thoại",
        "Mã 0012 đã dùng ở dòng 2",
        "“12/31/1980” có tháng đứng trước ngày",
        "Nhập 4 dòng tốt",
    ):
        assert expected in words, expected
    look = coordinator.get(f"{preview}?show=look").words()
    assert "Số 0900000001 có ở nhiều dòng" in look and "thêm số 0 ở đầu cho đủ độ dài: 0017" in look
    coordinator.post(f"{preview}/confirm", page=preview)
    assert [row[0] for row in stored(app)] == ["0012", "0013", "0014", "0017"]


def test_people_go_to_the_units_below_that_the_file_names(app, make, coordinator, ward):
    school = make.unit("Trường Tiểu học Sen Hồng", ward, code="H01", kind="school")
    header = ["Họ và tên", "Số điện thoại", "Mã đơn vị", "Đơn vị công tác"]
    rows = [
        ["Nguyễn Thị Hòa", "0900000001", "h01", ""],
        ["Trần Văn Bé", "0900000002", "", "truong tieu hoc sen hong"],
        ["Lê Đức Ân", "0900000003", "", "Văn phòng"],
        ["Vũ Văn Dần", "0900000004", "T00", ""],
    ]
    contest = make.contest()
    preview = send(coordinator, contest, xlsx([header, *rows]), "P01").location
    assert "Không có đơn vị mã T00 trong phạm vi này" in coordinator.get(preview).words()
    coordinator.post(f"{preview}/confirm", page=preview)
    with app.app_context():
        units = {row.name: row.unit_id for row in db.session.query(RosterRow)}
    assert units == {"Nguyễn Thị Hòa": school.id, "Trần Văn Bé": school.id, "Lê Đức Ân": ward.id}


def test_a_list_is_seen_and_changed_by_its_own_unit_and_the_organiser_alone(
    app, make, browser_for, coordinator, ward
):
    contest = make.contest()
    take_in(coordinator, contest, STAFF, "P01")
    sister = make.unit("Phường Sen Vàng", code="P02")
    other = browser_for(Role.COORDINATOR, unit_id=sister.id)
    with app.app_context():
        row_id = db.session.query(RosterRow.id).first()[0]
    assert "Nguyễn Thị Hòa" not in other.get(f"/desk/rosters/{contest.id}").words()
    assert other.get(f"/desk/rosters/{contest.id}?unit=P01").status == 404
    assert other.post(f"/desk/rosters/rows/{row_id}/remove", page="/desk/rosters").status == 404
    refused = send(other, contest, xlsx([HEADER, *STAFF]), "P01")
    assert (refused.status, len(stored(app))) == (422, 3)
    upload = send(coordinator, contest, xlsx([HEADER, *STAFF]), "P01").location
    assert [other.get(upload).status, browser_for(Role.ORGANISER).get(upload).status] == [404, 404]
    organiser = browser_for(Role.ORGANISER)
    assert "Nguyễn Thị Hòa" in organiser.get(f"/desk/rosters/{contest.id}?unit=P01").words()
    organiser.post(f"/desk/rosters/rows/{row_id}/remove", page=f"/desk/rosters/{contest.id}")
    assert len(stored(app)) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"PK\x03\x04 not a zip", "Tệp bị hỏng"),
        ("Mã;Tên đơn vị\nP01;Phường".encode(), "Chưa tìm thấy dòng tiêu đề"),
        ("Họ và tên;SĐT\n".encode(), "Chưa tìm thấy dòng tiêu đề"),
    ],
)
def test_a_file_of_no_use_is_refused_and_not_kept(app, make, coordinator, content, words):
    answer = send(coordinator, make.contest(), content, "P01")
    assert (answer.status, words in answer.words()) == (422, True)
    with app.app_context():
        assert db.session.query(RosterUpload).count() == 0


def test_a_csv_is_read_too_and_the_template_is_a_list_itself(app, make, coordinator):
    contest = make.contest()
    csv = "Họ đệm;Tên;Năm sinh;Điện thoại\r\nNguyễn Thị;Sen;1990;912345678\r\n".encode("utf-8-sig")
    preview = send(coordinator, contest, csv, "P01", "ds.csv").location
    coordinator.post(f"{preview}/confirm", page=preview)
    assert stored(app) == [(None, "Nguyễn Thị Sen", "0912345678", None, 1990, "")]
    file = coordinator.client.get("/desk/rosters/mau-danh-sach.xlsx").data
    assert "Người mới 2" in coordinator.get(send(coordinator, contest, file, "P01").location).words()


def test_lists_and_files_are_deleted_on_the_contests_day(app, make, coordinator, at):
    contest = make.contest()
    take_in(coordinator, contest, STAFF, "P01")
    send(coordinator, contest, xlsx([HEADER, *STAFF]), "P01")
    with app.app_context():
        due.forget_expired(make.now)
        assert len(stored(app)) == 3 and db.session.query(RosterUpload).count() == 1
        due.forget_expired(make.now + timedelta(days=8))
        assert len(stored(app)) == 3 and db.session.query(RosterUpload).count() == 0
        due.forget_expired(at(days=300))
    assert stored(app) == []


@pytest.mark.slow
def test_a_long_list_is_read_and_taken_in_as_jobs_that_say_how_far_they_are(
    app, make, coordinator, ward, monkeypatch
):
    monkeypatch.setattr(working, "LARGE_FILE", 1000)
    contest = make.contest()
    rows = [[n, f"{n:06}", "Nguyễn Văn An", "01/02/1980", 900000000 + n, ""] for n in range(3500)]
    page = send(coordinator, contest, xlsx([HEADER, *rows]), "P01").location
    waiting = coordinator.get(page).location
    assert "Đang chờ đến lượt" in coordinator.get(waiting).words()
    with app.app_context():
        job_runner.run_due()
    assert coordinator.get(waiting).location == page
    assert "Người mới 3.500" in coordinator.get(page).words()
    working_page = coordinator.follow(coordinator.post(f"{page}/confirm", page=page)).location
    assert working_page != waiting
    with app.app_context():
        job_runner.run_due()
        assert jobs.job(int(working_page.rpartition("/")[2])).done == 3500
    assert coordinator.get(working_page).location == f"/desk/rosters/{contest.id}"
    with app.app_context():
        assert queries.counts(contest.id, None).listed == 3500


def test_a_long_file_of_no_use_says_why_in_both_languages(app, make, coordinator, monkeypatch):
    monkeypatch.setattr(working, "LARGE_FILE", 10)
    page = send(coordinator, make.contest(), xlsx([["Câu hỏi", "Đáp án"], ["Một", "A"]]), "P01").location
    waiting = coordinator.get(page).location
    with app.app_context():
        job_runner.run_due()
        assert db.session.query(RosterUpload).count() == 0
    assert "Chưa tìm thấy dòng tiêu đề" in coordinator.get(waiting).words()
    assert "No header row was found" in coordinator.get(f"{waiting}?lang=en").words()


def in_windows_1258(text: str) -> bytes:
    """As Vietnamese Windows keeps it: a letter and then its tone."""
    signs = []
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        tone = "".join(part for part in parts if part in vietnamese.TONES)
        signs.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)) + tone)
    return "".join(signs).encode("cp1258")


@pytest.mark.parametrize(
    ("encoded", "delimiter"),
    [
        (str.encode, ","),
        (lambda text: text.encode("utf-8-sig"), ";"),
        (lambda text: text.encode("utf-16"), "\t"),
        (lambda text: text.encode("utf-16-le"), ","),
        (in_windows_1258, ";"),
    ],
    ids=[
        "UTF-8 without a mark",
        "with a mark",
        "Unicode text of Excel",
        "that without a mark",
        "Windows-1258",
    ],
)
def test_a_text_file_of_excel_is_read_in_whatever_encoding_it_was_saved(
    app, make, coordinator, encoded, delimiter
):
    contest = make.contest()
    rows = [HEADER, ["1", "0012", "Nguyễn Thị Hòa", "08/03/1990", "0900000001", "Phòng Văn hóa - Xã hội"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    preview = send(coordinator, contest, encoded(text), "P01", "danh-sach.csv").location
    coordinator.post(f"{preview}/confirm", page=preview)
    assert stored(app) == [
        ("0012", "Nguyễn Thị Hòa", "0900000001", date(1990, 3, 8), 1990, "Phòng Văn hóa - Xã hội")
    ]
