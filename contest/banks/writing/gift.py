"""Writes questions in GIFT, the text format of Moodle; every text is marked as plain, so nothing in it is markup."""

import re
from collections.abc import Sequence

from contest.banks.writing.picture_parts import data_address, in_html
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
from contest.rules.parsed import ParsedChoice, ParsedQuestion

# Moodle knows shares of a mark down to a tenth.
MOST_RIGHT = 10
_SIGNS = re.compile(r"[\\~=#{}:]")


def holds(question: ParsedQuestion) -> bool:
    """GIFT has no ordering, and no escape for an arrow in an answer to be typed."""
    arrows = question.kind == "short_text" and any("->" in choice.text for choice in question.choices)
    shared = question.kind == "multiple" and sum(choice.right for choice in question.choices) > MOST_RIGHT
    return question.kind != "ordering" and not arrows and not shared


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A GIFT text in UTF-8; questions it cannot hold are named in a comment.

    The topic is the category and the level a tag; the source is the last line of the feedback. Several right
    choices and pairs always earn a part each: GIFT has no "all or nothing", so a tag says it to our own reader.
    A picture stands inside the text itself.
    """
    kept = [question for question in questions if holds(question)]
    parts = [f"// {one_line(title)}"]
    parts += [
        f"// Không ghi được: {one_line(question.text)}" for question in questions if not holds(question)
    ]
    for topic, each in by_topic(numbered(kept)):
        parts += [f"$CATEGORY: {category(topic)}"] if topic else []
        parts.append(_block(each))
    return ("\n\n".join(parts) + "\n").encode()


def _block(each: Numbered) -> str:
    question = each.question
    tags = [tag.replace("]", ")").replace("\\", "/") for tag in tags_with_more(question, in_parts=True)]
    feedback, bare = explained(question), question.picture is None
    return "\n".join(
        [
            *([f"// {' '.join(f'[tag:{tag}]' for tag in tags)}"] if tags else []),
            f"::Câu {each.number}::{_stem(question)} {{",
            *(f"\t{answer}" for answer in _answers(question)),
            *([f"\t####{_piece(feedback, bare)}"] if feedback else []),
            "}",
        ]
    )


def _stem(question: ParsedQuestion) -> str:
    if question.picture is None:
        return f"[plain]{_escaped(question.text)}"
    return f"[html]{_escaped(in_html(question.text, data_address(question.picture)))}"


def _answers(question: ParsedQuestion) -> list[str]:
    choices, bare = question.choices, question.picture is None
    if is_plain_truth(question):
        return ["TRUE" if choices[0].right else "FALSE"]
    if question.kind == "number":
        return [_number(choice) for choice in choices]
    if question.kind == "short_text":
        return [f"={_piece(choice.text, bare).replace('*', chr(92) + '*')}" for choice in choices]
    if question.kind == "matching":
        return [f"={_side(choice.text, bare)} -> {_side(choice.match, bare)}" for choice in choices]
    if question.kind == "multiple":
        weight = share(question)
        return [f"~%{weight if one.right else '-100'}%{_piece(one.text, bare)}" for one in choices]
    return [f"{'=' if choice.right else '~'}{_piece(choice.text, bare)}" for choice in choices]


def _number(choice: ParsedChoice) -> str:
    tolerance = f":{pointed(choice.tolerance)}" if choice.tolerance else ""
    return f"#{pointed(choice.text)}{tolerance}"


def _side(text: str, bare: bool) -> str:
    """One side of a pair; an arrow in it would part it, and only HTML can write that arrow otherwise."""
    return f"[html]{_escaped(in_html(text))}" if "->" in text else _piece(text, bare)


def _piece(text: str, bare: bool) -> str:
    """A text whose own beginning could be taken for a weight or a format says its format first.

    `bare`: whether a text that says none is plain; beside a question in HTML it would be HTML too.
    """
    escaped = _escaped(text)
    return escaped if bare and not escaped.startswith(("%", "[")) else f"[plain]{escaped}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", paragraph(text)).replace("\n", "\\n")
