"""Builds small Word files from the XML that matters to a test."""

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line breaks become what Word writes for them."""
    inner = ""
    for index, line in enumerate(text.split("\n")):
        inner += "<w:br/>" if index else ""
        for part_index, part in enumerate(line.split("\t")):
            inner += "<w:tab/>" if part_index else ""
            inner += f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs (strings that do not begin with "<" are plain runs)."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, level: int, list_id: int = 1, properties: str = "") -> str:
    """A paragraph with automatic numbering."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(run(text, properties), properties=number)


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is text (one paragraph per line) or ready XML."""

    def cell(content: str) -> str:
        inner = content if content.startswith("<") else "".join(map(paragraph, content.split("\n")))
        return f"<w:tc>{inner}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def numbering(*levels: tuple[str, str], extra: str = "") -> str:
    """A numbering part with one list (id 1) of levels (number format, level text)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (shape, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
    return abstract + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' + extra


def docx(*blocks: str, numbering: str = "", styles: str = "", document: str = "") -> bytes:
    """The bytes of a .docx; `document` replaces the whole main part."""
    body = "".join(each if each.startswith("<") else paragraph(each) for each in blocks)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document or f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
