"""The forms of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from contest.permissions import ROLE_NAMES
from contest.staff.actions import SHORTEST_PASSWORD
from contest.web.forms import Form, TextLine, filled
from contest.web.translations import lazy

ROLES = [SelectChoice(role.value, lazy(name)) for role, name in ROLE_NAMES.items()]


looks_like_an_address = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Địa chỉ thư điện tử chưa đúng. Ví dụ: lan@example.vn.")
)


class SignInForm(Form):
    """Address and password."""

    email = EmailField(_l("Thư điện tử"), filled())
    password = PasswordField(_l("Mật khẩu"), [InputRequired(), Length(max=200)])


class NewPasswordForm(Form):
    """A password, typed twice."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        [InputRequired(), Length(min=SHORTEST_PASSWORD, max=200)],
        description=_l("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó."),
    )
    again = PasswordField(_l("Nhập lại mật khẩu mới"), [InputRequired(), EqualTo("password")])


class ChangePasswordForm(NewPasswordForm):
    """The old password first."""

    old = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(), Length(max=200)])


class InviteForm(Form):
    """Whom to invite, and as what."""

    name = TextLine(_l("Họ và tên"), filled())
    email = EmailField(_l("Thư điện tử"), [*filled(), looks_like_an_address])
    role = SelectField(_l("Vai trò"), choices=ROLES)
    unit = TextLine(
        _l("Đơn vị"),
        [Length(max=250)],
        description=_l("Chỉ với đầu mối đơn vị: gõ tên hoặc mã, có dấu hay không đều được."),
        render_kw={"data-unit-search": ""},
    )
