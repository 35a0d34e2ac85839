"""The organiser's pages of events: codes to show, posters to print, events to enter."""

import secrets

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.database import write_transaction
from contest.errors import NotFound, Refusal
from contest.events import actions, printing, queries, reading
from contest.events.forms import EventForm, PosterForm
from contest.events.queries import RoundRow
from contest.events.words import KINDS
from contest.permissions import Actor, Permission
from contest.web import qr
from contest.web.access import current_actor, requires
from contest.web.addresses import whole_address
from contest.web.posters import Poster
from contest.web.translations import shown

blueprint = Blueprint("events_desk", __name__)

PIXELS = 1024


@blueprint.get("/desk/events")
@requires(Permission.EVENT_VIEW)
def index() -> str:
    return render_template("events/index.html", rows=queries.rounds(drafts=_sees_drafts(current_actor())))


def _sees_drafts(actor: Actor) -> bool:
    """Coordinators hear of a round once it is published."""
    return actor.unit_path is None


def _round(round_id: int) -> RoundRow:
    return queries.round_(round_id, drafts=_sees_drafts(current_actor()))


@blueprint.get("/desk/events/rounds/<int:round_id>")
@requires(Permission.EVENT_VIEW)
def round(round_id: int) -> str:
    own = reading.own_unit(current_actor().unit_id)
    return _round_page(round_id, PosterForm(formdata=None, units=own))


def _round_page(round_id: int, form: PosterForm) -> str:
    row, actor = _round(round_id), current_actor()
    address = whole_address("events.door", code=row.round.code)
    return render_template(
        "events/round.html",
        round=row.round,
        contest=row.contest,
        address=address,
        picture=qr.svg(address, title=_("Mã QR vào %(name)s", name=row.round.name)),
        events=queries.events_of(round_id, actor.unit_path),
        doors=queries.unit_doors(round_id, actor.unit_path),
        kinds=KINDS,
        form=form,
        may_edit=actor.may(Permission.EVENT_EDIT),
        may_print=actor.may(Permission.EVENT_EDIT) or actor.unit_path is not None,
    )


@blueprint.get("/desk/events/rounds/<int:round_id>/poster.pdf")
@requires(Permission.EVENT_VIEW)
def round_poster(round_id: int) -> Response:
    row = _round(round_id)
    return _pdf([printing.poster_of_round(row.round, row.contest)], row.round.code)


@blueprint.get("/desk/events/rounds/<int:round_id>/qr.<kind>")
@requires(Permission.EVENT_VIEW)
def round_code(round_id: int, kind: str) -> Response:
    return _picture(_round(round_id).round.code, kind)


@blueprint.post("/desk/events/rounds/<int:round_id>/unit-posters")
@requires(Permission.EVENT_VIEW)
def unit_posters(round_id: int) -> ResponseReturnValue:
    now, entropy, actor = clock.now(), secrets.token_bytes(16), current_actor()
    round_ = _round(round_id).round
    form = PosterForm()
    if not form.validate_on_submit():
        return _round_page(round_id, form), 422
    try:
        units = reading.units_named(form.units.data, form.below.data, actor.unit_path)
        with write_transaction():
            doors = actions.doors_for_units(round_, units, entropy, now, actor)
            ids = [door.id for door in doors]
    except Refusal as refusal:
        form.units.errors = [str(shown(refusal.sentence))]
        return _round_page(round_id, form), refusal.status
    return _pdf([printing.poster_of_door(row) for row in queries.door_rows(ids)], f"{round_.code}-don-vi")


@blueprint.get("/desk/events/rounds/<int:round_id>/unit-posters.pdf")
@requires(Permission.EVENT_VIEW)
def all_unit_posters(round_id: int) -> Response:
    round_ = _round(round_id).round
    rows = queries.unit_doors(round_id, current_actor().unit_path)[: actions.MOST_POSTERS]
    if not rows:
        raise NotFound
    return _pdf([printing.poster_of_door(row) for row in rows], f"{round_.code}-don-vi")


@blueprint.get("/desk/events/doors/<int:door_id>/poster.pdf")
@requires(Permission.EVENT_VIEW)
def door_poster(door_id: int) -> Response:
    row = _door(door_id)
    return _pdf([printing.poster_of_door(row)], row.door.code)


@blueprint.get("/desk/events/doors/<int:door_id>/qr.<kind>")
@requires(Permission.EVENT_VIEW)
def door_code(door_id: int, kind: str) -> Response:
    return _picture(_door(door_id).door.code, kind)


def _door(door_id: int) -> queries.DoorRow:
    return queries.door_for_staff(door_id, current_actor().unit_path)


@blueprint.route("/desk/events/rounds/<int:round_id>/new", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def add(round_id: int) -> ResponseReturnValue:
    now, entropy = clock.now(), secrets.token_bytes(16)
    row, form = _round(round_id), EventForm()
    facts = reading.facts(form) if form.validate_on_submit() else None
    if facts is None:
        return _form_page(form, row)
    with write_transaction():
        event = actions.add_event(row.round, facts, entropy, now, current_actor())
    flash(_("Đã thêm sự kiện. Mã và áp phích đã sẵn sàng để in."), "done")
    return redirect(url_for("events_desk.event", event_id=event.id))


@blueprint.get("/desk/events/<int:event_id>")
@requires(Permission.EVENT_VIEW)
def event(event_id: int) -> str:
    row = queries.event(event_id, current_actor().unit_path)
    round_row = _round(row.event.round_id)
    address = whole_address("events.door", code=row.door.code)
    return render_template(
        "events/event.html",
        row=row,
        round=round_row.round,
        contest=round_row.contest,
        address=address,
        picture=qr.svg(address, title=_("Mã QR vào %(name)s", name=row.event.name)),
        kinds=KINDS,
        may_edit=current_actor().may(Permission.EVENT_EDIT),
    )


@blueprint.route("/desk/events/<int:event_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def edit(event_id: int) -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    row = queries.event(event_id, actor.unit_path)
    form = EventForm(data=reading.typed_facts(row))
    facts = reading.facts(form) if form.validate_on_submit() else None
    if facts is None:
        return _form_page(form, _round(row.event.round_id), row)
    with write_transaction():
        actions.edit_event(queries.event(event_id, actor.unit_path), facts, now, actor)
    flash(_("Đã lưu sự kiện. Mã và mã QR vẫn như cũ."), "done")
    return redirect(url_for("events_desk.event", event_id=event_id))


def _form_page(
    form: EventForm, round_row: RoundRow, row: queries.EventRow | None = None
) -> ResponseReturnValue:
    page = render_template(
        "events/form.html", form=form, round=round_row.round, contest=round_row.contest, row=row
    )
    return page, 422 if form.errors else 200


def _pdf(contents: list[Poster], name: str) -> Response:
    answer = Response(printing.as_pdf(contents), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="ap-phich-{name}.pdf"'
    return answer


def _picture(code: str, kind: str) -> Response:
    """The QR code of a round's or door's address, to download as "svg" or "png"."""
    address = whole_address("events.door", code=code)
    if kind == "svg":
        answer = Response(qr.svg(address, title=code), mimetype="image/svg+xml")
    elif kind == "png":
        answer = Response(qr.png(address, pixels=PIXELS), mimetype="image/png")
    else:
        raise NotFound
    answer.headers["Content-Disposition"] = f'attachment; filename="qr-{code}.{kind}"'
    return answer
