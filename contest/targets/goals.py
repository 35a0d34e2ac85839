"""What units are to reach and have reached: their own number, their tier, or what those below are to reach together."""

from collections.abc import Iterable
from dataclasses import dataclass

from contest.participation.figures import Figure, Figures
from contest.rules import targets
from contest.rules.targets import Goal, Tier
from contest.units.models import UnitKind

# Whoever sends the task down brings nobody: a province, a ministry.
BY_DEFAULT = frozenset(UnitKind) - {UnitKind.PROVINCE, UnitKind.MINISTRY}


@dataclass(frozen=True)
class TargetRule:
    """What is wanted in a contest. `levels` hold for units of these kinds with a headcount; `own`: by unit id."""

    levels: list[Tier]
    own: dict[int, int]
    kinds: frozenset[str] = BY_DEFAULT


def goals(numbers: Figures, rule: TargetRule, rows: Iterable[Figure]) -> dict[int, Goal]:
    """Of these units (figures of the whole contest), by unit id."""
    return {row.unit.id: goal(numbers, rule, numbers.tree.by_id[row.unit.id]) for row in rows}


def goal(numbers: Figures, rule: TargetRule, place: int) -> Goal:
    """Of one unit: its own number or tier; where it has neither, the sum of the units below that have one."""
    return _direct(numbers, rule, place) or _together(numbers, rule, place)


def _direct(numbers: Figures, rule: TargetRule, place: int) -> Goal | None:
    node, measured = numbers.tree.nodes[place], numbers.measured
    size = measured.headcount[place]
    people = measured.people[place] if size else numbers.sums.people[place]
    if node.id in rule.own:
        return Goal(rule.own[node.id], people)
    # A headcount that is only the sum of those below is no size of the unit itself.
    if node.kind not in rule.kinds or (size and measured.kinds[place] is None):
        return None
    wanted = targets.wanted(size, rule.levels)
    return None if wanted is None else Goal(wanted, people)


def _together(numbers: Figures, rule: TargetRule, place: int) -> Goal:
    found: list[Goal] = []
    waiting = list(numbers.tree.children[place])
    for one in waiting:
        if not numbers.shown(one):
            continue
        own = _direct(numbers, rule, one)
        if own is None:
            waiting.extend(numbers.tree.children[one])
        else:
            found.append(own)
    if not found:
        people = (
            numbers.measured.people[place]
            if numbers.measured.headcount[place]
            else numbers.sums.people[place]
        )
        return Goal(None, people)
    reached = sum(one.reached is True for one in found)
    wanted = sum(one.wanted or 0 for one in found)
    return Goal(wanted, sum(one.people for one in found), len(found), reached)
