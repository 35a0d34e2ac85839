"""What is done with reports: asked for, written, sent, recalled, returned, approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.participation.seen_as import View
from contest.permissions import Actor
from contest.reports import count_queries, queries
from contest.reports.evidence import Evidence
from contest.reports.models import (
    Report,
    ReportAnswer,
    ReportCall,
    ReportCount,
    ReportEvidence,
    ReportStep,
    UnitLetterhead,
)
from contest.rules import report_check, reporting
from contest.rules.counting import Tally
from contest.rules.official import Letterhead
from contest.rules.report_check import Question, Situation
from contest.rules.reporting import Act, Covers, State, Way

# So many gatherings of one unit in one call; more belong into one line with a list as evidence.
MOST_COUNTS = 100
# A list with signatures, minutes and a few photographs.
MOST_FILES = 10

# What the history calls each act.
_ACTS = {
    Act.SEND: "report:send",
    Act.RECALL: "report:recall",
    Act.RETURN: "report:return",
    Act.APPROVE: "report:approve",
}


@dataclass(frozen=True)
class Wish:
    """What a call asks for."""

    name: str
    due_at: datetime
    levels: int
    note: str
    view: View = View.THEN


@dataclass(frozen=True)
class Declared:
    """A gathering or a pile of papers, as its unit declares it."""

    way: Way
    held_on: date
    place: str
    count: Tally


def ask(contest_id: int, round_id: int | None, wish: Wish, now: datetime, by: Actor) -> ReportCall:
    """Ask the units for reports."""
    call = ReportCall(contest_id=contest_id, round_id=round_id, created_at=now, **vars(wish))
    db.session.add(call)
    db.session.flush()
    history.record(by.signature, "report:ask", ("report_call", call.id, call.name), now)
    return call


def change(call: ReportCall, wish: Wish, now: datetime, by: Actor) -> None:
    """Another deadline, other levels, other words; reports stay as they are."""
    before = call.due_at
    for name, value in vars(wish).items():
        setattr(call, name, value)
    detail = "" if before == wish.due_at else f"{before.isoformat()} → {wish.due_at.isoformat()}"
    history.record(by.signature, "report:change", ("report_call", call.id, call.name), now, detail)


def writing(call_id: int, unit_id: int, now: datetime) -> Report:
    """The unit's report, begun if it was not; raises Refusal once it has been sent."""
    report = queries.report(call_id, unit_id)
    if report is None:
        report = Report(call_id=call_id, unit_id=unit_id, state=State.DRAFT, changed_at=now)
        db.session.add(report)
        db.session.flush()
    if not reporting.is_written(State(report.state)):
        raise Refusal(_("Báo cáo này đã gửi. Hãy rút lại trước khi sửa, hoặc nhờ cấp trên trả lại."))
    report.changed_at = now
    return report


def say_online(report: Report, known: Tally | None) -> None:
    """How many the unit itself knows of online; None takes the word back."""
    report.online_people = known.people if known else None
    report.online_attempts = known.attempts if known else None


def add_count(report: Report, declared: Declared, proofs: Sequence[Evidence], now: datetime) -> ReportCount:
    """One more gathering or pile of papers, with the files that show it."""
    if len(count_queries.counts_of(report.id)) >= MOST_COUNTS:
        raise Refusal(
            _("Báo cáo đã có %(most)s dòng. Hãy gộp các buổi còn lại vào một dòng.", most=MOST_COUNTS)
        )
    count = ReportCount(
        report_id=report.id,
        way=declared.way,
        held_on=declared.held_on,
        place=declared.place,
        people=declared.count.people,
        attempts=declared.count.attempts,
        covers=Covers.UNSAID,
    )
    db.session.add(count)
    db.session.flush()
    prove(count, proofs, now)
    return count


def prove(count: ReportCount, proofs: Sequence[Evidence], now: datetime) -> None:
    """Keep files that show a count beside those that are there; the same file again is kept once."""
    there = set(count_queries.evidence_of(count.id))
    new = {proof.sha256: proof for proof in proofs if proof.sha256 not in there}
    if len(there) + len(new) > MOST_FILES:
        raise Refusal(
            _(
                "Mỗi dòng có nhiều nhất %(most)s tệp minh chứng. Hãy ghép các tệp lại, hoặc bỏ bớt.",
                most=MOST_FILES,
            )
        )
    for proof in new.values():
        db.session.add(
            ReportEvidence(
                count_id=count.id,
                filename=proof.filename,
                media_type=proof.media_type,
                size=len(proof.content),
                sha256=proof.sha256,
                content=proof.content,
                uploaded_at=now,
            )
        )


def drop_evidence(report: Report, count_id: int, evidence_id: int) -> None:
    """Take one file away from a declared count."""
    count = count_queries.count_of(report.id, count_id)
    db.session.delete(count_queries.evidence(report.call_id, report.unit_id, count.id, evidence_id))


def drop_count(report: Report, count_id: int) -> None:
    """Take a declared count out, with its evidence."""
    db.session.delete(count_queries.count_of(report.id, count_id))


def unsettle(report: Report, count_id: int) -> None:
    """Ask again what was settled at this count: whether it has people of units below, or people counted elsewhere."""
    count = count_queries.count_of(report.id, count_id)
    count.covers, count.repeated = Covers.UNSAID, None


def settle_typed(report: Report, typed: Mapping[str, str]) -> None:
    """What the form says of lines ("covers:12": "whole", "repeated:12": "6").

    Anything that is no line of the report, or no number of its people, is left out and asked for again.
    """
    said = {one.value for one in (Covers.APART, Covers.WHOLE)}
    for count in count_queries.counts_of(report.id):
        if typed.get(f"covers:{count.id}") in said:
            count.covers = typed[f"covers:{count.id}"]
        number = typed.get(f"repeated:{count.id}", "").strip().replace(".", "")
        if number.isascii() and number.isdecimal() and len(number) < 9 and int(number) <= count.people:
            count.repeated = int(number)
    db.session.flush()


def answer(report: Report, asked: Sequence[Question], answers: Mapping[tuple[str, int, str], str]) -> None:
    """Keep what was answered to the questions asked now; answers to others lapse."""
    db.session.execute(delete(ReportAnswer).where(ReportAnswer.report_id == report.id))
    for question in asked:
        if question.key in answers:
            kind, line, about = question.key
            text = answers[question.key]
            db.session.add(ReportAnswer(report_id=report.id, kind=kind, line=line, about=about, text=text))


def send(
    report: Report,
    found: Situation,
    answers: Mapping[tuple[str, int, str], str],
    now: datetime,
    by: Actor,
) -> list[Question]:
    """Send it up. What is still unanswered is given back, and then nothing is sent."""
    asked = report_check.questions(found)
    answer(report, asked, answers)
    open_questions = report_check.unanswered(asked, dict(answers))
    if open_questions:
        return open_questions
    _move(report, Act.SEND, "", now, by)
    report.sent_at, report.first_sent_at = now, report.first_sent_at or now
    report.seen_people, report.seen_attempts = found.seen.people, found.seen.attempts
    report.headcount, report.people = found.headcount, found.people
    return []


def recall(report: Report, now: datetime, by: Actor) -> None:
    """Take back what nobody has decided on yet."""
    _move(report, Act.RECALL, "", now, by)


def give_back(report: Report, note: str, now: datetime, by: Actor) -> None:
    """Return it with a note that says what to mend."""
    if not note.strip():
        raise Refusal(_("Hãy ghi cần sửa gì để đơn vị biết mà sửa."))
    _move(report, Act.RETURN, note.strip(), now, by)


def approve(report: Report, now: datetime, by: Actor) -> None:
    """The unit above signs it off."""
    _move(report, Act.APPROVE, "", now, by)


def _move(report: Report, act: Act, note: str, now: datetime, by: Actor) -> None:
    state = reporting.after(State(report.state), act)
    if state is None:
        raise Refusal(_("Báo cáo đã chuyển sang trạng thái khác. Hãy mở lại trang để xem."))
    report.state, report.changed_at = state, now
    db.session.add(
        ReportStep(report_id=report.id, at=now, staff_id=by.id, actor=by.name[:200], act=act, note=note)
    )
    history.record(by.signature, _ACTS[act], ("report", report.id, f"Báo cáo số {report.id}"), now, note)


def keep_letterhead(unit_id: int, head: Letterhead, now: datetime, by: Actor) -> None:
    """What the unit (0: the organiser) prints from now on; what was frozen keeps its own."""
    found = db.session.get(UnitLetterhead, unit_id)
    if found is None:
        found = UnitLetterhead(unit_id=unit_id)
        db.session.add(found)
    for name, value in vars(head).items():
        setattr(found, name, value)
    history.record(by.signature, "report:letterhead", ("unit", unit_id, head.name), now)
