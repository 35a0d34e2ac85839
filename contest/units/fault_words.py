"""What is wrong with a row of a table of units and what to do about it, in words."""

from contest.language import Text, _
from contest.rules.unit_rows import Problem

_SENTENCES: dict[Problem, Text] = {
    Problem.NO_CODE: _("Chưa có mã. Hãy ghi một mã ngắn, không trùng, cho đơn vị “%(words)s”."),
    Problem.NO_NAME: _("Chưa có tên. Hãy ghi tên cho đơn vị mã %(words)s."),
    Problem.REPEATED_CODE: _("Mã %(words)s đã dùng ở một dòng trên. Mỗi đơn vị cần một mã riêng."),
    Problem.UNKNOWN_PARENT: _(
        "Không có đơn vị cấp trên mã %(words)s. Hãy thêm đơn vị đó vào bảng hoặc sửa mã."
    ),
    Problem.FAULTY_PARENT: _("Đơn vị cấp trên mã %(words)s đang có lỗi. Hãy sửa dòng đó trước."),
    Problem.CYCLE: _("Đơn vị này thuộc chính nó qua mã %(words)s. Hãy xem lại cột mã cấp trên."),
    Problem.UNKNOWN_KIND: _(
        "Chưa hiểu loại “%(words)s”. Hãy dùng một trong các loại ghi ở tệp mẫu, ví dụ Sở, Phường, Trường học.",
    ),
    Problem.BAD_NUMBER: _("“%(words)s” không phải số người. Hãy ghi một số nguyên."),
    Problem.BAD_DATE: _("“%(words)s” không phải ngày. Hãy ghi theo dạng 31/12/2026."),
    Problem.STILL_TO_COME: _("Ngày %(words)s chưa đến. Việc đóng về sau được ghi ở trang của đơn vị."),
    Problem.CLOSED_PARENT: _(
        "Đơn vị cấp trên mã %(words)s đã đóng. Hãy đóng cả đơn vị này hoặc ghi cấp trên khác.",
    ),
    Problem.UNCLEAR_SUCCESSORS: _(
        "Chưa hiểu đơn vị kế tiếp “%(words)s”. Hãy ghi một mã; nếu chia tách, ghi từng mã với phần trăm "
        "số người, cộng đúng 100: X01 60%% +; X02 40%%.",
    ),
    Problem.UNKNOWN_SUCCESSOR: _(
        "Không có đơn vị kế tiếp mã %(words)s. Hãy thêm đơn vị đó vào bảng hoặc sửa mã."
    ),
    Problem.OWN_SUCCESSOR: _(
        "Đơn vị kế tiếp mã %(words)s là chính nó hoặc nằm dưới nó. Hãy ghi cấp trên khác cho đơn vị ấy trước.",
    ),
    Problem.CLOSED_SUCCESSOR: _(
        "Đơn vị kế tiếp mã %(words)s đã đóng trước ngày này. Hãy ghi đơn vị khác hoặc sửa ngày.",
    ),
    Problem.NO_DAY: _("Có đơn vị kế tiếp “%(words)s” mà chưa có ngày. Hãy ghi ngày ở cột “Đóng từ ngày”."),
    Problem.STILL_HAS_CHILDREN: _(
        "Còn đơn vị trực thuộc “%(words)s” không có trong tệp. "
        "Hãy thêm đơn vị ấy vào tệp với cấp trên mới, hoặc chuyển nó trước.",
    ),
    Problem.TOO_LONG: _("“%(words)s…” quá dài. Tên tối đa 200 ký tự, mã và khối tối đa 40."),
}


def problem(kind: Problem, words: str) -> Text:
    """The sentence, with the words of the file it is about."""
    return Text(_SENTENCES[kind].source, {"words": words})
