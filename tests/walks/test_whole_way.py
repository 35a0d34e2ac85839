"""From a Word file to a published table: one contest, end to end, over HTTP, on both databases."""

import io
import re
from pathlib import Path

from openpyxl import load_workbook

from contest import chores
from contest.attempts import paper_queries
from contest.attempts.models import Attempt
from contest.database import db
from contest.permissions import Role
from tests.conftest import Answer, Browser
from tests.setting_up import BASICS, ROUND, with_rules
from tests.walks.test_contest_setup import link

ROOT = Path(__file__).parent.parent.parent
WORD = ROOT / "question_banks" / "03-thu-tuc-hanh-chinh-mot-cua.docx"
UNITS = ROOT / "contest" / "demo" / "units.csv"
PEOPLE = (
    ("Nguyễn Thị Hoà", "0901000001", "P01", 5),
    ("Trần Văn Bảy", "0901000002", "P01", 3),
    ("Lê Thị Sáu", "0901000003", "S10", 0),
)


def send_file(browser: Browser, path: str, file: Path, field: str = "file") -> Answer:
    """Upload a file through the form that stands at this address."""
    page = browser.get(path).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    body = {"csrf_token": token, field: (io.BytesIO(file.read_bytes()), file.name)}
    return Answer(browser.client.post(path, data=body, content_type="multipart/form-data"))


def test_from_a_word_file_to_a_published_table(app, browser_for, at):
    organiser: Browser = browser_for(Role.ORGANISER)

    # Units from the table the province keeps.
    preview = organiser.follow(send_file(organiser, "/desk/units/import", UNITS))
    assert "45" in preview.words()
    confirm = re.search(r'action="([^"]+/confirm)"', preview.text)[1]
    # Four of them are no more: wards that went into others.
    assert "45 đơn vị mới" in organiser.follow(organiser.post(confirm, page=preview_path(confirm))).words()

    # A bank from Word: every question is ready, and goes in approved.
    upload = organiser.post("/desk/banks/new", name="Một cửa", description="").location
    draft_at = send_file(organiser, upload, WORD).location
    assert "30 sẵn sàng, 0 cần xem lại" in organiser.get(draft_at).words()
    taken = organiser.follow(organiser.post(f"{draft_at}/accept", page=draft_at, approve="1"))
    assert "Đã đưa 30 câu vào ngân hàng" in taken.words()

    # A contest with a round of five questions, published with its papers.
    round_code = published_round(organiser, upload.split("/")[3])

    at(days=8)
    phones = [take_part(app, round_code, *person) for person in PEOPLE]

    # Before the round has closed nobody sees who was right, and nobody sees a table.
    assert phones[0].get(f"/results/{round_code}").status == 404
    at(days=14, hours=1)
    with app.app_context():
        chores.run_once()

    results = organiser.get(link(organiser.get("/desk/results"), "Tuần 1"))
    assert "Trần Văn Bảy" in results.words()
    publish = re.search(r'action="([^"]+/publish)"', results.text)[1]
    organiser.post(publish, page="/desk/results/1")

    stranger = Browser(app.test_client())
    table = stranger.get(f"/results/{round_code}").words()
    assert table.index("Nguyễn Thị Hoà") < table.index("Trần Văn Bảy") < table.index("Lê Thị Sáu")
    block = re.search(
        r'<option value="([^"]+)"[^>]*>Cán bộ', stranger.get(f"/participation/{round_code}").text
    )[1]
    participation = stranger.get(f"/participation/{round_code}?block={block}").words()
    assert "3,85 %" in participation  # two of the 52 officials of phường Sen Hồng
    book = load_workbook(io.BytesIO(stranger.client.get(f"/results/{round_code}.xlsx").data))
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert {"Nguyễn Thị Hoà", "Trần Văn Bảy", "Lê Thị Sáu"} <= set(cells)

    # Everybody can now see their own paper, with the right answers and their sources.
    round_page = phones[1].get(link(phones[1].get("/me"), "Tuần 1"))
    own = phones[1].get(link(round_page, "Xem lại bài")).words()
    assert "Đáp án đúng" in own
    assert "Nghị định" in own


def preview_path(confirm: str) -> str:
    return confirm.removesuffix("/confirm")


def published_round(organiser: Browser, bank_id: str) -> str:
    """Set a contest up and publish its one round; gives the round's short code."""
    contest = organiser.post("/desk/contests/new", **BASICS).location.removesuffix("/rounds")
    organiser.post(f"{contest}/rounds/new", **(ROUND | {"bank_id": bank_id, "prediction": ""}))
    with_rules(organiser, contest)
    publish = re.search(r'action="([^"]+/publish)"', organiser.get(contest).text)[1]
    opened = organiser.follow(organiser.post(publish, page=contest))
    assert "Đã công bố đợt thi" in opened.words()
    public = organiser.get(link(organiser.get("/"), BASICS["name"]))
    return re.search(r"/rounds/([A-Z0-9]{6})", public.text)[1]


def take_part(app, round_code: str, name: str, phone: str, unit: str, right: int) -> Browser:
    """Come in, answer so many questions right and the others wrong, hand in."""
    browser = Browser(app.test_client())
    form = browser.get(f"/rounds/{round_code}/enter").text
    blocks = re.findall(r'name="block"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="block"', form)
    hidden = dict(re.findall(r'<input[^>]*name="(mark|shown)"[^>]*value="([^"]*)"', form))
    entered = browser.post(
        f"/rounds/{round_code}/enter",
        name=name,
        phone=phone,
        unit=unit,
        block="".join(blocks[0]),
        take_part="y",
        publish="y",
        **hidden,
    )
    assert "Mã quay lại của bạn" in entered.words()
    attempt = browser.post(f"/rounds/{round_code}/start", page=f"/rounds/{round_code}").location
    with app.app_context():
        keys = right_letters(attempt.rpartition("/")[2])
    for position, letter in enumerate(keys, start=1):
        wrong = "B" if letter == "A" else "A"
        answers = [{"position": position, "response": letter if position <= right else wrong, "revision": 1}]
        answer = browser.client.post(f"{attempt}/answers", json={"answers": answers})
        assert answer.status_code == 200, answer.json
    receipt = browser.follow(browser.post(f"{attempt}/hand-in", page=f"{attempt}/review"))
    assert f"câu đúng {right} / 5" in receipt.words() or f"{right} / 5" in receipt.words(), receipt.words()
    assert "Nghị định" not in receipt.words()
    return browser


def right_letters(token: str) -> list[str]:
    """The key as this attempt's paper shows it, from the database: no page tells it yet."""
    paper_id = db.session.query(Attempt.paper_id).filter_by(token=token).scalar()
    content, keys = paper_queries.content(paper_id), paper_queries.keys(paper_id)
    return [
        next(choice.label for choice in question.choices if choice.place in key.right)
        for question, key in zip(content.questions, keys, strict=True)
    ]
