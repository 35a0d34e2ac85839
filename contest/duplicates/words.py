"""The words people see about entrants who may be one person."""

from contest.language import Text, _
from contest.rules.duplicates import Likeness, Sign

MERGED_ALREADY = _("Hai bên đã được gộp. Hãy tải lại trang để xem, hoặc tách ra nếu gộp nhầm.")
NOT_MERGED = _("Hai bên không còn được gộp. Hãy tải lại trang để xem.")
MERGED_ELSEWHERE = _("Một trong hai bên đã được gộp với người khác. Hãy tách bên ấy ra trước.")
KEEP_THE_OTHER = _(
    "Bên không giữ đang mang bài gộp từ người khác. Hãy chọn giữ bên ấy, hoặc tách bên ấy ra trước."
)
ERASED = _("Một trong hai bên đã xóa dữ liệu của mình nên không đổi được nữa. Các lượt thi vẫn được đếm.")
AT_WORK = _("Một trong hai bên đang làm bài. Hãy đợi bài được nộp rồi làm lại.")
JUST_DECLARED = _("Một trong hai bên vừa khai thông tin. Hãy thử lại sau vài giây.")

# Why a new version of the standings was drafted; kept with the sheet.
REDRAFTED = "Gộp hoặc tách người dự thi trùng"

LIKENESSES: dict[str, tuple[Text, str]] = {
    Likeness.LIKELY: (_("Rất giống"), "warn"),
    Likeness.POSSIBLE: (_("Có thể"), "plain"),
}

SIGNS: dict[Sign, Text] = {
    Sign.SAME_CODE: _("cùng mã cán bộ"),
    Sign.SAME_PHONE: _("cùng số điện thoại"),
    Sign.SAME_NAME: _("cùng họ tên"),
    Sign.SIMILAR_NAME: _("họ tên gần giống"),
    Sign.SAME_BIRTH_DATE: _("cùng ngày sinh"),
    Sign.SAME_BIRTH_YEAR: _("cùng năm sinh"),
    Sign.SAME_UNIT: _("cùng đơn vị"),
    Sign.OTHER_CODE: _("mã cán bộ khác nhau"),
    Sign.OTHER_PHONE: _("số điện thoại khác nhau"),
    Sign.OTHER_NAME: _("họ tên khác nhau"),
    Sign.OTHER_ACCENTS: _("dấu trong họ tên khác nhau"),
    Sign.OTHER_BIRTH: _("ngày hoặc năm sinh khác nhau"),
    Sign.OTHER_UNIT: _("đơn vị khác nhau"),
    Sign.ASSISTED: _("có người hỗ trợ, nên số điện thoại có thể là của người giúp"),
}
