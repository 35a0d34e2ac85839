"""Reads an uploaded table of units in a throw-away process with limits, so that no file can harm the server."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from contest.errors import Refusal
from contest.language import Text, _
from contest.rules import unit_tree
from contest.rules.unit_tree import UnitTable

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
CHILD = "contest.units.table_process"
# Nothing else of the server's environment (its secrets, its database) reaches the child.
PASSED_ON = ("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
LIMITS = {"seconds": 20, "megabytes": 768}

SENTENCES: dict[str, Text] = {
    "empty": _("Tệp trống. Hãy chọn lại tệp có danh sách đơn vị."),
    "encrypted": _("Tệp đang được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi tải lên."),
    "broken": _("Tệp bị hỏng nên không đọc được. Hãy mở tệp, lưu lại thành .xlsx rồi tải lên."),
    "too_long": _("Bảng quá lớn. Hãy xóa các dòng, cột thừa ở cuối bảng hoặc chia thành nhiều tệp."),
    "encoding": _("Không nhận ra bảng mã của tệp. Hãy lưu lại thành .xlsx hoặc “CSV UTF-8” rồi tải lên."),
    "unknown": _("Tệp này không phải bảng tính. Hãy dùng tệp Excel (.xlsx) hoặc .csv."),
    "no_header": _(
        "Chưa tìm thấy dòng tiêu đề. Bảng cần ít nhất hai cột “Mã” và “Tên đơn vị”; hãy dùng tệp mẫu."
    ),
}


def read_table(content: bytes, known_codes: frozenset[str] = frozenset()) -> UnitTable:
    """The first sheet of the file that is a table of units; raises Refusal when there is none.

    Takes up to 20 seconds, so never inside a transaction.
    """
    for cells in _cells(content):
        table = unit_tree.read(cells, known_codes)
        if table.header_found:
            return table
    raise Refusal(SENTENCES["no_header"])


def _cells(content: bytes) -> list[list[list[str]]]:
    """Every sheet as rows of text, read by the child."""
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code; the file goes in by pipe
        [sys.executable, "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    try:
        letter = json.dumps(LIMITS).encode() + b"\n" + content
        answer, complaint = process.communicate(letter, timeout=LIMITS["seconds"])
    except subprocess.TimeoutExpired:
        raise Refusal(SENTENCES["too_long"]) from None
    finally:
        process.kill()
        process.wait()
    if process.returncode != 0:
        log.warning(
            "table reader ended with %s: %s", process.returncode, complaint[-2000:].decode(errors="replace")
        )
        stopped = process.returncode < 0 or b"MemoryError" in complaint
        raise Refusal(SENTENCES["too_long" if stopped else "broken"])
    told = json.loads(answer)
    if "cannot" in told:
        raise Refusal(SENTENCES[told["cannot"]])
    cells: list[list[list[str]]] = told["tables"]
    return cells


def _environment() -> dict[str, str]:
    """What the child needs to find the interpreter, the libraries and the project, and no more."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"PYTHONPATH": path}
