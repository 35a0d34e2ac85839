"""What people do: come in, come back, mend or erase what they declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from contest.contests.models import ConsentKind, ConsentText, Contest
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.people import queries, return_codes
from contest.people.models import Consent, Entry, Person, ReturnTry
from contest.people.words import ERASED
from contest.rules import staff_codes, vietnamese
from contest.units.models import Unit

# Sending the same form again (a lost answer, a second tap) shows the same code for this long.
SAME_FORM = timedelta(minutes=30)

# Wrong return codes: by one device; by everybody with the same first half, so that a code half seen over
# a shoulder cannot be completed; and by everybody together, so that throwing cookies away gains nothing.
TRIES_OF_A_DEVICE, DEVICE_SPAN = 10, timedelta(minutes=15)
TRIES_OF_A_BEGINNING, BEGINNING_SPAN = 30, timedelta(days=1)
TRIES_OF_ALL, ALL_SPAN = 3000, timedelta(minutes=15)
ALL = "all"

# Having one's name published is agreed to apart from taking part, and free to refuse.
PUBLISH = ConsentKind.PUBLISH


class AlreadyEntered(Refusal):
    """Somebody has entered with this phone or staff code; knowing it opens nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("Số điện thoại hoặc mã này đã dự thi. Hãy nhập mã quay lại của bạn để làm tiếp trên máy này.")
        )


class MergedElsewhere(AlreadyEntered):
    """What this person handed in has been put together with what they did as another entrant."""

    def __init__(self) -> None:
        Refusal.__init__(
            self,
            _(
                "Bài thi của bạn trong cuộc thi này đã được gộp với lần dự thi khác của bạn. Hãy nhập mã quay lại "
                "của lần ấy, hoặc nhờ đầu mối đơn vị cấp mã mới."
            ),
        )


class TooManyTries(Refusal):
    """Too many wrong return codes."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            _(
                "Đã nhập sai mã quay lại nhiều lần. Hãy đợi 15 phút rồi thử lại, "
                "hoặc nhờ đầu mối đơn vị hay ban tổ chức cấp mã mới."
            )
        )


@dataclass(frozen=True)
class Declaration:
    """What a person declared, already tidied (see rules.declared), and the texts they agreed to."""

    name: str
    name_as_typed: str
    birth_year: int | None
    phone: str | None
    staff_code: str | None
    # "phone:…", "code:…" or "roster:…"; None where nothing tells people apart.
    identity: str | None
    unit: Unit | None
    block_id: int
    assisted: bool
    consents: Sequence[ConsentText]
    birth_date: date | None = None
    address: str | None = None
    second_unit: Unit | None = None
    anonymous: bool = False


@dataclass(frozen=True)
class Entered:
    """How somebody came in. `code` is shown once; None when the person already has one."""

    entry: Entry
    code: str | None


def enter(
    contest: Contest, declared: Declaration, person_id: int | None, form: str, key: bytes, now: datetime
) -> Entered:
    """Enter a person in the contest, with their consents. Sending the same form again changes nothing.

    `person_id` is whom the device remembers, if it is to be the same person; `form` is the unguessable
    mark of the form that was filled in. Raises AlreadyEntered.
    """
    person = queries.person(person_id)
    if person is not None:
        return Entered(_entry(contest, declared, person, key, now), None)
    sent = "\n".join(("enter", form, str(contest.id), declared.name_as_typed, declared.identity or ""))
    for turn in count():
        code = return_codes.made_from(return_codes.hashed(f"{sent}\n{turn}", key).encode())
        person = _new_person(return_codes.hashed(code, key), now)
        if person is not None:
            return Entered(_entry(contest, declared, person, key, now), code)
        same = queries.person_with_code(return_codes.hashed(code, key))
        entry = queries.entry_of(contest.id, same.id) if same else None
        # By chance two people may be given the same letters; then the next turn gives others.
        if entry is not None and entry.name_as_typed == declared.name_as_typed:
            if now - entry.entered_at > SAME_FORM:
                raise AlreadyEntered
            return Entered(entry, code)
    raise AssertionError("count() does not end")


def _new_person(code_hash: str, now: datetime) -> Person | None:
    person = Person(return_code_hash=code_hash, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return None
    return person


def _entry(contest: Contest, declared: Declaration, person: Person, key: bytes, now: datetime) -> Entry:
    entry = Entry(contest_id=contest.id, person_id=person.id, assisted=declared.assisted, entered_at=now)
    _take(entry, declared, key)
    try:
        with db.session.begin_nested():
            db.session.add(entry)
    except IntegrityError:
        # The same tap twice at the same moment is the same entry; the same phone from elsewhere is not.
        existing = queries.entry_of(contest.id, person.id)
        if existing is None:
            merged = queries.merged_in(contest.id, person.id)
            raise (MergedElsewhere() if merged else AlreadyEntered()) from None
        return existing
    for text in declared.consents:
        db.session.add(Consent(entry_id=entry.id, consent_text_id=text.id, given_at=now))
    return entry


def _take(entry: Entry, declared: Declaration, key: bytes) -> None:
    _name(entry, declared.name, declared.name_as_typed)
    entry.birth_year, entry.birth_date = declared.birth_year, declared.birth_date
    entry.phone, entry.staff_code, entry.address = declared.phone, declared.staff_code, declared.address
    entry.code_key = staff_codes.key(declared.staff_code or "") or None
    entry.identity_key = return_codes.hashed(declared.identity, key) if declared.identity else None
    entry.unit_id = declared.unit.id if declared.unit else None
    entry.second_unit_id = declared.second_unit.id if declared.second_unit else None
    entry.block_id = declared.block_id
    entry.anonymous, entry.ranked = declared.anonymous, not declared.anonymous
    entry.changed()
    entry.publishes_name = any(text.kind == PUBLISH for text in declared.consents)


def declare(entry: Entry, declared: Declaration, key: bytes, now: datetime) -> None:
    """Let somebody who answered first say who they are; from then on they are ranked. Raises AlreadyEntered."""
    if not entry.anonymous:
        raise Refusal(_("Bạn đã khai thông tin rồi. Muốn sửa, hãy mở trang “Thông tin của tôi”."))
    try:
        with db.session.begin_nested():
            _take(entry, declared, key)
            db.session.flush()
    except IntegrityError:
        raise AlreadyEntered from None
    for text in declared.consents:
        _agree(entry, text, now)


def _agree(entry: Entry, text: ConsentText, now: datetime) -> None:
    given = queries.consent(entry.id, text.id)
    if given is None:
        db.session.add(Consent(entry_id=entry.id, consent_text_id=text.id, given_at=now))
    else:
        given.given_at = now


def _name(entry: Entry, name: str, as_typed: str) -> None:
    entry.name, entry.name_as_typed = name, as_typed
    entry.sort_key = vietnamese.name_sort_key(name)
    entry.search_key = vietnamese.search_key(name)


def come_back(typed: str, device: str, key: bytes, now: datetime) -> Person | None:
    """The person whose return code this is; None, and noted, when it is nobody's. Raises TooManyTries.

    `device` is a random name of the device, never its network address: an office shares that.
    """
    code = return_codes.typed(typed)
    beginning = f"code:{return_codes.hashed(code[: return_codes.GROUP], key)}"
    limits = (
        (f"device:{device}", TRIES_OF_A_DEVICE, DEVICE_SPAN),
        (beginning[:200], TRIES_OF_A_BEGINNING, BEGINNING_SPAN),
        (ALL, TRIES_OF_ALL, ALL_SPAN),
    )
    if any(queries.tries_since(name, now - span) >= most for name, most, span in limits):
        raise TooManyTries
    person = queries.person_with_code(return_codes.hashed(code, key))
    if person is None:
        for name, _most, span in limits:
            db.session.execute(delete(ReturnTry).where(ReturnTry.device == name, ReturnTry.at <= now - span))
            db.session.add(ReturnTry(device=name, at=now))
    return person


def new_code(person: Person, entropy: bytes, key: bytes) -> str:
    """Give a person another return code; the old one opens nothing any more. It is shown once."""
    for turn in count():
        code = return_codes.made_from(entropy + bytes([turn]))
        try:
            with db.session.begin_nested():
                person.return_code_hash = return_codes.hashed(code, key)
        except IntegrityError:
            continue
        return code
    raise AssertionError("count() does not end")


@dataclass(frozen=True)
class Mended:
    """What a person may mend of their own declaration; `publish` is the text they now agree to, None: not."""

    name: str
    name_as_typed: str
    birth_year: int | None
    birth_date: date | None
    address: str | None
    publish: ConsentText | None


def correct(entry: Entry, mended: Mended, now: datetime) -> None:
    """Mend what a person declared of themselves.

    Taking a consent back keeps the line that it was once given: that is what it proves.
    """
    _name(entry, mended.name, mended.name_as_typed)
    entry.birth_year, entry.birth_date, entry.address = mended.birth_year, mended.birth_date, mended.address
    if mended.publish is not None and not entry.publishes_name:
        _agree(entry, mended.publish, now)
    entry.publishes_name = mended.publish is not None
    entry.changed()


def erase(person: Person, now: datetime) -> None:
    """Take away all that says who somebody was. Their attempts stay, as counts without a name.

    The keyed hash of phone or code stays until the contest's retention ends: it names nobody, and without
    it erasing would buy another attempt.
    """
    for one in (person, *queries.led_to(person.id)):
        one.erased_at = now
        one.return_code_hash = f"erased:{one.id}"
        for entry in queries.entries_of(one.id):
            anonymise(entry)
    # Of somebody who is known elsewhere by an entry of their own, what was put together with this person's.
    for entry in queries.entries_merged_into(person.id):
        anonymise(entry)


def anonymise(entry: Entry) -> None:
    """Take the name, phone, code, address and birth date out of one entry."""
    entry.name = entry.name_as_typed = ERASED
    entry.sort_key = entry.search_key = ""
    entry.birth_year = entry.birth_date = None
    entry.phone = entry.staff_code = entry.code_key = entry.address = None
    entry.publishes_name = False
    entry.changed()
