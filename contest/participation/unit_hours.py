"""Attempts of a unit with all below it, hour by hour: kept by a process as long as they still hold."""

from datetime import datetime

from contest.participation import queries
from contest.participation.holding import Held
from contest.participation.snapshots import Snapshot

# Attempts per hour, in order; hours without any are left out.
Hours = list[tuple[datetime, int]]

# By the address of the database, the path and the round; beside them, the stamp and the version they are of.
_kept: Held[tuple[str, str, int], tuple[tuple[int | None, int], Hours]] = Held(200)


def forget() -> None:
    """Forget everything kept: only tests empty tables under a running program."""
    _kept.held.clear()


def within(snapshot: Snapshot, path: str) -> dict[int, Hours]:
    """Of each round of a snapshot, the hours of the subtree at this path; asks only for what has changed."""
    place, stamp = queries.database(), snapshot.tree_stamp
    found = {}
    for round_id, state in snapshot.states.items():
        kept = _kept.get((place, path, round_id))
        if kept is None or kept[0] != (stamp, state.version):
            hours = queries.hours_within(round_id, path)
            kept = _kept.put((place, path, round_id), ((stamp, state.version), hours))
        found[round_id] = kept[1]
    return found
