"""The one picture of a text in HTML that a file holds: written inside the text, or as a file beside it."""

import binascii
import html
import re
from base64 import b64decode
from collections.abc import Callable
from urllib.parse import unquote

from contest.banks import picture_files
from contest.banks.formats.markup_text import OBJECTS
from contest.banks.formats.sketch import Sketch
from contest.rules.parsed import FaultKind

_IMG = re.compile(r"<(?:\w+:)?img\b", re.IGNORECASE)
_SOURCE = re.compile(r"<(?:\w+:)?img\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z.+-]+;base64,", re.IGNORECASE)
# Four letters stand for three bytes, and lines may break.
LONGEST = picture_files.LARGEST * 3 // 2


def take(sketch: Sketch, markup: str, file: Callable[[str], bytes]) -> None:
    """Keep the one picture of a text that was just read, instead of calling it lost.

    `file` gives the bytes of a file by its address, b"" for none. Anything else that was lost of the text,
    a second picture or one that nobody holds stays said.
    """
    lost = [each for each in sketch.faults if each.kind is FaultKind.LOST_OBJECT]
    found = _SOURCE.search(markup)
    if found is None or len(_IMG.findall(markup)) != 1 or len(lost) != 1:
        return
    source = html.unescape(found[1] or found[2])
    if not dict(lost[0].values)["object"].startswith(OBJECTS["img"]):
        return
    inside = _DATA.match(source)
    content = decoded(source[inside.end() :]) if inside else file(unquote(source))
    sketch.picture = picture_files.parsed(content)
    if sketch.picture:
        sketch.faults.remove(lost[0])


def decoded(base64: str) -> bytes:
    """The bytes of a file in base64; b"" when it is too large or not in base64."""
    if len(base64) > LONGEST:
        return b""
    try:
        return b64decode("".join(base64.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
