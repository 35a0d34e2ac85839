"""A chart as a file of its own: with a heading and the moment of its numbers, as SVG or as a PNG for slides."""

import functools
import json
import re
from collections.abc import Sequence

import typst
from fontpkg_be_vietnam_pro import ROOT as FONT_PACKAGE
from markupsafe import Markup

from contest.web import charts
from contest.web.posters import TEMPLATES, DocumentFault
from contest.web.printable import one_line

# Twice the resolution of an ordinary screen.
PIXELS_PER_INCH = 192.0
_MARGIN, _LINE = 20, 24
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')

_SHEET = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    ' font-family="Be Vietnam Pro, system-ui, Arial, sans-serif" font-size="15">'
    '<rect width="100%" height="100%" fill="#FFFFFF"/>{heading}'
    '<svg x="{margin}" y="{top}" width="{inner}" height="{tall}" viewBox="0 0 {inner} {tall}">{chart}</svg></svg>'
)
_HEADING = Markup(
    '<text x="{x}" y="{y}" fill="{fill}" font-size="{size}" font-weight="{weight}">{text}</text>'
)


def as_svg(chart: Markup, title: str, notes: Sequence[str]) -> bytes:
    """The chart below its title and some smaller lines (whose numbers, of what moment)."""
    found = _SIZE.search(chart)
    if found is None:
        raise ValueError("not a chart")
    width, tall = float(found[1]), float(found[2])
    lines = [(line, 18, 600, "#1B1F2A") for line in charts.wrapped(title, width)]
    lines += [(line, 13, 400, "#667085") for note in notes for line in charts.wrapped(note, width)]
    heading = Markup("").join(
        _HEADING.format(
            x=_MARGIN, y=_MARGIN + 16 + _LINE * n, fill=fill, size=size, weight=weight, text=one_line(line)
        )
        for n, (line, size, weight, fill) in enumerate(lines)
    )
    top = _MARGIN + _LINE * len(lines) + 10
    sheet = _SHEET.format(
        width=width + 2 * _MARGIN,
        height=top + tall + _MARGIN,
        heading=heading,
        margin=_MARGIN,
        top=top,
        inner=width,
        tall=tall,
        chart=chart,
    )
    return str(sheet).encode()


def as_png(svg: bytes) -> bytes:
    """The same picture in pixels, in the same letters on every machine. Raises DocumentFault."""
    compiler = typst.Compiler(
        input=str(TEMPLATES / "chart.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"drawing": json.dumps(svg.decode(), ensure_ascii=False)},
    )
    try:
        picture = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    except typst.TypstError as error:
        raise DocumentFault(f"chart.typ: {error.message}") from error
    if not isinstance(picture, bytes):
        raise DocumentFault("chart.typ: more than one page")
    return picture


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONT_PACKAGE)])
