"""Finds the header of a sheet of questions by the meaning of its words, wherever it stands."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from contest.banks.formats.sheet_table import Table
from contest.rules.vietnamese import fold

HEADER_ROWS = 30
SAMPLE_ROWS = 20
LONGEST_HEADER = 120


class Role(StrEnum):
    """What a column holds; a choice or wrong column also has its place among its kind."""

    NUMBER = "number"
    TOPIC = "topic"
    LEVEL = "level"
    QUESTION = "question"
    CONTENT = "content"
    CHOICE = "choice"
    WRONG = "wrong"
    OPTIONS = "options"
    ANSWER = "answer"
    KEY = "key"
    CITATION = "citation"
    EXPLANATION = "explanation"
    KIND = "kind"
    MARKING = "marking"
    TAGS = "tags"
    PICTURE = "picture"


# Words for a choice that a letter or number follows: "PA A", "Phương án 1", "Đáp án A", "Option 1".
CHOICE_WORD = (
    r"(?:cac )?(?:noi dung )?(?:pa|p/a|phuong an|dap an|d/?a|lua chon|tuy chon|cau tra loi|tra loi|y|option"
    r"|answer|choice)(?: (?:tra loi|lua chon|so|cau))?"
)
# Folded header texts, tried from top to bottom on the whole text of a cell.
SYNONYMS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.WRONG, rf"(?:{CHOICE_WORD} )?(?:sai|nhieu|incorrect)(?: answer| option)?\s*([1-8a-h])?"),
        (Role.CHOICE, rf"{CHOICE_WORD}\s*[-:.(]?\s*([a-h]|[1-8])\)?"),
        (Role.CHOICE, r"([a-h])"),
        (
            Role.KEY,
            rf"(?:{CHOICE_WORD} )?(?:dung|chinh xac)(?: nhat)?"
            r"|(?:correct|right) (?:answer|option|choice)(?:\(?s\)?)?(?: - .*)?|(?:answer )?key|ket qua",
        ),
        (Role.ANSWER, r"dap an|d/?a|answers?|tra loi|cau tra loi"),
        (
            Role.OPTIONS,
            r"(?:cac |nhung |noi dung )*(?:phuong an|lua chon|pa|dap an)(?: (?:tra loi|lua chon|chon))?"
            r"|options|choices",
        ),
        (Role.KIND, r"(?:loai|dang|kieu|hinh thuc)(?: cau)?(?: hoi)?|(?:question )?(?:type|kind)"),
        (Role.MARKING, r"(?:cach|kieu) (?:cham|tinh)(?: diem)?|cham diem"),
        (Role.TAGS, r"(?:cac )?nhan|tags?|tu khoa|keywords?"),
        (Role.PICTURE, r"hinh(?: anh| ve| minh hoa)?|anh(?: minh hoa)?|picture|image"),
        (Role.NUMBER, r"s\.?t\.?t|tt|so tt|so thu tu|no|#|id|cau so|so cau|ma(?: cau)?(?: hoi)?|question #"),
        (Role.LEVEL, r"muc(?: do)?(?:[ /].*)?|do kho|cap do(?: .*)?|level|difficulty"),
        (
            Role.TOPIC,
            r"(?:ten )?(?:linh vuc|chu de|chuong|hang muc|phan|mang|chuyen de|nhom)(?:[ /].*)?"
            r"|topic|category|section",
        ),
        (
            Role.CITATION,
            r"(?:can cu|nguon|trich dan|vien dan|dan chieu|co so|tai lieu|van ban)(?:[ /].*)?"
            r"|citation|source|reference",
        ),
        (Role.EXPLANATION, r"(?:giai thich|loi giai|huong dan|dien giai)(?: .*)?|(?:answer )?explanation"),
        (Role.QUESTION, r"(?:noi dung |ten |de )?cau hoi(?: .*)?|de bai|cau dan|question(?: text)?|cau"),
        (Role.CONTENT, r"noi dung(?: .*)?"),
    )
)


@dataclass
class Header:
    """Where the columns of a sheet are; the questions begin at first_row (counted from 0).

    title: what stands over the questions, in lower case.
    choices: columns of the choices by their place (0 is A). wrong: columns of wrong choices, where
    the key column holds the text of the right one.
    """

    first_row: int
    title: str = ""
    columns: dict[Role, int] = field(default_factory=dict)
    choices: dict[int, int] = field(default_factory=dict)
    wrong: dict[int, int] = field(default_factory=dict)

    def column(self, role: Role) -> int | None:
        """The column of this role, None when the sheet has none."""
        return self.columns.get(role)


def find_header(table: Table) -> Header | None:
    """The header among the first rows, or None when no row reads like one."""
    for row in range(min(HEADER_ROWS, len(table.rows))):
        header = _header_at(table, row)
        if header is not None:
            return header
    return None


@lru_cache(maxsize=2000)
def header_role(text: str) -> tuple[Role, int] | None:
    """The role a header text names, with the place among the choices (-1 when it says none)."""
    if len(text) > LONGEST_HEADER:
        return None
    words = re.sub(r"[*:.\s]+$", "", re.sub(r"\s*\((?!s\))[^)]{2,}\)", "", fold(text))).strip()
    for role, pattern in SYNONYMS:
        if match := pattern.fullmatch(words):
            return role, _place(match[1]) if match.groups() and match[1] else -1
    return None


def is_header_row(table: Table, row: int, header: Header) -> bool:
    """Whether a row below repeats the header, as printed sheets do on each page."""
    return bool(header.title) and table.text(row, header.column(Role.QUESTION)).lower() == header.title


def _place(sign: str) -> int:
    return int(sign) - 1 if sign.isdigit() else ord(sign) - ord("a")


def _header_at(table: Table, row: int) -> Header | None:
    found = _roles(table, row)
    if not _has_question(found):
        return None
    below = _roles(table, row + 1) if row + 1 < len(table.rows) else {}
    header = Header(row + 1)
    both = found | below
    two_rows = _count_choices(below) >= 2 and _count_choices(found) < 2 and not _has_question(below)
    if two_rows and _has_question(both):
        # A header of two rows: "Phương án" over "A", "B", "C", "D".
        found = both
        header.first_row = row + 2
    _settle_question(table, header, found)
    _settle_columns(header, found)
    header.title = table.text(row, header.column(Role.QUESTION)).lower()
    return header if _is_complete(header) else None


def _roles(table: Table, row: int) -> dict[int, tuple[Role, int]]:
    """The role of each column of a row that reads like a header."""
    found = {}
    for column, text in enumerate(table.rows[row]):
        if text and (role := header_role(text)):
            found[column] = role
    return found


def _count_choices(found: dict[int, tuple[Role, int]]) -> int:
    return sum(role is Role.CHOICE for role, _ in found.values())


def _has_question(found: dict[int, tuple[Role, int]]) -> bool:
    return any(role in (Role.QUESTION, Role.CONTENT) for role, _ in found.values())


def _settle_question(table: Table, header: Header, found: dict[int, tuple[Role, int]]) -> None:
    """Of "Câu hỏi" and "Nội dung", the column with the longer texts holds the questions."""
    candidates = [column for column, (role, _) in found.items() if role in (Role.QUESTION, Role.CONTENT)]
    best = max(candidates, key=lambda column: _usual_length(table, header.first_row, column))
    for column in candidates:
        was_content = found.pop(column)[0] is Role.CONTENT
        if column == best:
            found[column] = (Role.QUESTION, -1)
        elif was_content:
            found[column] = (Role.TOPIC, -1)
        else:
            found[column] = (Role.NUMBER, -1)


def _usual_length(table: Table, first_row: int, column: int) -> int:
    rows = range(first_row, min(first_row + SAMPLE_ROWS, len(table.rows)))
    return sum(len(table.text(row, column)) for row in rows)


def _settle_columns(header: Header, found: dict[int, tuple[Role, int]]) -> None:
    roles = {role for role, _ in found.values()}
    for column, (role, place) in sorted(found.items()):
        if role is Role.CHOICE:
            header.choices.setdefault(place, column)
        elif role is Role.WRONG:
            header.wrong.setdefault(place if place >= 0 else len(header.wrong), column)
        elif role is Role.ANSWER:
            # "Đáp án" beside "Đáp án đúng" lists the choices; alone it is the key.
            header.columns.setdefault(Role.OPTIONS if Role.KEY in roles else Role.KEY, column)
        else:
            header.columns.setdefault(role, column)


def _is_complete(header: Header) -> bool:
    """A question column alone may be prose: something to choose from or a key must stand beside it."""
    others = len(header.choices) + len(header.wrong)
    return others >= 2 or Role.KEY in header.columns or Role.OPTIONS in header.columns
