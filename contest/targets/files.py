"""Targets of single units as a table: to download, to fill in, and to take in again, all of it or nothing."""

from collections.abc import Mapping
from datetime import datetime

from contest import history
from contest.contests.models import Contest
from contest.database import db
from contest.errors import Refusal
from contest.files import tables
from contest.language import Text, _
from contest.participation.overview import Overview
from contest.permissions import Actor
from contest.rules import target_table
from contest.rules.target_table import Problem, TargetTable
from contest.targets import goals, queries
from contest.targets.models import UnitTarget
from contest.units import queries as units

NO_HEADER = _(
    "Chưa tìm thấy dòng tiêu đề. Bảng cần hai cột “Mã” và “Chỉ tiêu riêng”; hãy tải bảng hiện có về rồi điền."
)
_SENTENCES: dict[Problem, Text] = {
    Problem.UNKNOWN_CODE: _("Dòng %(number)s: không có đơn vị mã “%(words)s”."),
    Problem.REPEATED_CODE: _("Dòng %(number)s: mã %(words)s đã có ở một dòng trên."),
    Problem.BAD_NUMBER: _("Dòng %(number)s: “%(words)s” không phải số người."),
}
# Always in Vietnamese, whoever asks: the file comes back.
HEADINGS = ("Mã", "Tên đơn vị", "Số người", "Cần đạt theo mức", "Chỉ tiêu riêng")


def read(content: bytes) -> TargetTable:
    """The first sheet with targets; raises Refusal when there is none. Never inside a transaction."""
    codes = units.open_codes()
    for cells in tables.cells(content, "targets"):
        table = target_table.read(cells, codes)
        if table.header_found:
            return table
    raise Refusal(NO_HEADER)


def sentences(table: TargetTable) -> list[Text]:
    """What is wrong with it, line by line."""
    return [
        Text(_SENTENCES[problem].source, {"number": number, "words": words})
        for number, problem, words in table.faults
    ]


def take_in(contest: Contest, wanted: Mapping[str, int | None], actor: Actor, now: datetime) -> int:
    """Set the targets of these units, by code; returns how many of them are other than before."""
    named = units.by_codes(wanted.keys())
    held = queries.own_targets(contest.id)
    changed = {
        named[code].id: people for code, people in wanted.items() if held.get(named[code].id) != people
    }
    for unit_id, people in changed.items():
        row = db.session.get(UnitTarget, {"contest_id": contest.id, "unit_id": unit_id})
        if people is None:
            db.session.delete(row)
        elif row is None:
            db.session.add(UnitTarget(contest_id=contest.id, unit_id=unit_id, people=people))
        else:
            row.people = people
    if changed:
        subject = ("contest", contest.id, contest.name)
        history.record(actor.signature, "contest:unit_target", subject, now, f"{len(changed)} đơn vị từ tệp")
    return len(changed)


def lines(contest: Contest, numbers: Overview) -> list[list[str | int | None]]:
    """One line for each unit in use, parents first: its size, what its tier wants, and its own number."""
    rule = queries.rule_of(contest.id)
    by_tier = goals.TargetRule(rule.levels, {}, rule.kinds)
    figures, found = numbers.figures, list[list[str | int | None]]()
    for place, node in enumerate(figures.tree.nodes):
        if not node.closed:
            size = figures.measured.headcount[place] or None
            tier = goals.goal(figures, by_tier, place).wanted
            found.append([node.code, node.name, size, tier, rule.own.get(node.id)])
    return found
