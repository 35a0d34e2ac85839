"""Mergers and splits of units: whose numbers go where, as of a day. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contest.rules.counting import largest_remainder

WHOLE = 10_000


@dataclass(frozen=True)
class Heirs:
    """What became of a unit on a day.

    `shares`: (unit, hundredths of a percent of the headcount), summing to 10000; `takes_people`: the unit
    for which its participants count from then on, None where nobody has decided that.
    """

    unit_id: int
    effective_on: date
    shares: tuple[tuple[int, int], ...]
    takes_people: int | None


def in_order(changes: Iterable[Heirs]) -> list[Heirs]:
    """A unit after those that went into it, so that what it got goes on with it, whatever the days say."""
    by_unit = {change.unit_id: change for change in changes}
    ordered: list[Heirs] = []
    done: set[int] = set()
    into: dict[int, list[int]] = {}
    for change in by_unit.values():
        for heir, _share in change.shares:
            into.setdefault(heir, []).append(change.unit_id)

    def put(unit_id: int, above: frozenset[int]) -> None:
        if unit_id in done or unit_id in above or unit_id not in by_unit:
            return
        for earlier in into.get(unit_id, ()):
            put(earlier, above | {unit_id})
        done.add(unit_id)
        ordered.append(by_unit[unit_id])

    for change in sorted(by_unit.values(), key=lambda one: (one.effective_on, one.unit_id)):
        put(change.unit_id, frozenset())
    return ordered


def heir_of(changes: Iterable[Heirs], day: date) -> dict[int, int]:
    """For every unit that is no more on `day` and whose people were taken over: by which unit, in the end."""
    found: dict[int, int] = {}
    for change in reversed(in_order(one for one in changes if one.effective_on <= day)):
        if change.takes_people is not None:
            found[change.unit_id] = found.get(change.takes_people, change.takes_people)
    return found


def carried_on_by(path: str, taken_over: Mapping[int, int]) -> int | None:
    """Which unit carries on one that is no more, itself or with a unit above it: "/1/5/9/" and {5: 6} give 6."""
    ids = (int(part) for part in reversed(path.strip("/").split("/")))
    return next((taken_over[unit_id] for unit_id in ids if unit_id in taken_over), None)


def carried_over(
    numbers: Mapping[tuple[int, str], int], changes: Iterable[Heirs], after: date, day: date
) -> dict[tuple[int, str], int]:
    """Headcounts of the day `after`, by (unit, kind), as the units of `day` have them: summed or shared out."""
    now = dict(numbers)
    for change in in_order(one for one in changes if after < one.effective_on <= day):
        for key in [key for key in now if key[0] == change.unit_id]:
            for (heir, _share), part in zip(
                change.shares,
                shared_out(now.pop(key), [share for _heir, share in change.shares]),
                strict=True,
            ):
                now[heir, key[1]] = now.get((heir, key[1]), 0) + part
    return now


def shared_out(number: int, shares: Sequence[int]) -> tuple[int, ...]:
    """A headcount in whole people by shares that sum to 10000; nobody is lost and nobody invented."""
    if sum(shares) != WHOLE or any(share < 0 for share in shares):
        raise ValueError("shares sum to the whole")
    return largest_remainder(shares, number)
