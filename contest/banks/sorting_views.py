"""The page that gives many questions another topic, level or tags: choose, see the numbers, do it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.banks import asked, queries, question_queries, sorting, tag_queries
from contest.banks.keeping import tags_of
from contest.banks.keeping_form import SortingForm
from contest.banks.sorting import Sorted, Sorting
from contest.database import write_transaction
from contest.permissions import Permission
from contest.rules.question_labels import level_name
from contest.web.access import current_actor, requires

blueprint = Blueprint("sorting", __name__)


@blueprint.route("/desk/banks/<int:bank_id>/sort", methods=["GET", "POST"])
@requires(Permission.BANK_EDIT)
def page(bank_id: int) -> ResponseReturnValue:
    """First the form; once it is filled, what it would change; with `sure`, the change itself."""
    queries.bank(bank_id)
    form, ticked = SortingForm(prefix="to-"), _ticked()
    if not form.validate_on_submit():
        return _form(bank_id, form, ticked), 422 if form.errors else 200
    wanted = _sorting(form)
    if wanted.empty:
        form.form_errors.append(_("Hãy điền ít nhất một mục cần đổi."))
        return _form(bank_id, form, ticked), 422
    ids = _ids(bank_id, ticked)
    if "sure" not in request.form:
        return _form(bank_id, form, ticked, sorting.foreseen(ids, wanted))
    done = _sort(bank_id, ids, wanted)
    flash(
        _(
            "Đã đổi: %(moved)s câu có chủ đề hoặc mức độ mới, %(retagged)s câu có nhãn mới, %(unchanged)s câu giữ nguyên.",
            moved=done.moved,
            retagged=done.retagged,
            unchanged=done.unchanged,
        ),
        "done",
    )
    return redirect(url_for("banks.page", bank_id=bank_id))


def _ticked() -> list[int]:
    return [number for number in request.values.getlist("question", type=int) if number < 2**31]


def _ids(bank_id: int, ticked: list[int]) -> list[int]:
    """Those ticked, else all that fit the filters."""
    if not ticked:
        return question_queries.matching_ids(bank_id, asked.filters())
    rows = question_queries.by_ids(ticked)
    return [row.question.id for row in rows if row.question.bank_id == bank_id]


def _sorting(form: SortingForm) -> Sorting:
    return Sorting(
        topic=form.topic.data or "",
        level=level_name(form.level.data or ""),
        add_tags=tags_of(form.add_tags.data or ""),
        drop_tags=tags_of(form.drop_tags.data or ""),
    )


def _sort(bank_id: int, ids: list[int], wanted: Sorting) -> Sorted:
    now, actor, done = clock.now(), current_actor(), Sorted()
    for batch in sorting.batches(ids):
        with write_transaction():
            done += sorting.sort(bank_id, batch, wanted, now, actor)
    return done


def _form(bank_id: int, form: SortingForm, ticked: list[int], foreseen: Sorted | None = None) -> str:
    filters = asked.filters()
    cells = queries.topics_and_levels(bank_id)
    return render_template(
        "banks/sort.html",
        bank=queries.bank(bank_id),
        form=form,
        ticked=ticked,
        given=asked.given(filters),
        count=len(_ids(bank_id, ticked)),
        foreseen=foreseen,
        topics=list(dict.fromkeys(cell.topic for cell in cells if cell.topic)),
        levels=queries.LEVELS,
        tags=tag_queries.of_bank(bank_id),
    )
