"""Reports of units from the organiser's call to the approval, through the pages of everybody concerned."""

import io
import re
from datetime import timedelta

import pytest

from contest.participation import actions as participation
from contest.permissions import Role
from contest.reports.models import ReportCall
from tests.conftest import counted_statements
from tests.taking_part import take_part

PDF = b"%PDF-1.7\nbien ban"


@pytest.fixture
def held(make, app, browser_for):
    """A province with two wards, one with two schools; a round with 4 people; a report asked of two levels."""
    top = make.unit("Tỉnh An Bình", kind="province", code="AB")
    sen = make.unit("Phường Sen Hồng", top, code="SEN", officials=10)
    kim = make.unit("Trường Tiểu học Kim Đồng", sen, code="KD", kind="school", officials=8)
    make.unit("Trường Mầm non Hoa Sen", sen, code="HS", kind="school", officials=5)
    sao = make.unit("Xã Sao Mai", top, code="SAO", officials=3)
    contest = make.contest()
    make.measured_by_any(contest)
    round_ = make.round(contest, opens=timedelta(days=-3), closes=timedelta(days=4), attempts=2)
    named = (("An", sen), ("Bình", kim), ("Chi", kim), ("Dung", sao))
    entries = [make.entry(contest, f"Nguyễn Thị {name}", unit) for name, unit in named]
    for entry in entries:
        take_part(make, round_, entry)
    with app.app_context():
        participation.count_new(make.now)
    with make.writing():
        call = ReportCall(
            contest_id=contest.id,
            round_id=round_.id,
            name="Báo cáo kết quả đợt 1",
            due_at=make.now + timedelta(days=5),
            levels=2,
            note="",
            created_at=make.now,
        )
        make.add(call)
    found = {"first": entries[0], "call": call, "contest": contest, "round": round_}
    return found | {"top": top, "sen": sen, "kim": kim, "sao": sao}


def page_of(held, unit: str) -> str:
    return f"/desk/reports/{held['call'].id}/{held[unit].id}"


def declare(browser, page: str, **changed):
    """Declare a gathering through the form; a file goes with it unless `evidence` is None."""
    fields = {"way": "hall", "held_on": "03/10/2026", "place": "Nhà văn hóa", "people": "40", "attempts": ""}
    fields |= {"evidence": (io.BytesIO(PDF), "bien-ban.pdf")} | changed
    fields = {name: value for name, value in fields.items() if value is not None}
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
    return browser.client.post(
        f"{page}/counts", data={"csrf_token": token[1], **fields}, content_type="multipart/form-data"
    )


def fields_asked(answer) -> dict[str, str]:
    """The names of the fields of the questions, as they stand in the page."""
    return {
        name: name.split(":")[1]
        for name in re.findall(r'name="((?:answer|covers|repeated):[^"]+)"', answer.text)
    }


def send(browser, page: str, words: str = "Đã đối chiếu.", covers: str = "apart", repeated: str = "0"):
    """Answer everything that is asked and send."""
    asked = fields_asked(browser.get(page))
    said = {"covers": covers, "repeated": repeated}
    answers = {name: said.get(name.partition(":")[0], words) for name in asked}
    return browser.post(f"{page}/send", page=page, **answers)


def test_the_organiser_asks_for_a_report_and_moves_the_deadline(held, browser_for):
    browser = browser_for(Role.ORGANISER)
    subject = f"{held['contest'].id}:{held['round'].id}"
    fields = {"name": "Báo cáo tuần 1", "due_at": "20/10/2026 17:00", "levels": "1", "note": "Kèm ảnh."}
    wrong = browser.post("/desk/reports/new", subject=subject, **fields | {"due_at": "mai"})
    assert wrong.status == 422
    answer = browser.post("/desk/reports/new", subject=subject, **fields)
    assert answer.status == 302
    words = browser.follow(answer).words()
    assert "Hạn gửi: 17:00 20/10/2026. Kèm ảnh." in words
    assert "báo cáo đã gửi 0/2" in words
    edit = answer.location + "/edit"
    assert browser.post(edit, **fields | {"due_at": "21/10/2026 24:00"}).status == 302
    assert "Hạn gửi: 24:00 21/10/2026." in browser.get(answer.location).words()
    assert browser_for(Role.COORDINATOR, held["sen"].id).get("/desk/reports/new").status == 403


def test_a_report_goes_up_is_returned_mended_and_approved(held, browser_for):
    page = page_of(held, "sao")
    unit, organiser = browser_for(Role.COORDINATOR, held["sao"].id), browser_for(Role.ORGANISER)
    assert "Chưa lập" in unit.get(page).words()
    assert unit.post(f"{page}/online", page=page, people="2", attempts="").status == 302
    refused = unit.post(f"{page}/send", page=page)
    assert refused.status == 422
    assert "còn 1 câu chưa trả lời" in refused.words()
    assert (
        "Đơn vị nắm được 2 người, 2 lượt thi trực tuyến; hệ thống đếm được 1 người, 1 lượt."
        in refused.words()
    )
    assert send(unit, page, "Một người quên nộp bài.").status == 302
    assert "Đã gửi, chờ duyệt" in unit.get(page).words()
    assert unit.post(f"{page}/online", page=page, people="3").status == 409
    assert "Xã Sao Mai" in organiser.get("/desk/reports").words()
    assert "Một người quên nộp bài." in organiser.get(page).words()
    assert organiser.post(f"{page}/return", page=page, note="").status == 422
    assert organiser.post(f"{page}/return", page=page, note="Ghi rõ tên người ấy.").status == 302
    assert "Ghi rõ tên người ấy." in unit.get(page).words()
    assert send(unit, page, "Bà Dung nộp muộn.").status == 302
    assert organiser.post(f"{page}/approve", page=page).status == 302
    words = unit.get(page).words()
    assert "Đã duyệt" in words
    steps = [words.index(step) for step in ("Duyệt – ", "Gửi báo cáo – ", "Trả lại – ")]
    assert steps == sorted(steps)
    assert organiser.post(f"{page}/approve", page=page).status == 409


def test_a_sent_report_can_be_recalled_until_it_is_decided(held, browser_for):
    page = page_of(held, "sao")
    unit = browser_for(Role.COORDINATOR, held["sao"].id)
    assert unit.post(f"{page}/recall", page=page).status == 404
    assert send(unit, page).status == 302
    assert unit.post(f"{page}/recall", page=page).status == 302
    assert "Đang soạn" in unit.get(page).words()
    assert unit.post(f"{page}/recall", page=page).status == 409


def test_halls_are_declared_with_evidence_that_only_comes_back_as_a_download(held, browser_for):
    page = page_of(held, "sen")
    unit = browser_for(Role.COORDINATOR, held["sen"].id)
    assert declare(unit, page).status_code == 302
    shown = unit.get(page)
    assert "Nhà văn hóa 03/10/2026 Thi tại hội trường, sân khấu 40 40 bien-ban.pdf" in shown.words()
    link = re.search(r'href="(/desk/reports/[^"]+/evidence/\d+)"', shown.text)[1]
    got = unit.get(link).response
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    sister = browser_for(Role.COORDINATOR, held["sao"].id)
    assert sister.get(link).status == 404
    # The number of the file alone opens nothing: it is looked for in the report of the address.
    assert sister.get(link.replace(f"/{held['sen'].id}/", f"/{held['sao'].id}/")).status == 404
    count = re.search(r"/counts/(\d+)/evidence", link)[1]
    assert unit.post(f"{page}/counts/{count}/drop", page=page).status == 302
    assert "Đơn vị chưa khai buổi nào." in unit.get(page).words()


def more_files(browser, page: str, count: str, *files: tuple[bytes, str]):
    """Add files to a line that is declared already."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
    uploads = [(io.BytesIO(content), name) for content, name in files]
    answer = browser.client.post(
        f"{page}/counts/{count}/evidence",
        data={"csrf_token": token[1], "evidence": uploads},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 302
    return browser.get(page).words()


def test_a_line_is_shown_by_several_files_which_come_and_go_until_it_is_sent(held, browser_for):
    page, photo = page_of(held, "sen"), b"\xff\xd8\xff photo"
    unit, sister = (browser_for(Role.COORDINATOR, held[one].id) for one in ("sen", "sao"))
    assert declare(unit, page, evidence=[(io.BytesIO(PDF), "bien-ban.pdf"), (io.BytesIO(photo), "anh.jpg")])
    count = re.search(r"/counts/(\d+)/evidence", unit.get(page).text)[1]
    found = more_files(unit, page, count, (b"%PDF-1.4 list", "danh-sach.pdf"), (photo, "anh-lan-nua.jpg"))
    assert re.findall(r"(\S+\.(?:pdf|jpg)) Bỏ tệp", found) == ["bien-ban.pdf", "anh.jpg", "danh-sach.pdf"]
    assert "Đã thêm minh chứng." in found
    assert "Minh chứng cần là tệp PDF" in more_files(unit, page, count, (b"<svg/>", "anh.svg"))
    assert "Chưa chọn tệp nào." in more_files(unit, page, count)
    many = [(b"%PDF-" + str(n).encode(), f"{n}.pdf") for n in range(8)]
    assert "Mỗi dòng có nhiều nhất 10 tệp minh chứng." in more_files(unit, page, count, *many)
    first = re.search(rf"/counts/{count}/evidence/(\d+)", unit.get(page).text)[1]
    drop = f"{page}/counts/{count}/evidence/{first}/drop"
    assert sister.post(drop, page="/desk").status == 404
    assert unit.post(drop, page=page).status == 302
    assert unit.get(f"{page}/counts/{count}/evidence/{first}").status == 404
    assert unit.post(drop, page=page).status == 404
    assert send(unit, page).status == 302
    sent = unit.get(page)
    assert "anh.jpg danh-sach.pdf" in sent.words() and "Bỏ tệp" not in sent.words()
    second = re.search(rf"/counts/{count}/evidence/(\d+)", sent.text)[1]
    assert unit.post(f"{page}/counts/{count}/evidence/{second}/drop", page="/desk").status == 409
    assert "Báo cáo này đã gửi." in more_files(unit, page, count, (PDF, "them.pdf"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bien-ban.pdf", b"<html><script>1</script>"),
        ("bien-ban.svg", b"<svg/>"),
        ("bien-ban.html", PDF),
        ("anh.png", b"\xff\xd8\xff jpeg"),
        ("trong.pdf", b""),
        ("macro.docm", b"PK\x03\x04"),
    ],
)
def test_evidence_that_is_not_what_it_says_is_refused(held, browser_for, name, content):
    page = page_of(held, "sen")
    unit = browser_for(Role.COORDINATOR, held["sen"].id)
    answer = declare(unit, page, evidence=(io.BytesIO(content), name))
    assert answer.status_code == 422
    assert "Minh chứng" in answer.get_data(as_text=True)
    assert "Đơn vị chưa khai buổi nào." in unit.get(page).words()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"people": "bốn mươi"}, "Hãy gõ một số nguyên"),
        ({"people": "-4"}, "Hãy gõ một số nguyên"),
        ({"people": ""}, "Mục này cần được điền."),
        ({"held_on": "40/10/2026"}, "Hãy nhập ngày theo dạng"),
        ({"place": ""}, "Mục này cần được điền."),
        ({"way": "radio"}, "Hãy chọn một mục trong danh sách."),
    ],
)
def test_a_gathering_needs_day_place_and_a_number(held, browser_for, changed, said):
    answer = declare(browser_for(Role.COORDINATOR, held["sen"].id), page_of(held, "sen"), **changed)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_what_parent_and_child_both_declare_is_shown_and_asked_and_never_added_unasked(held, browser_for):
    school = browser_for(Role.COORDINATOR, held["kim"].id)
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    organiser = browser_for(Role.ORGANISER)
    declare(school, page_of(held, "kim"), people="1.000", place="Sân trường")
    declare(ward, page_of(held, "sen"), people="1.200")
    assert "Sân trường" not in ward.get(page_of(held, "sen")).words()  # a draft is its writer's
    assert send(school, page_of(held, "kim")).status == 302
    words = ward.get(page_of(held, "sen")).words()
    assert "Trường Tiểu học Kim Đồng Sân trường" in words
    assert "đơn vị khai 1.200 người, các đơn vị bên dưới cũng khai 1.000 người" in words
    assert "có thể trùng người 1.200 1.000 1.200" in words
    unanswered = ward.post(f"{page_of(held, 'sen')}/send", page=page_of(held, "sen"))
    assert unanswered.status == 422
    assert "Hãy chọn một trong hai." in unanswered.words()
    page, listed = page_of(held, "sen"), f"/desk/reports/{held['call'].id}"
    assert send(ward, page, covers="whole").status == 302
    assert "3 1.200 0" in organiser.get(listed).words()
    ward.post(f"{page}/recall", page=page)
    count = re.search(r"/counts/(\d+)/ask-again", ward.get(page).text)
    ward.post(f"{page}/counts/{count[1]}/ask-again", page=page)
    assert (
        send(ward, page, covers="apart").status == 422
    )  # a new sum, over the headcount, brings a new question
    assert send(ward, page).status == 302
    assert "3 2.200 0" in organiser.get(listed).words()


def test_who_was_in_a_hall_and_online_too_is_counted_once(held, browser_for):
    ward, page = browser_for(Role.COORDINATOR, held["sen"].id), page_of(held, "sen")
    declare(ward, page, people="40")
    asked = ward.get(page).words()
    assert "trong 40 người, bao nhiêu người cũng thi trực tuyến hoặc đã có trong buổi khác?" in asked
    for wrong in ("41", "sáu", "", "-1"):
        refused = send(ward, page, repeated=wrong)
        assert refused.status == 422
        assert "Hãy ghi một số từ 0 đến 40." in refused.words()
    again = send(ward, page, repeated="2", words="Có người dân dự.")
    # Two fewer: what was said of 43 people is asked again of 41, and the words stand there still.
    assert again.status == 422
    assert "Báo cáo có 41 người, nhiều hơn 10 người" in again.words() and "Có người dân dự." in again.text
    assert send(ward, page).status == 302
    sent = ward.get(page)
    assert "2 người đã được đếm ở nơi khác" in sent.words()
    # 40 people, 2 of them among the 3 the system has counted.
    assert "Cộng 41 43" in sent.words()
    assert "38" in browser_for(Role.ORGANISER).get(f"/desk/reports/{held['call'].id}").words()
    assert ward.post(f"{page}/recall", page=page).status == 302
    count = re.search(r"/counts/(\d+)/ask-again", ward.get(page).text)[1]
    assert ward.post(f"{page}/counts/{count}/ask-again", page=page).status == 302
    assert "bao nhiêu người cũng thi trực tuyến" in ward.get(page).words()


def test_people_online_come_from_the_tallies_whatever_units_declare(held, browser_for):
    ward, organiser = browser_for(Role.COORDINATOR, held["sen"].id), browser_for(Role.ORGANISER)
    page = page_of(held, "sen")
    ward.post(f"{page}/online", page=page, people="900", attempts="950")
    assert send(ward, page).status == 302
    words = organiser.get(f"/desk/reports/{held['call'].id}").words()
    assert "người thi trực tuyến 4" in words
    assert "954" not in words


def test_a_round_and_its_whole_contest_can_both_be_reported(held, make, app, browser_for):
    second = make.round(held["contest"], opens=timedelta(hours=-2), attempts=2)
    organiser = browser_for(Role.ORGANISER)
    fields = {"name": "Báo cáo tổng kết", "due_at": "30/10/2026 17:00", "levels": "1", "note": ""}
    answer = organiser.post("/desk/reports/new", subject=f"{held['contest'].id}:", **fields)
    take_part(make, second, held["first"])
    with app.app_context():
        participation.count_new(make.now)
    words = organiser.get(answer.location).words()
    assert "người thi trực tuyến 4 Hệ thống đếm, mỗi người một lần; 5 lượt." in words


def test_late_and_missing_reports_are_listed(held, make, at, browser_for):
    page = page_of(held, "sao")
    unit, organiser = browser_for(Role.COORDINATOR, held["sao"].id), browser_for(Role.ORGANISER)
    at(days=6)
    assert send(unit, page).status == 302
    here = f"/desk/reports/{held['call'].id}"
    assert "báo cáo đã gửi 1/4 0 đã duyệt, 1 gửi muộn, 3 quá hạn chưa có." in organiser.get(here).words()
    late = organiser.get(f"{here}?show=late").words()
    assert "Xã Sao Mai" in late and "Phường Sen Hồng" not in late
    missing = organiser.get(f"{here}?show=missing").words()
    assert "Trường Tiểu học Kim Đồng" in missing and "Xã Sao Mai" not in missing
    assert organiser.get(f"{here}?show=khong&unit=x&page=99").status == 200


def test_everything_of_a_sister_unit_is_404_and_what_is_anothers_to_do_is_403(held, browser_for):
    sen, kim = page_of(held, "sen"), page_of(held, "kim")
    sister = browser_for(Role.COORDINATOR, held["sao"].id)
    own = page_of(held, "sao")
    declare(browser_for(Role.COORDINATOR, held["sen"].id), sen)
    posts = ["online", "counts", "counts/1/drop", "counts/1/ask-again", "send", "recall", "approve", "return"]
    for page in (sen, kim, f"/desk/reports/{held['call'].id}/{held['top'].id}"):
        assert sister.get(page).status == 404
        for part in posts:
            assert (part, sister.post(f"{page}/{part}", page=own).status) == (part, 404)
    assert sister.post(f"{own}/counts/1/drop", page=own).status == 404
    listed = sister.get(f"/desk/reports/{held['call'].id}").words()
    assert "Sen Hồng" not in listed
    assert sister.get(f"/desk/reports/{held['call'].id}?unit={held['sen'].id}").words().count("Sen Hồng") == 0
    above = browser_for(Role.COORDINATOR, held["sen"].id)
    assert above.post(f"{kim}/counts", page=sen).status == 403
    assert above.post(f"{sen}/approve", page=sen).status == 403
    assert above.post(f"{kim}/approve", page=sen).status == 404  # nobody has begun it
    send(browser_for(Role.COORDINATOR, held["kim"].id), kim)
    assert above.post(f"{kim}/approve", page=sen).status == 302


def test_pages_speak_english_too(held, browser_for):
    browser = browser_for(Role.ORGANISER)
    assert "Reports sent" in browser.get(f"/desk/reports/{held['call'].id}?lang=en").words()
    assert "Before sending" in browser.get(f"{page_of(held, 'sao')}?lang=en").words()


def test_a_call_counts_by_the_units_of_the_time_or_of_today_and_freezes_what_it_shows(
    held, make, browser_for
):
    organiser = browser_for(Role.ORGANISER)
    page, edit = page_of(held, "sen"), f"/desk/reports/{held['call'].id}/edit"
    assert "Khi đơn vị đã sáp nhập" not in organiser.get(edit).words()
    fields = {"into": "SEN", "effective_on": "02/10/2026", "basis": "Nghị quyết 12", "confirmed": "y"}
    assert organiser.post(f"/desk/units/{held['sao'].id}/merge", **fields).status == 302
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    assert "người thi trực tuyến 3" in ward.get(page).words()
    wish = {"name": "Báo cáo", "due_at": "20/10/2026 17:00", "levels": "2", "note": "", "view": "now"}
    assert organiser.post(edit, **wish).status == 302
    assert "người thi trực tuyến 4" in ward.get(page).words()
    call = f"/desk/reports/{held['call'].id}"
    assert "Tính theo đơn vị hiện nay" in ward.get(call).words()
    assert "Xã Sao Mai" not in organiser.get(call).words()
    frozen = organiser.post(f"{call}/freeze", page=call).location
    assert "Phường Sen Hồng" in organiser.get(frozen).words()
    assert organiser.post(edit, **wish | {"view": "then"}).status == 302
    assert "người thi trực tuyến 3" in ward.get(page).words()


def test_a_page_of_a_call_reads_what_it_shows_however_many_units_there_are(held, app, make, browser_for):
    organiser = browser_for(Role.ORGANISER)
    call = f"/desk/reports/{held['call'].id}"
    for n in range(60):
        make.unit(f"Xã Hòa Bình {n:02}", held["top"], code=f"X{n}", officials=5)
    frozen = organiser.post(f"{call}/freeze", page=call).location
    assert organiser.get(frozen).text.count('scope="row"') == 50 + 1  # a page, and the sum
    assert organiser.get(f"{frozen}?page=2").text.count('scope="row"') == 64 - 50 + 1
    assert send(organiser, page_of(held, "sao")).status == 302
    pages = [
        call,
        frozen,
        f"{call}?show=awaited",
        f"{call}?show=sent",
        f"{call}/reminders",
        f"{page_of(held, 'top')}",
    ]
    for page in pages:
        organiser.get(page)
        with counted_statements(app) as few:
            organiser.get(page)
        assert len(few) <= 18, page
    first, second = organiser.get(f"{call}?show=awaited"), organiser.get(f"{call}?show=awaited&page=2")
    assert first.text.count('scope="row"') == 50
    assert second.text.count('scope="row"') == 13
    assert "Xã Sao Mai" in organiser.get(f"{call}?show=sent").words()
    assert organiser.get(f"{call}/reminders?page=99").text.count('scope="row"') == 13
