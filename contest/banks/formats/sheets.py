"""Reads a bank from a workbook (.xlsx, .xls, .ods): templates by their headers, other sheets by meaning."""

import re
from collections.abc import Sequence
from dataclasses import replace

from contest.banks.formats.file_shape import FileShape, shape_of
from contest.banks.formats.sheet_book import read_book
from contest.banks.formats.sheet_header import Role, find_header
from contest.banks.formats.sheet_rows import read_rows
from contest.banks.formats.sheet_table import Table
from contest.banks.formats.sheet_templates import read_template
from contest.banks.formats.tcexam import read_records
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, fault
from contest.rules.question_faults import with_near_duplicates
from contest.rules.question_lines import line_of
from contest.rules.question_text import recognise

FORMATS = {FileShape.XLSX: "xlsx", FileShape.XLS: "xls", FileShape.ODS: "ods"}
UNNAMED_SHEET = re.compile(r"(?:sheet|trang tính|trang_tính|table|tờ)[ _]?\d*", re.IGNORECASE)
SKIPPED = (
    "Trang “{name}” không có dòng tiêu đề của bảng câu hỏi nên đã bỏ qua. Hãy kiểm tra có sót câu nào không."
)
NO_HEADER = (
    "Không thấy dòng tiêu đề của bảng câu hỏi. "
    "Hãy đặt tiêu đề các cột: STT, Câu hỏi, Phương án A, Phương án B, …, Đáp án."
)
UNREAD_PICTURES = (
    "Tệp .xls này có hình, nhưng hình trong tệp .xls không đọc được nên chưa câu nào có hình. "
    "Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi nhập tệp đó."
)
HIDDEN_SHEET = "Trang tính này đang bị ẩn nhưng vẫn được đọc. Hãy kiểm tra có dùng các câu ở đây không."


def read(content: bytes) -> ParsedBank:
    """The bank in a workbook; places are like "Sheet1!C7". Unreadable when it is no workbook or unsafe."""
    shape = shape_of(content)
    if shape not in FORMATS:
        raise Unreadable("not_sheet")
    return read_tables(read_book(content, shape), FORMATS[shape])


def read_tables(tables: Sequence[Table], name: str) -> ParsedBank:
    """The questions of all tables together; `name` is the format unless a template gives its own."""
    questions: list[ParsedQuestion] = []
    faults: list[Fault] = []
    skipped: list[Fault] = []
    filled = [table for table in tables if any(any(cells) for cells in table.rows)]
    for table in filled:
        bank = read_table(table, topic=_topic_of(table, len(filled)))
        if bank is None:
            skipped.append(fault(FaultKind.FILE_NOTE, table.name, note=SKIPPED.format(name=table.name)))
            continue
        name = bank.format if bank.format != "sheet" else name
        questions += bank.questions
        faults += bank.faults
        if table.hidden and bank.questions:
            faults.append(fault(FaultKind.FILE_NOTE, table.name, note=HIDDEN_SHEET))
    if any(table.unread_pictures for table in filled):
        skipped.append(fault(FaultKind.FILE_NOTE, "", note=UNREAD_PICTURES))
    if not questions:
        nothing = (fault(FaultKind.NOTHING_FOUND, ""), fault(FaultKind.FILE_NOTE, "", note=NO_HEADER))
        return ParsedBank(name, (), nothing)
    return ParsedBank(name, with_near_duplicates(questions), (*faults, *skipped))


def read_table(table: Table, topic: str = "") -> ParsedBank | None:
    """The bank of one table, None when nothing tells what its columns are."""
    bank = read_template(table) or read_records(table)
    if bank is not None:
        return bank
    header = find_header(table)
    if header is None:
        return _as_document(table)
    bank = read_rows(table, header)
    if not topic or header.column(Role.TOPIC) is not None:
        return bank
    questions = tuple(replace(question, topic=question.topic or topic) for question in bank.questions)
    return replace(bank, questions=questions)


def _as_document(table: Table) -> ParsedBank | None:
    """A sheet into which somebody pasted the lines of a document: "Câu 1: …", "A. …"."""
    lines = [
        line_of("\t".join(filter(None, cells)), table.place(row)) for row, cells in enumerate(table.rows)
    ]
    bank = recognise(lines, "sheet")
    return bank if bank.questions and any(question.choices for question in bank.questions) else None


def _topic_of(table: Table, sheets: int) -> str:
    """A sheet somebody named, among several, names the topic of its questions."""
    return table.name if sheets > 1 and not UNNAMED_SHEET.fullmatch(table.name.strip()) else ""
