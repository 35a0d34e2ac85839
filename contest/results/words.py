"""The words of results for people."""

from enum import StrEnum

from contest.language import Text, _
from contest.results.hints import Hint
from contest.results.models import SheetState
from contest.rules.item_analysis import Discrimination, Facility
from contest.rules.prediction import Target


class RoundState(StrEnum):
    """Where a round stands on its way to published results."""

    COMING = "coming"
    OPEN = "open"
    COUNTING = "counting"
    NOBODY = "nobody"
    REVIEW = "review"
    PUBLISHED = "published"
    CHANGED = "changed"


ROUND_STATES: dict[RoundState, Text] = {
    RoundState.COMING: _("Chưa mở"),
    RoundState.OPEN: _("Đang mở"),
    RoundState.COUNTING: _("Đang tổng hợp"),
    RoundState.NOBODY: _("Không có ai nộp bài"),
    RoundState.REVIEW: _("Chờ soát và công bố"),
    RoundState.PUBLISHED: _("Đã công bố"),
    RoundState.CHANGED: _("Đã công bố, có bản mới chờ công bố"),
}

# The shape beside the word, see the macro `badge`.
ROUND_STATE_MARKS: dict[RoundState, str] = {
    RoundState.COMING: "coming",
    RoundState.OPEN: "open",
    RoundState.COUNTING: "coming",
    RoundState.NOBODY: "closed",
    RoundState.REVIEW: "warn",
    RoundState.PUBLISHED: "done",
    RoundState.CHANGED: "warn",
}

SHEET_STATES: dict[SheetState, Text] = {
    SheetState.DRAFT: _("bản dự thảo"),
    SheetState.PUBLISHED: _("bản đang công bố"),
    SheetState.REPLACED: _("bản đã được thay"),
}

HINTS: dict[Hint, Text] = {
    Hint.TOO_FAST: _("Dưới 2 giây mỗi câu"),
    Hint.TOGETHER: _("Trùng điểm và thời gian làm bài với người cùng đơn vị nộp cách không quá 1 phút"),
    Hint.SAME_WRONG: _("Sai giống hệt một người khác ở nhiều câu"),
    Hint.ONE_DEVICE: _("Nhiều người dự thi trên cùng một thiết bị"),
}

# What speaks against each: the board reads both before it decides anything.
AGAINST: dict[Hint, Text] = {
    Hint.TOO_FAST: _("Có thể người này đã ôn kỹ bộ câu hỏi, hoặc làm trên giấy trước rồi mới nhập."),
    Hint.TOGETHER: _("Cùng đơn vị thường thi cùng một buổi; điểm tuyệt đối và thời gian tròn dễ trùng nhau."),
    Hint.SAME_WRONG: _(
        "Có thể cùng học một tài liệu sai, hoặc phương án sai ấy là phương án nhiều người chọn."
    ),
    Hint.ONE_DEVICE: _(
        "Gia đình, lớp học, cơ quan thường dùng chung một máy; máy có người hỗ trợ không bị tính ở đây."
    ),
}

ACTUAL: dict[Target, Text] = {
    Target.ALL_RIGHT_PEOPLE: _("Số người đúng tất cả các câu (đáp án câu dự đoán)"),
    Target.PEOPLE: _("Số người dự thi có tên trong bảng (đáp án câu dự đoán)"),
    Target.ATTEMPTS: _("Số lượt thi không bị loại (đáp án câu dự đoán)"),
    Target.PERCENTAGE: _("Tỷ lệ phần trăm người đúng tất cả các câu (đáp án câu dự đoán)"),
}

RANKS: dict[int, Text] = {1: _("Hạng nhất"), 2: _("Hạng nhì"), 3: _("Hạng ba")}

FIRST_DRAFT = "Bản đầu tiên, lập tự động sau khi đợt thi đóng."

FACILITIES: dict[Facility, Text] = {
    Facility.EASY: _("dễ"),
    Facility.MEDIUM: _("vừa"),
    Facility.HARD: _("khó"),
}
FACILITY_MARKS: dict[Facility, str] = {
    Facility.EASY: "warn",
    Facility.MEDIUM: "plain",
    Facility.HARD: "warn",
}

DISCRIMINATIONS: dict[Discrimination, Text] = {
    Discrimination.GOOD: _("phân biệt tốt"),
    Discrimination.FAIR: _("phân biệt khá"),
    Discrimination.LOOK_AGAIN: _("xem lại"),
    Discrimination.SUSPECT_KEY: _("nghi sai đáp án"),
}
DISCRIMINATION_MARKS: dict[Discrimination, str] = {
    Discrimination.GOOD: "done",
    Discrimination.FAIR: "plain",
    Discrimination.LOOK_AGAIN: "warn",
    Discrimination.SUSPECT_KEY: "stop",
}
