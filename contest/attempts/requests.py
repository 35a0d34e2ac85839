"""Reading what a phone sends, and writing the answer, as JSON."""

import json
from collections.abc import Sequence

from flask import Response, request
from werkzeug.exceptions import BadRequest

from contest.attempts import words
from contest.attempts.actions import Outcome, Saved, Sent
from contest.attempts.queries import GivenAnswer
from contest.rules.grading import LONGEST_TEXT, Kind
from contest.rules.timing import Timing
from contest.web.translations import shown

MOST_ANSWERS = 200
MOST_LEFT = 9999
LARGEST_REVISION = 2**31 - 1


def sent_answers(body: bytes | str) -> list[Sent]:
    """{"device", "answers": [{"position", "response", "revision", "flagged", "replaces"}]}, else BadRequest.

    `device`, `flagged` and `replaces` may be left out (see actions.Sent); "left" is for left_count.
    """
    try:
        sent = json.loads(body)
        answers, device = sent["answers"], _whole(sent.get("device", 0))
        if len(answers) > MOST_ANSWERS:
            raise BadRequest
        return [_sent(answer, device) for answer in answers]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadRequest from None


def left_count(body: bytes) -> int:
    """{"left": n}: how often the page was left so far, sent along once it has grown; 0 where nothing is said."""
    if b'"left"' not in body:
        return 0
    try:
        return min(_whole(json.loads(body).get("left", 0)), MOST_LEFT)
    except ValueError:
        raise BadRequest from None


def _whole(number: object) -> int:
    if not isinstance(number, int) or not 0 <= number <= LARGEST_REVISION:
        raise ValueError("a number from 0 on that the database can hold")
    return number


def _sent(answer: dict[str, object], device: int) -> Sent:
    position, response, revision = answer["position"], answer["response"], answer["revision"]
    flagged = answer.get("flagged", False)
    if not (isinstance(position, int) and isinstance(response, str) and isinstance(revision, int)):
        raise ValueError("an answer names a position, a response and a revision")
    if len(response) > LONGEST_TEXT or not 0 < revision <= LARGEST_REVISION or not isinstance(flagged, bool):
        raise ValueError("an answer is short and its revision counts from 1")
    replaces = _whole(answer["replaces"]) if "replaces" in answer else None
    return Sent(position, response, revision, flagged, device, replaces)


def saved_answer(saved: Saved) -> Response:
    """What became of what was sent; 409 when nothing of it was taken."""
    accepted = [_accepted(one) for one in saved.outcomes if one.refused is None]
    refused = [_refused(one) for one in saved.outcomes if one.refused is not None]
    body: dict[str, object] = {"saved": accepted, "refused": refused, **clock(saved.timing)}
    if refused and not accepted:
        return as_json({"error": refused[0]["reason"], **body}, 409)
    return as_json(body)


def _accepted(one: Outcome) -> dict[str, object]:
    at = words.clock_time(one.saved_at) if one.saved_at else ""
    return {"position": one.position, "revision": one.revision, "at": at}


def _refused(one: Outcome) -> dict[str, object]:
    return {
        "position": one.position,
        "reason": str(shown(one.refused)),
        "why": one.why,
        "revision": one.revision,
        "response": one.response,
        "flagged": one.flagged,
        "at": words.clock_time(one.saved_at) if one.saved_at else "",
    }


def clock(timing: Timing | None) -> dict[str, object]:
    """Seconds left, never a moment: the phone's own clock may be wrong by a day."""
    if timing is None:
        return {}
    return {"seconds_left": timing.seconds_left, "phase": timing.phase.value}


def given_answers(answers: Sequence[GivenAnswer]) -> list[dict[str, object]]:
    """Answers as the phone keeps them."""
    return [
        {
            "position": one.position,
            "response": one.response,
            "revision": one.revision,
            "flagged": one.flagged,
            "at": words.clock_time(one.saved_at) if one.saved_at else "",
        }
        for one in answers
    ]


def as_json(body: dict[str, object], status: int = 200) -> Response:
    """A small JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, mimetype="application/json")


def form_positions(last: int) -> list[int]:
    """The questions that stand in a plain form: all of a whole paper, else the one it names."""
    typed = request.form.get("position", "1")
    if "whole" in request.form:
        return list(range(1, last + 1))
    return [min(max(int(typed), 1), last) if typed.isdecimal() and len(typed) < 4 else 1]


def form_answer(position: int, kind: Kind, held: GivenAnswer | None) -> Sent | None:
    """The answer of a plain form, or None when it changes nothing.

    The form says which revision it was made from, so that a page left open in another tab is refused.
    """
    before, was_flagged = (held.response, held.flagged) if held else ("", False)
    response = ",".join(filter(None, request.form.getlist(f"answer-{position}")))
    # A radio button cannot be let go, and a page without the question says nothing about its answer.
    may_be_emptied = "shown" in request.form and kind not in (Kind.SINGLE, Kind.TRUE_FALSE)
    if not response and not may_be_emptied:
        response = before
    whole = "whole" in request.form
    flagged = was_flagged != (request.form.get("go") == (f"flag:{position}" if whole else "flag"))
    if (response, flagged) == (before, was_flagged):
        return None
    typed = request.form.get(f"revision-{position}" if whole else "revision", "")
    revision = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    return Sent(position, response, revision + 1, flagged)


def next_position(position: int, last: int) -> int | None:
    """Where the pressed button leads: a question, or None for the review."""
    go, _colon, flagged = request.form.get("go", "next").partition(":")
    if flagged.isdecimal():
        go = flagged
    if go.isdecimal() and len(go) < 4:
        return min(max(int(go), 1), last)
    if go in ("flag", "stay"):
        return position
    if go == "previous":
        return max(position - 1, 1)
    return position + 1 if go == "next" and position < last else None
