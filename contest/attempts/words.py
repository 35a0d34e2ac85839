"""The words of attempts for people."""

from datetime import datetime

from contest.clock import VIETNAM
from contest.contests.moments import closing
from contest.language import Text, _
from contest.rules.grading import Kind

PAUSED = _("Đợt thi đang tạm dừng nên chưa bắt đầu bài mới được. Hãy giữ trang này và thử lại sau ít phút.")
NOT_PUBLISHED = _("Đợt thi chưa công bố nên đồng hồ chưa chạy cho ai. Hãy công bố đợt thi trước.")
NOT_PAUSED = _("Đợt thi không còn tạm dừng: có người vừa cho tiếp tục. Hãy tải lại trang để xem.")
NOTHING_TO_PAUSE = _("Đợt thi đã đóng và không còn ai đang làm bài nên không có gì để dừng.")
ALREADY_WITHDRAWN = _("Thời gian gia hạn này đã được thu hồi rồi. Hãy tải lại trang để xem.")
TOO_FAST = _(
    "Có quá nhiều lần gửi trong thời gian ngắn. Câu đã chọn vẫn được giữ; hãy đợi một lát rồi gửi lại."
)
TIME_IS_UP = _("Đã hết giờ làm bài.")
NEWER_ELSEWHERE = _(
    "Câu này đã có câu trả lời mới hơn từ một cửa sổ hoặc thiết bị khác; câu đó được giữ lại."
)
NO_SUCH_ANSWER = _("Câu trả lời này không có trong đề. Hãy tải lại trang rồi chọn lại.")

# What to do about an answer that cannot be one, where the kind of the question says more.
NO_ANSWER: dict[Kind, Text] = {
    Kind.NUMBER: _("Câu này trả lời bằng số. Hãy ghi bằng chữ số, ví dụ 25.980 hoặc 3,14."),
    Kind.ORDERING: _("Hãy xếp đủ các mục, mỗi mục vào một vị trí."),
}


def already_paused(since: datetime) -> Text:
    """Somebody else was quicker."""
    return _("Đợt thi đã tạm dừng từ %(at)s. Hãy tải lại trang để xem.", at=clock_time(since))


def allowed(minutes: int, extra_seconds: int) -> Text:
    """How long somebody has: "20 phút", or "30 phút, đã gia hạn từ 20"."""
    if not extra_seconds:
        return _("%(minutes)s phút", minutes=minutes)
    return _("%(all)s phút, đã gia hạn từ %(minutes)s", all=minutes - -extra_seconds // 60, minutes=minutes)


def time_given(minutes: int, extra_seconds: int) -> Text:
    """More time, as a sentence."""
    return _("Thời gian làm bài của bạn: %(allowed)s.", allowed=allowed(minutes, extra_seconds))


def stands_still(since: datetime, reason: str) -> Text:
    """The round is paused."""
    return _(
        "Đợt thi tạm dừng từ %(at)s: %(reason)s. Đồng hồ của bạn đứng lại, câu đã chọn được giữ nguyên.",
        at=clock_time(since),
        reason=reason.rstrip(" ."),
    )


def closes_later(first: datetime, now_at: datetime) -> Text:
    """The closing has been moved."""
    return _(
        "Đợt thi đóng muộn hơn: %(later)s thay vì %(first)s.", later=closing(now_at), first=closing(first)
    )


def handed_in(at: datetime) -> Text:
    """Why nothing is accepted any more."""
    return _("Bài này đã nộp lúc %(at)s.", at=clock_time(at))


def clock_time(at: datetime) -> str:
    """10:42:07, as clocks in Vietnam show it."""
    return at.astimezone(VIETNAM).strftime("%H:%M:%S")


def not_open_yet(opens_at: datetime) -> Text:
    """The round has not opened."""
    return _("Đợt thi chưa mở. Hãy quay lại lúc %(at)s.", at=_moment(opens_at))


def closed(closes_at: datetime) -> Text:
    """The round has closed."""
    return _(
        "Đợt thi đã đóng lúc %(at)s nên không bắt đầu được nữa. Hãy xem kết quả ở trang của cuộc thi.",
        at=closing(closes_at),
    )


def all_used(allowed: int) -> Text:
    """No attempt is left."""
    return _(
        "Bạn đã dùng hết %(allowed)s lượt thi của đợt này. Biên nhận bài thi có ở trang của đợt thi.",
        allowed=allowed,
    )


def _moment(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
