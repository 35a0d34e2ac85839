"""Reading pages: written with a preview, published, read by anybody, counted without watching anybody."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from contest.database import db
from contest.learning import page_files, visits
from contest.learning.models import ReadingFile, ReadingPage, ReadingTopic, ReadingVisit
from contest.permissions import Role
from tests.conftest import Browser
from tests.features.test_learning_practice import answer, practice_set
from tests.features.test_people import rows
from tests.features.test_pictures import png
from tests.taking_part import take_part

TEXT = "## Một cửa\n\n**Bộ phận Một cửa** tiếp nhận hồ sơ.\n\n<script>alert(1)</script>"


@pytest.fixture
def contest(make):
    return make.contest()


@pytest.fixture
def desk(browser_for):
    return browser_for(Role.ORGANISER)


def written(
    make, contest, title: str = "Cơ chế một cửa", *, published: bool = True, topics: tuple[str, ...] = ()
):
    with make.writing():
        position = db.session.query(ReadingPage).filter_by(contest_id=contest.id).count() + 1
        page = ReadingPage(
            contest_id=contest.id,
            position=position,
            title=title,
            text=TEXT,
            created_at=make.now,
            changed_at=make.now,
            published_at=make.now if published else None,
        )
        make.add(page)
        for topic in topics:
            make.add(ReadingTopic(page_id=page.id, topic=topic))
    return page


def send_file(desk: Browser, page_id: int, name: str, content: bytes):
    where = f"/desk/learning/pages/{page_id}"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', desk.get(where).text)[1]
    body = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return desk.client.post(f"{where}/files", data=body, content_type="multipart/form-data")


def test_a_page_is_written_looked_at_published_and_read(app, desk, visitor, contest):
    new = f"/desk/contests/{contest.id}/learning/new"
    typed = {"title": "Cơ chế một cửa", "text": TEXT, "topics": "Thủ tục\nThể chế"}
    preview = desk.post(new, act="preview", **typed)
    assert "<strong>Bộ phận Một cửa</strong>" in preview.text
    assert "<script>alert" not in preview.text
    assert rows(app, ReadingPage) == []
    made = desk.post(new, act="save", **typed)
    (page,) = rows(app, ReadingPage)
    assert made.location == f"/desk/learning/pages/{page.id}"
    # A draft is nobody's but the organisers'.
    assert visitor.get(f"/reading/{page.id}").status == 404
    assert "/contests/tim-hieu-cchc/reading" not in visitor.get("/contests/tim-hieu-cchc").text
    assert "Bản nháp" in desk.get(f"/reading/{page.id}").words()
    desk.post(f"{made.location}/state", page=made.location, act="publish")
    assert 'href="/contests/tim-hieu-cchc/reading"' in visitor.get("/contests/tim-hieu-cchc").text
    assert f'href="/reading/{page.id}"' in visitor.get("/contests/tim-hieu-cchc/reading").text
    read = visitor.get(f"/reading/{page.id}").text
    assert "<h2>Một cửa</h2>" in read
    assert "<script>alert" not in read
    assert desk.post(made.location, act="save", title="Một cửa", text="Mới.", topics="").status == 302
    assert "Mới." in visitor.get(f"/reading/{page.id}").text
    desk.post(f"{made.location}/state", page=made.location, act="withdraw")
    assert visitor.get(f"/reading/{page.id}").status == 404


def test_pages_stand_in_the_order_of_the_organiser(make, desk, visitor, contest):
    first, second, third = (written(make, contest, title) for title in ("Trang A", "Trang B", "Trang C"))
    for page in (third, first):
        desk.post(f"/desk/learning/pages/{page.id}/state", page=f"/desk/learning/pages/{page.id}", act="up")
    listed = re.findall(r">(Trang [ABC])<", visitor.get("/contests/tim-hieu-cchc/reading").text)
    assert listed == ["Trang A", "Trang C", "Trang B"]
    assert "Đọc tiếp: Trang C" in visitor.get(f"/reading/{first.id}").words()
    assert "Đọc tiếp" not in visitor.get(f"/reading/{second.id}").words()


def test_visits_are_counted_by_day_and_know_nobody(app, make, desk, visitor, contest, at):
    page = written(make, contest)
    for browser in (visitor, visitor, Browser(app.test_client())):
        browser.get(f"/reading/{page.id}")
    desk.get(f"/reading/{page.id}")  # staff are not readers
    visitor.get(f"/reading/{page.id}", headers={"Sec-Purpose": "prefetch"})
    at(days=1)
    visitor.get(f"/reading/{page.id}")
    with app.app_context():
        kept = [(row.page_id, row.day, row.visits) for row in db.session.query(ReadingVisit)]
    assert sorted(kept) == [(page.id, date(2026, 10, 5), 3), (page.id, date(2026, 10, 6), 1)]
    assert '<td class="num">4</td>' in desk.get(f"/desk/contests/{contest.id}/learning").tables
    assert {column.name for column in ReadingVisit.__table__.columns} == {"page_id", "day", "visits"}


def test_a_crowd_that_reads_at_once_is_counted_whole(app, make, contest):
    page = written(make, contest)

    def read(_n: int) -> None:
        with app.app_context():
            visits.note(page.id, date(2026, 10, 5))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(40)))
    with app.app_context():
        assert db.session.query(ReadingVisit).one().visits == 40


def test_pictures_and_files_belong_to_the_page_and_come_as_what_they_are(app, make, desk, visitor, contest):
    page = written(make, contest)
    assert send_file(desk, page.id, "Sơ đồ một cửa.PNG", png()).status_code == 302
    assert send_file(desk, page.id, "Nghị định 118.pdf", b"%PDF-1.7 ...").status_code == 302
    names = {one.name: one for one in rows(app, ReadingFile)}
    assert set(names) == {"so-do-mot-cua.png", "nghi-dinh-118.pdf"}
    text = (
        "![Sơ đồ](so-do-mot-cua.png) [Nghị định](nghi-dinh-118.pdf)\n\n"
        "![Mắt theo dõi](https://example.vn/pixel.png) [Cổng](https://example.vn) [x](javascript:alert(1))"
    )
    desk.post(f"/desk/learning/pages/{page.id}", act="save", title="Một cửa", text=text, topics="")
    read = visitor.get(f"/reading/{page.id}").text
    picture, document = names["so-do-mot-cua.png"], names["nghi-dinh-118.pdf"]
    assert re.search(rf'<img src="/reading/files/{picture.token}" alt="Sơ đồ" width="\d+"', read)
    assert f'href="/reading/files/{document.token}"' in read
    assert "pixel.png" not in read and "Mắt theo dõi" in read
    assert 'href="https://example.vn"' in read
    assert "javascript:" not in read.partition("<article")[2].partition("</article>")[0].replace(
        "[x](javascript:alert(1))", ""
    )
    shown = visitor.client.get(f"/reading/files/{picture.token}")
    assert (shown.mimetype, shown.data) == ("image/png", png())
    saved = visitor.get(f"/reading/files/{document.token}").response
    assert saved.mimetype == "application/pdf"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    # A draft's files are as closed as the draft, and another page cannot take them away.
    other = written(make, contest, "Trang khác")
    gone = f"/desk/learning/pages/{other.id}/files/{picture.id}/remove"
    assert desk.post(gone, page=f"/desk/learning/pages/{other.id}").status == 404
    desk.post(f"/desk/learning/pages/{page.id}/state", page=f"/desk/learning/pages/{page.id}", act="withdraw")
    assert visitor.get(f"/reading/files/{picture.token}").status == 404
    assert desk.client.get(f"/reading/files/{picture.token}").status_code == 200
    gone = f"/desk/learning/pages/{page.id}/files/{picture.id}/remove"
    assert desk.post(gone, page=f"/desk/learning/pages/{page.id}").status == 302
    assert desk.get(f"/reading/files/{picture.token}").status == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trang.html", b"<script>alert(1)</script>", "Chỉ nhận hình PNG"),
        ("hinh.png", b"<svg onload=alert(1)>", "Chỉ nhận hình PNG"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Chỉ nhận hình PNG"),
        ("tep.pdf", b"MZ not a pdf", "Chỉ nhận hình PNG"),
        ("tep.exe", b"%PDF-1.7", "Chỉ nhận hình PNG"),
        ("lon.pdf", b"%PDF-" + b"x" * page_files.LARGEST, "Tệp lớn hơn 10 MB"),
    ],
)
def test_other_files_are_refused_whatever_they_are_called(app, make, desk, contest, name, content, sentence):
    page = written(make, contest)
    refused = send_file(desk, page.id, name, content)
    assert (refused.status_code, sentence in refused.get_data(as_text=True)) == (409, True)
    assert rows(app, ReadingFile) == []


@pytest.mark.parametrize(
    ("stem", "name"),
    [("Sơ đồ một cửa", "so-do-mot-cua.png"), ("../../etc/passwd", "etc-passwd.png"), ("…", "tep.png")],
)
def test_a_file_is_called_what_a_text_can_say(stem, name):
    assert page_files.called(stem, "png") == name


def test_explanations_lead_to_the_page_of_their_topic(app, make, visitor, contest):
    page = written(make, contest, topics=("the che",))
    written(make, contest, "Nháp", published=False, topics=("Thể chế",))
    bank = make.bank(2)
    link = practice_set(make, contest, bank)
    leads = f'href="/reading/{page.id}"'
    # Question 1 is of "Thể chế", question 2 of "Thủ tục".
    found = {}
    for number in (1, 2):
        shown = answer(visitor, f"{link}/mot/{number}", go="show").text
        found["Câu hỏi số 1?" in shown] = leads in shown
        assert "Nháp" not in shown
    assert found == {True: True, False: False}
    round_ = make.round(contest, bank, questions=2, opens=timedelta(days=-2), closes=timedelta(days=-1))
    entry = make.entry(contest)
    attempt = take_part(make, round_, entry)
    signer = app.extensions["device_signer"]
    visitor.client.set_cookie("nguoi_du_thi", signer.sign(str(entry.person_id)).decode())
    own = visitor.get(f"/attempts/{attempt.token}/paper").text
    assert own.count(leads) == 1
    assert "Đọc thêm: Cơ chế một cửa" in own


def test_a_reader_of_the_desk_sees_the_list_and_changes_nothing(make, browser_for, contest):
    page = written(make, contest)
    viewer = browser_for(Role.VIEWER)
    words = viewer.get(f"/desk/contests/{contest.id}/learning").words()
    assert "Cơ chế một cửa" in words and "Rút về nháp" not in words
    assert viewer.get(f"/desk/learning/pages/{page.id}").status == 403
