"""Writes a bank as a Word document to print: numbered questions, lettered choices, a key table at the end."""

from collections.abc import Iterator, Sequence

from contest.banks.writing.plain import (
    CHOSEN,
    CITATION,
    EXPLANATION,
    KIND,
    LEVEL,
    MARKING,
    MOST_LETTERS,
    TAGS,
    TOPIC,
    Numbered,
    by_topic,
    key_letters,
    letter,
    lines,
    numbered,
    one_line,
    shows_its_kind,
    tag_list,
)
from contest.banks.writing.word_package import BREAK, package, paragraph, run, table
from contest.banks.writing.word_pictures import paragraph_of
from contest.rules.parsed import ParsedPicture, ParsedQuestion
from contest.rules.question_keys import is_key_value, key_pairs
from contest.rules.question_labels import Part, Token, classify
from contest.rules.question_lines import line_of
from contest.rules.question_shape import PARTLY_RIGHT
from contest.rules.question_words import IN_PARTS, KIND_NAMES, around, joined_pairs, says_several

KEY_GROUPS = 4
# The kinds whose key is letters, for the table at the end.
_LETTERED = CHOSEN | {"ordering"}


def holds(question: ParsedQuestion) -> bool:
    """Whether the letters A to H are enough, and an arrow is left for the pairs of a matching."""
    return len(question.choices) <= MOST_LETTERS and _answers(question) is not None


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A .docx on A4 in Times New Roman 13, which our own reader of Word files understands.

    What a reader would not see by itself, the kind of a question and how it is marked, stands on lines below it.
    Line breaks stay where a sentence or a list item ends; elsewhere, and inside choices, they become spaces.
    """
    ordered = numbered(questions)
    body = [paragraph(run(_title(title), bold=True, size=14), style="Title")]
    parts, pictures = 0, list[ParsedPicture]()
    for topic, each in by_topic(ordered):
        heading = f"Phần {parts + 1}. {topic}"
        as_heading = bool(topic) and _reads_as_section(heading, topic)
        if as_heading:
            parts += 1
            body.append(paragraph(run(heading, bold=True), style="Part"))
        # A part stands for all that follows it: where a topic cannot be one, each question names it.
        body += _question(each, pictures, bare=as_heading or not topic)
    if any(each.question.kind in _LETTERED for each in ordered):
        body += [paragraph(run("BẢNG ĐÁP ÁN", bold=True), style="KeyTitle"), table(_key_rows(ordered))]
    return package(body, pictures)


def _title(title: str) -> str:
    """The title as no reader takes it for a question or a part."""
    plain = one_line(title)
    return plain if _part(plain).part is Part.TEXT else f"“{plain}”"


def _reads_as_section(heading: str, topic: str) -> bool:
    token = _part(heading)
    return token.part is Part.SECTION and token.content.text.strip() == topic


def _part(line: str) -> Token:
    return classify(line_of(line))


def _question(each: Numbered, pictures: list[ParsedPicture], bare: bool) -> Iterator[str]:
    """The paragraphs of a question; its picture joins those of the document."""
    question = each.question
    yield paragraph(
        run(f"Câu {each.number}: ", bold=True),
        *_soft(_stem_lines(each.number, question.text)),
        style="Stem",
    )
    if question.picture:
        pictures.append(question.picture)
        yield paragraph_of(len(pictures), question.picture)
    yield from (paragraph(run(line), style="Choice") for line in _answers(question) or ())
    marking = IN_PARTS if question.partial and question.kind in PARTLY_RIGHT else ""
    fields = (
        (KIND, "" if _needs_no_word(question) else KIND_NAMES[question.kind]),
        (MARKING, marking),
        (TAGS, tag_list(question)),
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


def _needs_no_word(question: ParsedQuestion) -> bool:
    """Whether anybody sees how the question is answered without being told."""
    if question.kind == "true_false":
        return shows_its_kind(question) and len(question.choices) == 2
    return question.kind == "single" and shows_its_kind(question) and not says_several(question.text)


def _answers(question: ParsedQuestion) -> list[str] | None:
    """Choices with their letters; of questions to type an answer to, what is accepted.

    None where the pairs of a matching cannot be told apart.
    """
    texts = [one_line(choice.text) for choice in question.choices]
    if question.kind == "number":
        return [f"Đáp án: {around(one.text, one.tolerance)}" for one in question.choices]
    if question.kind == "short_text":
        return [f"Đáp án: {text}" for text in texts]
    if question.kind == "matching":
        matches = [one_line(choice.match) for choice in question.choices]
        pairs = joined_pairs(list(zip(texts, matches, strict=True)))
        if pairs is None:
            return None
        texts = pairs
    return [f"{letter(place)}. {text}" for place, text in enumerate(texts)]


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
        if each.question.kind in _LETTERED
    ]
    height = -(-len(pairs) // KEY_GROUPS)
    pairs += [["", ""]] * (height * KEY_GROUPS - len(pairs))
    rows = [
        [cell for group in range(KEY_GROUPS) for cell in pairs[group * height + row]] for row in range(height)
    ]
    return [["Câu", "Đáp án"] * KEY_GROUPS, *rows]
