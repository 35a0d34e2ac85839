"""Walks the body of a Word document and gives its lines and tables as a reader of the page sees them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from contest.banks.formats.word_numbering import Numbering
from contest.banks.formats.word_pictures import Pictures
from contest.banks.formats.word_styles import VALUE, WORD, Look, Styles
from contest.rules.parsed import Fault, FaultKind, ParsedPicture, fault
from contest.rules.question_lines import Block, Grid, Line, Span
from contest.rules.vietnamese_legacy import Legacy, decode, is_capital_font, legacy_of_font, legacy_of_lines

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "hình ảnh"
_OBJECT = "đối tượng nhúng"
_FORMULA = "công thức"
# Ticks that Word keeps as letters of a symbol font.
_SYMBOLS = {"F0FC": "✓", "F0FE": "✓", "F050": "✓", "F052": "✓", "F0E0": "→", "F0E8": "⇒"}

_Piece = tuple[str, Look]


class Body:
    """The blocks of a document in reading order, and what had to be left out of them."""

    def __init__(
        self, body: etree._Element, styles: Styles, numbering: Numbering, pictures: Pictures
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._pictures = pictures
        self._hidden: list[str] = []
        self._tracked = False
        self._paragraphs = 0
        self._tables = 0
        self._boxes: list[etree._Element] = []
        self._lost = ""
        self._picture: ParsedPicture | None = None
        self._run_parts: dict[str, Callable[[etree._Element, Look], Iterator[_Piece]]] = {
            WORD + "t": lambda part, look: iter([(part.text or "", look)]),
            WORD + "tab": lambda part, look: iter([("\t", look)]),
            WORD + "br": lambda part, look: iter([("\n", look)]),
            WORD + "cr": lambda part, look: iter([("\n", look)]),
            WORD + "noBreakHyphen": lambda part, look: iter([("-", look)]),
            WORD + "softHyphen": lambda part, look: iter([("\u00ad", look)]),
            WORD + "sym": self._symbol,
            WORD + "drawing": self._drawing,
            WORD + "pict": self._drawing,
            WORD + "object": self._drawing,
            _COMPATIBILITY + "AlternateContent": self._alternative,
        }
        self.blocks: list[Block] = _without_legacy(list(self._blocks(body)))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What a person should know about the file as a whole."""
        found = []
        if self._tracked:
            found.append(fault(FaultKind.TRACKED_CHANGES, ""))
        if self._hidden:
            found.append(fault(FaultKind.HIDDEN_TEXT, "", part=" ".join(self._hidden)[:80]))
        return tuple(found)

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        """Paragraphs and tables of the body, looking into content controls and the like."""
        carried: list[_Piece] = []
        for element in _unwrapped(container):
            if element.tag == WORD + "tbl":
                self._tables += 1
                yield self._grid(element, f"bảng {self._tables}")
            elif element.tag == WORD + "p":
                self._paragraphs += 1
                place = f"đoạn {self._paragraphs}"
                pieces = [*carried, *self._paragraph(element)]
                carried = pieces if self._mark_deleted(element) else []
                if not carried:
                    yield from self._lines(pieces, place)
        if carried:
            yield from self._lines(carried, f"đoạn {self._paragraphs}")

    def _mark_deleted(self, paragraph: etree._Element) -> bool:
        """Whether the end of the paragraph was deleted with tracking: it runs on into the next one."""
        deleted = paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is not None
        self._tracked |= deleted
        return deleted

    def _lines(self, pieces: list[_Piece], place: str) -> Iterator[Line]:
        """The line of a paragraph, then the lines of text boxes anchored in it."""
        lost, picture, self._lost, self._picture = self._lost, self._picture, "", None
        boxes, self._boxes = self._boxes, []
        yield Line(tuple(_spans(pieces)), place, lost, picture)
        for box in boxes:
            for element in _unwrapped(box):
                if element.tag == WORD + "p":
                    yield from self._lines(list(self._paragraph(element)), f"{place} (hộp chữ)")
                elif element.tag == WORD + "tbl":
                    for row in self._grid(element, place).rows:
                        yield from (line for cell in row for line in cell)

    def _grid(self, table: etree._Element, place: str) -> Grid:
        rows = []
        for number, row in enumerate(_unwrapped(table, WORD + "tr"), 1):
            if row.find(f"{WORD}trPr/{WORD}del") is not None:
                self._tracked = True
                continue
            rows.append(tuple(self._cells(row, f"{place}, hàng {number}")))
        return Grid(tuple(rows), place)

    def _cells(self, row: etree._Element, place: str) -> Iterator[tuple[Line, ...]]:
        """The cells of a row; a cell over several columns is followed by empty ones."""
        for cell in _unwrapped(row, WORD + "tc"):
            lines: list[Line] = []
            for element in _unwrapped(cell):
                if element.tag == WORD + "p":
                    lines += self._lines(list(self._paragraph(element)), place)
                elif element.tag == WORD + "tbl":
                    inner = self._grid(element, place)
                    lines += [
                        line for inner_row in inner.rows for inner_cell in inner_row for line in inner_cell
                    ]
            yield tuple(lines)
            span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
            width = span.get(VALUE, "1") if span is not None else "1"
            yield from [()] * (min(int(width[:3]), 64) - 1 if width.isdecimal() else 0)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[_Piece]:
        """The pieces of a paragraph: its automatic label, then its runs."""
        properties = paragraph.find(WORD + "pPr")
        named = None if properties is None else properties.find(WORD + "pStyle")
        style_id = "" if named is None else named.get(VALUE, "")
        look = self._styles.paragraph_look(style_id)
        mark = None if properties is None else properties.find(WORD + "rPr")
        pieces = list(self._runs(paragraph, look))
        if any(text.strip() for text, _ in pieces):
            label, label_properties = self._numbering.label(properties, style_id)
            if label:
                label_look = self._styles.run_look(self._styles.run_look(look, mark), label_properties)
                yield label, label_look
        elif self._numbering.numbers(properties, style_id):
            # A numbered picture without words is a choice, or a question nobody can find by its words.
            self._picture = None
        yield from pieces

    def _runs(self, container: etree._Element, paragraph: Look) -> Iterator[_Piece]:
        for element in container:
            tag = element.tag
            if tag == WORD + "r":
                yield from self._run(element, paragraph)
            elif tag in _DELETED:
                self._tracked = True
            elif tag == _COMPATIBILITY + "AlternateContent":
                chosen = _chosen(element)
                yield from self._runs(chosen, paragraph) if chosen is not None else ()
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                self._note(_FORMULA)
                yield "".join(text.text or "" for text in element.iter(_MATH + "t")), paragraph
            elif tag in _TRANSPARENT:
                self._tracked |= tag in _INSERTED
                yield from self._runs(element, paragraph)

    def _run(self, run: etree._Element, paragraph: Look) -> Iterator[_Piece]:
        look = self._styles.run_look(paragraph, run.find(WORD + "rPr"))
        for part in run:
            read = self._run_parts.get(str(part.tag))
            if not read:
                continue
            for text, piece_look in read(part, look):
                if look.hidden and text.strip():
                    self._hidden.append(text.strip())
                elif not look.hidden:
                    yield text, piece_look

    def _symbol(self, part: etree._Element, look: Look) -> Iterator[_Piece]:
        yield _SYMBOLS.get(part.get(WORD + "char", "").upper(), ""), look

    def _alternative(self, part: etree._Element, look: Look) -> Iterator[_Piece]:
        """New and old drawing of the same thing: only the first is read."""
        chosen = _chosen(part)
        for inner in () if chosen is None else chosen:
            read = self._run_parts.get(str(inner.tag))
            yield from read(inner, look) if read else ()

    def _drawing(self, part: etree._Element, look: Look) -> Iterator[_Piece]:
        """A text box is read after its paragraph; any other drawing is noted."""
        boxes = [box for box in part.iter(WORD + "txbxContent") if _outermost(box, part)]
        if boxes:
            self._boxes += boxes
        else:
            picture = None if look.hidden else self._pictures.shown_by(part)
            self._note(_OBJECT if part.tag == WORD + "object" else _PICTURE, picture)
        return iter(())

    def _note(self, name: str, picture: ParsedPicture | None = None) -> None:
        """Something that is no text; of several in one paragraph none is kept."""
        self._picture = None if self._lost else picture
        self._lost = self._lost or name


_TRANSPARENT = frozenset(
    WORD + name
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "customXml",
        "fldSimple",
        "sdt",
        "sdtContent",
        "dir",
        "bdo",
    )
)
_INSERTED = frozenset({WORD + "ins", WORD + "moveTo"})
_DELETED = frozenset({WORD + "del", WORD + "moveFrom"})


def _unwrapped(container: etree._Element, only: str = "") -> Iterator[etree._Element]:
    """The children of a container, those of content controls and insertions in their place."""
    for element in container:
        if element.tag in _TRANSPARENT:
            yield from _unwrapped(element, only)
        elif element.tag == _COMPATIBILITY + "AlternateContent":
            chosen = _chosen(element)
            yield from () if chosen is None else _unwrapped(chosen, only)
        elif not only or element.tag == only:
            yield element


def _chosen(alternative: etree._Element) -> etree._Element | None:
    choice = alternative.find(_COMPATIBILITY + "Choice")
    return choice if choice is not None else alternative.find(_COMPATIBILITY + "Fallback")


def _outermost(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether the box does not stand inside another box, nor in the old copy of the same drawing."""
    inside = {WORD + "txbxContent", _COMPATIBILITY + "Fallback"}
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return True
        if ancestor.tag in inside:
            return False
    return True


def _spans(pieces: list[_Piece]) -> Iterator[Span]:
    """Neighbouring pieces of the same look as one span, letters of old fonts turned into Unicode."""
    index = 0
    while index < len(pieces):
        text, look = pieces[index]
        index += 1
        while index < len(pieces) and pieces[index][1] == look:
            text += pieces[index][0]
            index += 1
        legacy = legacy_of_font(look.font)
        if legacy:
            text = decode(text, legacy, is_capital_font(look.font))
        yield Span(text, look.bold, look.italic, look.underline, look.colour, look.highlight, look.struck)


def _without_legacy(blocks: list[Block]) -> list[Block]:
    """Old encodings under a font name that does not tell: found by their letters, line by line."""
    lines = [line for block in blocks for line in _lines_of(block)]
    encodings = dict(zip(map(id, lines), legacy_of_lines([line.text for line in lines]), strict=True))
    if not any(encodings.values()):
        return blocks

    def mended(line: Line) -> Line:
        return _decoded(line, encodings[id(line)])

    return [
        mended(block)
        if isinstance(block, Line)
        else Grid(tuple(tuple(tuple(map(mended, cell)) for cell in row) for row in block.rows), block.place)
        for block in blocks
    ]


def _lines_of(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
        return
    yield from (line for row in block.rows for cell in row for line in cell)


def _decoded(line: Line, legacy: Legacy | None) -> Line:
    if legacy is None:
        return line
    spans = (replace(span, text=decode(span.text, legacy)) for span in line.spans)
    return replace(line, spans=tuple(spans))
