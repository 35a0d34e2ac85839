"""Tables that become cards on a phone: each cell is given its column's heading, to be shown before it.

Done on the server, so that it needs no script; the style sheet decides at which width a table is stacked.
"""

import re

from markupsafe import Markup, escape

_HEAD = re.compile(r"<thead\b.*?</thead>", re.S)
_BODY = re.compile(r"(<t(?:body|foot)\b[^>]*>)(.*?)(</t(?:body|foot)>)", re.S)
_ROW = re.compile(r"(<tr\b)(.*?</tr>)", re.S)
_CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)(?=</\1>)", re.S)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_SPANS = re.compile(r"\b(?:col|row)span=")


def stacked(table: str) -> Markup:
    """The rows of a table with `data-label` and roles on their cells; unchanged where cells span others.

    The roles say what the elements are, since a stacked cell is drawn as a block and no longer as a cell.
    """
    html = str(table)
    head = _HEAD.search(html)
    if head is None or _SPANS.search(html) or len(_ROW.findall(head[0])) != 1:
        return Markup(html)  # noqa: S704  as it came, from a template
    labels = [_SPACE.sub(" ", _TAG.sub("", cell[2])).strip() for cell in _CELL.findall(head[0])]
    labelled = _BODY.sub(lambda part: part[1] + _rows(part[2], labels) + part[3], html)
    return Markup(labelled)  # noqa: S704  from a template; labels are its own text again


def _rows(html: str, labels: list[str]) -> str:
    return _ROW.sub(lambda row: f'{row[1]} role="row"{_cells(row[2], labels)}', html)


def _cells(html: str, labels: list[str]) -> str:
    place = -1

    def label(cell: re.Match[str]) -> str:
        nonlocal place
        place += 1
        name, attributes, content = cell[1], cell[2], cell[3]
        role = "rowheader" if name == "th" else "cell"
        known = place < len(labels) and name == "td" and content.strip()
        said = f' data-label="{escape(Markup(labels[place]).unescape())}"' if known else ""  # noqa: S704
        return f'<{name}{attributes} role="{role}"{said}>{content}'

    return _CELL.sub(label, html)
