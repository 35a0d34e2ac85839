"""What the page of one unit's report shows, and who may do what on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from contest.errors import NotAllowed
from contest.language import _
from contest.paging import Page, page_of
from contest.permissions import Actor
from contest.reports import count_queries, gathering, queries
from contest.reports.count_queries import CountRow
from contest.reports.gathering import UnitSight
from contest.reports.models import Report, ReportStep
from contest.reports.queries import CallLine
from contest.rules import report_check, reporting
from contest.rules.report_check import AT_LINE, Asks, Question, Situation
from contest.rules.reporting import Act, State
from contest.units import queries as units
from contest.units.models import Unit


@dataclass(frozen=True)
class Put:
    """A question as it is put: the line it is about, the answer so far, whether it still needs one."""

    question: Question
    place: str
    answer: str
    open: bool

    @property
    def name(self) -> str:
        """What its field is called in the form."""
        return field_name(self.question)


@dataclass(frozen=True)
class ReportPage:
    """One unit's report in a call, with everything beside it."""

    line: CallLine
    unit: Unit
    sight: UnitSight
    lines: list[CountRow]
    below: Page[CountRow]
    names: Mapping[int, str]
    put: list[Put]
    steps: list[ReportStep]
    last: int | None
    may_write: bool
    may_decide: bool
    counted_at: datetime | None
    faults: frozenset[str] = field(default=frozenset())

    @property
    def report(self) -> Report | None:
        return self.sight.report

    @property
    def writes(self) -> bool:
        """Whether whoever looks can change it now."""
        return self.may_write and reporting.is_written(self.sight.state)

    @property
    def recalls(self) -> bool:
        return self.may_write and self.sight.state is State.SENT

    @property
    def returned_with(self) -> ReportStep | None:
        """The note of the one who returned it, as long as it lies with its unit."""
        if self.sight.state is not State.RETURNED:
            return None
        return next((step for step in self.steps if step.act == Act.RETURN), None)


def field_name(question: Question) -> str:
    """The name of the form's field for the answer to a question."""
    if question.kind in AT_LINE:
        return f"{'covers' if question.kind is Asks.OVERLAP else 'repeated'}:{question.line}"
    return ":".join(("answer", question.kind.value, str(question.line), question.about))


def may_write(unit: Unit, actor: Actor) -> bool:
    """Its own coordinator; and the organiser, for a unit that has none."""
    return actor.unit_path is None or actor.unit_id == unit.id


def may_decide(unit: Unit, actor: Actor) -> bool:
    """Whoever stands above the unit; the organiser above everybody."""
    return actor.unit_path is None or (actor.unit_id != unit.id and unit.path.startswith(actor.unit_path))


def seen_unit(unit_id: int, actor: Actor) -> Unit:
    """A unit within what one may see; raises NotFound."""
    return units.by_id(unit_id, actor.unit_path)


def own_unit(unit_id: int, actor: Actor) -> Unit:
    """A unit whose report one may write; raises NotFound, and NotAllowed for a unit below one's own."""
    unit = seen_unit(unit_id, actor)
    if not may_write(unit, actor):
        raise NotAllowed(_("Báo cáo này do đầu mối của chính đơn vị ấy viết. Bạn có thể duyệt hoặc trả lại."))
    return unit


def lower_unit(unit_id: int, actor: Actor) -> Unit:
    """A unit whose report one decides on; raises NotFound, and NotAllowed for one's own."""
    unit = seen_unit(unit_id, actor)
    if not may_decide(unit, actor):
        raise NotAllowed(_("Báo cáo của chính đơn vị bạn do cấp trên duyệt."))
    return unit


def _typed(question: Question, typed: Mapping[str, str]) -> str:
    """What was typed for this question, whatever its numbers were then; ticks are given anew."""
    if question.kind in AT_LINE:
        return typed.get(field_name(question), "")
    begins = f"answer:{question.kind.value}:{question.line}:"
    found = (text for name, text in typed.items() if name.startswith(begins))
    return next(found, "") if question.in_words else ""


def _put(
    situation: Situation, report: Report | None, lines: list[CountRow], typed: Mapping[str, str]
) -> list[Put]:
    """Every question with what was answered to it."""
    answers = queries.answers([report.id])[report.id] if report else {}
    asked = report_check.questions(situation)
    still_open = set(report_check.unanswered(asked, answers))
    places = {row.count.id: row.count.place for row in lines}
    return [
        Put(one, places.get(one.line, ""), answers.get(one.key) or _typed(one, typed), one in still_open)
        for one in asked
    ]


def report_page(
    line: CallLine,
    unit: Unit,
    actor: Actor,
    now: datetime,
    wanted: str | None = None,
    faults: frozenset[str] = frozenset(),
    typed: Mapping[str, str] = MappingProxyType({}),
) -> ReportPage:
    """Everything the page shows; `wanted`: which page of what units below declared.

    `faults`: names of the fields that were left without an answer. `typed`: the form as it was sent, so that
    words given to a question stand there again when its numbers have changed meanwhile.
    """
    found = gathering.sight(line, unit.path, now, draft_of=unit.id)
    sight, lines = gathering.of_unit(found, unit.id), count_queries.of_unit(line.call.id, unit.id)
    situation = gathering.situation(found, unit.id)
    below = page_of(count_queries.sent(line.call.id, unit.path, but=unit.id), wanted)
    shown = count_queries.of_ids(below.rows)
    names = {one.unit_id: found.node(found.tree.by_id[one.unit_id]).name for one in shown}
    return ReportPage(
        line,
        unit,
        sight,
        lines,
        Page(shown, below.number, below.total, below.size),
        names,
        _put(situation, sight.report, lines, typed),
        queries.steps(sight.report.id) if sight.report else [],
        situation.last,
        may_write(unit, actor),
        may_decide(unit, actor),
        found.seen.counted_at,
        faults,
    )
