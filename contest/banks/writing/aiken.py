"""Writes questions in Aiken, the plainest text format: a line of text, lettered lines, "ANSWER: B"."""

import re
from collections.abc import Sequence

from contest.banks.writing.plain import (
    MOST_LETTERS,
    Numbered,
    key_letters,
    letter,
    numbered,
    one_line,
    shows_its_kind,
)
from contest.rules.parsed import ParsedQuestion
from contest.rules.question_labels import Part, classify
from contest.rules.question_lines import line_of

_LIKE_A_CHOICE = re.compile(r"[A-Za-z]\s?[).]")


def holds(question: ParsedQuestion) -> bool:
    """Aiken knows one right choice among lettered ones, and nothing else: no picture either."""
    return (
        question.picture is None
        and shows_its_kind(question)
        and question.kind in ("single", "true_false")
        and len(key_letters(question)) == 1
        and 2 <= len(question.choices) <= MOST_LETTERS
    )


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """An Aiken text in UTF-8 of the questions it can hold.

    It has no place for a title, topic, level, source or explanation, and no line breaks inside a text.
    A question that begins like a choice, a key or any other label stands in quotation marks.
    """
    kept = [question for question in questions if holds(question)]
    return "\n".join(_block(each) for each in numbered(kept)).encode()


def _block(each: Numbered) -> str:
    question = each.question
    text = one_line(question.text)
    choices = [f"{letter(place)}. {one_line(choice.text)}" for place, choice in enumerate(question.choices)]
    return "\n".join([_stem(text), *choices, f"ANSWER: {key_letters(question)[0]}", ""])


def _stem(text: str) -> str:
    token = classify(line_of(text))
    label = text.removesuffix(token.content.text)
    # "Căn cứ Nghị quyết số …, ai …?" is how many honest questions begin; "Căn cứ: …" is a label.
    opens_plainly = token.part is Part.TEXT or (token.part is Part.CITATION and ":" not in label)
    return text if opens_plainly and not _LIKE_A_CHOICE.match(text) else f"“{text}”"
