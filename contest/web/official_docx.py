"""Official papers as Word files, in Times New Roman. The same paper gives the same bytes."""

import io
import zipfile
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Written

from contest.rules.official import Top, top
from contest.web.official import Align, Heading, Official, Paragraph, Table
from contest.web.printable import one_line

FACE = "Times New Roman"
# In twentieths of a point, as Word measures: 165 mm between the margins.
TEXT_WIDTH = 9354
LEFT_WIDTH = 3750
# The first moment a zip file knows: the same paper is the same file, whenever it is asked for.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def docx(paper: Official) -> bytes:
    """A4 pages in the layout of Decree 30."""
    document = Document()
    _set_page(document)
    head = top(paper.head, paper.number, paper.day)
    _put_head(document, head)
    for text, after in ((paper.kind, 0), (paper.about, 0)):
        _write(_centred(document.add_paragraph(), after), text, bold=True, size=14)
    _rule(document.add_paragraph(), 58)
    for block in paper.blocks:
        _put_block(document, block)
    _put_end(document, head)
    _say_who_made_it(document, paper, head)
    target = io.BytesIO()
    document.save(target)
    return _without_time(target.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    run = number.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), (None, "PAGE"), ("end", "")):
        run._r.append(_field(kind) if kind else _instruction(text))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(13.5)
    style.element.rPr.rFonts.set(qn(_tag("eastAsia")), FACE)
    style.paragraph_format.space_after = Pt(0)


def _tag(name: str) -> str:
    """The name of a part as Word's own files write it."""
    return f"w:{name}"


def _field(kind: str) -> Any:
    mark = OxmlElement(_tag("fldChar"))
    mark.set(qn(_tag("fldCharType")), kind)
    return mark


def _instruction(text: str) -> Any:
    mark = OxmlElement(_tag("instrText"))
    mark.set(SPACE, "preserve")
    mark.text = text
    return mark


def _put_head(document: Any, head: Top) -> None:
    left, right = _two_columns(document)
    if head.superior:
        _write(_centred(left.paragraphs[0]), head.superior, size=12.5)
    _write(_centred(left.add_paragraph() if head.superior else left.paragraphs[0]), head.name, True, 12.5)
    if head.mark:
        _write(_centred(left.add_paragraph()), head.mark)
    else:
        _rule(left.add_paragraph(), 24)
    _write(_centred(right.paragraphs[0]), head.right[0], bold=True, size=12.5)
    if len(head.right) == 2:
        _write(_centred(right.add_paragraph()), head.right[1], bold=True)
    _rule(right.add_paragraph(), 14)
    left, right = _two_columns(document)
    _write(_centred(left.paragraphs[0], after=18), head.number, size=13)
    _write(_centred(right.paragraphs[0], after=18), head.place_and_day, italic=True)


def _two_columns(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    widths = [LEFT_WIDTH, TEXT_WIDTH - LEFT_WIDTH]
    _measure(table, widths)
    _narrow_cells(table)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Pt(width / 20)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _centred(paragraph: Any, after: float = 0) -> Any:
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _write(paragraph: Any, text: str, bold: bool = False, size: float = 13.5, italic: bool = False) -> None:
    # Room to write a number by hand must not collapse.
    spaces = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    run = paragraph.add_run(
        one_line(text.replace("  ", spaces)) if "  " not in text else text.replace("  ", spaces)
    )
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)


def _rule(paragraph: Any, indent: int) -> None:
    """A thin line, `indent` millimetres from both sides: the upper border of an almost flat paragraph."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.add_run(" ").font.size = Pt(4)
    borders, line = OxmlElement(_tag("pBdr")), OxmlElement(_tag("top"))
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(_tag(name)), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, _tag("spacing"), _tag("ind"), _tag("jc"), _tag("rPr")
    )


def _put_block(document: Any, block: Heading | Paragraph | Table) -> None:
    if isinstance(block, Table):
        _put_table(document, block)
        return
    paragraph = document.add_paragraph()
    kept = paragraph.paragraph_format
    kept.space_before = Pt(6)
    if isinstance(block, Heading):
        kept.space_after, kept.keep_with_next = Pt(6), True
        _write(paragraph, block.text, bold=True)
    elif block.note:
        _write(paragraph, block.text, italic=True, size=11)
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        kept.first_line_indent = Mm(10)
        _write(paragraph, block.text)


def _put_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.columns))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    _narrow_cells(table)
    whole = sum(column.width for column in block.columns)
    widths = [column.width * TEXT_WIDTH // whole for column in block.columns]
    _measure(table, widths)
    aligns = [column.align for column in block.columns]
    head = _row([column.header for column in block.columns], widths, [Align.CENTRE] * len(widths), True)
    head.insert(0, _row_properties(head=True))
    table._tbl.append(head)
    # Rows are made as XML: asking a long table for its cells takes time with the square of its length.
    for at, cells in enumerate(block.rows):
        row = _row(cells, widths, aligns, at in block.strong)
        row.insert(0, _row_properties(head=False))
        table._tbl.append(row)


def _measure(table: Any, widths: list[int]) -> None:
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.set(qn(_tag("w")), str(width))


def _narrow_cells(table: Any) -> None:
    """Cells with less room at their sides than Word gives, and a table that begins where the text does."""
    margins = _part(table._tbl.tblPr, "tblCellMar")
    for side in ("left", "right"):
        _part(margins, side, w="60", type="dxa")


def _row_properties(*, head: bool) -> Any:
    properties = OxmlElement(_tag("trPr"))
    properties.append(OxmlElement(_tag("cantSplit")))
    if head:
        properties.append(OxmlElement(_tag("tblHeader")))
    return properties


def _row(cells: Any, widths: list[int], aligns: list[Align], bold: bool) -> Any:
    row = OxmlElement(_tag("tr"))
    for text, width, align in zip(cells, widths, aligns, strict=True):
        cell = _part(row, "tc")
        properties = _part(cell, "tcPr")
        _part(properties, "tcW", w=str(width), type="dxa")
        _part(properties, "vAlign", val="center")
        paragraph = _part(cell, "p")
        _part(_part(paragraph, "pPr"), "jc", val=align.value)
        run = _part(paragraph, "r")
        look = _part(run, "rPr")
        if bold:
            _part(look, "b")
        _part(look, "sz", val="22")
        written = _part(run, "t")
        written.set(SPACE, "preserve")
        written.text = one_line(text)
    return row


def _part(parent: Any, name: str, **attributes: str) -> Any:
    child = OxmlElement(_tag(name))
    for key, value in attributes.items():
        child.set(qn(_tag(key)), value)
    parent.append(child)
    return child


def _put_end(document: Any, head: Top) -> None:
    before = document.add_paragraph()
    before.paragraph_format.space_after = Pt(6)
    _keep_together(before)
    left, right = _two_columns(document)
    document.tables[-1].rows[0]._tr.insert(0, _row_properties(head=False))
    if head.recipients:
        _write(left.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=12)
        for at, line in enumerate(head.recipients, start=1):
            end = "." if at == len(head.recipients) else ";"
            _write(left.add_paragraph(), f"- {line}{end}", size=11)
    first = right.paragraphs[0]
    for at, line in enumerate(head.signer_title):
        _write(_centred(right.add_paragraph() if at else first), line, bold=True)
    _centred(right.add_paragraph() if head.signer_title else first, after=66)
    _write(_centred(right.add_paragraph()), head.signer, bold=True)


def _keep_together(gap: Any) -> None:
    """No page begins with a signature alone: what is said last goes with it, if it is a paragraph."""
    gap.paragraph_format.keep_with_next = True
    last = gap._p.getprevious()
    if last is not None and last.tag == gap._p.tag:
        Written(last, gap._parent).paragraph_format.keep_with_next = True


def _say_who_made_it(document: Any, paper: Official, head: Top) -> None:
    told = document.core_properties
    told.title, told.author = one_line(f"{paper.kind}: {paper.about}", 255), one_line(head.name, 255)
    told.comments, told.last_modified_by, told.revision = "", "", 1
    told.created = told.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _without_time(content: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _NO_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
