"""What is done with accounts: add, invite, accept, sign in, change a password, close."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.database import db
from contest.errors import NotAllowed, NotFound, Refusal
from contest.language import _
from contest.permissions import Actor, Role
from contest.staff import passwords, queries
from contest.staff.models import Invitation, SignInFailure, StaffMember

LINK_WORKS_FOR = timedelta(days=7)
SHORTEST_PASSWORD = 10
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)


def add(
    name: str,
    email: str,
    role: Role,
    now: datetime,
    *,
    unit_id: int | None = None,
    password_hash: str = "",
    by: tuple[int | None, str] = history.PROGRAM,
) -> StaffMember:
    """Add an account. Without a password hash nobody can sign in to it before following a link."""
    if (role is Role.COORDINATOR) != (unit_id is not None):
        raise Refusal(_("Đầu mối đơn vị cần đúng một đơn vị; các vai trò khác không gắn với đơn vị."))
    member = StaffMember(
        email=email.strip().lower(),
        name=name,
        role=role,
        unit_id=unit_id,
        password_hash=password_hash,
        session_stamp=secrets.token_hex(8),
        created_at=now,
    )
    db.session.add(member)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(
            _("Đã có tài khoản dùng địa chỉ %(email)s. Hãy mở tài khoản đó để sửa.", email=member.email)
        ) from None
    history.record(by, "staff:add", ("staff", member.id, member.name), now, role)
    return member


def invite(name: str, email: str, role: Role, now: datetime, by: Actor, unit_id: int | None = None) -> str:
    """Make a one-time link for a new account; returns its secret, which is shown once."""
    if queries.by_email(email.lower()) is not None:
        raise Refusal(_("Đã có tài khoản dùng địa chỉ %(email)s. Hãy mở tài khoản đó để sửa.", email=email))
    if (role is Role.COORDINATOR) != (unit_id is not None):
        raise Refusal(_("Đầu mối đơn vị cần đúng một đơn vị; các vai trò khác không gắn với đơn vị."))
    secret = _link(name, email.lower(), role, unit_id, None, by.id, now)
    history.record(by.signature, "staff:invite", ("staff", 0, name), now, f"{email} · {role}")
    return secret


def password_link(member: StaffMember, now: datetime, by: Actor | None) -> str:
    """Make a one-time link with which this account chooses a (new) password."""
    secret = _link(
        member.name, member.email, Role(member.role), member.unit_id, member.id, by.id if by else None, now
    )
    signature = by.signature if by else history.PROGRAM
    history.record(signature, "staff:password_link", ("staff", member.id, member.name), now)
    return secret


def _link(
    name: str,
    email: str,
    role: Role,
    unit_id: int | None,
    staff_id: int | None,
    invited_by: int | None,
    now: datetime,
) -> str:
    secret = secrets.token_urlsafe(24)
    db.session.add(
        Invitation(
            secret_hash=_hash(secret),
            email=email,
            name=name,
            role=role,
            unit_id=unit_id,
            staff_id=staff_id,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + LINK_WORKS_FOR,
        )
    )
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_behind(secret: str, now: datetime) -> Invitation:
    """The invitation of a link; raises Refusal when it was used or is too old."""
    invitation = queries.invitation(_hash(secret), now)
    if invitation is None:
        raise NotFound(_("Liên kết này đã dùng rồi hoặc đã hết hạn. Hãy nhờ quản trị gửi liên kết mới."))
    return invitation


def accept(secret: str, password_hash: str, now: datetime) -> StaffMember:
    """Follow a one-time link: the account exists afterwards and has this password. Works once."""
    invitation = invitation_behind(secret, now)
    invitation.used_at = now
    if invitation.staff_id is None:
        signature = (invitation.invited_by, invitation.email)
        return add(
            invitation.name,
            invitation.email,
            Role(invitation.role),
            now,
            unit_id=invitation.unit_id,
            password_hash=password_hash,
            by=signature,
        )
    member = queries.member(invitation.staff_id)
    _set_password(member, password_hash, now, (member.id, member.name))
    return member


def password_matches(email: str, password: str, now: datetime) -> bool:
    """Check a password; slow on purpose, so outside any transaction. Raises Refusal after too many tries."""
    if queries.failures_since(email, now - TRIES_WITHIN) >= TRIES:
        raise Refusal(
            _(
                "Đã nhập sai mật khẩu nhiều lần. Hãy đợi 15 phút, hoặc nhờ quản trị gửi liên kết đặt lại mật khẩu."
            )
        )
    member = queries.by_email(email)
    return passwords.matches(password, member.password_hash if member else None)


def note_sign_in(email: str, matched: bool, now: datetime) -> Actor | None:
    """Write down how a sign-in ended; gives the actor when it went well."""
    if not matched:
        db.session.add(SignInFailure(email=email, at=now))
        return None
    member = queries.by_email(email)
    if member is None:
        return None
    member.last_signed_in_at = now
    db.session.execute(delete(SignInFailure).where(SignInFailure.email == email))
    history.record((member.id, member.name), "staff:sign_in", ("staff", member.id, member.name), now)
    return queries.actor(member.id)


def change_password(staff_id: int, password_hash: str, now: datetime) -> Actor | None:
    """Set a new password; every other session of the account ends."""
    member = queries.member(staff_id)
    _set_password(member, password_hash, now, (member.id, member.name))
    return queries.actor(staff_id)


def _set_password(member: StaffMember, password_hash: str, now: datetime, by: tuple[int | None, str]) -> None:
    member.password_hash = password_hash
    member.session_stamp = secrets.token_hex(8)
    db.session.flush()
    history.record(by, "staff:password", ("staff", member.id, member.name), now)


def close(member: StaffMember, now: datetime, by: Actor) -> None:
    """Nobody can sign in to this account any more; what it did stays in the history."""
    if member.id == by.id:
        raise NotAllowed(_("Bạn không thể tự đóng tài khoản của mình. Hãy nhờ một quản trị khác."))
    member.closed_at = now
    member.session_stamp = secrets.token_hex(8)
    history.record(by.signature, "staff:close", ("staff", member.id, member.name), now)


def reopen(member: StaffMember, now: datetime, by: Actor) -> None:
    """Let a closed account sign in again."""
    member.closed_at = None
    history.record(by.signature, "staff:reopen", ("staff", member.id, member.name), now)
