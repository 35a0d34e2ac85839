"""Pictures of a unit's own desk: the units side by side, and attempts hour by hour."""

from flask_babel import gettext as _
from markupsafe import Markup

from contest.clock import VIETNAM
from contest.desk.own_unit import OwnRound
from contest.web import charts
from contest.web.pages import number
from contest.web.translations import current_language

# In pixels: what a phone of 360 leaves, and a column of text on a desk.
WIDTHS = (328, 640)


def hour_charts(one: OwnRound) -> list[Markup]:
    """Attempts hour by hour; once for each width."""
    points = [
        charts.Point(
            hour.astimezone(VIETNAM).strftime("%Hh %d/%m"), count, _("%(count)s lượt", count=number(count))
        )
        for hour, count in one.hours
    ]
    return [charts.hours(points, title=_("Lượt thi theo giờ"), width=width) for width in WIDTHS]


def sister_bars(one: OwnRound) -> list[dict[str, object]]:
    """The best units and one's own neighbours, for the macro `bars`; only numbers that are public."""
    language = current_language()
    # Side by side, the longest bar is the best unit's: few contests bring a tenth of a ward's people.
    longest = max((one.figure.rate.share or 0 for one in one.sisters), default=0)
    full = min(longest, 1) or 1
    return [
        {
            "label": f"{sister.place}. {sister.figure.unit.name}"
            + (" " + _("(đơn vị bạn)") if sister.own else ""),
            "value": sister.figure.rate.in_words(language) or _("chưa có số"),
            "share": float((sister.figure.rate.share or 0) / full * 100),
            "note": _("%(people)s người dự thi", people=number(sister.figure.tally.people)),
            "flagged": sister.figure.rate.over,
        }
        for sister in one.sisters
    ]
