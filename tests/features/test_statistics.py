"""Public statistics of rounds and contests: one layer of numbers behind pages, files, charts and frames."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from lxml import etree
from PIL import Image

from contest import chores
from contest.contests.models import Round
from contest.database import db
from contest.participation import embedding, snapshots
from contest.permissions import Role
from tests.features.test_participation import row_of
from tests.taking_part import take_part

CODE, CONTEST = "K7M2QX", "tim-hieu-cchc"
ROUND_PAGE, CONTEST_PAGE = f"/participation/{CODE}", f"/contests/{CONTEST}/participation"
CHARTS = ("units", "blocks", "bands", "topics", "days", "hours")


@pytest.fixture
def held(app, make):
    """Two rounds: the first closed in a week. Two communes; An takes part in both rounds, for another unit each."""
    contest = make.contest(CONTEST)
    make.measured_by_any(contest)
    bank = make.bank(5)
    first = make.round(contest, bank, code=CODE, attempts=2)
    second = make.round(contest, bank, code="QQQQ22", name="Đợt 2", closes=timedelta(days=14))
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Phường Sen Hồng", province, code="SEN", officials=10)
    star = make.unit("Xã Sao Mai", province, code="SAO", officials=1)
    make.unit("Đặc khu Phú Quý", province, code="PQ", officials=4)
    an, binh = (
        make.entry(contest, "Nguyễn Văn An", lotus),
        make.entry(contest, "Trần Thị Bình", star),
    )
    take_part(make, first, an, score=3)
    take_part(make, first, an, score=5)
    take_part(make, first, binh, score=0, after=timedelta(hours=30))
    take_part(make, second, an, unit=star, score=2)
    take_part(make, second, make.entry(contest, "Người Tự Do", block=2), score=1)
    with app.app_context():
        chores.run_once()
    return {"contest": contest, "first": first, "second": second, "lotus": lotus, "star": star}


def test_a_contest_counts_everybody_once_and_sums_their_attempts(held, visitor):
    page = visitor.get(CONTEST_PAGE)
    assert row_of(page, "Cộng")[:2] == ["3", "5"]
    assert row_of(page, "Xã Sao Mai") == ["2", "2", "1", "trên 100 %"]
    assert row_of(page, "Phường Sen Hồng")[:2] == ["0", "2"]
    assert "Mỗi người đếm một lần, dù thi mấy đợt, mấy lượt." in page.words()
    assert "/participation/QQQQ22" in page.text
    assert row_of(visitor.get(ROUND_PAGE), "Phường Sen Hồng")[:2] == ["1", "2"]


@pytest.mark.parametrize("place", [ROUND_PAGE, CONTEST_PAGE])
def test_page_files_and_frame_show_the_same_numbers(held, visitor, at, place):
    at(days=20)
    page = visitor.get(place)
    people, attempts = row_of(page, "Cộng")[:2]
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get(f"{place}.xlsx").data))
    top = next(row for row in book["Đơn vị"].iter_rows(values_only=True) if row[0] == "T")
    free = [row for row in book["Đơn vị"].iter_rows(values_only=True) if row[1] == "Cá nhân tự do"]
    assert top[3] + sum(row[3] for row in free) == int(people)
    assert top[4] + sum(row[4] for row in free) == int(attempts)
    for sheet, column in (("Khối", 1), ("Theo ngày", 1), ("Theo giờ", 1)):
        rows = [row for row in book[sheet].iter_rows(values_only=True) if isinstance(row[column], int)]
        assert sum(row[column] for row in rows) == int(people if sheet == "Khối" else attempts)
    csv = visitor.get(f"{place}.csv").bytes.decode("utf-8-sig")
    assert f"T;Tỉnh An Bình;;{top[3]};{top[4]}" in csv
    framed = visitor.get(f"/embed{place}").words()
    assert f"người dự thi {people} lượt thi {attempts}" in framed


def test_a_page_and_its_files_agree_while_new_attempts_come_in(held, app, make, visitor):
    app.config["KEPT_SECONDS"] = 60.0
    try:
        before = row_of(visitor.get(f"{ROUND_PAGE}?one"), "Cộng")[:2]
        take_part(make, held["first"], make.entry(held["contest"], "Hồ Thị Lan", held["lotus"]))
        with app.app_context():
            chores.run_once()
        csv = visitor.get(f"{ROUND_PAGE}.csv?one").bytes.decode("utf-8-sig")
        assert f"T;Tỉnh An Bình;;{before[0]};{before[1]}" in csv
        assert row_of(visitor.get(f"{ROUND_PAGE}?another"), "Cộng")[:2] == before
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_topics_and_bands_wait_for_the_closing_of_each_round(held, app, visitor, at):
    assert "Điều đã biết" not in visitor.get(CONTEST_PAGE).text
    at(days=8)
    with app.app_context():
        chores.run_once()
    page = visitor.get(CONTEST_PAGE)
    assert "Điều đã biết và chưa biết, theo chủ đề" in page.text
    shares = re.findall(r'<th scope="row"[^>]*>(?:Thể chế|Thủ tục)</th>', page.text)
    assert len(shares) == 2
    bands = page.text.partition('id="chart-bands"')[2].partition("</table>")[0]
    assert "100,0 %" in bands
    assert re.search('<td class="num"[^>]*>2 <span', bands.partition("<tfoot>")[2])


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_a_picture_and_a_table(held, app, visitor, at, name):
    at(days=20)
    with app.app_context():
        chores.run_once()
    path = f"{CONTEST_PAGE}/charts/{name}"
    drawing = visitor.get(f"{path}.svg")
    assert etree.fromstring(drawing.bytes).tag.endswith("svg")
    assert "Số liệu chốt lúc" in drawing.text
    if name in ("units", "days"):
        picture = Image.open(io.BytesIO(visitor.client.get(f"{path}.png").data))
        assert picture.format == "PNG"
        assert picture.size[0] > 1000
    assert len(visitor.get(f"{path}.csv").bytes.decode("utf-8-sig").splitlines()) > 1


def test_an_empty_chart_is_still_a_picture(make, visitor):
    make.round(make.contest(CONTEST), code=CODE)
    for name in CHARTS:
        assert visitor.get(f"{ROUND_PAGE}/charts/{name}.svg").status == 200


def test_a_rate_over_100_is_nowhere_in_a_picture(held, visitor):
    drawing = visitor.get(f"{CONTEST_PAGE}/charts/units.svg").text
    assert "trên 100 %" in drawing
    assert "200" not in re.sub(r'[a-z-]+="[^"]*"', "", drawing)


def test_two_to_four_units_stand_side_by_side(held, visitor):
    page = visitor.get(f"{ROUND_PAGE}?with=SEN&with=SAO")
    side = page.text.partition('id="side-by-side"')[2].partition("</section>")[0]
    assert "So sánh 2 đơn vị" in page.text
    assert re.findall(r'<td class="num"[^>]*>(\d+)</td>', side)[:4] == ["1", "1", "2", "1"]
    assert "Hãy chọn thêm ít nhất một đơn vị" in visitor.get(f"{ROUND_PAGE}?with=SEN").text
    assert visitor.get(f"{ROUND_PAGE}?with=KHONG").status == 404
    assert visitor.get(f"{ROUND_PAGE}?with=SEN&with=SAO&q=phu+quy").text.count('name="with" value="SEN"') >= 1


def test_units_are_counted_by_kind(held, visitor):
    page = visitor.get(ROUND_PAGE)
    assert "Theo loại đơn vị" not in page.text  # one kind below the province
    assert row_of_kind(visitor.client.get(f"{ROUND_PAGE}.xlsx").data) == ("Xã, phường", 3, 2, 1, 1, 0, 2, 3)


def row_of_kind(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return next(
        row for row in book["Loại đơn vị"].iter_rows(values_only=True) if str(row[0]).startswith("Xã")
    )


def test_the_lowest_are_named_only_where_the_organiser_says_so(held, browser_for, visitor):
    assert "Tỷ lệ thấp nhất" not in visitor.get(ROUND_PAGE).text
    organiser = browser_for(Role.ORGANISER)
    desk = f"/desk/participation/contests/{held['contest'].id}"
    assert organiser.post(f"{desk}/statistics", page=desk, lowest="2").status == 302
    named = visitor.get(ROUND_PAGE).text.partition("Tỷ lệ thấp nhất")[2].partition("</ol>")[0]
    assert "Phường Sen Hồng: 10,00 %" in named
    assert "Phú Quý" not in named  # nobody yet: named elsewhere
    refused = organiser.post(f"{desk}/statistics", page=desk, lowest="99")
    assert (refused.status, "Cần từ 0 đến 20" in refused.text) == (422, True)


def test_the_desk_shows_a_contest_to_each_as_far_as_they_may_see(held, browser_for):
    desk = f"/desk/participation/contests/{held['contest'].id}"
    organiser = browser_for(Role.ORGANISER).get(desk)
    assert row_of(organiser, "Cộng")[:2] == ["3", "5"]
    assert f"/embed{CONTEST_PAGE}" in organiser.text
    own = browser_for(Role.COORDINATOR, unit_id=held["star"].id)
    page = own.get(desk)
    assert row_of(page, "Xã Sao Mai")[:2] == ["2", "2"]
    for stranger in ("Sen Hồng", "Phú Quý", "&lt;iframe"):
        assert stranger not in page.text
    csv = own.client.get(f"{desk}/csv").data.decode("utf-8-sig")
    assert ("Sao Mai" in csv, "Sen Hồng" in csv) == (True, False)


def test_a_frame_may_be_shown_elsewhere_and_nothing_else_may(held, visitor):
    framed = visitor.get(f"/embed{ROUND_PAGE}?lang=en&unit=SEN")
    policy = framed.response.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors *")
    assert "unsafe" not in policy
    assert "Set-Cookie" not in framed.response.headers
    assert "See all numbers and how they are counted" in framed.words()
    assert "Phường Sen Hồng" in framed.text
    assert visitor.get(ROUND_PAGE).response.headers["Content-Security-Policy"].endswith("'none'")
    assert visitor.get("/embed/participation/ZZZZZZ").status == 404


def test_a_kept_frame_keeps_its_policy(held, app, visitor):
    app.config["KEPT_SECONDS"] = 60.0
    try:
        policies = {
            visitor.get(f"/embed{ROUND_PAGE}?kept").response.headers["Content-Security-Policy"]
            for _ in range(2)
        }
        assert len(policies) == 1
        assert policies.pop().endswith("frame-ancestors *")
        names = {
            visitor.get(f"{ROUND_PAGE}.csv?kept").response.headers["Content-Disposition"] for _ in range(2)
        }
        assert names == {f"attachment; filename=tham-gia-{CODE.lower()}.csv"}
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_a_title_with_quotes_does_not_break_out_of_the_snippet(held, app, make):
    with make.writing():
        db.session.merge(held["first"]).name = 'Đợt "mở" <1>'
    with app.test_request_context():
        subject = snapshots.of_round(db.session.get_one(Round, held["first"].id))
        pasted = embedding.snippet(subject)
    assert 'title="Đợt &#34;mở&#34; &lt;1&gt;"' in pasted
    assert "frame.style.height" in pasted
