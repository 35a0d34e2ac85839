"""Words in which sheets and documents say how a question is answered and marked, and such answers in one line."""

import re
from collections.abc import Sequence

from contest.rules.vietnamese import fold

UNSUPPORTED = "unsupported"
# How this program names the kinds in the files it writes.
KIND_NAMES = {
    "single": "Một đáp án",
    "multiple": "Nhiều đáp án",
    "true_false": "Đúng/Sai",
    "short_text": "Trả lời ngắn",
    "number": "Trả lời bằng số",
    "ordering": "Sắp xếp",
    "matching": "Ghép đôi",
}
# The words of the two choices that make a question one of true or false.
TRUTHS = ({"đúng", "sai"}, {"true", "false"})
IN_PARTS, ALL_OR_NOTHING = "Từng phần", "Đúng hết mới có điểm"

_KINDS: dict[str, str] = {
    "single": "single|single choice|(?:mot|1) dap an|mot lua chon|chon mot(?: phuong an)?",
    "multiple": "multiple|checkbox|multiple (?:select|response)|(?:chon )?nhieu (?:dap an|lua chon|phuong an)|chon nhieu",
    "true_false": "true ?/? ?false|true_false|dung ?/? ?sai|dung (?:-|hoac|hay) sai|d/s",
    "short_text": "short[ _](?:text|answer)|fill[- ]in[- ]the[- ]blank|dien (?:khuyet|tu|vao cho trong)|tra loi ngan",
    "number": "number|numeric(?:al)?|(?:tra loi bang|dien|nhap) so|so",
    "ordering": "ordering|reorder|sap xep(?: thu tu)?|xep thu tu",
    "matching": "match(?:ing)?|ghep (?:doi|noi|cap)|noi cot",
    UNSUPPORTED: "poll|open[- ]ended|draw|essay|slide|drag and drop|dropdown|tu luan|khao sat|binh chon",
}
_IN_PARTS = re.compile("(?:tinh |cham |dung )?tung (?:phan|y)(?:.*)?|co diem tung phan|partial")
_ALL = re.compile("(?:phai )?dung (?:het|ca|tat ca)(?: .*)?|tat ca hoac khong|all or nothing")

_SEVERAL = re.compile(
    r"chọn\s+(?:nhiều|các|những|tất\s+cả|0?[2-9]|hai|ba)\s+(?:đáp\s+án|phương\s+án|câu|ý)|nhiều\s+(?:đáp|phương)\s+án"
    r"|nhiều\s+lựa\s+chọn",
    re.IGNORECASE,
)
_NUMBER = r"[+\-−]?\d[\d.,  ]*"
_AROUND = re.compile(
    rf"(?P<value>{_NUMBER}?)\s*(?:±|\+\s*/?\s*-|\(?\s*(?:sai số|được lệch)[^\d(]*)\s*(?P<reach>\d[\d.,]*)\s*\)?",
    re.IGNORECASE,
)
_ARROWS = ("→", "⇒", "⟶", "➔", "->", "=>")
_ORDER_SIGN = re.compile(r"[A-Za-z]|\d{1,2}")
_BETWEEN_SIGNS = re.compile(r"[\s,;.\-–—>→⇒/|+]*")


def declared_kind(text: str) -> str:
    """A kind of question, UNSUPPORTED for one nobody can play here, "" when the words mean neither."""
    words = fold(text).strip(" .:()")
    return next((kind for kind, known in _KINDS.items() if re.fullmatch(known, words)), "")


def declared_marking(text: str) -> bool | None:
    """Whether a part of the right answer earns a part of the mark; None when the words say neither."""
    words = fold(text).strip(" .:()")
    if _IN_PARTS.fullmatch(words):
        return True
    return False if _ALL.fullmatch(words) else None


def says_several(text: str) -> bool:
    """Whether the text of a question asks for more than one choice ("Chọn 2 đáp án")."""
    return _SEVERAL.search(text) is not None


def number_and_reach(text: str) -> tuple[str, str]:
    """The number and how far an answer may be off ("25 ± 0,5", "25 (sai số 0,5)"); "" where it says none."""
    found = _AROUND.fullmatch(text.strip())
    return (found["value"].strip(), found["reach"]) if found else (text.strip(), "")


def around(number: str, reach: str) -> str:
    """The same in one line."""
    return f"{number} ± {reach}" if reach else number


def pairs_in(texts: Sequence[str]) -> list[tuple[str, str]] | None:
    """Both sides of each pair ("Khai sinh → Cấp xã"); None unless exactly one arrow parts every text in two.

    A side may be empty: "→ Cấp huyện" belongs to nothing.
    """
    fitting = [arrow for arrow in _ARROWS if texts and all(text.count(arrow) == 1 for text in texts)]
    if len(fitting) != 1:
        return None
    return [
        (left.strip(), right.strip()) for left, _, right in (text.partition(fitting[0]) for text in texts)
    ]


def joined_pairs(pairs: Sequence[tuple[str, str]]) -> list[str] | None:
    """Pairs as texts that `pairs_in` parts again; None where the sides hold every arrow themselves."""
    for arrow in _ARROWS:
        texts = [f"{left} {arrow} {right}".strip() for left, right in pairs]
        if pairs_in(texts) == list(pairs):
            return texts
    return None


def order_in(key: str, labels: Sequence[str]) -> list[int] | None:
    """The places of choices in the order a key tells ("C, A, B", "3-1-2", "CAB"); None unless it names each once."""
    signs = _ORDER_SIGN.findall(key)
    if _BETWEEN_SIGNS.fullmatch(_ORDER_SIGN.sub("", key)) is None:
        return None
    by_sign = {label.upper(): place for place, label in enumerate(labels)}
    by_sign |= {str(place + 1): place for place in range(len(labels))}
    order = [by_sign.get(sign.upper().lstrip("0"), -1) for sign in signs]
    return order if sorted(order) == list(range(len(labels))) else None
