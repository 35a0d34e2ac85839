"""Reading what everybody answered in a round, attempt by attempt, into counts per question."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from contest.attempts import paper_queries
from contest.attempts.models import Answer, Attempt
from contest.database import db
from contest.results.models import Standing
from contest.rules import grading, item_analysis, vietnamese
from contest.rules.item_analysis import Number

# About a thousand answers: enough to be quick, little enough that no phone waits noticeably.
ATTEMPTS_AT_ONCE = 50


@dataclass
class QuestionCounts:
    """What is counted about one question while attempts go by; its size does not grow with the people."""

    # (mark, total of the paper) -> people
    marks: Counter[tuple[Number, Number]] = field(default_factory=Counter)
    right: int = 0
    blank: int = 0
    choices: Counter[int] = field(default_factory=Counter)
    seconds: Counter[Number] = field(default_factory=Counter)


@dataclass
class RoundCounts:
    """Everything counted about a round: its questions by version, and the totals of papers."""

    questions: defaultdict[int, QuestionCounts] = field(default_factory=lambda: defaultdict(QuestionCounts))
    totals: Counter[Number] = field(default_factory=Counter)
    # The sets of questions met so far; one alone means that everybody had the same.
    sets: set[frozenset[int]] = field(default_factory=set)


@dataclass(frozen=True)
class Given:
    """An attempt with its answers: position -> response and when it was saved."""

    paper_id: int
    started_at: datetime
    answers: dict[int, tuple[str, datetime]]


def gathered(sheet_id: int) -> RoundCounts:
    """Count the attempts that stand on a sheet. Nothing of them is kept but the counts."""
    counts = RoundCounts()
    for given in _attempts(sheet_id):
        _add(counts, given)
    return counts


def _attempts(sheet_id: int) -> Iterator[Given]:
    ids = list(db.session.scalars(select(Standing.attempt_id).where(Standing.sheet_id == sheet_id)))
    ids.sort()
    for begin in range(0, len(ids), ATTEMPTS_AT_ONCE):
        yield from _portion(ids[begin : begin + ATTEMPTS_AT_ONCE])
        time.sleep(0)  # lets the phones of another round in between


def _portion(ids: list[int]) -> list[Given]:
    rows = db.session.execute(
        select(Attempt.id, Attempt.paper_id, Attempt.started_at).where(Attempt.id.in_(ids))
    )
    found = {row.id: Given(row.paper_id, row.started_at, {}) for row in rows}
    answers = select(Answer.attempt_id, Answer.position, Answer.response, Answer.saved_at)
    for attempt_id, position, response, saved_at in db.session.execute(
        answers.where(Answer.attempt_id.in_(ids))
    ):
        found[attempt_id].answers[position] = (response, saved_at)
    return list(found.values())


def _add(counts: RoundCounts, given: Given) -> None:
    questions = paper_queries.content(given.paper_id).questions
    keys = paper_queries.keys(given.paper_id)
    responses = [given.answers.get(question.position, ("", None))[0] for question in questions]
    marks = [
        _plain(grading.mark(key, response, normalise=vietnamese.answer_key))
        for key, response in zip(keys, responses, strict=True)
    ]
    total = sum(marks)
    saved = {position: saved_at for position, (_, saved_at) in given.answers.items()}
    taken = item_analysis.seconds_taken(given.started_at, saved)
    counts.totals[total] += 1
    counts.sets.add(frozenset(question.version_id for question in questions))
    for question, response, mark in zip(questions, responses, marks, strict=True):
        mine = counts.questions[question.version_id]
        mine.marks[mark, total] += 1
        mine.right += mark == 1
        mine.blank += not response
        if response and question.kind in paper_queries.WITH_CHOICES:
            for place in response.split(","):
                mine.choices[int(place)] += 1
        if response and question.position in taken:
            mine.seconds[taken[question.position]] += 1


def _plain(mark: Fraction) -> Number:
    """Whole marks as whole numbers: adding up fractions is ten times slower."""
    return int(mark) if mark.denominator == 1 else mark
