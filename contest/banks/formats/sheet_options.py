"""Choices that share one cell, and labels typed before the texts of choices and questions."""

import re
from dataclasses import dataclass

from contest.rules.question_labels import Part, choice_labels, classify
from contest.rules.question_lines import line_of

# A number column may say "Câu 12" or "12." where others say 12.
NUMBER_CELL = re.compile(r"(?:câu(?:\s+hỏi)?|bài|question)?\s*(\d{1,6})\s*[.:)]?", re.IGNORECASE)


@dataclass(frozen=True)
class Option:
    """A choice as typed in a shared cell; place 0 is A; starred when "*" marks it as right."""

    place: int
    text: str
    starred: bool = False


def split_options(cell: str) -> list[Option]:
    """The choices of one cell: labelled lines, labels within one line, or one choice on each line."""
    lines = [line for line in cell.split("\n") if line]
    if not lines or not choice_labels(lines[0]):
        return [Option(place, line) for place, line in enumerate(lines)]
    options: list[Option] = []
    for line in lines:
        labels = choice_labels(line)
        if not labels or (options and _place(labels[0].letter) <= options[-1].place):
            # A line without a letter of its own goes on with the choice above it.
            last = options.pop()
            options.append(Option(last.place, f"{last.text} {line}", last.starred))
            continue
        for label in labels:
            text = line[label.text_start : label.end].strip()
            options.append(Option(_place(label.letter), text, label.starred))
    return options


def split_question(cell: str) -> tuple[str, list[Option]]:
    """A cell that holds the question and, on lines below it, its labelled choices."""
    lines = cell.split("\n")
    for index, line in enumerate(lines[1:], 1):
        labels = choice_labels(line)
        if labels and labels[0].letter in "Aa":
            return "\n".join(lines[:index]), split_options("\n".join(lines[index:]))
    return cell, []


def without_labels(choices: dict[int, str]) -> dict[int, str]:
    """Texts without "A.", "B." … when every one of them begins with its own letter."""
    texts = {}
    for place, text in choices.items():
        labels = choice_labels(text)
        if not labels or _place(labels[0].letter) != place or labels[0].text_start >= len(text):
            return choices
        texts[place] = text[labels[0].text_start :]
    return texts


def without_number(text: str, number: str) -> tuple[str, str, str]:
    """Number, level and text of "Câu 12 (NB): …"; number is what the number column says, "" for none."""
    written = NUMBER_CELL.fullmatch(number)
    number = written[1] if written else number
    token = classify(line_of(text))
    same = number in ("", token.number)
    counted = token.part is Part.QUESTION or (token.part is Part.NUMBERED and same)
    if not counted or not token.content.text.strip():
        return number, "", text
    return number or token.number, token.level, token.content.text.strip()


def section_title(text: str) -> str:
    """The title of "Phần II. …" without its number, "" when the text opens no section."""
    token = classify(line_of(text))
    return (token.content.text.strip() or text) if token.part is Part.SECTION else ""


def _place(letter: str) -> int:
    return ord(letter.upper()) - ord("A")
