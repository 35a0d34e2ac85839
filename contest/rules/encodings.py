"""The text of a file whose encoding nobody says: Unicode, or what Vietnamese offices used before it."""

import re

from contest.rules.vietnamese import is_syllable, nfc
from contest.rules.vietnamese_legacy import decode_tcvn3, decode_vni

SAMPLE_CHARS = 50_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORD = re.compile(r"[^\W\d_]+")


class NotText(Exception):
    """The bytes are no text at all (`binary`), or in no encoding that makes sense of them."""

    def __init__(self, *, binary: bool = False) -> None:
        super().__init__("binary" if binary else "encoding")
        self.binary = binary


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, windows-1258, TCVN3 or VNI, with or without a mark; raises NotText.

    Single-byte encodings are told apart by how many accented words read as Vietnamese syllables.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if encoding := _wide_encoding(content[:4000]):
        return _strict(content, encoding)
    if b"\x00" in content:
        raise NotText(binary=True)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _best_reading(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText from error


def _wide_encoding(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of what is mostly ASCII is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _best_reading(content: bytes) -> str:
    western = content.decode("cp1252", "replace")
    readings = (
        nfc(content.decode("cp1258", "replace")),
        decode_tcvn3(western),
        decode_vni(western),
        content.decode("utf-8", "replace"),
    )
    best = max(readings, key=_vietnamese_share)
    if _vietnamese_share(best) < 0.5:
        raise NotText
    return best


def _vietnamese_share(text: str) -> float:
    """How many of the accented words are Vietnamese syllables, from 0 to 1."""
    words = [word for word in _WORD.findall(text[:SAMPLE_CHARS]) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
