"""Charts of participation, each beside a table of the same numbers."""

from flask_babel import gettext as _
from markupsafe import Markup

from contest.participation.figures import Figure
from contest.participation.overview import Overview
from contest.participation.parts import BandFigure
from contest.participation.words import BANDS
from contest.rules.counting import Band, tenths_in_words
from contest.web import charts
from contest.web.pages import number
from contest.web.translations import current_language, shown

MOST_BARS = 12
# In pixels: what a phone of 360 leaves, and a column of text on a desk.
WIDTHS = (328, 640)


def unit_bars(rows: list[Figure]) -> list[dict[str, object]]:
    """The first units of a list that have a rate, for the macro `bars`."""
    language = current_language()
    return [
        {
            "label": row.unit.name,
            "value": row.rate.in_words(language),
            "share": float((row.rate.share or 0) * 100),
            "note": _(
                "%(people)s người trên %(headcount)s",
                people=number(row.rate.people),
                headcount=number(row.rate.headcount),
            ),
            "flagged": row.rate.over,
        }
        for row in rows
        if row.rate.share is not None
    ][:MOST_BARS]


def band_charts(figure: BandFigure) -> list[Markup]:
    """Who got how much right, as one bar cut into bands; once for each width."""
    shares = [
        charts.Band(str(shown(BANDS[band])), tenths, tenths_in_words(tenths, current_language()))
        for band, tenths in zip(Band, figure.bands.tenths, strict=True)
    ]
    return [charts.bands(shares, title=_("Mức điểm của người dự thi"), width=width) for width in WIDTHS]


def day_charts(numbers: Overview) -> list[Markup]:
    """Attempts by day; once for each width."""
    points = [
        charts.Point(day.strftime("%d/%m"), attempts, _("%(count)s lượt", count=number(attempts)))
        for day, attempts in numbers.days
    ]
    return [charts.hours(points, title=_("Lượt thi theo ngày"), width=width) for width in WIDTHS]
