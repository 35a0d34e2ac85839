"""The pictures inside a Word document that can be shown with a question exactly as Word shows them."""

import posixpath
import zipfile

from lxml import etree

from contest.banks import picture_files
from contest.rules.parsed import ParsedPicture

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
# What all pictures of a document may come to; each counts as often as it is shown.
_ALL_TOGETHER = 48 * 1024 * 1024


class Pictures:
    """The picture files of a package, asked by the drawing that shows one of them."""

    def __init__(self, package: zipfile.ZipFile, main: str, relations: etree._Element | None) -> None:
        folder = posixpath.dirname(main)
        self._package = package
        self._left = _ALL_TOGETHER
        self._read: dict[str, ParsedPicture | None] = {}
        self._names = {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip(
                "/"
            )
            for one in (() if relations is None else relations.iter(RELATION))
            if one.get("TargetMode", "") != "External"
        }

    def shown_by(self, drawing: etree._Element) -> ParsedPicture | None:
        """The embedded picture that the drawing (w:drawing) shows whole and alone; None for anything else."""
        shown = [each.get("uri", "") for each in drawing.iter(_DRAWING + "graphicData")]
        blips = list(drawing.iter(_DRAWING + "blip"))
        if shown != [_PICTURE] or len(blips) != 1 or _altered(drawing):
            return None
        name = self._names.get(blips[0].get(_EMBED, ""), "")
        if name not in self._read:
            self._read[name] = self._file(name)
        found = self._read[name]
        self._left -= len(found.content) if found else 0
        return found if self._left >= 0 else None

    def _file(self, name: str) -> ParsedPicture | None:
        try:
            entry = self._package.getinfo(name)
        except KeyError:
            return None
        if entry.file_size > picture_files.LARGEST:
            return None
        with self._package.open(entry) as stream:
            return picture_files.parsed(stream.read(picture_files.LARGEST + 1))


def _altered(drawing: etree._Element) -> bool:
    """Whether Word shows only a part of the picture, or shows it turned: the file alone says something else."""
    cuts = (crop.get(side, "0") for crop in drawing.iter(_DRAWING + "srcRect") for side in "ltrb")
    turns = (
        place.get(turn, "0")
        for place in drawing.iter(_DRAWING + "xfrm")
        for turn in ("rot", "flipH", "flipV")
    )
    return any(value not in ("0", "false", "0%") for value in (*cuts, *turns))
