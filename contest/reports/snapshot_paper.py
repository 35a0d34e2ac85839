"""A frozen report as an official paper; in Vietnamese, from its rows alone."""

from collections.abc import Iterator, Sequence

from contest.clock import VIETNAM
from contest.participation.seen_as import View
from contest.reports.snapshot_models import SnapshotNote, SnapshotUnit
from contest.reports.snapshot_queries import Frozen
from contest.reports.words import COVERS, STATES, WAYS, question
from contest.rules.counting import Rate
from contest.rules.report_check import Asks, Question
from contest.rules.reporting import Covers, State, Way
from contest.web.official import Align, Block, Column, Heading, Official, Paragraph, Table
from contest.web.official import whole_number as number

# So many lines of a table are printed; beyond, the workbook is the annex.
MOST_LINES = 1000
_UNIT_COLUMNS = (
    Column("TT", 6, Align.CENTRE),
    Column("Đơn vị", 33),
    Column("Số người", 11, Align.RIGHT),
    Column("Người trực tuyến", 11, Align.RIGHT),
    Column("Lượt trực tuyến", 11, Align.RIGHT),
    Column("Tỷ lệ", 13, Align.RIGHT),
    Column("Hội trường", 11, Align.RIGHT),
    Column("Trên giấy", 10, Align.RIGHT),
    Column("Cộng người", 11, Align.RIGHT),
)
_COUNT_COLUMNS = (
    Column("TT", 6, Align.CENTRE),
    Column("Đơn vị", 26),
    Column("Hình thức, địa điểm", 32),
    Column("Ngày", 14, Align.CENTRE),
    Column("Người", 10, Align.RIGHT),
    Column("Lượt", 10, Align.RIGHT),
    Column("Minh chứng", 20),
)

_COUNTED_AT = {
    View.THEN: "đơn vị của lượt thi được tính",
    View.NOW: "đơn vị hiện nay, đã gồm người của các đơn vị nhập vào",
}


def paper(frozen: Frozen) -> Official:
    """The whole report: what came out, by unit, what was declared, what was explained."""
    snapshot = frozen.snapshot
    about = " – ".join(part for part in (snapshot.round_name, snapshot.contest_name) if part)
    return Official(
        head=snapshot.letterhead,
        kind="BÁO CÁO",
        about=f"Kết quả tham gia {about}",
        blocks=[
            *_result(frozen),
            *_by_unit(frozen),
            *_declared(frozen),
            *_explained(frozen),
            *_ending(frozen),
        ],
        made_at=snapshot.made_at,
        day=snapshot.made_at.astimezone(VIETNAM).date(),
    )


def people(unit: SnapshotUnit) -> int:
    """Everybody: seen online and declared."""
    return unit.online_people + unit.hall_people + unit.paper_people


def rate(unit: SnapshotUnit) -> str:
    """The online rate as printed; a dash where no headcount is known."""
    return Rate(unit.measured, unit.headcount).in_words() or "–"


def note_question(note: SnapshotNote) -> str:
    """The question that was put to the unit."""
    numbers = tuple(int(part) for part in note.about.split("/") if part)
    return str(question(Question(Asks(note.kind), numbers=numbers), note.place))


def _moment(frozen: Frozen) -> str:
    at = frozen.snapshot.counted_at or frozen.snapshot.made_at
    return at.astimezone(VIETNAM).strftime("%H giờ %M ngày %d/%m/%Y")


def _result(frozen: Frozen) -> Iterator[Block]:
    snapshot, total = frozen.snapshot, frozen.units[0]
    yield Heading("I. KẾT QUẢ CHUNG")
    yield Paragraph(
        f"Tính đến {_moment(frozen)}, {snapshot.unit_name} có {number(total.online_people)} người dự thi trực tuyến "
        f"(mỗi người đếm một lần) với {number(total.online_attempts)} lượt thi."
    )
    if total.headcount:
        yield Paragraph(
            f"Tỷ lệ dự thi trực tuyến là {rate(total)}: {number(total.measured)} người trên "
            f"{number(total.headcount)} người của các đơn vị đã có số người."
        )
    yield Paragraph(
        f"Các đơn vị khai thêm {number(total.hall_people)} người thi tại hội trường, sân khấu và "
        f"{number(total.paper_people)} người thi trên giấy. Cộng: {number(people(total))} người."
    )
    if snapshot.free_attempts:
        yield Paragraph(
            f"Trong đó có {number(snapshot.free_people)} người dự thi tự do, không thuộc đơn vị nào, với "
            f"{number(snapshot.free_attempts)} lượt thi."
        )
    if snapshot.asked:
        yield Paragraph(
            f"Đã nhận {number(snapshot.arrived)} trên {number(snapshot.asked)} báo cáo của các đơn vị phải báo cáo; "
            f"đã duyệt {number(snapshot.approved)} báo cáo."
        )


def _by_unit(frozen: Frozen) -> Iterator[Block]:
    levels = sorted({unit.level for unit in frozen.units if unit.level})
    yield Heading("II. KẾT QUẢ THEO ĐƠN VỊ")
    if not levels:
        yield Table(_UNIT_COLUMNS, [_unit_row("", frozen.units[0])])
    for level in levels:
        rows = [unit for unit in frozen.units if unit.level == level]
        if len(levels) > 1:
            yield Paragraph(f"{level}. Cấp {level}: {number(len(rows))} dòng")
        lines = [_unit_row(str(place), unit, level > 1) for place, unit in enumerate(rows, start=1)]
        if level > 1:
            yield from _table(_UNIT_COLUMNS, lines)
            continue
        last = [*_free(frozen, len(lines) + 1), _sum_row(frozen.units[0])]
        yield from _table(_UNIT_COLUMNS, lines, last)


def _table(
    columns: Sequence[Column], lines: list[list[str]], last: Sequence[list[str]] = ()
) -> Iterator[Block]:
    """A table with its sum at the end; of a long one the beginning, because nobody reads hundreds of pages."""
    shown = [*lines[:MOST_LINES], *last]
    yield Table(columns, shown, frozenset({len(shown) - 1} if last else ()))
    if len(lines) > MOST_LINES:
        yield _annex(len(lines))


def _annex(lines: int) -> Paragraph:
    return Paragraph(
        f"Trên đây là {number(MOST_LINES)} trên {number(lines)} dòng. Danh sách đầy đủ ở phụ lục kèm theo "
        "(tệp Excel của bản chốt này)."
    )


def _unit_row(place: str, unit: SnapshotUnit, with_above: bool = False) -> list[str]:
    name = f"{unit.name} ({unit.above})" if with_above and unit.above else unit.name
    return [
        place,
        name,
        number(unit.headcount),
        number(unit.online_people),
        number(unit.online_attempts),
        rate(unit),
        number(unit.hall_people),
        number(unit.paper_people),
        number(people(unit)),
    ]


def _sum_row(total: SnapshotUnit) -> list[str]:
    return ["", "Cộng", *_unit_row("", total)[2:]]


def _free(frozen: Frozen, place: int) -> list[list[str]]:
    snapshot = frozen.snapshot
    if not snapshot.free_attempts:
        return []
    free = number(snapshot.free_people)
    return [[str(place), "Cá nhân tự do", "–", free, number(snapshot.free_attempts), "–", "0", "0", free]]


def _declared(frozen: Frozen) -> Iterator[Block]:
    if not frozen.counts:
        return
    yield Heading("III. CÁC BUỔI THI NGOÀI HỆ THỐNG DO ĐƠN VỊ KHAI")
    rows = []
    for place, count in enumerate(frozen.counts, start=1):
        where = f"{WAYS[Way(count.way)]}: {count.place}"
        if count.covers == Covers.WHOLE:
            where += f" ({COVERS[Covers.WHOLE]})"
        if count.repeated:
            where += f" (trong đó {number(count.repeated)} người đã được đếm ở nơi khác)"
        held = count.held_on.strftime("%d/%m/%Y")
        numbers = [number(count.people), number(count.attempts)]
        rows.append(
            [
                str(place),
                count.unit_name,
                where,
                held,
                *numbers,
                "; ".join(count.evidence.split("\n")) or "không có",
            ]
        )
    yield from _table(_COUNT_COLUMNS, rows)


def _explained(frozen: Frozen) -> Iterator[Block]:
    if frozen.notes:
        yield Heading("IV. GIẢI TRÌNH" if frozen.counts else "III. GIẢI TRÌNH")
    for note in frozen.notes[:MOST_LINES]:
        yield Paragraph(f"{note.unit_name}: {note_question(note)} {note.text}")
    if len(frozen.notes) > MOST_LINES:
        yield _annex(len(frozen.notes))


def _ending(frozen: Frozen) -> Iterator[Block]:
    counted = _COUNTED_AT[View(frozen.snapshot.view)]
    yield Paragraph(
        f"Người dự thi trực tuyến do hệ thống đếm, mỗi người một lần, tại {counted}; số của một "
        "đơn vị gồm cả các đơn vị bên dưới. Số tại hội trường và trên giấy do đơn vị khai, không cộng trùng giữa "
        f"cấp trên và cấp dưới. Bản chốt số {frozen.snapshot.number}.",
        note=True,
    )


def state(unit: SnapshotUnit) -> str:
    """Where its report stood, in words."""
    if unit.state:
        return str(STATES[State(unit.state)][0])
    return str(STATES[None][0]) if unit.asked else ""
