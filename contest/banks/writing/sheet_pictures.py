"""Puts pictures over the cells of a workbook that is already written, each in a row of its own height."""

import io
import re
import zipfile
from collections.abc import Mapping

from contest.banks.writing.picture_parts import EMU_PER_PIXEL, ENDINGS, file_name, shown_size
from contest.banks.writing.word_package import FIRST_ZIP_MOMENT
from contest.rules.parsed import ParsedPicture

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CELLS = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "xl/worksheets/sheet1.xml"
_POINTS_PER_PIXEL = 0.75
# In pixels: what a column of pictures has room for.
WIDEST, TALLEST = 240, 180


def with_pictures(content: bytes, column: int, pictures: Mapping[int, ParsedPicture]) -> bytes:
    """The workbook with pictures in a column of its first sheet: row -> picture, both counted from 0.

    The files of the pictures stay byte for byte what they are.
    """
    parts = _parts(content)
    parts[_SHEET] = _with_drawing(parts[_SHEET].decode(), pictures).encode()
    parts["[Content_Types].xml"] = _with_types(parts["[Content_Types].xml"].decode(), pictures).encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = _relations(
        {"rId1": ("drawing", "../drawings/drawing1.xml")}
    )
    files = {file_name(at, picture): picture for at, picture in enumerate(pictures.values(), start=1)}
    parts["xl/drawings/_rels/drawing1.xml.rels"] = _relations(
        {f"rId{at}": ("image", f"../media/{file}") for at, file in enumerate(files, start=1)}
    )
    anchors = (
        _anchor(row, column, at, picture) for at, (row, picture) in enumerate(pictures.items(), start=1)
    )
    parts["xl/drawings/drawing1.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{_CELLS}" xmlns:a="{_MAIN}" xmlns:r="{_OFFICE}">{"".join(anchors)}</xdr:wsDr>'
    ).encode()
    return _package(parts | {f"xl/media/{file}": picture.content for file, picture in files.items()})


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _package(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, FIRST_ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return target.getvalue()


def _with_drawing(sheet: str, pictures: Mapping[int, ParsedPicture]) -> str:
    """The sheet pointing to its drawing, rows with a picture as high as it."""

    def taller(row: re.Match[str]) -> str:
        picture = pictures.get(int(row[1]) - 1)
        if picture is None:
            return row[0]
        height = shown_size(picture, WIDEST, TALLEST)[1] * _POINTS_PER_PIXEL + 6
        return f'<row r="{row[1]}" ht="{height:g}" customHeight="1"'

    sheet = re.sub(r'<row r="(\d+)"', taller, sheet)
    return sheet.replace("</worksheet>", f'<drawing xmlns:r="{_OFFICE}" r:id="rId1"/></worksheet>')


def _with_types(types: str, pictures: Mapping[int, ParsedPicture]) -> str:
    kinds = sorted({picture.media_type for picture in pictures.values()})
    named = "".join(f'<Default Extension="{ENDINGS[kind]}" ContentType="{kind}"/>' for kind in kinds)
    drawing = (
        '<Override PartName="/xl/drawings/drawing1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    )
    return types.replace("<Default", named + "<Default", 1).replace("</Types>", drawing + "</Types>")


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'.encode()


def _anchor(row: int, column: int, number: int, picture: ParsedPicture) -> str:
    """A picture that begins in a cell and moves with it."""
    width, height = (pixels * EMU_PER_PIXEL for pixels in shown_size(picture, WIDEST, TALLEST))
    gap = 2 * EMU_PER_PIXEL
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{gap}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{gap}</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="{width}" cy="{height}"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}"'
        f' name="Hình {number}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:oneCellAnchor>"
    )
