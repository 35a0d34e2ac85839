"""Every SELECT about calls for reports and each unit's report; scoped by the path of the unit."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from contest.contests.models import Contest, Round
from contest.database import db
from contest.errors import NotFound
from contest.reports.models import Report, ReportAnswer, ReportCall, ReportStep, UnitLetterhead
from contest.rules.official import Letterhead
from contest.rules.reporting import State
from contest.units.models import Unit

# Both databases limit how long a list in a statement may be.
A_PORTION = 500


@dataclass(frozen=True)
class CallLine:
    """A call with what it is about; `round` None: the whole contest."""

    call: ReportCall
    contest: Contest
    round: Round | None


def _calls() -> Select[ReportCall, Contest, Round]:
    return (
        select(ReportCall, Contest, Round)
        .join(Contest, Contest.id == ReportCall.contest_id)
        .outerjoin(Round, Round.id == ReportCall.round_id)
    )


def calls(limit: int | None = None) -> list[CallLine]:
    """Every call, the last deadline first."""
    statement = _calls().order_by(ReportCall.due_at.desc(), ReportCall.id.desc()).limit(limit)
    return [CallLine(*row) for row in db.session.execute(statement)]


def call(call_id: int) -> CallLine:
    """One call; raises NotFound."""
    row = db.session.execute(_calls().where(ReportCall.id == call_id)).first()
    if row is None:
        raise NotFound
    return CallLine(*row)


def subjects() -> list[tuple[Contest, list[Round]]]:
    """What can be reported on: every published contest with its published rounds, the newest first."""
    rows = db.session.execute(
        select(Contest, Round)
        .join(Round, Round.contest_id == Contest.id)
        .where(Round.published_at.is_not(None))
        .order_by(Contest.id.desc(), Round.opens_at, Round.id)
    )
    found: dict[int, tuple[Contest, list[Round]]] = {}
    for contest, round_ in rows:
        found.setdefault(contest.id, (contest, []))[1].append(round_)
    return list(found.values())


def tops() -> tuple[int, int]:
    """How many open units stand at the top of the tree, and how many there are in all; one statement."""
    row = db.session.execute(
        select(func.count().filter(Unit.parent_id.is_(None)), func.count()).where(Unit.closed_at.is_(None))
    ).one()
    return row[0], row[1]


def report(call_id: int, unit_id: int) -> Report | None:
    """A unit's report as it stands now, if it was begun."""
    statement = select(Report).where(Report.call_id == call_id, Report.unit_id == unit_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def begun(call_id: int, unit_id: int) -> Report:
    """A unit's report; raises NotFound where nobody has begun it."""
    found = report(call_id, unit_id)
    if found is None:
        raise NotFound
    return found


def reports(call_id: int, within: str | None = None) -> dict[int, Report]:
    """The reports of a subtree, by unit."""
    statement = select(Report).where(Report.call_id == call_id)
    if within is not None:
        statement = statement.join(Unit, Unit.id == Report.unit_id).where(
            Unit.path.startswith(within, autoescape=True)
        )
    return {one.unit_id: one for one in db.session.scalars(statement)}


def reports_of(call_id: int, unit_ids: Collection[int]) -> dict[int, Report]:
    """The reports of some units, by unit; for a page of a list, not for thousands."""
    statement = select(Report).where(Report.call_id == call_id, Report.unit_id.in_(unit_ids))
    return {one.unit_id: one for one in db.session.scalars(statement)}


def reports_of_unit(unit_id: int, call_ids: Collection[int]) -> dict[int, Report]:
    """What one unit reported in these calls, by call."""
    statement = select(Report).where(Report.unit_id == unit_id, Report.call_id.in_(call_ids))
    return {one.call_id: one for one in db.session.scalars(statement)}


def answers(report_ids: Collection[int]) -> dict[int, dict[tuple[str, int, str], str]]:
    """What was answered, by report and by the key of the question; asked for in portions."""
    wanted = sorted(report_ids)
    found: dict[int, dict[tuple[str, int, str], str]] = defaultdict(dict)
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(ReportAnswer).where(ReportAnswer.report_id.in_(portion))
        for answer in db.session.scalars(statement.order_by(ReportAnswer.id)):
            found[answer.report_id][answer.kind, answer.line, answer.about] = answer.text
    return found


def steps(report_id: int) -> list[ReportStep]:
    """What happened to a report, the newest first."""
    statement = select(ReportStep).where(ReportStep.report_id == report_id).order_by(ReportStep.id.desc())
    return list(db.session.scalars(statement))


def last_people(line: CallLine, unit_id: int) -> int | None:
    """How many people the unit reported the last time it was asked on this contest; None if it never was.

    Rounds are measured by rounds, the whole contest by the whole contest.
    """
    same = ReportCall.round_id.is_(None) if line.round is None else ReportCall.round_id.is_not(None)
    statement = (
        select(Report.people)
        .join(ReportCall, ReportCall.id == Report.call_id)
        .where(
            Report.unit_id == unit_id,
            Report.state.in_((State.SENT, State.APPROVED)),
            ReportCall.contest_id == line.contest.id,
            ReportCall.id != line.call.id,
            ReportCall.due_at <= line.call.due_at,
            same,
        )
        .order_by(ReportCall.due_at.desc(), ReportCall.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def count_awaiting(within: str | None) -> int:
    """How many reports wait for whoever stands above."""
    waiting = _awaiting(within).with_only_columns(Report.id).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def awaiting(within: str | None, limit: int) -> list[tuple[Report, ReportCall, Unit]]:
    """Sent reports that wait for whoever stands above: strictly below `within`, or at the top for None."""
    statement = _awaiting(within).order_by(Report.sent_at, Report.id).limit(limit)
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def _awaiting(within: str | None) -> Select[Report, ReportCall, Unit]:
    statement = (
        select(Report, ReportCall, Unit)
        .join(ReportCall, ReportCall.id == Report.call_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(Report.state == State.SENT)
    )
    if within is None:
        return statement
    return statement.where(Unit.path.startswith(within, autoescape=True), Unit.path != within)


def letterhead(unit_id: int) -> Letterhead | None:
    """What a unit (0: the organiser) prints on its papers; None where nobody has said."""
    found = db.session.get(UnitLetterhead, unit_id)
    return found.letterhead if found is not None else None


def calls_due(since: datetime) -> list[CallLine]:
    """Calls whose deadline is not older than this, the first deadline first."""
    statement = _calls().where(ReportCall.due_at >= since).order_by(ReportCall.due_at, ReportCall.id)
    return [CallLine(*row) for row in db.session.execute(statement)]
