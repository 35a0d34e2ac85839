"""How a person is named on a sheet that anybody can read."""

ADULT_FROM = 16
LONGEST = 200
NOBODY = "–"


def shown_name(full_name: str, publishes_name: bool, birth_year: int | None, year: int) -> str:
    """The full name with consent to publish it, else a masked one; always masked below 16 years.

    Whoever turns 16 within the `year` of the round counts as 16: only the year of birth is known.
    """
    minor = birth_year is not None and year - birth_year < ADULT_FROM
    return full_name if publishes_name and not minor and full_name.strip() else masked(full_name)


def masked(full_name: str) -> str:
    """The family name and the first letters of the rest: "Nguyễn Văn An" is "Nguyễn V. A."."""
    family, *rest = full_name.split() or [NOBODY]
    if not rest:
        return family if family == NOBODY else f"{family[0]}."
    return " ".join([family, *(f"{part[0]}." for part in rest)])


def unit_line(name: str | None, above: str | None) -> str:
    """A unit as a notice names it, two levels deep: "Trường Tiểu học Kim Đồng, Phường Sen Hồng"."""
    if name is None:
        return ""
    line = f"{name}, {above}" if above else name
    return line if len(line) <= LONGEST else name[:LONGEST]
