"""Which choices speak of the other choices, and so must keep their place when choices are shuffled."""

import re
import unicodedata
from collections.abc import Sequence

# Everything below is in folded spelling: lower case, without accents. A text made of these words and of
# letters alone speaks of other choices. It is better to keep the order of a question once too often than to
# print a paper on which "Cả A và B" is untrue, so the lists are generous.
_NOUNS = frozenset(["phuong", "dap", "cau", "y", "lua", "chon", "truong", "noi", "dieu", "hinh", "tra"])
_OPENERS = frozenset(["tat", "ca", "toan", "moi", "cac", "nhung"])
_OTHERS = re.compile(
    "bo|khong|co|chua|chi|phai|an|loi|kien|dung|hop|thuc|deu|cung|la|sai|chinh|xac|nao|o|tren|neu|day|ke|vua|da"
    "|cho|mot|hai|ba|bon|nam|khac|va|hoac|hay|voi|lan|cai|thu|[0-9]+"
)
_LETTERS = re.compile("[a-h]|(?=[a-d]{2})a?b?c?d?")
_ABOVE = re.compile(
    "(tat ca|toan bo|ca|cac|moi|nhung|khong) .*tren( day)?( deu)?( la)?( khong| chua)?( dung| sai)?",
)
_ANOTHER = re.compile("((mot|cac) )?(phuong an|dap an|y kien|lua chon|cau tra loi|truong hop) khac")


def pinned_choices(texts: Sequence[str]) -> frozenset[int]:
    """Positions (from 0) of a question's choices that must not move.

    "Tất cả các phương án trên" keeps its place, and what stands above it stays above it. Where a choice
    names letters ("Cả A và B") every choice is pinned: in any other order the letters would lie.
    """
    if any(refers_to_letters(text) for text in texts):
        return frozenset(range(len(texts)))
    return frozenset(place for place, text in enumerate(texts) if is_pinned_text(text))


def is_pinned_text(text: str) -> bool:
    """Whether a choice speaks of the other choices ("Tất cả đều đúng", "Không có phương án nào đúng")."""
    words = _folded_words(text)
    folded = " ".join(words)
    if refers_to_letters(text) or _ABOVE.fullmatch(folded) or _ANOTHER.fullmatch(folded):
        return True
    # "Không" and "Không đúng" are plain answers; "Không phương án nào" is not.
    opens = words[:1] == ["khong"] and not _NOUNS.isdisjoint(words)
    return (opens or not _OPENERS.isdisjoint(words[:1])) and all(map(_is_talk_of_choices, words))


def refers_to_letters(text: str) -> bool:
    """Whether a choice names others by their letters ("Cả A và B", "A, B và C đều đúng", "Chỉ A đúng")."""
    words = _folded_words(text)
    letters = [word for word in words if _LETTERS.fullmatch(word)]
    rest = [word for word in words if word not in letters]
    # A letter that stands alone is an answer: a group, a form, a grade.
    names_some = sum(map(len, letters)) > 1 or (bool(letters) and bool(rest))
    return names_some and all(map(_is_talk_of_choices, rest))


def _is_talk_of_choices(word: str) -> bool:
    return word in _NOUNS or word in _OPENERS or _OTHERS.fullmatch(word) is not None


def _folded_words(text: str) -> list[str]:
    parts = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(mark for mark in parts if not unicodedata.combining(mark))
    return re.findall("[a-z0-9]+", bare.replace("đ", "d").replace("ð", "d"))
