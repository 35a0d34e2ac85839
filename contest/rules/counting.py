"""How people, shares and rates are counted, so that every published table adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Between a number and its sign: "54,73" at the end of a line and "%" on the next cannot be read.
NO_BREAK = "\u00a0"


def largest_remainder(counts: Sequence[int], total: int = 1000) -> tuple[int, ...]:
    """Shares of `total` (1000: tenths of a percent) that sum to exactly `total`; all 0 if every count is.

    What rounding down leaves goes to the largest remainders; of equal ones, to the one that comes first.
    """
    if total < 0 or any(count < 0 for count in counts):
        raise ValueError("counts are not negative")
    whole = sum(counts)
    if whole == 0:
        return (0,) * len(counts)
    shares = [count * total // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: (-(counts[place] * total % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def tenths_in_words(tenths: int, language: str = "vi") -> str:
    """A share in tenths of a percent as printed: 334 is "33,4 %", in English "33.4%"."""
    return _percent_sign(f"{tenths // 10}.{tenths % 10}", language)


def percent(
    numerator: int | Fraction, denominator: int | None, decimals: int = 2, language: str = "vi"
) -> str | None:
    """A percentage as printed, "54,73 %" (English "54.73%"), exact and half up; None without a whole."""
    if not denominator:
        return None
    if numerator < 0 or denominator < 0 or decimals < 0:
        raise ValueError("a percentage of negative numbers is not printed")
    scale = 10**decimals
    steps = int(Fraction(numerator) * 100 * scale / denominator + Fraction(1, 2))
    shown = f"{steps // scale}.{steps % scale:0{decimals}}" if decimals else str(steps)
    return _percent_sign(shown, language)


def _percent_sign(shown: str, language: str) -> str:
    return f"{shown.replace('.', ',')}{NO_BREAK}%" if language == "vi" else f"{shown}%"


@dataclass(frozen=True)
class Rate:
    """People who took part out of the people there are; `headcount` None or 0: not known."""

    people: int
    headcount: int | None

    @property
    def share(self) -> Fraction | None:
        """From 0 upwards, 1 being everybody; None without a headcount."""
        return Fraction(self.people, self.headcount) if self.headcount else None

    @property
    def over(self) -> bool:
        """More took part than there are: the headcount or the units declared must be looked at."""
        return self.share is not None and self.share > 1

    def in_words(self, language: str = "vi") -> str | None:
        """As printed: "54,73 %"; more than everybody is never printed as a number; None if not known."""
        if self.over:
            return f"trên 100{NO_BREAK}%" if language == "vi" else "over 100%"
        return percent(self.people, self.headcount, language=language)


class Band(StrEnum):
    """How much of a paper was right, best first."""

    ALL = "all"  # 100 %
    HIGH = "high"  # from 75 % to below 100 %
    MIDDLE = "middle"  # from 25 % to below 75 %
    LOW = "low"  # above 0 to below 25 %
    ZERO = "zero"  # nothing


@dataclass(frozen=True)
class Bands:
    """People per band, in the order of `Band`, and their shares in tenths of a percent, summing to 1000."""

    people: tuple[int, ...]
    tenths: tuple[int, ...]


def band_of(share: Fraction) -> Band:
    """The band of a share right, from 0 to 1."""
    if not 0 <= share <= 1:
        raise ValueError("a share right lies between 0 and 1")
    if share in (0, 1):
        return Band.ALL if share else Band.ZERO
    if share >= Fraction(3, 4):
        return Band.HIGH
    return Band.MIDDLE if share >= Fraction(1, 4) else Band.LOW


def bands(score_counts: Mapping[Fraction, int] | Mapping[tuple[int, int], int]) -> Bands:
    """Bands from how many people had which share right, given as a fraction or as (right, out_of)."""
    people = dict.fromkeys(Band, 0)
    for score, count in score_counts.items():
        share = Fraction(*score) if isinstance(score, tuple) else score
        people[band_of(share)] += count
    counts = tuple(people.values())
    return Bands(counts, largest_remainder(counts))


@dataclass(frozen=True)
class Tally:
    """What is counted for a unit. People are distinct, attempts are not."""

    people: int = 0
    attempts: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.people + other.people, self.attempts + other.attempts)
