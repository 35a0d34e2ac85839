"""The settings of contests and rounds as the frozen values that rules texts and checklists are made of."""

from datetime import datetime

from contest.banks import queries as banks
from contest.contests import queries
from contest.contests.checklist import Plan
from contest.contests.models import Contest, DeclaredField, Label, Round
from contest.contests.rules_text import ContestSettings, RoundSettings
from contest.rules.drawing import Candidate, RecipeLine
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.question_shape import ARRANGED
from contest.rules.ranking import Counting, RankStyle
from contest.rules.timing import LateStart


def contest_settings(contest: Contest, address: str = "") -> ContestSettings:
    """Everything the rules say, with all rounds, also those not published yet."""
    rounds = queries.rounds_of(contest.id, drafts=True)
    counts = queries.questions_per_paper([round_.id for round_ in rounds])
    return ContestSettings(
        name=contest.name,
        label=Label(contest.label),
        organiser=contest.organiser,
        address=address,
        blocks=tuple(block.name for block in queries.blocks(contest.id)),
        fields=tuple(DeclaredField(field.field) for field in queries.fields(contest.id)),
        ranking=queries.ranking_of(contest.id),
        rank_style=RankStyle(contest.rank_style),
        draw_seed=contest.draw_seed,
        personal_data_until=contest.personal_data_until,
        minimum_age=contest.minimum_age,
        answer_first=contest.answer_first,
        rounds=tuple(_round_settings(round_, counts.get(round_.id, 0)) for round_ in rounds),
    )


def _round_settings(round_: Round, questions: int) -> RoundSettings:
    return RoundSettings(
        name=round_.name,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        questions=questions,
        minutes=round_.minutes,
        attempts_allowed=round_.attempts_allowed,
        counting=Counting(round_.counting),
        late_start=LateStart(round_.late_start),
        blank_rule=BlankRule(round_.blank_rule),
        shuffle_choices=round_.shuffle_choices,
        prediction=Target(round_.prediction) if round_.prediction else None,
    )


def recipe(round_: Round) -> tuple[RecipeLine, ...]:
    """The recipe as the drawing takes it."""
    return tuple(
        RecipeLine(line.count, line.topic or None, line.level or None)
        for line in queries.recipe_of(round_.id)
    )


def candidates(rows: list[banks.CandidateRow]) -> tuple[Candidate, ...]:
    """The bank's approved questions as the drawing takes them."""
    return tuple(
        Candidate(
            row.question_id,
            row.topic or None,
            row.level or None,
            len(row.choices),
            row.pinned,
            row.kind in ARRANGED,
        )
        for row in rows
    )


def plan(round_: Round, now: datetime) -> Plan:
    """All that the checklist of a round looks at."""
    contest = queries.contest_of(round_)
    rows = banks.candidates(round_.bank_id)
    rules = next(iter(queries.rules_versions(contest.id)), None)
    return Plan(
        now=now,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        minutes=round_.minutes,
        papers_wanted=round_.papers_wanted,
        attempts_allowed=round_.attempts_allowed,
        asks_prediction=round_.prediction is not None,
        recipe=recipe(round_),
        candidates=candidates(rows),
        without_key=tuple(row.number for row in rows if not row.has_key),
        blocks=len(queries.blocks(contest.id)),
        fields=frozenset(DeclaredField(field.field) for field in queries.fields(contest.id)),
        ranking=queries.ranking_of(contest.id),
        rules_text=rules.text if rules else None,
        consents=frozenset(queries.consent_texts(contest.id)),
        personal_data_until=contest.personal_data_until,
    )
