"""The words of contests for people: what each setting is called."""

from contest.contests.models import ConsentKind, DeclaredField, IdentifiedBy, Label
from contest.language import Text, _
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting, RankingKey, RankStyle
from contest.rules.timing import LateStart, Phase

LABELS: dict[Label, Text] = {Label.CONTEST: _("Cuộc thi"), Label.FESTIVAL: _("Hội thi")}

FIELDS: dict[DeclaredField, Text] = {
    DeclaredField.BIRTH_YEAR: _("Năm sinh"),
    DeclaredField.BIRTH_DATE: _("Ngày sinh đầy đủ"),
    DeclaredField.PHONE: _("Số điện thoại"),
    DeclaredField.STAFF_CODE: _("Mã cán bộ hoặc mã nhân viên"),
    DeclaredField.ADDRESS: _("Địa chỉ"),
    DeclaredField.UNIT: _("Đơn vị"),
    DeclaredField.SECOND_UNIT: _("Đơn vị thứ hai (chi đoàn, chi bộ)"),
    DeclaredField.BLOCK: _("Khối dự thi"),
}

# What the program knows the lists of units by; without them nobody could be found on one.
KNOWN_BY_ROSTER = "known_by_roster"

IDENTIFIED_BY: dict[IdentifiedBy, Text] = {
    IdentifiedBy.DECLARED: _("Số điện thoại; không có thì mã cán bộ"),
    IdentifiedBy.PHONE: _("Số điện thoại"),
    IdentifiedBy.STAFF_CODE: _("Mã cán bộ hoặc mã nhân viên"),
    IdentifiedBy.ROSTER: _("Danh sách của đơn vị: ai có tên trong danh sách mới dự thi được"),
}

CONSENTS: dict[ConsentKind, Text] = {
    ConsentKind.TAKE_PART: _("Đồng ý dự thi"),
    ConsentKind.PUBLISH: _("Đồng ý công bố tên"),
}

RANKING_KEYS: dict[RankingKey, Text] = {
    RankingKey.SCORE: _("Nhiều câu đúng hơn"),
    RankingKey.ALL_RIGHT_ONLY: _("Chỉ xếp hạng người đúng tất cả các câu"),
    RankingKey.PREDICTION: _("Dự đoán gần đúng hơn"),
    RankingKey.DURATION: _("Thời gian làm bài ngắn hơn"),
    RankingKey.HANDED_IN: _("Nộp bài sớm hơn"),
    RankingKey.DRAW: _("Bốc thăm công khai"),
}

RANK_STYLES: dict[RankStyle, Text] = {
    RankStyle.SKIP: _("1-2-2-4: hai người hạng nhì thì không có hạng ba"),
    RankStyle.DENSE: _("1-2-2-3: sau hai người hạng nhì vẫn có hạng ba"),
}

COUNTING: dict[Counting, Text] = {
    Counting.BEST: _("Lượt tốt nhất"),
    Counting.LAST: _("Lượt cuối cùng"),
    Counting.FIRST: _("Lượt đầu tiên"),
}

LATE_START: dict[LateStart, Text] = {
    LateStart.CUT: _("Hết giờ khi đợt thi đóng, dù chưa đủ số phút"),
    LateStart.RUN: _("Vẫn được làm đủ số phút"),
}

BLANK_RULES: dict[BlankRule, Text] = {
    BlankRule.WRONG: _("Tính là câu sai"),
    BlankRule.VOID: _("Cả bài không được tính điểm"),
}

TARGETS: dict[Target, Text] = {
    Target.ALL_RIGHT_PEOPLE: _("Số người trả lời đúng tất cả các câu"),
    Target.PEOPLE: _("Số người dự thi"),
    Target.ATTEMPTS: _("Số lượt thi"),
    Target.PERCENTAGE: _("Tỷ lệ phần trăm người trả lời đúng tất cả các câu"),
}

PHASES: dict[Phase, Text] = {
    Phase.BEFORE: _("Sắp mở"),
    Phase.OPEN: _("Đang mở"),
    Phase.PAUSED: _("Tạm dừng"),
    Phase.CLOSED: _("Đã đóng"),
}
