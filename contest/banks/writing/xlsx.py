"""Writes a bank as a workbook with the columns of our template for organisers."""

from collections.abc import Sequence

from contest.banks.formats.sheet_options import without_labels, without_number
from contest.banks.writing.plain import (
    CHOSEN,
    EXPLANATION,
    LEVEL,
    MARKING,
    MOST_LETTERS,
    TAGS,
    TOPIC,
    Numbered,
    key_letters,
    letter,
    lines,
    numbered,
    one_line,
    tag_list,
)
from contest.banks.writing.sheet_pictures import with_pictures
from contest.rules.parsed import ParsedQuestion
from contest.rules.question_shape import PARTLY_RIGHT
from contest.rules.question_words import ALL_OR_NOTHING, IN_PARTS, KIND_NAMES, around, joined_pairs
from contest.web.spreadsheets import Column, Kind, Sheet, Value, workbook

QUESTION, PICTURE = "Nội dung câu hỏi", "Hình minh họa"
FEWEST_COLUMNS = 4
# The title, an empty row and the header stand above the questions.
ROWS_ABOVE = 3


def holds(question: ParsedQuestion) -> bool:
    """Whether a sheet has columns enough, and an arrow is left for the pairs of a matching."""
    return len(question.choices) <= MOST_LETTERS and _choice_texts(question) is not None


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """An .xlsx with one question a row; pictures stand in a column of their own, the last one."""
    kept = numbered([question for question in questions if holds(question)])
    width = max([FEWEST_COLUMNS, *(len(each.question.choices) for each in kept)])
    pictures = {
        ROWS_ABOVE + at: each.question.picture for at, each in enumerate(kept) if each.question.picture
    }
    columns = _columns(width)
    more = [None] if pictures else []
    rows = [[*_row(each, width), *more] for each in kept]
    shown = [*columns, Column(PICTURE, width=34)] if pictures else columns
    content = workbook([Sheet("Câu hỏi", shown, rows, [title])])
    return with_pictures(content, len(columns), pictures) if pictures else content


def _columns(width: int) -> list[Column]:
    return [
        Column("STT", Kind.INTEGER, 6),
        Column(TOPIC, width=18),
        Column(LEVEL, width=14),
        Column(QUESTION, width=46),
        *(Column(f"Phương án {letter(place)}", width=24) for place in range(width)),
        Column("Đáp án đúng", width=10),
        Column("Căn cứ pháp lý", width=34),
        Column(EXPLANATION, width=40),
        Column("Loại câu hỏi", width=16),
        Column(MARKING, width=16),
        Column(TAGS, width=20),
    ]


def _row(each: Numbered, width: int) -> list[Value]:
    question = each.question
    choices = _labelled(_choice_texts(question) or [])
    marking = IN_PARTS if question.partial else ALL_OR_NOTHING
    return [
        each.number,
        one_line(question.topic),
        one_line(question.level),
        _question_text(each),
        *choices,
        *[None] * (width - len(choices)),
        _key(question),
        _cell(question.citation),
        _cell(question.explanation),
        KIND_NAMES[question.kind],
        marking if question.kind in PARTLY_RIGHT else "",
        tag_list(question),
    ]


def _cell(text: str) -> str:
    return "\n".join(lines(text))


def _question_text(each: Numbered) -> str:
    """The text; one that begins like a number or repeats the header gets a number in front to be taken off."""
    text, number = _cell(each.question.text), str(each.number)
    if without_number(text, number) != (number, "", text) or text.lower() == QUESTION.lower():
        return f"Câu {number}: {text}"
    return text


def _choice_texts(question: ParsedQuestion) -> list[str] | None:
    """The choices in one cell each; None where the pairs of a matching cannot be told apart."""
    texts = [_cell(choice.text) for choice in question.choices]
    if question.kind == "matching":
        matches = [_cell(choice.match) for choice in question.choices]
        return joined_pairs(list(zip(texts, matches, strict=True)))
    if question.kind == "number":
        return [around(choice.text, choice.tolerance) for choice in question.choices]
    return texts


def _labelled(texts: list[str]) -> list[str]:
    """The choices; where each begins with its own letter they get it twice, for the reader takes one off."""
    choices = dict(enumerate(texts))
    if without_labels(choices) == choices:
        return texts
    return [f"{letter(place)}. {text}" for place, text in choices.items()]


def _key(question: ParsedQuestion) -> str:
    """The letters, in the right order where there is one; numbers where a choice is worded like the letters."""
    if question.kind == "ordering":
        return ", ".join(letter(place) for place in range(len(question.choices)))
    if question.kind not in CHOSEN:
        return ""
    taken = {_cell(choice.text).lower() for choice in question.choices}
    letters = ", ".join(key_letters(question))
    numbers = ", ".join(str(place) for place, choice in enumerate(question.choices, 1) if choice.right)
    return numbers if letters.lower() in taken and numbers not in taken else letters
