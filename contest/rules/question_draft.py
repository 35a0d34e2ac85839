"""A question while its lines are still being collected, and how it is finished."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from contest.rules.parsed import (
    Fault,
    FaultKind,
    ParsedChoice,
    ParsedPicture,
    ParsedQuestion,
    Severity,
    fault,
)
from contest.rules.question_answers import READERS
from contest.rules.question_emphasis import MarkedChoice, emphasis
from contest.rules.question_faults import checked
from contest.rules.question_keys import read_key, truth_of
from contest.rules.question_labels import LEVELS, level_name
from contest.rules.question_lines import Line, joined, paragraphs
from contest.rules.question_shape import CHOSEN, PARTLY_RIGHT, TYPED
from contest.rules.question_words import UNSUPPORTED, says_several
from contest.rules.vietnamese import answer_key, fold


@dataclass
class DraftChoice:
    """A choice as it is being read; lines after the first are wrapped lines without a letter."""

    letter: str
    starred: bool
    label: Line
    lines: list[Line]

    @property
    def text(self) -> str:
        """Its words in one line, without a star or a tick."""
        return joined(self.lines).strip("✓✔√").strip()


@dataclass
class Draft:
    """A question as it is being read; `part` counts restarts of the numbering, `kind` is "" unless it is said."""

    number: str
    place: str
    topic: str = ""
    level: str = ""
    worded: bool = False
    part: int = 0
    stem: list[Line] = field(default_factory=list)
    choices: list[DraftChoice] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    table_keys: list[str] = field(default_factory=list)
    citation: list[Line] = field(default_factory=list)
    explanation: list[Line] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    pictures: list[tuple[int, Line]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    reading: str = "stem"
    kind: str = ""
    partial: bool = False
    tags: list[str] = field(default_factory=list)

    def fault(self, kind: FaultKind, severity: Severity | None = None, /, **values: str) -> None:
        """Note a fault of this question."""
        self.faults.append(fault(kind, self.place, severity, **values))

    def note_object(self, line: Line, stem_lines: int | None) -> None:
        """Something in a line that is no text; `stem_lines`: the lines of the stem up to it, None outside.

        Beside a lone letter, number or dash a picture is a choice, whatever else the line was taken for.
        """
        labelled = 0 < len(line.text.strip()) < 4
        if line.picture and stem_lines is not None and not labelled:
            self.pictures.append((stem_lines, line))
        else:
            self.lost.append(line.lost)

    def _picture(self) -> ParsedPicture | None:
        """The one picture that certainly belongs to the text; else each is noted as lost.

        With neither choices nor a key it may as well belong to the next question.
        """
        sure = all(upto <= len(self.stem) for upto, _ in self.pictures) and (self.choices or self.keys)
        found = {line.picture for _, line in self.pictures}
        if len(found) == 1 and sure and not self.lost:
            return found.pop()
        self.lost += [line.lost for _, line in self.pictures]
        return None

    def finish(self) -> ParsedQuestion:
        """The question as it was understood, with its faults."""
        if not self.choices and self.kind not in TYPED:
            self._choices_without_letters()
        text = self._text_and_level()
        kind, choices = self._kind_and_choices(text)
        self.faults += _doubtful_lines(self)
        picture = self._picture()
        for name in dict.fromkeys(self.lost):
            self.fault(FaultKind.LOST_OBJECT, object=name)
        return checked(
            ParsedQuestion(
                number=self.number,
                place=self.place,
                kind=kind,
                text=text,
                choices=choices,
                topic=self.topic,
                level=self.level,
                citation=paragraphs(self.citation),
                explanation=paragraphs(self.explanation),
                source="\n".join(self.source),
                faults=tuple(self.faults),
                partial=self.partial and kind in PARTLY_RIGHT,
                picture=picture,
                tags=tuple(self.tags),
            )
        )

    def _text_and_level(self) -> str:
        text = paragraphs(self.stem)
        note = _LEVEL_AT_END.search(text)
        if note and fold(note[1]) in LEVELS and not self.level:
            self.level, text = level_name(note[1]), text[: note.start()].rstrip()
        return text

    def _choices_without_letters(self) -> None:
        """Trailing lines numbered 1, 2, 3 or with bullets are the choices of a question without letters."""
        for pattern in (_NUMBERED_CHOICE, _BULLET):
            start = len(self.stem)
            while start > 1 and pattern.match(self.stem[start - 1].text):
                start -= 1
            lines = self.stem[start:]
            if 2 <= len(lines) <= 8 and _counts_up(lines, pattern):
                self.stem = self.stem[:start]
                self.choices = [_lettered(index, line, pattern) for index, line in enumerate(lines)]
                if pattern is _NUMBERED_CHOICE:
                    self.keys = [_DIGIT.sub(lambda digit: chr(64 + int(digit[0])), key) for key in self.keys]
                return

    def _kind_and_choices(self, text: str) -> tuple[str, tuple[ParsedChoice, ...]]:
        values = [value for value in (*self.keys, *self.table_keys) if value.strip()]
        if self.kind == UNSUPPORTED:
            self.fault(FaultKind.UNSUPPORTED_KIND, name=UNSUPPORTED)
        elif self.kind in READERS:
            answers, faults = READERS[self.kind](values, self._plain_choices(), self.place)
            self.faults += faults
            return self.kind, answers
        truths = {truth_of(value) for value in values}
        if not self.choices and (
            (truths and "" not in truths) or (not values and _TRUE_OR_FALSE.search(text))
        ):
            return "true_false", self._true_or_false(truths)
        if not self.choices and len(values) == 1 and _BLANK.search(text) and len(values[0]) > 1:
            return "short_text", (ParsedChoice("A", values[0].strip(), True),)
        choices = self._plain_choices(self._right(values))
        if self.kind in CHOSEN:
            return self.kind, choices
        if {answer_key(choice.text) for choice in choices} == {"đúng", "sai"} and len(choices) == 2:
            return "true_false", choices
        return ("multiple" if says_several(text) else "single"), choices

    def _plain_choices(self, right: frozenset[int] = frozenset()) -> tuple[ParsedChoice, ...]:
        return tuple(
            ParsedChoice(choice.letter.upper(), choice.text, index in right)
            for index, choice in enumerate(self.choices)
        )

    def _true_or_false(self, truths: set[str]) -> tuple[ParsedChoice, ...]:
        if len(truths) > 1:
            self.fault(FaultKind.KEYS_CONFLICT, first="đúng", second="sai")
        return (
            ParsedChoice("A", "Đúng", truths == {"đúng"}),
            ParsedChoice("B", "Sai", truths == {"sai"}),
        )

    def _right(self, values: Sequence[str]) -> frozenset[int]:
        """The choices all sources of a key agree on; none, with a fault, where they do not."""
        labels = [choice.letter.upper() for choice in self.choices]
        texts = [choice.text for choice in self.choices]
        if not labels:
            return frozenset()
        readings = [read_key(value, labels, texts, self.place) for value in dict.fromkeys(values)]
        self.faults += [reading.fault for reading in readings if reading.fault]
        said = {reading.right for reading in readings if not reading.fault}
        starred = frozenset(index for index, choice in enumerate(self.choices) if choice.starred)
        if 0 < len(starred) < len(labels):
            said.add(starred)
        shown = emphasis([MarkedChoice(c.letter, c.label, tuple(c.lines)) for c in self.choices])
        if shown.right and not (said and shown.weak):
            said.add(shown.right)
        said.update(shown.conflict)
        if len(said) > 1:
            first, second, *_ = sorted(said, key=sorted)
            names = [", ".join(labels[index] for index in sorted(side)) for side in (first, second)]
            self.fault(FaultKind.KEYS_CONFLICT, first=names[0], second=names[1])
        elif not said and not values:
            self._nothing_stands_out(len(starred) > 1 or shown.all_alike, shown.partial)
        return next(iter(said)) if len(said) == 1 else frozenset()

    def _nothing_stands_out(self, all_alike: bool, partial: tuple[int, str] | None) -> None:
        if all_alike:
            self.fault(FaultKind.ALL_EMPHASISED)
        elif partial:
            letter = self.choices[partial[0]].letter.upper()
            self.fault(FaultKind.PARTLY_EMPHASISED, label=letter, part=partial[1])


_LEVEL_AT_END = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,20})\s*[)\]]\s*$")
_NUMBERED_CHOICE = re.compile(r"\s*(\d)\s*[.)]\s*(?=\S)")
_BULLET = re.compile(r"\s*[-–+•▪●○◦*□☐]\s+(?=\S)")
_DIGIT = re.compile(r"\b[1-8]\b")
_TRUE_OR_FALSE = re.compile(r"đúng\s*(?:hay|/|hoặc)\s*sai", re.IGNORECASE)
_BLANK = re.compile(r"_{3,}|…|\.{4,}|\bđiền\b", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[,;:\-–/(]|\b(?:của|và|về|theo|do|cho|tại|trong|với|là|các|những|số|từ|đến|hoặc|cấp|bởi|để|ở|trên|ngày"
    r"|tháng|năm|thuộc|khi|việc|được|không|có))\s*$",
    re.IGNORECASE,
)


def _counts_up(lines: Sequence[Line], pattern: re.Pattern[str]) -> bool:
    if pattern is _BULLET:
        return True
    return [int(line.text.strip()[0]) for line in lines] == list(range(1, len(lines) + 1))


def _lettered(index: int, line: Line, pattern: re.Pattern[str]) -> DraftChoice:
    match = pattern.match(line.text)
    start = match.end() if match else 0
    return DraftChoice(chr(65 + index), False, line.cut(0, start), [line.cut(start)])


def _doubtful_lines(draft: Draft) -> Iterator[Fault]:
    """Letters out of order, lines that could be a choice of their own, choices inside a choice."""
    letters = [choice.letter.upper() for choice in draft.choices]
    if letters != [chr(65 + index) for index in range(len(letters))]:
        yield fault(FaultKind.LABEL_ORDER, draft.place, labels=", ".join(letters))
    for index, choice in enumerate(draft.choices):
        last = index == len(letters) - 1
        for before, line in zip(choice.lines, choice.lines[1:], strict=False):
            words = line.text.strip()
            if words and not words[0].islower() and not _UNFINISHED.search(before.text):
                severity = Severity.ERROR if last else Severity.WARNING
                yield fault(FaultKind.UNLABELLED_LINE, draft.place, severity, line=words[:80])
        swallowed = _swallowed(choice, letters)
        if swallowed:
            yield fault(
                FaultKind.SWALLOWED_LABEL, draft.place, label=choice.letter.upper(), part=swallowed[:60]
            )


def _swallowed(choice: DraftChoice, letters: Sequence[str]) -> str:
    """The part of a choice's text that begins like the next choice, when that letter is missing."""
    following = chr(ord(choice.letter.upper()) + 1)
    if following in letters or following > "H":
        return ""
    match = re.search(rf"(?:[\s.;,)]|(?<=[a-zà-ỹ0-9])){following}\s?[.):]\s*\S", choice.text)
    return choice.text[match.start() :].strip() if match else ""
