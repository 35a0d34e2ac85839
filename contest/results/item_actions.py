"""Working out what each question of a closed round was worth, once per sheet, and keeping the figures."""

from collections import Counter
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import delete

from contest.database import db, write_transaction
from contest.results import item_queries
from contest.results.counting import bulk
from contest.results.item_gathering import QuestionCounts, RoundCounts, gathered
from contest.results.models import ItemAnalysis, ItemChoice, ItemStatistic
from contest.rules import item_analysis
from contest.rules.item_analysis import Number


def analyse_closed(now: datetime) -> None:
    """Work out the figures of every round whose newest sheet they are not of. Safe to repeat."""
    for round_id, sheet_id in item_queries.to_analyse():
        counts = gathered(sheet_id)
        with write_transaction():
            # Somebody may have excluded an attempt meanwhile: then the next turn counts the newer sheet.
            if (round_id, sheet_id) in item_queries.to_analyse():
                store(round_id, sheet_id, counts, now)


def store(round_id: int, sheet_id: int, counts: RoundCounts, now: datetime) -> None:
    """Keep the figures of a round in place of earlier ones."""
    for table in (ItemChoice, ItemStatistic, ItemAnalysis):
        db.session.execute(delete(table).where(table.round_id == round_id))
    bulk(
        ItemAnalysis, [_round_row(counts) | {"round_id": round_id, "sheet_id": sheet_id, "computed_at": now}]
    )
    same_questions = len(counts.sets) == 1
    statistics: list[dict[str, Any]] = []
    choices: list[dict[str, Any]] = []
    for version_id, question in sorted(counts.questions.items()):
        key = {"round_id": round_id, "version_id": version_id}
        statistics.append(key | _question_row(question, same_questions))
        choices += [
            key | {"position": place, "taken": taken} for place, taken in sorted(question.choices.items())
        ]
    bulk(ItemStatistic, statistics)
    bulk(ItemChoice, choices)


def _round_row(counts: RoundCounts) -> dict[str, Any]:
    same_questions = len(counts.sets) == 1
    variances = [item_analysis.variance(_marks(question)) for question in counts.questions.values()]
    figures = item_analysis.paper_figures(counts.totals, variances if same_questions else ())
    return {
        "people": figures.people,
        "same_questions": same_questions,
        "mean": None if figures.mean is None else float(figures.mean),
        "standard_deviation": figures.standard_deviation,
        "skewness": figures.skewness,
        "kurtosis": figures.kurtosis,
        "alpha": figures.alpha,
        "error_ratio": figures.error_ratio,
        "standard_error": figures.standard_error,
    }


def _question_row(question: QuestionCounts, same_questions: bool) -> dict[str, Any]:
    pairs: Counter[tuple[Number, Number]] = Counter()
    for (mark, total), people in question.marks.items():
        pairs[mark, total - mark if same_questions else total] += people
    figures = item_analysis.item_figures(pairs)
    median = item_analysis.median(question.seconds)
    return {
        "shown": figures.people,
        # The column's own name: rows go into the table, not into objects.
        "right_count": question.right,
        "blank": question.blank,
        "facility": float(figures.facility or 0),
        "standard_deviation": figures.standard_deviation,
        "discrimination": figures.discrimination,
        "efficiency": figures.efficiency,
        "median_seconds": None if median is None else int(median + Fraction(1, 2)),
    }


def _marks(question: QuestionCounts) -> Counter[Number]:
    marks: Counter[Number] = Counter()
    for (mark, _), people in question.marks.items():
        marks[mark] += people
    return marks
