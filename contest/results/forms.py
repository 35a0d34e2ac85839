"""The forms of the board's decisions about results."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length, Regexp

from contest.results.actions import SHORTEST_REASON
from contest.web.forms import Form, TextLine, filled


class DecisionForm(Form):
    """One attempt, and why it is taken out or put back."""

    attempt_id = HiddenField(validators=[Regexp(r"^\d{1,18}$")])
    reason = TextLine(
        _l("Lý do"),
        [*filled(500), Length(min=SHORTEST_REASON)],
        description=_l("Được ghi vào nhật ký và in cùng bản kết quả mới. Không ghi thông tin riêng tư."),
    )
