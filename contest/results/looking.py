"""What the board should look at in a round: the hints about the foremost attempts, with what is behind each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import select

from contest.attempts.models import Answer, Attempt
from contest.banks.models import Choice, QuestionVersion
from contest.contests import queries as contests
from contest.contests.models import Contest, PaperQuestion, Round
from contest.database import db
from contest.people.models import Entry
from contest.results import queries
from contest.results.hints import Finding, Finished, Wrong, findings
from contest.results.models import Sheet, Standing
from contest.rules.grading import Kind

# Hints are for those who would win something; ranking on does not change who does.
LOOKED_AT = 200
_ONE_OF_CHOICES = (Kind.SINGLE.value, Kind.TRUE_FALSE.value)


@dataclass(frozen=True)
class Evidence:
    """What is known about how an attempt went; seconds between one answer saved and the next."""

    left_count: int
    device: str | None
    network: str | None
    assisted: bool
    full_name: str
    fastest: int | None
    middle: int | None


@dataclass(frozen=True)
class LookLine:
    """An attempt with what speaks for a look at it. `others`: the names of those it is like."""

    standing: Standing
    block: str
    findings: list[tuple[Finding, list[str]]]
    evidence: Evidence


@dataclass(frozen=True)
class Look:
    """The page of a round; without a sheet there is nothing to look at yet."""

    round: Round
    contest: Contest
    sheet: Sheet | None
    lines: list[LookLine]
    looked_at: int


def found_in(rows: Sequence[Standing]) -> dict[int, list[Finding]]:
    """What speaks for a look, by attempt, among these lines of one block."""
    ids = [row.attempt_id for row in rows]
    origins = {
        attempt_id: (device, assisted)
        for attempt_id, device, assisted in db.session.execute(
            select(Attempt.id, Attempt.device, Entry.assisted)
            .join(Entry, Entry.id == Attempt.entry_id)
            .where(Attempt.id.in_(ids))
        )
    }
    wrong = _wrong_answers(ids)
    return findings(
        Finished(
            row.attempt_id,
            row.unit,
            row.score,
            row.out_of,
            row.duration_seconds,
            row.handed_in_at,
            *origins[row.attempt_id],
            wrong=frozenset(wrong.get(row.attempt_id, ())),
        )
        for row in rows
    )


def _wrong_answers(attempt_ids: list[int]) -> dict[int, list[Wrong]]:
    """Wrong answers to questions with one right choice: what is typed freely is seldom the same by chance."""
    right = select(Choice.version_id, Choice.position).where(Choice.right).subquery()
    rows = db.session.execute(
        select(Answer.attempt_id, PaperQuestion.version_id, Answer.response, right.c.position)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(
            PaperQuestion,
            (PaperQuestion.paper_id == Attempt.paper_id) & (PaperQuestion.position == Answer.position),
        )
        .join(QuestionVersion, QuestionVersion.id == PaperQuestion.version_id)
        .join(right, right.c.version_id == PaperQuestion.version_id)
        .where(Answer.attempt_id.in_(attempt_ids), Answer.response != "")
        .where(QuestionVersion.kind.in_(_ONE_OF_CHOICES))
    )
    found: dict[int, list[Wrong]] = defaultdict(list)
    for attempt_id, version_id, response, right_place in rows:
        if response != str(right_place):
            found[attempt_id].append((version_id, response))
    return found


def look(round_id: int) -> Look:
    """Everything worth a look among the foremost attempts of each block of the newest sheet."""
    round_ = contests.round_for_staff(round_id)
    contest, sheets = contests.contest_of(round_), queries.sheets(round_id)
    if not sheets:
        return Look(round_, contest, None, [], 0)
    lines: list[LookLine] = []
    looked_at = 0
    for block in contests.blocks(contest.id):
        rows = queries.first_lines(sheets[0].id, block.id, LOOKED_AT)
        looked_at += len(rows)
        lines += _lines(rows, block.name)
    return Look(round_, contest, sheets[0], lines, looked_at)


def _lines(rows: Sequence[Standing], block: str) -> list[LookLine]:
    found = found_in(rows)
    concerned = {row.attempt_id for row in rows if row.attempt_id in found}
    known = _evidence(sorted(concerned))
    return [
        LookLine(
            row,
            block,
            [
                (one, [known[other].full_name for other in one.others if other in known])
                for one in found[row.attempt_id]
            ],
            known[row.attempt_id],
        )
        for row in rows
        if row.attempt_id in found
    ]


def _evidence(attempt_ids: list[int]) -> dict[int, Evidence]:
    moments: dict[int, list[datetime]] = defaultdict(list)
    for attempt_id, saved_at in db.session.execute(
        select(Answer.attempt_id, Answer.saved_at)
        .where(Answer.attempt_id.in_(attempt_ids))
        .order_by(Answer.attempt_id, Answer.saved_at)
    ):
        moments[attempt_id].append(saved_at)
    rows = db.session.execute(
        select(Attempt.id, Attempt.left_count, Attempt.device, Attempt.network, Entry.assisted, Entry.name)
        .join(Entry, Entry.id == Attempt.entry_id)
        .where(Attempt.id.in_(attempt_ids))
    )
    return {row[0]: Evidence(*row[1:], *_pace(moments[row[0]])) for row in rows}


def _pace(moments: Sequence[datetime]) -> tuple[int | None, int | None]:
    gaps = [int((later - earlier).total_seconds()) for earlier, later in pairwise(moments)]
    return (min(gaps), int(median(gaps))) if gaps else (None, None)
