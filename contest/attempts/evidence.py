"""What is kept about where an attempt came from, for the board alone: a mark of the device, a shortened address.

Neither tells who somebody is. The address goes after two weeks, the mark after three months.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update

from contest.attempts.models import Attempt
from contest.database import db, write_transaction

ADDRESS_KEPT = timedelta(days=14)
DEVICE_KEPT = timedelta(days=90)
# A school or an office may have one address for all: what is left says only which network it was.
KEPT_BITS = {4: 24, 6: 48}


@dataclass(frozen=True)
class Origin:
    """Where a start came from; None where nothing is known."""

    device: str | None = None
    network: str | None = None


UNKNOWN = Origin()


def origin(device: str, address: str | None) -> Origin:
    """What is kept of a device's random name and of an address as the server sees it."""
    return Origin(hashlib.sha256(device.encode()).hexdigest()[:12], shortened(address))


def shortened(address: str | None) -> str | None:
    """The network alone: "203.0.113.0/24", "2001:db8:1::/48"; None for what is no address."""
    try:
        whole = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    return str(ipaddress.ip_network((whole, KEPT_BITS[whole.version]), strict=False))


def note_left(attempt_id: int, left: int) -> None:
    """The phone says how often its page was left so far; a lower number is an older message, 0 says nothing."""
    if not left:
        return
    with write_transaction():
        db.session.execute(
            update(Attempt)
            .where(Attempt.id == attempt_id, Attempt.left_count < left, Attempt.handed_in_at.is_(None))
            .values(left_count=left)
        )


def forget_origins(now: datetime) -> None:
    """Clear addresses and device marks whose time is over. Writes nothing while nothing is due."""
    old_address = and_(Attempt.network.is_not(None), Attempt.started_at < now - ADDRESS_KEPT)
    old_device = and_(Attempt.device.is_not(None), Attempt.started_at < now - DEVICE_KEPT)
    if db.session.query(Attempt.id).filter(or_(old_address, old_device)).limit(1).first() is None:
        return
    with write_transaction():
        db.session.execute(update(Attempt).where(old_address).values(network=None))
        db.session.execute(update(Attempt).where(old_device).values(device=None))
