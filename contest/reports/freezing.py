"""Freezing a report: everything that its files print goes into rows, and nothing of it is read anew later."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from contest import history
from contest.database import db
from contest.permissions import Actor
from contest.reports import count_queries, gathering, listing, progress_queries, queries
from contest.reports.count_queries import CountRow
from contest.reports.gathering import Sight, UnitSight
from contest.reports.models import Report
from contest.reports.snapshot_models import ReportSnapshot, SnapshotCount, SnapshotNote, SnapshotUnit
from contest.results.counting import bulk
from contest.rules import reporting
from contest.rules.counting import Tally
from contest.rules.official import Letterhead
from contest.rules.report_check import IN_WORDS
from contest.rules.reporting import State, Way
from contest.units.models import Unit

EVERYBODY = "Toàn cuộc thi"
# The unit of a snapshot of everybody.
WHOLE = 0


@dataclass(frozen=True)
class Prepared:
    """Everything a snapshot holds, gathered before anybody has to wait for it: columns and rows without its id."""

    columns: dict[str, Any]
    units: list[dict[str, Any]]
    counts: list[dict[str, Any]]
    notes: list[dict[str, Any]]


def prepare(found: Sight, unit: Unit | None) -> Prepared:
    """What `found` shows: of this unit with all below, or of everybody (None). Changes nothing."""
    line = found.line
    unit_id = unit.id if unit else WHOLE
    head = queries.letterhead(unit_id) or Letterhead(name=unit.name if unit else line.contest.organiser)
    stands = progress_queries.progress([line], found.within, unit_id)[0]
    free = listing.total(found).free
    everybody = list(gathering.everybody(found))
    counts = count_queries.sent_by_unit(line.call.id, found.within)
    columns = {
        "call_id": line.call.id,
        "unit_id": unit_id,
        "counted_at": found.seen.counted_at,
        "contest_name": line.contest.name,
        "round_name": line.round.name if line.round else "",
        "call_name": line.call.name,
        "unit_name": unit.name if unit else EVERYBODY,
        "view": line.call.view,
        "free_people": free.people,
        "free_attempts": free.attempts,
        "asked": stands.asked,
        "arrived": stands.arrived,
        "approved": stands.approved,
    }
    return Prepared(
        columns | vars(head),
        list(_units(found, everybody, unit)),
        list(_counts(everybody, counts)),
        list(_notes(everybody, counts)),
    )


def freeze(prepared: Prepared, now: datetime, by: Actor) -> ReportSnapshot:
    """Keep it as the next numbered snapshot of its unit in its call."""
    columns = prepared.columns
    number = _next_number(columns["call_id"], columns["unit_id"])
    snapshot = ReportSnapshot(**columns, number=number, made_at=now, staff_id=by.id, actor=by.name[:200])
    db.session.add(snapshot)
    db.session.flush()
    bulk(SnapshotUnit, _numbered(snapshot.id, prepared.units))
    bulk(SnapshotCount, _numbered(snapshot.id, prepared.counts))
    bulk(SnapshotNote, _numbered(snapshot.id, prepared.notes))
    subject = ("report_snapshot", snapshot.id, f"{snapshot.call_name}, bản chốt số {snapshot.number}")
    history.record(by.signature, "report:freeze", subject, now)
    return snapshot


def _next_number(call_id: int, unit_id: int) -> int:
    statement = select(func.max(ReportSnapshot.number)).where(
        ReportSnapshot.call_id == call_id, ReportSnapshot.unit_id == unit_id
    )
    return (db.session.scalar(statement) or 0) + 1


def _numbered(snapshot_id: int, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"snapshot_id": snapshot_id, "position": position} | row for position, row in enumerate(rows, start=1)
    ]


def _units(found: Sight, everybody: list[UnitSight], unit: Unit | None) -> Iterator[dict[str, Any]]:
    """The sum, what is at the unit itself, then everybody below, level by level and by name."""
    total, heads = listing.total(found), [found.node(place) for place in found.tops]
    head = heads[0] if len(heads) == 1 else None
    yield _row(0, head.code if unit and head else "", unit.name if unit else EVERYBODY, "") | _numbers(
        total.online + total.free, total.offline, total.rate.people, total.rate.headcount
    )
    if head is not None:
        yield from _direct(everybody[0])
    first = head.depth if head is not None else -1
    names = {one.figure.unit.id: one.figure.unit.name for one in everybody}
    deepest = max((one.figure.unit.depth for one in everybody if one.asked), default=0)
    below = [one for one in everybody if one.figure.unit.depth > first and _belongs(one, deepest)]
    for one in sorted(below, key=lambda one: (one.figure.unit.depth, one.figure.unit.sort_key)):
        node = one.figure.unit
        above_name = names.get(node.parent_id or 0, "")
        offline = {way: sums.total for way, sums in one.offline.items()}
        rate = one.figure.rate
        yield (
            _row(node.depth - first, node.code, node.name, above_name)
            | _numbers(one.figure.tally, offline, rate.people, rate.headcount)
            | {"state": one.report.state if one.report else "", "asked": one.asked}
        )


def _belongs(one: UnitSight, deepest: int) -> bool:
    """Units that were asked, or reported; and beside them, on their levels, whoever took part."""
    return one.asked or one.report is not None or (one.people > 0 and one.figure.unit.depth <= deepest)


def _direct(head: UnitSight) -> Iterator[dict[str, Any]]:
    """What stands at the upper unit itself, so that the lines add up to their sum."""
    own = {way: _less(one.total, one.below) for way, one in head.offline.items()}
    direct = head.figure.direct
    if direct.attempts or any(tally.people for tally in own.values()):
        name = f"Trực tiếp tại {head.figure.unit.name}"[:200]
        yield _row(1, head.figure.unit.code, name, "") | _numbers(direct, own, 0, None)


def _less(whole: Tally, part: Tally) -> Tally:
    return Tally(max(0, whole.people - part.people), max(0, whole.attempts - part.attempts))


def _row(level: int, code: str, name: str, above: str) -> dict[str, Any]:
    return {"level": level, "code": code, "name": name, "above": above, "state": "", "asked": False}


def _numbers(
    online: Tally, offline: Mapping[Way, Tally], measured: int, headcount: int | None
) -> dict[str, Any]:
    return {
        "headcount": headcount,
        "measured": measured,
        "online_people": online.people,
        "online_attempts": online.attempts,
        "hall_people": offline[Way.HALL].people,
        "hall_attempts": offline[Way.HALL].attempts,
        "paper_people": offline[Way.PAPER].people,
        "paper_attempts": offline[Way.PAPER].attempts,
    }


def _sent(everybody: Iterable[UnitSight]) -> Iterator[tuple[UnitSight, Report]]:
    for one in everybody:
        if one.report is not None and not reporting.is_written(State(one.report.state)):
            yield one, one.report


def _counts(everybody: Iterable[UnitSight], counts: Mapping[int, list[CountRow]]) -> Iterator[dict[str, Any]]:
    for one, _report in _sent(everybody):
        for row in counts.get(one.figure.unit.id, []):
            yield {
                "code": one.figure.unit.code,
                "unit_name": one.figure.unit.name,
                "way": row.count.way,
                "held_on": row.count.held_on,
                "place": row.count.place,
                "people": row.count.people,
                "attempts": row.count.attempts,
                "repeated": row.count.repeated or 0,
                "covers": row.count.covers if one.offline[Way(row.count.way)].below.people else "",
                "evidence": "\n".join(proof.filename for proof in row.proofs),
                "sha256": "\n".join(proof.sha256 for proof in row.proofs),
            }


def _notes(everybody: Iterable[UnitSight], counts: Mapping[int, list[CountRow]]) -> Iterator[dict[str, Any]]:
    sent = list(_sent(everybody))
    answers = queries.answers([report.id for _one, report in sent])
    for one, report in sent:
        places = {row.count.id: row.count.place for row in counts.get(one.figure.unit.id, [])}
        for (kind, line, about), text in answers.get(report.id, {}).items():
            if kind in IN_WORDS and text.strip():
                yield {
                    "code": one.figure.unit.code,
                    "unit_name": one.figure.unit.name,
                    "kind": kind,
                    "place": places.get(line, ""),
                    "about": about,
                    "text": text.strip(),
                }
