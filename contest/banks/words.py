"""What the states and kinds of questions are called."""

from contest.banks.models import QuestionState
from contest.language import Text, _
from contest.rules.grading import Kind

STATES: dict[QuestionState, Text] = {
    QuestionState.PROPOSED: _("chờ duyệt"),
    QuestionState.RETURNED: _("trả lại để sửa"),
    QuestionState.APPROVED: _("đã duyệt"),
    QuestionState.RETIRED: _("ngừng dùng"),
}
# The shape that stands beside the word.
STATE_MARKS: dict[QuestionState, str] = {
    QuestionState.PROPOSED: "coming",
    QuestionState.RETURNED: "warn",
    QuestionState.APPROVED: "done",
    QuestionState.RETIRED: "closed",
}
KINDS: dict[Kind, Text] = {
    Kind.SINGLE: _("Chọn một phương án"),
    Kind.MULTIPLE: _("Chọn nhiều phương án"),
    Kind.TRUE_FALSE: _("Đúng hoặc sai"),
    Kind.SHORT_TEXT: _("Trả lời ngắn"),
    Kind.NUMBER: _("Trả lời bằng số"),
    Kind.ORDERING: _("Sắp xếp thứ tự"),
    Kind.MATCHING: _("Ghép đôi"),
}
# What the acts of the history are called on a question's own page.
ACTS: dict[str, Text] = {
    "question:add": _("thêm vào ngân hàng"),
    "question:edit": _("sửa thành phiên bản mới"),
    "question:approve": _("duyệt"),
    "question:return": _("trả lại để sửa"),
    "question:retire": _("ngừng dùng"),
    "question:restore": _("dùng lại"),
}
