"""Writes questions as Moodle XML; every text is marked as plain, so nothing in it is markup."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from contest.banks.writing.picture_parts import base64, file_name, in_html
from contest.banks.writing.plain import (
    Numbered,
    by_topic,
    category,
    explained,
    is_plain_truth,
    numbered,
    one_line,
    paragraph,
    pointed,
    share,
    tags_with_more,
)
from contest.rules.choice_text import pinned_choices
from contest.rules.parsed import ParsedQuestion
from contest.web.printable import printable

# Moodle knows shares of a mark down to a tenth.
MOST_RIGHT = 10
PLAIN = ' format="plain_text"'
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "multichoice",
    "short_text": "shortanswer",
    "number": "numerical",
    "ordering": "ordering",
    "matching": "matching",
}


def holds(question: ParsedQuestion) -> bool:
    """Every kind, unless more choices are right than Moodle can share a mark among."""
    chosen = question.kind == "multiple"
    return not chosen or sum(choice.right for choice in question.choices) <= MOST_RIGHT


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A Moodle XML file in UTF-8; questions it cannot hold are named in a comment.

    The topic is the category and the level a tag; the source is the last line of the general feedback.
    Several right choices and pairs always earn a part each: Moodle itself has no "all or nothing", so a tag says
    it to our own reader.
    """
    kept = [question for question in questions if holds(question)]
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", _comment(title)]
    parts += [_comment(f"Không ghi được: {question.text}") for question in questions if not holds(question)]
    for topic, each in by_topic(numbered(kept)):
        parts += [_category(topic)] if topic else []
        parts.append(_question(each))
    return "\n".join([*parts, "</quiz>", ""]).encode()


def _comment(text: str) -> str:
    """Two hyphens would end it."""
    return f"<!-- {escape(printable(one_line(text))).replace('-', '‐')} -->"


def _category(topic: str) -> str:
    return f'<question type="category"><category>{_text(category(topic))}</category></question>'


def _question(each: Numbered) -> str:
    question = each.question
    kind = "truefalse" if is_plain_truth(question) else TYPES[question.kind]
    tags = tags_with_more(question, in_parts=question.partial if kind == "ordering" else True)
    return "\n".join(
        [
            f'<question type="{kind}">',
            f"<name>{_text(f'Câu {each.number}')}</name>",
            _question_text(each),
            f"<generalfeedback{PLAIN}>{_text(explained(question))}</generalfeedback>",
            "<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>",
            *_settings(question, kind),
            *_answers(question, kind),
            *([f"<tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in tags)}</tags>"] if tags else []),
            "</question>",
        ]
    )


def _question_text(each: Numbered) -> str:
    picture = each.question.picture
    if picture is None:
        return f"<questiontext{PLAIN}>{_text(each.question.text)}</questiontext>"
    name = file_name(each.number, picture)
    text = in_html(each.question.text, f"@@PLUGINFILE@@/{name}")
    return (
        f'<questiontext format="html">{_text(text)}'
        f'<file name="{name}" path="/" encoding="base64">{base64(picture)}</file></questiontext>'
    )


def _settings(question: ParsedQuestion, kind: str) -> Iterator[str]:
    if kind == "multichoice":
        pinned = pinned_choices([choice.text for choice in question.choices])
        yield f"<single>{'false' if question.kind == 'multiple' else 'true'}</single>"
        yield f"<shuffleanswers>{'false' if pinned else 'true'}</shuffleanswers>"
        yield "<answernumbering>ABCD</answernumbering>"
    elif kind == "shortanswer":
        yield "<usecase>0</usecase>"
    elif kind == "ordering":
        yield f"<gradingtype>{'ABSOLUTE_POSITION' if question.partial else 'ALL_OR_NOTHING'}</gradingtype>"
    elif kind == "matching":
        yield "<shuffleanswers>true</shuffleanswers>"


def _answers(question: ParsedQuestion, kind: str) -> Iterator[str]:
    choices = question.choices
    if kind == "truefalse":
        yield _answer("true", "100" if choices[0].right else "0")
        yield _answer("false", "0" if choices[0].right else "100")
    elif kind == "matching":
        for choice in choices:
            pair = f"<answer>{_text(choice.match)}</answer>"
            yield f"<subquestion{PLAIN}>{_text(choice.text)}{pair}</subquestion>"
    elif kind == "ordering":
        yield from (_answer(choice.text, str(place)) for place, choice in enumerate(choices, 1))
    elif kind == "numerical":
        for choice in choices:
            tolerance = f"<tolerance>{pointed(choice.tolerance or '0')}</tolerance>"
            yield _answer(pointed(choice.text), "100", tolerance)
    elif kind == "shortanswer":
        yield from (_answer(choice.text.replace("*", "\\*"), "100") for choice in choices)
    else:
        full, none = (share(question), "-100") if question.kind == "multiple" else ("100", "0")
        yield from (_answer(choice.text, full if choice.right else none) for choice in choices)


def _answer(text: str, fraction: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}"{PLAIN}>{_text(text)}{more}</answer>'


def _text(text: str) -> str:
    return f"<text>{escape(printable(paragraph(text)))}</text>"
