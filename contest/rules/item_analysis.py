"""What each question was worth: how hard it was, and whether it told those who know from those who do not.

Everybody counts with one attempt. A mark x goes from 0 to the question's maximum, a total T is the sum of a
person's marks, the rest X = T − x. All sums are exact; only roots and what is made of them are floats. The
figures are those of Moodle's quiz statistics report; None stands for what cannot be computed.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

Number = int | Fraction
# How many people have a number.
Spread = Mapping[Number, int]
# How many people have a mark together with the number it is compared with: the rest X where everybody had
# the same questions, the total T where papers differ between people.
Pairs = Mapping[tuple[Number, Number], int]

# With fewer people a single guess turns good into bad: no word is said about telling people apart.
FEWEST_TO_JUDGE = 20
HARD_BELOW, EASY_ABOVE = 0.2, 0.9
FAIR_FROM, GOOD_ABOVE = 20, 30


class Facility(StrEnum):
    """How hard a question was."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Discrimination(StrEnum):
    """How well a question told people apart, best first."""

    GOOD = "good"
    FAIR = "fair"
    LOOK_AGAIN = "look_again"
    # Who knows more got it wrong more often: perhaps the key is wrong.
    SUSPECT_KEY = "suspect_key"


@dataclass(frozen=True)
class ItemFigures:
    """One question. `discrimination` lies between −100 and 100, `efficiency` is at most 100."""

    people: int
    facility: Fraction | None
    standard_deviation: float | None
    discrimination: float | None
    efficiency: float | None


@dataclass(frozen=True)
class PaperFigures:
    """All questions together. `alpha` (Cronbach) is in hundredths, 100 at most; below 0 is legitimate."""

    people: int
    mean: Fraction | None
    standard_deviation: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None


def item_figures(pairs: Pairs, maximum: Number = 1) -> ItemFigures:
    """The figures of one question from the marks of those who had it on their paper."""
    marks: Counter[Number] = Counter()
    others: Counter[Number] = Counter()
    for (mark, other), people in pairs.items():
        marks[mark] += people
        others[other] += people
    average = mean(marks)
    together = _products(pairs)
    spread = _squares(marks) * _squares(others)
    largest = _products(_side_by_side(marks, others))
    return ItemFigures(
        people=marks.total(),
        facility=None if average is None else average / maximum,
        standard_deviation=_root(variance(marks)),
        discrimination=_signed_root(together, spread) if spread else None,
        efficiency=float(100 * together / largest) if largest else None,
    )


def paper_figures(totals: Spread, item_variances: Sequence[Fraction | None] = ()) -> PaperFigures:
    """The figures of a whole paper from everybody's total.

    `item_variances`: `variance` of each question's marks, where everybody had the same questions; without
    them there is no alpha, and nothing that follows from it. ValueError where they cannot be of these totals.
    """
    deviation = _root(variance(totals))
    alpha = _alpha(item_variances, variance(totals))
    error_ratio = None if alpha is None else 100 * math.sqrt(1 - alpha)
    return PaperFigures(
        people=sum(totals.values()),
        mean=mean(totals),
        standard_deviation=deviation,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        alpha=None if alpha is None else float(100 * alpha),
        error_ratio=error_ratio,
        standard_error=None if error_ratio is None or deviation is None else error_ratio * deviation / 100,
    )


def kr20(facilities: Sequence[Fraction], totals: Spread) -> Fraction | None:
    """Kuder-Richardson 20 for questions that are either right or wrong: from their shares right.

    It takes the population's variance of the totals; with the sample's it would not equal alpha.
    """
    people, squares = sum(totals.values()), _squares(totals)
    if len(facilities) < 2 or not squares:
        return None
    unexplained = sum((share * (1 - share) for share in facilities), Fraction(0)) / (squares / people)
    return Fraction(len(facilities), len(facilities) - 1) * (1 - unexplained)


def mean(spread: Spread) -> Fraction | None:
    """The average; None of nobody."""
    people = sum(spread.values())
    return Fraction(_sum(spread), people) if people else None


def variance(spread: Spread) -> Fraction | None:
    """The sample's variance (divided by people − 1); None for fewer than two people."""
    people = sum(spread.values())
    return _squares(spread) / (people - 1) if people > 1 else None


def median(spread: Spread) -> Fraction | None:
    """The number in the middle, between two the half way; None of nobody."""
    people, seen = sum(spread.values()), 0
    middle: list[Number] = []
    for value, count in sorted(spread.items()):
        # The places in the middle, counted from 0; the same one twice where the number of people is odd.
        middle += [value for place in ((people - 1) // 2, people // 2) if seen <= place < seen + count]
        seen += count
    return Fraction(sum(middle), 2) if middle else None


def seconds_taken(started_at: datetime, saved_at: Mapping[int, datetime]) -> dict[int, int]:
    """About how long somebody thought over each question: whole seconds since the save before it.

    `saved_at`: position -> when its newest answer was saved. An answer changed later seems to have taken only
    the time of the change. Answers saved at one moment were kept on a phone without network and are left out.
    """
    together = Counter(saved_at.values())
    taken: dict[int, int] = {}
    before = started_at
    for position, moment in sorted(saved_at.items(), key=lambda pair: (pair[1], pair[0])):
        if together[moment] == 1:
            taken[position] = max(0, int((moment - before).total_seconds()))
        before = moment
    return taken


def facility_zone(facility: Fraction | float | None) -> Facility | None:
    """In which zone a share right lies; 0.2 and 0.9 belong to the middle."""
    if facility is None:
        return None
    # As a float in any case: the fraction 1/5 is less than the float 0.2.
    if float(facility) < HARD_BELOW:
        return Facility.HARD
    return Facility.EASY if float(facility) > EASY_ABOVE else Facility.MEDIUM


def discrimination_zone(index: float | None, people: int) -> Discrimination | None:
    """In which zone a discrimination index lies; None also where too few people were asked to say."""
    if index is None or people < FEWEST_TO_JUDGE:
        return None
    if index < 0:
        return Discrimination.SUSPECT_KEY
    if index < FAIR_FROM:
        return Discrimination.LOOK_AGAIN
    return Discrimination.GOOD if index > GOOD_ABOVE else Discrimination.FAIR


def outvoted(right: int, wrong: int, people: int) -> bool:
    """Whether more people took one wrong choice than the key: the other sign, beside the index, of a wrong key.

    It also shows where the index hides it: compared with the total, a question stands beside itself.
    """
    return people >= FEWEST_TO_JUDGE and wrong > right


def _sum(spread: Spread) -> Number:
    return sum(value * people for value, people in spread.items())


def _products(pairs: Pairs) -> Fraction:
    """The sum of products of both numbers' distances from their means."""
    people = sum(pairs.values())
    if not people:
        return Fraction(0)
    product = sum(first * second * count for (first, second), count in pairs.items())
    firsts = sum(first * count for (first, _), count in pairs.items())
    seconds = sum(second * count for (_, second), count in pairs.items())
    return product - Fraction(firsts * seconds, people)


def _squares(spread: Spread) -> Fraction:
    """The sum of squared distances from the mean."""
    return _products({(value, value): people for value, people in spread.items()})


def _side_by_side(firsts: Spread, seconds: Spread) -> Pairs:
    """Both lists sorted and laid beside each other: nothing goes together better than this."""
    left, right = sorted(firsts.items(), reverse=True), sorted(seconds.items(), reverse=True)
    pairs: dict[tuple[Number, Number], int] = {}
    while left:
        (first, some), (second, others) = left.pop(), right.pop()
        both = min(some, others)
        pairs[first, second] = both
        if some > both:
            left.append((first, some - both))
        if others > both:
            right.append((second, others - both))
    return pairs


def _root(value: Fraction | None) -> float | None:
    return None if value is None else math.sqrt(value)


def _signed_root(together: Fraction, spread: Fraction) -> float:
    """100 · together / √spread. The share under the root is exact, so rounding never leads beyond 100."""
    return math.copysign(100 * math.sqrt(together * together / spread), together)


def _alpha(item_variances: Sequence[Fraction | None], of_totals: Fraction | None) -> Fraction | None:
    known = [one for one in item_variances if one is not None]
    if len(known) < 2 or not of_totals:
        return None
    return Fraction(len(known), len(known) - 1) * (1 - sum(known, Fraction(0)) / of_totals)


def _central(spread: Spread, power: int) -> Fraction:
    """The central moment: the average of the distances from the mean, each to this power."""
    average = mean(spread) or Fraction(0)
    powers = sum((value - average) ** power * people for value, people in spread.items())
    return Fraction(powers, sum(spread.values()))


def _skewness(spread: Spread) -> float | None:
    """k₃ / k₂^1.5 with k-statistics; needs three people who are not all alike."""
    people, k2 = sum(spread.values()), variance(spread)
    if people < 3 or not k2:
        return None
    k3 = people**2 * _central(spread, 3) / ((people - 1) * (people - 2))
    return float(k3) / math.pow(k2, 1.5)


def _kurtosis(spread: Spread) -> float | None:
    """k₄ / k₂² with k-statistics; needs four people who are not all alike."""
    people, k2 = sum(spread.values()), variance(spread)
    if people < 4 or not k2:
        return None
    inner = (people + 1) * _central(spread, 4) - 3 * (people - 1) * _central(spread, 2) ** 2
    k4 = people**2 * inner / ((people - 1) * (people - 2) * (people - 3))
    return float(k4 / k2**2)
