"""What is done with banks and the words of their questions: make, write, edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.banks import pictures, queries, question_queries, tag_actions
from contest.banks.keeping import NOTHING_KEPT, Keeping
from contest.banks.models import Bank, Choice, Question, QuestionState, QuestionVersion
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor, Permission
from contest.rules import vietnamese
from contest.rules.choice_text import pinned_choices
from contest.rules.parsed import ParsedQuestion
from contest.rules.question_shape import CHOSEN

Signature = tuple[int | None, str]


@dataclass(frozen=True)
class NewQuestion:
    """A question about to be written down; `import_id` is the file it came from, `picture_id` what it shows."""

    content: ParsedQuestion
    import_id: int | None = None
    keeping: Keeping = NOTHING_KEPT
    picture_id: int | None = None


def create_bank(
    name: str,
    description: str,
    now: datetime,
    by: Signature,
    two_people: bool = False,
    only_approved: bool = True,
) -> Bank:
    """Make an empty bank; with `two_people` nobody approves what they wrote."""
    switches = {"two_people": two_people, "only_approved": only_approved}
    bank = Bank(name=name, description=description, created_at=now, **switches)
    db.session.add(bank)
    _flush_name(name)
    history.record(by, "bank:create", ("bank", bank.id, bank.name), now)
    return bank


def change_bank(
    bank: Bank,
    name: str,
    description: str,
    two_people: bool,
    only_approved: bool,
    now: datetime,
    by: Signature,
) -> None:
    """Give a bank another name, description or way of approving; the history says what was before."""
    before = [bank.name] if bank.name != name else []
    if bank.two_people != two_people:
        before.append("hai người" if bank.two_people else "một người")
    if bank.only_approved != only_approved:
        before.append("chỉ câu đã duyệt vào đề" if bank.only_approved else "câu chờ duyệt cũng vào đề")
    bank.name, bank.description = name, description
    bank.two_people, bank.only_approved = two_people, only_approved
    _flush_name(name)
    history.record(by, "bank:rename", ("bank", bank.id, name), now, ", ".join(before))


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
    _add_versions([(ordered[index], 1, one) for index, one in enumerate(new)], now, by)
    tag_actions.set_tags(
        bank_id, {ordered[at]: one.keeping.tags for at, one in enumerate(new) if one.keeping.tags}
    )
    return ordered


def _add_versions(new: Sequence[tuple[int, int, NewQuestion]], now: datetime, by: Signature) -> None:
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
            "partial": content.partial,
            "text_key": vietnamese.answer_key(content.text),
            "search_key": _search_key(content),
            "source_valid_from": one.keeping.valid_from,
            "source_valid_to": one.keeping.valid_to,
            "created_at": now,
            "created_by": by[0],
        }
        for question_id, number, one in new
        for content in [one.content]
    ]
    stored = db.session.execute(
        insert(QuestionVersion).returning(QuestionVersion.question_id, QuestionVersion.id), rows
    )
    ids = {row[0]: row[1] for row in stored}
    choices = [row for question_id, _number, one in new for row in _choices(ids[question_id], one.content)]
    db.session.execute(insert(Choice), choices)
    pictures.attach({ids[at]: one.picture_id for at, _number, one in new if one.picture_id is not None})


def _choices(version_id: int, content: ParsedQuestion) -> list[dict[str, object]]:
    texts = [choice.text for choice in content.choices]
    pinned = pinned_choices(texts) if content.kind in CHOSEN else frozenset()
    return [
        {
            "version_id": version_id,
            "position": position,
            "text": choice.text,
            "right": choice.right,
            "match": choice.match,
            "tolerance": choice.tolerance,
            "pinned": position in pinned,
        }
        for position, choice in enumerate(content.choices)
    ]


def _search_key(content: ParsedQuestion) -> str:
    rows = (f"{choice.text} {choice.match}" for choice in content.choices)
    words = [content.text, *rows, content.citation]
    return vietnamese.search_key(" ".join(words))


def write_question(bank_id: int, new: NewQuestion, now: datetime, by: Actor, approve: bool) -> Question:
    """Add one question typed by hand."""
    state = state_for(by, approve, queries.bank(bank_id))
    (question_id,) = add_questions(bank_id, [new], now, by.signature, state)
    question = question_queries.question(question_id)
    history.record(by.signature, "question:add", subject(question, new.content.text), now, state)
    return question


def state_for(by: Actor, approve: bool, bank: Bank) -> QuestionState:
    """Where a question stands that this person has just written.

    Approving it needs the permission, and a bank that does not ask for a second person.
    """
    approves = approve and by.may(Permission.BANK_APPROVE) and not bank.two_people
    return QuestionState.APPROVED if approves else QuestionState.PROPOSED


def edit_question(
    question: Question, seen: int, new: NewQuestion, now: datetime, by: Actor, approve: bool
) -> Question:
    """Make a new version; papers that were already made keep the one they show. Other tags alone make none.

    `seen` is the number of the version that the editor started from.
    """
    if question.version != seen:
        raise Refusal(
            _("Câu này vừa được người khác sửa. Hãy mở lại câu để xem bản mới rồi sửa tiếp trên bản đó.")
        )
    retagged = tag_actions.set_tags(question.bank_id, {question.id: new.keeping.tags})
    text = new.content.text
    if _same(question_queries.version_in_force(question.id), new):
        if not retagged:
            raise Refusal(_("Chưa có gì thay đổi so với bản đang dùng. Hãy sửa nội dung rồi lưu lại."))
        history.record(
            by.signature, "question:tag", subject(question, text), now, ", ".join(new.keeping.tags)
        )
        return question
    question.version += 1
    if question.state != QuestionState.RETIRED:
        question.state = state_for(by, approve, queries.bank(question.bank_id))
    _add_versions([(question.id, question.version, new)], now, by.signature)
    history.record(by.signature, "question:edit", subject(question, text), now, str(question.version))
    return question


def _same(version: QuestionVersion, new: NewQuestion) -> bool:
    content, validity = new.content, (new.keeping.valid_from, new.keeping.valid_to)
    if validity != (version.source_valid_from, version.source_valid_to):
        return False
    if new.picture_id != pictures.id_of(version.id):
        return False
    fields = ("kind", "text", "topic", "level", "citation", "explanation", "partial")
    before, after = question_queries.answers(version), content.choices
    parts = attrgetter("text", "right", "match", "tolerance")
    return all(getattr(version, name) == getattr(content, name) for name in fields) and (
        list(map(parts, before)) == list(map(parts, after))
    )


def subject(question: Question, text: str) -> tuple[str, int, str]:
    """How the history names a question."""
    return "question", question.id, f"{question.number}. {text}"
