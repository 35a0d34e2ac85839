"""Who took part for one unit and says that another one, a youth branch, is theirs too.

They are counted once, where they work. Beside the numbers of the other unit stands how many of its people they are.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from contest.database import db
from contest.participation import queries
from contest.participation.holding import Held
from contest.participation.overview import Overview
from contest.people.models import Entry
from contest.results.models import Participant
from contest.rules.counting import Rate
from contest.units import tree_stamp
from contest.units.lineage import answered_for
from contest.units.models import HeadcountKind, Unit

# By the address of the database, the path and the rounds; beside them, the stamp and the versions they are of.
_kept: Held[tuple[str, str, tuple[int, ...]], tuple[tuple[int | None, int], int]] = Held(200)


@dataclass(frozen=True)
class AlsoOf:
    """People of a unit (with all below it) who took part elsewhere; `rate`: with them, of a union's or branch's members."""

    people: int
    rate: Rate


def forget() -> None:
    """Forget everything kept: only tests empty tables under a running program."""
    _kept.held.clear()


def seen_from(numbers: Overview) -> AlsoOf | None:
    """Beside the numbers of one unit, of all blocks; None where the whole is seen or there is nobody."""
    if numbers.whole or numbers.block is not None or (numbers.place is None and len(numbers.tops) != 1):
        return None
    unit = numbers.figures.tree.nodes[numbers.tops[0] if numbers.place is None else numbers.place]
    people = _people(numbers, unit.path)
    of_members = numbers.seen.kind_for(unit.kind) == HeadcountKind.YOUTH
    rate = Rate(numbers.rate.people + people, numbers.rate.headcount if of_members else None)
    return AlsoOf(people, rate) if people else None


def _people(numbers: Overview, path: str) -> int:
    rounds = tuple(sorted(one.id for one in numbers.subject.rounds))
    key = (queries.database(), path, rounds)
    # Stamps before what they stand for, see snapshots.read.
    stamp = (tree_stamp.current(), numbers.snapshot.version)
    kept = _kept.get(key)
    if kept is None or kept[0] != stamp:
        kept = _kept.put(key, (stamp, _counted(numbers.contest.id, rounds, path)))
    return kept[1]


def _counted(contest_id: int, rounds: tuple[int, ...], path: str) -> int:
    """Distinct people; whoever was counted within the subtree anyway is left out."""
    second, counted = aliased(Unit), aliased(Unit)
    statement = (
        select(func.count(Entry.person_id.distinct()))
        .join(second, second.id == Entry.second_unit_id)
        .join(Participant, Participant.person_id == Entry.person_id)
        .outerjoin(counted, counted.id == Participant.unit_id)
        .where(Entry.contest_id == contest_id, Entry.second_unit_id.is_not(None))
        .where(Participant.round_id.in_(rounds), answered_for(second, path))
        .where(or_(counted.id.is_(None), ~counted.path.startswith(path, autoescape=True)))
        # A unit that is no more is answered for by the one that carries it on.
        .where(or_(counted.heir_path.is_(None), ~counted.heir_path.startswith(path, autoescape=True)))
    )
    return db.session.scalar(statement) or 0
