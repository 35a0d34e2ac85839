"""What the key of a row says: a letter, a number, a text or several of them; never a guess."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from contest.rules.parsed import FaultKind
from contest.rules.vietnamese import answer_key, fold

LETTERS = "ABCDEFGH"
PREFIX = re.compile(
    r"(?:đáp án|phương án|lựa chọn|câu|đ/?a|pa|key|answer)(?:\s+đúng)?(?:\s+là)?\s*[:.\-]?\s*(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
SEPARATOR = r"(?:\s*[,;/&+|.\-\n]\s*|\s+(?:và|and)\s+|\s+)"
LETTER_LIST = re.compile(rf"[A-Ha-h](?:{SEPARATOR}[A-Ha-h])*")
# "1.3" may be a decimal and "1-3" a range: neither is a list of numbers.
NUMBER_LIST = re.compile(r"[0-9]{1,2}(?:\.0)?(?:(?:\s*[,;/&+|\n]\s*|\s+và\s+|\s+)[0-9]{1,2}(?:\.0)?)*")
JOINED_LETTERS = re.compile(r"[A-H]{2,8}|(?=[a-h]{2})a?b?c?d?e?f?g?h?")
LETTER_AND_TEXT = re.compile(r"\*?\s*([A-Ha-h])\s*[.):\-/]\s*(\S.*)", re.DOTALL)
YES_WORDS = frozenset({"d", "dung", "t", "true", "yes", "co", "phai"})
NO_WORDS = frozenset({"s", "sai", "f", "false", "no", "khong"})


@dataclass(frozen=True)
class KeyReading:
    """Places of the right choices (0 is A); when `problem` is set they are empty and not to be used."""

    right: frozenset[int] = frozenset()
    problem: FaultKind | None = None
    values: tuple[tuple[str, str], ...] = ()


def read_key(key: str, choices: Mapping[int, str], *, first_number: int = 1) -> KeyReading:
    """Read a key against the choices by place; two readings that disagree are a conflict.

    first_number: what the number of the first choice is, 1 or 0.
    """
    key = _bare(key)
    if not key:
        return KeyReading(problem=FaultKind.NO_KEY)
    by_sign = _by_letters(key) or _by_numbers(key, first_number)
    if by_sign is not None and by_sign <= choices.keys():
        same = _same_letters(key, choices)
        return _conflict(by_sign, same) if same and same != by_sign else KeyReading(by_sign)
    by_text = _by_text(key, choices) or _by_truth(key, choices)
    if by_text is not None:
        return KeyReading(by_text)
    kind = FaultKind.KEY_UNREAD if by_sign is None else FaultKind.KEY_BEYOND_CHOICES
    return _labelled(key, choices) or KeyReading(problem=kind, values=(("key", key[:60]),))


def counts_from_zero(keys: list[tuple[str, Mapping[int, str]]]) -> bool:
    """Whether numbers in a key column start at 0: 0 occurs, and the number of choices never does."""
    zero_seen = False
    for key, choices in keys:
        if not NUMBER_LIST.fullmatch(key):
            continue
        numbers = _numbers(key)
        if max(numbers) > max(choices, default=0):
            return False
        zero_seen = zero_seen or (0 in numbers and _by_text(key, choices) is None)
    return zero_seen


def truth_places(choices: Mapping[int, str]) -> tuple[int, int] | None:
    """Places of "Đúng" and "Sai" when these two are all the choices, else None."""
    if len(choices) != 2:
        return None
    words = {fold(text).strip(" .!"): place for place, text in choices.items()}
    for yes, no in (("dung", "sai"), ("true", "false"), ("co", "khong"), ("yes", "no")):
        if words.keys() == {yes, no}:
            return words[yes], words[no]
    return None


def names(places: frozenset[int]) -> str:
    """The letters of choices as a person writes them: "A, C"."""
    return ", ".join(letter(place) for place in sorted(places))


def letter(place: int) -> str:
    """The letter of a choice by its place from 0."""
    return chr(ord("A") + place)


def _bare(key: str) -> str:
    """The key without brackets or a star, and without "Đáp án:" before a letter or number."""
    key = key.strip("()[]*\"'“” \t\n").rstrip(" .;,:")
    match = PREFIX.fullmatch(key)
    return match[1] if match and _is_sign(match[1]) else key


def _is_sign(key: str) -> bool:
    shapes = (LETTER_LIST, NUMBER_LIST, JOINED_LETTERS, LETTER_AND_TEXT)
    return any(shape.fullmatch(key) for shape in shapes)


def _by_letters(key: str) -> frozenset[int] | None:
    if LETTER_LIST.fullmatch(key):
        signs = re.sub("và|and", " ", key).upper()
        return frozenset(LETTERS.index(sign) for sign in signs if sign in LETTERS)
    if JOINED_LETTERS.fullmatch(key):
        return frozenset(LETTERS.index(sign) for sign in key.upper())
    return None


def _by_numbers(key: str, first_number: int) -> frozenset[int] | None:
    if not NUMBER_LIST.fullmatch(key):
        return None
    return frozenset(number - first_number for number in _numbers(key))


def _numbers(key: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]+", re.sub(r"\.0(?![0-9])", "", key))]


def _same_letters(key: str, choices: Mapping[int, str]) -> frozenset[int]:
    """Choices whose whole text is a letter or number that the key repeats."""
    return frozenset(place for place, text in choices.items() if text.lower() == key.lower())


def _by_text(key: str, choices: Mapping[int, str]) -> frozenset[int] | None:
    """The choice whose text the key repeats; several texts stand on lines or between semicolons."""
    wanted = answer_key(key)
    texts = {place: answer_key(text) for place, text in choices.items()}
    same = frozenset(place for place, text in texts.items() if text == wanted)
    if same:
        return same
    parts = {answer_key(part) for part in re.split(r"[\n;|]", key) if part.strip()}
    found = frozenset(place for place, text in texts.items() if text in parts)
    return found if len(parts) > 1 and len(found) == len(parts) else None


def _by_truth(key: str, choices: Mapping[int, str]) -> frozenset[int] | None:
    truth = truth_places(choices)
    word = fold(key)
    if truth is None or not (word in YES_WORDS or word in NO_WORDS):
        return None
    # A plain "D" is the fourth letter; only "Đ" stands for "Đúng".
    if word == "d" and key.isascii():
        return None
    return frozenset({truth[0] if word in YES_WORDS else truth[1]})


def _labelled(key: str, choices: Mapping[int, str]) -> KeyReading | None:
    """ "B. Sở Nội vụ": the letter and the text must name the same choice."""
    match = LETTER_AND_TEXT.fullmatch(key)
    if match is None:
        return None
    by_letter = frozenset({LETTERS.index(match[1].upper())})
    by_text = _by_text(match[2], choices)
    if by_text == by_letter:
        return KeyReading(by_letter)
    return _conflict(by_letter, by_text) if by_text else None


def _conflict(first: frozenset[int], second: frozenset[int]) -> KeyReading:
    values = (("first", names(first)), ("second", names(second)))
    return KeyReading(problem=FaultKind.KEYS_CONFLICT, values=values)
