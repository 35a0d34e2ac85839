"""The form of access for a program."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Length

from contest.web.forms import Form, TextLine, filled


class TokenForm(Form):
    """Which program, and what it may read."""

    name = TextLine(
        _l("Tên chương trình"),
        filled(),
        description=_l("Ví dụ: cổng thông tin điện tử, kho dữ liệu của Sở. Để sau này biết mã nào của ai."),
    )
    unit = TextLine(
        _l("Đơn vị"),
        [Length(max=250)],
        description=_l("Chỉ đọc được đơn vị này và các đơn vị bên dưới. Để trống là mọi đơn vị."),
        render_kw={"data-unit-search": ""},
    )
    drafts = BooleanField(_l("Đọc được cả bảng xếp hạng chưa công bố, có tên người"))
