"""What is answered in an item of QTI 3.0: the declared response, what is shown, and how it is marked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from contest.banks.writing.plain import letter, lines, one_line, pointed
from contest.rules.choice_text import pinned_choices
from contest.rules.parsed import ParsedQuestion
from contest.web.printable import printable

TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
RESPONSE = 'response-identifier="RESPONSE"'
_GAP = re.compile(r"_{3,}|…{2,}|\.{4,}")


@dataclass(frozen=True)
class Answers:
    """Three pieces of XML."""

    declaration: str
    body: str
    processing: str


def answers(question: ParsedQuestion) -> Answers:
    """The pieces for a question of any kind."""
    return _WRITERS.get(question.kind, _choices)(question)


def paragraphs(text: str) -> str:
    """A text as paragraphs of XHTML, one for each line."""
    return "".join(f"<p>{_words(line)}</p>" for line in lines(text))


def _words(text: str) -> str:
    return escape(printable(text))


def _inner(text: str) -> str:
    """A text on one line as it is, several lines as paragraphs."""
    return paragraphs(text) if len(lines(text)) > 1 else _words(one_line(text))


def _prompt(question: ParsedQuestion) -> str:
    return f"<qti-prompt>{paragraphs(question.text)}</qti-prompt>"


def _choices(question: ParsedQuestion) -> Answers:
    several = question.kind == "multiple"
    right = [letter(place) for place, choice in enumerate(question.choices) if choice.right]
    mapped = several and question.partial
    points = {letter(place): 1 if choice.right else -1 for place, choice in enumerate(question.choices)}
    pinned = pinned_choices([choice.text for choice in question.choices])
    moves = len(pinned) < len(question.choices)
    shown = "".join(
        f'<qti-simple-choice identifier="{letter(place)}"{_fixed(place in pinned)}>{_inner(choice.text)}'
        "</qti-simple-choice>"
        for place, choice in enumerate(question.choices)
    )
    return Answers(
        _declaration("multiple" if several else "single", "identifier", right, points if mapped else {}),
        f'<qti-choice-interaction {RESPONSE} shuffle="{"true" if moves else "false"}"'
        f' max-choices="{0 if several else 1}">{_prompt(question)}{shown}</qti-choice-interaction>',
        _template(mapped),
    )


def _fixed(pinned: bool) -> str:
    return ' fixed="true"' if pinned else ""


def _typed(question: ParsedQuestion) -> Answers:
    texts = [one_line(choice.text) for choice in question.choices]
    entry = f"<qti-text-entry-interaction {RESPONSE}/>"
    return Answers(
        _declaration("single", "string", texts[:1], dict.fromkeys(texts, 1)),
        _with_gap(question.text, entry),
        _template(mapped=True),
    )


def _number(question: ParsedQuestion) -> Answers:
    number = question.choices[0]
    reach = pointed(number.tolerance)
    mode = f'tolerance-mode="absolute" tolerance="{reach} {reach}"' if reach else 'tolerance-mode="exact"'
    return Answers(
        _declaration("single", "float", [pointed(number.text)], {}),
        _with_gap(question.text, f"<qti-text-entry-interaction {RESPONSE}/>"),
        "<qti-response-processing><qti-response-condition><qti-response-if>"
        f'<qti-equal {mode}><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>'
        '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value>'
        "</qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>",
    )


def _with_gap(text: str, entry: str) -> str:
    """The text with the entry in the place of its first gap, or after it."""
    found = list(lines(text))
    for place, line in enumerate(found):
        gap = _GAP.search(line)
        if gap:
            before, after = line[: gap.start()], line[gap.end() :]
            # Within its own element the entry is a gap even where nothing stands beside it on its line.
            inner = f"<p>{_words(before)}<span>{entry}</span>{_words(after)}</p>"
            return paragraphs("\n".join(found[:place])) + inner + paragraphs("\n".join(found[place + 1 :]))
    return f"{paragraphs(text)}<p>{entry}</p>"


def _ordering(question: ParsedQuestion) -> Answers:
    """The things stand in alphabetical order, so that the item itself does not tell the answer."""
    named = [(letter(place), choice.text) for place, choice in enumerate(question.choices)]
    shown = "".join(
        f'<qti-simple-choice identifier="{name}">{_inner(text)}</qti-simple-choice>'
        for name, text in sorted(named, key=lambda each: each[1])
    )
    return Answers(
        _declaration("ordered", "identifier", [name for name, _ in named], {}),
        f'<qti-order-interaction {RESPONSE} shuffle="true">{_prompt(question)}{shown}</qti-order-interaction>',
        _template(mapped=False),
    )


def _matching(question: ParsedQuestion) -> Answers:
    lefts = [choice for choice in question.choices if choice.text]
    rights = list(dict.fromkeys(choice.match for choice in question.choices))
    pairs = [f"L{place} R{rights.index(choice.match) + 1}" for place, choice in enumerate(lefts, 1)]
    left = _match_set("L", [choice.text for choice in lefts], 1)
    return Answers(
        _declaration("multiple", "directedPair", pairs, dict.fromkeys(pairs, 1) if question.partial else {}),
        f'<qti-match-interaction {RESPONSE} shuffle="true" max-associations="{len(lefts)}">'
        f"{_prompt(question)}{left}{_match_set('R', rights, 0)}</qti-match-interaction>",
        _template(question.partial),
    )


def _match_set(sign: str, texts: Iterable[str], most: int) -> str:
    inner = "".join(
        f'<qti-simple-associable-choice identifier="{sign}{place}" match-max="{most}">{_inner(text)}'
        "</qti-simple-associable-choice>"
        for place, text in enumerate(texts, 1)
    )
    return f"<qti-simple-match-set>{inner}</qti-simple-match-set>"


_WRITERS: dict[str, Callable[[ParsedQuestion], Answers]] = {
    "short_text": _typed,
    "number": _number,
    "ordering": _ordering,
    "matching": _matching,
}


def _declaration(cardinality: str, base_type: str, correct: Sequence[str], points: Mapping[str, int]) -> str:
    """The response that is right and, where parts count, what each answer earns."""
    values = "".join(f"<qti-value>{_words(value)}</qti-value>" for value in correct)
    return (
        f'<qti-response-declaration identifier="RESPONSE" cardinality="{cardinality}" base-type="{base_type}">'
        f"<qti-correct-response>{values}</qti-correct-response>{_mapping(points) if points else ''}"
        "</qti-response-declaration>"
    )


def _mapping(points: Mapping[str, int]) -> str:
    entries = "".join(
        f'<qti-map-entry map-key={quoteattr(printable(key))} mapped-value="{value}" case-sensitive="false"/>'
        for key, value in points.items()
    )
    return f'<qti-mapping lower-bound="0" default-value="0">{entries}</qti-mapping>'


def _template(mapped: bool) -> str:
    name = "map_response" if mapped else "match_correct"
    return f'<qti-response-processing template="{TEMPLATES}/{name}.xml"/>'
