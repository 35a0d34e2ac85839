"""The public's pages for learning: what there is to read, and questions to practise on."""

import secrets

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.errors import Refusal
from contest.learning import file_addresses, page_queries, page_text, practice_queries, practising, visits
from contest.learning.practice_queries import Offer
from contest.learning.practising import Step
from contest.permissions import Permission
from contest.web.access import actor_or_none, public
from contest.web.translations import shown

blueprint = Blueprint("learning", __name__)

LONGEST_SEED = 24
# A document opens nowhere but where it was saved; nothing in it may run.
SEALED = "default-src 'none'; sandbox"


def offered(contest_id: int) -> dict[str, bool]:
    """What a contest has for learners; templates of contest pages ask."""
    reading = bool(page_queries.published(contest_id))
    return {"reading": reading, "practice": bool(practice_queries.open_sets(contest_id))}


blueprint.add_app_template_global(offered, "learning_offered")


def _for_staff() -> bool:
    actor = actor_or_none()
    return actor is not None and actor.may(Permission.CONTEST_VIEW)


@blueprint.get("/contests/<code>/reading")
@public
def reading(code: str) -> ResponseReturnValue:
    contest = contests.contest_by_code(code)
    return render_template("learning/reading.html", contest=contest, pages=page_queries.published(contest.id))


@blueprint.get("/reading/<int:page_id>")
@public
def page(page_id: int) -> ResponseReturnValue:
    now, for_staff = clock.now(), _for_staff()
    row = page_queries.page(page_id, for_staff=for_staff)
    others = page_queries.published(row.contest.id)
    answer = render_template(
        "learning/page.html",
        page=row.page,
        contest=row.contest,
        html=page_text.as_html(row.page.text, file_addresses.of_page(page_id)),
        after=next((one for one in others if one.position > row.page.position), None),
        files=[one for one in page_queries.files_of(page_id) if one.width is None],
        has_practice=bool(practice_queries.open_sets(row.contest.id)),
    )
    if not for_staff and not request.headers.get("Sec-Purpose"):
        visits.note(page_id, now.astimezone(clock.VIETNAM).date())
    return answer


@blueprint.get("/reading/files/<token>")
@public
def file(token: str) -> ResponseReturnValue:
    """A file of a page, only ever as what it was told to be when it came."""
    found = page_queries.file(token, for_staff=_for_staff())
    answer = Response(found.content, mimetype=found.media_type)
    kind = "attachment" if found.width is None else "inline"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{found.name}"'
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.get("/contests/<code>/practice")
@public
def practice(code: str) -> ResponseReturnValue:
    contest = contests.contest_by_code(code)
    sets = practice_queries.open_sets(contest.id)
    return render_template("learning/practice.html", contest=contest, sets=sets)


@blueprint.get("/practice/<int:set_id>")
@public
def begin(set_id: int) -> ResponseReturnValue:
    one = practice_queries.offer(set_id, for_staff=_for_staff())
    return redirect(url_for("learning.question", set_id=one.set.id, seed=secrets.token_urlsafe(6), number=1))


@blueprint.get("/practice/<int:set_id>/<seed>/<int:number>")
@public
def question(set_id: int, seed: str, number: int) -> ResponseReturnValue:
    now, one = clock.now(), practice_queries.offer(set_id, for_staff=_for_staff())
    step = practising.step(one, seed[:LONGEST_SEED], max(number, 1), now)
    if step.question is None:
        return render_template("learning/done.html", offer=one, step=step, right=_right(step.count))
    return _question_page(one, seed, step)


def _right(most: int) -> int:
    """How many were right so far, as the address says: nobody is deceived but who types it."""
    typed = request.args.get("right", "")
    return min(int(typed), most) if typed.isdecimal() and len(typed) < 4 else 0


def _question_page(one: Offer, seed: str, step: Step, problem: str = "") -> ResponseReturnValue:
    page = render_template(
        "learning/question.html",
        offer=one,
        step=step,
        seed=seed,
        question=_with_picture(one, step),
        right=_right(step.count),
        problem=problem,
    )
    return page, 422 if problem else 200


def _with_picture(one: Offer, step: Step) -> object:
    token = step.question.picture.token if step.question.picture else ""
    address = url_for("learning.picture", set_id=one.set.id, token=token) if token else ""
    return practising.at_own_address(step.question, address)


@blueprint.post("/practice/<int:set_id>/<seed>/<int:number>")
@public
def answer(set_id: int, seed: str, number: int) -> ResponseReturnValue:
    now, one = clock.now(), practice_queries.offer(set_id, for_staff=_for_staff())
    typed = request.form.get("version", "")
    version_id = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        step = practising.answered(one, seed[:LONGEST_SEED], number, version_id, now)
    except Refusal as refusal:
        page = render_template(
            "learning/gone.html", offer=one, seed=seed, number=number, sentence=shown(refusal.sentence)
        )
        return page, refusal.status
    sent = ",".join(filter(None, request.form.getlist(f"answer-{number}")))
    if not sent and request.form.get("go") != "show":
        return _question_page(one, seed, step, _("Hãy chọn hoặc gõ câu trả lời, hoặc bấm “Xem đáp án”."))
    try:
        reviewed = practising.review(one, practising_step(one, step), sent)
    except ValueError:
        return _question_page(one, seed, step, _("Câu trả lời chưa đúng dạng. Hãy xem lại rồi gửi lần nữa."))
    return render_template(
        "learning/answered.html",
        offer=one,
        step=step,
        seed=seed,
        reviewed=reviewed,
        right=_right(step.count) + reviewed.right,
    )


def practising_step(one: Offer, step: Step) -> Step:
    """The step with its picture where practice shows it."""
    return Step(step.number, step.count, _with_picture(one, step), step.version)


@blueprint.get("/practice/<int:set_id>/pictures/<token>")
@public
def picture(set_id: int, token: str) -> ResponseReturnValue:
    one = practice_queries.offer(set_id, for_staff=_for_staff())
    media_type, content = practice_queries.picture(one, token, clock.now())
    answer = Response(content, mimetype=media_type)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
