"""Turns the rows of a sheet with a header into questions; each doubt becomes a fault, no key is guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contest.banks.formats.sheet_answers import READERS, Picking, picked
from contest.banks.formats.sheet_emphasis import NO_EMPHASIS, Emphasis, row_emphasis, without_decoration
from contest.banks.formats.sheet_entries import Entry, entries_of
from contest.banks.formats.sheet_header import Header, Role
from contest.banks.formats.sheet_illustrated import illustrated
from contest.banks.formats.sheet_keys import (
    NO_WORDS,
    YES_WORDS,
    KeyReading,
    counts_from_zero,
    names,
    read_key,
    truth_places,
)
from contest.banks.formats.sheet_options import without_number
from contest.banks.formats.sheet_table import Table
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, Severity, fault
from contest.rules.question_faults import checked, numbering_faults
from contest.rules.question_labels import level_name
from contest.rules.question_shape import PARTLY_RIGHT
from contest.rules.question_words import UNSUPPORTED, declared_kind, declared_marking
from contest.rules.vietnamese import fold

HIDDEN_ROW = "Hàng này đang bị ẩn trong bảng tính. Hãy kiểm tra có dùng câu này không."
FROM_ZERO = "Cột đáp án đánh số từ 0 (0 là phương án A). Hãy kiểm tra vài câu trước khi nhận."
OF_PARTS = frozenset({FaultKind.NO_KEY, FaultKind.NO_CHOICES, FaultKind.ONE_CHOICE})


def read_rows(table: Table, header: Header) -> ParsedBank:
    """The questions of a table below its header, and what is to be said about the table as a whole."""
    entries = entries_of(table, header)
    first_number = 0 if counts_from_zero([(entry.key, entry.choices) for entry in entries]) else 1
    looks = _looks(table, entries)
    questions = [
        _checked(_question(table, header, entry, looks.get(entry.row, NO_EMPHASIS), first_number))
        for entry in entries
    ]
    questions, notes = illustrated(table, header, entries, questions)
    if first_number == 0:
        key_column = header.column(Role.KEY) or 0
        notes.append(fault(FaultKind.FILE_NOTE, table.place(header.first_row, key_column), note=FROM_ZERO))
    return ParsedBank("sheet", _numbered(questions), tuple(notes))


def _looks(table: Table, entries: list[Entry]) -> dict[int, Emphasis]:
    if not table.looks:
        return {}
    rows = (entry for entry in entries if len(entry.columns) > 1)
    return without_decoration({entry.row: row_emphasis(table, entry.row, entry.columns) for entry in rows})


def _question(
    table: Table, header: Header, entry: Entry, emphasis: Emphasis, first_number: int
) -> ParsedQuestion:
    place = table.place(entry.row, header.column(Role.QUESTION) or 0)
    number, level, text = without_number(entry.text, table.text(entry.row, header.column(Role.NUMBER)))
    _offer_truth(entry)
    picking = _pick(table, header, entry, emphasis, first_number)
    citation, explanation, said_level, tags, marking = (
        table.merged_text(entry.row, header.column(role))
        for role in (Role.CITATION, Role.EXPLANATION, Role.LEVEL, Role.TAGS, Role.MARKING)
    )
    return ParsedQuestion(
        number,
        place,
        picking.kind,
        text,
        picking.answers,
        entry.topic,
        level_name(said_level) or level,
        citation,
        explanation,
        source="\n".join(" | ".join(filter(None, table.rows[row])) for row in entry.rows),
        faults=(*picking.faults, *_cell_faults(table, header, entry, place)),
        partial=bool(declared_marking(marking)) and picking.kind in PARTLY_RIGHT,
        tags=tuple(tag.strip() for tag in tags.replace(";", ",").split(",") if tag.strip()),
    )


def _checked(question: ParsedQuestion) -> ParsedQuestion:
    """Checked as in every format; of a kind that cannot be held, what its parts lack says nothing."""
    unsupported = any(one.kind is FaultKind.UNSUPPORTED_KIND for one in question.faults)
    question = checked(question)
    if not unsupported:
        return question
    return replace(question, faults=tuple(one for one in question.faults if one.kind not in OF_PARTS))


def _numbered(questions: Sequence[ParsedQuestion]) -> tuple[ParsedQuestion, ...]:
    """The questions, with a warning where their numbers jump or come back; at 1 they may start again."""
    numbers = [(0, question.number) for question in questions]
    for index in range(1, len(numbers)):
        part = numbers[index - 1][0]
        numbers[index] = (part + (numbers[index][1] == "1"), numbers[index][1])
    found = numbering_faults(numbers)
    return tuple(
        replace(question, faults=(*question.faults, fault(doubt[0], question.place, **doubt[1])))
        if doubt
        else question
        for question, doubt in zip(questions, found, strict=True)
    )


def _offer_truth(entry: Entry) -> None:
    """A statement whose key is "Đúng" or "Sai" needs no choices of its own."""
    word = fold(entry.key)
    if not entry.choices and len(word) > 1 and word in YES_WORDS | NO_WORDS:
        entry.choices = {0: "Đúng", 1: "Sai"}


def _pick(table: Table, header: Header, entry: Entry, emphasis: Emphasis, first_number: int) -> Picking:
    """The kind and the right choices, from the key cell, stars and looks, which must agree."""
    said = table.text(entry.row, header.column(Role.KIND))
    kind = declared_kind(said)
    key_column = header.column(Role.KEY)
    place = table.place(
        entry.row, key_column if key_column is not None else header.column(Role.QUESTION) or 0
    )
    if kind == UNSUPPORTED:
        return picked("single", entry, frozenset(), (fault(FaultKind.UNSUPPORTED_KIND, place, name=said),))
    if kind in READERS:
        return READERS[kind](entry, place)
    reading = _reading(table, header, entry, first_number)
    reading = _agreed(reading, entry.starred, emphasis)
    if reading.problem is not None:
        doubt = Fault(reading.problem, Severity.ERROR, place, reading.values)
        return picked(kind or _usual_kind(entry, 1), entry, frozenset(), (doubt,))
    from_key = bool(entry.key)
    usual = _usual_kind(entry, len(reading.right) if from_key else 1)
    # Several keys of a single choice are found by the checks that every format shares.
    several = len(reading.right) > 1 and (kind or usual) == "true_false"
    faults = (fault(FaultKind.SEVERAL_KEYS, place, keys=names(reading.right)),) if several else ()
    return picked(kind or usual, entry, reading.right, faults)


def _usual_kind(entry: Entry, keys: int) -> str:
    if truth_places(entry.choices) is not None:
        return "true_false"
    return "multiple" if keys > 1 else "single"


def _reading(table: Table, header: Header, entry: Entry, first_number: int) -> KeyReading:
    """What the key cell says, when there is one and it can be trusted."""
    if not entry.key:
        return KeyReading(problem=FaultKind.NO_KEY)
    if header.wrong and not header.choices:
        return KeyReading(frozenset({0}))
    cell = (entry.row, header.column(Role.KEY) or 0)
    reading = read_key(entry.key, entry.choices, first_number=first_number)
    if cell in table.decimals and reading.right != _same_text(entry):
        return KeyReading(problem=FaultKind.KEY_UNREAD, values=(("key", entry.key),))
    return reading


def _same_text(entry: Entry) -> frozenset[int]:
    return frozenset(place for place, text in entry.choices.items() if text == entry.key)


def _agreed(reading: KeyReading, starred: frozenset[int], emphasis: Emphasis) -> KeyReading:
    """One key out of all that the row says; where two of them differ there is none."""
    found = [places for places in (reading.right, starred, emphasis.places) if places]
    if reading.problem not in (None, FaultKind.NO_KEY):
        return reading
    if len(set(found)) > 1:
        values = (("first", names(found[0])), ("second", names(found[1])))
        return KeyReading(problem=FaultKind.KEYS_CONFLICT, values=values)
    if found:
        return KeyReading(found[0])
    if emphasis.conflict is not None:
        first, second = map(names, emphasis.conflict)
        return KeyReading(problem=FaultKind.KEYS_CONFLICT, values=(("first", first), ("second", second)))
    return KeyReading(problem=emphasis.problem or FaultKind.NO_KEY)


def _cell_faults(table: Table, header: Header, entry: Entry, place: str) -> Iterator[Fault]:
    """Doubtful cells, a gap among the choices, a hidden row."""
    used = (header.column(role) for role in (Role.QUESTION, Role.OPTIONS, Role.KEY))
    columns = {*header.choices.values(), *header.wrong.values(), *(one for one in used if one is not None)}
    if linked := table.text(entry.row, header.column(Role.PICTURE)):
        yield fault(FaultKind.LOST_OBJECT, place, object=f"hình ảnh ({linked[:60]})")
    for row in entry.rows:
        for column in sorted(columns):
            if doubt := table.doubts.get((row, column)):
                yield fault(doubt.kind, table.place(row, column), doubt.severity, value=doubt.value)
    if entry.choices and len(entry.choices) <= max(entry.choices):
        labels = names(frozenset(entry.choices))
        yield fault(FaultKind.LABEL_ORDER, place, Severity.WARNING, labels=labels)
    if not table.hidden_rows.isdisjoint(entry.rows):
        yield fault(FaultKind.FILE_NOTE, place, note=HIDDEN_ROW)
