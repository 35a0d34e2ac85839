"""The forms of targets."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from contest.rules.targets import Tier
from contest.rules.unit_cells import MOST_PEOPLE
from contest.units.words import UNIT_KINDS
from contest.web.forms import Form, TextLine, filled
from contest.web.translations import lazy

MOST_TIERS = 6


class TiersForm(Form):
    """Up to six tiers: from which size on, which percentage, how many people at least; for which kinds of units."""

    kinds = SelectMultipleField(
        _l("Các mức áp dụng cho loại đơn vị"),
        choices=[],
        description=_l(
            "Mức áp dụng cho đơn vị thuộc các loại này có số người của chính mình. Đơn vị cấp trên không thuộc "
            "các loại này, như tỉnh, có chỉ tiêu bằng tổng chỉ tiêu các đơn vị bên dưới."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, kinds: Iterable[str]) -> None:
        """The kinds of units there are to choose from."""
        self.kinds.choices = [SelectChoice(kind, lazy(UNIT_KINDS[kind])) for kind in kinds]

    def tiers(self) -> list[Tier]:
        """The tiers that were filled in; a line without a size begins at 0."""
        found = []
        for n in range(1, MOST_TIERS + 1):
            size, share, people = (self[f"{name}{n}"].data for name in ("size", "share", "people"))
            if (size, share, people) != (None, None, None):
                found.append(Tier(size or 0, None if share is None else share * 100, people))
        return found


for _n in range(1, MOST_TIERS + 1):
    _number = {"inputmode": "numeric"}
    for _name, _label, _most in (
        ("size", _l("Quy mô từ (người)"), MOST_PEOPLE),
        ("share", _l("Tỷ lệ (phần trăm)"), 100),
        ("people", _l("Ít nhất (người)"), MOST_PEOPLE),
    ):
        setattr(
            TiersForm,
            f"{_name}{_n}",
            IntegerField(_label, [Optional(), NumberRange(0, _most)], render_kw=_number),
        )


def filled_in(tiers: list[Tier]) -> dict[str, int | None]:
    """The fields of the form as the tiers stand."""
    return {
        f"{name}{n}": value
        for n, tier in enumerate(tiers[:MOST_TIERS], start=1)
        for name, value in (
            ("size", tier.from_size),
            ("share", None if tier.share is None else tier.share // 100),
            ("people", tier.people),
        )
    }


class TargetFileForm(Form):
    """A table of targets."""

    file = FileField(
        _l("Tệp chỉ tiêu"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l(
            "Tệp Excel (.xlsx) hoặc .csv, có hai cột “Mã” và “Chỉ tiêu riêng”; ô trống là theo quy mô."
        ),
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"},
    )


class OwnTargetForm(Form):
    """A number for one unit."""

    unit = TextLine(
        _l("Đơn vị"),
        filled(250),
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được."),
        render_kw={"data-unit-search": ""},
    )
    people = IntegerField(
        _l("Số người cần đạt"),
        [Optional(), NumberRange(0, MOST_PEOPLE)],
        description=_l("Để trống để bỏ chỉ tiêu riêng."),
        render_kw={"inputmode": "numeric"},
    )
