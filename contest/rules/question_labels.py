"""How a line of a question file begins: a question, choices, a key, a section, a source."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from contest.rules.question_lines import Grid, Line
from contest.rules.vietnamese import fold


class Part(Enum):
    """What a line is, judged by its own text alone."""

    BLANK = auto()
    QUESTION = auto()
    NUMBERED = auto()
    CHOICES = auto()
    KEY = auto()
    CITATION = auto()
    EXPLANATION = auto()
    LEVEL = auto()
    TOPIC = auto()
    KIND = auto()
    MARKING = auto()
    TAGS = auto()
    SECTION = auto()
    KEYS_BEGIN = auto()
    TEXT = auto()
    GRID = auto()


@dataclass(frozen=True)
class Label:
    """One choice in a line: its letter as typed, whether a star marks it, where label and text stand."""

    letter: str
    starred: bool
    start: int
    text_start: int
    end: int


@dataclass(frozen=True)
class Token:
    """A line and what it is. `content` is the line after its label, `number` a question's number.

    `doubtful` marks a choice whose letter was counted, not read, where the count may be wrong.
    """

    part: Part
    line: Line
    content: Line
    number: str = ""
    level: str = ""
    labels: tuple[Label, ...] = ()
    grid: Grid | None = None
    doubtful: bool = False


LEVELS = {
    "nb": "Nhận biết",
    "nhan biet": "Nhận biết",
    "biet": "Nhận biết",
    "de": "Nhận biết",
    "th": "Thông hiểu",
    "thong hieu": "Thông hiểu",
    "hieu": "Thông hiểu",
    "tb": "Thông hiểu",
    "trung binh": "Thông hiểu",
    "vd": "Vận dụng",
    "van dung": "Vận dụng",
    "van dung thap": "Vận dụng",
    "vdt": "Vận dụng",
    "kho": "Vận dụng",
    "vdc": "Vận dụng cao",
    "van dung cao": "Vận dụng cao",
    "rat kho": "Vận dụng cao",
}


def level_name(text: str) -> str:
    """One of the four levels where the text means one of them, else the text as typed."""
    return LEVELS.get(fold(text).strip(" .:;[]()"), text.strip())


_QUESTION = re.compile(
    r"\s*[\[(<*#]*\s*(?:câu\s+hỏi|câu\s+số|câu|bài|cau\s+hoi|cau|question)\s*(?:số\s*)?[\[(]?(\d{1,4})[\])]?"
    r"(?P<note>\s*[(\[][^()\[\]]{1,40}[)\]])?(?P<mark>\s*[:.)/\]>\-–—]+|\s)?\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(\d{1,4})\s*(?:[.)](?!\d)|/(?!\s*\d)|\s[-–](?=\s)|:(?=\s))\s*(?=\S|$)")
_BRACKET = re.compile(
    r"\s*\[<?(\d{1,2}|NB|TH|VD|VDC|VDT|nhận biết|thông hiểu|vận dụng(?: cao)?)>?\]\s*(?=\S)", re.IGNORECASE
)
_LEVEL_NOTE = re.compile(r"\s*[(\[<]+\s*([^()\[\]<>]{1,20}?)\s*[)\]>]+\s*[:.]?\s*")
_KEY = re.compile(
    r"\s*[(\[*]*\s*(?:đáp\s*án(?!\s+[a-h]\s*[:.)]\s*\S\S)|dap\s+an|đ\s?[./]?\s?a(?=\s*[.:])|trả\s+lời(?=\s*:)"
    r"|phương\s+án\s+đúng|lựa\s+chọn\s+đúng|câu\s+trả\s+lời\s+đúng|answer|ans(?=\s*:)|key(?=\s*:)"
    r"|correct(?:\s+answer)?(?=\s*:)|chọn(?=\s*:)|chọn(?=\s+(?:đáp\s+án\s+)?[a-h]\s*\.?\s*$))"
    r"(?:\s+đúng)?(?:\s+nhất)?(?:\s+là)?\s*[:.=\-–>]*\s*(?:là\s*:?\s*)?",
    re.IGNORECASE,
)
_BARE_KEY = re.compile(r"\W*(?:[A-Ha-h]|đ|s|đúng|sai)?(?:\W+[A-Ha-h])*\W*", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:=+>|-+>|[→⇒➔➜➙])\s*(?=\S{1,12}\s*$|[A-Ha-h][.)]\s)")
_CITATION = re.compile(
    r"\s*[(\[]?(?:căn\s+cứ(?:\s+pháp\s+lý)?|cơ\s+sở\s+pháp\s+lý|nguồn|trích(?:\s+dẫn)?|tài\s+liệu(?:\s+tham\s+khảo)?"
    r"|tham\s+khảo|văn\s+bản)\s*[:：]\s*|\s*căn\s+cứ\s+(?=(?:theo|khoản|điều|điểm|nghị|luật|quyết|thông|hiến)\b)",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"\s*(?:giải\s+thích|lời\s+giải(?:\s+chi\s+tiết)?|hướng\s+dẫn(?:\s+giải)?|gợi\s+ý(?:\s+trả\s+lời)?"
    r"|ghi\s+chú|explanation)\s*:\s*",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\s*(?:mức\s+độ|độ\s+khó|cấp\s+độ|level)\s*(?:nhận\s+thức\s*)?:\s*", re.IGNORECASE)
_TOPIC = re.compile(r"\s*(?:chủ\s+đề|lĩnh\s+vực|topic|hạng\s+mục)\s*:\s*(?=\S)", re.IGNORECASE)
_KIND = re.compile(r"\s*(?:loại|dạng|kiểu)\s+câu(?:\s+hỏi)?\s*:\s*(?=\S)", re.IGNORECASE)
_MARKING = re.compile(r"\s*cách\s+(?:chấm|tính)(?:\s+điểm)?\s*:\s*(?=\S)", re.IGNORECASE)
_TAGS = re.compile(r"\s*(?:nhãn|từ\s+khó?[oó]a|tags?)\s*:\s*(?=\S)", re.IGNORECASE)
_SECTION = re.compile(
    r"\s*[(\[*]*(?:phần|chương|chủ\s+đề|chuyên\s+đề|nhóm|mục|lĩnh\s+vực|nội\s+dung|topic|section)"
    r"\s+(?:thứ\s+\w+|[ivx]+|\d{1,2}|[a-z])(?:\s*[:.)\-–—]+\s*|\s+|\s*$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\s*(?:X{0,2}(?:IX|IV|VI{0,3}|I{1,3})|X{1,2})\s*[.)\-–:/]\s*(?=\S)")
_KEYS_BEGIN = re.compile(
    r"\W*(?:hết|(?:bảng\s+|phần\s+)?đáp\s+án(?:\s+(?:câu\s+hỏi|trắc\s+nghiệm|đề|chi\s+tiết|và|các|phần|bộ|tham)\b.*)?"
    r"|bảng\s+đáp\s+án.*|answer\s+keys?)\W*",
    re.IGNORECASE,
)
_KEY_TAIL = re.compile(
    r"(?<!\s)(?:(?=\t|\s\s)\s*+|(?<=[.?!:;,)])\s*+|\s*+(?=[(\[]))[(\[]?\s*(?:đáp\s*án|đ/?a|answer)(?:\s+đúng)?(?:\s+là)?\s*[:=]\s*"
    r"([A-Ha-h](?:\s*[,;]\s*[A-Ha-h])*)\s*[)\]]?\s*\.?\s*$",
    re.IGNORECASE,
)

_CHOICE = re.compile(
    r"\s*[(\[]?([*✓✔√]?)\s*[(\[]?(?i:(?:phương\s+án|lựa\s+chọn|đáp\s+án|pa)\s+)?([A-Ha-h])"
    r"(?:\s?[.):\]](?!\w{1,3}\.)|/(?=\s)|\s[-–](?=\s)|\*[.)])\s*(\*(?=\s*\S))?\s*"
)
_WIDE_GAP = re.compile(
    r"(?:\t\s*|\s{2,})([*✓✔√]?)[(\[]?([A-Ha-h])(?:\s?[.):\]]|\*[.)]|/(?=\s))\s*(\*(?=\s*\S))?"
)
_THIN_GAP = re.compile(r"\s([*✓✔√]?)\(?([A-H])(?:[.):]|\*[.)])\s*(\*(?=\s*\S))?")


def choice_labels(text: str, start: int = 0) -> tuple[Label, ...]:
    """The choices that begin at `start` and stand one after the other on this line.

    A further label counts after a tab or two blanks; after one blank only where at least three
    letters follow each other, so that "Cả A, B và C." is never cut.
    """
    first = _CHOICE.match(text, start)
    if not first:
        return ()
    found = [first, *_following(text, first, _WIDE_GAP)]
    if len(found) == 1:
        thin = _following(text, first, _THIN_GAP)
        found += thin if len(thin) >= 2 else []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        Label(match[2], bool(match[1] or match[3]) or "*" in match.group(), match.start(), match.end(), end)
        for match, end in zip(found, ends, strict=True)
    )


def _following(text: str, first: re.Match[str], gap: re.Pattern[str]) -> list[re.Match[str]]:
    """Labels after the first, each the next letter of the alphabet in the same case."""
    found, letter, position = [], first[2], first.end(2)
    while match := _next_label(text, position, gap, chr(ord(letter) + 1)):
        found.append(match)
        letter, position = match[2], match.end(2)
    return found


def _next_label(text: str, position: int, gap: re.Pattern[str], letter: str) -> re.Match[str] | None:
    return next((match for match in gap.finditer(text, position) if match[2] == letter), None)


def inline_choices(text: str, start: int) -> tuple[Label, ...]:
    """Choices A, B, … that follow a question on its own line."""
    for gap, least in ((_WIDE_GAP, 2), (_THIN_GAP, 3)):
        for match in gap.finditer(text, start):
            if match[2] in "Aa":
                labels = choice_labels(text, match.start())
                if len(labels) >= least:
                    return labels
    return ()


def key_tail(line: Line) -> tuple[Line, Line] | None:
    """A line whose end says the key ("D. 7 (Đáp án: B)"), cut in two."""
    match = _KEY_TAIL.search(line.text)
    if not match or match.start() == 0 or not line.text[: match.start()].strip():
        return None
    return line.cut(0, match.start()), line.cut(match.start())


def classify(line: Line) -> Token:
    """What the line is, and its content after the label."""
    text = line.text
    if not text.strip():
        return Token(Part.BLANK, line, line)
    for read in (_read_question, _read_numbered, _read_field, _read_choices, _read_bracket, _read_section):
        token = read(line, text)
        if token:
            return token
    return Token(Part.TEXT, line, line)


def _read_question(line: Line, text: str) -> Token | None:
    match = _QUESTION.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    if not (match["mark"] or "").strip() and not match["note"] and rest and not rest[0].isupper():
        return None
    level = level_name((match["note"] or "").strip(" ()[]"))
    return _with_level(line, match.end(), match[1], level if level in LEVELS.values() else "")


def _with_level(line: Line, start: int, number: str, level: str, part: Part = Part.QUESTION) -> Token:
    """The question token, a level such as "(NB)" before its text taken out of it."""
    note = _LEVEL_NOTE.match(line.text, start)
    if note and fold(note[1]) in LEVELS:
        start, level = note.end(), level_name(note[1])
    return Token(part, line, line.cut(start), number, level)


def _read_numbered(line: Line, text: str) -> Token | None:
    match = _NUMBERED.match(text)
    return _with_level(line, match.end(), match[1], "", Part.NUMBERED) if match else None


def _read_bracket(line: Line, text: str) -> Token | None:
    match = _BRACKET.match(text)
    if not match:
        return None
    return Token(Part.QUESTION, line, line.cut(match.end()), "", level_name(match[1]))


_FIELDS = (
    (Part.KEYS_BEGIN, _KEYS_BEGIN),
    (Part.KEY, _KEY),
    (Part.KEY, _ARROW),
    (Part.EXPLANATION, _EXPLANATION),
    (Part.CITATION, _CITATION),
    (Part.LEVEL, _LEVEL),
    (Part.TOPIC, _TOPIC),
    (Part.KIND, _KIND),
    (Part.MARKING, _MARKING),
    (Part.TAGS, _TAGS),
)


def _read_field(line: Line, text: str) -> Token | None:
    for part, pattern in _FIELDS:
        match = pattern.fullmatch(text) if part is Part.KEYS_BEGIN else pattern.match(text)
        if match and _really(part, match.group().rstrip().lower(), text[match.end() :]):
            return Token(part, line, line.cut(match.end()))
    return None


def _really(part: Part, label: str, rest: str) -> bool:
    """Whether the label means what it seems: "Đáp án B" is a key, "Đáp án nào đúng?" is not."""
    if part is Part.KEYS_BEGIN:
        return not label.endswith(":")
    if part is Part.KEY and label[-1:] not in ":.=->→⇒➔➜➙" and not label.endswith("là"):
        return len(rest) < 40 and _BARE_KEY.fullmatch(rest) is not None
    return True


def _read_choices(line: Line, text: str) -> Token | None:
    labels = choice_labels(text)
    return Token(Part.CHOICES, line, line, labels=labels) if labels else None


def _read_section(line: Line, text: str) -> Token | None:
    match = _SECTION.match(text) or _ROMAN.match(text)
    if not match or len(text) > 160 or text.rstrip().endswith("?"):
        return None
    return Token(Part.SECTION, line, line.cut(match.end()))
