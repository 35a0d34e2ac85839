"""Pictures of questions: keeping one, and finding the one that a version shows."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select, union

from contest.banks import picture_files
from contest.banks.models import (
    BankImport,
    DraftPicture,
    DraftQuestion,
    Question,
    QuestionPicture,
    QuestionVersion,
    VersionPicture,
)
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.rules.parsed import ParsedPicture, picture_mark


@dataclass(frozen=True)
class ShownPicture:
    """What a page needs to show a picture; `token` is its address."""

    token: str
    width: int
    height: int


def keep(content: bytes, now: datetime, staff_id: int | None) -> int:
    """Store a picture as it came; gives its id. Refusal with what to do about one that cannot be taken."""
    if len(content) > picture_files.LARGEST:
        raise Refusal(_("Hình lớn hơn 1 MB. Hãy thu nhỏ hình rồi chọn lại."))
    told = picture_files.told(content)
    if told is None:
        raise Refusal(
            _(
                "Tệp này không phải hình PNG, JPEG, WebP hay GIF. Hãy lưu hình ở một trong các dạng đó rồi "
                "chọn lại."
            )
        )
    if not picture_files.fits(content, told):
        raise Refusal(_("Hình rộng hoặc cao quá 4.000 điểm ảnh. Hãy thu nhỏ hình rồi chọn lại."))
    picture = QuestionPicture(
        token=secrets.token_urlsafe(16),
        media_type=told.media_type,
        width=told.width,
        height=told.height,
        content=content,
        created_at=now,
        created_by=staff_id,
    )
    db.session.add(picture)
    db.session.flush()
    return picture.id


def attach(pictures: dict[int, int]) -> None:
    """Let versions show pictures: version id -> picture id."""
    rows = [{"version_id": version, "picture_id": picture} for version, picture in pictures.items()]
    if rows:
        db.session.execute(insert(VersionPicture), rows)


def id_of(version_id: int) -> int | None:
    """The id of the picture that a version shows."""
    return db.session.scalar(select(VersionPicture.picture_id).where(VersionPicture.version_id == version_id))


def keep_with_drafts(upload: BankImport, found: dict[int, ParsedPicture]) -> None:
    """Store the pictures that a file shows with questions: draft id -> picture; an equal one once."""
    ids = {each: keep(each.content, upload.uploaded_at, upload.uploaded_by) for each in set(found.values())}
    rows = [{"draft_id": draft, "picture_id": ids[each]} for draft, each in found.items()]
    db.session.execute(insert(DraftPicture), rows)


def ids_of_drafts(draft_ids: Sequence[int]) -> dict[int, int]:
    """The ids of the pictures of those drafts that have one (one statement)."""
    rows = db.session.execute(
        select(DraftPicture.draft_id, DraftPicture.picture_id).where(DraftPicture.draft_id.in_(draft_ids))
    )
    return {row[0]: row[1] for row in rows}


def marks_of_drafts(draft_ids: Sequence[int]) -> dict[int, str]:
    """What tells the pictures of those drafts that have one from others (one statement)."""
    size = func.length(QuestionPicture.content)
    rows = db.session.execute(
        select(DraftPicture.draft_id, QuestionPicture.width, QuestionPicture.height, size)
        .join(QuestionPicture, QuestionPicture.id == DraftPicture.picture_id)
        .where(DraftPicture.draft_id.in_(draft_ids))
    )
    return {row[0]: picture_mark(*row[1:]) for row in rows}


def parsed_of_draft(draft_id: int) -> ParsedPicture | None:
    """The picture of a draft with its bytes."""
    found = db.session.execute(
        select(
            QuestionPicture.media_type,
            QuestionPicture.width,
            QuestionPicture.height,
            QuestionPicture.content,
        )
        .join(DraftPicture, DraftPicture.picture_id == QuestionPicture.id)
        .where(DraftPicture.draft_id == draft_id)
    ).one_or_none()
    return ParsedPicture(*found) if found else None


def of_drafts(draft_ids: Sequence[int]) -> dict[int, ShownPicture]:
    """The pictures of those drafts that have one (one statement)."""
    rows = db.session.execute(
        select(DraftPicture.draft_id, QuestionPicture.token, QuestionPicture.width, QuestionPicture.height)
        .join(QuestionPicture, QuestionPicture.id == DraftPicture.picture_id)
        .where(DraftPicture.draft_id.in_(draft_ids))
    )
    return {row[0]: ShownPicture(*row[1:]) for row in rows}


def ids_from(import_id: int) -> list[int]:
    """The ids of every picture that the drafts of a file show, or the questions that came from it."""
    drafts = (
        select(DraftPicture.picture_id)
        .join(DraftQuestion, DraftQuestion.id == DraftPicture.draft_id)
        .where(DraftQuestion.import_id == import_id)
    )
    versions = (
        select(VersionPicture.picture_id)
        .join(QuestionVersion, QuestionVersion.id == VersionPicture.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.import_id == import_id)
    )
    return list(db.session.scalars(union(drafts, versions)))


def drop_unused(picture_ids: Sequence[int]) -> None:
    """Delete those of these pictures that no version and no draft shows any more."""
    if not picture_ids:
        return
    shown = (
        exists().where(VersionPicture.picture_id == QuestionPicture.id),
        exists().where(DraftPicture.picture_id == QuestionPicture.id),
    )
    db.session.flush()
    db.session.execute(
        delete(QuestionPicture)
        .where(QuestionPicture.id.in_(picture_ids), *(~each for each in shown))
        .execution_options(synchronize_session=False)
    )


def of_versions(version_ids: Sequence[int]) -> dict[int, ShownPicture]:
    """The pictures of those versions that have one (one statement)."""
    rows = db.session.execute(
        select(
            VersionPicture.version_id, QuestionPicture.token, QuestionPicture.width, QuestionPicture.height
        )
        .join(QuestionPicture, QuestionPicture.id == VersionPicture.picture_id)
        .where(VersionPicture.version_id.in_(version_ids))
    )
    return {row[0]: ShownPicture(*row[1:]) for row in rows}


def parsed_of_versions(version_ids: Sequence[int]) -> dict[int, ParsedPicture]:
    """The pictures of those versions that have one, with their bytes (a statement for every thousand)."""
    found: dict[int, ParsedPicture] = {}
    for batch in (version_ids[at : at + 1000] for at in range(0, len(version_ids), 1000)):
        rows = db.session.execute(
            select(
                VersionPicture.version_id,
                QuestionPicture.media_type,
                QuestionPicture.width,
                QuestionPicture.height,
                QuestionPicture.content,
            )
            .join(QuestionPicture, QuestionPicture.id == VersionPicture.picture_id)
            .where(VersionPicture.version_id.in_(batch))
        )
        found |= {row[0]: ParsedPicture(*row[1:]) for row in rows}
    return found


def contents(tokens: Collection[str]) -> dict[str, bytes]:
    """The files of pictures by their tokens (one statement)."""
    rows = db.session.execute(
        select(QuestionPicture.token, QuestionPicture.content).where(QuestionPicture.token.in_(tokens))
    )
    return {row.token: row.content for row in rows}
