"""Groups the rows below a header into entries, one for each question, and reads their cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from contest.banks.formats.sheet_header import Header, Role, is_header_row
from contest.banks.formats.sheet_keys import letter
from contest.banks.formats.sheet_options import (
    Option,
    section_title,
    split_options,
    split_question,
    without_labels,
)
from contest.banks.formats.sheet_table import Table

ROW_MARKS = frozenset({"", "x", "✓", "✔", "√", "*", "đúng", "true"})


@dataclass
class Entry:
    """One question while it is being read; places of choices count from 0, rows and columns too.

    rows: its rows, more than one where each choice has a row. columns: where its choices stand.
    starred: choices with a star before them. key: the key cell as typed.
    """

    row: int
    topic: str
    rows: list[int] = field(default_factory=list)
    text: str = ""
    choices: dict[int, str] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    starred: frozenset[int] = frozenset()
    key: str = ""


def entries_of(table: Table, header: Header) -> list[Entry]:
    """Every row that says something, as an entry with its text, choices and key."""
    entries = list(_grouped(table, header))
    for entry in entries:
        _fill(table, header, entry)
    return entries


def _grouped(table: Table, header: Header) -> Iterator[Entry]:
    """Rows become entries; a section row sets the topic of what follows it."""
    section = topic = ""
    current: Entry | None = None
    topic_column = header.column(Role.TOPIC)
    for row in range(header.first_row, len(table.rows)):
        filled = [column for column, text in enumerate(table.rows[row]) if text]
        if not filled or is_header_row(table, row, header):
            continue
        if title := _section(table, header, row, filled):
            section, topic, current = title, "", None
            continue
        # A topic typed or merged once stands for the rows below it.
        topic = " ".join(table.text(row, topic_column).split()) or topic
        if current is not None and _continues(table, header, row):
            current.rows.append(row)
        elif _says_something(header, filled):
            current = Entry(row, topic or section, [row])
            yield current


def _section(table: Table, header: Header, row: int, filled: list[int]) -> str:
    """The topic a row of its own announces ("PHẦN II. …", or one text over merged cells), else ""."""
    if len(filled) != 1 or filled[0] in answer_columns(header):
        return ""
    column = filled[0]
    text = " ".join(table.text(row, column).split())
    if title := section_title(text):
        return title
    if column in (header.column(Role.TOPIC), header.column(Role.LEVEL)) or text.rstrip(".").isdigit():
        return ""
    return text if column != header.column(Role.QUESTION) or table.is_wide(row, column) else ""


def answer_columns(header: Header) -> set[int]:
    """The columns in which choices and keys stand."""
    named = (header.column(role) for role in (Role.OPTIONS, Role.KEY))
    choices = (*header.choices.values(), *header.wrong.values())
    return {*choices, *(column for column in named if column is not None)}


def _continues(table: Table, header: Header, row: int) -> bool:
    """Whether a row only adds a choice to the question above it: one choice to a row."""
    options = header.column(Role.OPTIONS)
    blank = (header.column(Role.QUESTION), header.column(Role.NUMBER))
    return bool(
        options is not None
        and not header.choices
        and table.text(row, options)
        and not any(table.text(row, column) for column in blank)
    )


def _says_something(header: Header, filled: list[int]) -> bool:
    """A row with nothing but a number, a topic or a level is a row left to be filled in."""
    question = header.column(Role.QUESTION)
    return question in filled or not answer_columns(header).isdisjoint(filled)


def _fill(table: Table, header: Header, entry: Entry) -> None:
    entry.text = table.text(entry.row, header.column(Role.QUESTION))
    key, options = header.column(Role.KEY), header.column(Role.OPTIONS)
    entry.key = table.text(entry.row, key)
    entry.columns = _choice_columns(table, header, entry.row)
    if header.choices or header.wrong:
        entry.choices = without_labels(
            {place: table.text(entry.row, column) for place, column in entry.columns.items()}
        )
    elif options is not None:
        _take(entry, split_options("\n".join(table.text(row, options) for row in entry.rows)))
        if len(entry.rows) > 1:
            entry.key = _key_over_rows([table.text(row, key) for row in entry.rows])
    if not entry.choices:
        entry.text, found = split_question(entry.text)
        _take(entry, found)


def _choice_columns(table: Table, header: Header, row: int) -> dict[int, int]:
    """Columns of the filled choices by place; a right one in a column of its own comes first."""
    if header.choices:
        return {place: column for place, column in sorted(header.choices.items()) if table.text(row, column)}
    key = header.column(Role.KEY)
    if not header.wrong or key is None or not table.text(row, key):
        return {place + 1: column for place, column in header.wrong.items() if table.text(row, column)}
    wrong = [header.wrong[place] for place in sorted(header.wrong)]
    return dict(enumerate([key, *(column for column in wrong if table.text(row, column))]))


def _take(entry: Entry, options: list[Option]) -> None:
    entry.choices = {option.place: option.text for option in options}
    entry.starred = frozenset(option.place for option in options if option.starred)


def _key_over_rows(marks: list[str]) -> str:
    """The key of choices on rows of their own: written once, or a mark beside each right one."""
    if all(mark.lower() in ROW_MARKS for mark in marks):
        return ", ".join(letter(place) for place, mark in enumerate(marks) if mark)
    return "\n".join(dict.fromkeys(mark for mark in marks if mark))
