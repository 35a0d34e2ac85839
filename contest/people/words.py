"""The words of people's entries for people."""

from contest.contests.models import DeclaredField
from contest.language import Text, _

# What stands in place of a name whose owner had it erased; the database keeps the Vietnamese.
ERASED = "(đã xoá)"

# How each thing a person declared is called when it is shown back to them.
DECLARED: dict[DeclaredField, Text] = {
    DeclaredField.BIRTH_YEAR: _("Năm sinh"),
    DeclaredField.PHONE: _("Số điện thoại"),
    DeclaredField.STAFF_CODE: _("Mã cán bộ, nhân viên"),
    DeclaredField.UNIT: _("Đơn vị"),
    DeclaredField.BLOCK: _("Khối dự thi"),
}
