"""Uploads are read in a process of their own, which may die without harm."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workbooks import HEADER, far_cell, xls, xlsx

from contest.banks.formats.child import read_in_child
from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable

ROW = (1, "Một cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", None)
ROOT = Path(__file__).parents[2]


def test_the_child_reads_what_the_reader_reads() -> None:
    content = xlsx([HEADER, ROW])
    bank = read_in_child(content, "câu hỏi.xls")
    assert bank == read_bank(content, "câu hỏi.xls")
    assert bank.questions[0].faults[0].message("en")


def test_a_refusal_comes_back_as_itself() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_in_child(far_cell(), "a.xlsx")
    assert refusal.value.kind == "far_cell"


def test_a_large_file_is_refused_without_a_child() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_in_child(b"x" * (30 * 1024 * 1024), "a.csv", seconds=0)
    assert refusal.value.kind == "too_big"


def test_a_child_that_is_too_slow_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read_in_child(delimited([ROW] * 100_000), "a.csv", seconds=1, megabytes=4096)
    assert refusal.value.kind == "too_slow"
    assert time.monotonic() - began < 10


def test_a_child_without_enough_memory_ends_alone() -> None:
    rows = [(number, f"Câu {number}?", "a", "b", "c", "d", "A") for number in range(20_000)]
    with pytest.raises(Unreadable) as refusal:
        read_in_child(delimited(rows), "a.csv", megabytes=60)
    assert refusal.value.kind == "too_slow"


def delimited(rows: list[tuple[object, ...]]) -> bytes:
    """Rows as delimited text."""
    return "\n".join(",".join(map(str, row)) for row in [HEADER, *rows]).encode()


def test_an_old_workbook_with_a_far_cell_harms_nobody() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_in_child(xls([[""] * 255 + ["x"], *[[""]] * 20_000, ["y"]]), "a.xls")
    assert refusal.value.kind in ("far_cell", "too_slow")


def test_no_secret_of_the_server_reaches_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "environment"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nenv > {seen}\nexit 3\n")
    python.chmod(0o755)
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(Unreadable) as refusal:
        read_in_child(b"a,b", "a.csv")
    assert refusal.value.kind == "broken"
    assert "SECRET_KEY" not in seen.read_text()


def test_a_gevent_worker_serves_others_while_a_child_reads() -> None:
    script = (
        "from gevent import monkey; monkey.patch_all()\n"
        "import gevent, sys\n"
        "from contest.banks.formats.child import read_in_child\n"
        "ticks = []\n"
        "def tick():\n"
        "    while True:\n"
        "        gevent.sleep(0.01); ticks.append(1)\n"
        "gevent.spawn(tick)\n"
        "jobs = [gevent.spawn(read_in_child, 'Câu hỏi,A,B,Đáp án\\nMột?,a,b,A'.encode(), 'a.csv') for _ in range(3)]\n"
        "gevent.joinall(jobs)\n"
        "print([job.value.ready for job in jobs], len(ticks) > 5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "[1, 1, 1] True", done.stderr
