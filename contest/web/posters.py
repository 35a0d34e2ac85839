"""Paper that leads into a contest: A4 posters and sheets of QR cards, as PDF."""

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import typst
from fontpkg_be_vietnam_pro import ROOT as FONT_PACKAGE

from contest.web import qr
from contest.web.printable import one_line

Language = Literal["vi", "en"]

TEMPLATES = Path(__file__).parent / "typst"
# Nothing is legible at three metres beyond this; a longer text ends with "…".
LONGEST_TEXT = 240
# No Vietnamese syllable has half as many letters: only addresses and codes have to break inside.
_LONGEST_WORD = 20
_BREAK_HERE = "\N{ZERO WIDTH SPACE}"

_WORDS: dict[Language, dict[str, str | list[str]]] = {
    "vi": {
        "unit": "Dành cho",
        "scan": "Mã QR để vào thi",
        "type": "Không quét được? Gõ vào trình duyệt",
        "steps": ["Mở Zalo hoặc máy ảnh,\nquét mã", "Nhập họ tên,\nđơn vị", "Làm bài,\nnộp bài"],
    },
    "en": {
        "unit": "For",
        "scan": "QR code that opens the contest",
        "type": "Cannot scan? Type into the browser",
        "steps": [
            "Scan the code with\nZalo or the camera",
            "Give your name\nand unit",
            "Answer,\nthen hand in",
        ],
    },
}


class DocumentFault(RuntimeError):
    """The printed page would not be what it should be; the message says what the typesetter found."""


@dataclass(frozen=True)
class Poster:
    """What one poster says. Texts are data, never markup; an empty or missing one leaves no gap.

    `code` is the short code as stored ("K7M2QX"); `address` is what the QR code opens, in full.
    On the page it is shown without scheme and query. `when` is a sentence made by the caller.
    """

    title: str
    label: str
    organiser: str
    when: str
    code: str
    address: str
    unit: str | None = None
    place: str | None = None
    note: str = ""
    language: Language = "vi"


@dataclass(frozen=True)
class Card:
    """One card of a QR sheet: whose it is, its short code, and what its QR code opens."""

    name: str
    code: str
    address: str


def poster(content: Poster) -> bytes:
    """One A4 page as PDF. The same content gives the same bytes."""
    return posters([content])


def posters(contents: Sequence[Poster]) -> bytes:
    """One PDF with a page for each poster, in order. Raises ValueError if there is none."""
    if not contents:
        raise ValueError("a PDF needs at least one poster")
    return typeset("poster.typ", posters=[_poster_fields(content) for content in contents])


def qr_sheet(title: str, cards: Sequence[Card], *, language: Language = "vi") -> bytes:
    """A4 pages of eight cards each to cut out and put on tables. Raises ValueError if there is none."""
    if not cards:
        raise ValueError("a PDF needs at least one card")
    shown = [
        {
            "name": plain(card.name),
            "code": spaced_code(card.code),
            "address": address_in_words(card.address),
            "qr": qr.svg(card.address, title=card.code),
        }
        for card in cards
    ]
    return typeset("qr_sheet.typ", title=plain(title), language=language, words=_WORDS[language], cards=shown)


def spaced_code(code: str) -> str:
    """A short code as people read it aloud, in threes: "K7M 2QX"."""
    letters = "".join(code.split())
    return " ".join(letters[start : start + 3] for start in range(0, len(letters), 3))


def address_in_words(address: str) -> str:
    """What somebody types: "hoithi.vn/d/K7M2QX", without scheme, query and last slash."""
    parts = urlsplit(address)
    return breakable(one_line((parts.netloc + parts.path).rstrip("/") or address, LONGEST_TEXT))


def _poster_fields(content: Poster) -> dict[str, Any]:
    texts = {name: plain(value or "") for name, value in asdict(content).items()}
    return texts | {
        "code": spaced_code(content.code),
        "address": address_in_words(content.address),
        "qr": qr.svg(content.address, title=content.title),
        "words": _WORDS[content.language],
    }


def plain(text: str) -> str:
    """The text as one line that fits narrow columns, not longer than anybody reads."""
    return breakable(one_line(text, LONGEST_TEXT))


def breakable(line: str) -> str:
    """The line with a place to break in every word that is too long for a narrow column."""
    return " ".join(
        _BREAK_HERE.join(word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD))
        for word in line.split(" ")
    )


@functools.cache
def _fonts() -> typst.Fonts:
    # Without the fonts of the machine every machine prints the same page.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONT_PACKAGE)])


def typeset(template: str, **inputs: Any) -> bytes:
    """Compile a template with its inputs as JSON. A warning is a fault: a missing font is only a warning.

    Inputs are texts, and Typst knows no base64: bytes go in as the list of their numbers.
    """
    return _compiled(template, inputs, format="pdf")


def drawn(template: str, **inputs: Any) -> bytes:
    """The same of a template with one page as a PNG picture, a pixel for each of its points."""
    return _compiled(template, inputs, format="png", ppi=72)


def _compiler(template: str, inputs: dict[str, Any]) -> typst.Compiler:
    # A compiler serves one thread at a time, so each page gets its own; the fonts are shared.
    return typst.Compiler(
        input=str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={
            name: json.dumps(value, ensure_ascii=False, default=list) for name, value in inputs.items()
        },
    )


def _compiled(template: str, inputs: dict[str, Any], **how: Any) -> bytes:
    try:
        made, warnings = _compiler(template, inputs).compile_with_warnings(**how)
    except typst.TypstError as error:
        raise DocumentFault(f"{template}: {error.message}") from error
    if warnings or not isinstance(made, bytes):
        raise DocumentFault(f"{template}: {'; '.join(warning.message for warning in warnings)}")
    return made
