"""Old Word files: read through LibreOffice where the machine has it, else a sentence that says what to do."""

import os
import subprocess
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import ClassVar

import pytest

from contest.banks.draft_actions import File, read
from contest.banks.formats import old_word as old_word_module
from contest.banks.formats.old_word import as_docx
from contest.banks.formats.unreadable import Unreadable
from tests.features.test_banks_draft_pictures import pictured
from tests.features.test_banks_drafts import FILE, GOOD, word
from tests.features.test_pictures import png
from tests.formats.test_word_pictures import edited

ENTRY = "WordDocument".encode("utf-16-le")
# The signature, and a directory entry at its place: what tells an old Word file from other old files.
LOOKS_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + ENTRY.ljust(512, b"\0")


def old_word(folder: Path) -> bytes:
    """A real .doc, made by LibreOffice; without it, a file that only looks like one."""
    if not which("soffice"):
        return LOOKS_OLD
    (folder / "de.docx").write_bytes(word(FILE))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "doc", "--outdir", folder, folder / "de.docx"], check=True
    )
    return (folder / "de.doc").read_bytes()


@pytest.mark.slow
def test_an_old_word_file_is_read_or_refused_with_the_way_out(tmp_path):
    file = File("de.DOC", old_word(tmp_path))
    if which("soffice"):
        assert [question.ready for question in read(file).questions] == [True, False, True]
    else:
        with pytest.raises(Unreadable, match=r"lưu lại thành \.docx rồi tải lên"):
            read(file)


class Watched(BaseHTTPRequestHandler):
    """A server that only notes that somebody came."""

    came: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.came.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, *_said: object) -> None:
        return None


@pytest.mark.slow
@pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("namespace", [True, False])
def test_pictures_of_other_servers_are_never_fetched(tmp_path, monkeypatch, namespace):
    """Not even where the system gives the converter no network of its own to be cut off from."""
    if not namespace:
        kept = (line for line in old_word_module.LIMITED.splitlines() if "unshare" not in line)
        monkeypatch.setattr(old_word_module, "LIMITED", "\n".join(kept))
    server = HTTPServer(("127.0.0.1", 0), Watched)
    Thread(target=server.serve_forever, daemon=True).start()
    Watched.came.clear()
    address = f"http://127.0.0.1:{server.server_port}/hinh.png"
    document = pictured(f"Câu 1: {address}", png())
    document = edited(document, "word/document.xml", lambda part: part.replace(b"r:embed=", b"r:link="))
    document = edited(
        document,
        "word/_rels/document.xml.rels",
        lambda part: part.replace(
            b'Target="media/image1.png"', f'Target="{address}" TargetMode="External"'.encode()
        ),
    )
    (tmp_path / "de.docx").write_bytes(document)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/p", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "de.docx"], check=True)
    assert Watched.came  # so the document does ask for it where nobody stops it
    Watched.came.clear()
    assert as_docx((tmp_path / "de.doc").read_bytes()).startswith(b"PK")
    server.shutdown()
    assert not Watched.came


@pytest.fixture
def converter(tmp_path, monkeypatch):
    """Another program stands where LibreOffice would: what it does is a line of shell."""

    def install(line: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\nfor last; do :; done\nfolder=$(dirname $last)\n{line}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return install


def test_what_the_converter_made_is_read_with_its_keys_in_a_second_file(tmp_path, converter):
    (tmp_path / "made.docx").write_bytes(word(GOOD.replace("Đáp án: A\n", "")))
    converter(f"cp {tmp_path}/made.docx $folder/old.docx")
    parsed = read(File("de.doc", LOOKS_OLD, word("BẢNG ĐÁP ÁN\n1.A")))
    assert [[choice.right for choice in each.choices] for each in parsed.questions] == [
        [True, False, False, False]
    ]


def alive(pid: int) -> bool:
    """Whether a process still runs; one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("line", "kind"), [("sleep 60", "too_slow"), ("exit 1", "legacy_doc"), ("true", "legacy_doc")]
)
def test_a_converter_that_hangs_or_makes_nothing_is_a_sentence_and_leaves_nothing_running(
    tmp_path, converter, line, kind
):
    converter(f"sleep 60 & echo $! > {tmp_path}/pid\n{line}")
    with pytest.raises(Unreadable) as refused:
        as_docx(LOOKS_OLD, seconds=1)
    assert refused.value.kind == kind
    started = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 5  # the system takes a moment to end what was killed
    while alive(started) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(started)


def test_the_converter_knows_nothing_of_the_server(tmp_path, converter, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "của máy chủ")
    converter(f"env > {tmp_path}/seen; ulimit -v >> {tmp_path}/seen")
    with pytest.raises(Unreadable):
        as_docx(LOOKS_OLD)
    seen = (tmp_path / "seen").read_text()
    assert "SECRET_KEY" not in seen
    assert str(2048 * 1024) in seen


def test_any_other_file_is_left_as_it_is():
    assert as_docx(b"PK\x03\x04") == b"PK\x03\x04"
