"""The organiser on a monitor and a coordinator on a phone, in a real browser: a report asked, sent, approved, frozen."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from contest.participation import actions as participation
from contest.permissions import Role
from tests.browser.conftest import Server
from tests.making import PASSWORD
from tests.taking_part import take_part

pytestmark = [pytest.mark.browser, pytest.mark.server]
CONTEST = "bao-cao-tren-dien-thoai"

# How far the page can be pushed sideways, in pixels.
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def signed_in(page: Page, server: Server, email: str) -> list[str]:
    """Sign in; gives the list that script errors and refused styles are written into."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else 0)
    page.goto(f"{server.address}/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/desk")
    return complaints


def test_a_report_is_asked_for_sent_from_a_phone_approved_and_frozen(
    server: Server, desk_page: Page, phone_page: Page
) -> None:
    make = server.make
    ward = make.unit("Phường Hòa Thuận Hải Đông", code="WALK1", officials=20)
    contest = make.contest(CONTEST)
    round_ = make.round(contest, name="Đợt đi bộ")
    take_part(make, round_, make.entry(contest, "Nguyễn Thị Hồng Ánh", ward))
    with server.app.app_context():
        participation.count_new(datetime.now(UTC))
    organiser, coordinator = make.staff(Role.ORGANISER), make.staff(Role.COORDINATOR, unit_id=ward.id)
    complaints = signed_in(desk_page, server, organiser.email)
    desk_page.goto(f"{server.address}/desk/reports/new")
    desk_page.select_option("[name=subject]", f"{contest.id}:{round_.id}")
    desk_page.fill("[name=name]", "Báo cáo đợt đi bộ")
    desk_page.fill("[name=due_at]", (datetime.now(UTC) + timedelta(hours=30)).strftime("%d/%m/%Y 17:00"))
    desk_page.click("text=Gửi yêu cầu")
    expect(desk_page.locator("h1")).to_contain_text("Báo cáo đợt đi bộ")

    complaints += signed_in(phone_page, server, coordinator.email)
    first = phone_page.locator(".needs li").first
    expect(first).to_contain_text("Báo cáo đợt đi bộ")
    assert phone_page.evaluate(SIDEWAYS) == 0
    first.locator("a").click()
    phone_page.click("summary:has-text('Khai thêm một buổi')")
    phone_page.fill("[name=held_on]", datetime.now(UTC).strftime("%d/%m/%Y"))
    phone_page.fill("[name=place]", "Nhà văn hóa khu phố 3")
    phone_page.locator("form[enctype] [name=people]").fill("12")
    file = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bien ban"}
    phone_page.set_input_files("[name=evidence]", file)
    phone_page.click("text=Thêm vào báo cáo")
    expect(phone_page.locator("main")).to_contain_text("bien-ban.pdf")
    assert phone_page.evaluate(SIDEWAYS) == 0
    phone_page.click("text=Gửi lên cấp trên")
    expect(phone_page.locator("main")).to_contain_text("Chưa gửi được")
    phone_page.fill("[name^=repeated]", "0")
    for tick in phone_page.locator("form[action$='/send'] [type=checkbox]").all():
        tick.check()
    phone_page.click("text=Gửi lên cấp trên")
    expect(phone_page.locator("main")).to_contain_text("Đã gửi báo cáo lên cấp trên.")

    desk_page.goto(f"{server.address}/desk")
    desk_page.click("text=Xem và duyệt")
    desk_page.click("main a:has-text('Phường Hòa Thuận Hải Đông')")
    expect(desk_page.locator("main")).to_contain_text("Nhà văn hóa khu phố 3")
    desk_page.click("text=Duyệt báo cáo")
    expect(desk_page.locator("main")).to_contain_text("Đã duyệt báo cáo của Phường Hòa Thuận Hải Đông.")
    desk_page.click("main a:has-text('Báo cáo đợt đi bộ')")
    desk_page.click("text=Chốt số liệu")
    expect(desk_page.locator("h1")).to_contain_text("Bản chốt số 1")
    with desk_page.expect_download() as download:
        desk_page.click("text=Tải Word")
    written = Document(io.BytesIO(download.value.path().read_bytes()))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert "Phường Hòa Thuận Hải Đông" in cells
    # The phone's form was refused once on purpose, and Chromium calls a refusal an error.
    assert [one for one in complaints if "422" not in one] == []
