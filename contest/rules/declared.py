"""What people declare of themselves, as it was meant: names, phones, codes, dates, whatever way they are typed."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

from contest.rules import short_codes, staff_codes, vietnamese

EARLIEST_BIRTH_YEAR = 1900
LONGEST_NAME = 100
LONGEST_STAFF_CODE = 40
LONGEST_ADDRESS = 200
# After the last paper is handed in: long enough to type a name on a phone.
TIME_TO_DECLARE = timedelta(minutes=30)

_NAME_SIGNS = " '’.-"
_MOBILE = r"0[35789]\d{8}"
_LANDLINE = r"02\d{9}"
# "+84 912…", "0084…", "84…" and the frequent "+84 0912…"; what follows has to look like a number without its 0.
_COUNTRY_CODE = re.compile(r"(?:\+|00)?840?(?=[35789]\d{8}$|2\d{9}$)")
_LOST_ZERO = re.compile(r"(?=(?:[35789]\d{8}|2\d{9})$)")
_DAY_AND_YEAR = re.compile(r"(?:(\d{1,2})[/.\- ](\d{1,2})[/.\- ])?(\d{4})")
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TYPED_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")

# The keys that a Telex keyboard swallowed to make a letter: on Vietnamese phones "7W" becomes "7Ư".
_TELEX_TONES = {"\u0300": "F", "\u0301": "S", "\u0309": "R", "\u0303": "X", "\u0323": "J", "": ""}
_TELEX_LETTERS = {"Đ": "DD", "Ư": "W", "Ơ": "OW", "Ă": "AW", "Â": "AA", "Ê": "EE", "Ô": "OO"}


def full_name(typed: str) -> str | None:
    """The name with capitals where they belong; None unless it is at least two words of letters."""
    name = vietnamese.tidy_name(typed)
    written = all(sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM" for sign in name)
    words = [word for word in name.split() if any(sign.isalpha() for sign in word)]
    return name if written and len(words) >= 2 and len(name) <= LONGEST_NAME else None


def phone(typed: str) -> str | None:
    """A Vietnamese number as ten digits (mobile) or eleven (landline) with its 0; None for anything else.

    Mended: spaces, dots, hyphens, brackets, the country code, a zero lost in a spreadsheet.
    """
    digits = re.sub(r"[\s().\-–]", "", vietnamese.nfc(typed))
    digits = _COUNTRY_CODE.sub("0", digits, count=1) if _COUNTRY_CODE.match(digits) else digits
    digits = f"0{digits}" if _LOST_ZERO.match(digits) else digits
    return digits if re.fullmatch(f"{_MOBILE}|{_LANDLINE}", digits, re.ASCII) else None


def staff_code(typed: str) -> str | None:
    """A staff code in upper case without spaces ("nv 001" is "NV001"); None if it cannot be one."""
    code = "".join(vietnamese.clean(typed).upper().split())
    plausible = 1 <= len(code) <= LONGEST_STAFF_CODE and re.fullmatch(r"[\w./\-]*[^\W_][\w./\-]*", code)
    return code if plausible else None


def birth_year(typed: str, this_year: int) -> int | None:
    """The year of "1962" or "15/08/1962"; None for two digits, an impossible day, or a year out of reach."""
    found = _DAY_AND_YEAR.fullmatch(vietnamese.clean(typed))
    if found is None:
        return None
    if found[1] and not _is_a_day(int(found[1]), int(found[2])):
        return None
    year = int(found[3])
    return year if EARLIEST_BIRTH_YEAR <= year <= this_year else None


def birth_date(typed: str, today: date) -> date | None:
    """The date of "5/8/1962", "05-08-1962", "5 8 1962" or "05081962", day first; None for anything else.

    Two-digit years are not guessed, and nobody is born tomorrow.
    """
    text = vietnamese.clean(typed)
    found = _DAY_AND_YEAR.fullmatch(text) or _TYPED_TOGETHER.fullmatch(text)
    if found is None or not found[1]:
        return None
    try:
        born = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return born if born.year >= EARLIEST_BIRTH_YEAR and born <= today else None


def is_old_enough(born: date | int | None, least: int | None, today: date) -> bool:
    """Whether somebody is `least` years old today; of whom only the year is known, by the end of this year.

    Who was born on 29 February is a year older on 1 March. Without a birth date nobody is turned away.
    """
    if least is None or born is None:
        return True
    if isinstance(born, int):
        return today.year - born >= least
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) >= least


def declare_until(closes_at: datetime, minutes_after: int) -> datetime:
    """Until when who answered first may say who they are; until then the round's standings wait.

    `minutes_after`: how long an attempt may run on after the closing.
    """
    return closes_at + timedelta(minutes=minutes_after) + TIME_TO_DECLARE


def address(typed: str) -> str | None:
    """An address on one line, spaces tidied and the rest as typed; None for one without letters, or too long."""
    text = vietnamese.clean(typed)
    plausible = len(text) <= LONGEST_ADDRESS and any(sign.isalpha() for sign in text)
    return text if plausible and text.isprintable() else None


def _is_a_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1]


class Known(StrEnum):
    """By what an entrant is known again."""

    PHONE_FIRST = "phone_first"
    CODE_FIRST = "code_first"
    PHONE_ONLY = "phone_only"
    CODE_ONLY = "code_only"


def identity(phone: str | None, code: str | None, known: Known) -> str | None:
    """What makes two declarations the same entrant: "phone:0912345678" or "code:NV001"; None without it.

    CODE_FIRST where the code must be given and the phone need not: what may be left out cannot hold anybody.
    Codes are compared by letters and digits alone.
    """
    by_phone = f"phone:{phone}" if phone else None
    by_code = f"code:{staff_codes.plain(code)}" if code else None
    match known:
        case Known.PHONE_ONLY:
            return by_phone
        case Known.CODE_ONLY:
            return by_code
        case Known.CODE_FIRST:
            return by_code or by_phone
        case Known.PHONE_FIRST:
            return by_phone or by_code


def code(typed: str, length: int) -> str:
    """A short code as it was meant, `length` letters long if any reading of what was typed is.

    First as it stands; then with the keys given back that a Telex keyboard turned into marks ("Ư" was "W").
    """
    text = vietnamese.nfc(typed).upper()
    plain = short_codes.tidy(vietnamese.fold(text))
    keys = short_codes.tidy("".join(map(_telex_keys, text)))
    return keys if "Ư" in text or (len(plain) != length == len(keys)) else plain


def _telex_keys(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    tone = next((mark for mark in parts if mark in _TELEX_TONES), "")
    letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
    return _TELEX_LETTERS.get(letter, letter) + _TELEX_TONES[tone]
