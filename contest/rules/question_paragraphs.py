"""A whole question in one paragraph ("Câu 1: … A. … B. … Đáp án: B Căn cứ: …") taken apart into its lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contest.rules.question_lines import Line

_LABEL = re.compile(r"(?:^|\s)(?=[*✓✔√]?\(?([A-Ha-h])(?:[.):]|\*[.)])(?:\s|\*))")
# After a single blank only a capital and a colon tell a key from the words of the last choice: "D. Chỉ đáp án B".
_KEY = re.compile(
    r"\s[(\[]?(?:Đáp\s+án|ĐÁP\s+ÁN|ĐA|Đ/A|Answer|ANSWER|Key)(?:\s+đúng|\s+ĐÚNG)?(?:\s*[:=]|\s+là\s*:?)\s*"
    r"[A-Ha-h](?:\s*[,;]\s*[A-Ha-h])*(?!\w)[\s.;)\]]*"
    r"(?=$|(?:Căn\s+cứ|Giải\s+thích|Lời\s+giải|Nguồn|Mức\s+độ|Chủ\s+đề)\s*:|(?:Câu|CÂU)\s+\d{1,4}\s*[.:)])"
)
_FIELD = re.compile(r"\s(?=(?:Căn\s+cứ|Giải\s+thích|Lời\s+giải|Nguồn|Mức\s+độ|Chủ\s+đề)\s*:)")
_NEXT = re.compile(r"\s(?=(?:Câu|CÂU)\s+\d{1,4}\s*[.:)])")


def unfolded(line: Line) -> Iterator[Line]:
    """The lines of a paragraph that holds choices and after them a key; any other paragraph as it is."""
    text = line.text
    key = _KEY.search(text) if "\t" not in text else None
    starts = _choices_before(text, key.start() + 1) if key else []
    if key is None or not starts:
        yield line
        return
    ends = [*starts, key.start() + 1, key.end()]
    if text[: starts[0]].strip():
        yield _piece(line, 0, starts[0])
    for start, end in pairwise(ends):
        yield _piece(line, start, end)
    following = _NEXT.search(f" {text}", key.end())
    rest = len(text) if following is None else following.start()
    marks = [key.end(), *(found.end() for found in _FIELD.finditer(text, key.end(), rest)), rest]
    for start, end in pairwise(marks):
        if text[start:end].strip():
            yield _piece(line, start, end)
    if following is not None:
        yield from unfolded(line.cut(rest))


def _piece(line: Line, start: int, end: int) -> Line:
    return line.cut(start, start + len(line.text[start:end].rstrip()))


def _choices_before(text: str, end: int) -> Sequence[int]:
    """Where choices A, B, … begin, each letter the next one and in one case; none for fewer than two."""
    labels = [(found.end(), found[1]) for found in _LABEL.finditer(text, 0, end)]
    for at, (_start, letter) in enumerate(labels):
        if letter in "Aa":
            wanted = [label for label in labels[at:] if label[1].isupper() == letter.isupper()]
            inorder = [
                start for place, (start, sign) in enumerate(wanted) if ord(sign) == ord(letter) + place
            ]
            if len(inorder) == len(labels) - at >= 2:
                return inorder
    return []
