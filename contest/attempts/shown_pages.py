"""What the pages of an attempt show, gathered for their templates."""

import json
from datetime import datetime
from typing import Any

from flask import render_template
from markupsafe import Markup

from contest.attempts import claiming, clock_queries, news, paper_queries, queries, requests, words
from contest.attempts.paper_queries import Kept
from contest.attempts.queries import GivenAnswer, Sitting
from contest.contests import queries as contests
from contest.contests.models import Label, Round
from contest.contests.words import LABELS, PHASES, TARGETS
from contest.people import queries as people
from contest.rules.prediction import Target
from contest.rules.timing import Phase
from contest.web import in_app
from contest.web.translations import current_language

NOT_GIVEN = GivenAnswer(0, "", 0, False)


def _rendered(key: tuple[int, str]) -> Markup:
    questions = paper_queries.content(key[0]).questions
    return Markup(render_template("attempts/questions.html", questions=questions))  # noqa: S704  escaped there


# Every question of a paper, unanswered, in one language: rendered once per process.
all_questions: Kept[tuple[int, str], Markup] = Kept(_rendered, most=1000)


def round_page(round_: Round, person_id: int | None, now: datetime) -> dict[str, Any]:
    """The public page of a round, with what this device's person has done there."""
    made = queries.attempts_of(round_.id, person_id) if person_id is not None else []
    contest, phase = contests.contest_of(round_), queries.phase_of(round_, now)
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
        "questions": contests.questions_per_paper([round_.id]).get(round_.id, 0),
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
    return {
        **_frame(sitting, given, now),
        "questions": [(one, given.get(one.position, NOT_GIVEN)) for one in paper.questions],
        "question": paper.questions[position - 1],
        "given": given.get(position, NOT_GIVEN),
        "dots": dots(last, given, position),
        "last": last,
        "saved_at": words.clock_time(max(times)) if times else "",
        "all_questions": all_questions((paper.paper_id, current_language())),
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
    }


def dots(last: int, given: dict[int, GivenAnswer], current: int = 0) -> list[dict[str, object]]:
    """The strip of questions."""
    return [
        {
            "number": number,
            "answered": bool(given.get(number, NOT_GIVEN).response),
            "flagged": given.get(number, NOT_GIVEN).flagged,
            "current": number == current,
        }
        for number in range(1, last + 1)
    ]


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
