"""Pictures of questions: what is taken, where they are shown, and who may open them, and when."""

import io
import re
import struct
import zlib
from datetime import timedelta

import pytest

from contest.banks.models import Question, QuestionPicture, VersionPicture
from contest.banks.picture_files import PictureFile, told
from contest.database import db
from contest.permissions import Role
from tests.conftest import Answer, Browser
from tests.features.test_attempts import Phone


def png(width: int = 40, height: int = 30, padding: int = 0) -> bytes:
    """A real picture, all of one colour; `padding` makes it larger without changing it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = [chunk(b"IHDR", head), chunk(b"tEXt", b"x" * padding), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x11\x08\x00\x1e\x00\x28" + b"\0" * 20
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (png(), "image/png"),
        (JPEG, "image/jpeg"),
        (b"\xff\xd8\xff\x01\xff\xc4\x00\x02\xff\xc2\x00\x11\x08\x00\x1e\x00\x28" + b"\0" * 9, "image/jpeg"),
        (b"GIF89a\x28\x00\x1e\x00" + b"\0" * 9, "image/gif"),
        (WEBP + b"VP8X" + b"\0" * 8 + b"\x27\0\0\x1d\0\0", "image/webp"),
        (
            WEBP + b"VP8L" + b"\0" * 4 + b"\x2f" + (39 | 29 << 14).to_bytes(4, "little") + b"\0" * 9,
            "image/webp",
        ),
        (WEBP + b"VP8 " + b"\0" * 10 + b"\x28\0\x1e\0", "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(content, media_type):
    assert told(content) == PictureFile(media_type, 40, 30)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        png()[:20],
        png(width=0),
        JPEG[:12],
        b"\xff\xd8\xff\xe0\x00\x00",
        b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 20,
        b"GIF89a\x28\x00",
        WEBP + b"VP8?" + b"\0" * 20,
        WEBP,
    ],
)
def test_what_is_no_picture_or_breaks_off_is_not_taken_for_one(content):
    assert told(content) is None


def send(editor: Browser, path: str, content: bytes | None = None, **fields: str) -> Answer:
    """The question's form with a file in it."""
    page = editor.get(path).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    body: dict[str, object] = {
        "csrf_token": token[1], "kind": "single", "text": "Hình này là gì?", "approve": "1", "seen": "1",
        "choices-0-text": "Quốc huy", "choices-0-right": "y", "choices-1-text": "Quốc kỳ",
        "choices-2-text": "Quốc ca", "choices-3-text": "Quốc hiệu", **fields,
    }  # fmt: skip
    if content is not None:
        body["picture"] = (io.BytesIO(content), "anh.png")
    return Answer(editor.client.post(path, data=body, content_type="multipart/form-data"))


@pytest.fixture
def editor(browser_for) -> Browser:
    browser: Browser = browser_for(Role.ADMINISTRATOR)
    return browser


@pytest.fixture
def bank(make):
    return make.bank(questions=0)


def status(browser: Browser, path: str) -> int:
    return browser.client.get(path).status_code


def address(page: str) -> str:
    found = re.search(r'<img src="(/pictures/[^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_picture_is_shown_with_its_question_until_it_is_changed_or_removed(app, bank, editor):
    made = send(editor, f"/desk/banks/{bank.id}/questions/new", png())
    first = address(editor.follow(made).text)
    shown = editor.client.get(first)
    assert (shown.data, shown.mimetype) == (png(), "image/png")
    assert "immutable" in shown.headers["Cache-Control"]
    with app.app_context():
        question_id = db.session.query(Question.id).scalar()
    edit = f"/desk/questions/{question_id}/edit"
    assert first in editor.get(edit).text
    send(editor, edit, text="Hình này là hình gì?")
    assert address(editor.get(f"/desk/questions/{question_id}").text) == first
    send(editor, edit, png(50, 50), text="Hình này là hình gì?", seen="2")
    second = address(editor.get(f"/desk/questions/{question_id}").text)
    assert second != first and 'width="50"' in editor.get(edit).text
    assert status(editor, first) == 200
    send(editor, edit, text="Hình này là hình gì?", seen="3", no_picture="y")
    assert "/pictures/" not in editor.get(f"/desk/questions/{question_id}").text
    with app.app_context():
        assert db.session.query(VersionPicture).count() == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg/>", "không phải hình PNG"),
        (png(4001, 1), "quá 4.000 điểm ảnh"),
        (png(padding=1024 * 1024), "lớn hơn 1 MB"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_refused_with_what_to_do(app, bank, editor, content, said):
    answer = send(editor, f"/desk/banks/{bank.id}/questions/new", content)
    assert answer.status == 422
    assert said in answer.words() and "Hình này là gì?" in answer.text
    with app.app_context():
        assert (db.session.query(QuestionPicture).count(), db.session.query(Question).count()) == (0, 0)


def test_nobody_but_staff_opens_a_picture_before_its_round_opens(app, make, at, bank, editor, visitor):
    made = send(editor, f"/desk/banks/{bank.id}/questions/new", png())
    picture = address(editor.follow(made).text)
    assert status(visitor, picture) == 404
    contest = make.contest()
    round_ = make.round(contest, bank, questions=1, opens=timedelta(hours=1), closes=timedelta(hours=3))
    assert (status(visitor, picture), status(editor, picture)) == (404, 200)
    at(hours=1)
    assert visitor.client.get(picture).data == png()
    assert status(visitor, "/pictures/nothing") == 404
    phone = Phone(app, make.entry(contest).person_id)
    phone.start(round_.code)
    assert address(phone.get(f"/attempts/{phone.token}").text) == picture
    phone.hand_in()
    at(hours=4)
    assert address(phone.get(f"/attempts/{phone.token}/paper").text) == picture
    assert address(editor.get(f"/desk/rounds/{round_.id}/papers/1").text) == picture
