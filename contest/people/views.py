"""Coming in: declare, agree, come back; and what people may do with their own data."""

import secrets
from datetime import datetime

from flask import (
    Blueprint,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest import clock
from contest.contests import queries as contests
from contest.database import write_transaction
from contest.errors import Refusal
from contest.people import actions, declaring, device, queries, return_codes
from contest.people.actions import AlreadyEntered, Declaration
from contest.people.forms import AnswerFirstForm, EntryForm, ReturnForm, ask_only
from contest.people.queries import WayIn
from contest.web import identity
from contest.web.access import participant, public
from contest.web.translations import shown

blueprint = Blueprint("people", __name__)

# Where the door that somebody came through leaves the unit to be offered first.
DOOR_UNIT = "door_unit"


@blueprint.route("/rounds/<code>/enter", methods=["GET", "POST"])
@public
def enter(code: str) -> ResponseReturnValue:
    now = clock.now()
    way = queries.way_in(code, now)
    person = queries.person(identity.person_id_or_none())
    if person is not None and queries.entry_of(way.contest.id, person.id) is not None:
        return redirect(url_for("attempts.round_page", code=way.round.code))
    if way.contest.answer_first:
        return _answer_first(way, person.id if person else None, now)
    before = next(iter(queries.entries_of(person.id)), None) if person else None
    door_unit = queries.unit_or_none(session.get(DOOR_UNIT))
    form = declaring.form_for(way, now.astimezone(clock.VIETNAM).date(), door_unit, before)
    if form.validate_on_submit():
        declaration = declaring.declaration(form, way)
        if declaration is not None:
            same = person.id if person and declaring.is_same_person(form, before) else None
            return _entered(way, form, declaration, same, now)
    return render_template("people/enter.html", form=form, way=way), 422 if form.errors else 200


def _answer_first(way: WayIn, person_id: int | None, now: datetime) -> ResponseReturnValue:
    form = declaring.answer_first_form(way)
    if form.validate_on_submit():
        declaration = declaring.unnamed(form, way)
        if declaration is not None:
            return _entered(way, form, declaration, person_id, now)
    page = render_template("people/answer_first.html", form=form, way=way, known=person_id is not None)
    return page, 422 if form.errors else 200


def _entered(
    way: WayIn,
    form: EntryForm | AnswerFirstForm,
    declaration: Declaration,
    person_id: int | None,
    now: datetime,
) -> ResponseReturnValue:
    try:
        with write_transaction():
            entered = actions.enter(way.contest, declaration, person_id, form.mark.data, device.key(), now)
    except AlreadyEntered as refusal:
        again = ReturnForm(formdata=None, round=way.round.code)
        back = url_for("people.enter", code=way.round.code)
        known = {"form": again, "way": way, "sentence": refusal.sentence, "again_url": back}
        return render_template("people/known.html", **known), 409
    code = return_codes.in_groups(entered.code) if entered.code else None
    page = render_template(
        "people/welcome.html",
        way=way,
        entry=entered.entry,
        unit=declaration.unit,
        code=code,
        # Who answers first has nothing left to read: one press and the questions are there.
        starts_at_once=declaration.anonymous and way.round.opens_at <= now,
    )
    return identity.remember(make_response(page), entered.entry.person_id)


@blueprint.route("/return", methods=["GET", "POST"])
@public
def resume() -> ResponseReturnValue:
    now, device_name = clock.now(), device.name()
    form = ReturnForm(round=request.args.get("round", ""))
    if form.validate_on_submit():
        try:
            with write_transaction():
                person = actions.come_back(form.code.data, device_name, device.key(), now)
        except Refusal as refusal:
            form.code.errors = [str(shown(refusal.sentence))]
            return render_template("people/return.html", form=form), refusal.status
        if person is not None:
            return identity.remember(make_response(redirect(_onward(form.round.data))), person.id)
        form.code.errors = [_("Không có mã quay lại nào như vậy. Hãy xem lại từng chữ rồi nhập lần nữa.")]
    return render_template("people/return.html", form=form), 422 if form.errors else 200


def _onward(round_code: str | None) -> str:
    """To the round somebody was about to do, else to what is theirs."""
    return url_for("attempts.round_page", code=round_code) if round_code else url_for("people.mine")


@blueprint.get("/me")
@participant
def mine() -> ResponseReturnValue:
    return render_template("people/mine.html", rows=queries.own_entries(_person_id()), now=clock.now())


def _person_id() -> int:
    """The person of this device; a device whose person has erased everything is nobody's."""
    person = queries.person(identity.current_person_id())
    if person is None:
        raise identity.NotEntered
    return person.id


@blueprint.route("/me/<int:entry_id>", methods=["GET", "POST"])
@participant
def correct(entry_id: int) -> ResponseReturnValue:
    now = clock.now()
    entry = queries.own_entry(entry_id, _person_id())
    if entry.anonymous:
        raise Refusal(_("Bài này chưa có tên. Hãy khai thông tin ở trang biên nhận của bài thi trước."))
    texts = contests.consent_texts(entry.contest_id)
    asked = {field.field: field.required for field in contests.fields(entry.contest_id)}
    form = declaring.correct_form(entry, now.astimezone(clock.VIETNAM).date())
    ask_only(form, asked)
    if form.validate_on_submit():
        with write_transaction():
            publish = texts.get(actions.PUBLISH) if form.publish.data else None
            actions.correct(
                queries.own_entry(entry_id, entry.person_id), declaring.mended(form, publish), now
            )
        flash(_("Đã lưu thông tin của bạn."), "done")
        return redirect(url_for("people.mine"))
    page = render_template("people/correct.html", form=form, entry=entry, text=texts.get(actions.PUBLISH))
    return page, 422 if form.errors else 200


@blueprint.post("/me/code")
@participant
def new_code() -> ResponseReturnValue:
    entropy, person_id = secrets.token_bytes(16), _person_id()
    with write_transaction():
        person = queries.person(person_id)
        code = actions.new_code(person, entropy, device.key()) if person else ""
    return render_template("people/code.html", code=return_codes.in_groups(code))


@blueprint.get("/me/data.json")
@participant
def own_data() -> ResponseReturnValue:
    answer = jsonify([declaring.as_data(row) for row in queries.own_entries(_person_id())])
    answer.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    return answer


@blueprint.post("/me/leave")
@participant
def leave() -> ResponseReturnValue:
    code = request.form.get("round")
    onward = url_for("people.enter", code=code) if code else url_for("contests.home")
    return identity.forget(make_response(redirect(onward)))


@blueprint.post("/me/erase")
@participant
def erase() -> ResponseReturnValue:
    now, person_id = clock.now(), _person_id()
    with write_transaction():
        person = queries.person(person_id)
        if person is not None:
            actions.erase(person, now)
    flash(_("Đã xóa tên và thông tin của bạn. Các lượt thi chỉ còn là con số."), "done")
    return identity.forget(make_response(redirect(url_for("contests.home"))))
