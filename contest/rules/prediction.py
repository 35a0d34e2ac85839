"""How a predicted number is read, shown back in words, and compared with what happened."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

# No contest in the country can have more people than this; it also fits every integer column.
LARGEST_COUNT = 1_000_000_000
MOST_DECIMALS = 10
_LARGEST_IN_WORDS = 10**12


class Target(StrEnum):
    """What is to be predicted."""

    ALL_RIGHT_PEOPLE = "all_right_people"
    PEOPLE = "people"
    ATTEMPTS = "attempts"
    PERCENTAGE = "percentage"


class Reason(StrEnum):
    """Why a predicted number was not taken."""

    BLANK = "blank"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"


class Unreadable(ValueError):
    """A prediction that was not taken, with the reason; `reason_in_words` has the sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


_SENTENCES = {
    ("vi", Reason.BLANK): "Bạn chưa nhập số dự đoán.",
    ("vi", Reason.NOT_A_NUMBER): "Bạn hãy nhập số dự đoán bằng chữ số, ví dụ {example}.",
    ("vi", Reason.NEGATIVE): "Số dự đoán không thể nhỏ hơn 0. Bạn hãy nhập lại, ví dụ {example}.",
    ("vi", Reason.NOT_WHOLE): "Số dự đoán phải là số nguyên. Bạn hãy nhập lại, ví dụ {example}.",
    ("vi", Reason.TOO_LARGE): "Số dự đoán không được lớn hơn {limit}. Bạn hãy kiểm tra và nhập lại.",
    ("vi", Reason.TOO_PRECISE): "Bạn hãy nhập nhiều nhất {decimals} chữ số sau dấu phẩy.",
    ("en", Reason.BLANK): "You have not entered a prediction yet.",
    ("en", Reason.NOT_A_NUMBER): "Please enter your prediction in digits, for example {example}.",
    ("en", Reason.NEGATIVE): "A prediction cannot be below 0. Please enter it again, for example {example}.",
    ("en", Reason.NOT_WHOLE): "A prediction must be a whole number. Please enter one, for example {example}.",
    ("en", Reason.TOO_LARGE): "A prediction cannot be above {limit}. Please check it and enter it again.",
    ("en", Reason.TOO_PRECISE): "Please enter at most {decimals} digits after the decimal point.",
}


def reason_in_words(reason: Reason, target: Target, language: str = "vi") -> str:
    """The sentence for the person, in "vi" or "en"; it says what to do next."""
    percentage = target is Target.PERCENTAGE
    return _SENTENCES[language, reason].format(
        example=format_number(Decimal("87.65") if percentage else 25980, language),
        limit=format_number(100 if percentage else LARGEST_COUNT, language),
        decimals=MOST_DECIMALS,
    )


_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_UNIT = re.compile(r" ?(người|lượt thi|lượt|bài thi)$")
_SHARE = re.compile(r"[0-9]+(\.(?P<decimals>[0-9]+))?|\.[0-9]+")


def parse(text: str, target: Target) -> Decimal:
    """Read a prediction as people type it.

    Counts: "25980", "25.980", "25,980" and "25 980" are all 25980; "25.98" could mean two things and is
    refused as not whole. Percentages: "87,65432", "87.65432" and "87,65432 %" are all 87.65432, at most 100.
    Raises Unreadable.
    """
    shown = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not shown:
        raise Unreadable(Reason.BLANK)
    if shown[0] in "-\u2212\u2013":
        raise Unreadable(Reason.NEGATIVE if re.search("[0-9]", shown) else Reason.NOT_A_NUMBER)
    shown = shown.removeprefix("+").strip()
    return _percentage(shown) if target is Target.PERCENTAGE else _count(shown)


def _count(shown: str) -> Decimal:
    number = _UNIT.sub("", shown)
    if not re.fullmatch(r"[0-9][0-9., ]*", number):
        raise Unreadable(Reason.NOT_A_NUMBER)
    if not (re.fullmatch("[0-9]+", number) or _GROUPED.fullmatch(number)):
        raise Unreadable(Reason.NOT_WHOLE)
    # The length first: a hostile string of a million digits must not be turned into a number.
    digits = re.sub("[., ]", "", number).lstrip("0") or "0"
    if len(digits) > len(str(LARGEST_COUNT)) or int(digits) > LARGEST_COUNT:
        raise Unreadable(Reason.TOO_LARGE)
    return Decimal(digits)


def _percentage(shown: str) -> Decimal:
    share = _SHARE.fullmatch(shown.removesuffix("%").strip().replace(",", "."))
    if share is None:
        raise Unreadable(Reason.NOT_A_NUMBER)
    if len((share["decimals"] or "").rstrip("0")) > MOST_DECIMALS:
        raise Unreadable(Reason.TOO_PRECISE)
    value = Decimal(share[0])
    if value > 100:
        raise Unreadable(Reason.TOO_LARGE)
    return value


def distance(prediction: Decimal | int | None, actual: Decimal | Fraction | int) -> Fraction | None:
    """How far off a prediction is, over and under alike; None where there is none."""
    return None if prediction is None else abs(Fraction(prediction) - Fraction(actual))


def format_number(value: Decimal | Fraction | int, language: str = "vi") -> str:
    """The number as printed: "25.980" and "87,65" in Vietnamese, "25,980" and "87.65" in English.

    Exact for decimals; a fraction such as 1/3 is shown to ten decimals.
    """
    exact = round(value, MOST_DECIMALS) if isinstance(value, Fraction) else Fraction(value)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    shown = f"{decimal:,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,")) if language == "vi" else shown


_DIGITS = {
    "vi": ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen"]
_TEENS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"vi": (" tỷ", " triệu", " nghìn", ""), "en": (" billion", " million", " thousand", "")}


def in_words(value: Decimal | int, language: str = "vi") -> str:
    """The number read out, from 0 to below 10¹²: "hai mươi lăm nghìn chín trăm tám mươi".

    Decimals are read digit by digit: "tám mươi bảy phẩy sáu năm".
    """
    if not 0 <= value < _LARGEST_IN_WORDS:
        raise ValueError("only numbers from 0 to below a million million are read out")
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    words = _whole_in_words(int(whole), language)
    decimals = decimals.rstrip("0")
    if not decimals:
        return words
    digits = " ".join(_DIGITS[language][int(digit)] for digit in decimals)
    return f"{words} {'phẩy' if language == 'vi' else 'point'} {digits}"


def _whole_in_words(number: int, language: str) -> str:
    if number == 0:
        return _DIGITS[language][0]
    spoken: list[str] = []
    for power, scale in zip((9, 6, 3, 0), _SCALES[language], strict=True):
        group = number // 10**power % 1000
        if group:
            read = _group_vi(group, full=bool(spoken)) if language == "vi" else _group_en(group)
            spoken.append(read + scale)
    return " ".join(spoken)


def _group_vi(group: int, full: bool) -> str:
    """Three digits; `full` when something stands before them, so that no zero may be left unsaid."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    digits = _DIGITS["vi"]
    words = [f"{digits[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        return " ".join([*words, *(["linh"] if words and units else []), *([digits[units]] if units else [])])
    words.append("mười" if tens == 1 else f"{digits[tens]} mươi")
    after_ten = {0: "", 5: "lăm"} if tens == 1 else {0: "", 1: "mốt", 4: "tư", 5: "lăm"}
    words.append(after_ten.get(units, digits[units]))
    return " ".join(words).strip()


def _group_en(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    digits = _DIGITS["en"]
    words = [f"{digits[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10 - 2] + (f"-{digits[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(_TEENS[rest - 10] if rest >= 10 else digits[rest])
    return " ".join(words)
