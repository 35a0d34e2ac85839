"""From what a contest asks to a form, and from a filled form to a declaration."""

import secrets
from datetime import date

from flask_babel import gettext as _

from contest.contests import queries as contests
from contest.contests.models import Block, ConsentKind, ConsentText, DeclaredField, IdentifiedBy
from contest.contests.moments import typed_day
from contest.errors import Refusal
from contest.people import queries, recognising
from contest.people.actions import Declaration, Mended
from contest.people.forms import AnswerFirstForm, CorrectForm, EntryForm, PersonForm, ask_only
from contest.people.models import Entry
from contest.people.queries import OwnEntry, WayIn
from contest.people.words import UNNAMED
from contest.rules import declared, vietnamese
from contest.rules.declared import Known
from contest.units import queries as units
from contest.units.models import Unit
from contest.web.printable import printable
from contest.web.translations import shown


def form_for(
    way: WayIn, today: date, door_unit: Unit | None, before: Entry | None, *, by_helper: bool = False
) -> EntryForm:
    """The form of a round, with what is known already: the door's unit, and what was declared elsewhere.

    `by_helper`: a volunteer fills it in for somebody, who may have neither a phone nor a staff code.
    """
    form = EntryForm()
    form.today, form.minimum_age = today, way.contest.minimum_age
    ask_only(form, {field.value: must for field, must in asked_of(way, by_helper=by_helper).items()})
    if "block" in form:
        form.block.choices = [(str(block.id), block.name) for block in way.blocks]
        if len(way.blocks) < 2:
            del form.block
    if "unit" not in form or way.fields[DeclaredField.UNIT]:
        del form.free
    if by_helper:
        del form.assisted
        _forget_what_was_typed(form)
    for kind in ConsentKind:
        if kind not in way.consents:
            del form[kind.value]
    if not form.is_submitted():
        _fill_in(form, way, door_unit, before)
    return form


def _forget_what_was_typed(form: EntryForm) -> None:
    """No browser on a shared tablet may offer the next person what the one before them typed."""
    for field in form:
        field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}


def asked_of(way: WayIn, *, by_helper: bool) -> dict[DeclaredField, bool]:
    """What is asked of somebody; an old person at a volunteer's table need not own a phone."""
    may_lack = {DeclaredField.PHONE, DeclaredField.STAFF_CODE} if by_helper else set()
    return {field: must and field not in may_lack for field, must in way.fields.items()}


def _fill_in(form: EntryForm, way: WayIn, door_unit: Unit | None, before: Entry | None) -> None:
    form.mark.data = secrets.token_urlsafe(16)
    form.shown.data = _texts_shown(way)
    block = queries.block_meant_by(door_unit, way.blocks)
    if "unit" in form and door_unit is not None:
        form.unit.data = f"{door_unit.name} ({door_unit.code})"
    if "block" in form and block is not None:
        form.block.data = str(block.id)
    if before is not None:
        form.name.data = before.name
        if "birth_year" in form and before.birth_year is not None:
            form.birth_year.data = str(before.birth_year)
        if "birth_date" in form and before.birth_date is not None:
            form.birth_date.data = typed_day(before.birth_date)


def _texts_shown(way: WayIn) -> str:
    return ",".join(str(text.id) for text in way.consents.values())


def is_same_person(form: EntryForm, before: Entry | None) -> bool:
    """Whether the one who fills in this form is whom the device remembers: a phone is shared in a family."""
    return before is not None and vietnamese.search_key(form.name.meant) == before.search_key


def declaration(form: EntryForm, way: WayIn) -> Declaration | None:
    """What a valid form declares; None when unit, block or consent do not fit, with the reason in the form."""
    unit, unit_given = _unit(form)
    block = _block(form, way, unit) if unit_given else None
    second, second_given = _second_unit(form)
    if not _agrees_to_what_was_shown(form, way) or block is None or not second_given:
        return None
    phone = form.phone.meant if "phone" in form else None
    code = form.staff_code.meant if "staff_code" in form else None
    identity = _identity(way, form, phone, code)
    if identity is None and way.contest.identified_by == IdentifiedBy.ROSTER:
        form.form_errors.append(
            _(
                "Chưa thấy bạn trong danh sách của đơn vị nào. Hãy xem lại tên, ngày sinh, số điện thoại hoặc mã; "
                "nếu đã đúng, nhờ đầu mối đơn vị bổ sung danh sách."
            )
        )
        return None
    return Declaration(
        name=form.name.meant,
        name_as_typed=as_typed(form),
        birth_year=form.born_in,
        birth_date=form.born,
        phone=phone,
        staff_code=code,
        address=form.address.meant if "address" in form else None,
        identity=identity,
        unit=unit,
        second_unit=second,
        block_id=block.id,
        assisted="assisted" not in form or form.assisted.data,
        consents=[
            way.consents[kind] for kind in ConsentKind if kind in way.consents and form[kind.value].data
        ],
    )


def unnamed(form: AnswerFirstForm, way: WayIn) -> Declaration | None:
    """Somebody who answers first: nothing but the consent to take part, counted in the last block."""
    if not _agrees_to_what_was_shown(form, way):
        return None
    return Declaration(
        name=UNNAMED,
        name_as_typed=UNNAMED,
        birth_year=None,
        phone=None,
        staff_code=None,
        identity=None,
        unit=None,
        block_id=way.blocks[-1].id,
        assisted=False,
        consents=[text for kind, text in way.consents.items() if kind == ConsentKind.TAKE_PART],
        anonymous=True,
    )


def answer_first_form(way: WayIn) -> AnswerFirstForm:
    """The short form of a contest that lets people answer first."""
    form = AnswerFirstForm()
    if ConsentKind.TAKE_PART not in way.consents:
        del form.take_part
    if not form.is_submitted():
        form.mark.data, form.shown.data = secrets.token_urlsafe(16), _texts_shown(way)
    return form


def as_typed(form: PersonForm) -> str:
    """The name letter by letter as it was typed, as far as it can be kept."""
    return printable(str(form.name.raw_data[0])).strip()[:200]


def _agrees_to_what_was_shown(form: EntryForm | AnswerFirstForm, way: WayIn) -> bool:
    if form.shown.data == _texts_shown(way):
        return True
    form.form_errors.append(_("Nội dung đồng ý vừa được ban tổ chức sửa. Hãy đọc lại rồi gửi lần nữa."))
    form.shown.data = _texts_shown(way)
    return False


def _identity(way: WayIn, form: EntryForm, phone: str | None, code: str | None) -> str | None:
    """What makes this person the same entrant again, as the contest says."""
    by = IdentifiedBy(way.contest.identified_by)
    if by is IdentifiedBy.ROSTER:
        line = recognising.line_of(way.contest.id, form.name.meant, phone, code, form.born)
        return f"roster:{line}" if line else None
    code_first = way.fields.get(DeclaredField.STAFF_CODE, False) and not way.fields.get(DeclaredField.PHONE)
    usual = Known.CODE_FIRST if code_first else Known.PHONE_FIRST
    only = {IdentifiedBy.PHONE: Known.PHONE_ONLY, IdentifiedBy.STAFF_CODE: Known.CODE_ONLY}
    return declared.identity(phone, code, only.get(by, usual))


def _second_unit(form: EntryForm) -> tuple[Unit | None, bool]:
    """The second unit, and whether the form says it clearly or may leave it out."""
    if "second_unit" not in form or not form.second_unit.data:
        return None, True
    try:
        return units.typed(form.second_unit.data), True
    except Refusal as refusal:
        form.second_unit.errors = [str(shown(refusal.sentence))]
        return None, False


def _unit(form: EntryForm) -> tuple[Unit | None, bool]:
    """The unit (None: a free individual), and whether the form says clearly which."""
    if "unit" not in form or ("free" in form and form.free.data):
        return None, True
    if form.unit.data:
        try:
            return units.typed(form.unit.data), True
        except Refusal as refusal:
            sentence = str(shown(refusal.sentence))
    elif "free" in form:
        sentence = _("Hãy gõ tên đơn vị, hoặc đánh dấu “Tôi dự thi tự do”.")
    else:
        sentence = _("Hãy gõ vài chữ trong tên đơn vị của bạn rồi chọn.")
    form.unit.errors = [sentence]
    return None, False


def _block(form: EntryForm, way: WayIn, unit: Unit | None) -> Block | None:
    """The block chosen; else the one of the unit; else the first, unless the contest wants a choice."""
    if "block" in form and form.block.data:
        chosen = next((block for block in way.blocks if str(block.id) == form.block.data), None)
    else:
        chosen = queries.block_meant_by(unit, way.blocks)
        if chosen is None and not ("block" in form and way.fields[DeclaredField.BLOCK]):
            chosen = way.blocks[0]
    if chosen is None:
        form.block.errors = [_("Hãy chọn khối dự thi của bạn.")]
    return chosen


def correct_form(entry: Entry, today: date) -> CorrectForm:
    """The form in which people mend their own entry, with what is kept of them."""
    form = CorrectForm(
        name=entry.name,
        birth_year=str(entry.birth_year or ""),
        birth_date=typed_day(entry.birth_date) if entry.birth_date else "",
        address=entry.address or "",
        publish=entry.publishes_name,
    )
    form.today = today
    form.minimum_age = contests.contest_for_staff(entry.contest_id).minimum_age
    return form


def mended(form: CorrectForm, publish: ConsentText | None) -> Mended:
    """What a valid form mends; `publish` is the text now agreed to."""
    return Mended(
        name=form.name.meant,
        name_as_typed=as_typed(form),
        birth_year=form.born_in,
        birth_date=form.born,
        address=form.address.meant if "address" in form else None,
        publish=publish,
    )


def as_data(row: OwnEntry) -> dict[str, object]:
    """All that is kept of one entry, for its owner to take along. Moments in UTC."""
    entry = row.entry
    return {
        "contest": row.contest.name,
        "organiser": row.contest.organiser,
        "kept_until": row.contest.personal_data_until.isoformat(),
        "name": entry.name,
        "name_as_typed": entry.name_as_typed,
        "birth_year": entry.birth_year,
        "birth_date": entry.birth_date.isoformat() if entry.birth_date else None,
        "phone": entry.phone,
        "staff_code": entry.staff_code,
        "address": entry.address,
        "unit": row.unit.name if row.unit else None,
        "second_unit": row.second_unit.name if row.second_unit else None,
        "block": row.block.name,
        "ranked": entry.ranked,
        "anonymous": entry.anonymous,
        "name_may_be_published": entry.publishes_name,
        "assisted": entry.assisted,
        "merged_with_another_entry": row.merged,
        "entered_at": entry.entered_at.isoformat(),
        "consents": [
            {"kind": text.kind, "version": text.version, "text": text.text, "given_at": given.isoformat()}
            for text, given in row.consents
        ],
    }
