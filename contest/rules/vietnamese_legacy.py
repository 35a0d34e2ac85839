"""Text from before Unicode: TCVN3 and VNI fonts, and UTF-8 that was read as Western European."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from contest.rules.vietnamese import is_syllable, nfc


class Legacy(StrEnum):
    """The two encodings in which older Vietnamese offices typed, as seen through Windows-1252."""

    TCVN3 = "tcvn3"
    VNI = "vni"


# TCVN 5712:1993, table VN3. "ư" sits on the soft hyphen.
_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)

# VNI writes a vowel and then a sign for its accents; a few letters have a code of their own.
_VNI_PAIRS = {
    "a": ("øûõùïâàåãáäêèúüéë", "àảãáạâầẩẫấậăằẳẵắặ"),
    "e": ("øûõùïâàåãáä", "èẻẽéẹêềểễếệ"),
    "o": ("øûõùïâàåãáä", "òỏõóọôồổỗốộ"),
    "u": ("øûõùï", "ùủũúụ"),
    "y": ("øûõù", "ỳỷỹý"),
    "ô": ("øûõùï", "ờởỡớợ"),
    "ö": ("øûõùï", "ừửữứự"),
}
_VNI_SINGLE = dict(zip("ìæóíòîôöñ", "ìỉĩíịỵơưđ", strict=True))


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for vowel, (signs, letters) in _VNI_PAIRS.items():
        table |= {vowel + sign: letter for sign, letter in zip(signs, letters, strict=True)}
    capitals = {pair.upper(): letter.upper() for pair, letter in table.items()}
    first_capital = {pair.capitalize(): letter.upper() for pair, letter in table.items()}
    return table | first_capital | capitals


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def decode_tcvn3(text: str, capitals: bool = False) -> str:
    """Unicode for text typed in a ".Vn…" font; `capitals` when the font draws only capital letters."""
    decoded = text.translate(_TCVN3)
    return decoded.upper() if capitals else decoded


def decode_vni(text: str, capitals: bool = False) -> str:
    """Unicode for text typed in a "VNI-…" font; `capitals` when the font draws only capital letters."""
    decoded = _VNI_PATTERN.sub(lambda found: _VNI[found.group()], text)
    return decoded.upper() if capitals else decoded


def decode(text: str, legacy: Legacy, capitals: bool = False) -> str:
    """Unicode for text in either encoding."""
    return decode_tcvn3(text, capitals) if legacy is Legacy.TCVN3 else decode_vni(text, capitals)


def legacy_of_font(font_name: str) -> Legacy | None:
    """The encoding a font name stands for: ".VnTime" is TCVN3, "VNI-Times" is VNI."""
    name = font_name.strip().lower()
    if name.startswith(".vn"):
        return Legacy.TCVN3
    return Legacy.VNI if name.startswith("vni") else None


def is_capital_font(font_name: str) -> bool:
    """Whether a ".Vn…" font draws lower-case codes as capitals: its name ends in H (".VnTimeH")."""
    name = font_name.strip()
    return legacy_of_font(name) is Legacy.TCVN3 and name.endswith("H")


_UNICODE_ONLY = re.compile("[ăđĩũơưạ-ỹ]", re.IGNORECASE)
_WESTERN = re.compile("[\u00a1-\u00ff]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_TRIM = " \t.,;:!?\"'()[]-–/*0123456789“”"


def guess_legacy(text: str) -> Legacy | None:
    """The encoding a text without font names is probably in, by counting Vietnamese syllables.

    None when the text already holds letters only Unicode has, or when reading it as it stands
    explains at least as many of its accented words.
    """
    if not _WESTERN.search(text) or _UNICODE_ONLY.search(text):
        return None
    scores = {legacy: syllables(text, legacy) for legacy in Legacy}
    best = max(scores, key=lambda legacy: scores[legacy])
    enough = scores[best] * 2 >= len(_accented_words(text))
    return best if enough and scores[best] > syllables(text) else None


def syllables(text: str, legacy: Legacy | None = None) -> int:
    """How many accented words of a text read as Vietnamese, in an old encoding or as it stands."""
    words = _accented_words(text)
    return sum(_reads_as_syllable(decode(word, legacy) if legacy else nfc(word)) for word in words)


def _accented_words(text: str) -> list[str]:
    """Words with a letter beyond ASCII and one within it: a lone "©" or "®" says nothing."""
    words = (part.strip(_TRIM) for part in text.split())
    return [word for word in words if not word.isascii() and _LATIN.search(word)]


def _reads_as_syllable(word: str) -> bool:
    return all(is_syllable(part) for part in re.split(r"[-/,.]", word) if part)


_CONTINUATION = "\u0080-\u00bf" + "".join(
    bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
)
_CONTINUATION_CLASS = re.sub(r"([\\\]^])", r"\\\1", _CONTINUATION)
_UTF8_AS_WESTERN = re.compile(f"(?:á[º»]|â€)[{_CONTINUATION_CLASS}]?|[ÃÂÄÅÆ][{_CONTINUATION_CLASS}]|\ufffd")
_OPENS = frozenset(' \t\n“"(')
_LEGACY_SIGNS = re.compile(r"[a-z][©ª«¬®µ¶·¸¹¨»¼½¾][a-z]?", re.IGNORECASE)


def mojibake_part(text: str) -> str:
    """The first garbled word of a text, "" when it reads well.

    Garbled: UTF-8 read as Western European ("háº£o"), letters lost to "?", and legacy signs inside
    words that no encoding explained.
    """
    found = _UTF8_AS_WESTERN.search(text)
    if found:
        return _word_around(text, found.start(), found.end())
    lost = _lost_letters(text)
    if len(lost) > 1:
        return _word_around(text, lost[0], lost[0] + 1)
    signs = list(_LEGACY_SIGNS.finditer(text))
    return _word_around(text, signs[0].start(), signs[0].end()) if len(signs) > 1 else ""


def one_lost_letter(text: str) -> str:
    """The only word of a text that may have lost a letter to "?": it may as well be a slip of the pen."""
    lost = _lost_letters(text)
    return _word_around(text, lost[0], lost[0] + 1) if len(lost) == 1 else ""


def _lost_letters(text: str) -> list[int]:
    """Where a "?" stands for a letter: inside a word or at its beginning. "nào?Hãy" only lacks a space."""
    found, at = [], text.find("?")
    while at >= 0:
        before, after = text[at - 1] if at else " ", text[at + 1 : at + 2]
        inside = before.isalpha() and (after.islower() or (before.isupper() and after.isupper()))
        opens = after.islower() and (before in _OPENS or before == "?")
        if (inside or opens) and not _in_address(text, at):
            found.append(at)
        at = text.find("?", at + 1)
    return found


def _in_address(text: str, at: int) -> bool:
    """Whether a "?" belongs to the address of a page."""
    word = text[max(at - 80, 0) : at].rpartition(" ")[2] + text[at : at + 80].partition(" ")[0]
    return "/" in word or "=" in word


def _word_around(text: str, start: int, end: int) -> str:
    begins = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return text[begins : end + 8].split()[0]


def looks_like_mojibake(text: str) -> bool:
    """Whether some word of the text is garbled."""
    return mojibake_part(text) != ""


def legacy_of_lines(texts: Sequence[str]) -> list[Legacy | None]:
    """The encoding of each line of a document without font names; None for lines to leave as they are.

    One document has one legacy encoding: the one most of its lines speak for. Lines too short to tell
    follow it, unless they hold letters only Unicode has or read well as they stand.
    """
    guesses = [guess_legacy(text) for text in texts]
    votes = Counter(guess for guess in guesses if guess)
    if not votes:
        return guesses
    winner = votes.most_common(1)[0][0]
    return [winner if _may_be(text, winner) else None for text in texts]


def _may_be(text: str, legacy: Legacy) -> bool:
    if not _WESTERN.search(text) or _UNICODE_ONLY.search(text):
        return False
    return syllables(text, legacy) > syllables(text)
