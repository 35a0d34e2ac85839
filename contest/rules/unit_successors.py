"""Reads which units another one went into, as a table writes it: "P02", or "X01 60% +; X02 40%"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WHOLE = 10_000
# Said behind the unit of a split that takes over the people of the old one.
_TAKES = r"\+|nhận người"
_PART = re.compile(
    rf"(?P<code>\S+?)(?:\s*[\s:(]\s*(?P<share>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*%?\s*\)?)?(?:\s*(?P<takes>{_TAKES}))?"
)


@dataclass(frozen=True)
class Successor:
    """A unit by its code, its part of the headcount in hundredths of a percent, and whether it takes the people."""

    code: str
    share: int = WHOLE
    takes_people: bool = True


def read(text: str) -> tuple[Successor, ...] | None:
    """The successors in a cell, () for none; None where it is not clear who they are or what each gets.

    One successor takes everything. Of several each needs its percentage, together 100, and at most one takes
    the people over.
    """
    parts = [part for part in map(str.strip, re.split(r";|,\s|\n", text)) if part]
    found = [_PART.fullmatch(part) for part in parts]
    if not parts:
        return ()
    if len(parts) == 1 and found[0] and (found[0]["share"] or "100") == "100":
        return (Successor(found[0]["code"]),)
    successors = tuple(
        Successor(one["code"], _hundredths(one["share"]), bool(one["takes"]))
        for one in found
        if one and one["share"]
    )
    shared = sum(one.share for one in successors) == WHOLE
    apart = len({one.code for one in successors}) == len(parts) > 1
    takers = sum(one.takes_people for one in successors)
    return successors if shared and apart and takers <= 1 else None


def _hundredths(text: str) -> int:
    whole, _sign, part = text.replace(",", ".").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def written(successors: Iterable[Successor]) -> str:
    """As a table writes them, the largest part first; what `read` gives back."""
    ordered = sorted(successors, key=lambda one: (-one.share, one.code))
    if len(ordered) == 1:
        return ordered[0].code
    return "; ".join(f"{one.code} {_percent(one.share)}%{' +' * one.takes_people}" for one in ordered)


def _percent(share: int) -> str:
    whole, part = divmod(share, 100)
    return f"{whole},{part:02}".rstrip("0") if part else str(whole)
