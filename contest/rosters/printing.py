"""Cards of passes on A4 sheets, typeset beside the event loop so that no phone waits for them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from gevent import get_hub
from gevent.monkey import is_module_patched

from contest.contests.models import Contest
from contest.rosters.models import RosterRow
from contest.units.models import Unit
from contest.web import qr
from contest.web.addresses import whole_address
from contest.web.posters import address_in_words, breakable, typeset
from contest.web.printable import one_line
from contest.web.translations import current_language

# A sheet holds eight; more pages than this are printed unit by unit.
MOST_CARDS = 400
LONGEST_LINE = 160


def cards(contest: Contest, people: Sequence[tuple[RosterRow, Unit, str]]) -> bytes:
    """One PDF with a card for each person: whose it is, the unit, what to do, and what the QR code opens."""
    shown = []
    for row, unit, secret in people:
        address = whole_address("rosters_public.open", token=secret)
        place = f"{unit.name} · {row.place}" if row.place else unit.name
        shown.append(
            {
                "name": _line(row.name),
                "unit": _line(place),
                "address": address_in_words(address),
                "qr": qr.svg(address, title=row.name),
            }
        )
    words = {"scan": _("Mã QR"), "how": _("Quét mã để vào thi, không phải gõ. Thẻ của riêng bạn.")}
    inputs: dict[str, object] = {
        "title": _line(contest.name),
        "language": current_language(),
        "words": words,
        "cards": shown,
    }
    if is_module_patched("threading"):
        return bytes(get_hub().threadpool.apply(_typeset, (inputs,)))
    return _typeset(inputs)


def _typeset(inputs: dict[str, object]) -> bytes:
    return typeset("pass_sheet.typ", **inputs)


def _line(text: str) -> str:
    return breakable(one_line(text, LONGEST_LINE))
