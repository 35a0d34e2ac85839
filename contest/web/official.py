"""A paper in the layout of official documents (Decree 30/2020/NĐ-CP): what it says, before it is printed.

`official_docx` and `official_pdf` print it. These papers are in Vietnamese whatever the reader's language:
they go to bodies that work in Vietnamese, and a frozen one has to come out the same for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from contest.rules.official import Letterhead


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """A column of a table; widths are shares of the text's width."""

    header: str
    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Heading:
    """ "I. KẾT QUẢ CHUNG"."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text, or a note below a table (small and in italics)."""

    text: str
    note: bool = False


@dataclass(frozen=True)
class Table:
    """A table that repeats its head on every page. Rows whose number stands in `strong` are bold."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    strong: frozenset[int] = frozenset()


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Official:
    """The whole paper. `kind` and `about`: "BÁO CÁO", "Kết quả tham gia đợt 1"; `made_at` goes into the file.

    Without a number or day there is room to write it by hand. Texts are data, never markup.
    """

    head: Letterhead
    kind: str
    about: str
    blocks: Sequence[Block]
    made_at: datetime
    number: int | None = None
    day: date | None = None


def whole_number(value: int | None) -> str:
    """25.980; a dash for what is not known."""
    return "–" if value is None else f"{value:,}".replace(",", ".")
