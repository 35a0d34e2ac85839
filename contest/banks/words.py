"""What the states and kinds of questions are called."""

from contest.banks.models import QuestionState
from contest.banks.sources import Why
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
# What the rows of a question's form are for, by kind.
ROWS_IN_WORDS: dict[Kind, Text] = {
    Kind.SINGLE: _("Đánh dấu phương án đúng. Để trống ô nào thì bỏ phương án ở ô đó."),
    Kind.MULTIPLE: _("Đánh dấu tất cả các phương án đúng. Để trống ô nào thì bỏ phương án ở ô đó."),
    Kind.TRUE_FALSE: _("Ghi hai phương án Đúng và Sai rồi đánh dấu phương án đúng."),
    Kind.SHORT_TEXT: _(
        "Ghi mỗi cách trả lời được chấp nhận vào một ô. Chữ hoa hay thường, vị trí dấu thanh, khoảng trắng và "
        "chữ viết tắt thông dụng như UBND không tính là khác."
    ),
    Kind.NUMBER: _("Ghi số đúng vào ô đầu, ví dụ 25.980 hoặc 3,14."),
    Kind.ORDERING: _("Ghi các mục theo thứ tự đúng, mỗi mục một ô. Đề thi sẽ tự xáo thứ tự."),
    Kind.MATCHING: _(
        "Ghi từng cặp: ô trên là vế trái, ô dưới là vế phải ghép với nó. Muốn thêm vế phải gây nhiễu thì "
        "để trống ô trên."
    ),
}
# Why a question should be looked at again, and the shape beside it.
WHYS: dict[Why, Text] = {
    Why.ENDED: _("căn cứ đã hết hiệu lực"),
    Why.ENDING: _("căn cứ sắp hết hiệu lực"),
    Why.REPEALED: _("nêu văn bản đã bị thay thế"),
    Why.UNIT: _("nêu đơn vị không còn"),
}
# What the acts of the history are called on a question's own page.
ACTS: dict[str, Text] = {
    "question:add": _("thêm vào ngân hàng"),
    "question:sort": _("đổi chủ đề, mức độ hoặc nhãn"),
    "question:tag": _("đổi nhãn"),
    "question:edit": _("sửa thành phiên bản mới"),
    "question:approve": _("duyệt"),
    "question:return": _("trả lại để sửa"),
    "question:retire": _("ngừng dùng"),
    "question:restore": _("dùng lại"),
}
