"""What is done with results: draft, exclude an attempt, lift an exclusion, publish."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.results import drafting, queries, redrafting
from contest.results.drafting import Draft
from contest.results.models import Exclusion, Sheet, SheetState
from contest.results.words import FIRST_DRAFT

SHORTEST_REASON = 5


def draft_closed(now: datetime) -> None:
    """Draft the first sheet of every round that has closed and is completely counted."""
    for round_id in queries.rounds_to_draft(now):
        draft = drafting.prepare(round_id, drafting.excluded_in(round_id))
        with write_transaction():
            if round_id in queries.rounds_to_draft(now):
                sheet = drafting.store(draft, FIRST_DRAFT, now)
                history.record(history.PROGRAM, "result:draft", _subject(sheet), now)


def exclude(draft: Draft, attempt_id: int, reason: str, now: datetime, by: Actor) -> Sheet:
    """Take an attempt out of the standings; `draft` was prepared without it. It still counts as taking part."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refusal(_("Hãy ghi lý do loại bài, để ban tổ chức và người dự thi cùng hiểu."))
    attempt = queries.attempt_in(draft.round.id, attempt_id)
    db.session.add(Exclusion(attempt_id=attempt.id, reason=reason, excluded_at=now, excluded_by=by.id))
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(_("Bài này đã bị loại trước đó. Hãy tải lại trang để xem bản mới nhất.")) from None
    sheet = _redraft(draft, f"Loại 1 bài: {reason}", now)
    history.record(by.signature, "result:exclude", _subject(sheet), now, f"Bài {attempt_id}: {reason}")
    return sheet


def lift(draft: Draft, attempt_id: int, reason: str, now: datetime, by: Actor) -> Sheet:
    """Put an excluded attempt back; `draft` was prepared with it."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refusal(_("Hãy ghi lý do nhận lại bài, để ban tổ chức và người dự thi cùng hiểu."))
    queries.attempt_in(draft.round.id, attempt_id)
    db.session.execute(delete(Exclusion).where(Exclusion.attempt_id == attempt_id))
    sheet = _redraft(draft, f"Nhận lại 1 bài: {reason}", now)
    history.record(by.signature, "result:lift", _subject(sheet), now, f"Bài {attempt_id}: {reason}")
    return sheet


def publish(sheet_id: int, now: datetime, by: Actor) -> Sheet:
    """Make a draft the public one. The one before it stays readable as what it was; neither changes again."""
    sheet = queries.sheet_for_staff(sheet_id)
    if sheet.state != SheetState.DRAFT:
        raise Refusal(_("Chỉ công bố được bản dự thảo mới nhất. Hãy tải lại trang để xem bản đó."))
    if redrafting.is_old(sheet):
        raise Refusal(
            _(
                "Đơn vị hoặc người trong bản này vừa thay đổi, bản mới đang được lập. Hãy tải lại trang sau vài giây."
            )
        )
    db.session.execute(
        update(Sheet)
        .where(Sheet.round_id == sheet.round_id, Sheet.state == SheetState.PUBLISHED)
        .values(state=SheetState.REPLACED)
    )
    sheet.state, sheet.published_at, sheet.published_by = SheetState.PUBLISHED, now, by.id
    detail = f"{sheet.people} người, {sheet.attempts} lượt. {sheet.reason}"
    history.record(by.signature, "result:publish", _subject(sheet), now, detail)
    return sheet


def _redraft(draft: Draft, reason: str, now: datetime) -> Sheet:
    if not queries.sheets(draft.round.id):
        raise Refusal(_("Đợt thi này chưa có bảng kết quả. Bảng được lập tự động sau khi đợt thi đóng."))
    if drafting.excluded_in(draft.round.id) != draft.excluded:
        raise Refusal(_("Vừa có người khác thay đổi kết quả đợt thi này. Hãy tải lại trang rồi làm lại."))
    return drafting.store(draft, reason, now)


def _subject(sheet: Sheet) -> tuple[str, int, str]:
    round_ = contests.round_for_staff(sheet.round_id)
    name = contests.contest_of(round_).name
    return "sheet", sheet.id, f"{name} – {round_.name}, bản {sheet.version}"
