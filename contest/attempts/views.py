"""The attempt on the phone."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from contest import clock
from contest.attempts import actions, evidence, limits, news, queries, requests, shown_pages
from contest.attempts.forms import HandInForm
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.people import device
from contest.web.access import participant, public
from contest.web.identity import current_person_id, person_id_or_none
from contest.web.kept_pages import kept
from contest.web.translations import shown

blueprint = Blueprint("attempts", __name__)


@blueprint.get("/rounds/<code>")
@public
def round_page(code: str) -> ResponseReturnValue:
    now, person_id = clock.now(), person_id_or_none()
    round_, contest = contests.with_contest(code)
    return render_template("attempts/round.html", **shown_pages.round_page(round_, contest, person_id, now))


@blueprint.get("/rounds/<code>/opening")
@public
@kept
def opening(code: str) -> ResponseReturnValue:
    """What a hall full of waiting phones asks at the same moment: a process asks the database once for all."""
    now = clock.now()
    return requests.as_json(requests.clock(queries.timing_before_start(contests.round_by_code(code), now)))


@blueprint.post("/rounds/<code>/start")
@participant
def start(code: str) -> ResponseReturnValue:
    now, person_id, token = clock.now(), current_person_id(), secrets.token_urlsafe(16)
    name = device.name()
    limits.starts.take(name, now)
    origin = evidence.origin(name, request.remote_addr)
    started = actions.start_among_many(code, person_id, token, now, session.get("door"), origin)
    if started is None:
        return redirect(url_for("people.enter", code=code))
    return redirect(url_for("attempts.paper", token=started))


@blueprint.get("/attempts/<token>")
@participant
def paper(token: str) -> ResponseReturnValue:
    now, person_id = clock.now(), current_person_id()
    sitting = queries.sitting(token, person_id)
    if queries.is_over(sitting.attempt, now):
        return redirect(url_for("attempts.receipt", token=token))
    page = shown_pages.paper_page(sitting, request.args.get("q", ""), now)
    template = "attempts/whole_paper.html" if sitting.round.whole_paper else "attempts/paper.html"
    return render_template(template, **page)


@blueprint.post("/attempts/<token>")
@participant
def answer(token: str) -> ResponseReturnValue:
    """The plain form: store the answers that stand in it and go where the pressed button leads."""
    now, person_id = clock.now(), current_person_id()
    sitting, held = queries.sitting(token, person_id), queries.held(token, person_id)
    positions, given = requests.form_positions(len(held.paper.questions)), queries.answers(sitting.attempt)
    kinds = {position: held.paper.questions[position - 1].kind for position in positions}
    changed = [requests.form_answer(position, kind, given.get(position)) for position, kind in kinds.items()]
    for outcome in actions.save(held, [sent for sent in changed if sent is not None], now).outcomes:
        if outcome.refused is not None:
            flash(str(shown(outcome.refused)), "warn")
            return redirect(url_for("attempts.paper", token=token, q=outcome.position))
    following = requests.next_position(positions[0], len(held.paper.questions))
    if following is None:
        return redirect(url_for("attempts.review", token=token))
    anchor = f"question-{following}" if sitting.round.whole_paper else None
    return redirect(url_for("attempts.paper", token=token, q=following, _anchor=anchor))


@blueprint.post("/attempts/<token>/answers")
@participant
def save(token: str) -> ResponseReturnValue:
    """The hot path: what was tapped, as JSON; requests.sent_answers says in which shape."""
    now = clock.now()
    held, body = queries.held(token, current_person_id()), request.get_data()
    limits.saves.take(token, now)
    saved = actions.save(held, requests.sent_answers(body), now)
    evidence.note_left(held.attempt_id, requests.left_count(body))
    return requests.saved_answer(saved)


@blueprint.get("/attempts/<token>/state")
@participant
def state(token: str) -> ResponseReturnValue:
    """Everything a phone that slept or was offline needs to go on."""
    now, person_id = clock.now(), current_person_id()
    sitting = queries.sitting(token, person_id)
    attempt = sitting.attempt
    return requests.as_json(
        {
            "answers": requests.given_answers(list(queries.answers(attempt).values())),
            "handed_in": attempt.handed_in_at is not None,
            "news": [str(shown(sentence)) for sentence in news.news(sitting)],
            **requests.clock(queries.timing_of(attempt, now)),
        }
    )


@blueprint.get("/attempts/<token>/review")
@participant
def review(token: str) -> ResponseReturnValue:
    now, person_id = clock.now(), current_person_id()
    sitting = queries.sitting(token, person_id)
    if queries.is_over(sitting.attempt, now):
        return redirect(url_for("attempts.receipt", token=token))
    form = HandInForm(shown_pages.target(sitting), data={"prediction": sitting.attempt.prediction_as_typed})
    return render_template("attempts/review.html", form=form, **shown_pages.review_page(sitting, now))


@blueprint.post("/attempts/<token>/hand-in")
@participant
def hand_in(token: str) -> ResponseReturnValue:
    """Takes every answer once more with it, so that handing in alone is enough."""
    now, person_id = clock.now(), current_person_id()
    held = queries.held(token, person_id)
    if request.form.get("answers"):
        actions.save(held, requests.sent_answers(request.form["answers"]), now)
        evidence.note_left(held.attempt_id, requests.left_count(request.form["answers"].encode()))
    sitting = queries.sitting(token, person_id)
    form = HandInForm(shown_pages.target(sitting))
    valid, running = form.validate(), queries.is_running(sitting.attempt, now)
    if running and not valid:
        return render_template("attempts/review.html", form=form, **shown_pages.review_page(sitting, now))
    with write_transaction():
        sitting = queries.sitting(token, person_id)
        if valid and form.is_asked:
            actions.predict(sitting, form.prediction.data, now)
        if not running or form.is_confirmed:
            actions.hand_in(sitting.attempt, sitting.round, now)
    if sitting.attempt.handed_in_at is None:
        page = shown_pages.review_page(sitting, now)
        return render_template("attempts/review.html", form=form, read_back=form.in_words, **page)
    return redirect(url_for("attempts.receipt", token=token))


@blueprint.get("/attempts/<token>/receipt")
@participant
def receipt(token: str) -> ResponseReturnValue:
    now, person_id = clock.now(), current_person_id()
    sitting = queries.sitting(token, person_id)
    if sitting.attempt.handed_in_at is None:
        with write_transaction():
            sitting = queries.sitting(token, person_id)
            actions.hand_in_if_over(sitting, now)
    if sitting.attempt.handed_in_at is None:
        return redirect(url_for("attempts.paper", token=token))
    return render_template("attempts/receipt.html", **shown_pages.receipt_page(sitting, now))
