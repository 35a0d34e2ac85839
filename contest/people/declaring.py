"""From what a contest asks to a form, and from a filled form to a declaration."""

import secrets

from flask_babel import gettext as _

from contest.contests.models import Block, ConsentKind, DeclaredField
from contest.errors import Refusal
from contest.people import queries
from contest.people.actions import Declaration
from contest.people.forms import EntryForm, ask_only
from contest.people.models import Entry
from contest.people.queries import OwnEntry, WayIn
from contest.rules import declared, vietnamese
from contest.units import queries as units
from contest.units.models import Unit
from contest.web.printable import printable
from contest.web.translations import shown


def form_for(way: WayIn, this_year: int, door_unit: Unit | None, before: Entry | None) -> EntryForm:
    """The form of a round, with what is known already: the door's unit, and what was declared elsewhere."""
    form = EntryForm()
    form.this_year = this_year
    ask_only(form, {field.value: required for field, required in way.fields.items()})
    if "block" in form:
        form.block.choices = [(str(block.id), block.name) for block in way.blocks]
        if len(way.blocks) < 2:
            del form.block
    if "unit" not in form or way.fields[DeclaredField.UNIT]:
        del form.free
    for kind in ConsentKind:
        if kind not in way.consents:
            del form[kind.value]
    if not form.is_submitted():
        _fill_in(form, way, door_unit, before)
    return form


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


def _texts_shown(way: WayIn) -> str:
    return ",".join(str(text.id) for text in way.consents.values())


def is_same_person(form: EntryForm, before: Entry | None) -> bool:
    """Whether the one who fills in this form is whom the device remembers: a phone is shared in a family."""
    return before is not None and vietnamese.search_key(form.name.meant) == before.search_key


def declaration(form: EntryForm, way: WayIn) -> Declaration | None:
    """What a valid form declares; None when unit, block or consent do not fit, with the reason in the form."""
    unit, unit_given = _unit(form)
    block = _block(form, way, unit) if unit_given else None
    if form.shown.data != _texts_shown(way):
        form.form_errors.append(_("Nội dung đồng ý vừa được ban tổ chức sửa. Hãy đọc lại rồi gửi lần nữa."))
        form.shown.data = _texts_shown(way)
        return None
    if block is None:
        return None
    phone = form.phone.meant if "phone" in form else None
    code = form.staff_code.meant if "staff_code" in form else None
    code_first = way.fields.get(DeclaredField.STAFF_CODE, False) and not way.fields.get(DeclaredField.PHONE)
    return Declaration(
        name=form.name.meant,
        name_as_typed=printable(str(form.name.raw_data[0])).strip()[:200],
        birth_year=form.birth_year.meant if "birth_year" in form else None,
        phone=phone,
        staff_code=code,
        identity=declared.identity(phone, code, code_first=code_first),
        unit=unit,
        block_id=block.id,
        assisted=form.assisted.data,
        consents=[
            way.consents[kind] for kind in ConsentKind if kind in way.consents and form[kind.value].data
        ],
    )


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
        "phone": entry.phone,
        "staff_code": entry.staff_code,
        "unit": row.unit.name if row.unit else None,
        "block": row.block.name,
        "ranked": entry.ranked,
        "name_may_be_published": entry.publishes_name,
        "assisted": entry.assisted,
        "entered_at": entry.entered_at.isoformat(),
        "consents": [
            {"kind": text.kind, "version": text.version, "text": text.text, "given_at": given.isoformat()}
            for text, given in row.consents
        ],
    }
