"""The words of attempts for people."""

from datetime import datetime

from contest.clock import VIETNAM
from contest.contests.moments import closing
from contest.language import Text, _
from contest.rules.grading import Kind

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
