"""Writes a bank as a workbook with the columns of our template for organisers."""

from collections.abc import Sequence

from contest.banks.formats.sheet_options import without_labels, without_number
from contest.banks.writing.plain import (
    CHOSEN,
    EXPLANATION,
    LEVEL,
    MOST_LETTERS,
    TOPIC,
    Numbered,
    key_letters,
    letter,
    lines,
    numbered,
    one_line,
)
from contest.rules.parsed import ParsedChoice, ParsedQuestion
from contest.web.spreadsheets import Column, Kind, Sheet, Value, workbook

QUESTION = "Nội dung câu hỏi"
FEWEST_COLUMNS = 4
KINDS = {
    "single": "Một đáp án",
    "multiple": "Nhiều đáp án",
    "true_false": "Đúng/Sai",
    "short_text": "Trả lời ngắn",
    "number": "Trả lời bằng số",
    "ordering": "Sắp xếp",
    "matching": "Ghép đôi",
}


def holds(question: ParsedQuestion) -> bool:
    """Whether a sheet has columns enough. Every kind is written; read again, numbers, orderings and
    matchings are held back for somebody to mend."""
    return len(question.choices) <= MOST_LETTERS


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """An .xlsx with one question a row. It does not hold whether a part of the right choices counts."""
    kept = [question for question in questions if holds(question)]
    width = max([FEWEST_COLUMNS, *(len(question.choices) for question in kept)])
    rows = [_row(each, width) for each in numbered(kept)]
    return workbook([Sheet("Câu hỏi", _columns(width), rows, [title])])


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
    ]


def _row(each: Numbered, width: int) -> list[Value]:
    question = each.question
    choices = _labelled([_choice_text(choice) for choice in question.choices])
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
        KINDS[question.kind],
    ]


def _cell(text: str) -> str:
    return "\n".join(lines(text))


def _question_text(each: Numbered) -> str:
    """The text; one that begins like a number or repeats the header gets a number in front to be taken off."""
    text, number = _cell(each.question.text), str(each.number)
    if without_number(text, number) != (number, "", text) or text.lower() == QUESTION.lower():
        return f"Câu {number}: {text}"
    return text


def _choice_text(choice: ParsedChoice) -> str:
    text = _cell(choice.text)
    if choice.match:
        return f"{text} → {_cell(choice.match)}"
    return f"{text} ± {choice.tolerance}" if choice.tolerance else text


def _labelled(texts: list[str]) -> list[str]:
    """The choices; where each begins with its own letter they get it twice, for the reader takes one off."""
    choices = dict(enumerate(texts))
    if without_labels(choices) == choices:
        return texts
    return [f"{letter(place)}. {text}" for place, text in choices.items()]


def _key(question: ParsedQuestion) -> str:
    """The letters; their numbers where a choice is worded just like the letters."""
    if question.kind not in CHOSEN:
        return ""
    taken = {_cell(choice.text).lower() for choice in question.choices}
    letters = ", ".join(key_letters(question))
    numbers = ", ".join(str(place) for place, choice in enumerate(question.choices, 1) if choice.right)
    return numbers if letters.lower() in taken and numbers not in taken else letters
