"""Every SELECT about what units declare beside the system: counts, their sums, their evidence files."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import undefer

from contest.database import db
from contest.errors import NotFound
from contest.reports.models import Report, ReportCount, ReportEvidence
from contest.rules.counting import Tally
from contest.rules.reporting import Covers, Line, State, Way
from contest.units.models import Unit

# Both databases limit how long a list in a statement may be.
A_PORTION = 500
# Thousands of rows: looked up, not made.
_WAYS = {way.value: way for way in Way}
_COVERS = {covers.value: covers for covers in Covers}
SENT = (State.SENT, State.APPROVED)


@dataclass(frozen=True)
class Proof:
    """What is known of an evidence file without reading it."""

    id: int
    filename: str
    size: int
    sha256: str


@dataclass(frozen=True)
class CountRow:
    """A declared count with its unit and its evidence, in the order in which it was added."""

    count: ReportCount
    unit_id: int
    proofs: list[Proof]


def sums(call_id: int, within: str | None, draft_of: int | None = None) -> dict[int, list[Line]]:
    """What units of a subtree declared and sent, added up by way and by what it says of the units below.

    Who is counted elsewhere already is left out of the people. Also what the unit `draft_of` has written and
    not sent. By unit; one statement.
    """
    statement = (
        select(
            Report.unit_id,
            ReportCount.way,
            ReportCount.covers,
            func.sum(ReportCount.people - func.coalesce(ReportCount.repeated, 0)),
            func.sum(ReportCount.attempts),
        )
        .join(Report, Report.id == ReportCount.report_id)
        .where(
            Report.call_id == call_id,
            or_(Report.state.in_(SENT), Report.unit_id == (draft_of or 0)),
            *_scope(within),
        )
        .group_by(Report.unit_id, ReportCount.way, ReportCount.covers)
    )
    found: dict[int, list[Line]] = defaultdict(list)
    for unit_id, way, covers, people, attempts in db.session.execute(statement):
        found[unit_id].append(Line(_WAYS[way], Tally(int(people), int(attempts)), _COVERS[covers]))
    return found


def of_unit(call_id: int, unit_id: int) -> list[CountRow]:
    """Everything one unit declares, sent or not, in the order of the days."""
    return rows(_counts(call_id).where(Report.unit_id == unit_id))


def sent(call_id: int, within: str | None, but: int | None = None) -> Select[int]:
    """Ids of the counts that units of a subtree declared and sent, without those of one unit (`but`)."""
    return (
        select(ReportCount.id)
        .join(Report, Report.id == ReportCount.report_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(
            Report.call_id == call_id,
            Report.state.in_(SENT),
            Report.unit_id != (but or 0),
            *_scope(within),
        )
        .order_by(Unit.sort_key, Unit.id, ReportCount.held_on, ReportCount.id)
    )


def sent_by_unit(call_id: int, within: str | None) -> dict[int, list[CountRow]]:
    """Everything that units of a subtree declared and sent, by unit, in the order of the days."""
    found: dict[int, list[CountRow]] = defaultdict(list)
    for row in rows(_counts(call_id).where(Report.state.in_(SENT), *_scope(within))):
        found[row.unit_id].append(row)
    return found


def of_ids(count_ids: Collection[int]) -> list[CountRow]:
    """Some counts, in this order; for a page of a list."""
    found = {row.count.id: row for row in rows(_counts(None).where(ReportCount.id.in_(count_ids)))}
    return [found[one] for one in count_ids if one in found]


def rows(statement: Select[ReportCount, int]) -> list[CountRow]:
    """Counts with their evidence, which is asked for in portions."""
    counts = [(count, unit_id) for count, unit_id in db.session.execute(statement)]
    proofs = _proofs([count.id for count, _unit_id in counts])
    return [CountRow(count, unit_id, proofs.get(count.id, [])) for count, unit_id in counts]


def _counts(call_id: int | None) -> Select[ReportCount, int]:
    statement = select(ReportCount, Report.unit_id).join(Report, Report.id == ReportCount.report_id)
    if call_id is not None:
        statement = statement.where(Report.call_id == call_id)
    return statement.order_by(ReportCount.held_on, ReportCount.id)


def _scope(within: str | None) -> list[ColumnElement[bool]]:
    if within is None:
        return []
    return [Report.unit_id.in_(select(Unit.id).where(Unit.path.startswith(within, autoescape=True)))]


def _proofs(count_ids: Iterable[int]) -> dict[int, list[Proof]]:
    wanted = sorted(count_ids)
    found: dict[int, list[Proof]] = defaultdict(list)
    for start in range(0, len(wanted), A_PORTION):
        statement = (
            select(
                ReportEvidence.count_id,
                ReportEvidence.id,
                ReportEvidence.filename,
                ReportEvidence.size,
                ReportEvidence.sha256,
            )
            .where(ReportEvidence.count_id.in_(wanted[start : start + A_PORTION]))
            .order_by(ReportEvidence.id)
        )
        for count_id, proof_id, filename, size, sha256 in db.session.execute(statement):
            found[count_id].append(Proof(proof_id, filename, size, sha256))
    return found


def counts_of(report_id: int) -> list[ReportCount]:
    """What one report declares."""
    statement = select(ReportCount).where(ReportCount.report_id == report_id)
    return list(db.session.scalars(statement.order_by(ReportCount.held_on, ReportCount.id)))


def count_of(report_id: int, count_id: int) -> ReportCount:
    """One declared count of a report; raises NotFound."""
    found = db.session.scalar(
        select(ReportCount).where(ReportCount.id == count_id, ReportCount.report_id == report_id)
    )
    if found is None:
        raise NotFound
    return found


def evidence_of(count_id: int) -> list[str]:
    """The SHA-256 of every evidence file of a count."""
    return list(db.session.scalars(select(ReportEvidence.sha256).where(ReportEvidence.count_id == count_id)))


def evidence(call_id: int, unit_id: int, count_id: int, evidence_id: int) -> ReportEvidence:
    """An evidence file of this unit's report, with its content; raises NotFound."""
    statement = (
        select(ReportEvidence)
        .join(ReportCount, ReportCount.id == ReportEvidence.count_id)
        .join(Report, Report.id == ReportCount.report_id)
        .where(
            ReportEvidence.id == evidence_id,
            ReportEvidence.count_id == count_id,
            Report.call_id == call_id,
            Report.unit_id == unit_id,
        )
        .options(undefer(ReportEvidence.content))
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
