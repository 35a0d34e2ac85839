"""Charts as SVG: bars per unit, score bands, a line over hours, a sparkline.

Each chart is complete by itself, so that it can be downloaded and printed in black and white; on a page the
classes `chart-…` let the style sheet recolour it. There is no style and no script in it, so the strictest
Content-Security-Policy lets it through. The page shows the same numbers as a table beside it.
"""

import math
import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from contest.web.printable import one_line

EMPTY = "Chưa có số liệu"
# From this width on there is room for labels beside the bars; below it they stand above (phones).
LABELS_BESIDE_FROM = 560
# What a letter takes on average at most, in parts of the type size; measured on names of units.
_LETTER = 0.56
_SIZE, _SMALL = 15, 13
_LINE_HEIGHT = 19
_VALUE_ROOM = 96
_HOURS_TOP, _HOURS_BASE = 40, 196

_CHART = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{kind}" role="img" viewBox="0 0 {width} {height}"'
    ' width="{width}" height="{height}" font-family="Be Vietnam Pro, system-ui, Arial, sans-serif"'
    ' font-size="{size}"><title>{title}</title><desc>{desc}</desc>'
    '<rect class="chart-ground" width="100%" height="100%" fill="#FFFFFF"/>{body}</svg>'
)
_TEXT = Markup(
    '<text class="chart-{css}" x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}"{more}>{text}</text>'
)
_PLAIN = Markup("")
_SMALLER = Markup(' font-size="13"')
_BOLD = Markup(' font-weight="600"')
_BAR = Markup(
    '<rect class="chart-track" x="{x}" y="{y}" width="{room}" height="18" fill="#EFEAE0"/>'
    '<rect class="chart-bar" x="{x}" y="{y}" width="{length}" height="18" fill="#0F766E"/>'
)
_FLAGGED_BAR = Markup(
    '<rect class="chart-bar chart-flagged" x="{x}" y="{y}" width="{length}" height="18" fill="url(#{key}-flag)"'
    ' stroke="#1B1F2A" stroke-width="1.5" stroke-dasharray="5 3"/>'
)
_FLAG_PATTERN = Markup(
    '<defs><pattern id="{key}-flag" width="7" height="7" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="chart-paper" width="7" height="7" fill="#FFFFFF"/>'
    '<rect class="chart-flag" width="2.5" height="7" fill="#B4232A"/></pattern></defs>'
)
# Five fills that differ in pattern and in darkness: plain, two ways of hatching, dots, blank.
_BAND_PATTERNS = Markup(
    "<defs>"
    '<pattern id="{key}-1" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="chart-jade" width="8" height="8" fill="#0F766E"/></pattern>'
    '<pattern id="{key}-2" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="chart-jade" width="7" height="7" fill="#0F766E"/>'
    '<rect class="chart-paper" width="2" height="7" fill="#FFFFFF"/></pattern>'
    '<pattern id="{key}-3" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect class="chart-paper" width="7" height="7" fill="#FFFFFF"/>'
    '<rect class="chart-jade" width="3" height="7" fill="#0F766E"/></pattern>'
    '<pattern id="{key}-4" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="chart-paper" width="7" height="7" fill="#FFFFFF"/>'
    '<circle class="chart-slate" cx="3.5" cy="3.5" r="1.4" fill="#667085"/></pattern>'
    '<pattern id="{key}-5" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="chart-paper" width="8" height="8" fill="#FFFFFF"/></pattern>'
    "</defs>"
)
_SEGMENT = Markup(
    '<rect class="chart-band" x="{x}" y="{y}" width="{length}" height="{height}" fill="url(#{key}-{number})"'
    ' stroke="#1B1F2A" stroke-width="1"/>'
)
_LINE = Markup(
    '<polygon class="chart-area" points="{area}" fill="#0F766E" fill-opacity="0.14"/>'
    '<polyline class="chart-line" points="{line}" fill="none" stroke="#0F766E" stroke-width="2.5"'
    ' stroke-linejoin="round"/>'
    '<line class="chart-axis" x1="0" y1="{base}" x2="{width}" y2="{base}" stroke="#667085"/>'
    '<circle class="chart-mark" cx="{x}" cy="{y}" r="4.5" fill="#0F766E" stroke="#FFFFFF" stroke-width="1.5"/>'
)
_SPARK = Markup(
    '<polyline class="chart-line" points="{line}" fill="none" stroke="#0F766E" stroke-width="1.8"'
    ' stroke-linejoin="round"/><circle class="chart-mark" cx="{x}" cy="{y}" r="2.6" fill="#B4232A"/>'
)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: `value` sets the length, `text` is printed ("54,73 %").

    A `flagged` value is one to be checked (over 100 %): hatched, with a dashed outline.
    """

    label: str
    value: float
    text: str
    flagged: bool = False


@dataclass(frozen=True)
class Band:
    """One part of a whole: `value` in any unit, `text` is printed ("23,5 %")."""

    label: str
    value: float
    text: str


@dataclass(frozen=True)
class Point:
    """One moment of a line: `label` under the axis ("8 giờ"), `text` at the peak ("1.204 lượt")."""

    label: str
    value: float
    text: str


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    desc: str = "",
    full: float = 0,
    flag_note: str = "",
    width: int = 640,
    empty: str = EMPTY,
) -> Markup:
    """Horizontal bars in the order given, each with its label and its text.

    `full` is the value of a whole bar (1 for rates); a longer value stretches the scale. `flag_note` says
    below the chart what a hatched bar means. `width` is in pixels, 320 for phones.
    Raises ValueError for a value that is negative or no number.
    """
    longest = max([_checked(row.value) for row in rows] + [full]) or 1
    key = _key(title, width, rows)
    left = round(width * 0.42) if width >= LABELS_BESIDE_FROM else 0
    room = width - left - max([_VALUE_ROOM, *(_length(row.text, _SIZE) + 12 for row in rows)])
    parts, y = [_FLAG_PATTERN.format(key=key)], 4
    for row in rows:
        lines = wrapped(row.label, left - 16 if left else width)
        top = y if left else y + _LINE_HEIGHT * len(lines) + 3
        parts += [_lines(0, y, lines), _bar(row, key, left, top, room, room * row.value / longest)]
        y = max(top + 18, y + _LINE_HEIGHT * len(lines)) + (10 if left else 14)
    if not rows:
        parts, y = [_words(0, 19, empty, css="empty", fill="#667085")], 30
    if flag_note and any(row.flagged for row in rows):
        parts.append(_FLAGGED_BAR.format(key=key, x=1, y=y + 4, length=26))
        notes = wrapped(flag_note, width - 38)
        parts.append(_lines(38, y + 4, notes))
        y += _LINE_HEIGHT * len(notes) + 10
    return _chart("bars", width, y, title, desc, parts)


def bands(
    shares: Sequence[Band], *, title: str, desc: str = "", width: int = 640, empty: str = EMPTY
) -> Markup:
    """One bar cut into at most five parts, with a legend in the same order, each with its own pattern.

    Raises ValueError for a value that is negative or no number, and for a sixth part.
    """
    if len(shares) > 5:
        raise ValueError(f"five bands can be told apart, not {len(shares)}")
    total = sum(_checked(band.value) for band in shares)
    if not total:
        return _chart("bands", width, 30, title, desc, [_words(0, 19, empty, css="empty", fill="#667085")])
    key = _key(title, width, shares)
    parts, x, y = [_BAND_PATTERNS.format(key=key)], 1.0, 62
    for number, band in enumerate(shares, start=1):
        length = (width - 2) * band.value / total
        lines = wrapped(band.label, width - 38 - _VALUE_ROOM)
        if length:
            parts.append(_segment(key, number, x, 1, length, 44))
        parts += [_segment(key, number, 1, y, 26, 18), _lines(38, y, lines)]
        parts.append(_words(width, y + 14, band.text, css="value", anchor="end", more=_BOLD))
        x, y = x + length, y + _LINE_HEIGHT * len(lines) + 9
    return _chart("bands", width, y, title, desc, parts)


def hours(
    points: Sequence[Point], *, title: str, desc: str = "", width: int = 640, empty: str = EMPTY
) -> Markup:
    """A line over hours or days at even distances; the first peak bears its text.

    Under the axis stand as many labels as have room, the first always.
    Raises ValueError for a value that is negative or no number.
    """
    if not points:
        return _chart("hours", width, 30, title, desc, [_words(0, 19, empty, css="empty", fill="#667085")])
    label_room = min(max(_length(point.label, _SMALL) for point in points) + 12, width / 2)
    line = _coordinates([point.value for point in points], label_room / 2, width, _HOURS_TOP, _HOURS_BASE)
    peak = max(range(len(points)), key=lambda index: points[index].value)
    x, y = line[peak]
    area = [(line[0][0], _HOURS_BASE), *line, (line[-1][0], _HOURS_BASE)]
    said = one_line(f"{points[peak].label}: {points[peak].text}")
    reach = min(_length(said, _SIZE) / 2, width / 2)
    parts = [
        _LINE.format(area=_path(area), line=_path(line), base=_HOURS_BASE, width=width, x=_n(x), y=_n(y)),
        _words(min(max(x, reach), width - reach), y - 14, said, css="value", anchor="middle", more=_BOLD),
    ]
    gap = line[1][0] - line[0][0] if len(line) > 1 else width
    step = math.ceil(label_room / gap)
    for point, (at, _) in list(zip(points, line, strict=True))[::step]:
        parts.append(_words(at, 216, point.label, css="tick", anchor="middle", fill="#667085", more=_SMALLER))
    return _chart("hours", width, 226, title, desc, parts)


def sparkline(values: Sequence[float], *, title: str, width: int = 120, height: int = 28) -> Markup:
    """A word-sized line that ends in a dot; empty without values.

    Raises ValueError for a value that is negative or no number.
    """
    line = _coordinates(values, 4, width, 4, height - 4)
    parts = [_SPARK.format(line=_path(line), x=_n(line[-1][0]), y=_n(line[-1][1]))] if line else []
    return _chart("spark", width, height, title, "", parts)


def _chart(kind: str, width: int, height: float, title: str, desc: str, parts: Sequence[Markup]) -> Markup:
    body, named = _PLAIN.join(parts), {"title": one_line(title), "desc": one_line(desc)}
    return _CHART.format(kind=kind, width=width, height=_n(height), size=_SIZE, body=body, **named)


def _bar(row: Bar, key: str, x: float, y: float, room: float, length: float) -> Markup:
    shape = _FLAGGED_BAR if row.flagged else _BAR
    bar = shape.format(key=key, x=_n(x), y=_n(y), room=_n(room), length=_n(length))
    at = x + (length if row.flagged else room) + 8
    return bar + _words(at, y + 14, row.text, css="value", more=_BOLD)


def _segment(key: str, number: int, x: float, y: float, length: float, height: float) -> Markup:
    return _SEGMENT.format(key=key, number=number, x=_n(x), y=_n(y), length=_n(length), height=_n(height))


def _words(
    x: float,
    y: float,
    text: str,
    *,
    css: str,
    anchor: str = "start",
    fill: str = "#1B1F2A",
    more: Markup = _PLAIN,
) -> Markup:
    return _TEXT.format(css=css, x=_n(x), y=_n(y), anchor=anchor, fill=fill, more=more, text=one_line(text))


def _lines(x: float, top: float, lines: Sequence[str]) -> Markup:
    return _PLAIN.join(
        _words(x, top + 14 + _LINE_HEIGHT * number, line, css="label") for number, line in enumerate(lines)
    )


def wrapped(label: str, room: float) -> list[str]:
    """At most two lines; what does not fit ends with "…" and is whole in the table."""
    letters = max(int(room / (_SIZE * _LETTER)), 8)
    return textwrap.wrap(one_line(label), letters, max_lines=2, placeholder="…", break_on_hyphens=False) or [
        ""
    ]


def _length(text: str, size: int) -> float:
    return len(one_line(text)) * size * _LETTER


def _coordinates(
    values: Sequence[float], side: float, width: float, top: float, base: float
) -> list[tuple[float, float]]:
    """Even steps between the sides, the highest value at `top`, zero at `base`; one value stands in the middle."""
    highest = max([_checked(value) for value in values], default=0) or 1
    gap = (width - 2 * side) / (len(values) - 1) if len(values) > 1 else 0
    first = side if len(values) > 1 else width / 2
    return [
        (first + gap * index, base - (base - top) * value / highest) for index, value in enumerate(values)
    ]


def _path(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in line)


def _n(number: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _checked(value: float) -> float:
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"a chart shows numbers from 0 on, not {value!r}")
    return value


def _key(title: str, width: int, content: Sequence[Bar] | Sequence[Band]) -> str:
    """A name for the patterns of this chart: two charts on a page must not share an id.

    Nor may the same chart in two widths: the pattern of one that is not displayed paints nothing.
    """
    return f"chart-{zlib.crc32(repr((title, width, content)).encode(errors='replace')):08x}"
