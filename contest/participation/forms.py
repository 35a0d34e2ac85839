"""The one form of participation: what the public statistics name."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from contest.web.forms import Form

MOST_NAMED = 20


class StatisticsForm(Form):
    """How many units with the lowest rates are named in public."""

    lowest = IntegerField(
        _l("Số đơn vị có tỷ lệ thấp nhất được nêu tên công khai"),
        [InputRequired(), NumberRange(min=0, max=MOST_NAMED)],
        description=_l("Ghi 0 để không nêu tên đơn vị nào."),
        render_kw={"inputmode": "numeric"},
    )
