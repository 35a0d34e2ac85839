"""What may be put beside a reading page: pictures and documents, told by their own first bytes."""

import re
from dataclasses import dataclass

from contest.banks import picture_files
from contest.errors import Refusal
from contest.language import _
from contest.rules import vietnamese

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 80
# The first bytes, the ending of the name, and the only type they are ever served as.
DOCUMENTS = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"PK\x03\x04", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"PK\x03\x04", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True)
class Told:
    """A file as it will be kept; width and height only of pictures."""

    name: str
    media_type: str
    width: int | None
    height: int | None


def told(filename: str, content: bytes) -> Told:
    """What a file is and what the page may call it. Raises Refusal with what to do about another one."""
    if len(content) > LARGEST:
        raise Refusal(_("Tệp lớn hơn 10 MB. Hãy thu nhỏ tệp rồi chọn lại."))
    stem, _dot, ending = filename.rpartition(".")
    found = picture_files.told(content)
    if found is not None:
        if not picture_files.fits(content, found):
            raise Refusal(_("Hình lớn hơn 1 MB hoặc quá 4.000 điểm ảnh. Hãy thu nhỏ hình rồi chọn lại."))
        name = called(stem or filename, _ENDINGS[found.media_type])
        return Told(name, found.media_type, found.width, found.height)
    for begins, its_ending, media_type in DOCUMENTS:
        if content.startswith(begins) and ending.lower() == its_ending:
            return Told(called(stem, its_ending), media_type, None, None)
    raise Refusal(
        _("Chỉ nhận hình PNG, JPEG, GIF, WebP và tệp PDF, Word (.docx), Excel (.xlsx). Hãy chọn lại.")
    )


def called(stem: str, ending: str) -> str:
    """A name that can stand in the text of a page: "Sơ đồ một cửa" is "so-do-mot-cua.png"."""
    words = re.findall("[a-z0-9]+", vietnamese.fold(stem))
    return f"{'-'.join(words)[:LONGEST_NAME].strip('-') or 'tep'}.{ending}"
