"""What is done with an uploaded file: read it, keep its draft, accept the questions in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from contest import history
from contest.banks import actions, draft_queries, pictures, queries, question_queries
from contest.banks.actions import NewQuestion, Signature
from contest.banks.checking import BankText, Doubt, doubts, limited, resemblance, resembling
from contest.banks.draft_rows import (
    Row,
    choice_rows,
    content_of,
    draft_row,
    fault_rows,
    storable,
    tag_rows,
)
from contest.banks.formats.child import read_in_child
from contest.banks.formats.old_word import as_docx
from contest.banks.formats.unreadable import Unreadable
from contest.banks.keeping import Keeping
from contest.banks.models import (
    Bank,
    BankImport,
    DraftChoice,
    DraftFault,
    DraftQuestion,
    DraftState,
    DraftTag,
    QuestionState,
)
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.rules import vietnamese
from contest.rules.parsed import ParsedBank, ParsedPicture

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


def read(file: File) -> ParsedBank:
    """What is in a file; raises Unreadable. Takes seconds: never inside a transaction."""
    try:
        return limited(read_in_child(file.content, file.name, file.key_content))
    except Unreadable as unreadable:
        if unreadable.kind != "legacy_doc":
            raise
    name = file.name + "x" if file.name.lower().endswith(".doc") else file.name
    key = None if file.key_content is None else as_docx(file.key_content)
    return limited(read_in_child(as_docx(file.content), name, key))


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
    tags: tuple[list[Row], ...]
    pictures: tuple[ParsedPicture | None, ...]

    def parts(self, size: int) -> Iterator["Prepared"]:
        """The same rows, so many questions at a time."""
        for at in range(0, len(self.drafts), size):
            part = slice(at, at + size)
            rows = (self.drafts[part], self.choices[part], self.faults[part], self.tags[part])
            yield Prepared(*rows, self.pictures[part])


def prepare(examined: Examined) -> Prepared:
    """The rows of the draft of what was read, per question in the order of the file."""
    questions = examined.bank.questions
    return Prepared(
        tuple(draft_row(position, question) for position, question in enumerate(questions, 1)),
        tuple(choice_rows(question) for question in questions),
        tuple(fault_rows(found) for found in examined.doubts),
        tuple(map(tag_rows, questions)),
        tuple(question.picture for question in questions),
    )


def keep(
    bank: Bank, file: File, parsed: ParsedBank, prepared: Prepared, now: datetime, by: Signature
) -> BankImport:
    """Store a file and the draft read from it; the bank itself does not change yet."""
    upload = store(bank, file, now, by)
    insert_drafts(upload.id, prepared)
    note_read(bank, upload, parsed, now, by)
    return upload


def store(bank: Bank, file: File, now: datetime, by: Signature) -> BankImport:
    """Store a file that nobody has read yet: its format is "" so far."""
    upload = BankImport(
        bank_id=bank.id,
        filename=storable(file.name)[-200:],
        format="",
        content=file.content,
        key_content=file.key_content,
        uploaded_by=by[0],
        uploaded_at=now,
        notes_vi="",
        notes_en="",
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def note_read(bank: Bank, upload: BankImport, parsed: ParsedBank, now: datetime, by: Signature) -> None:
    """Write down that the whole file was read, and what is to be said about it."""
    upload.format = parsed.format[:40]
    upload.notes_vi = "\n".join(each.message("vi") for each in parsed.faults)
    upload.notes_en = "\n".join(each.message("en") for each in parsed.faults)
    detail = f"{upload.filename}: {parsed.ready} sẵn sàng, {parsed.doubtful} cần xem lại"
    history.record(by, "bank:import", ("bank", bank.id, bank.name), now, detail)


def insert_drafts(import_id: int, prepared: Prepared) -> None:
    """Write the rows of a draft, or of a part of it."""
    drafts = [{**row, "import_id": import_id} for row in prepared.drafts]
    stored = db.session.execute(
        insert(DraftQuestion).returning(DraftQuestion.position, DraftQuestion.id), drafts
    )
    ids = {row[0]: row[1] for row in stored}
    parts = ((DraftChoice, prepared.choices), (DraftFault, prepared.faults), (DraftTag, prepared.tags))
    for table, groups in parts:
        pairs = zip(prepared.drafts, groups, strict=True)
        rows = [{**row, "draft_id": ids[draft["position"]]} for draft, group in pairs for row in group]
        if rows:
            db.session.execute(insert(table), rows)
    pairs_shown = zip(prepared.drafts, prepared.pictures, strict=True)
    shown = {ids[draft["position"]]: picture for draft, picture in pairs_shown if picture}
    if shown:
        pictures.keep_with_drafts(draft_queries.upload(import_id), shown)


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
    shown = pictures.ids_of_drafts([draft.id for draft in drafts])
    tags = draft_queries.tags([draft.id for draft in drafts])
    new = [
        NewQuestion(content_of(each), upload.id, Keeping(tags=tags.get(each.id, ())), shown.get(each.id))
        for each in drafts
    ]
    for draft, question_id in zip(drafts, actions.add_questions(bank.id, new, now, by, state), strict=True):
        draft.state, draft.question_id = DraftState.ACCEPTED, question_id
    if drafts:
        detail = f"{upload.filename}: {len(drafts)} câu, {state}"
        history.record(by, "bank:accept", ("bank", bank.id, bank.name), now, detail)
    return Accepted(len(drafts), len(ready) - len(drafts))


def _not_there_yet(drafts: Sequence[DraftQuestion], bank_id: int) -> list[DraftQuestion]:
    """Those that resemble nothing in the bank; what has entered it since the upload is warned of now."""
    there = question_queries.by_text_key(bank_id, [vietnamese.answer_key(draft.text) for draft in drafts])
    marks = pictures.marks_of_drafts([draft.id for draft in drafts])
    for draft in drafts:
        same = there.get((vietnamese.answer_key(draft.text), marks.get(draft.id, "")))
        if same is not None and not _resembles(draft):
            draft.faults.append(DraftFault(**fault_rows([resemblance(content_of(draft), same)])[0]))
    return [draft for draft in drafts if not _resembles(draft)]


def _resembles(draft: DraftQuestion) -> bool:
    return any(fault.question_id is not None for fault in draft.faults)
