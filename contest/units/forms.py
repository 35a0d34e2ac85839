"""The forms of units."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from contest.rules.unit_tree import MOST_PEOPLE
from contest.units.words import HEADCOUNT_KINDS, UNIT_KINDS
from contest.web.forms import Form, TextLine, filled
from contest.web.translations import lazy

KINDS = [SelectChoice(kind, lazy(name)) for kind, name in UNIT_KINDS.items()]
COUNTED = [SelectChoice(kind, lazy(name)) for kind, name in HEADCOUNT_KINDS.items()]


class UnitForm(Form):
    """What can be changed about a unit."""

    name = TextLine(_l("Tên đơn vị"), filled())
    kind = SelectField(_l("Loại"), choices=KINDS)
    block = TextLine(
        _l("Khối"),
        [Optional(), Length(max=40)],
        description=_l("Khối mà người của đơn vị thường dự thi, ví dụ: Cán bộ, Người dân."),
    )
    parent = TextLine(
        _l("Cấp trên"),
        [Optional(), Length(max=250)],
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được. Để trống nếu là cấp cao nhất."),
        render_kw={"data-unit-search": ""},
    )


class NewUnitForm(UnitForm):
    """A unit that is not there yet: its code too."""

    code = TextLine(
        _l("Mã"),
        [*filled(40), Regexp(r"^\S+$", message=_l("Mã viết liền, không có dấu cách."))],
        description=_l("Viết liền, không trùng với đơn vị khác. Ví dụ: P07."),
    )


class HeadcountForm(Form):
    """How many people a unit has from a day on."""

    kind = SelectField(_l("Đối tượng"), choices=COUNTED)
    number = IntegerField(
        _l("Số người"),
        [InputRequired(), NumberRange(0, MOST_PEOPLE)],
        render_kw={"inputmode": "numeric"},
    )
    valid_from = DateField(
        _l("Tính từ ngày"),
        [InputRequired()],
        format="%d/%m/%Y",
        description=_l("Theo dạng 31/12/2026. Nhập lại cùng ngày là sửa số của ngày đó."),
        render_kw={"inputmode": "numeric", "type": "text"},
    )
    source = TextLine(
        _l("Nguồn số liệu"),
        filled(),
        description=_l("Ví dụ: Báo cáo số 12/BC-UBND ngày 05/01/2026."),
    )


class TableForm(Form):
    """A table of units."""

    file = FileField(
        _l("Tệp danh sách đơn vị"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("Tệp Excel (.xlsx) hoặc .csv, có ít nhất hai cột “Mã” và “Tên đơn vị”."),
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"},
    )
