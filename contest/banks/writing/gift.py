"""Writes questions in GIFT, the text format of Moodle; every text is marked as plain, so nothing in it is markup."""

import re
from collections.abc import Sequence

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
)
from contest.rules.parsed import ParsedChoice, ParsedQuestion

# Moodle knows shares of a mark down to a tenth.
MOST_RIGHT = 10
_SIGNS = re.compile(r"[\\~=#{}:]")


def holds(question: ParsedQuestion) -> bool:
    """GIFT has no ordering."""
    return question.kind != "ordering" and sum(choice.right for choice in question.choices) <= MOST_RIGHT


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A GIFT text in UTF-8; questions it cannot hold are named in a comment.

    The topic is the category and the level a tag; the source is the last line of the feedback. Several
    right choices always earn a part each: GIFT has no "all or nothing". "->" becomes "→" in pairs and typed
    answers, where GIFT has no escape for it.
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
    level = one_line(question.level).replace("]", ")")
    feedback = explained(question)
    return "\n".join(
        [
            *([f"// [tag:{level}]"] if level else []),
            f"::Câu {each.number}::[plain]{_escaped(question.text)} {{",
            *(f"\t{answer}" for answer in _answers(question)),
            *([f"\t####{_piece(feedback)}"] if feedback else []),
            "}",
        ]
    )


def _answers(question: ParsedQuestion) -> list[str]:
    choices = question.choices
    if is_plain_truth(question):
        return ["TRUE" if choices[0].right else "FALSE"]
    if question.kind == "number":
        return [_number(choice) for choice in choices]
    if question.kind == "short_text":
        return [f"={_arrowless(choice.text).replace('*', chr(92) + '*')}" for choice in choices]
    if question.kind == "matching":
        return [f"={_arrowless(choice.text)} -> {_arrowless(choice.match)}" for choice in choices]
    if question.kind == "multiple":
        weight = share(question)
        return [f"~%{weight if one.right else '-100'}%{_piece(one.text)}" for one in choices]
    return [f"{'=' if choice.right else '~'}{_piece(choice.text)}" for choice in choices]


def _number(choice: ParsedChoice) -> str:
    tolerance = f":{pointed(choice.tolerance)}" if choice.tolerance else ""
    return f"#{pointed(choice.text)}{tolerance}"


def _arrowless(text: str) -> str:
    return _piece(text.replace("->", "→"))


def _piece(text: str) -> str:
    """A text whose own beginning could be taken for a weight or a format says its format first."""
    escaped = _escaped(text)
    return f"[plain]{escaped}" if escaped.startswith(("%", "[")) else escaped


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", paragraph(text)).replace("\n", "\\n")
