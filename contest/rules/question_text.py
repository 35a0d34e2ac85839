"""The lines of a document become questions with their choices, keys, sources and faults."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, fault
from contest.rules.question_draft import Draft
from contest.rules.question_faults import numbering_faults, with_near_duplicates
from contest.rules.question_grids import grid_tokens
from contest.rules.question_keys import KeyEntry, KeyTable, is_key_grid
from contest.rules.question_labels import Part, Token, classify, key_tail
from contest.rules.question_lines import Block, Grid, Line, joined, line_of, tidy
from contest.rules.question_paragraphs import unfolded
from contest.rules.question_reader import Reader


def recognise(
    blocks: Iterable[Block],
    format_name: str,
    key_blocks: Iterable[Block] = (),
    notes: Iterable[Fault] = (),
) -> ParsedBank:
    """Every question of a document; `key_blocks` are those of a second document that holds the keys.

    `notes` are faults of the file the caller already knows. Nothing is guessed: what is not certain
    becomes a fault of its question.
    """
    reader = Reader(list(_tokens(blocks)))
    reader.read()
    reader.keys.next_group()
    _take_keys(reader.keys, key_blocks)
    faults = [*notes, *_assign(reader.drafts, reader.keys.entries)]
    if reader.stray or reader.keys.unread:
        rest = " / ".join([*reader.keys.unread, *reader.stray])
        faults.append(fault(FaultKind.KEY_LINES_UNREAD, "", part=rest[:120]))
    if not reader.drafts:
        faults.append(fault(FaultKind.NOTHING_FOUND, ""))
    return ParsedBank(format_name, _finished(reader.drafts), tuple(faults))


def recognise_text(text: str, format_name: str = "text", keys: str = "") -> ParsedBank:
    """Every question of a pasted text; places are "dòng 3"."""
    return recognise(plain_lines(text), format_name, plain_lines(keys))


def plain_lines(text: str) -> list[Line]:
    """The lines of a text without emphasis."""
    return [line_of(line, f"dòng {number}") for number, line in enumerate(text.splitlines(), 1)]


def _tokens(blocks: Iterable[Block]) -> Iterator[Token]:
    for block in blocks:
        if isinstance(block, Line):
            yield from _line_tokens(block)
            continue
        grid = _tidy_grid(block)
        if is_key_grid([[joined(cell) for cell in row] for row in grid.rows]):
            line = line_of("", grid.place)
            yield Token(Part.GRID, line, line, grid=grid)
        else:
            yield from grid_tokens(grid)


def _line_tokens(block: Line) -> Iterator[Token]:
    for line in (piece for tidied in tidy(block) for piece in unfolded(tidied)):
        both = key_tail(line)
        if both:
            yield classify(both[0])
            yield replace(classify(both[1]), line=both[1])
        else:
            yield classify(line)


def _tidy_grid(grid: Grid) -> Grid:
    rows = tuple(
        tuple(tuple(clean for line in cell for clean in tidy(line)) for cell in row) for row in grid.rows
    )
    return Grid(rows, grid.place)


def _take_keys(keys: KeyTable, blocks: Iterable[Block]) -> None:
    """Every key of a document that holds nothing else; its other lines are headings."""
    for token in _tokens(blocks):
        if token.part is Part.SECTION:
            keys.next_group()
        elif token.grid:
            keys.take_grid(token.grid)
        elif token.number and not keys.take_line(token.line.text):
            keys.add([(int(token.number), token.content.text)])
        elif not token.number:
            keys.take_line(token.line.text)


def _assign(drafts: list[Draft], entries: list[KeyEntry]) -> Iterator[Fault]:
    """Give each question the key its table says; say so where a number fits none or several."""
    by_number: dict[tuple[int | None, int], list[Draft]] = defaultdict(list)
    parts = _parts_in_order(drafts, entries)
    for draft in drafts:
        if draft.number:
            by_number[(draft.part if parts else None, int(draft.number))].append(draft)
    for entry in entries:
        found = by_number.get((parts[entry.group] if parts else None, entry.number), [])
        if not found:
            yield fault(FaultKind.KEY_WITHOUT_QUESTION, "", number=str(entry.number))
        for draft in found:
            if len(found) == 1:
                draft.table_keys.append(entry.value)
            elif entry.value:
                draft.fault(FaultKind.KEY_AMBIGUOUS, key=entry.value, number=draft.number)


def _parts_in_order(drafts: list[Draft], entries: list[KeyEntry]) -> dict[int, int]:
    """Which part each key table belongs to, when numbers restart and there are as many tables as parts."""
    numbers = Counter(draft.number for draft in drafts if draft.number)
    groups = sorted({entry.group for entry in entries})
    parts = sorted({draft.part for draft in drafts if draft.number})
    if len(parts) < 2 or len(groups) != len(parts) or max(numbers.values()) < 2:
        return {}
    return dict(zip(groups, parts, strict=True))


def _finished(drafts: list[Draft]) -> tuple[ParsedQuestion, ...]:
    numbering = numbering_faults([(draft.part, draft.number) for draft in drafts])
    for draft, found in zip(drafts, numbering, strict=True):
        if found:
            draft.fault(found[0], **found[1])
    return with_near_duplicates([draft.finish() for draft in drafts])
