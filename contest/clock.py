"""The only place that reads the time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware, in UTC. Views, chores and commands read it first and pass it on."""
    return datetime.now(UTC)
