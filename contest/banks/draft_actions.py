"""What is done with an uploaded file: read it, keep its draft, mend, leave out, accept, undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.banks import actions, draft_queries, queries, question_queries
from contest.banks.actions import NewQuestion, Signature
from contest.banks.checking import BankText, Doubt, doubts, limited, resemblance, resembling, typed
from contest.banks.draft_rows import (
    Row,
    choice_rows,
    content_of,
    content_row,
    doubt_of,
    draft_row,
    fault_rows,
    storable,
)
from contest.banks.formats.child import read_in_child
from contest.banks.models import (
    Bank,
    BankImport,
    DraftChoice,
    DraftFault,
    DraftQuestion,
    DraftState,
    Question,
    QuestionState,
    QuestionVersion,
)
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.rules import vietnamese
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion, Severity

# What `checked` says anew each time; other warnings (a gap in the numbers) stay with a mended question.
_SAID_ANEW = frozenset({FaultKind.ABOLISHED_UNIT, FaultKind.REPEALED_SOURCE, FaultKind.TOO_LONG})
A_BATCH = 250


@dataclass(frozen=True)
class File:
    """A file as it was uploaded, with the second file that holds its keys, where there is one."""

    name: str
    content: bytes
    key_content: bytes | None = None


@dataclass(frozen=True)
class Examined:
    """A file as it was read, with every doubt about each of its questions, also against the bank."""

    bank: ParsedBank
    doubts: tuple[tuple[Doubt, ...], ...]


@dataclass(frozen=True)
class Accepted:
    """How many questions entered the bank, and how many wait because the bank already has their like."""

    count: int
    held: int

    def __add__(self, other: "Accepted") -> "Accepted":
        return Accepted(self.count + other.count, self.held + other.held)


@dataclass(frozen=True)
class Undone:
    """How many questions an undo took out of the bank, and how many it could only retire."""

    deleted: int
    retired: int


def read(file: File) -> ParsedBank:
    """What is in a file; raises Unreadable. Takes seconds: never inside a transaction."""
    return limited(read_in_child(file.content, file.name, file.key_content))


def examine(parsed: ParsedBank, own: Sequence[BankText]) -> Examined:
    """What was read, held against the questions the bank already has. Never inside a transaction."""
    like = resembling(parsed.questions, own)
    return Examined(
        parsed,
        tuple(
            (*doubts(question), *([resemblance(question, like[index])] if index in like else []))
            for index, question in enumerate(parsed.questions)
        ),
    )


@dataclass(frozen=True)
class Prepared:
    """The rows of a draft, made before the transaction so that other writers wait less."""

    drafts: tuple[Row, ...]
    choices: tuple[list[Row], ...]
    faults: tuple[list[Row], ...]


def prepare(examined: Examined) -> Prepared:
    """The rows of the draft of what was read, per question in the order of the file."""
    questions = examined.bank.questions
    return Prepared(
        tuple(draft_row(position, question) for position, question in enumerate(questions, 1)),
        tuple(choice_rows(question) for question in questions),
        tuple(fault_rows(found) for found in examined.doubts),
    )


def keep(
    bank: Bank, file: File, parsed: ParsedBank, prepared: Prepared, now: datetime, by: Signature
) -> BankImport:
    """Store a file and the draft read from it; the bank itself does not change yet."""
    upload = BankImport(
        bank_id=bank.id,
        filename=storable(file.name)[-200:],
        format=parsed.format[:40],
        content=file.content,
        key_content=file.key_content,
        uploaded_by=by[0],
        uploaded_at=now,
        notes_vi="\n".join(each.message("vi") for each in parsed.faults),
        notes_en="\n".join(each.message("en") for each in parsed.faults),
    )
    db.session.add(upload)
    db.session.flush()
    _insert(upload.id, prepared)
    detail = f"{upload.filename}: {parsed.ready} sẵn sàng, {parsed.doubtful} cần xem lại"
    history.record(by, "bank:import", ("bank", bank.id, bank.name), now, detail)
    return upload


def _insert(import_id: int, prepared: Prepared) -> None:
    drafts = [{**row, "import_id": import_id} for row in prepared.drafts]
    stored = db.session.execute(
        insert(DraftQuestion).returning(DraftQuestion.position, DraftQuestion.id), drafts
    )
    ids = {row[0]: row[1] for row in stored}
    for table, groups in ((DraftChoice, prepared.choices), (DraftFault, prepared.faults)):
        rows = [{**row, "draft_id": ids[at]} for at, group in enumerate(groups, 1) for row in group]
        if rows:
            db.session.execute(insert(table), rows)


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


def batches(import_id: int, chosen: Sequence[int]) -> list[list[int]]:
    """The waiting questions without an error (of those chosen, if any are), in groups to accept in turn.

    A large file goes in by several transactions, so that answers of a running round are saved in between.
    """
    ids = draft_queries.ready_ids(import_id, chosen)
    if not ids:
        raise Refusal(_("Chưa có câu nào sẵn sàng để đưa vào. Hãy sửa những câu cần xem lại trước."))
    return [ids[start : start + A_BATCH] for start in range(0, len(ids), A_BATCH)]


def accept(
    upload: BankImport,
    batch: Sequence[int],
    state: QuestionState,
    now: datetime,
    by: Signature,
    hold_like: bool = False,
) -> Accepted:
    """Put a batch of ready questions into the bank; what was decided on meanwhile is passed over.

    `hold_like`: those the bank already has, or nearly so, go on waiting for somebody to compare them.
    """
    bank = queries.bank_for_writing(upload.bank_id)
    ready = draft_queries.ready_drafts(upload.id, batch)
    drafts = _not_there_yet(ready, bank.id) if hold_like else ready
    new = [NewQuestion(content_of(draft), upload.id) for draft in drafts]
    for draft, question_id in zip(drafts, actions.add_questions(bank.id, new, now, by, state), strict=True):
        draft.state, draft.question_id = DraftState.ACCEPTED, question_id
    if drafts:
        detail = f"{upload.filename}: {len(drafts)} câu, {state}"
        history.record(by, "bank:accept", ("bank", bank.id, bank.name), now, detail)
    return Accepted(len(drafts), len(ready) - len(drafts))


def _not_there_yet(drafts: Sequence[DraftQuestion], bank_id: int) -> list[DraftQuestion]:
    """Those that resemble nothing in the bank; what has entered it since the upload is warned of now."""
    there = question_queries.by_text_key(bank_id, [vietnamese.answer_key(draft.text) for draft in drafts])
    for draft in drafts:
        same = there.get(vietnamese.answer_key(draft.text))
        if same is not None and not _resembles(draft):
            draft.faults.append(DraftFault(**fault_rows([resemblance(content_of(draft), same)])[0]))
    return [draft for draft in drafts if not _resembles(draft)]


def _resembles(draft: DraftQuestion) -> bool:
    return any(fault.question_id is not None for fault in draft.faults)


def undo(upload: BankImport, now: datetime, by: Signature) -> Undone:
    """Take everything that came from a file out of the bank again.

    A question that stands on a paper cannot vanish from it: that one is retired, and the file stays.
    """
    bank = queries.bank_for_writing(upload.bank_id)
    ids = draft_queries.question_ids_from(upload.id)
    deleted = ids if _delete(ids) else [each for each in ids if _delete([each])]
    kept = question_queries.by_ids([each for each in ids if each not in set(deleted)])
    for row in kept:
        row.question.state = QuestionState.RETIRED
    if kept:
        db.session.execute(
            update(DraftQuestion)
            .where(DraftQuestion.import_id == upload.id, DraftQuestion.question_id.is_(None))
            .values(state=DraftState.LEFT_OUT)
        )
    else:
        db.session.delete(upload)
    detail = f"{upload.filename}: xóa {len(deleted)} câu, ngừng dùng {len(kept)} câu"
    history.record(by, "bank:undo", ("bank", bank.id, bank.name), now, detail)
    return Undone(len(deleted), len(kept))


def _delete(question_ids: Sequence[int]) -> bool:
    """Delete questions with all their versions; whether a paper holds one is for the database to say."""
    try:
        with db.session.begin_nested():
            for statement in (
                update(DraftQuestion)
                .where(DraftQuestion.question_id.in_(question_ids))
                .values(question_id=None),
                delete(QuestionVersion).where(QuestionVersion.question_id.in_(question_ids)),
                delete(Question).where(Question.id.in_(question_ids)),
            ):
                db.session.execute(statement, execution_options={"synchronize_session": False})
    except IntegrityError:
        return False
    return True
