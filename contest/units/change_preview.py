"""What a change would do, in numbers, before it is done: asked for by the pages that confirm it."""

from dataclasses import dataclass
from datetime import date

from contest.rules.unit_changes import shared_out
from contest.units import actions, changing, headcount_queries, queries, shape_queries
from contest.units.changing import Wanted
from contest.units.models import ChangeKind, NameKind, Unit

MOST_NAMED = 12


@dataclass(frozen=True)
class MovePreview:
    """What moves along with a unit: how many units in all, some of them by name, from where to where."""

    units: int
    some: list[Unit]
    above: Unit | None
    parent: Unit | None


@dataclass(frozen=True)
class NumberLine:
    """The headcount of one kind of an heir: so far, and from the day on; None: not known."""

    heir: Unit
    kind: str
    before: int | None
    after: int | None
    # The unit that goes has no number of this kind, so that the sum would lack it.
    incomplete: bool


@dataclass(frozen=True)
class ChangePreview:
    """What a change would do: how many units hang along, and the headcounts of the heirs."""

    wanted: Wanted
    below: int
    numbers: list[NumberLine]
    later: bool


def kind_of(word: str) -> ChangeKind:
    """The change that a word in the address stands for."""
    return ChangeKind(word)


def name_kind(word: str) -> NameKind:
    """The kind of a name as chosen in the form."""
    return NameKind(word)


def of_move(unit: Unit, parent: Unit | None) -> MovePreview:
    """What would move; raises Refusal where it cannot."""
    actions.check_move(unit, parent)
    known = queries.by_ids({unit.parent_id} if unit.parent_id else set())
    some = shape_queries.some_below(unit.path, MOST_NAMED)
    return MovePreview(shape_queries.count_all(unit.path), some, known.get(unit.parent_id or 0), parent)


def of_change(unit: Unit, wanted: Wanted, today: date) -> ChangePreview:
    """What would be different; raises Refusal where the change makes no sense."""
    changing.check(unit, wanted)
    below = shape_queries.count_all(unit.path) - 1 if wanted.kind == ChangeKind.MERGE else 0
    return ChangePreview(wanted, below, _numbers(unit, wanted), wanted.effective_on > today)


def _numbers(unit: Unit, wanted: Wanted) -> list[NumberLine]:
    mine = _in_force(unit, wanted.effective_on)
    shares = [each.share for each in wanted.into]
    lines: list[NumberLine] = []
    for place, each in enumerate(wanted.into):
        theirs = _in_force(each.unit, wanted.effective_on)
        for kind in sorted(mine.keys() | theirs.keys()):
            part = shared_out(mine[kind], shares)[place] if kind in mine else None
            before = theirs.get(kind)
            after = before if part is None else (before or 0) + part
            lacks = part is None or (before is None and wanted.kind == ChangeKind.MERGE)
            lines.append(NumberLine(each.unit, kind, before, after, lacks))
    return lines


def _in_force(unit: Unit, day: date) -> dict[str, int]:
    found = headcount_queries.in_force(headcount_queries.headcounts(unit.id), day)
    return {kind: line.number for kind, line in found.items()}
