"""How a question read from a file is written into the rows of a draft, and read back."""

from collections.abc import Sequence
from typing import Any

from contest.banks.checking import Doubt
from contest.banks.keeping import LONGEST_TAG, MOST_TAGS, tags_of
from contest.banks.models import DraftFault, DraftQuestion, DraftState
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, ParsedQuestion, Severity

Row = dict[str, Any]


def draft_row(position: int, question: ParsedQuestion) -> Row:
    """A question as read, at its place (from 1) in the file, waiting for a decision."""
    return {
        "position": position,
        "number": storable(question.number)[:200],
        "place": storable(question.place)[:200],
        "source": storable(question.source),
        "state": DraftState.WAITING,
        **content_row(question),
    }


def content_row(question: ParsedQuestion) -> Row:
    """What a person may change about a draft, choices and faults aside."""
    parts = ("text", "topic", "level", "citation", "explanation")
    plain = {"kind": question.kind[:40], "partial": question.partial}
    return {**plain, **{part: storable(getattr(question, part)) for part in parts}}


def choice_rows(question: ParsedQuestion) -> list[Row]:
    """Its choices in order."""
    return [
        {
            "position": position,
            "label": choice.label[:40],
            "text": storable(choice.text),
            "right": choice.right,
            "match": storable(choice.match),
            "tolerance": choice.tolerance[:40],
        }
        for position, choice in enumerate(question.choices)
    ]


def tag_rows(question: ParsedQuestion) -> list[Row]:
    """Its tags in order, as many and as long as a bank takes."""
    tags = [storable(tag)[:LONGEST_TAG] for tag in tags_of(",".join(question.tags))][:MOST_TAGS]
    return [{"position": position, "tag": tag} for position, tag in enumerate(tags)]


def fault_rows(doubts: Sequence[Doubt]) -> list[Row]:
    """What is doubtful about it."""
    return [
        {
            "kind": doubt.fault.kind,
            "severity": doubt.fault.severity,
            "place": storable(doubt.fault.place)[:200],
            "message_vi": storable(doubt.message_vi),
            "message_en": storable(doubt.message_en),
            "question_id": doubt.question_id,
        }
        for doubt in doubts
    ]


def doubt_of(stored: DraftFault) -> Doubt:
    """A stored doubt; its sentences were written when it was found."""
    found = Fault(FaultKind(stored.kind), Severity(stored.severity), stored.place)
    return Doubt(found, stored.message_vi, stored.message_en, stored.question_id)


def storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def content_of(draft: DraftQuestion) -> ParsedQuestion:
    """A draft's question in the shape readers give; its faults stay in the draft."""
    return ParsedQuestion(
        number=draft.number,
        place=draft.place,
        kind=draft.kind,
        text=draft.text,
        choices=tuple(
            ParsedChoice(each.label, each.text, each.right, each.match, each.tolerance)
            for each in draft.choices
        ),
        topic=draft.topic,
        level=draft.level,
        citation=draft.citation,
        explanation=draft.explanation,
        source=draft.source,
        partial=draft.partial,
    )
