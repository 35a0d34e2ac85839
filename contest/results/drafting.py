"""Making the standings of a round: everybody's counted attempt, in order, as rows that are only read later."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select, update

from contest.attempts.models import Attempt
from contest.beside import beside
from contest.clock import VIETNAM
from contest.contests import queries as contests
from contest.contests.models import Contest, Round
from contest.database import db
from contest.people.models import Entry
from contest.results.counting import COLUMNS, HandedIn, bulk, counted
from contest.results.models import Exclusion, Participant, Sheet, SheetState, Standing
from contest.results.names import shown_name, unit_line
from contest.rules import prediction, ranking, vietnamese
from contest.rules.prediction import MOST_DECIMALS, Target
from contest.rules.ranking import Contender, Counting, RankingKey, RankStyle
from contest.units import change_queries, tree_stamp
from contest.units.models import Unit

ROWS_AT_ONCE = 5000


@dataclass(frozen=True)
class Candidate:
    """A person with the attempt that stands for them."""

    attempt: HandedIn
    prediction: Decimal | None
    name: str
    birth_year: int | None
    ranked: bool
    publishes_name: bool
    # Has not said who they are: counted among the people, in no line of the sheet.
    anonymous: bool

    @property
    def all_right(self) -> bool:
        return 0 < self.attempt.out_of == self.attempt.score


@dataclass(frozen=True)
class Draft:
    """A sheet ready to be stored. `rows` are Standing columns without the sheet's id."""

    round: Round
    contest: Contest
    keys: tuple[RankingKey, ...]
    actual: str | None
    people: int
    attempts: int
    excluded: frozenset[int]
    rows: list[dict[str, Any]]
    tree_stamp: int | None


@dataclass(frozen=True)
class UnitNamed:
    """A unit as a sheet names it, and the name by which whoever took part for it may look for it."""

    line: str = ""
    former: str = ""


def prepare(round_id: int, excluded: frozenset[int]) -> Draft:
    """Work out the standings without these attempts; changes nothing, so no writer has to wait for it."""
    round_ = contests.round_for_staff(round_id)
    contest = contests.contest_of(round_)
    keys = contests.ranking_of(contest.id)
    people, attempts = db.session.execute(
        select(func.count(), func.sum(Participant.attempts)).where(Participant.round_id == round_id)
    ).one()
    candidates = _candidates(round_id, Counting(round_.counting), excluded)
    actual = _actual(round_, candidates, (attempts or 0) - len(excluded))
    # The stamp before what it stands for: a unit that changes in between makes the draft look old, never new.
    stamp = tree_stamp.current()
    units = units_named()
    # Detached from the session before another thread reads them.
    style, seed, year = RankStyle(contest.rank_style), contest.draw_seed, _year(round_.closes_at)
    # Ranking a hundred thousand people must not stop the phones of another round.
    rows = beside(lambda: _rows(candidates, keys, style, seed, actual, units, year))
    return Draft(round_, contest, keys, actual, people, attempts or 0, excluded, rows, stamp)


def store(draft: Draft, reason: str, now: datetime) -> Sheet:
    """Keep a draft as the next version; a draft before it is replaced, a published sheet stays public."""
    round_id = draft.round.id
    style = RankStyle(draft.contest.rank_style)
    newest = db.session.scalar(select(func.max(Sheet.version)).where(Sheet.round_id == round_id)) or 0
    db.session.execute(
        update(Sheet)
        .where(Sheet.round_id == round_id, Sheet.state == SheetState.DRAFT)
        .values(state=SheetState.REPLACED)
    )
    sheet = Sheet(
        round_id=round_id,
        version=newest + 1,
        state=SheetState.DRAFT,
        drafted_at=now,
        reason=reason,
        rule_vi=ranking.rule_in_words(draft.keys, style, "vi"),
        rule_en=ranking.rule_in_words(draft.keys, style, "en"),
        keys=",".join(draft.keys),
        actual=draft.actual,
        people=draft.people,
        attempts=draft.attempts,
        tree_stamp=draft.tree_stamp,
    )
    db.session.add(sheet)
    db.session.flush()
    for begin in range(0, len(draft.rows), ROWS_AT_ONCE):
        bulk(Standing, [row | {"sheet_id": sheet.id} for row in draft.rows[begin : begin + ROWS_AT_ONCE]])
    return sheet


def decimal_text(value: Decimal | Fraction | int) -> str:
    """The number as plain decimal text, to ten decimals, without zeros at the end."""
    if isinstance(value, Fraction):
        tenths = round(value, MOST_DECIMALS)
        value = Decimal(tenths.numerator) / Decimal(tenths.denominator)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def contender(row: Standing) -> Contender:
    """A stored line as it was compared."""
    return Contender(
        entry_id=row.entry_id,
        attempt_id=row.attempt_id,
        score=row.score,
        all_right=0 < row.out_of == row.score,
        prediction_distance=None if row.off_by is None else Fraction(row.off_by),
        duration_seconds=row.duration_seconds,
        handed_in_at=row.handed_in_at,
        ranked=row.rank is not None,
        out_of=row.out_of,
    )


def _candidates(round_id: int, rule: Counting, excluded: frozenset[int]) -> list[Candidate]:
    """One per person, by entry. Whose counted attempt is excluded stands with the next of theirs, if any."""
    statement = select(
        *COLUMNS,
        Attempt.prediction,
        Entry.name,
        Entry.birth_year,
        Entry.ranked,
        Entry.publishes_name,
        Attempt.anonymous,
    ).join(Entry, Entry.id == Attempt.entry_id)
    # From the participants to their attempts by primary key; the other way round has no index to go by.
    counting = statement.join(Participant, Participant.attempt_id == Attempt.id)
    counting = counting.where(Participant.round_id == round_id)
    found = [_candidate(row) for row in db.session.execute(counting)]
    without = [one.attempt.person_id for one in found if one.attempt.id in excluded]
    if without:
        others: dict[int, list[Candidate]] = defaultdict(list)
        handed_in = statement.where(Attempt.round_id == round_id, Attempt.handed_in_at.is_not(None))
        for row in db.session.execute(handed_in.where(Attempt.person_id.in_(without))):
            other = _candidate(row)
            if other.attempt.id not in excluded:
                others[other.attempt.person_id].append(other)
        found = [one for one in found if one.attempt.id not in excluded]
        found += [_next_best(left, rule) for left in others.values()]
    return sorted(found, key=lambda one: one.attempt.entry_id)


def _next_best(left: list[Candidate], rule: Counting) -> Candidate:
    best = counted([one.attempt for one in left], rule)
    return next(one for one in left if one.attempt.id == best.id)


def _candidate(row: Any) -> Candidate:
    predicted, name, birth_year, ranked, publishes_name, anonymous = row[len(COLUMNS) :]
    attempt = HandedIn(*row[: len(COLUMNS)])
    number = None if predicted is None else Decimal(predicted)
    return Candidate(attempt, number, name, birth_year, ranked, publishes_name, anonymous)


def _actual(round_: Round, candidates: list[Candidate], attempts: int) -> str | None:
    """The number that was to be predicted, counted without what the board has taken out."""
    if round_.prediction is None:
        return None
    all_right = sum(one.all_right for one in candidates)
    counts: dict[Target, int | Fraction] = {
        Target.ALL_RIGHT_PEOPLE: all_right,
        Target.PEOPLE: len(candidates),
        Target.ATTEMPTS: attempts,
        Target.PERCENTAGE: Fraction(100 * all_right, len(candidates) or 1),
    }
    return decimal_text(counts[Target(round_.prediction)])


def units_named() -> dict[int | None, UnitNamed]:
    """Every unit as a notice of today names it, by the unit of an attempt; the top of the tree goes without saying.

    Whoever took part for a unit that has gone into another since stands with that one.
    """
    rows = {row.id: row for row in db.session.execute(select(Unit.id, Unit.name, Unit.parent_id))}
    heirs = change_queries.successors_on(date.max)
    named: dict[int | None, UnitNamed] = {None: UnitNamed()}
    for unit_id, row in rows.items():
        heir = rows[heirs.get(unit_id, unit_id)]
        above = rows.get(heir.parent_id)
        line = unit_line(heir.name, above.name if above and above.parent_id else None)
        named[unit_id] = UnitNamed(line, "" if heir is row else row.name)
    return named


def _rows(
    candidates: Iterable[Candidate],
    keys: tuple[RankingKey, ...],
    style: RankStyle,
    draw_seed: str,
    actual: str | None,
    units: dict[int | None, UnitNamed],
    year: int,
) -> list[dict[str, Any]]:
    blocks: dict[int, dict[int, Candidate]] = defaultdict(dict)
    for one in candidates:
        if one.anonymous:
            continue
        blocks[one.attempt.block_id][one.attempt.id] = one
    rows: list[dict[str, Any]] = []
    for members in blocks.values():
        places = ranking.standings(
            (_contender(one, actual) for one in members.values()), keys, style, draw_seed
        )
        for position, place in enumerate(places, start=1):
            one = members[place.contender.attempt_id]
            name = shown_name(one.name, one.publishes_name, one.birth_year, year)
            unit = units.get(one.attempt.unit_id, UnitNamed())
            rows.append(_row(one, place, position, name, unit))
    return rows


def _contender(one: Candidate, actual: str | None) -> Contender:
    away = None if actual is None else prediction.distance(one.prediction, Decimal(actual))
    return Contender(
        entry_id=one.attempt.entry_id,
        attempt_id=one.attempt.id,
        score=one.attempt.score,
        all_right=one.all_right,
        prediction_distance=away,
        duration_seconds=one.attempt.duration_seconds,
        handed_in_at=one.attempt.handed_in_at,
        ranked=one.ranked,
        out_of=one.attempt.out_of,
    )


def _row(one: Candidate, place: ranking.Place, position: int, name: str, unit: UnitNamed) -> dict[str, Any]:
    away = place.contender.prediction_distance
    return {
        "block_id": one.attempt.block_id,
        "position": position,
        "rank": place.rank,
        "attempt_id": one.attempt.id,
        "entry_id": one.attempt.entry_id,
        "name": name,
        "unit": unit.line,
        # Of people only what is shown can be found: searching must not lift the mask from a name.
        "search_key": vietnamese.search_key(f"{name} {unit.line} {unit.former}"),
        "score": one.attempt.score,
        "out_of": one.attempt.out_of,
        "prediction": None if one.prediction is None else decimal_text(one.prediction),
        "off_by": None if away is None else decimal_text(away),
        "duration_seconds": one.attempt.duration_seconds,
        "handed_in_at": one.attempt.handed_in_at,
    }


def excluded_in(round_id: int) -> frozenset[int]:
    """The attempts of a round that the board has taken out."""
    statement = select(Exclusion.attempt_id).join(Attempt, Attempt.id == Exclusion.attempt_id)
    return frozenset(db.session.scalars(statement.where(Attempt.round_id == round_id)))


def _year(moment: datetime) -> int:
    return moment.astimezone(VIETNAM).year
