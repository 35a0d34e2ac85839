"""Accounts of those who work on contests, invitations to them, and failed sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Word, one_of
from contest.permissions import Role


class StaffMember(Model):
    """An account. A coordinator answers for one unit and all below it; the other roles have none."""

    __tablename__ = "staff"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint(
            "(role = 'coordinator') = (unit_id IS NOT NULL)", name="only_coordinators_have_a_unit"
        ),
    )

    id: Mapped[Id]
    # Lower case: the address is the name one signs in with.
    email: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    role: Mapped[Word]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    password_hash: Mapped[Line]
    # Changes with the password, so that every other session of the account ends.
    session_stamp: Mapped[Word]
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Invitation(Model):
    """A one-time link to an account. Only the hash of its secret is kept."""

    __tablename__ = "invitations"
    __table_args__ = (one_of("role", Role),)

    id: Mapped[Id]
    secret_hash: Mapped[Line] = mapped_column(unique=True)
    email: Mapped[Line]
    name: Mapped[Line]
    role: Mapped[Word]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    # Set when the link lets an existing account choose a new password.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Model):
    """One wrong password for one address; counted per address, because an office shares its network's."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index(None, "email", "at"),)

    id: Mapped[Id]
    email: Mapped[Line]
    at: Mapped[datetime]
