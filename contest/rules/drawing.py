"""How the numbered papers (mã đề) are drawn from a bank by a recipe and a seed that anyone can repeat."""

import hashlib
import math
import random
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# Topic and level: questions that agree in both are interchangeable for every line of a recipe.
Cell = tuple[str | None, str | None]


@dataclass(frozen=True)
class RecipeLine:
    """So many questions of a topic and a level; None: of any."""

    count: int
    topic: str | None = None
    level: str | None = None

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a line of a recipe asks for at least one question")

    def takes(self, cell: Cell) -> bool:
        """Whether a question of this topic and level may be counted on the line."""
        return self.topic in (None, cell[0]) and self.level in (None, cell[1])


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn.

    `pinned` holds the positions (from 0) of choices that must not move: see `choice_text.pinned_choices`.
    `own_order_tells`: the order in the bank is the key, so that no paper may show it.
    """

    question_id: int
    topic: str | None
    level: str | None
    choice_count: int
    pinned: frozenset[int] = frozenset()
    own_order_tells: bool = False

    @property
    def cell(self) -> Cell:
        """The topic and level."""
        return (self.topic, self.level)


@dataclass(frozen=True)
class Slot:
    """One question on a paper; `choice_order` lists original choice positions in the order shown."""

    question_id: int
    choice_order: tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """One numbered paper; numbers start at 1."""

    number: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Shortage:
    """Lines of the recipe (by index) that together want more questions than the bank has for them."""

    lines: tuple[int, ...]
    wanted: int
    available: int

    @property
    def missing(self) -> int:
        """How many questions must be added, or asked for less."""
        return self.wanted - self.available


@dataclass
class _Seats:
    """On which line each drawn question is counted: a full line hands one on where another line can take it.

    So lines that overlap never starve each other: a question fits exactly when an augmenting path exists.
    """

    recipe: Sequence[RecipeLine]
    lines_for: Mapping[Cell, Sequence[int]]
    held: list[Counter[Cell]] = field(init=False)
    filled: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.held = [Counter() for _ in self.recipe]
        self.filled = [0] * len(self.recipe)

    def seat(self, cell: Cell) -> bool:
        """Count one more question of the cell, if any arrangement of those drawn leaves it a place."""
        came_from: dict[int, tuple[int | None, Cell]] = dict.fromkeys(self.lines_for[cell], (None, cell))
        waiting = deque(came_from)
        while waiting:
            line = waiting.popleft()
            if self.filled[line] < self.recipe[line].count:
                self._hand_on(line, came_from)
                return True
            for other, moved in self._takers(line):
                if other not in came_from:
                    came_from[other] = (line, moved)
                    waiting.append(other)
        return False

    def _takers(self, line: int) -> Iterator[tuple[int, Cell]]:
        for cell in +self.held[line]:
            for other in self.lines_for[cell]:
                yield other, cell

    def _hand_on(self, line: int, came_from: Mapping[int, tuple[int | None, Cell]]) -> None:
        self.filled[line] += 1
        giver, cell = came_from[line]
        while giver is not None:
            self.held[line][cell] += 1
            self.held[giver][cell] -= 1
            line = giver
            giver, cell = came_from[line]
        self.held[line][cell] += 1

    def competing_with(self, line: int) -> set[int]:
        """The line and those that hold questions it could use, and so on: Hall's violating set if short."""
        group, waiting = {line}, [line]
        while waiting:
            taker = self.recipe[waiting.pop()]
            cells = [cell for cell in self.lines_for if taker.takes(cell)]
            rivals = {other for other, held in enumerate(self.held) if any(held[cell] for cell in cells)}
            waiting.extend(rivals - group)
            group |= rivals
        return group


def draw_papers(
    candidates: Iterable[Candidate],
    recipe: Sequence[RecipeLine],
    papers: int,
    seed: str,
    shuffle_choices: bool,
) -> tuple[Paper, ...]:
    """Draw papers 1 to `papers`: each fills the recipe, and the questions are used about equally often.

    The same seed, bank and recipe give the same papers on every Python, whatever the order of the
    candidates. ValueError when the bank cannot fill the recipe (see `shortage`).
    """
    bank = sorted(candidates, key=lambda candidate: candidate.question_id)
    if papers < 1:
        raise ValueError("at least one paper is drawn")
    if shortage(bank, recipe):
        raise ValueError("the bank has too few questions for the recipe")
    rng, lines_for = _chance(seed), _lines_for(bank, recipe)
    uses: Counter[int] = Counter()
    drawn = []
    for number in range(1, papers + 1):
        chosen = _choose(bank, _Seats(recipe, lines_for), uses, rng)
        slots = (Slot(one.question_id, _choice_order(one, rng, shuffle_choices)) for one in chosen)
        drawn.append(Paper(number, tuple(slots)))
    return tuple(drawn)


def shortage(candidates: Iterable[Candidate], recipe: Sequence[RecipeLine]) -> tuple[Shortage, ...]:
    """What keeps the recipe from being filled; empty when a paper can be drawn. Counts one paper."""
    bank = list(candidates)
    if len({one.question_id for one in bank}) < len(bank):
        raise ValueError("a question is among the candidates twice")
    if not recipe:
        raise ValueError("the recipe has no lines")
    seats = _Seats(recipe, _lines_for(bank, recipe))
    seated = len(list(_fitting(bank, seats)))
    if seated == sum(line.count for line in recipe):
        return ()
    groups: list[set[int]] = []
    for index, line in enumerate(recipe):
        if seats.filled[index] < line.count:
            group = seats.competing_with(index)
            apart = [other for other in groups if not other & group]
            groups = [*apart, group.union(*(other for other in groups if other & group))]
    return tuple(_described(sorted(group), recipe, bank) for group in sorted(groups, key=min))


def paper_for(seed: str, entry_id: int, attempt_number: int, papers: int) -> int:
    """The paper (1 to `papers`) of someone's attempt, counted from 1.

    Attempts 1 to `papers` of one entry all get different ones.
    """
    if papers < 1 or attempt_number < 1:
        raise ValueError("papers and attempts are counted from 1")
    digest = hashlib.sha256(f"{seed}:{entry_id}".encode()).digest()
    first, stride = int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:], "big")
    # A stride without a common divisor visits every paper once before it comes back to the first.
    while math.gcd(stride, papers) != 1:
        stride += 1
    return (first + (attempt_number - 1) * stride) % papers + 1


def choice_order(one: Candidate, seed: str) -> tuple[int, ...]:
    """The order in which a question's choices are shown to somebody who practises with this seed."""
    return _choice_order(one, _chance(f"{seed}:{one.question_id}"), shuffle=True)


def practice_order(question_ids: Iterable[int], seed: str) -> list[int]:
    """Questions in the order of a seed. One that goes away in between moves no other past its neighbour."""
    return sorted(question_ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())


def _lines_for(bank: Sequence[Candidate], recipe: Sequence[RecipeLine]) -> dict[Cell, list[int]]:
    supply = Counter(one.cell for one in bank)
    room = [sum(count for cell, count in supply.items() if line.takes(cell)) for line in recipe]
    # The line with the least to choose from comes first, so that questions are seldom handed on.
    narrow_first = sorted(range(len(recipe)), key=lambda index: (room[index], index))
    return {cell: [index for index in narrow_first if recipe[index].takes(cell)] for cell in supply}


def _fitting(candidates: Iterable[Candidate], seats: _Seats) -> Iterator[Candidate]:
    full: set[Cell] = set()
    for one in candidates:
        if one.cell in full:
            continue
        if seats.seat(one.cell):
            yield one
        else:
            # Nothing drawn later makes room again for a kind of question that did not fit.
            full.add(one.cell)


def _choose(
    bank: Sequence[Candidate], seats: _Seats, uses: Counter[int], rng: random.Random
) -> list[Candidate]:
    # What fits a recipe is a matroid, so taking the least used question that fits is also best in total.
    least_used_first = sorted(bank, key=lambda one: (uses[one.question_id], rng.random()))
    wanted = sum(line.count for line in seats.recipe)
    chosen = list(islice(_fitting(least_used_first, seats), wanted))
    uses.update(one.question_id for one in chosen)
    return _shuffled(chosen, rng)


def _choice_order(one: Candidate, rng: random.Random, shuffle: bool) -> tuple[int, ...]:
    places = range(one.choice_count)
    if one.own_order_tells:
        return _in_another_order(places, rng)
    if not shuffle:
        return tuple(places)
    order: list[int] = []
    loose: list[int] = []
    for place in places:
        if place in one.pinned:
            order += [*_shuffled(loose, rng), place]
            loose = []
        else:
            loose.append(place)
    return tuple(order + _shuffled(loose, rng))


def _in_another_order(places: Sequence[int], rng: random.Random) -> tuple[int, ...]:
    order = list(places)
    while order == list(places) and len(order) > 1:
        order = _shuffled(places, rng)
    return tuple(order)


def _described(group: Sequence[int], recipe: Sequence[RecipeLine], bank: Iterable[Candidate]) -> Shortage:
    lines = [recipe[index] for index in group]
    available = sum(any(line.takes(one.cell) for line in lines) for one in bank)
    return Shortage(tuple(group), sum(line.count for line in lines), available)


def _chance(seed: str) -> random.Random:
    # The library's shuffle and sample have changed between Pythons; random() of a seeded integer has not.
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
    return random.Random(number)  # noqa: S311 - a draw must be repeatable, not secret


def _shuffled(things: Sequence[T], rng: random.Random) -> list[T]:
    mixed = list(things)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed
