"""The answers of a GIFT question, told apart by their signs; a sign that could be text marks nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contest.banks.formats.gift_blocks import unescaped, words
from contest.banks.formats.numbers import number, written
from contest.banks.formats.sketch import FULL, Option, Sketch, shortened
from contest.rules.parsed import FaultKind

_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")
_LIKE_A_WEIGHT = re.compile(r"%[^%\n]{0,20}%")
_SIGNS = re.compile("[~=]")
# As much of a line as tells whether words stand before a sign.
LINE = 200


@dataclass(frozen=True)
class GiftAnswer:
    """One answer: the sign before it, its own text, and what is said to those who give it."""

    sign: str
    text: str
    feedback: str


def take_choices(sketch: Sketch, section: str, form: str) -> None:
    """Choices: "=" marks the right one; without any "=" each has a weight and several may be right."""
    answers = _split(sketch, section)
    right = any(answer.sign == "=" for answer in answers)
    weighed = [_weighed(sketch, answer, FULL if answer.sign == "=" else Decimal(0)) for answer in answers]
    several = not right and any(answer.text.startswith("%") for answer in answers)
    options = [Option(sketch.words(words(text, form)), weight) for text, weight in weighed]
    sketch.take_weighed(options, several)
    _explain(sketch, answers, [option.weight == FULL for option in options], form)


def take_texts(sketch: Sketch, section: str, form: str) -> None:
    """A short text: every "=" is an accepted answer, of full weight unless it has its own."""
    answers = _split(sketch, section)
    weighed = [_weighed(sketch, answer, FULL) for answer in answers]
    options = [Option(sketch.words(words(text, form)), weight) for text, weight in weighed]
    sketch.take_accepted(options)
    _explain(sketch, answers, [option.weight == FULL for option in options], form)


def take_pairs(sketch: Sketch, section: str, form: str) -> None:
    """Pairs to match, each of which earns its part; one without a left side is a right side on offer that belongs to none."""
    sketch.kind, sketch.partial = "matching", True
    for answer in _split(sketch, section):
        left, arrow, right = answer.text.partition("->")
        if not arrow:
            sketch.fault(FaultKind.KEY_UNREAD, key=shortened(unescaped(answer.text)))
        said, belongs = (sketch.words(words(part.strip(), form)) for part in (left, right))
        sketch.choose(said, bool(arrow and said), match=belongs)


def take_truth(sketch: Sketch, section: str, form: str) -> None:
    """True or false; the first feedback is for who is wrong, the second for who is right."""
    said, *feedback = section.split("#")
    sketch.take_truth(said.strip().startswith("T"))
    if said_to_right := "#".join(feedback[1:]).strip():
        sketch.explanation = sketch.words(words(said_to_right, form))


def take_numbers(sketch: Sketch, section: str) -> None:
    """A number with tolerance ("1822:2"), a range ("1..5"), or several of them behind "="."""
    answers = _split(sketch, section) if "=" in section else [_answer("=", section)]
    options = []
    for answer in answers:
        text, weight = _weighed(sketch, answer, FULL)
        options.append(_number_option(unescaped(text).strip(), weight))
    sketch.take_numbers(options)
    _explain(sketch, answers, [option.weight == FULL for option in options], "")


def _number_option(text: str, weight: Decimal) -> Option:
    low, dots, high = text.partition("..")
    ends = number(low), number(high)
    if dots and ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        middle, reach = (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2
        return Option(_pointed(middle), weight, _pointed(reach))
    value, colon, tolerance = text.partition(":")
    return Option(value if not dots else text, weight, tolerance if tolerance.strip() or not colon else "?")


def _pointed(value: Decimal) -> str:
    return written(value).replace(",", ".")


def _split(sketch: Sketch, section: str) -> list[GiftAnswer]:
    """The answers of a section. A "=" inside words is no mark, but it could have been meant as one."""
    starts = []
    spaced = re.search(r"~\s|^=\s", section) is not None
    doubtful = None
    for found in _SIGNS.finditer(section):
        place = found.start()
        if not _inside_words(section, place):
            starts.append(place)
        elif doubtful is None:
            doubtful = place
        if doubtful is None and not spaced and _stands_free(section, place):
            doubtful = place
    if doubtful is not None:
        part = shortened(unescaped(section[max(doubtful - 20, 0) : doubtful + 20]))
        sketch.fault(FaultKind.UNESCAPED_SIGN, sign="=", part=part)
    before = section[: starts[0]] if starts else section
    if before.strip():
        sketch.fault(FaultKind.BROKEN_MARKUP, part=shortened(unescaped(before)))
    return [
        _answer(section[start], section[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], len(section)], strict=False)
    ]


def _inside_words(section: str, place: int) -> bool:
    """Whether a "=" follows a word without a space, as in "x=1" or an address."""
    return section[place] == "=" and place > 0 and not section[place - 1].isspace()


def _stands_free(section: str, place: int) -> bool:
    """Whether a "=" has spaces on both sides and words before it on its line, as in "x = 1"."""
    before = section[max(place - LINE, 0) : place].rpartition("\n")[2]
    after = section[place + 1 : place + LINE]
    free = after[:1].isspace() and not after.lstrip().startswith("->")
    return section[place] == "=" and free and bool(before.strip())


def _answer(sign: str, text: str) -> GiftAnswer:
    own, _, feedback = text.partition("#")
    return GiftAnswer(sign, own.strip(), feedback.strip())


def _weighed(sketch: Sketch, answer: GiftAnswer, usual: Decimal) -> tuple[str, Decimal]:
    """An answer without its weight, and the weight; one that cannot be read stays and marks nothing."""
    found = _WEIGHT.match(answer.text)
    weight = Decimal(found[1]) if found else None
    if found and weight is not None and abs(weight) <= FULL:
        return answer.text[found.end() :], weight
    odd = _LIKE_A_WEIGHT.match(answer.text)
    if odd:
        sketch.fault(FaultKind.BAD_NUMBER, value=odd.group())
        return answer.text, Decimal(0)
    return answer.text, usual


def _explain(sketch: Sketch, answers: Sequence[GiftAnswer], right: Sequence[bool], form: str) -> None:
    """What is said to those who are right explains the question."""
    said = (answer.feedback for answer, is_right in zip(answers, right, strict=True) if is_right)
    sketch.explanation = "\n".join(filter(None, (sketch.words(words(each, form)) for each in said)))
