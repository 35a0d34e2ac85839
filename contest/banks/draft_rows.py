"""How a question read from a file is written into the rows of a draft, and read back."""

from collections.abc import Sequence

from contest.banks.checking import Doubt
from contest.banks.models import DraftChoice, DraftFault, DraftQuestion, DraftState
from contest.rules.parsed import Fault, FaultKind, ParsedChoice, ParsedQuestion, Severity


def draft_row(
    import_id: int, position: int, question: ParsedQuestion, found: Sequence[Doubt]
) -> DraftQuestion:
    """A question as read, at its place (from 1) in the file, waiting for a decision."""
    draft = DraftQuestion(
        import_id=import_id,
        position=position,
        number=storable(question.number)[:200],
        place=storable(question.place)[:200],
        source=storable(question.source),
        state=DraftState.WAITING,
    )
    write(draft, question, found)
    return draft


def write(draft: DraftQuestion, question: ParsedQuestion, found: Sequence[Doubt]) -> None:
    """Put what a question says, and what is doubtful about it, into its draft."""
    draft.kind = question.kind[:40]
    for name in ("text", "topic", "level", "citation", "explanation"):
        setattr(draft, name, storable(getattr(question, name)))
    draft.choices = [
        DraftChoice(
            position=position, label=choice.label[:40], text=storable(choice.text), right=choice.right
        )
        for position, choice in enumerate(question.choices)
    ]
    draft.faults = [fault_row(doubt) for doubt in found]


def fault_row(doubt: Doubt) -> DraftFault:
    """A doubt as it is stored."""
    return DraftFault(
        kind=doubt.fault.kind,
        severity=doubt.fault.severity,
        place=storable(doubt.fault.place)[:200],
        message_vi=storable(doubt.message_vi),
        message_en=storable(doubt.message_en),
        question_id=doubt.question_id,
    )


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
        choices=tuple(ParsedChoice(each.label, each.text, each.right) for each in draft.choices),
        topic=draft.topic,
        level=draft.level,
        citation=draft.citation,
        explanation=draft.explanation,
        source=draft.source,
    )
