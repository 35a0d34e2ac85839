"""What is doubtful about a question once it has been read, whatever file it came from."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from contest.rules.parsed import Fault, FaultKind, ParsedQuestion, Severity, fault
from contest.rules.vietnamese import answer_key, fold
from contest.rules.vietnamese_legacy import mojibake_part, one_lost_letter

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
ABOLISHED = ("huyện", "quận", "thị xã", "thị trấn", "63 tỉnh")
_ABOLISHED = re.compile(rf"\b({'|'.join(ABOLISHED)})\b", re.IGNORECASE)

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
    found = [*question.faults, *_text_faults(question), *_choice_faults(question), *dated_faults(question)]
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
    said = (f"{choice.text}\n{choice.match}" for choice in question.choices)
    everything = "\n".join([question.text, *said, question.citation, question.explanation])
    if garbled := mojibake_part(everything):
        yield fault(FaultKind.MOJIBAKE, question.place, part=garbled)
    elif doubtful := one_lost_letter(everything):
        yield fault(FaultKind.MOJIBAKE, question.place, Severity.WARNING, part=doubtful)


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


def dated_faults(question: ParsedQuestion) -> Iterator[Fault]:
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


# Four fifths of the word pairs; and how many texts may hold one before it is a stock phrase.
_LIKE, _OF = 4, 5
_COMMON = 60
_NUMBER = re.compile(r"\d+")
_FOLDED_WORD = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class _Print:
    """What makes a text like another: its numbers, its word pairs, and those of them to be found by."""

    numbers: tuple[str, ...]
    pairs: frozenset[str]
    meeting: tuple[str, ...]

    def like(self, other: "_Print") -> bool:
        shared = len(self.pairs & other.pairs)
        return _OF * shared >= _LIKE * (len(self.pairs) + len(other.pairs) - shared)


class _Seen:
    """Texts by what they can be found by."""

    def __init__(self) -> None:
        self._same: dict[tuple[tuple[str, ...], frozenset[str]], int] = {}
        self._meeting: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)

    def add(self, index: int, own: _Print) -> None:
        """Remember a text; of texts with the same words the first stands for all."""
        if own.pairs and self._same.setdefault((own.numbers, own.pairs), index) == index:
            for pair in own.meeting:
                self._meeting[own.numbers, pair].append(index)

    def first_like(self, own: _Print, prints: Sequence[_Print]) -> int | None:
        """The first text that is like this one."""
        near = {other for pair in own.meeting for other in self._meeting.get((own.numbers, pair), ())}
        same = self._same.get((own.numbers, own.pairs))
        alike = [other for other in near if other != same and own.like(prints[other])]
        return min(alike if same is None else [*alike, same], default=None)


def first_likes(texts: Sequence[str], known: int = 0, marks: Sequence[str] = ()) -> dict[int, int]:
    """For each text (by index) the first one before it that shares at least four fifths of its word pairs.

    Texts that differ in a number are different questions, and so are those with other pictures (`marks`, one
    for each text or none at all; "" where there is no picture). Word pairs found in more than 60 texts are
    stock phrases: they count for likeness, but do not bring two texts together unless all their words
    are the same. When the first `known` texts are given, the others are compared with those alone.
    """
    prints, seen, found = _prints(texts, marks or [""] * len(texts)), _Seen(), {}
    for index, own in enumerate(prints):
        first = seen.first_like(own, prints) if index >= known else None
        if first is not None:
            found[index] = first
        if index < known or not known:
            seen.add(index, own)
    return found


def _prints(texts: Sequence[str], marks: Sequence[str]) -> list[_Print]:
    folded = [fold(text) for text in texts]
    pairs = [_word_pairs(text) for text in folded]
    holders = Counter(chain.from_iterable(pairs))
    return [
        _Print((*_NUMBER.findall(text), *([mark] if mark else [])), own, _meeting(own, holders))
        for text, own, mark in zip(folded, pairs, marks, strict=True)
    ]


def _meeting(own: frozenset[str], holders: Counter[str]) -> tuple[str, ...]:
    """The rarest pairs, so many that texts which are alike must share one; without those nobody shares."""
    enough = len(own) - -(-_LIKE * len(own) // _OF) + 1
    rarest = sorted((holders[pair], pair) for pair in own)[:enough]
    return tuple(pair for count, pair in rarest if 1 < count <= _COMMON)


def _word_pairs(folded: str) -> frozenset[str]:
    words = _FOLDED_WORD.findall(folded)
    return frozenset(map(" ".join, pairwise(words))) or frozenset(words)


def with_near_duplicates(questions: Sequence[ParsedQuestion]) -> tuple[ParsedQuestion, ...]:
    """The questions, each later one of a near pair with a warning that names the earlier one."""
    marks = [question.picture.mark if question.picture else "" for question in questions]
    first = first_likes([question.text for question in questions], marks=marks)
    against = _contradicting(questions)
    return tuple(
        replace(
            question,
            faults=(
                *question.faults,
                *([_duplicate(question, questions[first[index]])] if index in first else []),
                *([_contradiction(question, questions[against[index]])] if index in against else []),
            ),
        )
        if index in first or index in against
        else question
        for index, question in enumerate(questions)
    )


def _contradicting(questions: Sequence[ParsedQuestion]) -> dict[int, int]:
    """Questions asked twice in the same words and with the same picture, but with different keys: each to another."""
    asked: dict[tuple[str, str], list[int]] = {}
    for index, question in enumerate(questions):
        if any(choice.right for choice in question.choices):
            mark = question.picture.mark if question.picture else ""
            asked.setdefault((answer_key(question.text), mark), []).append(index)
    found: dict[int, int] = {}
    for same in asked.values():
        rights = {index: _right(questions[index]) for index in same}
        first = same[0]
        # The first one that differs from the first of all; the others differ from one of these two.
        second = next((index for index in same if rights[index] != rights[first]), None)
        if second is not None:
            found |= {index: second if rights[index] == rights[first] else first for index in same}
    return found


def _right(question: ParsedQuestion) -> frozenset[str]:
    return frozenset(answer_key(choice.text + choice.match) for choice in question.choices if choice.right)


def _contradiction(question: ParsedQuestion, other: ParsedQuestion) -> Fault:
    first, second = (
        " + ".join(choice.text for choice in each.choices if choice.right) for each in (question, other)
    )
    return fault(FaultKind.KEYS_CONFLICT, question.place, first=first, second=second)


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
