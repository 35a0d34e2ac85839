"""Reads an uploaded table (Excel, OpenDocument, CSV) into cells of text, in a throw-away process."""

import json

from contest.errors import Refusal
from contest.files.child import ChildFailed, ask
from contest.language import Text, _

CHILD = "contest.files.table_process"
LIMITS = {"seconds": 20, "megabytes": 768}

SENTENCES: dict[str, Text] = {
    "empty": _("Tệp trống. Hãy chọn lại tệp có danh sách."),
    "encrypted": _("Tệp đang được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi tải lên."),
    "broken": _("Tệp bị hỏng nên không đọc được. Hãy mở tệp, lưu lại thành .xlsx rồi tải lên."),
    "too_long": _("Bảng quá lớn. Hãy xóa các dòng, cột thừa ở cuối bảng hoặc chia thành nhiều tệp."),
    "encoding": _("Không nhận ra bảng mã của tệp. Hãy lưu lại thành .xlsx hoặc “CSV UTF-8” rồi tải lên."),
    "unknown": _("Tệp này không phải bảng tính. Hãy dùng tệp Excel (.xlsx) hoặc .csv."),
}


def cells(content: bytes, header: str) -> list[list[list[str]]]:
    """Every sheet of the file as rows of text; raises Refusal with what to do next.

    `header` names the table that is looked for (a key of table_process.HEADERS). Takes up to 20 seconds, and
    longer while others are read, so never inside a transaction.
    """
    letter = json.dumps({**LIMITS, "header": header}).encode() + b"\n" + content
    try:
        told = json.loads(ask(CHILD, letter, LIMITS["seconds"]))
    except ChildFailed as failed:
        raise Refusal(SENTENCES["too_long" if failed.stopped else "broken"]) from failed
    if "cannot" in told:
        raise Refusal(SENTENCES[told["cannot"]])
    found: list[list[list[str]]] = told["tables"]
    return found
