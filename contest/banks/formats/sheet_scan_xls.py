"""Looks through an old .xls before it is read: a chain of sectors without end would take all memory of its reader.

It also says whether there are pictures, which nothing reads from so old a file.
"""

import struct
from collections.abc import Iterator, Sequence

from contest.banks.formats.unreadable import Unreadable

# Offsets and signs of [MS-CFB] 2.2 and 2.6.
HEADER_BYTES = 512
DIFAT_START = 76
LAST_SECTOR = 0xFFFFFFFA
ENTRY_BYTES = 128
STREAM, ROOT = 2, 5
SECTOR_SHIFTS = frozenset({9, 12})
MINI_SHIFT = 6
# The record of a workbook that holds its drawings ([MS-XLS] 2.4.171), and in it the store of its pictures,
# which is there only where a picture is ([MS-ODRAW] 2.2.20).
DRAWINGS, PICTURE_STORE = 0x00EB, 0xF001


def check_xls(content: bytes) -> bool:
    """Refuse a compound file in which a chain of sectors leaves the file or comes back to itself.

    Returns whether the workbook in it holds pictures.
    """
    if len(content) < HEADER_BYTES:
        raise Unreadable("broken")
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    directory, cutoff, mini_table, difat = (
        struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60, 68)
    )
    if shift not in SECTOR_SHIFTS or mini_shift != MINI_SHIFT:
        raise Unreadable("broken")
    file = _Sectors(content, 1 << shift)
    table = [link for sector in file.table_sectors(difat) for link in file.numbers(sector)]
    entries = b"".join(file.sector(place) for place in _chain(table, directory))
    mini = [link for place in _chain(table, mini_table) for link in file.numbers(place)]
    small, pictures = b"", False
    for at in range(0, len(entries) - ENTRY_BYTES + 1, ENTRY_BYTES):
        kind, name = entries[at + 66], entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, size = struct.unpack_from("<II", entries, at + 116)
        if kind not in (STREAM, ROOT) or not size:
            continue
        chained = kind == ROOT or size >= cutoff
        places = _chain(table if chained else mini, start)
        if kind == ROOT:
            # It comes first, and holds the small sectors of all short streams.
            small = b"".join(map(file.sector, places))
        elif name in ("Workbook", "Book"):
            parts = map(file.sector, places) if chained else (_small_sector(small, place) for place in places)
            pictures = _holds_pictures(b"".join(parts))
    return pictures


def _small_sector(small: bytes, place: int) -> bytes:
    return small[place << MINI_SHIFT : (place + 1) << MINI_SHIFT]


def _holds_pictures(workbook: bytes) -> bool:
    """Whether one of the records says so; each begins with its kind and its length."""
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        if kind == DRAWINGS:
            return _has_store(workbook[at + 4 : at + 4 + length])
        at += 4 + length
    return False


def _has_store(drawings: bytes) -> bool:
    """Whether a picture store is among what stands side by side in the group of drawings."""
    at = 8
    while at + 8 <= len(drawings):
        _version, kind, length = struct.unpack_from("<HHI", drawings, at)
        if kind == PICTURE_STORE:
            return True
        at += 8 + length
    return False


class _Sectors:
    """The file as numbered sectors behind its header."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self._count = -(-len(content) // size) - 1

    def sector(self, place: int) -> bytes:
        """The bytes of a sector, filled up where the file ends within it."""
        if place >= self._count:
            raise Unreadable("broken")
        start = (place + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\xff")

    def numbers(self, place: int) -> tuple[int, ...]:
        """The numbers in a sector."""
        return struct.unpack(f"<{self._size // 4}I", self.sector(place))

    def table_sectors(self, difat: int) -> Iterator[int]:
        """The sectors that hold the table of chains: 109 named in the header, the others in sectors of their own."""
        listed = list(struct.unpack_from("<109I", self._content, DIFAT_START))
        seen: set[int] = set()
        while difat < LAST_SECTOR:
            if difat in seen:
                raise Unreadable("broken")
            seen.add(difat)
            *more, difat = self.numbers(difat)
            listed += more
        if len(set(listed)) - 1 > self._count:
            raise Unreadable("broken")
        return (place for place in dict.fromkeys(listed) if place < LAST_SECTOR)


def _chain(table: Sequence[int], start: int) -> list[int]:
    """The sectors of a chain in order."""
    places: list[int] = []
    while start < LAST_SECTOR:
        if start >= len(table) or len(places) > len(table):
            raise Unreadable("broken")
        places.append(start)
        start = table[start]
    return places
