"""Where a question begins and which lines are its choices, while a document is being walked."""

import re
from collections.abc import Sequence

from contest.rules.question_draft import Draft, DraftChoice
from contest.rules.question_labels import Label, Part, Token, inline_choices
from contest.rules.question_lines import Line
from contest.rules.question_outlook import Outlook

_ENDS_A_QUESTION = frozenset(
    {
        Part.KEY,
        Part.CITATION,
        Part.EXPLANATION,
        Part.LEVEL,
        Part.TOPIC,
        Part.KIND,
        Part.MARKING,
        Part.TAGS,
        Part.BLANK,
    }
)


class Opening:
    """The questions found so far, the one being read, and the section it stands in."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.drafts: list[Draft] = []
        self._current: Draft | None = None
        self._topic = ""
        self._topic_open = False
        self._level = ""
        self._kind = ""
        self._index = 0
        self._ahead = Outlook(tokens)

    def _note_lost(self, token: Token) -> None:
        if self._current and token.line.lost:
            in_stem = self._current.reading == "stem"
            self._current.note_object(token.line, len(self._current.stem) if in_stem else None)
            self._current.source.append(f"[{token.line.lost}]")

    def _keep(self, token: Token, draft: Draft, in_stem: bool = False) -> None:
        """Every line a question was read from stays with it; `in_stem`: the line is about to join its text."""
        draft.source.append(token.line.text.strip())
        if token.line.lost:
            draft.note_object(token.line, len(draft.stem) + 1 if in_stem else None)

    def _start(self, token: Token, content: Line, worded: bool) -> None:
        number = token.number
        last = self.drafts[-1] if self.drafts else None
        part = last.part if last else 0
        if last and number and self._restarts(int(number), part):
            part += 1
        draft = Draft(number, token.line.place, self._topic, token.level or self._level, worded, part)
        draft.kind = self._kind
        self.drafts.append(draft)
        self._current = draft
        self._topic_open = False
        labels = inline_choices(content.text, 0)
        self._keep(token, draft, in_stem=not labels)
        if labels:
            self._add_choices(content, labels)
            content = content.cut(0, labels[0].start)
        if content.text.strip():
            draft.stem.append(content)

    def _restarts(self, number: int, part: int) -> bool:
        """Numbers begin again: at 1 after a higher number, or lower than before in a new section."""
        before = next((draft for draft in reversed(self.drafts) if draft.part == part and draft.number), None)
        if before is None or number > int(before.number):
            return False
        return (number == 1 and int(before.number) > 1) or before.topic != self._topic

    def _numbered_is_question(self, token: Token) -> bool:
        """Whether "4. …" opens a question, or is an item of a list inside one."""
        current = self._current
        if current is None:
            return True
        follows = current.number.isdecimal() and int(token.number) == int(current.number) + 1
        if not current.choices and current.reading == "stem":
            return follows and not current.worded and not _continues_list(current, token)
        if current.worded:
            return follows and len(current.choices) > 1
        return follows or self._ahead.choice_a_comes(self._index)

    def _opens_without_number(self) -> bool:
        """Whether this line without a label is the beginning of a question: choices A, B, … follow it."""
        if not self._ahead.choice_a_comes(self._index):
            return False
        current = self._current
        if current is None:
            return True
        if not current.choices and current.reading == "stem":
            return False
        before = self.tokens[self._index - 1].part
        return before in _ENDS_A_QUESTION or not self._ahead.blank_then_text(self._index)

    def _says_answer(self, current: Draft, token: Token) -> bool:
        """Whether "Đáp án B: …" is a choice: it is when the choices before it began the same way."""
        first = current.choices[0].label.text if current.choices else ""
        if not current.choices:
            return token.labels[0].letter in "Aa"
        return bool(re.match(r"\s*đáp\s+án", first, re.IGNORECASE))

    def _fits(self, current: Draft, letter: str) -> bool:
        """Whether this letter can be the next choice: the next one, one skipped, or a repeated one."""
        position, expected = ord(letter.upper()) - 65, len(current.choices)
        if current.reading in ("citation", "explanation") and position != expected:
            return False
        if current.choices and letter.islower() and current.choices[0].letter.isupper():
            return position == expected
        return position <= expected + 1

    def _lower_letters_were_stem(self, current: Draft) -> None:
        """A list a), b), c) before choices A, B, C belongs to the question's text."""
        for choice in current.choices:
            current.stem += [Line((*choice.label.spans, *choice.lines[0].spans)), *choice.lines[1:]]
        current.choices.clear()

    def _add_choices(self, line: Line, labels: Sequence[Label]) -> None:
        draft = self.drafts[-1]
        for label in labels:
            text = line.cut(label.text_start, label.end)
            draft.choices.append(
                DraftChoice(label.letter, label.starred, line.cut(label.start, label.text_start), [text])
            )
        draft.reading = "choice"


def _continues_list(draft: Draft, token: Token) -> bool:
    """Whether the stem already holds the item before this one; far above it is another list."""
    before = str(int(token.number) - 1)
    return any(
        line.text.strip().startswith((before + ".", before + ")", before + "/"))
        for line in draft.stem[1:][-30:]
    )
