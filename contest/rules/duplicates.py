"""Whether two who entered one contest are perhaps one person, what speaks for it and what against."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contest.rules import vietnamese


class Likeness(StrEnum):
    """How much there is to look at. NOT: nobody is asked."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT = "not"


class Sign(StrEnum):
    """One thing that two entrants have alike, or have not."""

    SAME_CODE = "same_code"
    SAME_PHONE = "same_phone"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SAME_BIRTH_DATE = "same_birth_date"
    SAME_BIRTH_YEAR = "same_birth_year"
    SAME_UNIT = "same_unit"
    OTHER_CODE = "other_code"
    OTHER_PHONE = "other_phone"
    OTHER_NAME = "other_name"
    OTHER_ACCENTS = "other_accents"
    OTHER_BIRTH = "other_birth"
    OTHER_UNIT = "other_unit"
    ASSISTED = "assisted"


# What is the same in two people speaks for one person, everything else against it.
FOR = frozenset(sign for sign in Sign if sign.startswith(("same_", "similar_")))


@dataclass(frozen=True)
class Entrant:
    """What somebody declared. `code_key`: see staff_codes; "" and None: not said. `assisted`: had help."""

    name: str
    code_key: str = ""
    phone: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    unit_id: int | None = None
    assisted: bool = False

    @property
    def year(self) -> int | None:
        """The year of birth, however it was given."""
        return self.birth_date.year if self.birth_date else self.birth_year


@dataclass(frozen=True)
class Comparison:
    """The answer with all that speaks for and against it."""

    likeness: Likeness
    signs: frozenset[Sign]

    @property
    def speaks_for(self) -> list[Sign]:
        """In the order of `Sign`."""
        return [sign for sign in Sign if sign in self.signs & FOR]

    @property
    def speaks_against(self) -> list[Sign]:
        """In the order of `Sign`."""
        return [sign for sign in Sign if sign in self.signs - FOR]


def compare(one: Entrant, other: Entrant) -> Comparison:
    """Two entrants of one contest, in whatever order."""
    signs = frozenset(
        sign
        for sign in (
            _name(one.name, other.name),
            _accents(one.name, other.name),
            _given(one.code_key, other.code_key, Sign.SAME_CODE, Sign.OTHER_CODE),
            _given(one.phone, other.phone, Sign.SAME_PHONE, Sign.OTHER_PHONE),
            _birth(one, other),
            _unit(one.unit_id, other.unit_id),
            # A volunteer or a child may have lent a phone; then it says nothing.
            Sign.ASSISTED if one.assisted or other.assisted else None,
        )
        if sign is not None
    )
    return Comparison(_likeness(signs), signs)


def _likeness(signs: frozenset[Sign]) -> Likeness:
    """A code or a phone with the name is likely one; a phone alone may be a family's, a name alone a namesake's."""
    named = bool(signs & {Sign.SAME_NAME, Sign.SIMILAR_NAME})
    if Sign.SAME_CODE in signs:
        sure = named and Sign.OTHER_BIRTH not in signs
        near = named or Sign.SAME_UNIT in signs
        return Likeness.LIKELY if sure else Likeness.POSSIBLE if near else Likeness.NOT
    if Sign.SAME_PHONE in signs:
        if not named:
            return Likeness.NOT if Sign.ASSISTED in signs else Likeness.POSSIBLE
        doubted = signs & {Sign.OTHER_BIRTH, Sign.OTHER_CODE}
        return Likeness.POSSIBLE if doubted else Likeness.LIKELY
    if not named or signs & {Sign.OTHER_CODE, Sign.OTHER_BIRTH}:
        return Likeness.NOT
    return _by_name(signs)


def _by_name(signs: frozenset[Sign]) -> Likeness:
    same, whole_day = Sign.SAME_NAME in signs, Sign.SAME_BIRTH_DATE in signs
    near = Sign.SAME_UNIT in signs
    if same and whole_day and near and Sign.OTHER_ACCENTS not in signs:
        return Likeness.LIKELY
    if (same and (whole_day or near)) or (whole_day and near):
        return Likeness.POSSIBLE
    return Likeness.NOT


def _given(one: str, other: str, same: Sign, differs: Sign) -> Sign | None:
    if not one or not other:
        return None
    return same if one == other else differs


def _birth(one: Entrant, other: Entrant) -> Sign | None:
    if one.birth_date and other.birth_date:
        return Sign.SAME_BIRTH_DATE if one.birth_date == other.birth_date else Sign.OTHER_BIRTH
    if one.year is None or other.year is None:
        return None
    return Sign.SAME_BIRTH_YEAR if one.year == other.year else Sign.OTHER_BIRTH


def _unit(one: int | None, other: int | None) -> Sign | None:
    if one is None and other is None:
        return None
    return Sign.SAME_UNIT if one == other else Sign.OTHER_UNIT


def _name(one: str, other: str) -> Sign:
    folded = vietnamese.search_key(one), vietnamese.search_key(other)
    if folded[0] == folded[1] != "":
        return Sign.SAME_NAME
    return Sign.SIMILAR_NAME if _similar(folded[0].split(), folded[1].split()) else Sign.OTHER_NAME


def _accents(one: str, other: str) -> Sign | None:
    """Hà and Hạ are two names; Ha typed without any accent may be either."""
    if vietnamese.search_key(one) != vietnamese.search_key(other):
        return None
    keys = vietnamese.answer_key(one), vietnamese.answer_key(other)
    return None if keys[0] == keys[1] or any(key.isascii() for key in keys) else Sign.OTHER_ACCENTS


def _similar(one: list[str], other: list[str]) -> bool:
    """The words in another order, a middle name left out, or one letter wrong in one word."""
    if min(len(one), len(other)) < 2:
        return False
    words, others = Counter(one), Counter(other)
    if words == others:
        return True
    if len(one) != len(other):
        fewer, more = sorted((words, others), key=Counter.total)
        return fewer <= more and one[0] == other[0] and one[-1] == other[-1]
    wrong = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    return len(wrong) == 1 and _one_letter_apart(*wrong[0])


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter changed, added or left out, in words long enough for it to be a slip."""
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(map(len, (one, other)))
    )
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    shorter, longer = sorted((one, other), key=len)
    return shorter[start:] == longer[start + 1 :]
