"""Old workbooks whose chains of sectors are broken are refused before the compiled reader sees them."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from workbooks import HEADER, ROW, keys, xls

from contest.banks.formats.read import read_bank
from contest.banks.formats.sheet_scan_xls import check_xls
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, Severity

GOOD = xls([HEADER, ROW])
FIRST_TABLE = struct.unpack_from("<I", GOOD, 76)[0]
DIRECTORY = struct.unpack_from("<I", GOOD, 48)[0]


def number_at(place: int, value: int) -> bytes:
    """The workbook with another number of 32 bits at this place."""
    changed = bytearray(GOOD)
    struct.pack_into("<I", changed, place, value)
    return bytes(changed)


def link(sector: int, target: int) -> bytes:
    """The workbook in which the chain leads from this sector to that one."""
    return number_at((FIRST_TABLE + 1) * 512 + 4 * sector, target)


def test_a_sound_workbook_is_let_through() -> None:
    assert not check_xls(GOOD)
    assert keys(read_bank(GOOD, "a.xls")) == ["A"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda: link(3, 0),
        lambda: link(3, 3),
        lambda: link(3, 100_000),
        lambda: link(DIRECTORY, DIRECTORY),
        lambda: number_at(48, 99_999),
        lambda: number_at(60, 99_999),
        lambda: number_at(68, 99_999),
        lambda: number_at(76, 99_999),
        lambda: number_at(30, 0x0006_0003),
        lambda: number_at(30, 0x0009_0009),
        lambda: number_at((DIRECTORY + 1) * 512 + 128 + 116, 50_000),
        lambda: GOOD[:400],
        lambda: GOOD[:800],
    ],
)
def test_a_chain_that_leads_nowhere_or_round_is_refused(damage: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as refusal:
        check_xls(damage())
    assert refusal.value.kind == "broken"


def test_what_the_compiled_reader_stumbles_over_is_refused_too() -> None:
    for length in range(len(GOOD) - 700, len(GOOD), 37):
        try:
            assert read_bank(GOOD[:length], "a.xls").found == 1
        except Unreadable as refusal:
            assert refusal.kind in ("broken", "unknown_format")


def test_pictures_that_cannot_be_read_are_said_once_for_the_file() -> None:
    path = Path(__file__).parent / "files" / "sheet-old-pictures.xls"
    bank = read_bank(path.read_bytes(), path.name)
    assert [(fault.kind, fault.severity) for fault in bank.faults] == [
        (FaultKind.FILE_NOTE, Severity.WARNING)
    ]
    assert "lưu lại thành .xlsx" in bank.faults[0].message()
