"""An organiser in a real browser: upload, mend, accept, edit, approve, with the mouse and with the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from contest.permissions import Role
from tests.browser.conftest import Server
from tests.conftest import Browser
from tests.features.test_banks_drafts import FILE, word
from tests.features.test_banks_reading import large
from tests.features.test_pictures import png
from tests.making import PASSWORD
from tests.setting_up import new_contest, new_round, with_rules

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]

FAULTY = f"""{FILE}
Câu 4: Chỉ số PAR INDEX do cơ quan nào công bố?
A. Bộ Nội vụ
B. Bộ Nội vụ
Đáp án: A
Câu 5: Nghị quyết số 76/NQ-CP có mấy nội dung cải cách?
A. Năm
B. Sáu
Đáp án: D
"""


@pytest.fixture
def desk(server: Server, desk_page: Page) -> Page:
    """Signed in as an organiser; any script error or refused style fails the test."""
    member = server.make.staff(Role.ORGANISER)
    desk_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else 0)
    complaints: list[str] = []
    desk_page.goto(f"{server.address}/sign-in?next=/desk/banks")
    desk_page.fill("[name=email]", member.email)
    desk_page.fill("[name=password]", PASSWORD)
    desk_page.click("main button")
    yield desk_page
    assert complaints == []


def uploaded(desk: Page, server: Server, name: str) -> None:
    """A new bank, and the faulty file read into its draft."""
    desk.goto(f"{server.address}/desk/banks/new")
    desk.fill("[name=name]", name)
    desk.click("main button:has-text('Tạo ngân hàng')")
    desk.set_input_files("[name=file]", {"name": "de.docx", "mimeType": "", "buffer": word(FAULTY)})
    desk.click("text=Đọc và xem trước")
    expect(desk.locator("main")).to_contain_text("2 sẵn sàng, 3 cần xem lại.")
    desk.wait_for_load_state()


def contest_on(server: Server, bank_name: str) -> str:
    """The address of a contest with its rules and one round on this bank, ready to be published."""
    organiser = Browser(server.app.test_client())
    member = server.make.staff(Role.ORGANISER)
    organiser.post("/sign-in", email=member.email, password=PASSWORD)
    page = organiser.get("/desk/banks").text.partition(f">{bank_name}</a>")[0]
    bank_id = int(page.rpartition("/desk/banks/")[2].partition('"')[0])
    later = {"opens_at": "14/10/2030 08:00", "closes_at": "20/10/2030 24:00"}
    contest = new_contest(organiser, personal_data_until="30/06/2031")
    new_round(organiser, contest, bank_id, questions="3", papers_wanted="2", **later)
    with_rules(organiser, contest)
    return contest


def test_an_organiser_uploads_mends_accepts_edits_and_finds_the_new_version(desk, server):
    uploaded(desk, server, "Đi hết một vòng")
    first = desk.locator(".draft").first
    expect(first).to_contain_text("Chưa có đáp án")
    first.locator("summary").click()
    first.locator("input[type=checkbox]").first.check()
    first.get_by_role("button", name="Lưu và kiểm tra lại").click()
    expect(desk.locator("main")).to_contain_text("3 sẵn sàng, 2 cần xem lại.")
    desk.get_by_role("button", name="Đưa 3 câu sẵn sàng vào và duyệt luôn").click()
    expect(desk.locator("main")).to_contain_text("Đã đưa 3 câu vào ngân hàng.")

    desk.click("text=← Đi hết một vòng")
    desk.fill("#q", "bo phan mot cua")
    desk.press("#q", "Enter")
    desk.click("a:has-text('Bộ phận Một cửa')")
    expect(desk.locator(".phone-sample")).to_contain_text("Trung tâm Phục vụ hành chính công")
    desk.click("main >> text=Sửa")
    desk.fill("[name=text]", "Bộ phận Một cửa cấp xã thuộc đâu?")
    desk.get_by_role("button", name="Lưu, chờ duyệt").click()
    expect(desk.locator("h1")).to_contain_text("chờ duyệt")
    expect(desk.locator("ins")).to_have_text(["thuộc"])
    desk.get_by_role("button", name="Duyệt", exact=True).click()
    expect(desk.locator("h1")).to_contain_text("đã duyệt")

    desk.goto(server.address + contest_on(server, "Đi hết một vòng"))
    desk.locator("summary:has-text('Công bố đợt thi')").click()
    desk.get_by_role("dialog").get_by_role("button", name="Công bố và lập mã đề").click()
    expect(desk.locator("main")).to_contain_text("lập 2 mã đề")
    desk.get_by_role("link", name="Xem đề").first.click()
    expect(desk.locator("main")).to_contain_text("Bộ phận Một cửa cấp xã thuộc đâu?")
    expect(desk.locator("main")).not_to_contain_text("Bộ phận Một cửa cấp xã đặt ở đâu?")


def test_a_draft_is_mended_without_touching_the_mouse(desk, server):
    uploaded(desk, server, "Chỉ dùng bàn phím")
    desk.keyboard.press("n")
    desk.keyboard.press("n")
    desk.keyboard.press("s")
    expect(desk.locator(":focus")).to_have_value("Chỉ số PAR INDEX do cơ quan nào công bố?")
    for _step in range(3):
        desk.keyboard.press("Tab")
    desk.keyboard.type("Bộ Tài chính")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text("Câu 4 đã sẵn sàng.")


def test_enter_in_a_field_saves_rather_than_adding_rows(desk, server):
    uploaded(desk, server, "Phím Enter")
    form = desk.locator(".draft").nth(1)
    form.locator("summary").click()
    form.locator("textarea").nth(1).fill("Bộ Khoa học và Công nghệ")
    form.locator("input[list=topics]").press("Enter")
    expect(desk.locator("main")).to_contain_text("Câu 4 đã sẵn sàng.")


def test_undoing_asks_first_in_numbers(desk, server):
    uploaded(desk, server, "Hủy một lần tải")
    desk.click("summary:has-text('Hủy lần tải này')")
    question = desk.get_by_role("dialog")
    expect(question).to_contain_text("0 câu đã đưa vào sẽ bị xóa")
    expect(question).to_contain_text("5 câu còn chờ cũng bị bỏ")
    question.get_by_role("button", name="Hủy lần tải").click()
    expect(desk.locator("main")).to_contain_text("Đã hủy lần tải này: xóa 0 câu")


def test_pasted_questions_are_sorted_together_by_ticking_them(desk, server):
    desk.goto(f"{server.address}/desk/banks/new")
    desk.fill("[name=name]", "Dán vào")
    desk.click("main button:has-text('Tạo ngân hàng')")
    desk.get_by_role("link", name="Dán nội dung").click()
    desk.fill("[name=pasted]", FILE)
    desk.click("text=Đọc và xem trước")
    desk.get_by_role("button", name="Đưa 2 câu sẵn sàng vào và duyệt luôn").click()
    desk.click("text=← Dán vào")
    desk.get_by_label("Chọn câu 2").check()
    desk.get_by_role("button", name="Đổi chủ đề, mức độ, nhãn…").click()
    desk.get_by_label("Chủ đề mới").fill("Chỉ số")
    desk.get_by_role("button", name="Xem sẽ đổi những gì").click()
    expect(desk.locator("main")).to_contain_text("1 câu có chủ đề hoặc mức độ mới")
    desk.get_by_role("button", name="Đổi", exact=True).click()
    expect(desk.locator("tr:has-text('PAPI')")).to_contain_text("Chỉ số")
    expect(desk.locator("tr:has-text('Nghị quyết số 76')").last).not_to_contain_text("Chỉ số")


def test_a_large_file_shows_its_progress_and_ends_at_its_draft(desk, server):
    desk.goto(f"{server.address}/desk/banks/new")
    desk.fill("[name=name]", "Tệp lớn")
    desk.click("main button:has-text('Tạo ngân hàng')")
    desk.set_input_files("[name=file]", {"name": "lon.docx", "mimeType": "", "buffer": large(FILE)})
    desk.click("text=Đọc và xem trước")
    expect(desk.locator("h1")).to_contain_text("Đang đọc tệp")
    expect(desk.locator("main")).to_contain_text("2 sẵn sàng, 1 cần xem lại.", timeout=60_000)


def test_a_picture_is_pasted_from_the_clipboard_into_the_question(desk, server):
    bank = server.make.bank(questions=0)
    desk.goto(f"{server.address}/desk/banks/{bank.id}/questions/new")
    desk.fill("[name=text]", "Hình này là gì?")
    desk.evaluate(
        """bytes => {
            const clipboard = new DataTransfer();
            clipboard.items.add(new File([new Uint8Array(bytes)], "image.png", {type: "image/png"}));
            document.querySelector("[name=text]").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
        }""",
        list(png(40, 30)),
    )
    field = desk.locator("input[name=picture]")
    expect(field).to_be_focused()
    assert field.evaluate("field => [...field.files].map(file => file.name)") == ["image.png"]
    for place, text in enumerate(("Quốc huy", "Quốc kỳ", "Quốc ca", "Quốc hiệu")):
        desk.fill(f"[name=choices-{place}-text]", text)
    desk.check("[name=choices-0-right]")
    desk.get_by_role("button", name="Lưu, chờ duyệt").click()
    expect(desk.locator("h1")).to_contain_text("chờ duyệt")
    shown = desk.locator(".picture img").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40


def test_pasted_text_stays_text_and_chooses_no_file(desk, server):
    bank = server.make.bank(questions=0)
    desk.goto(f"{server.address}/desk/banks/{bank.id}/questions/new")
    taken = desk.evaluate(
        """() => {
            const clipboard = new DataTransfer();
            clipboard.setData("text/plain", "Hình này là gì?");
            const paste = new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true});
            document.querySelector("[name=text]").dispatchEvent(paste);
            return paste.defaultPrevented;
        }"""
    )
    assert not taken
    assert desk.locator("input[name=picture]").evaluate("field => field.files.length") == 0


def test_keys_lead_through_the_filtered_questions_and_the_phone_follows_the_form(desk, server):
    bank = server.make.bank(questions=4, state="proposed")
    desk.goto(f"{server.address}/desk/banks/{bank.id}?topic=Thể+chế")
    desk.get_by_role("link", name="Câu hỏi số 1?").click()
    expect(desk.locator("h1")).to_contain_text("Câu 1")
    for key, heading in (("n", "Câu 3"), ("p", "Câu 1"), ("d", "đã duyệt"), ("n", "Câu 3")):
        desk.wait_for_load_state()
        desk.keyboard.press(key)
        expect(desk.locator("h1")).to_contain_text(heading)
    desk.wait_for_load_state()
    desk.keyboard.press("s")
    sample = desk.locator("[data-preview] .phone-sample")
    expect(sample).to_contain_text("Câu hỏi số 3?")
    desk.fill("[name=text]", "Phường nào đông dân nhất?")
    expect(sample).to_contain_text("Phường nào đông dân nhất?")
    desk.select_option("[name=kind]", "ordering")
    expect(sample.locator(".ordering li")).to_have_count(4)
    desk.select_option("[name=kind]", "single")
    desk.focus("[name=text]")
    desk.keyboard.press("Control+Shift+Enter")
    expect(desk.locator("h1")).to_contain_text("đã duyệt")
    expect(desk.locator("main")).to_contain_text("Phường nào đông dân nhất?")
    assert "topic=" in desk.url
