"""The pictures that float over the cells of an .xlsx, by the cell in which each begins."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from contest.banks import picture_files
from contest.banks.formats.xml_tree import child, descendants, local, parse
from contest.rules.parsed import ParsedPicture

_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_ANCHORS = frozenset({"oneCellAnchor", "twoCellAnchor"})
_DRAWING = "/drawing"
# What all pictures of a workbook may come to; each counts as often as it is shown.
ALL_TOGETHER = 48 * 1024 * 1024
PICTURE, SHAPE = "hình ảnh", "hình vẽ hoặc hộp chữ"


@dataclass(frozen=True)
class SheetPicture:
    """Something over the cells: the cell in which it begins and the last row it covers, all from 0.

    picture: None for what is no picture that can be shown whole; `name` says what it is.
    """

    row: int
    column: int
    last_row: int
    picture: ParsedPicture | None = None
    name: str = PICTURE


class Drawings:
    """The drawings of one workbook, asked sheet by sheet; what it reads of them all together is limited."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = ALL_TOGETHER

    def over(self, sheet_part: str) -> list[SheetPicture]:
        """Everything that floats over the cells of a sheet, by the name of its part."""
        found: list[SheetPicture] = []
        for kind, target in self._relations(sheet_part).values():
            if kind.endswith(_DRAWING):
                found += self._anchored(target)
        return found

    def _anchored(self, part: str) -> Iterator[SheetPicture]:
        root = self._xml(part)
        files = {name: target for name, (_kind, target) in self._relations(part).items()}
        for anchor in () if root is None else root:
            begins, ends = child(anchor, "from"), child(anchor, "to")
            if local(anchor) not in _ANCHORS or begins is None:
                continue
            row, column = _count(begins, "row"), _count(begins, "col")
            last = row
            if ends is not None:
                # A picture that ends on the line above a row does not cover it.
                last = _count(ends, "row") - (_count(ends, "rowOff") <= 0)
            blips = list(descendants(anchor, "blip"))
            shown = self._file(files.get(blips[0].get(_EMBED, ""), "")) if len(blips) == 1 else None
            whole = shown if not _altered(anchor) else None
            yield SheetPicture(row, column, max(row, last), whole, PICTURE if blips else SHAPE)

    def _file(self, name: str) -> ParsedPicture | None:
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            return None
        self._left -= entry.file_size
        if entry.file_size > picture_files.LARGEST or self._left < 0:
            return None
        return picture_files.parsed(self._archive.read(entry))

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part: by id the kind of each relation and the name of the part it leads to."""
        folder, base = posixpath.split(part)
        root = self._xml(f"{folder}/_rels/{base}.rels")
        return {
            one.get("Id", ""): (
                one.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            )
            for one in (() if root is None else root)
            if one.get("TargetMode", "") != "External"
        }

    def _xml(self, name: str) -> etree._Element | None:
        try:
            return parse(self._archive.read(name))
        except KeyError:
            return None


def _count(marker: etree._Element, name: str) -> int:
    found = child(marker, name)
    text = "" if found is None else (found.text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _altered(anchor: etree._Element) -> bool:
    """Whether the sheet shows only a part of the picture, or shows it turned."""
    cuts = (crop.get(side, "0") for crop in descendants(anchor, "srcRect") for side in "ltrb")
    turns = (
        place.get(turn, "0") for place in descendants(anchor, "xfrm") for turn in ("rot", "flipH", "flipV")
    )
    return any(value not in ("0", "false", "0%") for value in (*cuts, *turns))
