"""What helpers do for people: a new return code, the right unit, out of the ranking and back."""

from datetime import datetime

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.people import actions
from contest.people.models import Entry, Person
from contest.permissions import Actor
from contest.units.models import Unit


def reissue(entry: Entry, entropy: bytes, key: bytes, now: datetime, by: Actor) -> str:
    """A new return code for somebody who lost theirs; shown once."""
    person = db.session.get_one(Person, entry.person_id)
    if person.erased_at is not None:
        raise Refusal(_("Người này đã xóa dữ liệu của mình, không cấp mã được nữa."))
    code = actions.new_code(person, entropy, key)
    _record("person:code", entry, now, by)
    return code


def move(entry: Entry, unit: Unit | None, before: Unit | None, now: datetime, by: Actor) -> None:
    """Correct the unit somebody declared; None: a free individual. `before` names the one until now.

    Attempts keep the unit they were made for; the next ones are made for the new unit.
    """
    if unit is None and by.unit_path is not None:
        raise Refusal(
            _("Hãy chọn một đơn vị trong phạm vi của bạn, hoặc nhờ ban tổ chức chuyển người này đi.")
        )
    if entry.unit_id == (unit.id if unit else None):
        raise Refusal(_("Đơn vị không khác đơn vị đang ghi. Hãy chọn một đơn vị khác."))
    entry.unit_id = unit.id if unit else None
    entry.changed()
    _record("person:unit", entry, now, by, f"{_called(before)} → {_called(unit)}")


def _called(unit: Unit | None) -> str:
    return f"{unit.name} ({unit.code})" if unit else "–"


def rank(entry: Entry, ranked: bool, now: datetime, by: Actor) -> None:
    """Let somebody take part without being ranked (board, question authors, technicians), or rank them again."""
    if entry.anonymous:
        raise Refusal(_("Người này chưa khai tên nên chưa được xét giải. Khi họ khai, bài tự được xét."))
    entry.ranked = ranked
    _record("person:rank" if ranked else "person:unrank", entry, now, by)


def _record(act: str, entry: Entry, now: datetime, by: Actor, detail: str = "") -> None:
    # The history outlives the data of persons, so it names them by number only.
    subject = ("entry", entry.id, f"Người dự thi số {entry.id}")
    history.record(by.signature, act, subject, now, detail)
