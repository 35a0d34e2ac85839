"""Vietnamese text: cleaning, searching without accents, alphabetical order, names, equal answers."""

import re
import unicodedata
from functools import lru_cache

# The five written tones as combining marks, in dictionary order after the unmarked tone (ngang):
# huyền, hỏi, ngã, sắc, nặng. Source: CLDR collation "vi".
TONES = "\u0300\u0309\u0303\u0301\u0323"
QUALITY_MARKS = "\u0302\u0306\u031b"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LETTERS = (
    {ord(sign): None for sign in _INVISIBLE}
    | dict.fromkeys(range(8294, 8298))
    | dict.fromkeys((*range(9), *range(14, 32), *range(127, 133), *range(134, 160)))
    | {ord(sign): " " for sign in _SPACES}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    | {
        0x2010: "-",
        0x2011: "-",
        0xD0: "Đ",
        0x189: "Đ",
        0xF0: "đ",
        0x256: "đ",
        0x340: "\u0300",
        0x341: "\u0301",
    }
)
_CYRILLIC = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
_CYRILLIC_WORD = re.compile(r"\b[\u0400-\u04ff]+\b")
_STACKED_MARKS = re.compile(r"[\u0300-\u036f]{2,}")
# A text without any of these that is composed already is as it should be: nearly every text is.
_TO_MEND = re.compile(f"[{re.escape(''.join(map(chr, _LETTERS)))}\u0300-\u036f\u0400-\u04ff]")
# A file repeats its words: what a word becomes is looked up rather than found again.
_WORDS_KEPT = 16_384

# Short forms of public administration, each equal to its long form in searches and typed answers.
ALIASES = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "tthc": "thủ tục hành chính",
    "cchc": "cải cách hành chính",
    "mttq": "mặt trận tổ quốc",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "cqđt": "chính quyền điện tử",
    "cntt": "công nghệ thông tin",
    "cđs": "chuyển đổi số",
    "qppl": "quy phạm pháp luật",
    "cbccvc": "cán bộ, công chức, viên chức",
    "tthcc": "trung tâm hành chính công",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
    "lhpn": "liên hiệp phụ nữ",
    "tncs": "thanh niên cộng sản",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh",
}
# These stand for a word only when a full stop follows ("P. An Phú"): alone they are initials.
DOTTED_ALIASES = {
    "p": "phường",
    "x": "xã",
    "tp": "thành phố",
    "q": "quận",
    "h": "huyện",
    "t": "tỉnh",
    "tx": "thị xã",
    "tt": "thị trấn",
    "đ": "đường",
}


def nfc(text: str) -> str:
    """The same text in composed Unicode without look-alike or invisible signs; tabs and lines stay.

    Mends letters typed half-composed ("ê" + acute), tones typed before the circumflex, "Ð" (U+00D0)
    for "Đ", Cyrillic look-alikes among Latin letters and full-width forms. Curly quotes and dashes
    are typography and stay.
    """
    if not _TO_MEND.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = _recomposed(text.translate(_LETTERS))
    return _CYRILLIC_WORD.sub(_latin_if_look_alike, text)


def _recomposed(text: str) -> str:
    """Put the marks that make a letter (â, ă, ơ) before its tone, then compose."""
    in_order = _STACKED_MARKS.sub(
        lambda marks: "".join(sorted(marks.group(), key=lambda mark: mark not in QUALITY_MARKS)),
        unicodedata.normalize("NFD", text),
    )
    return unicodedata.normalize("NFC", in_order)


def _latin_if_look_alike(word: re.Match[str]) -> str:
    latin = word.group().translate(_CYRILLIC)
    return latin if latin.isascii() else word.group()


def clean(text: str) -> str:
    """`nfc` on one line, without spaces at the ends or two in a row."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Lower-case ASCII without accents, for searching: "Ủy ban Đống Đa" gives "uy ban dong da"."""
    return " ".join(filter(None, map(_folded_word, nfc(text).lower().split())))


@lru_cache(maxsize=_WORDS_KEPT)
def _folded_word(word: str) -> str:
    """`fold` of what stands between two spaces; a sign such as "¨" leaves a space of its own."""
    plain = unicodedata.normalize("NFKD", word.translate(_FOLDED_SIGNS))
    return " ".join(plain.encode("ascii", "ignore").decode("ascii").split())


_FOLDED_SIGNS = {ord("đ"): "d"} | dict.fromkeys(map(ord, "–—−"), "-") | dict.fromkeys(map(ord, "“”„«»"), '"')

_SEARCH_ALIASES = {fold(short): fold(long).replace(",", "") for short, long in ALIASES.items()}
_SEARCH_DOTTED = {fold(short): fold(long) for short, long in DOTTED_ALIASES.items()}
_SEARCH_WORD = re.compile(r"[a-z0-9]+(\.(?=\s*[a-z0-9]))?")


def search_key(text: str) -> str:
    """`fold` without punctuation, with short forms written out: "UBND P. 5" is "uy ban nhan dan phuong 5"."""

    def written_out(word: re.Match[str]) -> str:
        plain = word.group().rstrip(".")
        dotted = _SEARCH_DOTTED.get(plain) if word.group(1) else None
        return dotted or _SEARCH_ALIASES.get(plain, plain)

    return " ".join(written_out(word) for word in _SEARCH_WORD.finditer(fold(text)))


_PRIMARY = {letter: f"{letter}0" for letter in "abcdefghijklmnopqrstuvwxyz"} | {
    "ă": "a1",
    "â": "a2",
    "đ": "d1",
    "ê": "e1",
    "ô": "o1",
    "ơ": "o2",
    "ư": "u1",
}
_PRIMARY |= {digit: f"1{digit}" for digit in "0123456789"}


def sort_key(text: str) -> str:
    """A string of [0-9a-z] that sorts in Vietnamese dictionary order under any database collation.

    Letters first (a ă â b c d đ e ê …), tones only between equal letters, in the order ngang, huyền,
    hỏi, ngã, sắc, nặng (CLDR "vi"); case is ignored; other signs count as one space.
    """
    letters: list[str] = []
    tones: list[str] = []
    for sign in clean(text).lower():
        letter, tone = _without_tone(sign)
        primary = _PRIMARY.get(letter, "01")
        if primary == "01" and letters[-1:] in ([], ["01"]):
            continue
        letters.append(primary)
        tones.append(str(TONES.find(tone) + 1 if tone else 0))
    return "".join((*letters, "00", *tones))


def _without_tone(sign: str) -> tuple[str, str]:
    """A letter and its tone mark ("ế" gives "ê" and the acute), the mark "" when there is none."""
    parts = unicodedata.normalize("NFD", sign)
    tone = next((mark for mark in parts[1:] if mark in TONES), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else sign, tone


def name_sort_key(full_name: str) -> str:
    """Order of a list of people: given name (the last word), then middle names, then family name."""
    family, *rest = clean(full_name).split() or [""]
    if not rest:
        return sort_key(family)
    *middle, given = rest
    return "00".join((sort_key(given), sort_key(" ".join(middle)), sort_key(family)))


def tidy_name(text: str) -> str:
    """A person's name with a capital at each part: "nguyễn  THỊ hoà", "h'hen niê" → "H'Hen Niê"."""
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), clean(text))


_ONSET = "(?:ngh|ng|nh|ch|gh|gi(?=[aăâeêioôơuưy])|kh|ph|qu(?=[aăâeêioôơy])|th|tr|[bcdđghklmnprstvx])?"
# Vowels that end in a glide close the syllable by themselves; the others may take a final consonant.
_GLIDES = (
    "(?:oai|oay|oao|oeo|uya|uyu|uây|uôi|ươi|ươu|iêu|yêu|uêu|ia|iu|ya|ua|uơ|ưa|ưi|ưu"
    "|ai|ao|au|ay|âu|ây|eo|êu|oi|ôi|ơi|ui)(?![cmnpt])"
)
_NUCLEUS = f"(?:{_GLIDES}|uyê|oa|oă|oe|oo|iê|yê|uâ|uê|uô|uy|ươ|[aăâeêioôơuưy])"
_SYLLABLE = re.compile(f"({_ONSET})({_NUCLEUS})(ch|nh|ng|[cmnpt])?")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether the letters could be one Vietnamese syllable (any case, at most one tone)."""
    plain, tones = _toneless(word.lower())
    return len(tones) <= 1 and _SYLLABLE.fullmatch(plain) is not None


def _toneless(word: str) -> tuple[str, str]:
    pairs = [_without_tone(sign) for sign in word]
    return "".join(letter for letter, _ in pairs), "".join(tone for _, tone in pairs)


# A mark left over behind a word belongs to it: such a word is not one to mend.
_WORD = re.compile(r"[^\W\d_]{2,}+(?![\u0300-\u036f])")


def tone_placement(text: str) -> str:
    """Every tone on the vowel it traditionally stands on: hoà → hòa, thuý → thúy, uỷ → ủy, qúy → quý."""
    return _tones_placed(nfc(text))


def _tones_placed(text: str) -> str:
    return _WORD.sub(lambda word: _toned_in_place(word.group()), text)


@lru_cache(maxsize=8192)
def _toned_in_place(word: str) -> str:
    plain, tones = _toneless(word)
    parts = _SYLLABLE.fullmatch(plain.lower())
    if len(tones) != 1 or not parts:
        return word
    place = parts.start(2) + _toned_vowel(parts[2], closed=parts[3] is not None)
    return unicodedata.normalize("NFC", plain[: place + 1] + tones + plain[place + 1 :])


def _toned_vowel(nucleus: str, closed: bool) -> int:
    """Index of the vowel that carries the tone: a marked vowel, else the middle, else by the ending."""
    marked = [index for index, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(nucleus) == 3:
        return 1
    return len(nucleus) - 1 if closed else 0


_JOINING = "-/–—−"
_DASH = re.compile("[–—−]")
_JOINING_SIGN = re.compile(r"\s*([-/])\s*")
_ANSWER_WORD = re.compile(r"[^\W_]+(\.(?=\s*[^\W_]))?")
_BETWEEN_WORDS = re.compile(r"[\"'“”‘’«»()?!;:]|[.,](?!\d)")
_LONG_FORMS = {short: long.replace(",", "") for short, long in ALIASES.items()}
_SHORT_FORMS = _LONG_FORMS.keys() | DOTTED_ALIASES.keys()


def answer_key(text: str) -> str:
    """Two typed answers are the same answer when their keys are equal.

    Ignored: composition, where the tone is written, case, spaces, punctuation between words and
    quotes; short forms equal long ones (UBND). Accents count: "ma" is not "má".
    """
    words = nfc(text).lower().split()
    keys = list(map(_word_key, words))
    if None in keys:
        return _key_of(" ".join(words))
    return " ".join(filter(None, keys))


@lru_cache(maxsize=_WORDS_KEPT)
def _word_key(word: str) -> str | None:
    """The key of what stands between two spaces, None when it depends on what stands beside it."""
    joins = word[0] in _JOINING or word[-1] in _JOINING
    if joins or not _SHORT_FORMS.isdisjoint(each.group().rstrip(".") for each in _ANSWER_WORD.finditer(word)):
        return None
    return _key_of(word)


def _key_of(text: str) -> str:
    plain = _JOINING_SIGN.sub(r"\1", _DASH.sub("-", _tones_placed(text)))
    return " ".join(_BETWEEN_WORDS.sub(" ", _ANSWER_WORD.sub(_long_form, plain)).split())


def _long_form(word: re.Match[str]) -> str:
    plain = word.group().rstrip(".")
    dotted = DOTTED_ALIASES.get(plain) if word.group(1) else None
    return dotted or _LONG_FORMS.get(plain) or word.group()
