"""Walks the lines of a document and gives each to its question: choices, keys, sources, sections."""

import re
from collections.abc import Callable, Sequence

from contest.rules.parsed import FaultKind, Severity
from contest.rules.question_draft import Draft
from contest.rules.question_keys import KeyTable, is_key_value, key_pairs
from contest.rules.question_labels import Part, Token, level_name
from contest.rules.question_lines import Line
from contest.rules.question_opening import Opening
from contest.rules.question_words import declared_kind, declared_marking

_LONE_LETTER = re.compile(r"\W*[A-Ha-h]\W*")


class Reader(Opening):
    """One reading of a document: its questions, its keys, and lines among the keys nobody understood."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.keys = KeyTable()
        self.stray: list[str] = []
        self._among_keys = False
        self._handlers: dict[Part, Callable[[Token], None]] = {
            Part.QUESTION: self._question,
            Part.NUMBERED: self._numbered,
            Part.CHOICES: self._choices,
            Part.KEY: self._key,
            Part.CITATION: self._citation,
            Part.EXPLANATION: self._explanation,
            Part.LEVEL: self._level_line,
            Part.TOPIC: self._topic_line,
            Part.KIND: self._kind_line,
            Part.MARKING: self._marking_line,
            Part.TAGS: self._tags_line,
            Part.SECTION: self._section,
            Part.KEYS_BEGIN: self._keys_begin,
            Part.TEXT: self._text,
        }

    def read(self) -> None:
        """Walk over all tokens."""
        for index, token in enumerate(self.tokens):
            self._index = index
            if token.part is Part.BLANK:
                self._note_lost(token)
            elif token.grid:
                self.keys.take_grid(token.grid)
            elif not (self._among_keys and self._read_as_key(token)):
                self._handlers[token.part](token)

    def _question(self, token: Token) -> None:
        if self._is_key_list(token):
            return
        self._start(token, token.content, worded=bool(token.number))

    def _is_key_list(self, token: Token) -> bool:
        """ "Câu 1: B", "1-A 2-B 3-C": keys, even where no heading announces them."""
        pairs = key_pairs(token.line.text)
        lone = bool(token.number) and is_key_value(token.content.text)
        if lone or (len(pairs) > 2 and all(value for _, value in pairs)):
            self.keys.add(pairs or [(int(token.number), token.content.text)])
            self._among_keys = True
        return self._among_keys and (lone or bool(pairs))

    def _numbered(self, token: Token) -> None:
        if self._is_key_list(token):
            return
        if self._numbered_is_question(token):
            self._start(token, token.content, worded=False)
        else:
            self._text(token)

    def _choices(self, token: Token) -> None:
        current = self._current
        letter = token.labels[0].letter
        if current is None:
            self._start(token, token.line.cut(0, 0), worded=False)
            current = self.drafts[-1]
            current.source.clear()
        elif re.match(r"\s*đáp\s+án", token.line.text, re.IGNORECASE) and not self._says_answer(
            current, token
        ):
            self._key_value(token, re.sub(r"(?i)^\s*đáp\s+án\s*", "", token.line.text))
            return
        elif current.reading == "key" and not current.keys and letter in [c.letter for c in current.choices]:
            self._key_value(token, token.line.text)
            return
        elif letter == "A" and current.choices and all(choice.letter.islower() for choice in current.choices):
            self._lower_letters_were_stem(current)
        elif not self._fits(current, letter):
            self._text(token)
            return
        self._keep(token, current)
        if token.doubtful:
            current.fault(FaultKind.UNLABELLED_LINE, line=token.content.text.strip()[:80])
        self._add_choices(token.line, token.labels)

    # Keys

    def _key(self, token: Token) -> None:
        self._key_value(token, token.content.text)

    def _key_value(self, token: Token, value: str) -> None:
        if self._current is None:
            self._among_keys = self.keys.take_line(value) or self.keys.take_line(token.line.text)
            return
        pairs = key_pairs(value)
        if len(pairs) > 2:
            self.keys.add(pairs)
            self._among_keys = True
            return
        self._keep(token, self._current)
        if value.strip(" .:"):
            self._current.keys.append(value)
        self._current.reading = "key"

    def _keys_begin(self, token: Token) -> None:
        following = self.tokens[self._index + 1] if self._index + 1 < len(self.tokens) else None
        lone = following is not None and (
            following.part is Part.CHOICES or bool(_LONE_LETTER.fullmatch(following.line.text))
        )
        if self._current and self._current.choices and lone:
            self._key_value(token, "")
            return
        self._among_keys = True
        self.keys.next_group()

    def _read_as_key(self, token: Token) -> bool:
        """Read a line among the keys; no as soon as questions with choices go on."""
        text = token.line.text
        if token.part in (Part.QUESTION, Part.NUMBERED):
            if (
                not is_key_value(token.content.text)
                and not key_pairs(text)
                and self._ahead.choice_a_comes(self._index)
            ):
                return self._leave_keys()
            if not self.keys.take_line(text):
                self.keys.add([(int(token.number), token.content.text)] if token.number else [])
            return True
        if token.part is Part.SECTION:
            self.keys.next_group()
            return not self._ahead.question_comes(self._index) or self._leave_keys()
        if token.part is Part.TEXT and self._ahead.choice_a_comes(self._index):
            return self._leave_keys()
        if token.part is not Part.KEYS_BEGIN and not self.keys.take_line(text):
            self.stray.append(text.strip())
        return True

    def _leave_keys(self) -> bool:
        self._among_keys, self._current = False, None
        return False

    # Sources, levels, sections, and lines without a label

    def _citation(self, token: Token) -> None:
        current = self._current
        label = token.line.text[: len(token.line.text) - len(token.content.text)]
        # In a table the column says so, and the line has no label.
        says_so = ":" in label or not label
        if current is None or not (says_so or current.choices):
            self._text(token)
        elif not says_so and self._opens_without_number():
            self._start(token, token.line, worded=False)
        else:
            self._keep(token, current)
            current.citation.append(token.content if says_so else token.line)
            current.reading = "citation"

    def _explanation(self, token: Token) -> None:
        if self._current is None:
            return
        self._keep(token, self._current)
        self._current.explanation.append(token.content)
        self._current.reading = "explanation"

    def _level_line(self, token: Token) -> None:
        level = level_name(token.content.text)
        if self._current is None or self._ahead.heads_questions(Part.LEVEL):
            self._level = level
            return
        self._keep(token, self._current)
        self._current.level = level

    def _topic_line(self, token: Token) -> None:
        topic = " ".join(token.content.text.split())
        if self._current is None or self._ahead.heads_questions(Part.TOPIC):
            self._topic, self._topic_open, self._current = topic, False, None
            return
        self._keep(token, self._current)
        self._current.topic = topic

    def _kind_line(self, token: Token) -> None:
        kind = declared_kind(token.content.text)
        if not kind:
            self._text(token)
        elif self._current is None or self._ahead.heads_questions(Part.KIND):
            self._kind = kind
        else:
            self._keep(token, self._current)
            self._current.kind = kind

    def _marking_line(self, token: Token) -> None:
        marking = declared_marking(token.content.text)
        if self._current is None or marking is None:
            self._text(token)
            return
        self._keep(token, self._current)
        self._current.partial = marking

    def _tags_line(self, token: Token) -> None:
        if self._current is None:
            return
        self._keep(token, self._current)
        self._current.tags += [tag.strip() for tag in token.content.text.split(",") if tag.strip()]

    def _section(self, token: Token) -> None:
        if not self._ahead.question_comes(self._index):
            self._text(token)
            return
        self._current = None
        self._topic = " ".join(token.content.text.split()) or " ".join(token.line.text.split())
        self._topic_open = not token.content.text.strip()

    def _text(self, token: Token) -> None:
        line, current = token.line, self._current
        if self._opens_without_number():
            self._without_number(token)
        elif current is None:
            self._heading(line)
        elif self._is_heading(line):
            self._current, self._topic = None, " ".join(line.text.split())
        elif current.reading == "key" and not current.keys and _LONE_LETTER.fullmatch(line.text):
            self._key_value(token, line.text)
        elif current.choices and key_pairs(line.text) and self.keys.take_line(line.text):
            self._among_keys = True
        else:
            self._continue(token, current)

    def _without_number(self, token: Token) -> None:
        """A question that shows no number; doubtful where it touches the choice before it."""
        touches = self._index > 0 and self.tokens[self._index - 1].part is Part.CHOICES
        self._start(token, token.line, worded=False)
        if touches and len(self.drafts) > 1 and self.drafts[-2].number:
            self.drafts[-1].fault(FaultKind.UNLABELLED_LINE, line=token.line.text.strip()[:80])

    def _heading(self, line: Line) -> None:
        """Text before a question: the name of the section when "Phần I" stands alone above it."""
        if self._topic_open and self._ahead.question_comes(self._index):
            self._topic, self._topic_open = " ".join(line.text.split()), False

    def _is_heading(self, line: Line) -> bool:
        """A line all in capitals between a whole question and the next one."""
        current, words = self._current, line.text.strip()
        whole = (
            current is not None and len(current.choices) > 1 and (current.keys or current.reading != "choice")
        )
        return bool(whole) and words.isupper() and len(words) > 5 and self._ahead.question_comes(self._index)

    def _continue(self, token: Token, current: Draft) -> None:
        """A line without a label goes on with what was being read."""
        self._keep(token, current, in_stem=current.reading == "stem")
        if current.reading == "stem":
            current.stem.append(token.line)
        elif current.reading == "choice":
            current.choices[-1].lines.append(token.line)
        elif current.reading == "key":
            current.fault(FaultKind.UNLABELLED_LINE, Severity.WARNING, line=token.line.text.strip()[:80])
        else:
            (current.citation if current.reading == "citation" else current.explanation).append(token.line)
