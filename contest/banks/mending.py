"""What is decided on one question of a draft: mended, left out, taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from contest import history
from contest.banks import draft_queries
from contest.banks.actions import Signature
from contest.banks.checking import BankText, typed
from contest.banks.draft_actions import examine
from contest.banks.draft_rows import choice_rows, content_row, doubt_of, fault_rows
from contest.banks.models import DraftChoice, DraftFault, DraftQuestion, DraftState
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion, Severity

# What `checked` says anew each time; other warnings (a gap in the numbers) stay with a mended question.
_SAID_ANEW = frozenset({FaultKind.ABOLISHED_UNIT, FaultKind.REPEALED_SOURCE, FaultKind.TOO_LONG})


def mend(
    draft_id: int, content: ParsedQuestion, own: Sequence[BankText]
) -> Callable[[datetime, Signature], bool]:
    """Check what a person typed for a draft; the result stores it and says whether it is ready now.

    Checking against the bank is slow work for outside the transaction, storing is for inside.
    """
    question = typed(content)
    examined = examine(ParsedBank("", (question,)), own)

    def store(now: datetime, by: Signature) -> bool:
        draft = _waiting(draft_id)
        kept = [doubt_of(each) for each in draft.faults if _stays(each)]
        draft.choices.clear()
        db.session.flush()  # the old choices give their positions back before new ones take them
        for part, value in content_row(question).items():
            setattr(draft, part, value)
        draft.choices = [DraftChoice(**row) for row in choice_rows(question)]
        draft.faults = [DraftFault(**row) for row in fault_rows([*kept, *examined.doubts[0]])]
        _note("draft:mend", draft, now, by)
        return question.ready

    return store


def _stays(fault: DraftFault) -> bool:
    """A warning about the file rather than the wording; what a person typed settles every other doubt."""
    return fault.severity == Severity.WARNING and fault.kind not in _SAID_ANEW and fault.question_id is None


def _waiting(draft_id: int) -> DraftQuestion:
    draft = draft_queries.draft(draft_id)
    if draft.state == DraftState.ACCEPTED:
        raise Refusal(_("Câu này đã vào ngân hàng. Hãy sửa câu trong ngân hàng."))
    return draft


def leave_out(draft_id: int, now: datetime, by: Signature) -> DraftQuestion:
    """Decide that a question stays out of the bank; it can be taken back."""
    draft = _waiting(draft_id)
    draft.state = DraftState.LEFT_OUT
    _note("draft:leave_out", draft, now, by)
    return draft


def take_back(draft_id: int, now: datetime, by: Signature) -> DraftQuestion:
    """Let a question that was left out wait for a decision again."""
    draft = _waiting(draft_id)
    draft.state = DraftState.WAITING
    _note("draft:take_back", draft, now, by)
    return draft


def _note(act: str, draft: DraftQuestion, now: datetime, by: Signature) -> None:
    history.record(by, act, ("draft", draft.id, f"{draft.number}. {draft.text}"), now)
