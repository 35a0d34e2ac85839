"""Frozen reports: numbered, opened again cell by cell, the same bytes whatever the numbers do afterwards."""

import dataclasses
import io
import re

import pypdfium2
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from contest import chores
from contest.database import db
from contest.participation import actions as participation
from contest.permissions import Role
from contest.reports import snapshot_paper, snapshot_queries
from contest.results.models import Sheet
from contest.web.official import Paragraph, Table
from tests.features.test_reports import declare, held, page_of, send  # noqa: F401  the same small province
from tests.taking_part import take_part

KINDS = ("xlsx", "csv", "docx", "pdf")
LETTERHEAD = {
    "body": "state",
    "superior": "Tỉnh An Bình",
    "name": "Ủy ban nhân dân phường Sen Hồng",
    "sign": "BC-UBND",
    "place": "Sen Hồng",
    "signer_title": "TM. Ủy ban nhân dân\nChủ tịch",
    "signer": "Hoàng Thị Liên",
    "recipients": "Ban tổ chức\nLưu: VT",
}


def freeze(browser, held) -> str:  # noqa: F811
    """Freeze through the page; gives the snapshot's address."""
    page = f"/desk/reports/{held['call'].id}"
    answer = browser.post(f"{page}/freeze", page=page)
    assert answer.status == 302
    return answer.location


def got(browser, address: str) -> bytes:
    """A file as it is downloaded."""
    answer = browser.client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.get_data()


def tables(content: bytes) -> dict[str, list[list[object]]]:
    """Every sheet below its title lines: the head and the rows."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        first = next(at for at, row in enumerate(rows) if row[1] in ("Mã", "Đơn vị"))
        found[sheet.title] = rows[first:]
    return found


def test_a_frozen_report_is_opened_again_cell_by_cell(held, browser_for):  # noqa: F811
    ward, school = (
        browser_for(Role.COORDINATOR, held["sen"].id),
        browser_for(Role.COORDINATOR, held["kim"].id),
    )
    declare(school, page_of(held, "kim"), place="=HYPERLINK(1)", people="5", attempts="6")
    school.post(f"{page_of(held, 'kim')}/online", page=page_of(held, "kim"), people="3", attempts="4")
    assert send(school, page_of(held, "kim"), "Có người nhà dự cùng.").status == 302
    assert ward.post("/desk/reports/letterhead", **LETTERHEAD).status == 302
    address = freeze(ward, held)
    found = tables(got(ward, f"{address}/xlsx"))
    assert list(found) == ["Tổng hợp", "Cấp 1", "Khai ngoài hệ thống", "Giải trình"]
    head = found["Cấp 1"][0]
    rows = {row[2]: dict(zip(head, row, strict=True)) for row in found["Cấp 1"][1:] if row[2]}
    assert set(rows) == {
        "Trực tiếp tại Phường Sen Hồng",
        "Trường Mầm non Hoa Sen",
        "Trường Tiểu học Kim Đồng",
    }
    kim = rows["Trường Tiểu học Kim Đồng"]
    assert (kim["Người trực tuyến"], kim["Lượt trực tuyến"], kim["Số người"]) == (2, 2, 8)
    assert (kim["Tỷ lệ trực tuyến"], kim["Người tại hội trường"], kim["Lượt tại hội trường"]) == (0.25, 5, 6)
    assert (kim["Cộng người"], kim["Báo cáo"]) == (7, "Đã gửi, chờ duyệt")
    assert rows["Trường Mầm non Hoa Sen"]["Báo cáo"] == "Chưa lập"
    total = dict(zip(head, found["Tổng hợp"][1], strict=True))
    assert total["Người trực tuyến"] == sum(row["Người trực tuyến"] for row in rows.values()) == 3
    declared = found["Khai ngoài hệ thống"][1]
    assert declared[:2] == ["KD", "Trường Tiểu học Kim Đồng"]
    assert declared[4] == "=HYPERLINK(1)"
    assert len(declared[9]) == 64
    explained = found["Giải trình"][1]
    assert explained[:2] == ["KD", "Trường Tiểu học Kim Đồng"]
    assert explained[2].startswith(
        "Đơn vị nắm được 3 người, 4 lượt thi trực tuyến; hệ thống đếm được 2 người"
    )
    assert explained[3] == "Có người nhà dự cùng."
    book = load_workbook(io.BytesIO(got(ward, f"{address}/xlsx")))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    csv = got(ward, f"{address}/csv")
    assert csv.startswith(b"\xef\xbb\xbf")
    line = next(line for line in csv.decode("utf-8-sig").splitlines() if "Kim Đồng" in line)
    assert line == ("1;KD;Trường Tiểu học Kim Đồng;Phường Sen Hồng;8;2;2;25,00%;5;6;0;0;7;Đã gửi, chờ duyệt")


def test_the_word_and_pdf_files_follow_decree_30(held, browser_for):  # noqa: F811
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    assert ward.post("/desk/reports/letterhead", **LETTERHEAD).status == 302
    address = freeze(ward, held)
    document = Document(io.BytesIO(got(ward, f"{address}/docx")))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    cells = [cell.text.strip() for table in document.tables[:2] for cell in table.rows[0].cells]
    assert cells[0] == "TỈNH AN BÌNH\nỦY BAN NHÂN DÂN PHƯỜNG SEN HỒNG"
    assert cells[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert re.fullmatch(r"Số:\s+/BC-UBND", cells[2])
    assert cells[3] == "Sen Hồng, ngày 05 tháng 10 năm 2026"
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows[0][:4] == ["TT", "Đơn vị", "Số người", "Người trực tuyến"]
    assert rows[-1] == ["", "Cộng", "10", "3", "3", "30,00\u00a0%", "0", "0", "3"]
    end = [cell.text for cell in document.tables[-1].rows[0].cells]
    assert end[0] == "Nơi nhận:\n- Ban tổ chức;\n- Lưu: VT."
    assert end[1].split("\n")[0] == "TM. ỦY BAN NHÂN DÂN"
    assert end[1].endswith("Hoàng Thị Liên")
    pdf = pypdfium2.PdfDocument(got(ward, f"{address}/pdf"))
    text = pdf[0].get_textpage().get_text_bounded().replace("\r\n", " ").replace("\u00a0", " ")
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "30,00 %", "BÁO CÁO"):
        assert part in text
    assert tuple(round(side / 72 * 25.4) for side in pdf[0].get_size()) == (210, 297)


def test_the_files_stay_the_same_although_everything_underneath_moves(held, make, app, at, browser_for):  # noqa: F811
    organiser = browser_for(Role.ORGANISER)
    declare(browser_for(Role.COORDINATOR, held["sao"].id), page_of(held, "sao"))
    address = freeze(organiser, held)
    before = {kind: got(organiser, f"{address}/{kind}") for kind in KINDS}
    at(days=1)
    take_part(make, held["round"], make.entry(held["contest"], "Lê Thị Mới", held["sao"]))
    take_part(make, held["round"], make.entry(held["contest"], "Lê Văn Tự Do"))
    with app.app_context():
        participation.count_new(make.now)
    send(browser_for(Role.COORDINATOR, held["sao"].id), page_of(held, "sao"))
    organiser.post("/desk/reports/letterhead", **LETTERHEAD)
    with make.writing():
        make.app.extensions["sqlalchemy"].session.get(type(held["sao"]), held["sao"].id).name = "Xã Đổi Tên"
    again = {kind: got(organiser, f"{address}/{kind}?lang=en") for kind in KINDS}
    assert again == before
    second = freeze(organiser, held)
    words = organiser.get(second).words()
    assert "Frozen report 2" in words
    assert "Xã Đổi Tên" in words
    assert "Xã Đổi Tên" not in organiser.get(address).words()
    assert got(organiser, f"{second}/xlsx") != before["xlsx"]


def test_the_sum_of_everybody_has_those_of_no_unit_and_every_line_adds_up(held, make, app, browser_for):  # noqa: F811
    take_part(make, held["round"], make.entry(held["contest"], "Lê Văn Tự Do"))
    with app.app_context():
        participation.count_new(make.now)
    organiser = browser_for(Role.ORGANISER)
    found = tables(got(organiser, freeze(organiser, held) + "/xlsx"))
    assert list(found) == ["Tổng hợp", "Cấp 1", "Cấp 2"]
    people = found["Cấp 1"][0].index("Cộng người")
    lines = [row for row in found["Cấp 1"][1:] if row[2]]
    assert [row[2] for row in lines] == ["Phường Sen Hồng", "Xã Sao Mai", "Cá nhân tự do"]
    assert sum(row[people] for row in lines) == found["Tổng hợp"][1][people] == 5


def test_snapshots_are_seen_by_their_unit_and_whoever_stands_above(held, browser_for):  # noqa: F811
    organiser, ward = browser_for(Role.ORGANISER), browser_for(Role.COORDINATOR, held["sen"].id)
    school, sister = (
        browser_for(Role.COORDINATOR, held["kim"].id),
        browser_for(Role.COORDINATOR, held["sao"].id),
    )
    everybody, own = freeze(organiser, held), freeze(ward, held)
    for part in ("", *(f"/{kind}" for kind in KINDS)):
        assert (part, organiser.client.get(own + part).status_code) == (part, 200)
        assert (part, ward.client.get(own + part).status_code) == (part, 200)
        for stranger in (school, sister):
            assert (part, stranger.get(own + part).status) == (part, 404)
            assert (part, stranger.get(everybody + part).status) == (part, 404)
        assert ward.get(everybody + part).status == 404
    assert "Bản chốt" not in sister.get(f"/desk/reports/{held['call'].id}").words()


def test_a_letterhead_needs_a_name_and_is_ones_own(held, browser_for):  # noqa: F811
    ward, organiser = browser_for(Role.COORDINATOR, held["sen"].id), browser_for(Role.ORGANISER)
    assert ward.post("/desk/reports/letterhead", **LETTERHEAD | {"name": ""}).status == 422
    assert ward.post("/desk/reports/letterhead", **LETTERHEAD).status == 302
    assert "Hoàng Thị Liên" in ward.get("/desk/reports/letterhead").text
    assert "Hoàng Thị Liên" not in organiser.get("/desk/reports/letterhead").text


def test_published_results_come_out_as_an_official_paper(held, make, app, at, browser_for):  # noqa: F811
    organiser = browser_for(Role.ORGANISER)
    address = f"/desk/reports/results/{held['round'].id}"
    assert organiser.get(f"{address}/docx").status == 404
    at(days=5)
    with app.app_context():
        chores.run_once()
        sheet_id = db.session.scalar(select(Sheet.id))
    page = f"/desk/results/{held['round'].id}"
    assert organiser.post(f"/desk/results/sheets/{sheet_id}/publish", page=page).status == 302
    assert "Danh sách kết quả (Word)" in organiser.get(page).words()
    document = Document(io.BytesIO(got(organiser, f"{address}/docx")))
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows[0][:4] == ["Hạng", "Họ và tên", "Đơn vị", "Số câu đúng"]
    assert {row[1] for row in rows[1:]} == {f"Nguyễn Thị {name}" for name in ("An", "Bình", "Chi", "Dung")}
    assert [row[0] for row in rows[1:]] == ["1", "1", "1", "1"]
    text = pypdfium2.PdfDocument(got(organiser, f"{address}/pdf"))[0].get_textpage().get_text_bounded()
    assert "DANH SÁCH KẾT QUẢ" in text
    assert "4 người dự thi (mỗi người đếm một lần)" in text
    assert browser_for(Role.COORDINATOR, held["sen"].id).get(f"{address}/docx").status == 403


def test_a_paper_of_thousands_of_units_prints_the_first_and_names_its_annex(held, app, browser_for):  # noqa: F811
    address = freeze(browser_for(Role.ORGANISER), held)
    with app.app_context():
        frozen = snapshot_queries.frozen(int(address.rpartition("/")[2]), None)
    many = dataclasses.replace(frozen, units=[*frozen.units, *([frozen.units[-1]] * 1200)])
    blocks = snapshot_paper.paper(many).blocks
    tables_ = [block for block in blocks if isinstance(block, Table)]
    assert max(len(table.rows) for table in tables_) == snapshot_paper.MOST_LINES
    said = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert "Danh sách đầy đủ ở phụ lục kèm theo" in said
