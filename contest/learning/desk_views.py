"""The organiser's pages for learning: reading pages with preview and files, practice sets."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import queries as banks
from contest.banks import tag_queries
from contest.contests import queries as contests
from contest.contests.setup_steps import refusals_on
from contest.database import write_transaction
from contest.learning import actions, file_addresses, page_queries, page_text, practice_queries, set_reading
from contest.learning.forms import FileForm, NewSetForm, PageForm, SetForm
from contest.permissions import Permission
from contest.web.access import current_actor, requires

blueprint = Blueprint("learning_desk", __name__)


@blueprint.get("/desk/contests/<int:contest_id>/learning")
@requires(Permission.CONTEST_VIEW)
def index(contest_id: int) -> ResponseReturnValue:
    return _index(contest_id, NewSetForm(formdata=None))


def _index(contest_id: int, form: NewSetForm) -> ResponseReturnValue:
    now, contest = clock.now(), contests.contest_for_staff(contest_id)
    form.bank_id.choices = [(bank.id, bank.name) for bank in banks.all_banks()]
    sets = [practice_queries.offer(one.id, for_staff=True) for one in practice_queries.sets_of(contest_id)]
    page = render_template(
        "learning/desk.html",
        contest=contest,
        pages=page_queries.pages_of(contest_id),
        visits=page_queries.visits(contest_id),
        sets=[
            (one, len(practice_queries.chosen(one)), len(practice_queries.open_to_all(one, now)))
            for one in sets
        ],
        form=form,
        may_edit=current_actor().may(Permission.CONTEST_EDIT),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/desk/contests/<int:contest_id>/learning/new", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def add_page(contest_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), PageForm()
    contest = contests.contest_for_staff(contest_id)
    if form.validate_on_submit() and request.form.get("act") != "preview":
        with refusals_on(form):
            with write_transaction():
                made = actions.add_page(contest, form.typed(), now, actor)
            flash(_("Đã lưu bản nháp. Thêm hình, tệp rồi công bố khi đã xong."), "done")
            return redirect(url_for("learning_desk.edit_page", page_id=made.id))
    preview = page_text.as_html(form.text.data or "", {}) if form.is_submitted() else None
    page = render_template(
        "learning/edit.html", contest=contest, page=None, form=form, preview=preview, files=[], file_form=None
    )
    return page, 422 if form.errors else 200


@blueprint.route("/desk/learning/pages/<int:page_id>", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def edit_page(page_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    row = page_queries.page(page_id, for_staff=True)
    topics = "\n".join(page_queries.topics_of(page_id))
    form = PageForm(data={"title": row.page.title, "text": row.page.text, "topics": topics})
    if form.validate_on_submit() and request.form.get("act") != "preview":
        with write_transaction():
            actions.edit_page(page_queries.page(page_id, for_staff=True).page, form.typed(), now, actor)
        flash(_("Đã lưu trang đọc."), "done")
        return redirect(url_for("learning_desk.edit_page", page_id=page_id))
    page = _edit_page(page_id, form, FileForm(formdata=None))
    return page, 422 if form.errors else 200


def _edit_page(page_id: int, form: PageForm, file_form: FileForm) -> str:
    row = page_queries.page(page_id, for_staff=True)
    return render_template(
        "learning/edit.html",
        contest=row.contest,
        page=row.page,
        form=form,
        preview=page_text.as_html(form.text.data or "", file_addresses.of_page(page_id)),
        files=page_queries.files_of(page_id),
        file_form=file_form,
    )


@blueprint.post("/desk/learning/pages/<int:page_id>/state")
@requires(Permission.CONTEST_EDIT)
def change_page(page_id: int) -> ResponseReturnValue:
    """The button pressed says what is done: publish, withdraw or up."""
    now, actor, act = clock.now(), current_actor(), request.form.get("act")
    with write_transaction():
        page = page_queries.page(page_id, for_staff=True).page
        if act == "up":
            actions.move_page_up(page)
        elif act in ("publish", "withdraw"):
            actions.publish_page(page, act == "publish", now, actor)
    return redirect(url_for("learning_desk.index", contest_id=page.contest_id))


@blueprint.post("/desk/learning/pages/<int:page_id>/files")
@requires(Permission.CONTEST_EDIT)
def add_file(page_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), FileForm()
    row = page_queries.page(page_id, for_staff=True)
    sent = form.file.data
    if not form.validate_on_submit() or not sent:
        flash(_("Hãy chọn một tệp trước."), "error")
        return redirect(url_for("learning_desk.edit_page", page_id=page_id, _anchor="files"))
    content = sent.read()
    with write_transaction():
        page = page_queries.page(row.page.id, for_staff=True).page
        kept = actions.add_file(page, sent.filename or "", content, now, actor)
    flash(_("Đã thêm tệp. Trong nội dung, gọi nó là %(name)s.", name=kept.name), "done")
    return redirect(url_for("learning_desk.edit_page", page_id=page_id, _anchor="files"))


@blueprint.post("/desk/learning/pages/<int:page_id>/files/<int:file_id>/remove")
@requires(Permission.CONTEST_EDIT)
def remove_file(page_id: int, file_id: int) -> ResponseReturnValue:
    with write_transaction():
        actions.remove_file(page_queries.page(page_id, for_staff=True).page, file_id)
    flash(_("Đã xóa tệp."), "done")
    return redirect(url_for("learning_desk.edit_page", page_id=page_id, _anchor="files"))


@blueprint.post("/desk/contests/<int:contest_id>/practice")
@requires(Permission.CONTEST_EDIT)
def add_set(contest_id: int) -> ResponseReturnValue:
    now, actor, form = clock.now(), current_actor(), NewSetForm()
    contest = contests.contest_for_staff(contest_id)
    form.bank_id.choices = [(bank.id, bank.name) for bank in banks.all_banks()]
    if form.validate_on_submit():
        with refusals_on(form):
            with write_transaction():
                bank = banks.bank(form.bank_id.data)
                made = actions.add_set(contest, bank, form.name.data, now, actor)
            return redirect(url_for("learning_desk.edit_set", set_id=made.id))
    return _index(contest_id, form)


@blueprint.route("/desk/learning/sets/<int:set_id>", methods=["GET", "POST"])
@requires(Permission.CONTEST_EDIT)
def edit_set(set_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    one = practice_queries.offer(set_id, for_staff=True)
    form = SetForm(data=set_reading.as_typed(one))
    tags = tag_queries.of_bank(one.set.bank_id)
    set_reading.choices(form, banks.topics_and_levels(one.set.bank_id), tags, one)
    if form.validate_on_submit():
        with write_transaction():
            made = practice_queries.offer(set_id, for_staff=True).set
            actions.edit_set(made, set_reading.typed(form), now, actor)
        flash(_("Đã lưu bộ thi thử."), "done")
        return redirect(url_for("learning_desk.edit_set", set_id=set_id))
    page = render_template(
        "learning/set.html",
        one=one,
        form=form,
        bank=banks.bank(one.set.bank_id),
        chosen=len(practice_queries.chosen(one)),
        playable=len(practice_queries.open_to_all(one, now)),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/desk/learning/sets/<int:set_id>/state")
@requires(Permission.CONTEST_EDIT)
def change_set(set_id: int) -> ResponseReturnValue:
    now, actor, opened = clock.now(), current_actor(), request.form.get("act") == "open"
    with write_transaction():
        made = practice_queries.offer(set_id, for_staff=True).set
        actions.open_set(made, opened, now, actor)
    flash(_("Đã mở cho mọi người thi thử.") if opened else _("Đã đóng bộ thi thử."), "done")
    return redirect(url_for("learning_desk.edit_set", set_id=set_id))
