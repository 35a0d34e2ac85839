"""From an uploaded file to its draft: read aside, compared with the list as it stands, kept for a preview."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from contest.clock import VIETNAM
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.files import tables
from contest.language import _
from contest.rosters import queries
from contest.rosters.models import DraftState, RosterDraft, RosterRemark, RosterRow, RosterUpload
from contest.rules import roster_table, staff_codes, vietnamese
from contest.rules.roster_table import Problem, Remark, RosterTable, Row
from contest.units import lineage
from contest.units import queries as units
from contest.units.models import Unit

A_PART = 1000
NO_HEADER = _(
    "Chưa tìm thấy dòng tiêu đề. Bảng cần cột “Họ và tên” và ít nhất một cột khác, "
    "ví dụ “Số điện thoại”; hãy dùng tệp mẫu."
)

Said = tuple[str, str | None, str | None, date | None, int | None, str, int]


@dataclass(frozen=True)
class Line:
    """One line of a file with the unit it belongs to."""

    row: Row
    unit_id: int
    remarks: tuple[Remark, ...]

    @property
    def said(self) -> Said:
        """What the list would hold, in the order of `_held`."""
        one = self.row
        return (
            one.name,
            one.code or None,
            one.phone or None,
            one.birth_date,
            one.birth_year,
            one.place,
            self.unit_id,
        )


@dataclass(frozen=True)
class Compared:
    """What taking a line in would do, to which row; `elsewhere`: another unit lists the same name and phone."""

    state: DraftState
    row_id: int | None = None
    elsewhere: bool = False


@dataclass
class Against:
    """The list that lines are compared with: a subtree's, as it stood up to a row; each row is found once."""

    contest_id: int
    path: str
    newest: int
    claimed: set[int] = field(default_factory=set)


def read_table(content: bytes, now: datetime) -> RosterTable:
    """The first sheet that is a staff list; raises Refusal. Up to 20 seconds: never inside a transaction."""
    year = now.astimezone(VIETNAM).year
    for cells in tables.cells(content, "roster"):
        table = roster_table.read(cells, year)
        if table.header_found and table.rows:
            return table
    raise Refusal(NO_HEADER)


def read_upload(upload_id: int, now: Callable[[], datetime], say: Callable[[int, int], None]) -> None:
    """Read a stored file into its draft; `say` hears how far it is, inside each transaction.

    Whatever an earlier try wrote is thrown away first.
    """
    upload = db.session.get_one(RosterUpload, upload_id)
    table = read_table(upload.content, now())
    unit = units.by_id(upload.unit_id)
    lines = placed(table.rows, unit)
    against = Against(upload.contest_id, unit.path, queries.newest_row())
    with write_transaction():
        say(0, len(lines))
        for model in (RosterDraft, RosterRemark):
            db.session.execute(delete(model).where(model.upload_id == upload_id))
    for start in range(0, len(lines), A_PART):
        part = lines[start : start + A_PART]
        compared = compare(part, against)
        with write_transaction():
            say(start + len(part), len(lines))
            _keep(upload_id, part, compared)
    with write_transaction():
        upload = db.session.get_one(RosterUpload, upload_id)
        upload.ignored = "\n".join(table.ignored)
        upload.month_first = table.habit.month_first
        upload.read_at, upload.content = now(), b""


def placed(rows: Sequence[Row], unit: Unit) -> list[Line]:
    """Each row with its unit: the one whose code it gives, or whose name it writes; else the list's own."""
    below = units.everything(unit.path)
    by_code = {one.code.upper(): one.id for one in below}
    by_name = {vietnamese.search_key(one.name): one.id for one in below}
    heirs = lineage.carriers(unit.path)
    for gone in lineage.carried_on(unit.path):
        by_code.setdefault(gone.code.upper(), heirs[gone.id].id)
        by_name.setdefault(vietnamese.search_key(gone.name), heirs[gone.id].id)
    lines: list[Line] = []
    codes: dict[tuple[int, str], int] = {}
    for row in rows:
        remarks, unit_id = row.remarks, by_name.get(vietnamese.search_key(row.place), unit.id)
        if row.unit:
            unit_id = by_code.get(row.unit.upper(), 0)
            if not unit_id:
                remarks, unit_id = (*remarks, Remark(Problem.UNKNOWN_UNIT, row.unit)), unit.id
        # Two units may each have their own 001; one unit may not, in whatever words its lines name it.
        number = (
            codes.setdefault((unit_id, staff_codes.key(row.code)), row.number) if row.code else row.number
        )
        if number != row.number and not _says(remarks, Problem.REPEATED_CODE):
            remarks = (*remarks, Remark(Problem.REPEATED_CODE, f"{row.code}|{number}"))
        lines.append(Line(row, unit_id, remarks))
    return lines


def _says(remarks: Sequence[Remark], problem: Problem) -> bool:
    return any(remark.problem is problem for remark in remarks)


def compare(lines: Sequence[Line], against: Against) -> list[Compared]:
    """What taking each line in would do; changes nothing but which rows are claimed."""
    good = [line.row for line in lines if not _faulty(line)]
    known = [
        *queries.like_any(
            against.contest_id, {staff_codes.key(row.code) for row in good}, {row.phone for row in good}, ()
        ),
        # A line with a code is never somebody who has another one, whatever the name.
        *queries.without_code(against.contest_id, {row.name_key for row in good if row.code}),
        *queries.like_any(against.contest_id, (), (), {row.name_key for row in good if not row.code}),
    ]
    places = lineage.places({row.unit_id for row in known})
    below = {
        row.id: row for row in known if any(path.startswith(against.path) for path in places[row.unit_id])
    }
    others = {(row.name_key, row.phone) for row in known if row.id not in below}
    held = [row for row in below.values() if row.id <= against.newest]
    inherited = {row.id for row in held if not places[row.unit_id][0].startswith(against.path)}
    finder = _Finder(held, inherited, against.claimed)
    return [Compared(DraftState.FAULTY) if _faulty(line) else finder.compared(line, others) for line in lines]


def _faulty(line: Line) -> bool:
    return any(remark.is_fault for remark in line.remarks)


class _Finder:
    """Finds the row a line speaks of: by code, else phone and name, else name and birth; each row once.

    Another unit may use the same code for somebody else: there a code means a row only with the name. `inherited`:
    rows of units that went into this one; a merger may give somebody another code, so a phone with the name suffices.
    """

    def __init__(self, rows: Sequence[RosterRow], inherited: set[int], claimed: set[int]) -> None:
        self.by_code: dict[str, list[RosterRow]] = {}
        self.by_name: dict[str, list[RosterRow]] = {}
        self.inherited, self.claimed = inherited, claimed
        for row in rows:
            self.by_name.setdefault(row.name_key, []).append(row)
            if row.code_key:
                self.by_code.setdefault(row.code_key, []).append(row)

    def compared(self, line: Line, others: set[tuple[str, str | None]]) -> Compared:
        elsewhere = bool(line.row.phone) and (line.row.name_key, line.row.phone) in others
        found = self._row_of(line)
        if found is None:
            return Compared(DraftState.NEW, elsewhere=elsewhere)
        self.claimed.add(found.id)
        same = _held(found) == line.said
        return Compared(DraftState.SAME if same else DraftState.CHANGED, found.id, elsewhere)

    def _row_of(self, line: Line) -> RosterRow | None:
        row, code = line.row, staff_codes.key(line.row.code)
        with_code = [one for one in self.by_code.get(code, ()) if one.id not in self.claimed]
        here = [one for one in with_code if one.unit_id == line.unit_id]
        named = [one for one in self.by_name.get(row.name_key, ()) if one.id not in self.claimed]
        by_code = here or [one for one in named if code and one.code_key == code]
        alike = [one for one in named if not (code and one.code_key)]
        by_phone = [
            one
            for one in named
            if (one in alike or one.id in self.inherited) and row.phone and one.phone == row.phone
        ]
        by_birth = [one for one in alike if _same_birth(one, row)]
        return next(iter(by_code or by_phone or by_birth), None)


def _same_birth(one: RosterRow, row: Row) -> bool:
    if one.birth_date and row.birth_date:
        return one.birth_date == row.birth_date
    if one.birth_year and row.birth_year:
        return one.birth_year == row.birth_year
    return not (one.phone and row.phone) and one.place == row.place


def _held(row: RosterRow) -> Said:
    return (row.name, row.code, row.phone, row.birth_date, row.birth_year, row.place, row.unit_id)


def _keep(upload_id: int, lines: Sequence[Line], compared: Sequence[Compared]) -> None:
    drafts, remarks = [], []
    names = ("name", "code", "phone", "birth_date", "birth_year", "place", "unit_id")
    for line, found in zip(lines, compared, strict=True):
        where = {"upload_id": upload_id, "number": line.row.number}
        values = dict(zip(names, line.said, strict=True))
        drafts.append(where | values | {"state": found.state, "row_id": found.row_id})
        elsewhere = (Remark(Problem.LISTED_ELSEWHERE, line.row.phone),) if found.elsewhere else ()
        for remark in (*line.remarks, *elsewhere):
            remarks.append(where | {"problem": remark.problem, "words": remark.words[:200]})
    db.session.execute(insert(RosterDraft), drafts)
    if remarks:
        db.session.execute(insert(RosterRemark), remarks)


def kept_lines(upload_id: int, after: int, most: int) -> list[Line]:
    """The next good lines of a draft behind a line of the file, as they were read."""
    statement = (
        select(RosterDraft)
        .where(
            RosterDraft.upload_id == upload_id,
            RosterDraft.state != DraftState.FAULTY,
            RosterDraft.number > after,
        )
        .order_by(RosterDraft.number)
        .limit(most)
    )
    return [_line(one) for one in db.session.scalars(statement)]


def _line(one: RosterDraft) -> Line:
    row = Row(
        one.number,
        one.name,
        one.code or "",
        one.phone or "",
        one.birth_date,
        one.birth_year,
        "",
        one.place,
    )
    return Line(row, one.unit_id, ())
