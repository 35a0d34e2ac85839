"""Takes in what a table says about units that went into others; what that does to headcounts is shown first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contest.database import db
from contest.rules import unit_changes, unit_search
from contest.rules.unit_changes import Heirs
from contest.rules.unit_rows import Row
from contest.units import changing, queries, table_names
from contest.units.change_queries import Went
from contest.units.comparing import Difference, Tree
from contest.units.models import ChangeKind, NameKind, Unit, UnitChange, UnitSuccessor

# So many changed headcounts are shown before a table is taken in.
MOST_SHOWN = 100


@dataclass(frozen=True)
class NumberLine:
    """A headcount of one kind that a unit gets from others on a day: so far (None: not known), and then."""

    name: str
    kind: str
    day: date
    before: int | None
    after: int


def numbers_after(change: Difference, tree: Tree) -> list[NumberLine]:
    """The headcounts of units that others in use would go into, as they would be; the first hundred."""
    names = {row.code: row.name for row in change.new}
    held: dict[tuple[str, str], NumberLine] = {}
    for row in change.ended:
        unit = tree.units.get(row.code)
        if unit is None or unit.closed_at is not None or row.closed_from is None:
            continue
        into = [(tree.units.get(one.code) or Unit(id=0, code=one.code), one.share) for one in row.successors]
        for one in changing.effects(unit, into, row.closed_from):
            name, key = one.heir.name or names[one.heir.code], (one.heir.code, one.kind)
            before = held.get(key, NumberLine(name, one.kind, one.day, one.before, one.before or 0))
            grown = before.after + one.after - (one.before or 0)
            held[key] = replace(before, day=max(before.day, one.day), after=grown)
        if len(held) >= MOST_SHOWN:
            break
    return list(held.values())


def take(
    rows: Sequence[Row], tree: Tree, in_use: set[str], by: tuple[int | None, str], now: datetime
) -> None:
    """Write down what became of these units.

    `in_use`: codes of those that were until now; with them go their headcounts and what hangs on them. For the
    others it is written down afterwards: nobody's numbers change.
    """
    units = tree.units
    by_id = {units[row.code].id: row for row in rows}
    for row in rows:
        if row.code not in in_use and units[row.code].id in tree.endings:
            changing.undo_end(units[row.code])
    all_went = _written_down([by_id[one.unit_id] for one in _in_order(rows, units)], units, by, now)
    names = _Names({one.id for went in all_went for one in (went.unit, *(heir for heir, _row in went.into))})
    for went in all_went:
        if went.unit.code in in_use:
            names.store()
            changing.carry_out(went, now)
            names.hand_on(went, stored=True)
        else:
            went.unit.closed_at = changing.midnight(went.change.effective_on)
            went.change.applied_at = now
            names.hand_on(went)
    names.store()
    names.set_keys(units.values())


def _in_order(rows: Iterable[Row], units: dict[str, Unit]) -> list[Heirs]:
    """A unit after those that went into it."""
    return unit_changes.in_order(
        Heirs(
            units[row.code].id,
            row.closed_from or date.max,
            tuple((units[one.code].id, one.share) for one in row.successors),
            None,
        )
        for row in rows
    )


def _written_down(
    rows: Sequence[Row], units: dict[str, Unit], by: tuple[int | None, str], now: datetime
) -> list[Went]:
    changes = [
        UnitChange(
            kind=ChangeKind.MERGE if len(row.successors) == 1 else ChangeKind.SPLIT,
            unit_id=units[row.code].id,
            effective_on=row.closed_from,
            name="",
            basis=row.basis,
            staff_id=by[0],
            actor=by[1][:200],
            entered_at=now,
        )
        for row in rows
    ]
    db.session.add_all(changes)
    db.session.flush()
    found = []
    for row, change in zip(rows, changes, strict=True):
        into = [
            (
                units[one.code],
                UnitSuccessor(
                    change_id=change.id,
                    unit_id=units[one.code].id,
                    share=one.share,
                    takes_people=one.takes_people,
                ),
            )
            for one in row.successors
        ]
        db.session.add_all(successor for _heir, successor in into)
        found.append(Went(change, units[row.code], into))
    db.session.flush()
    return found


class _Names:
    """The other names of many units, handed on in memory and stored in bulk."""

    def __init__(self, unit_ids: set[int]) -> None:
        known = queries.names_of(unit_ids)
        self.known = {unit_id: [one.name for one in known.get(unit_id, [])] for unit_id in unit_ids}
        self.lines: list[dict[str, object]] = []
        self.touched: set[int] = set()

    def hand_on(self, went: Went, stored: bool = False) -> None:
        """Whoever looks for the unit that is gone finds those it went into; `stored`: that has been written."""
        names = [went.unit.name, *self.known[went.unit.id]]
        for heir, _row in went.into:
            fresh = [name for name in names if name not in (heir.name, *self.known[heir.id])]
            self.known[heir.id] += fresh
            self.touched.add(heir.id)
            if not stored:
                self.lines += [
                    {
                        "unit_id": heir.id,
                        "kind": NameKind.OLD,
                        "name": name,
                        "valid_from": None,
                        "valid_until": went.change.effective_on,
                        "borne_by": went.unit.id,
                    }
                    for name in fresh
                ]

    def store(self) -> None:
        """Write what was handed on so far."""
        table_names.insert_lines(self.lines)
        self.lines = []

    def set_keys(self, units: Iterable[Unit]) -> None:
        """Have the units be found by what they were given."""
        for unit in units:
            if unit.id in self.touched:
                unit.search_key = unit_search.stored_key(unit.name, unit.code, self.known[unit.id])
