"""Pages of one question: how it looks, what changed, writing and editing, and the reviewer's decisions."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import (
    actions,
    asked,
    draft_actions,
    picture_files,
    pictures,
    queries,
    question_queries,
    reviewing,
    tag_queries,
)
from contest.banks.actions import NewQuestion
from contest.banks.checking import typed
from contest.banks.differences import Change, choice_changes, pieces
from contest.banks.forms import QuestionForm, ReturnForm, question_form
from contest.banks.keeping import NOTHING_KEPT, Keeping
from contest.banks.keeping_form import KeepingForm, keeping_form
from contest.banks.sample import sample
from contest.banks.words import ACTS, KINDS, STATE_MARKS, STATES
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.rules.parsed import ParsedBank, ParsedQuestion, Severity
from contest.rules.question_shape import CHOSEN
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
        sample=sample(versions[0], pictures.of_versions([versions[0].id]).get(versions[0].id)),
        versions=versions,
        changes={new.number: _changes(old, new) for new, old in pairwise(versions)},
        tags=tag_queries.of_questions([question_id])[question_id],
        acts=question_queries.acts_on(question_id),
        neighbours=question_queries.neighbours(question, asked.filters(request.args)),
        given=asked.given(asked.filters(request.args)),
        act_names=ACTS,
        return_form=ReturnForm(),
        kinds=KINDS,
        states=STATES,
        state_marks=STATE_MARKS,
    )


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _changes(before: Any, after: Any) -> list[Change]:
    parts = ("text", "topic", "level", "citation", "explanation")
    values = [(part, getattr(before, part), getattr(after, part)) for part in parts]
    days = ("source_valid_from", "source_valid_to")
    values += [(part, _day(getattr(before, part)), _day(getattr(after, part))) for part in days]
    in_words = {True: _("có"), False: _("không")}
    values += [
        ("kind", str(shown(KINDS[before.kind])), str(shown(KINDS[after.kind]))),
        ("partial", in_words[before.partial], in_words[after.partial]),
    ]
    changed = [Change(part, "", pieces(old, new)) for part, old, new in values if old != new]
    lettered = before.kind in CHOSEN and after.kind in CHOSEN
    return [*changed, *choice_changes(before.choices, after.choices, lettered)]


@blueprint.route("/desk/banks/<int:bank_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def create(bank_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    bank = queries.bank(bank_id)
    form = QuestionForm() if request.method == "POST" else question_form()
    keeping = KeepingForm() if request.method == "POST" else keeping_form(NOTHING_KEPT)
    content = written(form, keeping)
    if content is not None:
        picture = picture_files.parsed(form.picture_content)
        whole = ParsedBank("", (replace(content, picture=picture),))
        examined = draft_actions.examine(whole, question_queries.texts(bank_id))
        try:
            with write_transaction():
                new = NewQuestion(content, None, keeping.keeping(), _picture(form, None, now))
                question = actions.write_question(bank_id, new, now, actor, "approve" in request.form)
            for doubt in examined.doubts[0]:
                flash(doubt.message_en if current_language() == "en" else doubt.message_vi, "warn")
            flash(_("Đã thêm câu %(number)s.", number=question.number), "done")
            return redirect(url_for("banks.questions.page", question_id=question.id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return _editor(form, keeping, bank, None)


@blueprint.route("/desk/questions/<int:question_id>/edit", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def edit(question_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    question = question_queries.question(question_id)
    version = question_queries.version_in_force(question_id)
    form = QuestionForm() if request.method == "POST" else question_form(version)
    keeping = KeepingForm() if request.method == "POST" else keeping_form(_kept(version))
    content = written(form, keeping)
    seen = request.form.get("seen", default=version.number, type=int)
    if content is not None:
        try:
            with write_transaction():
                picture_id = _picture(form, pictures.id_of(version.id), now)
                new = NewQuestion(content, None, keeping.keeping(), picture_id)
                actions.edit_question(question, seen, new, now, actor, approve="approve" in request.form)
            made = question.version > seen
            said = _("Đã lưu thành phiên bản %(number)s.", number=question.version)
            flash(said if made else _("Đã lưu nhãn."), "done")
            return redirect(_address(question_id))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    return _editor(form, keeping, queries.bank(question.bank_id), question_id, seen)


def _picture(form: QuestionForm, before: int | None, now: datetime) -> int | None:
    """The picture that the question shows from now on: a new one, the one it had, or none."""
    content = form.picture_content
    if content:
        return pictures.keep(content, now, current_actor().id)
    return None if form.no_picture.data else before


def _editor(
    form: QuestionForm, keeping: KeepingForm, bank: Any, question_id: int | None, seen: int = 0
) -> ResponseReturnValue:
    cells = queries.topics_and_levels(bank.id)
    picture = _pictures_of(question_id)
    typed_so_far = form.content()
    if not typed_so_far.text:
        typed_so_far = replace(typed_so_far, text=_("(chưa có nội dung)"))
    page = render_template(
        "banks/edit.html",
        form=form,
        sample=sample(typed_so_far, None if form.no_picture.data else picture),
        given=asked.given(asked.filters(request.args)),
        keeping=keeping,
        bank=bank,
        question_id=question_id,
        seen=seen,
        picture=picture,
        topics=list(dict.fromkeys(cell.topic for cell in cells if cell.topic)),
        levels=queries.LEVELS,
    )
    return page, 422 if form.errors or keeping.errors else 200


def _pictures_of(question_id: int | None) -> pictures.ShownPicture | None:
    if question_id is None:
        return None
    version = question_queries.version_in_force(question_id)
    return pictures.of_versions([version.id]).get(version.id)


def _kept(version: Any) -> Keeping:
    tags = tag_queries.of_questions([version.question_id])[version.question_id]
    return Keeping(version.source_valid_from, version.source_valid_to, tuple(tags))


def written(form: QuestionForm, keeping: KeepingForm) -> ParsedQuestion | None:
    """The question somebody sent, if nothing holds it back; otherwise the form says what does."""
    if request.method != "POST":
        return None
    if "more" in request.form:
        form.add_rows()
    if "more" in request.form or "preview" in request.form:
        return None
    if not all([form.validate(), keeping.validate()]):
        return None
    content = typed(form.content())
    errors = [fault for fault in content.faults if fault.severity is Severity.ERROR]
    form.form_errors += [fault.message(current_language()) for fault in errors]
    return None if errors else content


@blueprint.post("/desk/questions/<int:question_id>/approve")
@requires(Permission.BANK_APPROVE)
def approve(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, reviewing.approve, _("Đã duyệt câu này. Đề thi mới có thể dùng câu này."))


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
        lambda question, now, by: reviewing.send_back(question, note, now, by),
        _("Đã trả câu này lại để sửa."),
    )


@blueprint.post("/desk/questions/<int:question_id>/retire")
@requires(Permission.BANK_EDIT)
def retire(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, reviewing.retire, _("Đề thi mới không còn dùng câu này."))


@blueprint.post("/desk/questions/<int:question_id>/restore")
@requires(Permission.BANK_EDIT)
def restore(question_id: int) -> ResponseReturnValue:
    return _decide(question_id, reviewing.restore, _("Câu này lại chờ duyệt."))


def _decide(question_id: int, decision: reviewing.Decision, said: str) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        decision(question_queries.question(question_id), now, actor)
    flash(said, "done")
    return redirect(_address(question_id))


def _address(question_id: int) -> str:
    """The question's page, with the filters of the list somebody came from."""
    given: dict[str, Any] = asked.given(asked.filters(request.args))
    return url_for("banks.questions.page", question_id=question_id, **given)
