"""Reminders: who has not reported, words to copy, a list to take away, and letters through a real mail server."""

import dataclasses
import io

import pytest
from openpyxl import load_workbook

from contest import job_runner
from contest.permissions import Role
from contest.settings import SettingError, Smtp, read
from tests.conftest import counted_statements
from tests.features.test_reports import held, page_of, send  # noqa: F401  the same small province
from tests.mail_server import mail_server


@pytest.fixture
def server(app):
    """A mail server that the program knows of."""
    before = app.config["SETTINGS"]
    with mail_server() as found:
        smtp = Smtp("127.0.0.1", found.port, "none", "hoithi@example.vn", "", "")
        app.config["SETTINGS"] = dataclasses.replace(before, smtp=smtp)
        yield found
    app.config["SETTINGS"] = before


def run_jobs(app) -> None:
    with app.app_context():
        job_runner.run_due()


def page(held) -> str:  # noqa: F811
    return f"/desk/reports/{held['call'].id}/reminders"


def test_whoever_has_not_sent_is_listed_with_their_coordinators_and_words_to_copy(held, browser_for):  # noqa: F811
    browser_for(Role.COORDINATOR, held["sao"].id)
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    organiser = browser_for(Role.ORGANISER)
    assert send(ward, page_of(held, "sen")).status == 302
    found = organiser.get(page(held)).words()
    assert "Xã Sao Mai" in found and "coordinator" in found
    assert "Phường Sen Hồng" not in found
    assert "Hạn gửi: 09 giờ 00 ngày 10/10/2026." in found
    assert "http://hoithi.test/desk/reports/" in found
    assert "chưa có đầu mối" in found
    assert "chưa cài máy chủ thư" in found
    book = load_workbook(io.BytesIO(organiser.client.get(f"{page(held)}/xlsx").get_data()))
    rows = [row for row in book.active.iter_rows(values_only=True) if row[1]]
    assert [row[1] for row in rows[1:]] == [
        "Trường Mầm non Hoa Sen",
        "Trường Tiểu học Kim Đồng",
        "Xã Sao Mai",
    ]
    assert rows[3][4].endswith("@example.vn")
    below = ward.get(page(held)).words()
    assert "Kim Đồng" in below and "Sao Mai" not in below
    assert organiser.post(page(held), page=page(held)).status == 409


def test_letters_go_out_once_through_the_mail_server(held, app, at, server, browser_for):  # noqa: F811
    browser_for(Role.COORDINATOR, held["sao"].id)
    organiser = browser_for(Role.ORGANISER)
    assert organiser.post(page(held), page=page(held)).status == 302
    assert server.letters == []  # nothing is sent while somebody waits for a page
    run_jobs(app)
    (letter,) = server.letters
    assert letter["From"] == "hoithi@example.vn"
    assert letter["To"].startswith("coordinator")
    assert letter["Subject"] == "Nhắc gửi báo cáo: Báo cáo kết quả đợt 1"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Kính gửi đầu mối đơn vị" in letter.get_content()
    assert "http://hoithi.test/desk/reports/" in letter.get_content()
    assert "1 đã gửi, 0 đang chờ, 0 không gửi được" in organiser.get(page(held)).words()
    again = organiser.post(page(held), page=page(held))
    assert again.status == 409
    assert "12 giờ qua" in again.words()
    run_jobs(app)
    assert len(server.letters) == 1
    at(hours=13)
    assert organiser.post(page(held), page=page(held)).status == 302
    run_jobs(app)
    assert len(server.letters) == 2
    assert server.letters[1]["Message-ID"] != letter["Message-ID"]


def test_an_address_that_is_refused_does_not_keep_the_others_back(held, app, server, browser_for):  # noqa: F811
    for unit in ("sao", "sen", "kim"):
        browser_for(Role.COORDINATOR, held[unit].id)
    organiser = browser_for(Role.ORGANISER)
    server.refused.add("coordinator10@")
    server.refused.update(f"coordinator{n}@" for n in range(1, 40, 2))
    assert organiser.post(page(held), page=page(held)).status == 302
    run_jobs(app)
    refused = 3 - len(server.letters)
    assert 0 < refused < 3
    assert f"{3 - refused} đã gửi, {refused} đang chờ" in organiser.get(page(held)).words()


def test_a_server_that_is_down_keeps_the_letters_and_says_what_to_do(held, app, server, at, browser_for):  # noqa: F811
    browser_for(Role.COORDINATOR, held["sao"].id)
    organiser = browser_for(Role.ORGANISER)
    running = app.config["SETTINGS"]
    down = dataclasses.replace(running.smtp, port=1)
    app.config["SETTINGS"] = dataclasses.replace(running, smtp=down)
    assert organiser.post(page(held), page=page(held)).status == 302
    run_jobs(app)
    assert "máy chủ thư không trả lời" in organiser.get(page(held)).words()
    app.config["SETTINGS"] = running
    at(hours=13)
    organiser.post(page(held), page=page(held))
    run_jobs(app)
    assert len(server.letters) == 2  # the one that was kept, and the new one


def test_the_first_page_tells_everybody_what_reports_ask_of_them(held, at, browser_for):  # noqa: F811
    organiser, ward = browser_for(Role.ORGANISER), browser_for(Role.COORDINATOR, held["sen"].id)
    school = browser_for(Role.COORDINATOR, held["kim"].id)
    assert "“Báo cáo kết quả đợt 1” cần gửi trước 09:00 10/10/2026." in school.get("/desk").words()
    assert "quá hạn" not in organiser.get("/desk").words()
    send(school, page_of(held, "kim"))
    assert "1 báo cáo của đơn vị dưới chờ duyệt." in ward.get("/desk").words()
    at(days=6)
    assert "“Báo cáo kết quả đợt 1”: 3 trên 4 đơn vị quá hạn chưa gửi." in organiser.get("/desk").words()
    assert "“Báo cáo kết quả đợt 1”: 1 trên 2 đơn vị quá hạn chưa gửi." in ward.get("/desk").words()
    assert "“Báo cáo kết quả đợt 1” chưa gửi, đã quá hạn lúc 09:00 10/10/2026." in ward.get("/desk").words()
    sao = browser_for(Role.COORDINATOR, held["sao"].id)
    send(sao, page_of(held, "sao"))
    late = organiser.get("/desk").words()
    # What is missing and what came late are two things to look at.
    assert "2 trên 4 đơn vị quá hạn chưa gửi." in late and "1 đơn vị gửi muộn." in late
    ward.post(f"{page_of(held, 'kim')}/return", page=page_of(held, "kim"), note="Xem lại.")
    assert "“Báo cáo kết quả đợt 1” được trả lại để sửa." in school.get("/desk").words()


def test_a_coordinators_desk_shows_their_round_beside_sister_units(held, app, browser_for):  # noqa: F811
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    ward.get("/desk")
    with counted_statements(app) as statements:
        answer = ward.get("/desk")
    words = answer.words()
    assert "người dự thi 3" in words
    assert "30,00 %" in words
    assert "thứ hạng theo tỷ lệ 2/2" in words
    assert "1. Xã Sao Mai 33,33 %" in words
    assert "2. Phường Sen Hồng (đơn vị bạn)" in words
    assert "Lượt thi theo giờ" in words
    assert len(statements) <= 28


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"SMTP_FROM": ""}, "SMTP_FROM"),
        ({"SMTP_FROM": "a@b\r\nBcc: c@d"}, "SMTP_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "none", "SMTP_USER": "hoithi"}, "SMTP_USER"),
        ({"SMTP_PORT": "mail"}, "SMTP_PORT"),
    ],
)
def test_a_mail_setting_that_cannot_be_used_stops_the_start(tmp_path, changed, key):
    environment = {
        "INSTANCE": str(tmp_path),
        "SMTP_HOST": "mail.example.vn",
        "SMTP_FROM": "hoithi@example.vn",
    }
    with pytest.raises(SettingError, match=key):
        read(environment | changed)
    chosen = read(environment).smtp
    assert chosen is not None
    assert (chosen.port, chosen.security) == (587, "starttls")
    assert read({"INSTANCE": str(tmp_path)}).smtp is None
