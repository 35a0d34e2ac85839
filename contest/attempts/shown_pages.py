"""What the pages of an attempt show, gathered for their templates."""

import json
from datetime import datetime
from typing import Any

from contest.attempts import (
    claiming,
    clock_queries,
    news,
    paper_parts,
    paper_queries,
    queries,
    requests,
    words,
)
from contest.attempts.paper_parts import NOT_GIVEN, dots
from contest.attempts.paper_queries import Kept
from contest.attempts.queries import GivenAnswer, Sitting
from contest.contests import queries as contests
from contest.contests.models import Contest, Label, Round
from contest.contests.words import LABELS, PHASES, TARGETS
from contest.people import queries as people
from contest.rules.prediction import Target
from contest.rules.timing import Phase
from contest.web import in_app
from contest.web.translations import current_language


def _questions_of(round_id: int) -> int:
    return contests.questions_per_paper([round_id]).get(round_id, 0)


# Of published rounds, whose papers never change.
questions_of: Kept[int, int] = Kept(_questions_of, most=1000)


def round_page(round_: Round, contest: Contest, person_id: int | None, now: datetime) -> dict[str, Any]:
    """The public page of a round, with what this device's person has done there."""
    made = queries.attempts_of(round_.id, person_id) if person_id is not None else []
    phase = queries.phase_of(round_, now)
    entry = people.entry_of(contest.id, person_id) if person_id is not None else None
    extra = clock_queries.extra_of(round_.id, entry)
    standing = clock_queries.open_pause(round_.id) if round_.paused_at is not None else None
    unfinished = next((one for one in made if not queries.is_over(one, now)), None)
    return {
        "round": round_,
        "contest": contest,
        "contest_label": LABELS[Label(contest.label)],
        "app_name": in_app.app_name(),
        "phase": phase,
        "phase_word": PHASES[phase],
        "questions": questions_of(round_.id),
        "seconds_to_opening": max(0, int((round_.opens_at - now).total_seconds())),
        "entered": entry is not None,
        "extra_minutes": -(-extra // 60),
        "time_given": words.time_given(round_.minutes, extra),
        "pause_reason": standing.reason if standing is not None else "",
        "made": [one for one in made if one is not unfinished],
        "unfinished": unfinished,
        "may_declare": bool(made) and claiming.claimable(round_, person_id, now),
        "attempts_left": round_.attempts_allowed - len(made),
    }


def paper_page(sitting: Sitting, asked: str, now: datetime) -> dict[str, Any]:
    """One question of the paper, with the whole paper behind it for the script."""
    paper = paper_queries.content(sitting.attempt.paper_id)
    given = queries.answers(sitting.attempt)
    last = len(paper.questions)
    position = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 4 else 1
    times = [one.saved_at for one in given.values() if one.saved_at is not None]
    language = current_language()
    return {
        **_frame(sitting, given, now),
        "questions": [(one, given.get(one.position, NOT_GIVEN)) for one in paper.questions],
        "question": paper.questions[position - 1],
        "given": given.get(position, NOT_GIVEN),
        "dots": dots(last, given, position) if given else [],
        "untouched_strip": paper_parts.untouched_strip((last, position, language)),
        "last": last,
        "saved_at": words.clock_time(max(times)) if times else "",
        "unanswered": paper_parts.unanswered((paper.paper_id, language)),
    }


def _frame(sitting: Sitting, given: dict[int, GivenAnswer], now: datetime) -> dict[str, Any]:
    timing = queries.timing_of(sitting.attempt, now)
    kept = requests.given_answers(list(given.values()))
    return {
        "attempt": sitting.attempt,
        "round": sitting.round,
        "contest": sitting.contest,
        "seconds_left": timing.seconds_left,
        "phase": timing.phase.value,
        "time_is_up": timing.phase in (Phase.GRACE, Phase.OVER),
        "news": news.news(sitting),
        "app_name": in_app.app_name(),
        "kept_answers": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        "script_sentences": paper_parts.sentences(current_language()),
    }


def review_page(sitting: Sitting, now: datetime) -> dict[str, Any]:
    """What is unanswered or flagged, before handing in."""
    given = queries.answers(sitting.attempt)
    strip, asked = dots(sitting.attempt.out_of, given), target(sitting)
    return {
        **_frame(sitting, given, now),
        "dots": strip,
        "unanswered": [dot["number"] for dot in strip if not dot["answered"]],
        "flagged": [dot["number"] for dot in strip if dot["flagged"]],
        "target": asked,
        "target_words": TARGETS[asked] if asked else "",
    }


def target(sitting: Sitting) -> Target | None:
    """What is to be predicted in this round, if anything."""
    return Target(sitting.round.prediction) if sitting.round.prediction else None


def receipt_page(sitting: Sitting, now: datetime) -> dict[str, Any]:
    """Number right and duration. Which ones were wrong is nobody's before the round has closed."""
    return {
        "attempt": sitting.attempt,
        "round": sitting.round,
        "contest": sitting.contest,
        "allowed": words.allowed(sitting.round.minutes, sitting.attempt.extra_seconds),
        "paper_number": paper_queries.content(sitting.attempt.paper_id).number,
        "may_declare": claiming.claimable(sitting.round, sitting.attempt.person_id, now),
        "is_closed": contests.phase_of(sitting.round, now) is Phase.CLOSED,
        "attempts_left": sitting.round.attempts_allowed
        - len(queries.attempts_of(sitting.round.id, sitting.attempt.person_id)),
    }
