"""Every SELECT about staff."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from contest.database import db
from contest.errors import NotFound
from contest.permissions import Actor, Role
from contest.staff.models import Invitation, SignInFailure, StaffMember
from contest.units.models import Unit


@dataclass(frozen=True)
class StaffRow:
    """One line of the list of accounts."""

    member: StaffMember
    unit_name: str | None


def actor(staff_id: int) -> Actor | None:
    """The open account with this id as the one who acts; one statement, at the start of a request."""
    row = db.session.execute(
        select(StaffMember, Unit.path)
        .outerjoin(Unit, Unit.id == StaffMember.unit_id)
        .where(StaffMember.id == staff_id, StaffMember.closed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    member, path = row
    return Actor(
        id=member.id,
        email=member.email,
        name=member.name,
        role=Role(member.role),
        unit_id=member.unit_id,
        unit_path=path,
        session_stamp=member.session_stamp,
    )


def by_email(email: str) -> StaffMember | None:
    """The open account that signs in with this address (already in lower case)."""
    return db.session.scalar(
        select(StaffMember).where(StaffMember.email == email, StaffMember.closed_at.is_(None))
    )


def member(staff_id: int) -> StaffMember:
    """An account, open or closed; raises NotFound."""
    found = db.session.get(StaffMember, staff_id)
    if found is None:
        raise NotFound
    return found


def everybody() -> list[StaffRow]:
    """All accounts, open ones first, by name."""
    rows = db.session.execute(
        select(StaffMember, Unit.name)
        .outerjoin(Unit, Unit.id == StaffMember.unit_id)
        .order_by(StaffMember.closed_at.is_not(None), StaffMember.name)
    )
    return [StaffRow(row[0], row[1]) for row in rows]


def open_invitations(now: datetime) -> list[Invitation]:
    """Invitations that still work, newest first."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.used_at.is_(None), Invitation.expires_at > now)
            .order_by(Invitation.created_at.desc())
        )
    )


def invitation(secret_hash: str, now: datetime) -> Invitation | None:
    """The invitation behind a link, if it still works."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.secret_hash == secret_hash, Invitation.used_at.is_(None), Invitation.expires_at > now
        )
    )


def failures_since(email: str, since: datetime) -> int:
    """How often a wrong password was given for this address."""
    count = db.session.scalar(
        select(func.count()).where(SignInFailure.email == email, SignInFailure.at > since)
    )
    return count or 0
