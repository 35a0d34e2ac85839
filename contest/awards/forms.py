"""The form by which awards for units are set up."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from contest.awards.actions import TypedAwards
from contest.awards.words import MEASURES
from contest.units.words import UNIT_KINDS
from contest.web.forms import Form, TextLine, filled
from contest.web.translations import lazy


def _number(label: Any, default: int, most: int = 1000) -> IntegerField:
    return IntegerField(
        label, [InputRequired(), NumberRange(0, most)], default=default, render_kw={"inputmode": "numeric"}
    )


class AwardForm(Form):
    """Which units compete, by what, for how many prizes."""

    name = TextLine(_l("Tên giải"), filled(), description=_l("Ví dụ: Giải tập thể khối xã, phường."))
    measure = SelectField(
        _l("Xét theo"), choices=[SelectChoice(one, lazy(name)) for one, name in MEASURES.items()]
    )
    kinds = SelectMultipleField(
        _l("Loại đơn vị được xét"),
        choices=[SelectChoice(kind, lazy(name)) for kind, name in UNIT_KINDS.items()],
        description=_l("Không chọn loại nào: mọi đơn vị ngay dưới cấp cao nhất."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    block = SelectField(_l("Khối dự thi"), coerce=int, default=0)
    floor = BooleanField(_l("Chỉ xét đơn vị đã đạt chỉ tiêu theo quy mô"))
    firsts = _number(_l("Số giải nhất"), 1)
    seconds = _number(_l("Số giải nhì"), 2)
    thirds = _number(_l("Số giải ba"), 3)
    consolations = _number(_l("Số giải khuyến khích"), 5)
    first_points = _number(_l("Điểm cho mỗi người hạng nhất"), 10)
    second_points = _number(_l("Điểm cho mỗi người hạng nhì"), 8)
    third_points = _number(_l("Điểm cho mỗi người hạng ba"), 6)

    NUMBERS = ("firsts", "seconds", "thirds", "consolations", "first_points", "second_points", "third_points")

    def typed(self) -> TypedAwards:
        """What was typed."""
        return TypedAwards(
            name=self.name.data,
            measure=self.measure.data,
            unit_kinds=",".join(self.kinds.data or ()),
            block_id=self.block.data or None,
            floor=self.floor.data,
            **{number: self[number].data for number in self.NUMBERS},
        )
