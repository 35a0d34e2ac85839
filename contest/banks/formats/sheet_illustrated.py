"""Gives each question of a sheet the picture that lies over its row; where that is not certain, says so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contest.banks.formats.sheet_entries import Entry, answer_columns
from contest.banks.formats.sheet_header import Header
from contest.banks.formats.sheet_pictures import SHAPE, SheetPicture
from contest.banks.formats.sheet_table import Table
from contest.rules.parsed import Fault, FaultKind, ParsedQuestion, Severity, fault

NOBODYS = "Hình ở ô {cell} không nằm trên hàng của câu nào nên đã bỏ qua. Hãy kiểm tra."
ASTRIDE = "Hình ở ô {cell} phủ xuống cả hàng của câu khác. Hãy kiểm tra hình thuộc câu nào."


def illustrated(
    table: Table, header: Header, entries: Sequence[Entry], questions: Sequence[ParsedQuestion]
) -> tuple[list[ParsedQuestion], list[Fault]]:
    """The questions (one for each entry) with their pictures, and what is to be said about pictures of none."""
    owner = {row: at for at, entry in enumerate(entries) for row in entry.rows}
    over: dict[int, list[SheetPicture]] = defaultdict(list)
    notes = []
    for each in table.pictures:
        if each.row in owner:
            over[owner[each.row]].append(each)
        elif each.row >= header.first_row:
            cell = table.place(each.row, each.column)
            notes.append(fault(FaultKind.FILE_NOTE, cell, note=NOBODYS.format(cell=cell)))
    shown = [
        _with(question, over[at], list(_faults(table, header, over[at], owner))) if at in over else question
        for at, question in enumerate(questions)
    ]
    return shown, notes


def _with(question: ParsedQuestion, found: Sequence[SheetPicture], faults: Sequence[Fault]) -> ParsedQuestion:
    lost = any(each.severity is Severity.ERROR for each in faults)
    picture = next((each.picture for each in found if each.picture), None)
    return replace(question, picture=None if lost else picture, faults=(*question.faults, *faults))


def _faults(
    table: Table, header: Header, found: Sequence[SheetPicture], owner: dict[int, int]
) -> Iterator[Fault]:
    pictures = [each for each in found if each.name != SHAPE]
    for each in found:
        cell = table.place(each.row, each.column)
        if each.name == SHAPE:
            yield fault(FaultKind.LOST_OBJECT, cell, Severity.WARNING, object=each.name)
        elif each.picture is None or len(pictures) > 1 or each.column in answer_columns(header):
            yield fault(FaultKind.LOST_OBJECT, cell, object=each.name)
        elif owner.get(each.last_row, owner[each.row]) != owner[each.row]:
            yield fault(FaultKind.FILE_NOTE, cell, note=ASTRIDE.format(cell=cell))
