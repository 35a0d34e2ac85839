"""Posters of rounds, events and units, typeset beside the event loop so that no phone waits for them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from gevent import get_hub
from gevent.monkey import is_module_patched

from contest.contests.models import Contest, Label, Round
from contest.contests.moments import spoken_end, spoken_moment, typed_moment
from contest.contests.words import LABELS
from contest.events.queries import DoorRow
from contest.web import posters
from contest.web.addresses import whole_address
from contest.web.posters import Language, Poster
from contest.web.translations import current_language, shown


def poster_of_round(round_: Round, contest: Contest) -> Poster:
    """The poster of a round itself."""
    return Poster(
        title=contest.name,
        label=f"{shown(LABELS[Label(contest.label)])} · {round_.name}",
        organiser=contest.organiser,
        when=_window(round_),
        code=round_.code,
        address=whole_address("events.door", code=round_.code),
        note=_("Không cần tài khoản, không cần mật khẩu. Giữ mã quay lại để làm tiếp trên máy khác."),
        language=_language(),
    )


def poster_of_door(row: DoorRow) -> Poster:
    """The poster of an event, or of a unit."""
    whole = poster_of_round(row.round, row.contest)
    return Poster(
        title=whole.title,
        label=whole.label,
        organiser=whole.organiser,
        when=whole.when,
        code=row.door.code,
        address=whole_address("events.door", code=row.door.code),
        unit=row.unit.name if row.unit and row.event is None else None,
        place=f"{row.event.name} · {row.event.place}" if row.event else None,
        note=whole.note,
        language=whole.language,
    )


def as_pdf(contents: Sequence[Poster]) -> bytes:
    """One PDF, one page for each poster."""
    if is_module_patched("threading"):
        return bytes(get_hub().threadpool.apply(posters.posters, (contents,)))
    return posters.posters(contents)


def _window(round_: Round) -> str:
    if _language() == "en":
        opens, closes = typed_moment(round_.opens_at), typed_moment(round_.closes_at)
    else:
        opens, closes = spoken_moment(round_.opens_at), spoken_end(round_.closes_at)
    return str(_("Từ %(opens)s đến %(closes)s", opens=opens, closes=closes))


def _language() -> Language:
    return "en" if current_language() == "en" else "vi"
