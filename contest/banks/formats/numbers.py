"""Numbers in markup files, which write them with a decimal point, and how this program writes them."""

import re
from decimal import Decimal

LONGEST = 25
_NUMBER = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?", re.ASCII)


def number(text: str) -> Decimal | None:
    """The number in digits with a decimal point; None for anything else, "3,14" and "nan" among it."""
    plain = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain)
    return value if len(written(value)) <= LONGEST else None


def written(value: Decimal) -> str:
    """The number as Vietnamese write it: "3,14"."""
    return f"{value.normalize() + 0:f}".replace(".", ",")
