"""Which files can be kept as evidence: told by their first bytes, never by what they call themselves. Pure."""

import hashlib
from dataclasses import dataclass

from contest.errors import Refusal
from contest.language import _
from contest.web.printable import one_line

LARGEST = 10 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
# Ending: what the file begins with, and as what it is given out again.
KINDS: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "docx": (_ZIP, _OFFICE + "wordprocessingml.document"),
    "xlsx": (_ZIP, _OFFICE + "spreadsheetml.sheet"),
}


@dataclass(frozen=True)
class Evidence:
    """A file that was found to be what its name says."""

    filename: str
    media_type: str
    sha256: str
    content: bytes


def checked(filename: str, content: bytes) -> Evidence:
    """The file, ready to be kept; raises Refusal for another kind, an empty or a too large one.

    Nothing in it is opened: it is only given back, as a download, to those who may see the report.
    """
    name = one_line(filename.replace("\\", "/").rpartition("/")[2])
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if not content:
        raise Refusal(_("Tệp minh chứng trống. Hãy chọn lại tệp."))
    if len(content) > LARGEST:
        raise Refusal(_("Tệp minh chứng lớn hơn 10 MB. Hãy chụp nhỏ hơn hoặc tách tệp rồi tải lên lại."))
    if kind is None or not content.startswith(kind[0]):
        raise Refusal(
            _("Minh chứng cần là tệp PDF, PNG, JPEG, Word (.docx) hoặc Excel (.xlsx). Hãy chọn tệp khác.")
        )
    return Evidence(name[-200:], kind[1], hashlib.sha256(content).hexdigest(), content)
