"""Marking a paper: the stored answers against the versions that stood on it."""

from contest.attempts import paper_queries, queries
from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.rules import grading, vietnamese
from contest.rules.grading import BlankRule, Score


def score(attempt: Attempt, round_: Round) -> Score:
    """What the attempt's answers come to now."""
    given = queries.responses(attempt.id)
    marks = (
        grading.marked(key, given.get(position, ""), normalise=vietnamese.answer_key)
        for position, key in enumerate(paper_queries.keys(attempt.paper_id), start=1)
    )
    return grading.total(marks, BlankRule(round_.blank_rule))
