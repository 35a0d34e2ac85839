"""How many people a unit is to bring, by its size: "under 50 staff 30 %, 50 to 99 staff 25 %, at least 5"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WHOLE = 10_000


@dataclass(frozen=True)
class Tier:
    """From this size on: a share of the people in hundredths of a percent, a number of people, or both."""

    from_size: int
    share: int | None
    people: int | None


@dataclass(frozen=True)
class Goal:
    """What a unit is to reach and has reached. `wanted` None: no target, or the size is not known.

    `units`: of how many units below it is the sum (0: it is its own), `units_reached`: how many of them have theirs.
    """

    wanted: int | None
    people: int
    units: int = 0
    units_reached: int = 0

    @property
    def reached(self) -> bool | None:
        """Whether it is enough; None without a target."""
        return None if self.wanted is None else self.people >= self.wanted

    @property
    def missing(self) -> int:
        """How many people are still wanted."""
        return max(0, (self.wanted or 0) - self.people)


def tier_of(size: int, tiers: Iterable[Tier]) -> Tier | None:
    """The tier of a unit with so many people; None below the first one."""
    fitting = [tier for tier in tiers if tier.from_size <= size]
    return max(fitting, key=lambda tier: tier.from_size, default=None)


def wanted(size: int | None, tiers: Sequence[Tier], own: int | None = None) -> int | None:
    """How many people are wanted of a unit: its own number, else by its tier; never more than it has.

    Of a share and a number the larger one holds; parts of a person are a whole one. Where the size is not
    known, only a number that holds for every size can be wanted.
    """
    if own is not None:
        return own
    if not size:
        alone = tiers[0] if len(tiers) == 1 and tiers[0].from_size == 0 else None
        return alone.people if alone is not None and alone.share is None else None
    tier = tier_of(size, tiers)
    if tier is None:
        return None
    by_share = -(-size * (tier.share or 0) // WHOLE)
    return min(size, max(by_share, tier.people or 0))
