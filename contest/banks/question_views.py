"""Pages of one question: how it looks, what changed, writing and editing, and the reviewer's decisions."""

from itertools import pairwise

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import actions, draft_actions, queries, question_queries
from contest.banks.checking import typed
from contest.banks.differences import Change, choice_changes, pieces
from contest.banks.forms import LETTERS, QuestionForm, ReturnForm, question_form
from contest.banks.words import ACTS, KINDS, STATE_MARKS, STATES
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.rules.parsed import ParsedBank, ParsedQuestion, Severity
from contest.web.access import current_actor, requires
from contest.web.translations import current_language, shown

blueprint = Blueprint("questions", __name__)


@blueprint.get("/desk/questions/<int:question_id>")
@requires(Permission.BANK_VIEW)
def page(question_id: int) -> ResponseReturnValue:
    question = question_queries.question(question_id)
    versions = question_queries.versions(question_id)
    return render_template(
        "banks/question.html",
        question=question,
        bank=queries.bank(question.bank_id),
        version=versions[0],
        sample=[
            {"value": letter, "label": letter, "text": choice.text}
            for letter, choice in zip(LETTERS, versions[0].choices, strict=False)
        ],
        versions=versions,
        changes={new.number: _changes(old, new) for new, old in pairwise(versions)},
        acts=question_queries.acts_on(question_id),
        act_names=ACTS,
        return_form=ReturnForm(),
        kinds=KINDS,
        states=STATES,
        state_marks=STATE_MARKS,
    )


def _changes(before: object, after: object) -> list[Change]:
    parts = ("kind", "text", "topic", "level", "citation", "explanation")
    values = [(part, getattr(before, part), getattr(after, part)) for part in parts]
    changed = [Change(part, "", pieces(old, new)) for part, old, new in values if old != new]
    return [*changed, *choice_changes(before.choices, after.choices)]  # type: ignore[attr-defined]


@blueprint.route("/desk/banks/<int:bank_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def create(bank_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    bank = queries.bank(bank_id)
    form = QuestionForm() if request.method == "POST" else question_form()
    content = written(form)
    if content is not None:
        examined = draft_actions.examine(ParsedBank("", (content,)), question_queries.texts(bank_id))
        with write_transaction():
            question = actions.write_question(bank_id, content, now, actor, "approve" in request.form)
        for doubt in examined.doubts[0]:
            flash(doubt.message_en if current_language() == "en" else doubt.message_vi, "warn")
        flash(_("Đã thêm câu %(number)s.", number=question.number), "done")
        return redirect(url_for("banks.questions.page", question_id=question.id))
    return _editor(form, bank_id, bank.name, None)


@blueprint.route("/desk/questions/<int:question_id>/edit", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def edit(question_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    question = question_queries.question(question_id)
    version = question_queries.version_in_force(question_id)
    form = QuestionForm() if request.method == "POST" else question_form(version)
    content = written(form)
    seen = request.form.get("seen", default=version.number, type=int)
    if content is not None:
        try:
            with write_transaction():
                actions.edit_question(question, seen, content, now, actor, approve="approve" in request.form)
            flash(_("Đã lưu thành phiên bản %(number)s.", number=question.version), "done")
            return redirect(url_for("banks.questions.page", question_id=question_id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return _editor(form, question.bank_id, queries.bank(question.bank_id).name, question_id, seen)


def _editor(
    form: QuestionForm, bank_id: int, bank_name: str, question_id: int | None, seen: int = 0
) -> ResponseReturnValue:
    cells = queries.topics_and_levels(bank_id)
    page = render_template(
        "banks/edit.html",
        form=form,
        bank_id=bank_id,
        bank_name=bank_name,
        question_id=question_id,
        seen=seen,
        topics=list(dict.fromkeys(cell.topic for cell in cells if cell.topic)),
        levels=queries.LEVELS,
    )
    return page, 422 if form.errors else 200


def written(form: QuestionForm) -> ParsedQuestion | None:
    """The question somebody sent, if nothing holds it back; otherwise the form says what does."""
    if request.method != "POST":
        return None
    if "more" in request.form:
        form.add_rows()
        return None
    if not form.validate():
        return None
    content = typed(form.content())
    errors = [fault for fault in content.faults if fault.severity is Severity.ERROR]
    form.form_errors += [fault.message(current_language()) for fault in errors]
    return None if errors else content


@blueprint.post("/desk/questions/<int:question_id>/approve")
@requires(Permission.BANK_APPROVE)
def approve(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, actions.approve, _("Đã duyệt câu này. Đề thi mới có thể dùng câu này."))


@blueprint.post("/desk/questions/<int:question_id>/return")
@requires(Permission.BANK_APPROVE)
def send_back(question_id: int) -> ResponseReturnValue:
    question_queries.question(question_id)
    form = ReturnForm()
    if not form.validate():
        flash(_("Hãy ghi cần sửa gì để người soạn biết."), "error")
        return redirect(url_for("banks.questions.page", question_id=question_id))
    note = form.note.data
    return _decide(
        question_id,
        lambda question, now, by: actions.send_back(question, note, now, by),
        _("Đã trả câu này lại để sửa."),
    )


@blueprint.post("/desk/questions/<int:question_id>/retire")
@requires(Permission.BANK_EDIT)
def retire(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, actions.retire, _("Đề thi mới không còn dùng câu này."))


@blueprint.post("/desk/questions/<int:question_id>/restore")
@requires(Permission.BANK_EDIT)
def restore(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, actions.restore, _("Câu này lại chờ duyệt."))


def _decide(question_id: int, decision: actions.Decision, said: str) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        decision(question_queries.question(question_id), now, actor)
    flash(said, "done")
    return redirect(url_for("banks.questions.page", question_id=question_id))
