"""What is done with banks and their questions: make, write, edit, approve, return, retire."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.banks import queries, question_queries
from contest.banks.models import Bank, Choice, Question, QuestionState, QuestionVersion
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor, Permission
from contest.rules import vietnamese
from contest.rules.choice_text import pinned_choices
from contest.rules.parsed import ParsedQuestion

Signature = tuple[int | None, str]
Decision = Callable[[Question, datetime, Actor], None]  # on one question


@dataclass(frozen=True)
class NewQuestion:
    """A question about to enter a bank; `import_id` is the file it came from, if it did."""

    content: ParsedQuestion
    import_id: int | None = None


def create_bank(name: str, description: str, now: datetime, by: Signature) -> Bank:
    """Make an empty bank."""
    bank = Bank(name=name, description=description, created_at=now)
    db.session.add(bank)
    _flush_name(name)
    history.record(by, "bank:create", ("bank", bank.id, bank.name), now)
    return bank


def rename_bank(bank: Bank, name: str, description: str, now: datetime, by: Signature) -> None:
    """Give a bank another name or description."""
    before, bank.name, bank.description = bank.name, name, description
    _flush_name(name)
    history.record(by, "bank:rename", ("bank", bank.id, name), now, "" if before == name else before)


def _flush_name(name: str) -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(
            _("Đã có ngân hàng tên “%(name)s”. Hãy mở ngân hàng đó hoặc đặt tên khác.", name=name)
        ) from None


def add_questions(
    bank_id: int, new: Sequence[NewQuestion], now: datetime, by: Signature, state: QuestionState
) -> list[int]:
    """Put questions into the bank under the next numbers; returns their ids. They must be free of errors."""
    if not all(one.content.ready for one in new):
        raise ValueError("a question with an error cannot enter a bank")
    if not new:
        return []
    first = question_queries.next_number(queries.bank_for_writing(bank_id).id)
    rows = [
        {
            "bank_id": bank_id,
            "number": first + index,
            "state": state,
            "version": 1,
            "import_id": one.import_id,
            "place": one.content.place[:200],
        }
        for index, one in enumerate(new)
    ]
    stored = db.session.execute(insert(Question).returning(Question.number, Question.id), rows)
    ids = {row[0]: row[1] for row in stored}
    ordered = [ids[first + index] for index in range(len(new))]
    _add_versions([(ordered[index], 1, one.content) for index, one in enumerate(new)], now, by)
    return ordered


def _add_versions(new: Sequence[tuple[int, int, ParsedQuestion]], now: datetime, by: Signature) -> None:
    """Write down wordings; each comes with its question's id and the number of the version."""
    rows = [
        {
            "question_id": question_id,
            "number": number,
            "kind": content.kind,
            "text": content.text,
            "topic": content.topic,
            "level": content.level,
            "citation": content.citation,
            "explanation": content.explanation,
            "text_key": vietnamese.answer_key(content.text),
            "search_key": _search_key(content),
            "created_at": now,
            "created_by": by[0],
        }
        for question_id, number, content in new
    ]
    stored = db.session.execute(
        insert(QuestionVersion).returning(QuestionVersion.question_id, QuestionVersion.id), rows
    )
    ids = {row[0]: row[1] for row in stored}
    choices = [row for question_id, _number, content in new for row in _choices(ids[question_id], content)]
    db.session.execute(insert(Choice), choices)


def _choices(version_id: int, content: ParsedQuestion) -> list[dict[str, object]]:
    texts = [choice.text for choice in content.choices]
    pinned = pinned_choices(texts)
    return [
        {
            "version_id": version_id,
            "position": position,
            "text": choice.text,
            "right": choice.right,
            "pinned": position in pinned,
        }
        for position, choice in enumerate(content.choices)
    ]


def _search_key(content: ParsedQuestion) -> str:
    words = [content.text, *(choice.text for choice in content.choices), content.citation]
    return vietnamese.search_key(" ".join(words))


def write_question(
    bank_id: int, content: ParsedQuestion, now: datetime, by: Actor, approve: bool
) -> Question:
    """Add one question typed by hand."""
    state = state_for(by, approve)
    (question_id,) = add_questions(bank_id, [NewQuestion(content)], now, by.signature, state)
    question = question_queries.question(question_id)
    history.record(by.signature, "question:add", _subject(question, content.text), now, state)
    return question


def state_for(by: Actor, approve: bool) -> QuestionState:
    """Where a question stands that this person has just written: approving it needs the permission."""
    approves = approve and by.may(Permission.BANK_APPROVE)
    return QuestionState.APPROVED if approves else QuestionState.PROPOSED


def edit_question(
    question: Question, seen: int, content: ParsedQuestion, now: datetime, by: Actor, approve: bool
) -> Question:
    """Make a new version; papers that were already made keep the one they show.

    `seen` is the number of the version that the editor started from.
    """
    if question.version != seen:
        raise Refusal(
            _("Câu này vừa được người khác sửa. Hãy mở lại câu để xem bản mới rồi sửa tiếp trên bản đó.")
        )
    if _same(question_queries.version_in_force(question.id), content):
        raise Refusal(_("Chưa có gì thay đổi so với bản đang dùng. Hãy sửa nội dung rồi lưu lại."))
    question.version += 1
    if question.state != QuestionState.RETIRED:
        question.state = state_for(by, approve)
    _add_versions([(question.id, question.version, content)], now, by.signature)
    history.record(
        by.signature, "question:edit", _subject(question, content.text), now, str(question.version)
    )
    return question


def _same(version: QuestionVersion, content: ParsedQuestion) -> bool:
    fields = ("kind", "text", "topic", "level", "citation", "explanation")
    choices = [(choice.text, choice.right) for choice in version.choices]
    return all(getattr(version, name) == getattr(content, name) for name in fields) and choices == [
        (choice.text, choice.right) for choice in content.choices
    ]


def approve(question: Question, now: datetime, by: Actor) -> None:
    """Let papers draw the question."""
    _move(question, (QuestionState.PROPOSED, QuestionState.RETURNED), QuestionState.APPROVED)
    _note("question:approve", question, now, by)


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


def approve_all(bank: Bank, filters: question_queries.Filters, now: datetime, by: Actor) -> int:
    """Approve every waiting question of the bank that fits the filters; returns how many."""
    waiting = replace(filters, state=QuestionState.PROPOSED)
    rows = question_queries.by_ids(question_queries.matching_ids(bank.id, waiting))
    for row in rows:
        row.question.state = QuestionState.APPROVED
        history.record(by.signature, "question:approve", _subject(row.question, row.version.text), now)
    return len(rows)


def _note(act: str, question: Question, now: datetime, by: Actor, detail: str = "") -> None:
    text = question_queries.version_in_force(question.id).text
    history.record(by.signature, act, _subject(question, text), now, detail)


def _subject(question: Question, text: str) -> tuple[str, int, str]:
    return "question", question.id, f"{question.number}. {text}"
