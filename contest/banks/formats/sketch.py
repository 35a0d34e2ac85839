"""A question of a markup file while it is being understood, whatever the format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from contest.banks.formats.markup_text import Plain
from contest.banks.formats.numbers import number, written
from contest.rules.parsed import (
    Fault,
    FaultKind,
    ParsedChoice,
    ParsedPicture,
    ParsedQuestion,
    Severity,
    fault,
)
from contest.rules.question_faults import checked
from contest.rules.question_labels import LEVELS, level_name
from contest.rules.question_shape import PARTLY_RIGHT
from contest.rules.question_words import TRUTHS, declared_kind, declared_marking
from contest.rules.vietnamese import answer_key, fold

FULL = Decimal(100)
# What a question of a kind that is not supported lacks says nothing.
OF_PARTS = frozenset({FaultKind.NO_KEY, FaultKind.NO_CHOICES, FaultKind.ONE_CHOICE, FaultKind.EMPTY_TEXT})


# Words before a tag that is more than a tag.
LEVEL, KIND, MARKING, TAG = "Mức độ", "Loại câu hỏi", "Cách chấm", "Nhãn"
# The kinds that only their words tell apart.
ALIKE = ("single", "true_false")
SOURCE_LINE = re.compile(r"Căn cứ(?: pháp lý)? ?: *(\S.*)")


def parted(explanation: str) -> tuple[str, str]:
    """An explanation and its source, which these formats keep together: "Căn cứ: …" as the last line."""
    before, _, last = explanation.rpartition("\n")
    found = SOURCE_LINE.fullmatch(last)
    return (before, found[1]) if found else (explanation, "")


@dataclass(frozen=True)
class Option:
    """An answer on offer and the share of the mark it earns, in per cent."""

    text: str
    weight: Decimal = Decimal(0)
    tolerance: str = ""


@dataclass
class Sketch:
    """A question whose parts are still being collected; what tags say of `partial` and the kind is apart."""

    number: str
    place: str
    source: str = ""
    kind: str = "single"
    text: str = ""
    choices: list[ParsedChoice] = field(default_factory=list)
    topic: str = ""
    level: str = ""
    explanation: str = ""
    partial: bool = False
    tags: list[str] = field(default_factory=list)
    said_kind: str = ""
    marking: bool | None = None
    faults: list[Fault] = field(default_factory=list)
    picture: ParsedPicture | None = None

    def fault(self, kind: FaultKind, severity: Severity | None = None, /, **values: str) -> None:
        """Note a fault of this question."""
        self.faults.append(fault(kind, self.place, severity, **values))

    def words(self, part: Plain) -> str:
        """The text of a part; what was lost of it is noted."""
        for name in part.lost:
            self.fault(FaultKind.LOST_OBJECT, object=name)
        return part.text

    def unsupported(self, name: str) -> None:
        """Keep the question, held back: its kind cannot be played here."""
        self.fault(FaultKind.UNSUPPORTED_KIND, name=name)

    def choose(self, text: str, right: bool, match: str = "", tolerance: str = "", label: str = "") -> None:
        """Add a choice, under the next letter unless it brings its own."""
        name = label or letter(len(self.choices))
        self.choices.append(ParsedChoice(name, text, right, match, tolerance))

    def take_tags(self, tags: Sequence[str]) -> None:
        """Tags; the first one that names a level is the level, one may say how the question is marked."""
        for tag in filter(None, (" ".join(each.split()) for each in tags)):
            label, _, said = tag.partition(": ")
            marking = declared_marking(said) if label == MARKING else None
            if label == LEVEL and said:
                self.level = said
            elif not self.level and fold(tag) in LEVELS:
                self.level = level_name(tag)
            elif label == KIND and declared_kind(said) in ALIKE:
                self.said_kind = declared_kind(said)
            elif marking is not None:
                self.marking = marking
            else:
                self.tags.append(said if label == TAG and said else tag)

    def take_truth(self, right: bool) -> None:
        """A statement that is right or wrong."""
        self.kind = "true_false"
        self.choose("Đúng", right)
        self.choose("Sai", not right)

    def take_weighed(self, options: Sequence[Option], several: bool) -> None:
        """The choices of a question whose file gives each one a share of the mark."""
        weights = [option.weight for option in options]
        shares = [weight for weight in weights if weight > 0]
        self.kind = "multiple" if several else "single"
        self.partial = several
        for option in options:
            self.choose(option.text, option.weight > 0 if several else option.weight == FULL)
        odd = abs(sum(shares) - FULL) > 1 if several and shares else any(share != FULL for share in shares)
        if odd or any(abs(weight) > FULL for weight in weights):
            self.fault(FaultKind.WEIGHTS_UNCLEAR, weights=listed(weights))
        elif several and len(set(shares)) > 1:
            self.fault(FaultKind.SETTING_LOST, setting=f"điểm từng phương án: {listed(weights)}")
        elif not several and any(weight < 0 for weight in weights):
            self.fault(FaultKind.SETTING_LOST, setting=f"điểm trừ: {listed(weights)}")

    def take_accepted(self, options: Sequence[Option]) -> None:
        """A short text: answers that earn the whole mark are accepted; a "*" stands for any text."""
        self.kind = "short_text"
        self._doubt_shares(options)
        for option in (option for option in options if option.weight > 0):
            if "*" in option.text.replace("\\*", ""):
                self.fault(FaultKind.KEY_UNREAD, key=option.text[:60])
            self.choose(option.text.replace("\\*", "*"), option.weight == FULL)

    def take_numbers(self, options: Sequence[Option]) -> None:
        """A number: exactly one answer earns the whole mark, written with a decimal point."""
        self.kind = "number"
        self._doubt_shares(options)
        for option in (option for option in options if option.weight > 0):
            value, tolerance = number(option.text), number(option.tolerance or "0")
            if value is None or tolerance is None or tolerance < 0:
                wrong = option.text if value is None else option.tolerance
                self.fault(FaultKind.BAD_NUMBER, value=shortened(wrong))
                self.choose(option.text.strip(), False)
                continue
            exact = "" if tolerance == 0 else written(tolerance)
            self.choose(written(value), option.weight == FULL, tolerance=exact)

    def _doubt_shares(self, options: Sequence[Option]) -> None:
        if any(option.weight > 0 and option.weight != FULL for option in options):
            self.fault(FaultKind.WEIGHTS_UNCLEAR, weights=listed([option.weight for option in options]))

    def finish(self) -> ParsedQuestion:
        """The question with every fault its content shows."""
        if self.said_kind and self.kind in ALIKE:
            self.kind = self.said_kind
        elif self.kind == "single" and {answer_key(choice.text) for choice in self.choices} in TRUTHS:
            self.kind = "true_false"
        unsupported = any(each.kind is FaultKind.UNSUPPORTED_KIND for each in self.faults)
        if not unsupported:
            self._check_parts()
        if self.marking is not None and self.kind in PARTLY_RIGHT:
            self.partial = self.marking
        explanation, citation = parted(self.explanation)
        question = checked(
            ParsedQuestion(
                number=self.number,
                place=self.place,
                kind=self.kind,
                text=self.text,
                choices=tuple(self.choices),
                topic=self.topic,
                level=self.level,
                citation=citation,
                explanation=explanation,
                source=self.source.strip("\n"),
                faults=tuple(self.faults),
                partial=self.partial,
                picture=self.picture,
                tags=tuple(self.tags),
            )
        )
        if not unsupported:
            return question
        return replace(question, faults=tuple(each for each in question.faults if each.kind not in OF_PARTS))

    def _check_parts(self) -> None:
        """What the kinds that are not chosen from a list need."""
        right = [choice for choice in self.choices if choice.right]
        if self.kind in ("short_text", "number"):
            if not right:
                self.fault(FaultKind.NO_KEY)
            elif self.kind == "number" and len(right) > 1:
                self.fault(FaultKind.SEVERAL_KEYS, keys="; ".join(choice.text for choice in right))
        elif self.kind == "true_false" and len(right) > 1:
            self.fault(FaultKind.SEVERAL_KEYS, keys=", ".join(choice.label for choice in right))
        elif self.kind in ("ordering", "matching"):
            if len(right) < 2:
                self.fault(FaultKind.ONE_CHOICE)
            self._doubt_equal(right)

    def _doubt_equal(self, right: Sequence[ParsedChoice]) -> None:
        seen: dict[str, str] = {}
        for choice in right:
            if not choice.text.strip() or (self.kind == "matching" and not choice.match.strip()):
                self.fault(FaultKind.EMPTY_CHOICE, label=choice.label)
            elif (key := answer_key(choice.text) or choice.text) in seen:
                self.fault(FaultKind.EQUAL_CHOICES, first=seen[key], second=choice.label)
            seen.setdefault(answer_key(choice.text) or choice.text, choice.label)


def letter(place: int) -> str:
    """The letters of choices by their place from 0: A to Z, then AA, AB."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def shortened(text: str) -> str:
    """The beginning of a text on one line, for a sentence about it."""
    return re.sub(r"\s+", " ", text.strip())[:60]


def listed(weights: Sequence[Decimal]) -> str:
    """Weights for a sentence about them, with two decimals at most."""
    return "; ".join(written(round(weight, 2)) for weight in weights)
