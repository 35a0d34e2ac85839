"""Pages of accounts: sign-in, invitations, passwords, the list, and the history."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from contest import clock, history
from contest.acts import ACTS, SUBJECTS
from contest.database import write_transaction
from contest.errors import Refusal
from contest.paging import page_of
from contest.permissions import ROLE_NAMES, Actor, Permission, Role
from contest.staff import actions, passwords, queries
from contest.staff.forms import ChangePasswordForm, InviteForm, NewPasswordForm, SignInForm
from contest.units import queries as units
from contest.web.access import SignedIn, current_actor, public, requires, signed_in
from contest.web.addresses import whole_address
from contest.web.translations import shown

blueprint = Blueprint("staff", __name__)
history_blueprint = Blueprint("history", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    now = clock.now()
    form = SignInForm()
    if form.validate_on_submit():
        email = form.email.data.strip().lower()
        try:
            matched = actions.password_matches(email, form.password.data, now)
        except Refusal as refusal:
            form.password.errors = [str(shown(refusal.sentence))]
            return render_template("staff/sign_in.html", form=form), 429
        with write_transaction():
            actor = actions.note_sign_in(email, matched, now)
        if actor is not None:
            _enter(actor)
            return redirect(_inside(request.args.get("next")) or url_for("desk.home"))
        form.password.errors = [_("Thư điện tử hoặc mật khẩu chưa đúng. Hãy thử lại.")]
    return render_template("staff/sign_in.html", form=form), 200 if request.method == "GET" else 422


def _enter(actor: Actor) -> None:
    session.clear()  # a session from before the sign-in is never carried into it
    login_user(SignedIn(actor))


def _inside(address: str | None) -> str | None:
    """The address, if it stays on this site."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")):
        return address
    return None


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    return redirect(url_for("staff.sign_in"))


@blueprint.route("/invitations/<secret>", methods=["GET", "POST"])
@public
def invitation(secret: str) -> ResponseReturnValue:
    now = clock.now()
    invited = actions.invitation_behind(secret, now)
    form = NewPasswordForm()
    if form.validate_on_submit():
        password_hash = passwords.hashed(form.password.data)
        with write_transaction():
            member = actions.accept(secret, password_hash, now)
            actor = actions.note_sign_in(member.email, True, now)
        if actor is not None:
            _enter(actor)
        return redirect(url_for("desk.home"))
    return render_template("staff/invitation.html", form=form, invited=invited, role_names=ROLE_NAMES)


@blueprint.route("/desk/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        if actions.password_matches(actor.email, form.old.data, now):
            password_hash = passwords.hashed(form.password.data)
            with write_transaction():
                changed = actions.change_password(actor.id, password_hash, now)
            if changed is not None:
                _enter(changed)
            flash(_("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."), "done")
            return redirect(url_for("desk.home"))
        with write_transaction():
            actions.note_sign_in(actor.email, False, now)
        form.old.errors = [_("Mật khẩu đang dùng chưa đúng.")]
    return render_template("staff/password.html", form=form)


@blueprint.route("/desk/staff", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def index() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    form = InviteForm()
    link = None
    if form.validate_on_submit():
        try:
            unit_id = units.typed(form.unit.data).id if form.unit.data else None
            with write_transaction():
                secret = actions.invite(
                    form.name.data, form.email.data.strip(), Role(form.role.data), now, actor, unit_id
                )
            link = whole_address("staff.invitation", secret=secret)
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return render_template(
        "staff/index.html",
        form=form,
        link=link,
        rows=queries.everybody(),
        invitations=queries.open_invitations(now),
        role_names=ROLE_NAMES,
    )


@blueprint.post("/desk/staff/<int:staff_id>/password-link")
@requires(Permission.STAFF_MANAGE)
def password_link(staff_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        member = queries.member(staff_id)
        secret = actions.password_link(member, now, actor)
    link = whole_address("staff.invitation", secret=secret)
    return render_template("staff/link.html", link=link, member=member)


@blueprint.post("/desk/staff/<int:staff_id>/close")
@requires(Permission.STAFF_MANAGE)
def close(staff_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.close(queries.member(staff_id), now, actor)
    flash(_("Đã đóng tài khoản."), "done")
    return redirect(url_for("staff.index"))


@blueprint.post("/desk/staff/<int:staff_id>/reopen")
@requires(Permission.STAFF_MANAGE)
def reopen(staff_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.reopen(queries.member(staff_id), now, actor)
    flash(_("Đã mở lại tài khoản."), "done")
    return redirect(url_for("staff.index"))


@history_blueprint.get("/desk/history", endpoint="index")
@requires(Permission.HISTORY_VIEW)
def index_of_history() -> ResponseReturnValue:
    act, actor = request.args.get("act", ""), request.args.get("actor", "")
    page = page_of(history.newest(act, actor), request.args.get("page"))
    return render_template(
        "staff/history.html", page=page, act=act, actor_name=actor, acts=ACTS, subjects=SUBJECTS
    )
