"""Charts of participation, each beside a table of the same numbers."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from markupsafe import Markup

from contest.participation.figures import Figure, KindRate
from contest.participation.overview import Overview
from contest.participation.words import BANDS, CHART_TITLES, WHOM
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
    rates: list[dict[str, object]] = [
        {
            "label": row.unit.name,
            "value": row.rate.in_words(language),
            "share": float((row.rate.share or 0) * 100),
            "note": out_of(row),
            "flagged": row.rate.over,
        }
        for row in rows
        if row.rate.share is not None
    ]
    return rates[:MOST_BARS]


def out_of(one: Figure | KindRate) -> str:
    """What a rate is made of: "23 người trên 50 cán bộ"."""
    words: str = _(
        "%(people)s người trên %(headcount)s %(whom)s",
        people=number(one.rate.people),
        headcount=number(one.rate.headcount),
        whom=str(shown(WHOM[one.kind])),
    )
    return words


def rates(numbers: Overview, width: int) -> Markup:
    """The first units of the list; one over 100 % is hatched and no longer than a whole bar."""
    rows = [
        charts.Bar(
            row.unit.name,
            min(float(row.rate.share * 100), 100),
            row.rate.in_words(current_language()) or "",
            row.rate.over,
        )
        for row in numbers.compared or numbers.rows
        if row.rate.share is not None
    ][:MOST_BARS]
    note = _("Trên 100 %: cần rà soát số cán bộ, đoàn viên hoặc đơn vị đã chọn.")
    return charts.bars(rows, title=shown_title("units"), full=100, flag_note=note, width=width)


def block_shares(numbers: Overview, width: int) -> Markup:
    """How the people are shared out over the blocks."""
    rows = [
        charts.Bar(row.block.name, row.tenths, tenths_in_words(row.tenths, current_language()))
        for row in numbers.blocks
    ]
    return charts.bars(rows, title=shown_title("blocks"), full=1000, width=width)


def score_bands(numbers: Overview, width: int) -> Markup:
    """Who got how much right, as one bar cut into bands."""
    if not numbers.bands:
        return charts.bands([], title=shown_title("bands"), width=width)
    shares = [
        charts.Band(str(shown(BANDS[band])), tenths, tenths_in_words(tenths, current_language()))
        for band, tenths in zip(Band, numbers.bands[0].bands.tenths, strict=True)
    ]
    return charts.bands(shares, title=shown_title("bands"), width=width)


def topic_shares(numbers: Overview, width: int) -> Markup:
    """Of each topic, how many answers were right; what people know least stands first."""
    rows = [
        charts.Bar(
            row.topic or _("Không ghi chủ đề"),
            row.known,
            _("%(share)s đúng", share=tenths_in_words(row.known, current_language())),
        )
        for row in numbers.topics
    ]
    return charts.bars(rows, title=shown_title("topics"), full=1000, width=width)


def attempts_by_day(numbers: Overview, width: int) -> Markup:
    """Attempts handed in on each day."""
    points = [_point(day.strftime("%d/%m"), attempts) for day, attempts in numbers.days]
    return charts.hours(points, title=shown_title("days"), width=width)


def attempts_by_hour(numbers: Overview, width: int) -> Markup:
    """Attempts handed in in each hour of the day, all days together."""
    points = [_point(_("%(hour)s giờ", hour=hour), attempts) for hour, attempts in enumerate(numbers.hours)]
    return charts.hours(points, title=shown_title("hours"), width=width)


def _point(label: str, attempts: int) -> charts.Point:
    return charts.Point(label, attempts, _("%(count)s lượt", count=number(attempts)))


CHARTS: Mapping[str, Callable[[Overview, int], Markup]] = {
    "units": rates,
    "blocks": block_shares,
    "bands": score_bands,
    "topics": topic_shares,
    "days": attempts_by_day,
    "hours": attempts_by_hour,
}


def shown_title(name: str) -> str:
    """A chart's title in the reader's language."""
    return str(shown(CHART_TITLES[name]))


def both(name: str, numbers: Overview) -> list[Markup]:
    """A chart once for each width; the style sheet shows the one that fits."""
    return [CHARTS[name](numbers, width) for width in WIDTHS]
