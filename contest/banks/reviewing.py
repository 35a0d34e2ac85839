"""What is decided on a question of a bank: approved, returned, retired, taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contest import history
from contest.banks import queries, question_queries
from contest.banks.actions import subject
from contest.banks.models import Bank, Question, QuestionState
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor

Decision = Callable[[Question, datetime, Actor], None]


@dataclass(frozen=True)
class Approved:
    """How many questions were approved, and how many wait for somebody who did not write them."""

    count: int
    own: int


def approve(question: Question, now: datetime, by: Actor) -> None:
    """Let papers draw the question; in a bank of two people not by who wrote its words."""
    if _is_own(queries.bank(question.bank_id), question_queries.version_in_force(question.id).created_by, by):
        raise Refusal(
            _(
                "Bạn vừa là người soạn hoặc sửa câu này, mà ngân hàng này cần người thứ hai duyệt. "
                "Hãy nhờ một người khác có quyền duyệt xem và duyệt."
            )
        )
    _move(question, (QuestionState.PROPOSED, QuestionState.RETURNED), QuestionState.APPROVED)
    _note("question:approve", question, now, by)


def _is_own(bank: Bank, written_by: int | None, by: Actor) -> bool:
    return bank.two_people and written_by == by.id


def send_back(question: Question, note: str, now: datetime, by: Actor) -> None:
    """Give the question back to its author with a note that says what to mend."""
    _move(question, (QuestionState.PROPOSED, QuestionState.APPROVED), QuestionState.RETURNED)
    _note("question:return", question, now, by, note)


def retire(question: Question, now: datetime, by: Actor) -> None:
    """No new paper shows the question; papers and attempts that have it keep it."""
    _move(question, tuple(set(QuestionState) - {QuestionState.RETIRED}), QuestionState.RETIRED)
    _note("question:retire", question, now, by)


def restore(question: Question, now: datetime, by: Actor) -> None:
    """Take a retired question back; a reviewer looks at it again."""
    _move(question, (QuestionState.RETIRED,), QuestionState.PROPOSED)
    _note("question:restore", question, now, by)


def _move(question: Question, allowed: Sequence[QuestionState], to: QuestionState) -> None:
    if question.state not in allowed:
        raise Refusal(_("Câu này vừa đổi trạng thái. Hãy tải lại trang của câu rồi xem lại."))
    question.state = to


def approve_all(bank: Bank, filters: question_queries.Filters, now: datetime, by: Actor) -> Approved:
    """Approve every waiting question of the bank that fits the filters and that this person may approve."""
    waiting = replace(filters, state=QuestionState.PROPOSED)
    rows = question_queries.by_ids(question_queries.matching_ids(bank.id, waiting))
    others = [row for row in rows if not _is_own(bank, row.version.created_by, by)]
    for row in others:
        row.question.state = QuestionState.APPROVED
        history.record(by.signature, "question:approve", subject(row.question, row.version.text), now)
    return Approved(len(others), len(rows) - len(others))


def _note(act: str, question: Question, now: datetime, by: Actor, detail: str = "") -> None:
    text = question_queries.version_in_force(question.id).text
    history.record(by.signature, act, subject(question, text), now, detail)
