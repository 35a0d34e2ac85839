"""Awards for units (giải tập thể): five measures, a floor by size, ties shared, and the rule in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from contest.rules.counting import NO_BREAK, percent


class Measure(StrEnum):
    """What units are compared by."""

    PEOPLE = "people"  # most people who took part
    RATE = "rate"  # highest rate of participation
    BOTH = "both"  # rate of participation and share of right answers, half each
    POINTS = "points"  # percent of participation plus points for every individual winner
    QUALITY = "quality"  # share of right answers, among those who reached the floor


class Prize(StrEnum):
    """The prizes in their order: nhất, nhì, ba, khuyến khích."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    CONSOLATION = "consolation"


class LeftOut(StrEnum):
    """Why a unit is not ranked."""

    NOBODY = "nobody"
    NO_HEADCOUNT = "no_headcount"
    OVER = "over"  # more people than there are: the headcount has to be looked at first
    BELOW_FLOOR = "below_floor"
    NO_FLOOR = "no_floor"  # the floor is not known for its size


@dataclass(frozen=True)
class Entrant:
    """A unit with all below it. `right` of `out_of` answers of its ranked people; `winners`: first to third.

    `floor`: how many people it has to bring to compete at all; None: not known.
    """

    unit_id: int
    people: int
    headcount: int | None
    right: int = 0
    out_of: int = 0
    winners: tuple[int, int, int] = (0, 0, 0)
    floor: int | None = None


@dataclass(frozen=True)
class Rule:
    """How units are compared. `prizes`: how many first, second, third and consolation prizes there are."""

    measure: Measure
    floor: bool = False
    points: tuple[int, int, int] = (10, 8, 6)
    prizes: tuple[int, int, int, int] = (1, 2, 3, 0)


@dataclass(frozen=True)
class Place:
    """A unit's place. `rank` and `prize` None: not ranked, or without a prize; `value`: what it was compared by."""

    entrant: Entrant
    rank: int | None
    prize: Prize | None
    value: Fraction | None
    left_out: LeftOut | None


def _rate(entrant: Entrant, _rule: Rule) -> Fraction:
    return Fraction(100 * entrant.people, entrant.headcount or 1)


def _quality(entrant: Entrant, _rule: Rule) -> Fraction:
    return Fraction(100 * entrant.right, entrant.out_of) if entrant.out_of else Fraction(0)


def _points(entrant: Entrant, rule: Rule) -> Fraction:
    won = sum(count * worth for count, worth in zip(entrant.winners, rule.points, strict=True))
    return _rate(entrant, rule) + won


VALUES: dict[Measure, Callable[[Entrant, Rule], Fraction]] = {
    Measure.PEOPLE: lambda entrant, _rule: Fraction(entrant.people),
    Measure.RATE: _rate,
    Measure.BOTH: lambda entrant, rule: (_rate(entrant, rule) + _quality(entrant, rule)) / 2,
    Measure.POINTS: _points,
    Measure.QUALITY: _quality,
}
NEED_HEADCOUNT = {Measure.RATE, Measure.BOTH, Measure.POINTS}


def has_floor(rule: Rule) -> bool:
    """Whether a unit must bring so many people by its size before it competes."""
    return rule.floor or rule.measure == Measure.QUALITY


def needs_headcount(rule: Rule) -> bool:
    """Whether headcounts play a part, by a rate or a floor."""
    return rule.measure in NEED_HEADCOUNT or has_floor(rule)


def left_out(entrant: Entrant, rule: Rule) -> LeftOut | None:
    """Why this unit is not ranked; None: it is."""
    if not entrant.people:
        return LeftOut.NOBODY
    if rule.measure in NEED_HEADCOUNT:
        if not entrant.headcount:
            return LeftOut.NO_HEADCOUNT
        if entrant.people > entrant.headcount:
            return LeftOut.OVER
    if has_floor(rule):
        if entrant.floor is None:
            return LeftOut.NO_FLOOR
        if entrant.people < entrant.floor:
            return LeftOut.BELOW_FLOOR
    return None


def placed(entrants: Iterable[Entrant], rule: Rule) -> list[Place]:
    """Every unit in order, the best first, equals sharing rank and prize (1-2-2-4); those left out at the end."""
    out: list[Place] = []
    ranked: list[tuple[Fraction, Entrant]] = []
    for entrant in entrants:
        reason = left_out(entrant, rule)
        if reason is None:
            ranked.append((VALUES[rule.measure](entrant, rule), entrant))
        else:
            out.append(Place(entrant, None, None, None, reason))
    ranked.sort(key=lambda pair: -pair[0])
    places: list[Place] = []
    for position, (value, entrant) in enumerate(ranked, start=1):
        same = places and places[-1].value == value
        rank = places[-1].rank if same else position
        places.append(Place(entrant, rank, prize_of(rank or position, rule.prizes), value, None))
    return places + out


def prize_of(rank: int, prizes: Sequence[int]) -> Prize | None:
    """The prize of a rank: with 1, 2 and 3 prizes the ranks 1, 2-3 and 4-6 win."""
    upto = 0
    for prize, count in zip(Prize, prizes, strict=True):
        upto += count
        if rank <= upto:
            return prize
    return None


def value_in_words(value: Fraction, measure: Measure, language: str = "vi") -> str:
    """What a unit was compared by, as printed: "128", "54,73 %", "82,15"."""
    if measure == Measure.PEOPLE:
        return str(int(value))
    shown = percent(value, 100, language=language) or ""
    return shown.rstrip(f"%{NO_BREAK}") if measure in (Measure.POINTS, Measure.BOTH) else shown


_VI: dict[Measure, str] = {
    Measure.PEOPLE: "Xếp theo số người dự thi, nhiều hơn đứng trước.",
    Measure.RATE: "Xếp theo tỷ lệ người dự thi trên số người của đơn vị, cao hơn đứng trước.",
    Measure.BOTH: "Xếp theo trung bình cộng của tỷ lệ người dự thi (%) và tỷ lệ câu trả lời đúng (%), cao hơn đứng trước.",
    Measure.POINTS: "Xếp theo điểm: tỷ lệ người dự thi (%) cộng {points} điểm cho mỗi người đạt hạng nhất, nhì, ba.",
    Measure.QUALITY: "Xếp theo tỷ lệ câu trả lời đúng của người dự thi, cao hơn đứng trước.",
}
_EN: dict[Measure, str] = {
    Measure.PEOPLE: "Ranked by the number of people who took part, more first.",
    Measure.RATE: "Ranked by the people who took part out of all the unit has, the higher rate first.",
    Measure.BOTH: "Ranked by the mean of the rate of participation (%) and the share of right answers (%), higher first.",
    Measure.POINTS: "Ranked by points: the rate of participation (%) plus {points} points for each person ranked first, second, third.",
    Measure.QUALITY: "Ranked by the share of right answers of those who took part, higher first.",
}


def in_words(rule: Rule, language: str = "vi") -> str:
    """The rule as printed under the table, from the very setting it was applied by."""
    vi = language == "vi"
    said = [(_VI if vi else _EN)[rule.measure].format(points=", ".join(map(str, rule.points)))]
    if has_floor(rule):
        said.append(
            "Chỉ xét đơn vị đạt chỉ tiêu số người dự thi theo quy mô."
            if vi
            else "Only units that reached the number of people wanted for their size compete."
        )
    if rule.measure in NEED_HEADCOUNT:
        said.append(
            "Đơn vị chưa có số người, hoặc có tỷ lệ trên 100 %, không được xếp hạng."
            if vi
            else "Units without a headcount, or with more than 100%, are not ranked."
        )
    said.append(
        "Đơn vị bằng nhau cùng hạng, cùng giải; hạng kế tiếp bỏ trống."
        if vi
        else "Equal units share rank and prize; the next rank is skipped."
    )
    return " ".join(said)
