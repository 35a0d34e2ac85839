"""Every SELECT about imported files and the drafts read from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import selectinload

from contest.banks.models import BankImport, DraftFault, DraftQuestion, DraftState, DraftTag, Question
from contest.banks.question_queries import QuestionRow, by_ids
from contest.database import db
from contest.errors import NotFound
from contest.paging import Page, page_of
from contest.rules.parsed import Severity

A_PAGE = 20


class Show(StrEnum):
    """Which questions of a draft somebody wants to see."""

    DOUBTFUL = "doubtful"
    WARNED = "warned"
    LIKE = "like"
    READY = "ready"
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class ImportRow:
    """One uploaded file of a bank; `ready` and `doubtful` wait, `accepted` are in the bank.

    Of the ready ones, `warned` have a warning, and `like` resemble a question that the bank already has.
    """

    upload: BankImport
    ready: int
    doubtful: int
    accepted: int
    left_out: int
    warned: int
    like: int

    @property
    def waiting(self) -> int:
        return self.ready + self.doubtful

    @property
    def fresh(self) -> int:
        """Ready ones that the bank has nothing like: these go in together."""
        return self.ready - self.like


def _has(severity: Severity) -> ColumnElement[bool]:
    return exists().where(DraftFault.draft_id == DraftQuestion.id, DraftFault.severity == severity)


_DOUBTFUL, _WARNED = _has(Severity.ERROR), _has(Severity.WARNING)
_LIKE = exists().where(DraftFault.draft_id == DraftQuestion.id, DraftFault.question_id.is_not(None))
_WAITING = DraftQuestion.state == DraftState.WAITING
_SHOWN: dict[Show, tuple[ColumnElement[bool], ...]] = {
    Show.DOUBTFUL: (_WAITING, _DOUBTFUL),
    Show.WARNED: (_WAITING, ~_DOUBTFUL, _WARNED),
    Show.LIKE: (_WAITING, ~_DOUBTFUL, _LIKE),
    Show.READY: (_WAITING, ~_DOUBTFUL),
    Show.ACCEPTED: (DraftQuestion.state == DraftState.ACCEPTED,),
    Show.LEFT_OUT: (DraftQuestion.state == DraftState.LEFT_OUT,),
}


def upload(import_id: int) -> BankImport:
    """An uploaded file; raises NotFound."""
    found = db.session.get(BankImport, import_id)
    if found is None:
        raise NotFound
    return found


def content(import_id: int) -> tuple[str, bytes]:
    """The name and the bytes of a file as it was uploaded; raises NotFound."""
    row = db.session.execute(
        select(BankImport.filename, BankImport.content).where(BankImport.id == import_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def stored_file(import_id: int) -> tuple[str, bytes, bytes | None]:
    """Name, bytes, and the second file's bytes as uploaded; raises NotFound."""
    row = db.session.execute(
        select(BankImport.filename, BankImport.content, BankImport.key_content).where(
            BankImport.id == import_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


def counts(import_id: int) -> ImportRow:
    """A file with its counts; raises NotFound."""
    return _with_counts([upload(import_id)])[0]


def imports(bank_id: int) -> list[ImportRow]:
    """The files uploaded to a bank, newest first, with what waits in each."""
    uploads = db.session.scalars(
        select(BankImport).where(BankImport.bank_id == bank_id).order_by(BankImport.id.desc())
    )
    return _with_counts(list(uploads))


def _with_counts(uploads: Sequence[BankImport]) -> list[ImportRow]:
    tallies: dict[int, dict[Show, int]] = {one.id: {} for one in uploads}
    for show, wanted in _SHOWN.items():
        for import_id, count in db.session.execute(
            select(DraftQuestion.import_id, func.count())
            .where(DraftQuestion.import_id.in_(tallies), *wanted)
            .group_by(DraftQuestion.import_id)
        ):
            tallies[import_id][show] = count
    return [
        ImportRow(
            upload=one,
            ready=tallies[one.id].get(Show.READY, 0),
            doubtful=tallies[one.id].get(Show.DOUBTFUL, 0),
            accepted=tallies[one.id].get(Show.ACCEPTED, 0),
            left_out=tallies[one.id].get(Show.LEFT_OUT, 0),
            warned=tallies[one.id].get(Show.WARNED, 0),
            like=tallies[one.id].get(Show.LIKE, 0),
        )
        for one in uploads
    ]


def same_file(bank_id: int, file: bytes, key_file: bytes | None) -> BankImport | None:
    """The newest upload of exactly these bytes into the bank."""
    same_key = BankImport.key_content.is_(None) if key_file is None else BankImport.key_content == key_file
    return db.session.scalar(
        select(BankImport)
        .where(
            BankImport.bank_id == bank_id,
            func.length(BankImport.content) == len(file),
            BankImport.content == file,
            same_key,
        )
        .order_by(BankImport.id.desc())
        .limit(1)
    )


def drafts(import_id: int, show: Show, asked_page: str | None) -> Page[DraftQuestion]:
    """One page of a draft, in the order of the file, with choices and faults."""
    statement: Select[DraftQuestion] = (
        select(DraftQuestion)
        .where(DraftQuestion.import_id == import_id, *_SHOWN[show])
        .options(selectinload(DraftQuestion.choices), selectinload(DraftQuestion.faults))
        .order_by(DraftQuestion.position)
    )
    return page_of(statement, asked_page, A_PAGE)


def ready_ids(import_id: int, chosen: Sequence[int]) -> list[int]:
    """The ids of waiting questions without an error, in the order of the file; of those chosen, if any."""
    statement = (
        select(DraftQuestion.id)
        .where(DraftQuestion.import_id == import_id, *_SHOWN[Show.READY])
        .order_by(DraftQuestion.position)
    )
    if chosen:
        statement = statement.where(DraftQuestion.id.in_(chosen))
    return list(db.session.scalars(statement))


def ready_drafts(import_id: int, only: Sequence[int]) -> list[DraftQuestion]:
    """Those of these questions that still wait without an error, with choices and faults, in order."""
    statement = (
        select(DraftQuestion)
        .where(DraftQuestion.import_id == import_id, DraftQuestion.id.in_(only), *_SHOWN[Show.READY])
        .options(selectinload(DraftQuestion.choices), selectinload(DraftQuestion.faults))
        .execution_options(populate_existing=True)
        .order_by(DraftQuestion.position)
    )
    return list(db.session.scalars(statement))


def draft(draft_id: int) -> DraftQuestion:
    """One question of a draft with choices and faults; raises NotFound."""
    found = db.session.scalar(
        select(DraftQuestion)
        .where(DraftQuestion.id == draft_id)
        .options(selectinload(DraftQuestion.choices), selectinload(DraftQuestion.faults))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def tags(draft_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of those drafts that have any, in the order of the file (one statement)."""
    rows = db.session.execute(
        select(DraftTag.draft_id, DraftTag.tag)
        .where(DraftTag.draft_id.in_(draft_ids))
        .order_by(DraftTag.draft_id, DraftTag.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for draft_id, tag in rows:
        found[draft_id] = (*found.get(draft_id, ()), tag)
    return found


def question_ids_from(import_id: int) -> list[int]:
    """The ids of the bank's questions that came from a file, by number."""
    return list(
        db.session.scalars(
            select(Question.id).where(Question.import_id == import_id).order_by(Question.number)
        )
    )


def resembled(drafts: Sequence[DraftQuestion]) -> dict[int, QuestionRow]:
    """The bank's questions that these (loaded with their faults) resemble, per question id."""
    ids = [fault.question_id for draft in drafts for fault in draft.faults if fault.question_id is not None]
    return {row.question.id: row for row in by_ids(ids)}
