"""Which choice a key means: "B", "b)", "A, C", "Đúng", the text itself, or a whole table of keys."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contest.rules.parsed import Fault, FaultKind, fault
from contest.rules.question_lines import Grid, joined
from contest.rules.vietnamese import answer_key, fold


@dataclass(frozen=True)
class KeyReading:
    """The choices a key means by index; empty together with a fault when it means none for certain."""

    right: frozenset[int] = frozenset()
    fault: Fault | None = None


@dataclass(frozen=True)
class KeyEntry:
    """One line of a key table. `group` counts the tables or parts, `value` "" where a key is missing."""

    group: int
    number: int
    value: str


_TRIM = " \t.,;:()[]{}\"'“”‘’*"
_PREFIX = re.compile(r"(?:(?:phương án|đáp án|lựa chọn|câu|ý|chọn|option)\s+)+(?=[a-h]\b)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Ha-h](?:(?:\s*(?:[,;/&+]|và|and)\s*|\s+)[A-Ha-h])*|[A-H]{2,8}")
_LETTER_AND_TEXT = re.compile(r"([A-Ha-h])\s*[.):\-–]\s*(\S.*)", re.DOTALL)
_WORDS = {
    "đ": "đúng",
    "d": "đúng",
    "đúng": "đúng",
    "true": "đúng",
    "s": "sai",
    "sai": "sai",
    "false": "sai",
}


def truth_of(value: str) -> str:
    """ "đúng" or "sai" when the value says one of them ("Đ", "S", "True"), else ""."""
    word = value.strip(_TRIM).lower()
    return "" if word == "d" else _WORDS.get(word, "")


def read_key(value: str, labels: Sequence[str], texts: Sequence[str], place: str = "") -> KeyReading:
    """The choices a key means, given the labels and texts of the choices; never a guess."""
    plain = _PREFIX.sub("", value.strip(_TRIM)).strip(_TRIM)
    if _LETTERS.fullmatch(plain):
        return _by_letters(plain, labels, texts, place)
    truth = truth_of(plain)
    same = [
        index for index, text in enumerate(texts) if answer_key(text) in (answer_key(plain), truth or None)
    ]
    if len(same) == 1:
        return KeyReading(frozenset(same))
    with_text = _LETTER_AND_TEXT.fullmatch(plain)
    if with_text:
        return _by_letter_and_text(with_text[1], with_text[2], labels, texts, place)
    return KeyReading(fault=fault(FaultKind.KEY_UNREAD, place, key=value.strip()[:60]))


def _by_letters(plain: str, labels: Sequence[str], texts: Sequence[str], place: str) -> KeyReading:
    letters = [sign.upper() for sign in re.sub(r"và|and", " ", plain) if sign.isalpha()]
    if plain in texts and plain.upper() not in labels:
        return KeyReading(frozenset({texts.index(plain)}))
    found = [index for index, label in enumerate(labels) if label in letters]
    if any(letter not in labels for letter in letters):
        return KeyReading(fault=fault(FaultKind.KEY_BEYOND_CHOICES, place, key=plain))
    if len(found) != len(set(letters)):
        return KeyReading(fault=fault(FaultKind.KEY_UNREAD, place, key=plain))
    return KeyReading(frozenset(found))


def _by_letter_and_text(
    letter: str, text: str, labels: Sequence[str], texts: Sequence[str], place: str
) -> KeyReading:
    """ "B. Nghị quyết 76": the letter counts when the text agrees with its choice."""
    reading = _by_letters(letter, labels, texts, place)
    if reading.fault:
        return reading
    wanted, (index,) = answer_key(text), tuple(reading.right)
    if answer_key(texts[index]).startswith(wanted) or wanted.startswith(answer_key(texts[index])):
        return reading
    return KeyReading(
        fault=fault(FaultKind.KEYS_CONFLICT, place, first=letter.upper(), second=f"“{text[:60]}”")
    )


_VALUE = (
    r"[A-Ha-h](?:\s*[,/&+]\s*[A-Ha-h](?!\w))*(?!\w)|[A-H]{2,4}(?!\w)"
    r"|(?:Đúng|Sai|ĐÚNG|SAI|đúng|sai|Đ|đ|S|s)(?!\w)"
)
_PAIR = re.compile(rf"(?:câu\s*)?(\d{{1,4}})\s*[-–—.:)=/_>]*\s*({_VALUE})?[\s;,|.]*", re.IGNORECASE)
_ONE_VALUE = re.compile(rf"\W*(?:{_VALUE})\W*")


def key_pairs(text: str) -> list[tuple[int, str]]:
    """The pairs of a line such as "1.B   2.C" or "16-A; 18-B,D; 19-;"; none unless all of it is pairs."""
    pairs, position, text = [], 0, text.strip(" \t;,|.-–*")
    while position < len(text):
        match = _PAIR.match(text, position)
        if not match:
            return []
        pairs.append((int(match[1]), match[2] or ""))
        position = match.end()
    return pairs if any(value for _, value in pairs) else []


def is_key_value(text: str) -> bool:
    """Whether a text is nothing but a key: a letter, letters, Đúng/Sai."""
    return _ONE_VALUE.fullmatch(text) is not None


_HEADING = re.compile(
    r"(?:cau(?: hoi)?(?: so)?|stt|so(?: cau)?|dap an(?: dung)?|d/?a|key|answer|da|ket qua)?\W*"
)
_NUMBER = re.compile(r"(?:câu\s*)?(\d{1,4})\s*[.:)]?", re.IGNORECASE)


class KeyTable:
    """Collects key entries from lines and tables, counting a new group at each part or restart."""

    def __init__(self) -> None:
        self.entries: list[KeyEntry] = []
        self.unread: list[str] = []
        self._group = 0
        self._numbers: list[int | None] = []

    def next_group(self) -> None:
        """A heading such as "Phần II" stands before the next entries."""
        if self.entries and self.entries[-1].group == self._group:
            self._group += 1

    def add(self, pairs: Iterable[tuple[int, str]]) -> None:
        """Take pairs; a number that falls back to 1 begins a new group."""
        for number, value in pairs:
            if number == 1 and any(entry.number > 1 for entry in self.entries[-1:]):
                self.next_group()
            self.entries.append(KeyEntry(self._group, number, value))

    def take_line(self, text: str) -> bool:
        """Take a line of a key table, or say no."""
        pairs = key_pairs(text)
        if pairs:
            self.add(pairs)
            return True
        cells = [cell.strip() for cell in re.split(r"\||\t", text.strip().strip("|"))]
        if len(cells) < 3:
            cells = re.sub(r"(?i)^\s*đáp\s+án\b", "ĐA", text).split()
        return self.take_row(cells)

    def take_row(self, cells: Sequence[str]) -> bool:
        """Take a row of cells: numbers over a row of keys, or number and key side by side."""
        headed = bool(cells) and bool(_HEADING.fullmatch(fold(cells[0])))
        body = list(cells[1:]) if headed and len(cells) > 1 else list(cells)
        numbers = [_number_of(cell) for cell in body]
        if sum(number is not None for number in numbers) >= 1 and all(
            number is not None or not cell for number, cell in zip(numbers, body, strict=True)
        ):
            self._numbers = numbers
            return True
        if self._numbers and all(not cell or is_key_value(cell) for cell in body):
            return self._take_under_numbers(body)
        return self._take_side_by_side(cells)

    def _take_under_numbers(self, values: Sequence[str]) -> bool:
        numbers, self._numbers = self._numbers, []
        if len(values) > len(numbers) or (
            len(values) < len(numbers) and "" not in values and len(values) > 0
        ):
            return False
        values = [*values, *[""] * (len(numbers) - len(values))]
        self.add((number, value) for number, value in zip(numbers, values, strict=True) if number is not None)
        return True

    def _take_side_by_side(self, cells: Sequence[str]) -> bool:
        """ "1 | B | 11 | C": a number with the cell after it; several keys after one number are refused."""
        pairs: list[tuple[int, str]] = []
        waiting: int | None = None
        for cell in cells:
            number = _number_of(cell)
            if number is not None:
                if waiting is not None:
                    pairs.append((waiting, ""))
                waiting = number
            elif waiting is not None and (not cell or is_key_value(cell)):
                pairs.append((waiting, cell))
                waiting = None
            elif key_pairs(cell):
                pairs += [*([] if waiting is None else [(waiting, "")]), *key_pairs(cell)]
                waiting = None
            elif cell and not _HEADING.fullmatch(fold(cell)):
                return False
        self.add(pairs)
        return True

    def take_grid(self, grid: Grid) -> bool:
        """Take a table that holds nothing but numbers and keys, or say no and take nothing."""
        rows = [[joined(cell) for cell in row] for row in grid.rows]
        if not is_key_grid(rows):
            return False
        by_column = _columns_of_pairs(rows)
        if by_column:
            self.add(by_column)
            return True
        self.unread += [" ".join(row) for row in rows if not self.take_row(row)]
        return True


def _columns_of_pairs(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Column groups "Câu | Đáp án | Câu | Đáp án" read down each group, so that numbers stay in order."""
    body = rows[1:] if all(_number_of(cell) is None for cell in rows[0]) else rows
    width = max(map(len, rows))
    if width % 2 or width < 4 or any(len(row) != width for row in body):
        return []
    pairs = []
    for column in range(0, width, 2):
        for row in body:
            number, value = _number_of(row[column]), row[column + 1]
            if (number is None and (row[column] or value)) or (value and not is_key_value(value)):
                return []
            if number is not None:
                pairs.append((number, value))
    return pairs


def _number_of(cell: str) -> int | None:
    match = _NUMBER.fullmatch(cell.strip())
    return int(match[1]) if match else None


def is_key_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds only numbers, keys and headings, a number standing before the first key."""
    cells = [cell.strip() for row in rows for cell in row]
    body = [cell for cell in cells if not _HEADING.fullmatch(fold(cell))]
    if not body or is_key_value(body[0]):
        return False
    keys = [cell for cell in body if is_key_value(cell) or key_pairs(cell)]
    return bool(keys) and all(cell in keys or _number_of(cell) is not None for cell in body)
