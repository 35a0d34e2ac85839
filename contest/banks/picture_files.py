"""What a picture file is, told by its own first bytes, whatever its name says; nothing here decodes a picture."""

from collections.abc import Callable
from dataclasses import dataclass

from contest.rules.parsed import ParsedPicture

# JPEG: the segments that tell the size; C4, C8 and CC among them tell something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


LARGEST = 1024 * 1024
MOST_PIXELS = 4000


@dataclass(frozen=True)
class PictureFile:
    """The kind of a picture and its size in pixels."""

    media_type: str
    width: int
    height: int


def told(content: bytes) -> PictureFile | None:
    """What the file is; None for what is no PNG, JPEG, GIF or WebP, or breaks off before its size."""
    for media_type, size in _READERS.items():
        found = size(content)
        if found is not None and min(found) > 0:
            return PictureFile(media_type, *found)
    return None


def fits(content: bytes, told: PictureFile) -> bool:
    """Whether a picture is within the limits: LARGEST in bytes, MOST_PIXELS wide and high."""
    return len(content) <= LARGEST and max(told.width, told.height) <= MOST_PIXELS


def parsed(content: bytes) -> ParsedPicture | None:
    """The picture as a reader of questions hands it over; None for what is no picture or beyond the limits."""
    known = told(content)
    if known is None or not fits(content, known):
        return None
    return ParsedPicture(known.media_type, known.width, known.height, content)


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 33:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _gif(content: bytes) -> tuple[int, int] | None:
    if content[:6] not in (b"GIF87a", b"GIF89a") or len(content) < 13:
        return None
    return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walks from segment to segment until the one that tells the size."""
    if content[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    match content[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = content[26:28], content[28:30]
            return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF
    return None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/gif": _gif,
    "image/webp": _webp,
}
