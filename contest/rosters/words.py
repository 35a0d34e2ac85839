"""The words people see about staff lists."""

from contest.language import Text, _
from contest.rosters.models import DraftState, MatchState
from contest.rules.matching import Ground
from contest.rules.roster_table import Problem

# The headings of the file that people download, fill in and send back.
COLUMNS: tuple[Text, ...] = (
    _("Mã cán bộ"),
    _("Họ và tên"),
    _("Ngày sinh"),
    _("Số điện thoại"),
    _("Mã đơn vị"),
    _("Phòng, bộ phận"),
)

STATES: dict[str, Text] = {
    DraftState.FAULTY: _("Có lỗi"),
    DraftState.CHANGED: _("Thay đổi"),
    DraftState.NEW: _("Người mới"),
    DraftState.SAME: _("Không đổi"),
}

MATCHES: dict[str | None, Text] = {
    MatchState.SURELY: _("đã vào thi"),
    MatchState.ACCEPTED: _("đã vào thi, có xác nhận"),
    MatchState.PERHAPS: _("chờ xác nhận"),
    None: _("chưa thấy vào thi"),
}
MATCH_BADGES: dict[str | None, str] = {
    MatchState.SURELY: "done",
    MatchState.ACCEPTED: "done",
    MatchState.PERHAPS: "warn",
    None: "plain",
}

GROUNDS: dict[str, Text] = {
    Ground.CODE: _("Cùng mã cán bộ"),
    Ground.PHONE: _("Cùng số điện thoại"),
    Ground.NAME_AND_BIRTH: _("Cùng họ tên, cùng ngày hoặc năm sinh"),
    Ground.NAME: _("Cùng họ tên, ngày sinh chưa đủ để biết"),
    "pass": _("Vào bằng thẻ dự thi"),
}

NOBODY_TO_PRINT = _("Không còn ai cần thẻ: mọi người trong danh sách này đã vào thi hoặc thẻ đã bị thu hồi.")
TOO_MANY_CARDS = _("Mỗi lần in tối đa %(most)s thẻ. Hãy chọn từng đơn vị trong danh sách rồi in.")

# What is to be said about a line: its words, and the line it repeats, are filled in.
_SENTENCES: dict[Problem, Text] = {
    Problem.NO_NAME: _("Chưa có họ tên. Hãy ghi họ và tên."),
    Problem.BAD_NAME: _("“%(words)s” chưa phải họ và tên. Hãy ghi cả họ và tên, chỉ dùng chữ."),
    Problem.BAD_CODE: _("Mã “%(words)s” có dấu không dùng được. Mã chỉ gồm chữ, số và các dấu - . / _."),
    Problem.BAD_PHONE: _("“%(words)s” không phải số điện thoại Việt Nam. Hãy ghi 10 chữ số hoặc để trống."),
    Problem.BAD_BIRTH: _("Không có ngày “%(words)s”. Hãy ghi theo dạng 31/12/1990, hoặc chỉ ghi năm."),
    Problem.SWAPPED_BIRTH: _("“%(words)s” có tháng đứng trước ngày. Hãy ghi ngày trước, ví dụ 31/12/1990."),
    Problem.SHORT_YEAR: _("“%(words)s” ghi năm bằng hai chữ số. Hãy ghi đủ bốn, ví dụ 31/12/1990."),
    Problem.BIRTH_OUT_OF_REACH: _("Năm sinh trong “%(words)s” không hợp lý. Hãy xem lại."),
    Problem.REPEATED_CODE: _("Mã %(words)s đã dùng ở dòng %(line)s. Mỗi người cần một mã riêng."),
    Problem.REPEATED_PERSON: _("%(words)s đã có ở dòng %(line)s. Nếu là hai người, hãy ghi mã hoặc ngày sinh."),
    Problem.UNKNOWN_UNIT: _("Không có đơn vị mã %(words)s trong phạm vi này. Hãy sửa mã hoặc để trống."),
    Problem.TOO_LONG: _("“%(words)s…” quá dài. Hãy rút ngắn."),
    Problem.MENDED_CODE: _("Mã được thêm số 0 ở đầu cho đủ độ dài: %(words)s."),
    Problem.MENDED_BIRTH: _("Ngày sinh ghi “%(words)s” đã được đọc lại thành ngày/tháng/năm."),
    Problem.DOUBTED_BIRTH: _("Excel có thể đã đổi chỗ ngày và tháng của “%(words)s”. Hãy xem lại ngày sinh."),
    Problem.SHARED_PHONE: _("Số %(words)s có ở nhiều dòng, nên không đủ để nhận ra một người."),
    Problem.LISTED_ELSEWHERE: _("Người cùng tên và số %(words)s đã có trong danh sách của đơn vị khác."),
}  # fmt: skip


def remark(problem: str, words: str) -> Text:
    """What is to be said about a line and what to do; `words` may end in "|" and the line it repeats."""
    said, _sign, line = words.rpartition("|")
    repeats = problem in (Problem.REPEATED_CODE, Problem.REPEATED_PERSON)
    source = _SENTENCES[Problem(problem)].source
    return Text(source, {"words": said, "line": line} if repeats else {"words": words})
