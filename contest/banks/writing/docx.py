"""Writes a bank as a Word document to print: numbered questions, lettered choices, a key table at the end."""

import re
from collections.abc import Iterator, Sequence

from contest.banks.writing.plain import (
    CHOSEN,
    CITATION,
    EXPLANATION,
    LEVEL,
    MOST_LETTERS,
    TOPIC,
    Numbered,
    by_topic,
    key_letters,
    letter,
    lines,
    numbered,
    one_line,
)
from contest.banks.writing.word_package import BREAK, package, paragraph, run, table
from contest.rules.parsed import ParsedQuestion
from contest.rules.question_keys import is_key_value, key_pairs
from contest.rules.question_labels import Part, Token, classify
from contest.rules.question_lines import line_of

KEY_GROUPS = 4
SEVERAL = "(Chọn nhiều phương án)"
_SAYS_SEVERAL = re.compile(r"chọn\s+nhiều\s+(?:đáp|phương)\s+án|nhiều\s+(?:đáp|phương)\s+án", re.IGNORECASE)


def holds(question: ParsedQuestion) -> bool:
    """Whether the letters A to H are enough. Every kind is printed; read again, those without choices
    are held back for somebody to mend."""
    return len(question.choices) <= MOST_LETTERS


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A .docx on A4 in Times New Roman 13, which our own reader of Word files understands.

    A document has no field for the kind: a question with several right choices says so in its text.
    Line breaks stay where a sentence or a list item ends; elsewhere, and inside choices, they become spaces.
    """
    ordered = numbered(questions)
    body = [paragraph(run(_title(title), bold=True, size=14), style="Title")]
    parts = 0
    for topic, each in by_topic(ordered):
        heading = f"Phần {parts + 1}. {topic}"
        as_heading = bool(topic) and _reads_as_section(heading, topic)
        if as_heading:
            parts += 1
            body.append(paragraph(run(heading, bold=True), style="Part"))
        # A part stands for all that follows it: where a topic cannot be one, each question names it.
        body += _question(each, bare=as_heading or not topic)
    if any(each.question.kind in CHOSEN for each in ordered):
        body += [paragraph(run("BẢNG ĐÁP ÁN", bold=True), style="KeyTitle"), table(_key_rows(ordered))]
    return package(body)


def _title(title: str) -> str:
    """The title as no reader takes it for a question or a part."""
    plain = one_line(title)
    return plain if _part(plain).part is Part.TEXT else f"“{plain}”"


def _reads_as_section(heading: str, topic: str) -> bool:
    token = _part(heading)
    return token.part is Part.SECTION and token.content.text.strip() == topic


def _part(line: str) -> Token:
    return classify(line_of(line))


def _question(each: Numbered, bare: bool) -> Iterator[str]:
    question = each.question
    yield paragraph(
        run(f"Câu {each.number}: ", bold=True),
        *_soft(_stem_lines(each.number, _stem(question))),
        style="Stem",
    )
    yield from (paragraph(run(line), style="Choice") for line in _answers(question))
    fields = (
        (TOPIC, "" if bare else question.topic),
        (LEVEL, question.level),
        (CITATION, question.citation),
        (EXPLANATION, question.explanation),
    )
    for label, text in fields:
        kept = _plain_lines(text)
        if kept:
            yield paragraph(run(f"{label}: ", italic=True), *_soft(kept), style="Note")


def _soft(texts: Sequence[str]) -> Iterator[str]:
    for index, text in enumerate(texts):
        yield (BREAK if index else "") + run(text)


def _stem(question: ParsedQuestion) -> str:
    if question.kind == "multiple" and not _SAYS_SEVERAL.search(question.text):
        return f"{question.text} {SEVERAL}"
    return question.text


def _answers(question: ParsedQuestion) -> Iterator[str]:
    """Choices with their letters; of questions without choices, what is accepted."""
    if question.kind == "number":
        yield from (f"Kết quả: {_with_tolerance(one.text, one.tolerance)}" for one in question.choices)
    elif question.kind == "short_text":
        yield from (f"Đáp án: {one_line(choice.text)}" for choice in question.choices)
    else:
        for place, choice in enumerate(question.choices):
            match = f" → {one_line(choice.match)}" if choice.match else ""
            yield f"{letter(place)}. {one_line(choice.text)}{match}"


def _with_tolerance(text: str, tolerance: str) -> str:
    return f"{text} (sai số cho phép {tolerance})" if tolerance else text


def _stem_lines(number: int, text: str) -> list[str]:
    """The lines of a question; one that would read as anything but text joins the line above."""
    kept: list[str] = []
    for line in lines(text):
        token = _part(line)
        in_list = token.part is Part.NUMBERED and _goes_on(kept, number, token)
        if kept and not (in_list or _is_plain(token)):
            kept[-1] += f" {line}"
        else:
            kept.append(line)
    return kept


def _goes_on(kept: Sequence[str], question: int, token: Token) -> bool:
    """Whether "2. …" is the next item of a list, and so never the beginning of the next question."""
    if is_key_value(token.content.text) or key_pairs(token.line.text):
        return False
    item = int(token.number)
    before = _part(kept[-1]) if kept else None
    follows = before is not None and before.part is Part.NUMBERED and int(before.number) == item - 1
    return follows or (item == 1 and question > 0)


def _plain_lines(text: str) -> list[str]:
    kept: list[str] = []
    for line in lines(text):
        if kept and not _is_plain(_part(line)):
            kept[-1] += f" {line}"
        else:
            kept.append(line)
    return kept


def _is_plain(token: Token) -> bool:
    """Whether a line between the labels of a question can only be the text of what stands above it."""
    text = token.line.text
    return token.part is Part.TEXT and not text.isupper() and not key_pairs(text) and not is_key_value(text)


def _key_rows(ordered: Sequence[Numbered]) -> list[list[str]]:
    """Column groups of number and key, read down each group."""
    pairs = [
        [str(each.number), ", ".join(key_letters(each.question))]
        for each in ordered
        if each.question.kind in CHOSEN
    ]
    height = -(-len(pairs) // KEY_GROUPS)
    pairs += [["", ""]] * (height * KEY_GROUPS - len(pairs))
    rows = [
        [cell for group in range(KEY_GROUPS) for cell in pairs[group * height + row]] for row in range(height)
    ]
    return [["Câu", "Đáp án"] * KEY_GROUPS, *rows]
