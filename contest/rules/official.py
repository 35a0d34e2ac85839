"""The wording of official papers: what stands on top of a state body's, the Party's, the Youth Union's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Body(StrEnum):
    """Whose paper it is, which decides what stands on top of it."""

    STATE = "state"  # state bodies and public service units: Decree 30/2020/NĐ-CP
    PARTY = "party"
    YOUTH = "youth"
    UNION = "union"  # Fatherland Front, trade unions, associations: laid out like the state's


NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_TOP = {
    Body.STATE: NATION,
    Body.UNION: NATION,
    Body.PARTY: ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    Body.YOUTH: ("ĐOÀN TNCS HỒ CHÍ MINH",),
}
# What stands below the name of the body; state papers have a line there.
_BELOW_NAME = {Body.STATE: "", Body.UNION: "", Body.PARTY: "*", Body.YOUTH: "***"}


@dataclass(frozen=True)
class Letterhead:
    """Everything on a paper that belongs to who sends it. `signer_title` and `recipients`: one a line."""

    body: Body = Body.STATE
    superior: str = ""
    name: str = ""
    sign: str = "BC"
    place: str = ""
    signer_title: str = ""
    signer: str = ""
    recipients: str = ""


@dataclass(frozen=True)
class Top:
    """The head of a paper as it is printed, left and right; `mark` is "" where a line is drawn instead."""

    superior: str
    name: str
    mark: str
    number: str
    right: tuple[str, ...]
    place_and_day: str
    signer_title: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]


def top(head: Letterhead, number: int | None, day: date | None) -> Top:
    """The head in words; without a number or day there is room to write it by hand."""
    return Top(
        superior=head.superior.upper(),
        name=head.name.upper(),
        mark=_BELOW_NAME[head.body],
        number=number_line(head, number),
        right=_TOP[head.body],
        place_and_day=place_and_day(head.place, day),
        signer_title=tuple(line.upper() for line in _lines(head.signer_title)),
        signer=head.signer,
        recipients=tuple(_lines(head.recipients)),
    )


def number_line(head: Letterhead, number: int | None) -> str:
    """ "Số: 05/BC-UBND"; the Party and the Youth Union write "Số 05-BC/TU". Below 10 with a 0."""
    shown = "      " if number is None else f"{number:02}"
    if head.body in (Body.PARTY, Body.YOUTH):
        return f"Số {shown}-{head.sign}"
    return f"Số: {shown}/{head.sign}"


def place_and_day(place: str, day: date | None) -> str:
    """ "An Bình, ngày 05 tháng 02 năm 2026": days below 10 and the months 1 and 2 have a 0 in front."""
    before = f"{place}, " if place else ""
    if day is None:
        return f"{before}ngày      tháng      năm"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{before}ngày {day.day:02} tháng {month} năm {day.year}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
