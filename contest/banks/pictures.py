"""Pictures of questions: keeping one, and finding the one that a version shows."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from contest.banks import picture_files
from contest.banks.models import QuestionPicture, VersionPicture
from contest.database import db
from contest.errors import Refusal
from contest.language import _

LARGEST = 1024 * 1024
MOST_PIXELS = 4000


@dataclass(frozen=True)
class ShownPicture:
    """What a page needs to show a picture; `token` is its address."""

    token: str
    width: int
    height: int


def keep(content: bytes, now: datetime, staff_id: int | None) -> int:
    """Store a picture as it came; gives its id. Refusal with what to do about one that cannot be taken."""
    if len(content) > LARGEST:
        raise Refusal(_("Hình lớn hơn 1 MB. Hãy thu nhỏ hình rồi chọn lại."))
    told = picture_files.told(content)
    if told is None:
        raise Refusal(
            _(
                "Tệp này không phải hình PNG, JPEG, WebP hay GIF. Hãy lưu hình ở một trong các dạng đó rồi "
                "chọn lại."
            )
        )
    if max(told.width, told.height) > MOST_PIXELS:
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


def contents(tokens: Collection[str]) -> dict[str, bytes]:
    """The files of pictures by their tokens (one statement)."""
    rows = db.session.execute(
        select(QuestionPicture.token, QuestionPicture.content).where(QuestionPicture.token.in_(tokens))
    )
    return {row.token: row.content for row in rows}
