"""What comes further down in a document: the next label decides what a line without one is."""

from collections.abc import Sequence

from contest.rules.question_keys import is_key_value, key_pairs
from contest.rules.question_labels import Part, Token

_QUESTIONS = frozenset({Part.QUESTION, Part.NUMBERED})
_UNMARKED = frozenset({Part.BLANK, Part.TEXT})


class Outlook:
    """Answers questions about the tokens after a place, each in constant time or a few steps."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next: list[int] = [len(tokens)] * (len(tokens) + 1)
        for index in range(len(tokens) - 2, -1, -1):
            marked = tokens[index + 1].part not in _UNMARKED
            self._next[index] = index + 1 if marked else self._next[index + 1]
        self._first = {part: len(tokens) for part in Part}
        for index in range(len(tokens) - 1, -1, -1):
            self._first[tokens[index].part] = index

    def next_label(self, index: int) -> Token | None:
        """The next token after this place that has a label of its own."""
        following = self._next[index]
        return self._tokens[following] if following < len(self._tokens) else None

    def choice_a_comes(self, index: int) -> bool:
        """Whether the next label is a choice A."""
        token = self.next_label(index)
        return token is not None and bool(token.labels) and token.labels[0].letter in "Aa"

    def question_comes(self, index: int) -> bool:
        """Whether a question begins before any choice, key or source does."""
        following = self._next[index]
        while following < len(self._tokens) and self._tokens[following].part in (Part.SECTION, Part.TOPIC):
            following = self._next[following]
        if following >= len(self._tokens):
            return False
        token = self._tokens[following]
        if token.part is Part.CHOICES:
            return token.labels[0].letter in "Aa" and following > index + 1
        keys = is_key_value(token.content.text) or key_pairs(token.line.text)
        return token.part in _QUESTIONS and not keys

    def heads_questions(self, part: Part) -> bool:
        """Whether lines such as "Chủ đề: …" stand above the questions they are about."""
        return self._first[part] < min(self._first[each] for each in _QUESTIONS)

    def blank_then_text(self, index: int) -> bool:
        """Whether a blank line and more text stand between this place and the next label."""
        parts = [token.part for token in self._tokens[index + 1 : self._next[index]]]
        return Part.BLANK in parts and Part.TEXT in parts[parts.index(Part.BLANK) :]
