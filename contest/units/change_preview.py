"""What a change would do, in numbers, before it is done: asked for by the pages that confirm it."""

from dataclasses import dataclass
from datetime import date

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
    """The headcount of one kind of an heir: so far, and from a day on; None: not known."""

    heir: Unit
    kind: str
    day: date
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
    made = changing.effects(unit, [(each.unit, each.share) for each in wanted.into], wanted.effective_on)
    merged = wanted.kind == ChangeKind.MERGE
    lines: list[NumberLine] = []
    for each in wanted.into:
        mine = [one for one in made if one.heir.id == each.unit.id]
        for one in mine:
            lacks = merged and one.before is None
            lines.append(NumberLine(each.unit, one.kind, one.day, one.before, one.after, lacks))
        theirs = headcount_queries.in_force(headcount_queries.headcounts(each.unit.id), wanted.effective_on)
        for kind in sorted(theirs.keys() - {one.kind for one in mine}):
            number = theirs[kind].number
            lines.append(NumberLine(each.unit, kind, wanted.effective_on, number, number, True))
    return lines
