"""What a coordinator and an organiser do on a Friday before five, on a phone and on a monitor, in a real browser."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from contest.corrections import actions as corrections
from contest.database import db, write_transaction
from contest.participation import actions as participation
from contest.people.models import Entry
from contest.permissions import Role
from contest.reports.models import ReportCall
from contest.staff import queries as staff
from contest.targets.models import TargetTier
from contest.units.models import Unit
from tests.browser.conftest import Server
from tests.browser.test_reports_walk import SIDEWAYS, signed_in
from tests.features.test_rosters_matching import add_row
from tests.taking_part import take_part

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]


@dataclass
class Province:
    """Two wards, one with a school below it; an open round, a list, a target, a handover, a report to send."""

    ward: Unit
    school: Unit
    call: ReportCall
    coordinator: str
    organiser: str


@pytest.fixture(params=["phone_page", "desk_page"])
def page(request: pytest.FixtureRequest) -> Page:
    """The same walk on both screens."""
    found: Page = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def province(server: Server) -> Iterator[Province]:
    make, now = server.make, datetime.now(UTC)
    top = make.unit("Tỉnh An Bình", kind="province")
    ward = make.unit("Phường Thiên Trường Nam", top, officials=40)
    school = make.unit("Trường Trung học cơ sở Lê Quý Đôn", ward, kind="school", officials=20)
    other = make.unit("Xã Bình Lãng Thượng", top, officials=30)
    contest = make.contest(f"thu-sau-{next(make.serial)}")
    make.measured_by_any(contest)
    round_ = make.round(contest, name="Đợt cuối tháng", opens=timedelta(days=-9), attempts=2)
    entries = [
        make.entry(contest, name, unit)
        for name, unit in (
            ("Nguyễn Thị Hồng Ánh", ward),
            ("Trần Văn Bình", school),
            ("Lê Đình Cường", other),
            ("Phạm Thùy Dung", other),
        )
    ]
    for day, entry in enumerate(entries, start=1):
        take_part(make, round_, entry, after=timedelta(days=day))
    add_row(make, contest, ward, "Vũ Khánh Vân")
    coordinator, organiser = make.staff(Role.COORDINATOR, unit_id=ward.id), make.staff(Role.ORGANISER)
    asker = make.staff(Role.COORDINATOR, unit_id=other.id)
    call = ReportCall(
        contest_id=contest.id,
        round_id=round_.id,
        name=f"Báo cáo kết quả đợt cuối tháng, lần {next(make.serial)}",
        due_at=now - timedelta(minutes=25),
        levels=9,  # other walks have their own tops in the same tree
        note="Kèm biên bản từng buổi.",
        created_at=now,
    )
    with server.app.app_context():
        participation.count_new(now)
        with write_transaction():
            db.session.add(TargetTier(contest_id=contest.id, from_size=0, share=None, people=12))
            db.session.add(call)
            by = staff.actor(asker.id)
            assert by is not None
            corrections.correct(db.session.get_one(Entry, entries[3].id), ward, "Chọn nhầm xã.", now, by)
    yield Province(ward, school, call, coordinator.email, organiser.email)
    with make.writing():
        # So long ago that no other walk's people are told of it.
        db.session.get_one(ReportCall, call.id).due_at = now - timedelta(days=90)


def press(page: Page, words: str) -> None:
    """By keyboard, as somebody who does not use a mouse."""
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.focus()
    page.keyboard.press("Enter")


def straight(page: Page) -> None:
    """Nothing can be pushed sideways."""
    assert page.evaluate(SIDEWAYS) == 0, page.url


def test_a_coordinator_sees_their_unit_answers_a_handover_and_sends_a_report(
    page: Page, server: Server, province: Province
) -> None:
    complaints = signed_in(page, server, province.coordinator)
    main = page.locator("main")
    for words in (
        "đã quá hạn lúc",
        "1 người được chuyển đến, chờ đơn vị bạn nhận.",
        "chỉ tiêu cả cuộc thi",
        "lượt thi trong 7 ngày qua",
        "thứ hạng theo tỷ lệ",
        "Trường Trung học cơ sở Lê Quý Đôn",
        "Phường Thiên Trường Nam (đơn vị bạn)",
        "Lượt thi theo giờ",
        "Chưa dự thi: 1 người",
    ):
        expect(main).to_contain_text(words)
    straight(page)
    press(page, "Chưa dự thi: 1 người")
    expect(main).to_contain_text("Vũ Khánh Vân")
    page.go_back()
    page.click("text=Mã QR và áp phích")
    expect(main.locator("a[href*='poster']").first).to_be_visible()
    page.go_back()

    press(page, "Xem và trả lời")
    expect(main).to_contain_text("Chọn nhầm xã.")
    press(page, "Nhận")
    expect(main).to_contain_text("Đã nhận.")
    expect(main).to_contain_text("Đã chuyển")

    page.goto(f"{server.address}/desk")
    own_report = page.locator(".needs li", has_text=province.call.name).locator("a", has_text="Mở báo cáo")
    own_report.click()
    expect(main).to_contain_text("Kèm biên bản từng buổi.")
    declare(page, "Hội trường Ủy ban nhân dân phường Thiên Trường Nam", 12)
    expect(main).to_contain_text("danh-sach-ky-ten.pdf")
    press(page, "Bỏ tệp")
    expect(main).to_contain_text("Đã bỏ tệp minh chứng.")
    expect(main).not_to_contain_text("bien-ban.pdf")
    page.click("summary:has-text('Thêm minh chứng')")
    page.set_input_files("details[open] [name=evidence]", pdf("bien-ban-moi.pdf"))
    page.click("text=Tải lên")
    expect(main).to_contain_text("bien-ban-moi.pdf")
    straight(page)
    answer_and_send(page, repeated="2")
    expect(main).to_contain_text("Đã gửi báo cáo lên cấp trên.")
    expect(main).to_contain_text("2 người đã được đếm ở nơi khác")
    straight(page)
    press(page, "Rút lại để sửa")
    expect(main).to_contain_text("Đã rút báo cáo về để sửa.")
    answer_and_send(page)
    expect(main).to_contain_text("Đã gửi báo cáo lên cấp trên.")
    page.goto(f"{server.address}/desk")
    expect(own_report).to_have_count(0)
    # What is refused on purpose is an error to Chromium.
    assert [one for one in complaints if "422" not in one] == []


def test_an_organiser_reminds_returns_approves_and_freezes_what_stays_the_same(
    page: Page, server: Server, province: Province
) -> None:
    complaints = signed_in(page, server, province.organiser)
    main = page.locator("main")
    need = page.locator(".needs li", has_text=province.call.name)
    # Other walks have left their units in the same tree: how many there are is not said here.
    expect(need.first).to_contain_text("đơn vị quá hạn chưa gửi")
    page.goto(f"{server.address}/desk/reports/{province.call.id}/reminders")
    expect(main).to_contain_text("Phường Thiên Trường Nam")
    expect(page.locator("#reminder")).to_have_value(re.compile("Kính gửi đầu mối đơn vị"))
    straight(page)
    with page.expect_download() as download:
        page.click("text=Tải danh sách Excel")
    names = [row[1] for row in load_workbook(content(download.value)).active.iter_rows(values_only=True)]
    assert "Phường Thiên Trường Nam" in names

    # The ward has no time: the organiser writes its report down, looks at it as the unit above, and decides.
    report = f"{server.address}/desk/reports/{province.call.id}/{province.ward.id}"
    page.goto(report)
    declare(page, "Nhà văn hóa", 7)
    answer_and_send(page)
    page.click("summary:has-text('Trả lại để sửa')")
    page.fill("[name=note]", "Ghi rõ buổi sáng hay chiều.")
    press(page, "Trả lại")
    expect(main).to_contain_text("Đã trả báo cáo về")
    expect(main).to_contain_text("Ghi rõ buổi sáng hay chiều.")
    answer_and_send(page)
    press(page, "Duyệt báo cáo")
    expect(main).to_contain_text("Đã duyệt báo cáo của Phường Thiên Trường Nam.")
    straight(page)

    page.goto(f"{server.address}/desk/reports/{province.call.id}?show=approved")
    expect(main).to_contain_text("Phường Thiên Trường Nam")
    press(page, "Chốt số liệu")
    expect(page.locator("h1")).to_contain_text("Bản chốt số 1")
    straight(page)
    frozen, before = page.url, files(page)
    rows = load_workbook(io.BytesIO(before[0]))["Khai ngoài hệ thống"].iter_rows(values_only=True)
    assert [row[4:6] for row in rows if row[1] == "Phường Thiên Trường Nam"] == [("Nhà văn hóa", 7)]

    page.goto(report)
    page.click("summary:has-text('Trả lại để sửa')")
    page.fill("[name=note]", "Bỏ buổi này.")
    press(page, "Trả lại")
    page.get_by_role("button", name="Bỏ", exact=True).click()
    expect(main).to_contain_text("Đã bỏ dòng này khỏi báo cáo.")
    # The line is gone; another process makes the same files of the frozen report.
    server.kill()
    server.start()
    page.goto(frozen)
    assert files(page) == before
    assert [one for one in complaints if "422" not in one] == []


def pdf(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def declare(page: Page, place: str, people: int) -> None:
    """One gathering with two files."""
    page.click("summary:has-text('Khai thêm một buổi')")
    page.fill("[name=held_on]", datetime.now(UTC).strftime("%d/%m/%Y"))
    page.fill("[name=place]", place)
    page.locator("form[enctype] [name=people]").fill(str(people))
    page.set_input_files(
        "form:has([name=place]) [name=evidence]", [pdf("bien-ban.pdf"), pdf("danh-sach-ky-ten.pdf")]
    )
    page.click("text=Thêm vào báo cáo")


def answer_and_send(page: Page, repeated: str = "0") -> None:
    """Answer what is asked, until nothing is asked any more."""
    for _ in range(2):
        for field in page.locator("[name^=repeated]").all():
            field.fill(repeated)
        for tick in page.locator("form[action$='/send'] [type=checkbox]").all():
            tick.check()
        for words in page.locator("form[action$='/send'] textarea").all():
            words.fill("Đã đối chiếu.")
        page.click("text=Gửi lên cấp trên")
        page.wait_for_load_state()
        if not page.locator("form[action$='/send']").count():
            return


def content(download: Download) -> io.BytesIO:
    return io.BytesIO(download.path().read_bytes())


def files(page: Page) -> list[bytes]:
    """What the four buttons of a frozen report give."""
    found = []
    for kind in ("xlsx", "csv", "docx", "pdf"):
        with page.expect_download() as download:
            page.click(f"a[href$='/{kind}']")
        found.append(content(download.value).getvalue())
    return found
