"""Whether somebody who entered is somebody on a staff list: surely, perhaps or not, and by what."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from contest.rules import vietnamese

K = TypeVar("K")


class Certainty(StrEnum):
    """How sure it is that two descriptions are of one person."""

    SURELY = "surely"
    PERHAPS = "perhaps"
    NOT = "not"


class Ground(StrEnum):
    """What it rests on."""

    CODE = "code"
    PHONE = "phone"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Described:
    """A person as declared or as listed. `code_key`: see staff_codes; "" and None: not said."""

    name: str
    code_key: str = ""
    phone: str = ""
    birth_date: date | None = None
    birth_year: int | None = None

    @property
    def year(self) -> int | None:
        return self.birth_date.year if self.birth_date else self.birth_year


@dataclass(frozen=True)
class Verdict:
    """The answer and its ground."""

    certainty: Certainty
    ground: Ground


_NOT = Verdict(Certainty.NOT, Ground.NOTHING)


def compare(declared: Described, listed: Described, near: bool) -> Verdict:
    """Code, else phone, else name and birth. `near`: the declared unit lies in or above the listed one's branch.

    A code is an office's own and a phone may be a family's: either is sure only together with the name, and a
    code or a name only within the same branch of the tree.
    """
    same_name = _same_name(declared.name, listed.name)
    if declared.code_key and declared.code_key == listed.code_key:
        sure = same_name and near and _births(declared, listed) is not False
        if sure or same_name or near:
            return Verdict(Certainty.SURELY if sure else Certainty.PERHAPS, Ground.CODE)
        return _NOT
    codes_differ = bool(declared.code_key and listed.code_key)
    if declared.phone and declared.phone == listed.phone:
        sure = same_name and not codes_differ and _births(declared, listed) is not False
        return Verdict(Certainty.SURELY if sure else Certainty.PERHAPS, Ground.PHONE)
    if not same_name:
        return _NOT
    phones_differ = bool(declared.phone and listed.phone)
    return _by_name(declared, listed, near, doubted=codes_differ or phones_differ)


def _by_name(declared: Described, listed: Described, near: bool, *, doubted: bool) -> Verdict:
    """Equal names. A whole day of birth makes it sure; a year or nothing leaves it open; another day ends it."""
    births = _births(declared, listed)
    whole_day = declared.birth_date is not None and declared.birth_date == listed.birth_date
    if births is False and not (near and _swapped(declared.birth_date, listed.birth_date)):
        return _NOT
    if whole_day:
        sure = near and not doubted and _same_accents(declared.name, listed.name)
        return Verdict(Certainty.SURELY if sure else Certainty.PERHAPS, Ground.NAME_AND_BIRTH)
    if not near or (doubted and births is None):
        return _NOT
    return Verdict(Certainty.PERHAPS, Ground.NAME_AND_BIRTH if births else Ground.NAME)


def _births(one: Described, other: Described) -> bool | None:
    """Whether the births agree as far as both are known; None where one says nothing."""
    if one.birth_date and other.birth_date:
        return one.birth_date == other.birth_date
    if one.year is None or other.year is None:
        return None
    return one.year == other.year


def _swapped(one: date | None, other: date | None) -> bool:
    """The same day with day and month exchanged, as spreadsheets do."""
    return bool(one and other and (one.year, one.month, one.day) == (other.year, other.day, other.month))


def _same_name(one: str, other: str) -> bool:
    return vietnamese.search_key(one) == vietnamese.search_key(other) != ""


def _same_accents(one: str, other: str) -> bool:
    """Equal as written, wherever the tone stands; or one of them was typed without any accent."""
    keys = [vietnamese.answer_key(name) for name in (one, other)]
    return keys[0] == keys[1] or any(unicodedata.normalize("NFC", key).isascii() for key in keys)


def best(found: Mapping[K, Verdict], taken: Iterable[K] = ()) -> dict[K, Verdict]:
    """Of all verdicts about one person those that hold: one sure, or every perhaps.

    Two sure ones are both only perhaps; so is one whose other side (`taken`) surely belongs to somebody already.
    """
    held = set(taken)
    sure = [
        key for key, verdict in found.items() if verdict.certainty is Certainty.SURELY and key not in held
    ]
    if len(sure) == 1:
        return {sure[0]: found[sure[0]]}
    return {
        key: Verdict(Certainty.PERHAPS, verdict.ground)
        for key, verdict in found.items()
        if verdict.certainty is not Certainty.NOT
    }
