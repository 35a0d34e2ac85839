"""Pages of what happens to a unit: moved, renamed, merged, split, closed, reopened; its other names."""

from datetime import date, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.clock import VIETNAM
from contest.database import write_transaction
from contest.errors import Refusal
from contest.permissions import Permission
from contest.units import actions, change_preview, change_queries, changing, queries
from contest.units.change_preview import of_move
from contest.units.changing import Share, Wanted
from contest.units.forms import CloseForm, MergeForm, MoveForm, NameForm, RenameForm, SplitForm
from contest.units.words import CHANGES, HEADCOUNT_KINDS, UNIT_KINDS
from contest.web.access import current_actor, requires
from contest.web.forms import Form
from contest.web.translations import shown

blueprint = Blueprint("changes", __name__)

# The page of each change, by the word in its address.
FORMS: dict[str, type[Form]] = {
    "rename": RenameForm,
    "merge": MergeForm,
    "split": SplitForm,
    "close": CloseForm,
}


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


@blueprint.route("/desk/units/<int:unit_id>/move", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def move(unit_id: int) -> ResponseReturnValue:
    """Where to; then what moves along, in numbers; then it moves."""
    now, actor, preview = clock.now(), current_actor(), None
    unit = queries.by_id(unit_id)
    form = MoveForm(
        data={"parent": queries.picked(queries.by_ids({unit.parent_id or 0}).get(unit.parent_id or 0))}
    )
    if form.validate_on_submit():
        try:
            if form.confirmed.data:
                with write_transaction():
                    parent = queries.typed(form.parent.data) if form.parent.data else None
                    count = actions.hang(queries.by_id(unit_id), parent, actor, now)
                flash(_("Đã chuyển %(count)s đơn vị.", count=count), "done")
                return redirect(url_for("units.page", unit_id=unit_id))
            preview = of_move(unit, queries.typed(form.parent.data) if form.parent.data else None)
        except Refusal as refusal:
            form.parent.errors = [str(shown(refusal.sentence))]
    answer = render_template("units/move.html", form=form, unit=unit, preview=preview, kinds=UNIT_KINDS)
    return answer, 422 if form.errors else 200


@blueprint.route("/desk/units/<int:unit_id>/<any(rename, merge, split, close):kind>", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def change(unit_id: int, kind: str) -> ResponseReturnValue:
    """What is to happen and from when; then what that does, in numbers; then it is done."""
    now, actor, preview = clock.now(), current_actor(), None
    unit = queries.by_id(unit_id)
    form = FORMS[kind](data={"effective_on": _day(now)})
    if form.validate_on_submit():
        try:
            wanted = _wanted(kind, form)
            if form.confirmed.data:
                with write_transaction():
                    changing.enter(queries.by_id(unit_id), _wanted(kind, form), _day(now), actor, now)
                flash(_done(wanted, _day(now)), "done")
                return redirect(url_for("units.page", unit_id=unit_id))
            preview = change_preview.of_change(unit, wanted, _day(now))
        except Refusal as refusal:
            form.form_errors.append(str(shown(refusal.sentence)))
    answer = render_template(
        "units/change.html",
        form=form,
        unit=unit,
        kind=kind,
        preview=preview,
        names=CHANGES,
        counted=HEADCOUNT_KINDS,
    )
    return answer, 422 if form.errors else 200


def _wanted(kind: str, form: Form) -> Wanted:
    into: list[Share] = []
    if isinstance(form, MergeForm):
        into = [Share(queries.typed(form.into.data))]
    elif isinstance(form, SplitForm):
        parts = [(queries.typed(typed), share) for typed, share in form.parts()]
        into = [
            Share(unit, share, str(n) == form.takes.data) for n, (unit, share) in enumerate(parts, start=1)
        ]
    name = form.name.data if isinstance(form, RenameForm) else ""
    return Wanted(change_preview.kind_of(kind), form.effective_on.data, form.basis.data or "", name, into)


def _done(wanted: Wanted, today: date) -> str:
    done: str = _("Đã thực hiện. Số liệu đã có vẫn được giữ.")
    if wanted.effective_on > today:
        done = _("Đã ghi. Việc này tự thực hiện vào ngày %(day)s.", day=f"{wanted.effective_on:%d/%m/%Y}")
    return done


@blueprint.post("/desk/units/<int:unit_id>/changes/<int:change_id>/drop")
@requires(Permission.UNIT_EDIT)
def drop(unit_id: int, change_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        changing.drop(change_queries.planned(change_id, unit_id), actor, now)
    flash(_("Đã bỏ thay đổi chưa đến ngày."), "done")
    return redirect(url_for("units.page", unit_id=unit_id))


@blueprint.post("/desk/units/<int:unit_id>/reopen")
@requires(Permission.UNIT_EDIT)
def reopen(unit_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        changing.reopen(queries.by_id(unit_id), actor, now)
    flash(
        _("Đơn vị đã có lại trong danh sách. Nếu từng sáp nhập, hãy xem lại số người của đơn vị đã nhận."),
        "done",
    )
    return redirect(url_for("units.page", unit_id=unit_id))


@blueprint.route("/desk/units/<int:unit_id>/names", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def names(unit_id: int) -> ResponseReturnValue:
    """Its other names, and one more."""
    now, actor, form = clock.now(), current_actor(), NameForm()
    unit = queries.by_id(unit_id)
    if form.validate_on_submit():
        try:
            kind = change_preview.name_kind(form.old.data)
            until = form.last_day.data + timedelta(days=1) if form.last_day.data else None
            with write_transaction():
                actions.add_name(queries.by_id(unit_id), kind, form.name.data, until, actor, now)
            flash(_("Đã ghi tên."), "done")
            return redirect(url_for("units.changes.names", unit_id=unit_id))
        except Refusal as refusal:
            form.name.errors = [str(shown(refusal.sentence))]
    listed = queries.names_of({unit.id}).get(unit.id, [])
    return render_template(
        "units/names.html", form=form, unit=unit, names=listed
    ), 422 if form.errors else 200


@blueprint.post("/desk/units/<int:unit_id>/names/<int:name_id>/drop")
@requires(Permission.UNIT_EDIT)
def drop_name(unit_id: int, name_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    with write_transaction():
        actions.drop_name(queries.by_id(unit_id), name_id, actor, now)
    flash(_("Đã bỏ tên."), "done")
    return redirect(url_for("units.changes.names", unit_id=unit_id))
