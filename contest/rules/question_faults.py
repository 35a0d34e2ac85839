"""What is doubtful about a question once it has been read, whatever file it came from."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from contest.rules.parsed import Fault, FaultKind, ParsedQuestion, fault
from contest.rules.vietnamese import answer_key, fold
from contest.rules.vietnamese_legacy import mojibake_part

WITH_CHOICES = frozenset({"single", "multiple", "true_false"})
KEY_FAULTS = frozenset(
    {
        FaultKind.NO_KEY,
        FaultKind.KEY_BEYOND_CHOICES,
        FaultKind.KEY_UNREAD,
        FaultKind.KEY_AMBIGUOUS,
        FaultKind.SEVERAL_KEYS,
        FaultKind.KEYS_CONFLICT,
        FaultKind.ALL_EMPHASISED,
        FaultKind.PARTLY_EMPHASISED,
        FaultKind.WEIGHTS_UNCLEAR,
        FaultKind.UNESCAPED_SIGN,
        FaultKind.OWN_MARKING,
    }
)

# Districts ended on 1 July 2025, with 34 provinces instead of 63 (Law 72/2025/QH15).
_ABOLISHED = re.compile(r"\b(huyện|quận|thị xã|thị trấn|63 tỉnh)\b", re.IGNORECASE)

# Documents that no longer hold, by their number.
REPEALED = {
    "61/2018/NĐ-CP": "Nghị định số 61/2018/NĐ-CP",
    "107/2021/NĐ-CP": "Nghị định số 107/2021/NĐ-CP",
    "181/2003/QĐ-TTg": "Quyết định số 181/2003/QĐ-TTg",
    "93/2007/QĐ-TTg": "Quyết định số 93/2007/QĐ-TTg",
    "09/2015/QĐ-TTg": "Quyết định số 09/2015/QĐ-TTg",
    "43/2011/NĐ-CP": "Nghị định số 43/2011/NĐ-CP",
    "59/2022/NĐ-CP": "Nghị định số 59/2022/NĐ-CP",
    "13/2023/NĐ-CP": "Nghị định số 13/2023/NĐ-CP",
    "30c/NQ-CP": "Nghị quyết số 30c/NQ-CP",
    "22/2008/QH12": "Luật số 22/2008/QH12",
    "80/2015/QH13": "Luật số 80/2015/QH13",
    "63/2020/QH14": "Luật số 63/2020/QH14",
    "65/2025/QH15": "Luật số 65/2025/QH15",
    "77/2015/QH13": "Luật số 77/2015/QH13",
    "47/2019/QH14": "Luật số 47/2019/QH14",
}
_REPEALED = re.compile(r"(?<![\d/])(?:" + "|".join(map(re.escape, REPEALED)) + r")\b", re.IGNORECASE)
_REPEALED_NAMES = {number.lower(): name for number, name in REPEALED.items()}


def checked(question: ParsedQuestion) -> ParsedQuestion:
    """The question with every fault its own content shows; a key that is in doubt marks nothing right."""
    found = [*question.faults, *_text_faults(question), *_choice_faults(question), *_dated_faults(question)]
    if question.kind == "single" and sum(choice.right for choice in question.choices) > 1:
        keys = ", ".join(choice.label for choice in question.choices if choice.right)
        found.append(fault(FaultKind.SEVERAL_KEYS, question.place, keys=keys))
    in_doubt = any(each.kind in KEY_FAULTS for each in found)
    choices = question.choices
    if in_doubt:
        choices = tuple(replace(choice, right=False) for choice in choices)
    elif choices and not any(choice.right for choice in choices) and question.kind in WITH_CHOICES:
        found.append(fault(FaultKind.NO_KEY, question.place))
    return replace(question, choices=choices, faults=tuple(dict.fromkeys(found)))


def _text_faults(question: ParsedQuestion) -> Iterator[Fault]:
    if not question.text.strip():
        yield fault(FaultKind.EMPTY_TEXT, question.place)
    texts = [question.text, *(choice.text for choice in question.choices), question.citation]
    garbled = next(filter(None, map(mojibake_part, texts)), "")
    if garbled:
        yield fault(FaultKind.MOJIBAKE, question.place, part=garbled)


def _choice_faults(question: ParsedQuestion) -> Iterator[Fault]:
    if question.kind not in WITH_CHOICES:
        return
    if len(question.choices) < 2:
        kind = FaultKind.ONE_CHOICE if question.choices else FaultKind.NO_CHOICES
        yield fault(kind, question.place)
    seen: dict[str, str] = {}
    for choice in question.choices:
        if not choice.text.strip():
            yield fault(FaultKind.EMPTY_CHOICE, question.place, label=choice.label)
            continue
        key = answer_key(choice.text) or choice.text.strip()
        if key in seen:
            yield fault(FaultKind.EQUAL_CHOICES, question.place, first=seen[key], second=choice.label)
        seen.setdefault(key, choice.label)


def _dated_faults(question: ParsedQuestion) -> Iterator[Fault]:
    """Words for units and documents that are gone; a wrong choice may well name an old document."""
    everything = " ".join(
        [question.text, question.explanation, *(choice.text for choice in question.choices)]
    )
    for word in dict.fromkeys(match[1].lower() for match in _ABOLISHED.finditer(everything)):
        yield fault(FaultKind.ABOLISHED_UNIT, question.place, word=word)
    right = (choice.text for choice in question.choices if choice.right)
    stated = " ".join([question.text, question.citation, question.explanation, *right])
    for number in dict.fromkeys(match.group().lower() for match in _REPEALED.finditer(stated)):
        yield fault(FaultKind.REPEALED_SOURCE, question.place, source=_REPEALED_NAMES[number])


_LIKE = 0.8
_COMMON = 60


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts that share at least four fifths of their word pairs, the earlier one first.

    Texts that differ in a number are different questions. Word pairs found in more than 60 texts
    are stock phrases: they count for likeness, but do not bring two texts together.
    """
    folded = [fold(text) for text in texts]
    shingles = [_word_pairs(text) for text in folded]
    numbers = [tuple(re.findall(r"\d+", text)) for text in folded]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(index)
    pairs = []
    for index, own in enumerate(shingles):
        near = Counter(
            other
            for shingle in own
            if len(holders[shingle]) <= _COMMON
            for other in holders[shingle]
            if other < index
        )
        pairs += [
            (other, index)
            for other, _ in sorted(near.items())
            if numbers[other] == numbers[index]
            and len(own & shingles[other]) >= _LIKE * len(own | shingles[other])
        ]
    return pairs


def _word_pairs(folded: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", folded)
    return frozenset(map(" ".join, pairwise(words))) or frozenset(words)


def with_near_duplicates(questions: Sequence[ParsedQuestion]) -> tuple[ParsedQuestion, ...]:
    """The questions, each later one of a near pair with a warning that names the earlier one."""
    warned: dict[int, int] = {}
    for earlier, later in near_duplicates([question.text for question in questions]):
        warned.setdefault(later, earlier)
    return tuple(
        replace(question, faults=(*question.faults, _duplicate(question, questions[warned[index]])))
        if index in warned
        else question
        for index, question in enumerate(questions)
    )


def _duplicate(question: ParsedQuestion, earlier: ParsedQuestion) -> Fault:
    other = " ".join(filter(None, (earlier.number, f"({earlier.place})" if earlier.place else "")))
    return fault(FaultKind.NEAR_DUPLICATE, question.place, other=other)


def numbering_faults(numbers: Sequence[tuple[int, str]]) -> list[tuple[FaultKind, dict[str, str]] | None]:
    """For each (part, number as written): a gap before it, a repeat of it, or nothing."""
    result: list[tuple[FaultKind, dict[str, str]] | None] = []
    seen: set[tuple[int, int]] = set()
    last: tuple[int, int] | None = None
    for part, written in numbers:
        found = None
        if written.isdecimal():
            number = int(written)
            if (part, number) in seen:
                found = (FaultKind.NUMBERING_REPEAT, {"number": str(number)})
            elif last and last[0] == part and number > last[1] + 1:
                found = (FaultKind.NUMBERING_GAP, {"before": str(last[1]), "after": str(number)})
            seen.add((part, number))
            last = (part, max(number, last[1]) if last and last[0] == part else number)
        result.append(found)
    return result
