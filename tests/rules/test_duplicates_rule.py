"""Who may be one person: the rule as a table."""

from datetime import date

import pytest

from contest.rules.duplicates import Entrant, Likeness, Sign, compare

LIKELY, POSSIBLE, NOT = Likeness.LIKELY, Likeness.POSSIBLE, Likeness.NOT
LAN = "Nguyễn Thị Lan"
BORN = {"birth_date": date(1990, 3, 8)}
CASES = [
    ("one code, one name", (LAN, {"code_key": "NV001"}), (LAN, {"code_key": "NV001"}), LIKELY),
    ("one code, another name", (LAN, {"code_key": "NV001"}), ("Lê Văn Bình", {"code_key": "NV001"}), NOT),
    ("that, in one unit", (LAN, {"code_key": "NV001", "unit_id": 1}), ("Lê Văn Bình", {"code_key": "NV001", "unit_id": 1}), POSSIBLE),
    ("one phone, one name", (LAN, {"phone": "0900000001"}), (LAN, {"phone": "0900000001"}), LIKELY),
    ("a family's phone", (LAN, {"phone": "0900000001"}), ("Trần Văn Bé", {"phone": "0900000001"}), POSSIBLE),
    ("a volunteer's phone", (LAN, {"phone": "0900000001", "assisted": True}), ("Trần Văn Bé", {"phone": "0900000001"}), NOT),
    ("helped, but one name", (LAN, {"phone": "0900000001", "assisted": True}), (LAN, {"phone": "0900000001"}), LIKELY),
    ("one phone, other births", (LAN, {"phone": "09", "birth_year": 1990}), (LAN, {"phone": "09", "birth_year": 2012}), POSSIBLE),
    ("name, day, unit", (LAN, BORN | {"unit_id": 1}), (LAN, BORN | {"unit_id": 1}), LIKELY),
    ("name and day", (LAN, BORN | {"unit_id": 1}), (LAN, BORN | {"unit_id": 2}), POSSIBLE),
    ("two accents", ("Lê Thị Hà", BORN | {"unit_id": 1}), ("Lê Thị Hạ", BORN | {"unit_id": 1}), POSSIBLE),
    ("one without accents", (LAN, BORN | {"unit_id": 1}), ("NGUYEN THI LAN", BORN | {"unit_id": 1}), LIKELY),
    ("where the tone stands", ("Phạm Thị Hòa", BORN | {"unit_id": 1}), ("Phạm Thị Hoà", BORN | {"unit_id": 1}), LIKELY),
    ("name and unit", (LAN, {"unit_id": 1}), (LAN, {"unit_id": 1}), POSSIBLE),
    ("namesakes elsewhere", (LAN, {"unit_id": 1}), (LAN, {"unit_id": 2}), NOT),
    ("namesakes with two codes", (LAN, {"unit_id": 1, "code_key": "1"}), (LAN, {"unit_id": 1, "code_key": "2"}), NOT),
    ("namesakes of two ages", (LAN, {"unit_id": 1, "birth_year": 1990}), (LAN, {"unit_id": 1, "birth_year": 1991}), NOT),
    ("day against year", (LAN, BORN | {"unit_id": 1}), (LAN, {"unit_id": 1, "birth_year": 1990}), POSSIBLE),
    ("middle name left out", (LAN, BORN | {"unit_id": 1}), ("Nguyễn Lan", BORN | {"unit_id": 1}), POSSIBLE),
    ("given name first", (LAN, BORN | {"unit_id": 1}), ("Lan Nguyễn Thị", BORN | {"unit_id": 1}), POSSIBLE),
    ("a slip", ("Trần Quốc Thắng", BORN | {"unit_id": 1}), ("Trần Quốc Thawng", BORN | {"unit_id": 1}), POSSIBLE),
    ("twins", ("Trần Quốc Thắng", BORN | {"unit_id": 1}), ("Trần Quốc Lợi", BORN | {"unit_id": 1}), NOT),
    ("two short names", ("Lê An", BORN | {"unit_id": 1}), ("Lê Ân", BORN | {"unit_id": 1}), POSSIBLE),
    ("a slip in another unit", ("Trần Quốc Thắng", BORN), ("Trần Quốc Thawng", BORN), NOT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "likeness"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_how_much_two_entrants_are_alike(one, other, likeness):
    first, second = Entrant(one[0], **one[1]), Entrant(other[0], **other[1])
    assert compare(first, second) == compare(second, first)
    assert compare(first, second).likeness is likeness


def test_what_speaks_for_and_what_against_is_said():
    lan = Entrant(LAN, phone="0900000001", birth_year=1990, unit_id=1, assisted=True)
    found = compare(lan, Entrant("Nguyễn Thị Làn", phone="0900000001", birth_year=1991, unit_id=2))
    assert found.speaks_for == [Sign.SAME_PHONE, Sign.SAME_NAME]
    assert found.speaks_against == [Sign.OTHER_ACCENTS, Sign.OTHER_BIRTH, Sign.OTHER_UNIT, Sign.ASSISTED]
