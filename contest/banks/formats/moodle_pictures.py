"""The picture that Moodle keeps inside its XML for the text of a question."""

import binascii
import re
from base64 import b64decode
from urllib.parse import unquote

from lxml import etree

from contest.banks import picture_files
from contest.banks.formats.markup_text import OBJECTS
from contest.banks.formats.sketch import Sketch
from contest.banks.formats.xml_tree import all_text, children
from contest.rules.parsed import FaultKind

_IMG = re.compile(r"<img\b", re.IGNORECASE)
_SOURCE = re.compile(r"<img\b[^<>]*?\ssrc\s*=\s*([\"'])@@PLUGINFILE@@/([^\"'<>]+)\1", re.IGNORECASE)
# Four letters stand for three bytes, and lines may break.
_LONGEST = picture_files.LARGEST * 3 // 2


def take(sketch: Sketch, text: etree._Element) -> None:
    """Keep the one picture of a text (<questiontext>) that was just read, instead of calling it lost.

    Anything else that was lost of the text, a second picture or one that the file does not hold stays said.
    """
    lost = [each for each in sketch.faults if each.kind is FaultKind.LOST_OBJECT]
    markup = "".join(all_text(each) for each in children(text, "text"))
    found = _SOURCE.search(markup)
    if found is None or len(_IMG.findall(markup)) != 1:
        return
    said = f"{OBJECTS['img']} ({found[2].rpartition('/')[2][:60]})"
    if [dict(each.values)["object"] for each in lost] == [said]:
        sketch.picture = picture_files.parsed(_content(text, unquote(found[2])))
        if sketch.picture:
            sketch.faults.remove(lost[0])


def _content(text: etree._Element, path: str) -> bytes:
    """The bytes of an embedded file; b"" when it is not there once, too large or not in base64."""
    files = [
        all_text(file)
        for file in children(text, "file")
        if file.get("path", "/").lstrip("/") + file.get("name", "") == path
        and file.get("encoding", "") == "base64"
    ]
    if len(files) != 1 or len(files[0]) > _LONGEST:
        return b""
    try:
        return b64decode("".join(files[0].split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
