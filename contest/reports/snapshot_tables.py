"""A frozen report as tables: a workbook with a sheet per level, and one CSV; in Vietnamese, from its rows alone."""

from collections.abc import Iterator
from fractions import Fraction

from contest.clock import VIETNAM
from contest.reports import snapshot_paper
from contest.reports.snapshot_models import SnapshotCount, SnapshotUnit
from contest.reports.snapshot_queries import Frozen
from contest.reports.words import COVERS, WAYS
from contest.rules.counting import Rate
from contest.rules.reporting import Covers, Way
from contest.web.spreadsheets import Column, Kind, Sheet, Value, csv_with_bom, workbook

_UNITS = (
    Column("Cấp", Kind.INTEGER, 6),
    Column("Mã", width=12),
    Column("Đơn vị", width=44),
    Column("Cấp trên", width=30),
    Column("Số người", Kind.INTEGER, 10),
    Column("Người trực tuyến", Kind.INTEGER, 12),
    Column("Lượt trực tuyến", Kind.INTEGER, 12),
    Column("Tỷ lệ trực tuyến", Kind.PERCENT, 12),
    Column("Người tại hội trường", Kind.INTEGER, 12),
    Column("Lượt tại hội trường", Kind.INTEGER, 12),
    Column("Người trên giấy", Kind.INTEGER, 12),
    Column("Lượt trên giấy", Kind.INTEGER, 12),
    Column("Cộng người", Kind.INTEGER, 12),
    Column("Báo cáo", width=22),
)
_COUNTS = (
    Column("Mã", width=12),
    Column("Đơn vị", width=40),
    Column("Hình thức", width=26),
    Column("Ngày", width=12),
    Column("Địa điểm", width=40),
    Column("Người", Kind.INTEGER, 10),
    Column("Lượt", Kind.INTEGER, 10),
    Column("So với đơn vị dưới", width=28),
    Column("Minh chứng", width=30),
    Column("SHA-256 của minh chứng", width=66),
)
_REPEATED = Column("Trong đó đã được đếm ở nơi khác", Kind.INTEGER, 16)
_NOTES = (
    Column("Mã", width=12),
    Column("Đơn vị", width=40),
    Column("Câu hỏi", width=70),
    Column("Giải trình", width=70),
)


def as_workbook(frozen: Frozen) -> bytes:
    """The sum, a sheet for each level of units, the declared counts, the explanations. No formulas."""
    levels = sorted({unit.level for unit in frozen.units})
    sheets = [
        Sheet(
            f"Cấp {level}" if level else "Tổng hợp",
            _UNITS,
            _unit_rows(frozen, level),
            title_lines=_title(frozen),
        )
        for level in levels
    ]
    if frozen.counts:
        # Reports frozen before anybody was asked keep the file they have.
        asked = any(count.repeated for count in frozen.counts)
        columns = (*_COUNTS, _REPEATED) if asked else _COUNTS
        rows = ([*row, count.repeated] if asked else row for row, count in _count_rows(frozen))
        sheets.append(Sheet("Khai ngoài hệ thống", columns, rows, title_lines=_title(frozen)))
    if frozen.notes:
        sheets.append(Sheet("Giải trình", _NOTES, _note_rows(frozen), title_lines=_title(frozen)))
    return workbook(sheets, made_at=frozen.snapshot.made_at)


def as_csv(frozen: Frozen) -> bytes:
    """Every unit, the sum first, without anything around the table."""
    return csv_with_bom(_UNITS, _unit_rows(frozen, None))


def _title(frozen: Frozen) -> list[str]:
    snapshot = frozen.snapshot
    made = snapshot.made_at.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y")
    about = " – ".join(part for part in (snapshot.round_name, snapshot.contest_name) if part)
    return [snapshot.call_name, snapshot.unit_name, about, f"Bản chốt số {snapshot.number}, chốt lúc {made}"]


def _unit_rows(frozen: Frozen, level: int | None) -> Iterator[list[Value]]:
    for unit in frozen.units:
        if level is None or unit.level == level:
            yield _unit_row(unit)
    snapshot = frozen.snapshot
    if level in (None, 1) and snapshot.free_attempts:
        numbers: list[Value] = [snapshot.free_people, snapshot.free_attempts]
        yield [1, "", "Cá nhân tự do", "", None, *numbers, None, 0, 0, 0, 0, snapshot.free_people, ""]


def _unit_row(unit: SnapshotUnit) -> list[Value]:
    known = Rate(unit.measured, unit.headcount)
    share: Value | Fraction = known.in_words() if known.over else known.share
    return [
        unit.level,
        unit.code,
        unit.name,
        unit.above,
        unit.headcount,
        unit.online_people,
        unit.online_attempts,
        share,
        unit.hall_people,
        unit.hall_attempts,
        unit.paper_people,
        unit.paper_attempts,
        snapshot_paper.people(unit),
        snapshot_paper.state(unit),
    ]


def _count_rows(frozen: Frozen) -> Iterator[tuple[list[Value], SnapshotCount]]:
    for count in frozen.counts:
        cells: list[Value] = [
            count.code,
            count.unit_name,
            str(WAYS[Way(count.way)]),
            count.held_on.strftime("%d/%m/%Y"),
            count.place,
            count.people,
            count.attempts,
            str(COVERS[Covers(count.covers)]) if count.covers else "",
            count.evidence,
            count.sha256,
        ]
        yield cells, count


def _note_rows(frozen: Frozen) -> Iterator[list[Value]]:
    for note in frozen.notes:
        yield [note.code, note.unit_name, snapshot_paper.note_question(note), note.text]
