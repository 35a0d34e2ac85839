"""Tables of units: what is read from the files people have, shown before it is taken in, and given back."""

import io
import time
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from contest import job_runner
from contest.permissions import Role
from contest.units import queries, working
from tests.conftest import Answer, Browser

HEADER = [
    "Mã",
    "Tên đơn vị",
    "Mã cấp trên",
    "Loại",
    "Khối",
    "Số cán bộ",
    "Số đoàn viên",
    "Dân số trưởng thành",
]
TREE = [
    ["P01", "Phường Sen Hồng", "T00", "Xã, phường", "Người dân", 52, 310, 18400],
    ["T00", "Ủy ban nhân dân tỉnh An Bình", "", "Tỉnh", "Cán bộ", None, None, None],
    ["007", "Sở Nội vụ", "T00", "Sở", "Cán bộ", 112, 38.0, None],
]


def xlsx(rows: list[list[object]], above: int = 0) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows, start=above):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return target.getvalue()


def csv(rows: list[list[object]], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    lines = [delimiter.join("" if cell is None else f'"{cell}"' for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def send(browser: Browser, content: bytes, name: str = "don-vi.xlsx") -> Answer:
    page = browser.get("/desk/units/import").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    body = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return Answer(browser.client.post("/desk/units/import", data=body, content_type="multipart/form-data"))


def file_at(browser: Browser, path: str) -> bytes:
    return browser.client.get(path).data


def take_in(browser: Browser, content: bytes) -> Answer:
    preview = send(browser, content).location
    return browser.post(f"{preview}/confirm", page=preview)


def stored(app) -> dict[str, tuple[str, str, str, str, int]]:
    """Every open unit: code → name, parent's code, kind, block, depth."""
    with app.app_context():
        units = queries.everything()
        codes = {unit.id: unit.code for unit in units}
        return {
            unit.code: (unit.name, codes.get(unit.parent_id, ""), unit.kind, unit.block, unit.depth)
            for unit in units
        }


@pytest.mark.parametrize(
    "content",
    [
        xlsx([HEADER, *TREE]),
        xlsx([["DANH SÁCH ĐƠN VỊ"], [], HEADER, *TREE], above=2),
        csv([HEADER, *TREE]),
        csv([HEADER, *TREE], ","),
        csv([HEADER, *TREE], "\t", "utf-16"),
        csv([HEADER, *TREE], encoding="utf-8"),
        b"sep=;\r\n" + csv([HEADER, *TREE], encoding="utf-8"),
    ],
    ids=["xlsx", "title above", "csv", "comma", "tab and utf-16", "no mark", "sep line"],
)
def test_a_table_is_previewed_and_taken_in_whatever_its_form(browser_for, app, content):
    browser = browser_for(Role.ORGANISER)
    preview = send(browser, content).location
    words = browser.get(preview).words()
    assert "đơn vị mới 3" in words
    assert stored(app) == {}
    browser.post(f"{preview}/confirm", page=preview)
    assert stored(app) == {
        "T00": ("Ủy ban nhân dân tỉnh An Bình", "", "province", "Cán bộ", 0),
        "P01": ("Phường Sen Hồng", "T00", "commune", "Người dân", 1),
        "007": ("Sở Nội vụ", "T00", "department", "Cán bộ", 1),
    }
    with app.app_context():
        department = queries.by_code("007")
        numbers = queries.headcounts_on(date(2026, 10, 5))
        assert {kind: n for (unit_id, kind), n in numbers.items() if unit_id == department.id} == {
            "officials": 112,
            "youth": 38,
        }


def test_the_same_table_again_changes_nothing(browser_for, app):
    browser = browser_for(Role.ADMINISTRATOR)
    take_in(browser, xlsx([HEADER, *TREE]))
    before = stored(app)
    words = browser.get(send(browser, csv([HEADER, *reversed(TREE)])).location).words()
    assert "giống hệt cây đơn vị hiện có" in words
    take_in(browser, xlsx([HEADER, *TREE]))
    assert stored(app) == before
    assert browser.get("/desk/history?act=unit:import").words().count("3 đơn vị mới") == 1


def test_a_changed_table_shows_its_difference_first_and_then_makes_it(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    take_in(browser, xlsx([HEADER, *TREE]))
    changed = [
        ["P01", "Phường Sen Vàng", "007", "Xã", "Người dân", 52, 310, 18500],
        ["X01", "Xã Đồng Dương", "P01", "Xã", "", None, None, None],
    ]
    preview = send(browser, xlsx([HEADER, *changed])).location
    words = browser.get(preview).words()
    for expected in (
        "đơn vị mới 1",
        "thay đổi 1",
        "Tên Phường Sen Hồng Phường Sen Vàng",
        "Mã cấp trên T00 007",
        "Dân số trưởng thành 18400 18500",
    ):
        assert expected in words
    assert stored(app)["P01"][0] == "Phường Sen Hồng"
    browser.post(f"{preview}/confirm", page=preview)
    after = stored(app)
    assert after["P01"] == ("Phường Sen Vàng", "007", "commune", "Người dân", 2)
    assert after["X01"] == ("Xã Đồng Dương", "P01", "commune", "", 3)
    assert after["007"][0] == "Sở Nội vụ"


def test_a_table_says_nothing_about_columns_it_does_not_have(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    take_in(browser, xlsx([HEADER, *TREE]))
    before = stored(app)
    preview = send(browser, csv([["Mã", "Tên", "Biên chế"], ["P01", "Phường Sen Hồng", "55"]])).location
    assert "thay đổi 1" in browser.get(preview).words()
    browser.post(f"{preview}/confirm", page=preview)
    assert stored(app) == before


def test_faulty_rows_are_named_with_what_to_do_and_the_good_ones_can_be_taken_in(browser_for, app):
    rows = [
        *TREE,
        ["X01", "Xã A", "T99", "Xã"],
        ["X02", "Xã B", "X01", "Xã"],
        ["P01", "Phường Sen Hồng lần nữa", "T00", "Xã"],
        ["X04", "", "T00", "Xã"],
        ["", "Xã không mã", "T00", "Xã"],
        ["X06", "Xã C", "T00", "Câu lạc bộ"],
        ["X07", "Xã D", "T00", "Xã", "", "nhiều"],
        ["V1", "Vòng một", "V2", "Tổ"],
        ["V2", "Vòng hai", "V1", "Tổ"],
    ]
    browser = browser_for(Role.ORGANISER)
    preview = send(browser, xlsx([HEADER, *rows])).location
    words = browser.get(preview).words()
    for expected in (
        "dòng có lỗi 9",
        "5 Không có đơn vị cấp trên mã T99",
        "6 Đơn vị cấp trên mã X01 đang có lỗi",
        "7 Mã P01 đã dùng ở một dòng trên",
        "8 Chưa có tên",
        "9 Chưa có mã",
        "10 Chưa hiểu loại “Câu lạc bộ”",
        "11 “nhiều” không phải số người",
        "12 Đơn vị này thuộc chính nó qua mã V2",
        "13 Đơn vị này thuộc chính nó qua mã V1",
        "Nhập 3 dòng tốt",
    ):
        assert expected in words
    browser.post(f"{preview}/confirm", page=preview)
    assert sorted(stored(app)) == ["007", "P01", "T00"]


def test_a_parent_may_be_a_unit_that_is_already_there(browser_for, app, make):
    make.unit("Tỉnh", code="T00", kind="province")
    take_in(browser_for(Role.ORGANISER), xlsx([HEADER, ["X01", "Xã A", "T00", "Xã"]]))
    assert stored(app)["X01"] == ("Xã A", "T00", "commune", "", 1)


def test_an_import_that_would_turn_the_tree_in_a_circle_leaves_everything_as_it_was(browser_for, app, make):
    top = make.unit("Tỉnh", code="T00", kind="province")
    make.unit("Xã A", top, code="X01")
    browser = browser_for(Role.ORGANISER)
    answer = take_in(browser, xlsx([HEADER, ["N1", "Mới", "T00", "Xã"], ["T00", "Tỉnh", "X01", "Tỉnh"]]))
    assert (answer.status, "không thể thuộc một đơn vị nằm dưới nó" in answer.text) == (409, True)
    assert sorted(stored(app)) == ["T00", "X01"]


def test_a_closed_unit_named_in_a_table_is_opened_again_after_saying_so(browser_for, app, make):
    unit = make.unit("Xã A", code="X01")
    with make.writing():
        queries.by_id(unit.id).closed_at = make.now
    browser = browser_for(Role.ORGANISER)
    preview = send(browser, xlsx([HEADER, ["X01", "Xã A", "", "Xã"]])).location
    assert "Tình trạng đóng từ 05/10/2026 đang dùng" in browser.get(preview).words()
    browser.post(f"{preview}/confirm", page=preview)
    assert list(stored(app)) == ["X01"]


@pytest.mark.parametrize("form", ["xlsx", "xls-named csv"])
def test_what_is_downloaded_can_be_uploaded_again_and_changes_nothing(browser_for, app, form):
    browser = browser_for(Role.ORGANISER)
    risky = [
        ["=1+1", "=HYPERLINK(1)", "T00", "Khác", "+khối", 1, 2, 3],
        ["0012", "@Đơn vị; có, dấu", "T00", "Lực lượng vũ trang", "", None, 0, None],
    ]
    take_in(browser, xlsx([HEADER, *TREE, *risky]))
    file = file_at(browser, "/desk/units/don-vi.xlsx")
    if form != "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
        file = csv([[int(c) if isinstance(c, float) else c for c in row] for row in rows])
    words = browser.get(send(browser, file, "a.xls").location).words()
    assert "giống hệt cây đơn vị hiện có" in words
    assert "không đổi 5" in words


def test_every_kind_of_unit_comes_back_from_its_word(browser_for, app, make):
    kinds = ("province", "department", "commune", "party", "youth_union", "women_union", "fatherland_front")
    kinds += ("school", "public_service", "enterprise", "armed_forces", "branch", "other")
    for kind in kinds:
        make.unit(kind=kind)
    browser = browser_for(Role.ORGANISER)
    file = file_at(browser, "/desk/units/don-vi.xlsx?lang=en")
    assert "không đổi 13" in browser.get(send(browser, file).location + "?lang=vi").words()


def test_a_coordinator_downloads_only_their_own_subtree(browser_for, app, make):
    top = make.unit("Tỉnh", code="T00", kind="province")
    ward = make.unit("Phường", top, code="P01")
    make.unit("Trường", ward, code="H01", kind="school")
    make.unit("Phường khác", top, code="P02")
    file = file_at(browser_for(Role.COORDINATOR, unit_id=ward.id), "/desk/units/don-vi.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows] == [HEADER[:3], ["P01", "Phường", "T00"], ["H01", "Trường", "P01"]]


def test_the_template_is_itself_a_table_that_can_be_taken_in(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    words = browser.get(send(browser, file_at(browser, "/desk/units/mau-don-vi.xlsx")).location).words()
    assert "đơn vị mới 4 thay đổi 0 không đổi 0 dòng có lỗi 0" in words


def far_cell() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write(1_048_575, 16_383, 1)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"\r\n \r\n", "Tệp trống"),
        (b"PK\x03\x04 not a zip", "Tệp bị hỏng"),
        (far_cell(), "Bảng quá lớn"),
        ("名前;単位\nP01;東京都".encode("shift_jis"), "Không nhận ra bảng mã"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "không phải bảng tính"),
        ("Câu hỏi;Đáp án\nMột;A".encode(), "Chưa tìm thấy dòng tiêu đề"),
        ("Mã;Tên\n".encode() + b"a;b\n" * 60_001, "Bảng quá lớn"),
    ],
    ids=[
        "empty",
        "blank",
        "damaged",
        "far cell",
        "another country's encoding",
        "picture",
        "other",
        "long",
    ],
)
def test_a_file_of_no_use_is_refused_politely_and_nothing_is_kept(browser_for, app, content, words):
    answer = send(browser_for(Role.ORGANISER), content)
    assert (answer.status, words in answer.words()) == (422, True)
    assert stored(app) == {}


def test_no_file_at_all_is_asked_for(browser_for):
    answer = browser_for(Role.ORGANISER).post("/desk/units/import")
    assert (answer.status, "Hãy chọn một tệp." in answer.text) == (422, True)


def test_an_uploaded_table_belongs_to_whoever_uploaded_it_and_can_be_dropped(browser_for, app):
    mine, other = browser_for(Role.ORGANISER), browser_for(Role.ORGANISER)
    preview = send(mine, xlsx([HEADER, *TREE])).location
    assert other.get(preview).status == 404
    assert other.post(f"{preview}/confirm", page="/desk/units/import").status == 404
    mine.post(f"{preview}/drop", page=preview)
    assert mine.get(preview).status == 404
    assert stored(app) == {}


@pytest.mark.slow
def test_twenty_thousand_units_are_taken_in_within_twenty_seconds(browser_for, app):
    rows = [["T", "Tỉnh", "", "Tỉnh", "", 1, 1, 1]]
    rows += [[f"X{n:05}", f"Xã số {n}", "T", "Xã", "Người dân", 30, 100, 5000 + n] for n in range(4_000)]
    rows += [
        [f"H{n:05}", f"Trường số {n}", f"X{n % 4_000:05}", "Trường", "", 9, 9, None] for n in range(16_000)
    ]
    browser, content = browser_for(Role.ORGANISER), xlsx([HEADER, *rows])
    # Processor time: how long the wall clock takes depends on what else the machine does.
    began = time.process_time()
    take_in(browser, content)
    with app.app_context():
        job_runner.run_due()
        assert time.process_time() - began < 20
        assert queries.count() == 20_001
        assert len(queries.headcounts_on(date(2026, 10, 5))) == 44_003


DATED = ["Mã", "Tên đơn vị", "Mã cấp trên", "Loại", "Tên cũ", "Tên gọi khác", "Đóng từ ngày"]
DATED_TREE = [
    ["T00", "Tỉnh An Bình", "", "Tỉnh", "", "", ""],
    [
        "P01",
        "Phường Sen Hồng",
        "T00",
        "Phường",
        "Thị trấn Sen (đến 30/06/2025); Xã Hồng",
        "Phường Chợ",
        "",
    ],
    ["P02", "Phường Trúc Lâm", "T00", "Phường", "", "", "01/07/2025"],
]


def test_names_and_days_go_in_come_out_and_go_in_again_without_a_change(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    take_in(browser, xlsx([DATED, *DATED_TREE]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file_at(browser, "/desk/units/don-vi.xlsx")))
    table = rows.get_sheet_by_index(0).to_python()
    by_code = {row[0]: row for row in table}
    assert by_code["P01"][8:] == ["Thị trấn Sen (đến 30/06/2025); Xã Hồng", "Phường Chợ", "", "", ""]
    assert by_code["P02"][8:] == ["", "", "01/07/2025", "", ""]
    again = send(browser, file_at(browser, "/desk/units/don-vi.xlsx")).location
    assert "giống hệt cây đơn vị hiện có" in browser.get(again).words()


def test_a_changed_name_or_day_is_shown_before_it_is_taken_in(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    take_in(browser, xlsx([DATED, *DATED_TREE]))
    changed = [row[:] for row in DATED_TREE]
    changed[1][4], changed[2][6] = "Xã Hồng", ""
    preview = send(browser, xlsx([DATED, *changed])).location
    words = browser.get(preview).words()
    assert "Tên cũ Thị trấn Sen (đến 30/06/2025); Xã Hồng Xã Hồng" in words
    assert "Tình trạng đóng từ 01/07/2025 đang dùng" in words
    browser.post(f"{preview}/confirm", page=preview)
    with app.app_context():
        assert queries.matching("thi tran sen") == []
        assert [unit.code for unit in queries.matching("xa hong")] == ["P01"]
        assert [unit.code for unit in queries.matching("phuong cho")] == ["P01"]
        assert queries.by_code("P02").closed_at is None


def test_an_empty_cell_of_names_takes_no_name_away(browser_for, app):
    browser = browser_for(Role.ORGANISER)
    take_in(browser, xlsx([DATED, *DATED_TREE]))
    emptied = [[*row[:4], "", "", row[6]] for row in DATED_TREE]
    assert "giống hệt" in browser.get(send(browser, xlsx([DATED, *emptied])).location).words()


def test_every_fault_of_a_row_stands_in_the_preview(browser_for):
    browser = browser_for(Role.ORGANISER)
    preview = send(browser, xlsx([DATED, ["X01", "", "KHONG", "Hành tinh", "", "", "hôm qua"]])).location
    words = browser.get(preview).words()
    assert "dòng có lỗi 1" in words
    for part in ("Chưa có tên", "Chưa hiểu loại “Hành tinh”", "“hôm qua” không phải ngày", "mã KHONG"):
        assert part in words


@pytest.mark.parametrize(("name", "count"), [("34-tinh-thanh-pho", 34), ("mau-cay-don-vi", 20)])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_table_to_begin_with_goes_in_as_it_is(browser_for, app, name, count, kind):
    browser = browser_for(Role.ORGANISER)
    assert f"/desk/units/data/{name}.{kind}" in browser.get("/desk/units/import").text
    take_in(browser, file_at(browser, f"/desk/units/data/{name}.{kind}"))
    with app.app_context():
        assert queries.count() == count
        if count == 34:
            assert queries.matching("tinh ha giang")[0].code == "08"
            assert {unit.kind for unit in queries.everything()} == {"province"}
    assert browser.get("/desk/units/data/khac.csv").status == 404


def test_a_large_table_is_taken_in_by_a_job_while_the_page_says_how_far_it_is(browser_for, app, monkeypatch):
    monkeypatch.setattr(working, "LARGE_FILE", 10)
    browser = browser_for(Role.ORGANISER)
    preview = send(browser, xlsx([HEADER, *TREE])).location
    assert browser.post(f"{preview}/confirm", page=preview).location == preview
    work = browser.get(preview).location
    assert "Đang chờ đến lượt" in browser.get(work).words()
    assert browser_for(Role.ORGANISER).get(work).status == 404
    assert stored(app) == {}
    with app.app_context():
        job_runner.run_due()
    assert browser.get(work).location == "/desk/units"
    assert len(stored(app)) == 3
    again = send(browser, xlsx([HEADER, *TREE])).location
    assert "giống hệt cây đơn vị hiện có" in browser.get(again).words()


def test_a_large_table_that_cannot_be_taken_in_says_why_and_changes_nothing(
    browser_for, app, make, monkeypatch
):
    monkeypatch.setattr(working, "LARGE_FILE", 10)
    top = make.unit("Tỉnh", code="T00", kind="province")
    make.unit("Xã A", top, code="X01")
    browser = browser_for(Role.ORGANISER)
    circle = xlsx([HEADER, ["N1", "Mới", "T00", "Xã"], ["T00", "Tỉnh", "X01", "Tỉnh"]])
    preview = send(browser, circle).location
    browser.post(f"{preview}/confirm", page=preview)
    work = browser.get(preview).location
    with app.app_context():
        job_runner.run_due()
    assert "không thể thuộc một đơn vị nằm dưới nó" in browser.get(work).words()
    assert "Choose another parent" in browser.get(f"{work}?lang=en").words()
    assert sorted(stored(app)) == ["T00", "X01"]
    assert browser.get(preview).status == 200
