"""The words people see for kinds of units, headcounts and faults of a table."""

from contest.language import Text, _
from contest.rules.unit_tree import Column, Problem
from contest.units.models import HeadcountKind, UnitKind

UNIT_KINDS: dict[str, Text] = {
    UnitKind.PROVINCE: _("Tỉnh, thành phố"),
    UnitKind.DEPARTMENT: _("Sở, ban, ngành"),
    UnitKind.COMMUNE: _("Xã, phường, đặc khu"),
    UnitKind.PARTY: _("Cơ quan Đảng"),
    UnitKind.YOUTH_UNION: _("Đoàn Thanh niên"),
    UnitKind.WOMEN_UNION: _("Hội Phụ nữ"),
    UnitKind.FATHERLAND_FRONT: _("Mặt trận Tổ quốc"),
    UnitKind.SCHOOL: _("Trường học"),
    UnitKind.PUBLIC_SERVICE: _("Đơn vị sự nghiệp"),
    UnitKind.ENTERPRISE: _("Doanh nghiệp"),
    UnitKind.ARMED_FORCES: _("Lực lượng vũ trang"),
    UnitKind.BRANCH: _("Chi đoàn, chi hội, tổ"),
    UnitKind.OTHER: _("Khác"),
}

HEADCOUNT_KINDS: dict[str, Text] = {
    HeadcountKind.OFFICIALS: _("Cán bộ, công chức, viên chức có mặt"),
    HeadcountKind.YOUTH: _("Đoàn viên"),
    HeadcountKind.RESIDENTS: _("Dân số trưởng thành"),
}

# The headings of the table that people download, fill in and send back.
COLUMNS: tuple[Text, ...] = (
    _("Mã"),
    _("Tên đơn vị"),
    _("Mã cấp trên"),
    _("Loại"),
    _("Khối"),
    _("Số cán bộ"),
    _("Số đoàn viên"),
    _("Dân số trưởng thành"),
)


# What a preview calls the field that would change.
FIELDS: dict[str, Text] = {
    Column.NAME: _("Tên"),
    Column.PARENT: _("Mã cấp trên"),
    Column.KIND: _("Loại"),
    Column.BLOCK: _("Khối"),
    "closed": _("Tình trạng"),
    **HEADCOUNT_KINDS,
}


def value(field: str, text: str) -> Text | str:
    """A value of a field as people call it; a dash for none."""
    if field == "closed":
        return _("đã đóng") if text else _("đang dùng")
    return UNIT_KINDS[text] if field == Column.KIND else text or "–"


def problem(kind: Problem, words: str) -> Text:
    """What is wrong with a row and what to do about it."""
    sentences: dict[Problem, Text] = {
        Problem.NO_CODE: _(
            "Chưa có mã. Hãy ghi một mã ngắn, không trùng, cho đơn vị “%(words)s”.", words=words
        ),
        Problem.NO_NAME: _("Chưa có tên. Hãy ghi tên cho đơn vị mã %(words)s.", words=words),
        Problem.REPEATED_CODE: _(
            "Mã %(words)s đã dùng ở một dòng trên. Mỗi đơn vị cần một mã riêng.", words=words
        ),
        Problem.UNKNOWN_PARENT: _(
            "Không có đơn vị cấp trên mã %(words)s. Hãy thêm đơn vị đó vào bảng hoặc sửa mã.", words=words
        ),
        Problem.FAULTY_PARENT: _(
            "Đơn vị cấp trên mã %(words)s đang có lỗi. Hãy sửa dòng đó trước.", words=words
        ),
        Problem.CYCLE: _(
            "Đơn vị này thuộc chính nó qua mã %(words)s. Hãy xem lại cột mã cấp trên.", words=words
        ),
        Problem.UNKNOWN_KIND: _(
            "Chưa hiểu loại “%(words)s”. Hãy dùng một trong các loại ghi ở tệp mẫu, ví dụ Sở, Phường, Trường học.",
            words=words,
        ),
        Problem.BAD_NUMBER: _("“%(words)s” không phải số người. Hãy ghi một số nguyên.", words=words),
        Problem.TOO_LONG: _("“%(words)s…” quá dài. Tên tối đa 200 ký tự, mã và khối tối đa 40.", words=words),
    }
    return sentences[kind]
