"""The forms of units."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from contest.rules.unit_cells import MOST_PEOPLE
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


class NewUnitForm(UnitForm):
    """A unit that is not there yet: its code and its place too."""

    parent = TextLine(
        _l("Cấp trên"),
        [Optional(), Length(max=250)],
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được. Để trống nếu là cấp cao nhất."),
        render_kw={"data-unit-search": ""},
    )

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
        description=_l(
            "Theo dạng 31/12/2026. Nhập lại cùng ngày là sửa số của ngày đó; số trước vẫn xem lại được."
        ),
        render_kw={"inputmode": "numeric", "type": "text"},
    )
    source = TextLine(
        _l("Nguồn số liệu"),
        filled(),
        description=_l("Ví dụ: Báo cáo số 12/BC-UBND ngày 05/01/2026."),
    )
    note = TextLine(_l("Ghi chú"), [Optional(), Length(max=200)])


class TableForm(Form):
    """A table of units."""

    file = FileField(
        _l("Tệp danh sách đơn vị"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("Tệp Excel (.xlsx) hoặc .csv, có ít nhất hai cột “Mã” và “Tên đơn vị”."),
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"},
    )


SEARCHED = {"data-unit-search": ""}
TYPED_DAY = {"inputmode": "numeric", "type": "text"}
# How many units one may be split into on one page.
MOST_PARTS = 6


class MoveForm(Form):
    """Where a unit, with all below it, is to hang."""

    parent = TextLine(
        _l("Cấp trên mới"),
        [Optional(), Length(max=250)],
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được. Để trống nếu là cấp cao nhất."),
        render_kw=SEARCHED,
    )
    confirmed = BooleanField()


class _ChangeForm(Form):
    effective_on = DateField(
        _l("Từ ngày"),
        [InputRequired()],
        format="%d/%m/%Y",
        description=_l("Theo dạng 31/12/2026. Ngày chưa đến thì việc này tự thực hiện vào ngày đó."),
        render_kw=TYPED_DAY,
    )
    basis = TextLine(
        _l("Căn cứ"),
        [Optional(), Length(max=200)],
        description=_l("Nghị quyết, quyết định; có thể để trống."),
    )
    confirmed = BooleanField()


class RenameForm(_ChangeForm):
    """What a unit is called from a day on."""

    name = TextLine(_l("Tên mới"), filled())


class CloseForm(_ChangeForm):
    """From when a unit is no more."""


class MergeForm(_ChangeForm):
    """Into which unit another one goes."""

    into = TextLine(
        _l("Nhập vào đơn vị"),
        filled(250),
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được."),
        render_kw=SEARCHED,
    )


class SplitForm(_ChangeForm):
    """Into which units one is divided: part n has the fields unitn and sharen."""

    takes = RadioField(
        _l("Người đã dự thi của đơn vị cũ"),
        choices=[SelectChoice("0", _l("Giữ ở dòng của đơn vị cũ, vì không biết ai thuộc đơn vị nào"))]
        + [SelectChoice(str(n), _l("Tính cho đơn vị thứ %(n)s", n=n)) for n in range(1, MOST_PARTS + 1)],
        default="0",
    )

    def parts(self) -> list[tuple[str, int]]:
        """The parts that were filled in: what was typed for the unit, and its share in hundredths of a percent."""
        filled_in = ((self[f"unit{n}"].data, self[f"share{n}"].data) for n in range(1, MOST_PARTS + 1))
        return [(unit, (share or 0) * 100) for unit, share in filled_in if unit]


for _n in range(1, MOST_PARTS + 1):
    setattr(
        SplitForm,
        f"unit{_n}",
        TextLine(_l("Đơn vị thứ %(n)s", n=_n), [Optional(), Length(max=250)], render_kw=SEARCHED),
    )
    setattr(
        SplitForm,
        f"share{_n}",
        IntegerField(
            _l("Phần trăm số người"),
            [Optional(), NumberRange(0, 100)],
            render_kw={"inputmode": "numeric"},
        ),
    )


class NameForm(Form):
    """Another name under which a unit is to be found."""

    name = TextLine(_l("Tên"), filled())
    old = RadioField(
        _l("Đó là"),
        choices=[SelectChoice("old", _l("tên cũ")), SelectChoice("alias", _l("tên gọi khác"))],
        default="alias",
    )
    last_day = DateField(
        _l("Mang tên này đến hết ngày"),
        [Optional()],
        format="%d/%m/%Y",
        description=_l("Chỉ cho tên cũ; có thể để trống."),
        render_kw=TYPED_DAY,
    )
