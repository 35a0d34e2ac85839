"""Puts paragraphs and tables into a Word file: A4, Times New Roman 13, page numbers from the second page on."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from contest.banks.writing import word_pictures
from contest.rules.parsed import ParsedPicture
from contest.web.printable import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BREAK = "<w:r><w:br/></w:r>"
# Without it two files of the same content would differ by when they were written.
FIRST_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS_PER_MM = 1440 / 25.4


def run(text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> str:
    """A run of text; size in points."""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    sized = f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>' if size != 13 else ""
    look = f"<w:rPr>{marks}{sized}</w:rPr>" if marks or sized else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'


def paragraph(*runs: str, style: str = "Normal") -> str:
    """A paragraph of runs in one of the styles below."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table with thin lines over the whole width; its first row is bold and comes again on each page."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    column = f'<w:gridCol w:w="{_twips(165) // len(rows[0])}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{column * len(rows[0])}</w:tblGrid>"
        f"{''.join(_row(row, head=index == 0) for index, row in enumerate(rows))}</w:tbl>"
    )


def package(body: Iterable[str], pictures: Sequence[ParsedPicture] = ()) -> bytes:
    """The .docx with these paragraphs and tables. The same body gives the same bytes.

    `pictures`: those that paragraphs of the body show by their numbers.
    """
    document = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}{paragraph()}{_SECTION}'
        "</w:body></w:document>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (_parts(pictures) | {"word/document.xml": document}).items():
            xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
            archive.writestr(_entry(name), xml)
        for name, file in word_pictures.files(pictures).items():
            archive.writestr(_entry(name), file)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIRST_ZIP_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Sequence[str], head: bool) -> str:
    inner = "".join(f"<w:tc>{paragraph(run(cell, bold=head), style='Cell')}</w:tc>" for cell in cells)
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _style(name: str, paragraph_properties: str, default: bool = False) -> str:
    first = ' w:default="1"' if default else ' w:customStyle="1"'
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{first}><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph_properties}</w:pPr></w:style>"
    )


_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>'
_INDENT = f'<w:ind w:left="{_twips(7)}"/>'
# keepNext and keepLines: a question stays on one page with its choices.
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="26"/><w:szCs w:val="26"/>'
    '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("Normal", '<w:spacing w:before="0" w:after="60"/>', default=True)
    + _style("Title", '<w:spacing w:before="0" w:after="240"/><w:jc w:val="center"/>')
    + _style("Part", '<w:keepNext/><w:spacing w:before="240" w:after="120"/>')
    + _style(
        "Stem", '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="60"/><w:jc w:val="both"/>'
    )
    + _style("Choice", f"<w:keepLines/>{_INDENT}")
    + _style("Picture", "<w:keepNext/>" + _INDENT)
    + _style("Note", f'<w:keepLines/>{_INDENT}<w:jc w:val="both"/>')
    + _style(
        "KeyTitle",
        '<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="160"/><w:jc w:val="center"/>',
    )
    + _style("Cell", '<w:spacing w:before="40" w:after="40"/><w:jc w:val="center"/>')
    + "</w:styles>"
)
_PAGE_NUMBER = (
    f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>'
)
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/>'
    f'<w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/>'
    f'<w:pgMar w:top="{_twips(20)}" w:right="{_twips(15)}" w:bottom="{_twips(20)}" w:left="{_twips(30)}"'
    f' w:header="{_twips(10)}" w:footer="{_twips(10)}" w:gutter="0"/><w:titlePg/></w:sectPr>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_TYPES, _TIES = "[Content_Types].xml", "word/_rels/document.xml.rels"
_PARTS = {
    _TYPES: (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{_OFFICE}.header+xml"/></Types>'
    ),
    "_rels/.rels": _RELATIONS.format(
        f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    ),
    _TIES: _RELATIONS.format(
        f'<Relationship Id="rId1" Type="{_RELATION}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATION}/header" Target="header1.xml"/>'
    ),
    "word/styles.xml": _STYLES,
    "word/header1.xml": _PAGE_NUMBER,
}


def _parts(pictures: Sequence[ParsedPicture]) -> dict[str, str]:
    """The parts every document has, those that name its pictures completed."""
    types = _PARTS[_TYPES].replace("<Default", word_pictures.content_types(pictures) + "<Default", 1)
    ties = _PARTS[_TIES].replace("</Relationships>", word_pictures.relations(pictures) + "</Relationships>")
    return _PARTS | {_TYPES: types, _TIES: ties}
