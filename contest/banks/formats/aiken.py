"""Reads questions in Aiken, the plainest format of Moodle: a line of text, lettered lines, "ANSWER: B"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from contest.banks.formats.gift import bank_of
from contest.banks.formats.sketch import Sketch
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, Severity, fault
from contest.rules.question_keys import read_key
from contest.rules.question_labels import Part, classify
from contest.rules.question_lines import Line, joined, line_of, paragraphs
from contest.rules.vietnamese import nfc

_KEY = re.compile(r"\s*ANSWER\s*:\s*(.*)", re.IGNORECASE)
_CHOICE = re.compile(r"\s*([A-Z])[.)][ \t]+(.*)")
# Forms that Moodle does not know, taken only where the next letter is due.
_LOOSE_CHOICE = re.compile(r"\s*([A-Za-z])[.)]\s*(.*)")
# Labels of a Vietnamese document: such a text is read as one, also when its keys read "ANSWER: B".
_OF_DOCUMENTS = frozenset({Part.QUESTION, Part.NUMBERED, Part.CITATION, Part.EXPLANATION, Part.KEYS_BEGIN})


@dataclass
class _Draft:
    """A question while its lines are collected; `place` is the line (from 1) on which it begins."""

    place: int
    stem: list[Line] = field(default_factory=list)
    choices: list[tuple[str, list[Line]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def due(self) -> str:
        """The letter of the next choice."""
        return chr(ord(self.choices[-1][0]) + 1) if self.choices else "A"


def looks_like_aiken(text: str) -> bool:
    """Whether choices and "ANSWER:" lines make a text, without the labels of a Vietnamese document."""
    lines = nfc(text).split("\n")
    keys = sum(bool(_KEY.match(line)) for line in lines)
    choices = sum(bool(_LOOSE_CHOICE.match(line)) for line in lines)
    if not keys or choices < 2:
        return False
    others = (line for line in lines if not _KEY.match(line))
    return not any(classify(line_of(line)).part in _OF_DOCUMENTS for line in others)


def read_text(text: str) -> ParsedBank:
    """The bank in an Aiken text; places are like "dòng 7", numbers count the questions."""
    reader = _Reader(nfc(text).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n"))
    return bank_of("aiken", reader.read(), reader.faults)


class _Reader:
    """Goes through the lines once, looking ahead for what the next label is."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.faults: list[Fault] = []
        self._drafts: list[_Draft] = []
        self._next = self._labels_ahead()

    def read(self) -> list[ParsedQuestion]:
        """Every question, in order."""
        for index, line in enumerate(self.lines):
            if line.strip():
                self._take(index, line)
        return [_finished(draft, str(number)) for number, draft in enumerate(self._drafts, 1)]

    def _labels_ahead(self) -> list[str]:
        """For each line the label of the next labelled one: a letter, "=" for a key, "" at the end."""
        ahead, label = [""] * len(self.lines), ""
        for index in range(len(self.lines) - 1, -1, -1):
            ahead[index] = label
            choice = _LOOSE_CHOICE.match(self.lines[index])
            if _KEY.match(self.lines[index]):
                label = "="
            elif choice:
                label = choice[1].upper()
        return ahead

    def _take(self, index: int, line: str) -> None:
        key = _KEY.match(line)
        choice = None if key else self._choice(index, line)
        if key and not self._drafts:
            self.faults.append(fault(FaultKind.KEY_WITHOUT_QUESTION, f"dòng {index + 1}", number="?"))
            return
        if key:
            self._drafts[-1].keys.append(key[1])
        elif choice:
            self._draft_for_choice(index, choice[1].upper()).choices.append(
                (choice[1].upper(), [line_of(choice[2])])
            )
        else:
            self._take_words(index, line)
        self._drafts[-1].source.append(line)

    def _choice(self, index: int, line: str) -> re.Match[str] | None:
        """A choice: as Moodle writes it, or written otherwise where its letter is the one due."""
        strict = _CHOICE.match(line)
        loose = _LOOSE_CHOICE.match(line)
        if strict or not loose:
            return strict
        letter = loose[1].upper()
        open_draft = self._drafts[-1] if self._drafts and not self._drafts[-1].keys else None
        due = open_draft.due if open_draft else "A"
        follows = letter == "A" and self._next[index] == "B"
        return loose if follows or (letter == due and letter != "A") else None

    def _draft_for_choice(self, index: int, letter: str) -> _Draft:
        """The open question, or a new one without text when this "A" begins another row of choices."""
        draft = self._drafts[-1] if self._drafts else None
        if draft is None or draft.keys or (letter == "A" and draft.choices):
            draft = _Draft(index + 1)
            self._drafts.append(draft)
        return draft

    def _take_words(self, index: int, line: str) -> None:
        draft = self._drafts[-1] if self._drafts else None
        gap = index > 0 and not self.lines[index - 1].strip()
        words = line_of(line)
        if draft is None or draft.keys or (draft.choices and self._next[index] in ("A", "")):
            self._drafts.append(_Draft(index + 1, [words]))
        elif draft.choices:
            last = self._next[index] != draft.due
            severity = Severity.ERROR if last or gap else Severity.WARNING
            draft.faults.append(_unlabelled(draft, line, severity))
            draft.choices[-1][1].append(words)
        else:
            if gap and draft.stem:
                draft.faults.append(_unlabelled(draft, line, Severity.WARNING))
            draft.stem.append(words)


def _unlabelled(draft: _Draft, line: str, severity: Severity) -> Fault:
    return fault(FaultKind.UNLABELLED_LINE, f"dòng {draft.place}", severity, line=line.strip()[:80])


def _finished(draft: _Draft, number: str) -> ParsedQuestion:
    sketch = Sketch(number, f"dòng {draft.place}", "\n".join(draft.source), faults=draft.faults)
    sketch.text = paragraphs(draft.stem)
    labels = [letter for letter, _ in draft.choices]
    texts = [joined(lines) for _, lines in draft.choices]
    right = _right(sketch, draft.keys, labels, texts)
    for place, text in enumerate(texts):
        sketch.choose(text, place in right, label=labels[place])
    if labels != [chr(ord("A") + place) for place in range(len(labels))]:
        sketch.fault(FaultKind.LABEL_ORDER, labels=", ".join(labels))
    return sketch.finish()


def _right(
    sketch: Sketch, keys: Sequence[str], labels: Sequence[str], texts: Sequence[str]
) -> frozenset[int]:
    """The choices that every "ANSWER:" line of a question names; none where they differ."""
    readings = [read_key(key, labels, texts, sketch.place) for key in keys if key.strip()]
    sketch.faults += [reading.fault for reading in readings if reading.fault]
    said = {reading.right for reading in readings if not reading.fault}
    if len(said) > 1:
        first, second = (
            ", ".join(labels[place] for place in sorted(one)) for one in sorted(said, key=sorted)[:2]
        )
        sketch.fault(FaultKind.KEYS_CONFLICT, first=first, second=second)
    return next(iter(said)) if len(said) == 1 else frozenset()
