"""The entry form of somebody with a pass: what the list knows is filled in, only the rest is asked."""

from collections.abc import Sequence
from datetime import datetime

from werkzeug.datastructures import MultiDict

from contest.clock import VIETNAM
from contest.contests import queries as contests
from contest.contests.models import Block, Round
from contest.contests.moments import typed_day
from contest.errors import NotFound
from contest.people import declaring
from contest.people.forms import EntryForm
from contest.people.queries import WayIn
from contest.rosters.models import RosterRow
from contest.rules import vietnamese
from contest.rules.timing import Phase
from contest.units import queries as units
from contest.units.models import Unit, UnitKind

# Words in the name of a block for those whom a staff list names.
STAFF = ("can bo", "cong chuc", "vien chuc")
ASKED = ("birth_year", "birth_date", "phone", "staff_code", "address", "block")


def round_for(contest_id: int, now: datetime) -> Round:
    """The round a pass leads to: the open one, else the next, else the last; raises NotFound without any."""
    lines = contests.lines_of(contest_id, now)
    for phase in (Phase.OPEN, Phase.BEFORE):
        found = next((line.round for line in lines if line.phase is phase), None)
        if found is not None:
            return found
    if not lines:
        raise NotFound
    return lines[-1].round


def form_for(way: WayIn, row: RosterRow, unit: Unit, now: datetime) -> tuple[EntryForm, list[str]]:
    """The form, and the names of the fields that the list does not fill in."""
    form = declaring.form_for(way, now.astimezone(VIETNAM).date(), unit, None)
    known = {
        "name": row.name,
        "birth_year": str(row.birth_year or ""),
        "birth_date": typed_day(row.birth_date) if row.birth_date else "",
        "phone": row.phone or "",
        "staff_code": row.code or "",
        "unit": units.picked(unit),
    }
    for name, value in known.items():
        if name in form and value:
            form[name].process(MultiDict({name: value}))
    block = _staff_block(way.blocks, unit)
    if "block" in form and block is not None and not form.is_submitted():
        form.block.data = str(block.id)
    return form, [name for name in ASKED if name in form and not known.get(name)]


def _staff_block(blocks: Sequence[Block], unit: Unit) -> Block | None:
    """The block for officials, if its name says so: a commune's people are residents, its staff list are not.

    Members of a youth union stay with what their unit says.
    """
    if unit.kind in (UnitKind.YOUTH_UNION, UnitKind.BRANCH):
        return None
    named = [one for one in blocks if any(word in vietnamese.search_key(one.name) for word in STAFF)]
    return named[0] if len(named) == 1 else None
