"""The picture that Moodle keeps inside its XML for the text of a question."""

from lxml import etree

from contest.banks.formats import inline_pictures
from contest.banks.formats.sketch import Sketch
from contest.banks.formats.xml_tree import all_text, children

_PREFIX = "@@PLUGINFILE@@/"


def take(sketch: Sketch, text: etree._Element) -> None:
    """Keep the one picture of a text (<questiontext>) that was just read, instead of calling it lost."""
    markup = "".join(all_text(each) for each in children(text, "text"))
    inline_pictures.take(sketch, markup, lambda address: _content(text, address))


def _content(text: etree._Element, address: str) -> bytes:
    """The bytes of an embedded file; b"" when it is not there once, too large or not in base64."""
    files = [
        all_text(file)
        for file in children(text, "file")
        if _PREFIX + file.get("path", "/").lstrip("/") + file.get("name", "") == address
        and file.get("encoding", "") == "base64"
    ]
    return inline_pictures.decoded(files[0]) if len(files) == 1 else b""
