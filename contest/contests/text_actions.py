"""What is done with the texts of a contest: its rules and its consents, in versions."""

from datetime import datetime

from contest import history
from contest.contests import queries
from contest.contests.models import ConsentKind, ConsentText, Contest, RulesText
from contest.contests.moments import typed_moment
from contest.contests.words import CONSENTS
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor


def write_rules(contest: Contest, text: str, effective_at: datetime | None, now: datetime, by: Actor) -> None:
    """Keep the rules: a draft is overwritten, published rules get a new version from `effective_at` on.

    Without `effective_at` they are in force at once. Rules never change the past.
    """
    effective_at = effective_at or now
    newest = next(iter(queries.rules_versions(contest.id)), None)
    if newest is not None and newest.text == text and newest.effective_at <= effective_at:
        raise Refusal(_("Nội dung không khác phiên bản đang có. Hãy sửa nội dung rồi lưu lại."))
    if contest.published_at is None:
        _overwrite(contest, newest, text, now)
    else:
        if effective_at < now:
            raise Refusal(_("Thể lệ mới chỉ có hiệu lực từ bây giờ trở đi. Hãy chọn một thời điểm muộn hơn."))
        if newest is not None and effective_at < newest.effective_at:
            at = typed_moment(newest.effective_at)
            raise Refusal(_("Đã có phiên bản hiệu lực từ %(at)s. Hãy chọn thời điểm muộn hơn.", at=at))
        version = newest.version + 1 if newest else 1
        _add_rules(contest, version, text, effective_at, now)
    db.session.flush()
    history.record(by.signature, "contest:rules", ("contest", contest.id, contest.name), now)


def write_consent(contest: Contest, kind: ConsentKind, text: str, now: datetime, by: Actor) -> None:
    """Keep a consent text. Once published, what people agreed to stays as it was: a new version."""
    newest = queries.consent_texts(contest.id).get(kind)
    if newest is not None and newest.text == text:
        raise Refusal(_("Nội dung không khác phiên bản đang có. Hãy sửa nội dung rồi lưu lại."))
    if newest is not None and contest.published_at is None:
        newest.text = text
    else:
        version = newest.version + 1 if newest else 1
        db.session.add(
            ConsentText(contest_id=contest.id, kind=kind, version=version, text=text, created_at=now)
        )
    detail = str(CONSENTS[kind])
    history.record(by.signature, "contest:consent", ("contest", contest.id, contest.name), now, detail)


def _overwrite(contest: Contest, newest: RulesText | None, text: str, now: datetime) -> None:
    if newest is None:
        _add_rules(contest, 1, text, now, now)
    else:
        newest.text, newest.effective_at = text, now


def _add_rules(contest: Contest, version: int, text: str, effective_at: datetime, now: datetime) -> None:
    db.session.add(
        RulesText(
            contest_id=contest.id, version=version, text=text, effective_at=effective_at, created_at=now
        )
    )
