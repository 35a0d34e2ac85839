"""Tables of a document read as questions: with a heading row, or only as a way to place lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contest.rules.question_labels import Part, Token, choice_labels, classify
from contest.rules.question_lines import Grid, Line, Span, joined
from contest.rules.vietnamese import fold

_COLUMNS = (
    ("number", re.compile(r"stt|tt|so(?: thu)? ?tt|so thu tu|cau(?: so)?|no")),
    ("question", re.compile(r"(?:noi dung )?cau hoi|noi dung(?: cau)?|question")),
    (
        "choices",
        re.compile(
            r"(?:cac |noi dung )?(?:phuong an|lua chon|dap an)(?: tra loi| lua chon)|phuong an|lua chon"
        ),
    ),
    ("choice", re.compile(r"(?:phuong an|pa|lua chon|dap an|da)? ?([a-h])")),
    ("key", re.compile(r"(?:phuong an|dap an|da|d/a|key)(?: dung)|dap an|d/?a|da|key|answer")),
    ("citation", re.compile(r"(?:can cu|co so)(?: phap ly)?|nguon|trich dan|tai lieu.*|van ban")),
    ("explanation", re.compile(r"giai thich|ghi chu|huong dan|loi giai")),
    ("topic", re.compile(r"linh vuc|chu de|chuong|hang muc|nhom|chuyen de")),
    ("level", re.compile(r"muc do|do kho|cap do|level")),
)

Cells = Sequence[tuple[Line, ...]]


def heading(row: Cells) -> dict[int, str]:
    """What each column holds ("question", "key", "choice A", …), empty when the row is no heading."""
    columns: dict[int, str] = {}
    for index, cell in enumerate(row):
        words = re.sub(r"[^a-z0-9/ ]", " ", fold(joined(cell))).strip()
        for name, pattern in _COLUMNS:
            match = pattern.fullmatch(words)
            if match:
                columns[index] = f"choice {match[1].upper()}" if name == "choice" else name
                break
    names = set(columns.values())
    tells = "question" in names and (names & {"choices", "key"} or "choice A" in names)
    return columns if tells else {}


def grid_tokens(grid: Grid) -> Iterator[Token]:
    """The tokens of a table that is not a key table, in reading order."""
    for index, row in enumerate(grid.rows[:5]):
        columns = heading(row)
        if columns:
            for before in grid.rows[:index]:
                yield from _placed(before)
            for body in grid.rows[index + 1 :]:
                yield from _question_row(body, columns)
            return
    for row in grid.rows:
        yield from _placed(row)


_LONE_LABEL = re.compile(
    r"\s*(?:[*(]?[A-Ha-h]\s*[.):]?|câu\s*(?:hỏi\s*)?\d{1,4}\s*[.:)]?|\d{1,4}\s*[.)])\s*", re.IGNORECASE
)


def _placed(row: Cells) -> Iterator[Token]:
    """Cells as lines; a cell that holds only a label goes before the first line of the next cell."""
    label: Line | None = None
    for cell in row:
        lines = [line for line in cell if line.text.strip() or line.lost]
        lone = len(lines) == 1 and _LONE_LABEL.fullmatch(lines[0].text)
        if label and lines:
            lines = [label, *lines] if lone else [_side_by_side(label, lines[0]), *lines[1:]]
            label = None
        if lone:
            label = lines.pop()
        yield from map(classify, lines)
    if label:
        yield classify(label)


def _side_by_side(label: Line, line: Line) -> Line:
    """A label and its text as one line; a bare letter gets the full stop a reader would see."""
    gap = " " if re.search(r"[.:)]\s*$", label.text) else ". "
    spans, place = (*label.spans, Span(gap), *line.spans), line.place or label.place
    picture = None if label.lost and line.lost else label.picture or line.picture
    return Line(spans, place, label.lost or line.lost, picture)


def _question_row(row: Cells, columns: dict[int, str]) -> Iterator[Token]:
    """One row of a question table as the tokens of one question, its key and sources."""
    if len(row) > 1 and joined(row[0]) and not any(row[1:]):
        # One cell over the whole width (the others hold not even an empty line) heads the rows below it.
        token = classify(row[0][0])
        yield token if token.part is Part.SECTION else Token(Part.SECTION, row[0][0], row[0][0])
        return
    cells: dict[str, list[Line]] = {}
    for index, cell in enumerate(row):
        if index in columns:
            cells.setdefault(columns[index], []).extend(
                line for line in cell if line.text.strip() or line.lost
            )
    if not cells.get("question"):
        yield from _placed(row) if any(joined(cell) for cell in row) else ()
        return
    yield from _one_field(Part.TOPIC, cells.get("topic", []))
    first, *rest = cells["question"]
    number = re.search(r"\d+", joined(cells.get("number", [])))
    opening = classify(first)
    worded = opening.part in (Part.QUESTION, Part.NUMBERED)
    content = opening.content if worded else first
    yield Token(Part.QUESTION, first, content, number[0] if number else opening.number)
    yield from map(classify, rest)
    yield from _choices(cells.get("choices", []))
    for name in sorted(name for name in cells if name.startswith("choice ")):
        yield from _choice(name[-1], cells[name])
    for name, part in _FIELDS:
        yield from _one_field(part, cells.get(name, []))


_FIELDS = (
    ("key", Part.KEY),
    ("level", Part.LEVEL),
    ("citation", Part.CITATION),
    ("explanation", Part.EXPLANATION),
)


def _one_field(part: Part, lines: Sequence[Line]) -> Iterator[Token]:
    for index, line in enumerate(lines):
        yield Token(part if index == 0 else Part.TEXT, line, line)


def _choices(lines: Sequence[Line]) -> Iterator[Token]:
    """A cell of choices: with letters as they are, without any letter one choice per line."""
    if any(choice_labels(line.text) for line in lines):
        yield from map(classify, lines)
        return
    for index, line in enumerate(lines[:8]):
        for token in _choice(chr(65 + index), [line]):
            yield replace(token, doubtful=_may_be_wrapped(lines))
    yield from (Token(Part.TEXT, line, line) for line in lines[8:])


def _may_be_wrapped(lines: Sequence[Line]) -> bool:
    """Whether some lines go on with the one above: then the lines are not the choices one by one."""
    small = [line.text.strip()[:1].islower() for line in lines]
    return any(small) and not all(small)


def _choice(letter: str, lines: Sequence[Line]) -> Iterator[Token]:
    """A choice from a cell of its own, given its letter unless the cell already shows it."""
    if not joined(lines):
        return
    first, *rest = lines
    labels = choice_labels(first.text)
    if not labels or labels[0].letter.upper() != letter:
        first = replace(first, spans=(Span(f"{letter}. "), *first.spans))
    yield classify(first)
    yield from (Token(Part.TEXT, line, line) for line in rest)
