"""The form by which somebody is moved to the right unit."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from contest.web.forms import Form, TextLine, filled


class MoveForm(Form):
    """Where to, and why."""

    unit = TextLine(
        _l("Đơn vị đúng"),
        [InputRequired(), Length(max=250)],
        description=_l("Gõ vài chữ trong tên hoặc mã, có dấu hay không đều được."),
        render_kw={"data-unit-search": "", "autocomplete": "off"},
    )
    reason = TextLine(
        _l("Lý do"), filled(), description=_l("Ví dụ: chọn nhầm phường cùng tên. Lý do được ghi vào nhật ký.")
    )
