"""Official papers as PDF. The same paper gives the same bytes."""

from typing import Any

from contest.rules.official import top
from contest.web.official import Heading, Official, Paragraph, Table
from contest.web.posters import breakable, typeset
from contest.web.printable import one_line


def pdf(paper: Official) -> bytes:
    """A4 pages in the layout of Decree 30, set in Libertinus Serif."""
    head = top(paper.head, paper.number, paper.day)
    told = {name: _told(value) for name, value in vars(head).items()}
    # Room to write a number by hand must not collapse.
    told["number"], told["place_and_day"] = _spaced(head.number), _spaced(head.place_and_day)
    return typeset(
        "official.typ",
        head=told,
        kind=_line(paper.kind),
        about=_line(paper.about),
        blocks=[_block(block) for block in paper.blocks],
    )


def _told(value: str | tuple[str, ...]) -> str | list[str]:
    return _line(value) if isinstance(value, str) else [_line(line) for line in value]


def _line(text: str) -> str:
    return breakable(one_line(text))


def _spaced(text: str) -> str:
    return text.replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")


def _block(block: Heading | Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"what": "heading", "text": _line(block.text)}
    if isinstance(block, Paragraph):
        return {"what": "note" if block.note else "paragraph", "text": _line(block.text)}
    return {
        "what": "table",
        "headers": [_line(column.header) for column in block.columns],
        "widths": [column.width for column in block.columns],
        "aligns": [column.align.value for column in block.columns],
        "rows": [[_line(cell) for cell in row] for row in block.rows],
        "strong": sorted(block.strong),
    }
