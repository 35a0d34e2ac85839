"""A chart says the truth about its numbers, by itself and to everyone."""

import math
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from lxml import etree
from markupsafe import Markup

from contest.web.charts import Band, Bar, Point, bands, bars, hours, sparkline

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Trung tâm Phục vụ hành chính công đặc khu Trường Nghiêng Thưởng Nguyễn và các đơn vị trực thuộc " * 3
HOSTILE = "<script>alert('x')</script> & \"Sở\"\x00"

RATES = [
    Bar("Phường Nguyễn Trãi", 1.08, "108,00 %", flagged=True),
    Bar("Xã An Nhơn", 0.54, "54,00 %"),
    Bar("Xã Hòa Bình", 0, "0,00 %"),
]
SHARES = [
    Band("Đúng 100 %", 12, "12,0 %"),
    Band("Từ 75 %", 38.5, "38,5 %"),
    Band("Từ 25 %", 30, "30,0 %"),
    Band("Dưới 25 %", 19.5, "19,5 %"),
    Band("Không đúng câu nào", 0, "0,0 %"),
]
DAY = [Point(f"{hour} giờ", hour % 12, f"{hour % 12} lượt") for hour in range(24)]

CHARTS: dict[str, Callable[[str], Markup]] = {
    "bars": lambda text: bars([Bar(text, 1, text, True)], title=text, desc=text, flag_note=text),
    "bands": lambda text: bands([Band(text, 1, text)], title=text, desc=text),
    "hours": lambda text: hours([Point(text, 1, text)], title=text, desc=text),
    "sparkline": lambda text: sparkline([1, 2], title=text),
    "no bars": lambda text: bars([], title=text, empty=text),
    "no bands": lambda text: bands([], title=text, empty=text),
    "no hours": lambda text: hours([], title=text, empty=text),
}


def parsed(chart: str) -> etree._Element:
    return etree.fromstring(chart.encode())


def of_class(chart: str, name: str) -> list[etree._Element]:
    return [element for element in parsed(chart).iter() if name in (element.get("class") or "").split()]


def numbers(chart: str, name: str, attribute: str) -> list[float]:
    return [float(element.get(attribute) or "nan") for element in of_class(chart, name)]


def said(chart: str) -> list[str]:
    return [element.text or "" for element in parsed(chart).iter(SVG + "text")]


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_sound_named_and_needs_no_permission_of_the_policy(draw):
    root = parsed(draw("Sở Nội vụ"))
    assert (root.tag, root.get("role")) == (SVG + "svg", "img")
    assert [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"]
    assert root.findtext(SVG + "title") == "Sở Nội vụ"
    assert not root.xpath("//@style | //@*[starts-with(name(), 'on')] | //@href")
    assert {element.tag for element in root.iter()}.isdisjoint({SVG + "style", SVG + "script"})
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", draw("Sở Nội vụ"))) <= set(ids)


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_no_text_becomes_markup(draw):
    root = parsed(draw(HOSTILE))
    assert root.findtext(SVG + "title") == HOSTILE.replace("\x00", "")
    assert not list(root.iter(SVG + "script"))


@pytest.mark.parametrize("width", [320, 640])
def test_bars_are_as_long_as_their_values(width):
    full, half, none = numbers(bars(RATES, title="Tỷ lệ", full=1, width=width), "chart-bar", "width")
    assert half == pytest.approx(full / 2)
    assert none == 0
    assert 0 < full < width


def test_a_rate_is_measured_against_the_whole_bar_it_could_be():
    chart = bars([Bar("Xã A", 0.25, "25,00 %")], title="Tỷ lệ", full=1)
    assert numbers(chart, "chart-bar", "width")[0] * 4 == pytest.approx(
        numbers(chart, "chart-track", "width")[0]
    )


def test_bars_stand_in_the_order_given_each_with_its_text_and_never_on_another():
    chart = bars(RATES, title="Tỷ lệ", width=320)
    tops = numbers(chart, "chart-bar", "y")
    assert all(later - earlier >= 18 for earlier, later in pairwise(tops))
    assert said(chart) == [text for row in RATES for text in (row.label, row.text)]


def test_a_flagged_bar_differs_in_more_than_its_colour_and_says_why():
    chart = bars(RATES, title="Tỷ lệ", full=1, flag_note="Trên 100 %: cần kiểm tra")
    row, legend = of_class(chart, "chart-flagged")
    plain = [bar for bar in of_class(chart, "chart-bar") if "chart-flagged" not in (bar.get("class") or "")]
    assert row.get("stroke-dasharray") and (row.get("fill") or "").startswith("url(#")
    assert {bar.get("stroke-dasharray") for bar in plain} == {None}
    assert legend.get("fill") == row.get("fill")
    assert said(chart)[-1] == "Trên 100 %: cần kiểm tra"


def test_the_note_on_flagged_bars_is_left_out_where_none_is_flagged():
    assert said(bars(RATES[1:2], title="Tỷ lệ", flag_note="Cần kiểm tra")) == ["Xã An Nhơn", "54,00 %"]


@pytest.mark.parametrize("width", [320, 560, 640, 960])
def test_a_very_long_label_takes_two_lines_that_fit_and_ends_with_an_ellipsis(width):
    chart = bars([Bar(LONG, 0.5, "50,00 %"), Bar("Xã A", 1, "100,00 %")], title="Tỷ lệ", width=width)
    first, second, *_ = said(chart)
    room = width if width < 560 else width * 0.42
    assert LONG.startswith(first)
    assert second.endswith("…")
    assert max(len(first), len(second)) * 15 * 0.56 <= room
    baselines = [float(element.get("y") or 0) for element in of_class(chart, "chart-label")]
    assert [later - earlier >= 19 for earlier, later in pairwise(baselines)] == [
        True,
        True,
    ]
    assert max(baselines) < float(parsed(chart).get("height") or 0)


def test_one_bar_of_nothing_is_drawn_with_length_nothing():
    assert numbers(bars([Bar("Xã A", 0, "0")], title="Số người"), "chart-bar", "width") == [0]


def test_bands_fill_the_whole_width_in_proportion():
    chart = bands(SHARES, title="Phổ điểm")
    stacked = [element for element in of_class(chart, "chart-band") if element.get("height") == "44"]
    lengths = [float(element.get("width") or 0) for element in stacked]
    assert sum(lengths) == pytest.approx(638, abs=0.05)
    assert [length / 638 for length in lengths] == pytest.approx([0.12, 0.385, 0.3, 0.195], abs=1e-4)
    edges = [float(element.get("x") or 0) for element in stacked]
    assert edges[1:] == pytest.approx([x + w for x, w in zip(edges, lengths, strict=True)][:-1], abs=0.02)


def test_every_band_has_its_own_pattern_and_stands_in_the_legend_also_when_empty():
    chart = bands(SHARES, title="Phổ điểm")
    legend = [element for element in of_class(chart, "chart-band") if element.get("height") == "18"]
    assert len({element.get("fill") for element in legend}) == 5
    drawings = {
        etree.tostring(pattern, method="c14n").split(b'"', 2)[2]
        for pattern in parsed(chart).iter(SVG + "pattern")
    }
    assert len(drawings) == 5
    assert said(chart) == [text for band in SHARES for text in (band.label, band.text)]


def test_a_sixth_band_is_refused():
    with pytest.raises(ValueError, match="five bands can be told apart, not 6"):
        bands([*SHARES, Band("Khác", 1, "1,0 %")], title="Phổ điểm")


def test_two_charts_of_one_page_share_no_id():
    ids = [
        set(parsed(chart).xpath("//@id")) for chart in (bands(SHARES, title="A"), bands(SHARES, title="B"))
    ]
    assert ids[0].isdisjoint(ids[1])
    assert bands(SHARES, title="A") == bands(SHARES, title="A")


@pytest.mark.parametrize("width", [320, 640])
def test_a_line_rises_with_its_values_and_its_peak_is_named(width):
    chart = hours(DAY, title="Lượt thi theo giờ", width=width)
    points = [point.split(",") for point in (of_class(chart, "chart-line")[0].get("points") or "").split()]
    heights = [196 - float(y) for _, y in points]
    assert heights == pytest.approx([156 * point.value / 11 for point in DAY], abs=0.01)
    steps = [float(later[0]) - float(earlier[0]) for earlier, later in pairwise(points)]
    assert max(steps) - min(steps) < 0.02
    assert said(chart)[0] == "11 giờ: 11 lượt"


@pytest.mark.parametrize("count", [1, 2, 24, 200])
def test_the_labels_under_the_axis_never_touch_each_other_or_the_edge(count):
    days = [Point(f"{day:02}/10/2026", day, str(day)) for day in range(count)]
    ticks = of_class(hours(days, title="Theo ngày", width=320), "chart-tick")
    middles = [float(tick.get("x") or 0) for tick in ticks]
    half = 10 * 13 * 0.56 / 2
    assert middles[0] - half >= 0 and middles[-1] + half <= 320
    assert all(later - earlier >= 2 * half for earlier, later in pairwise(middles))
    assert ticks[0].text == "00/10/2026"


def test_the_name_of_a_peak_at_the_edge_stays_inside():
    chart = hours([Point("Thứ Hai 12/10", 9, "1.204 lượt thi"), *DAY], title="Lượt thi", width=320)
    name = of_class(chart, "chart-value")[0]
    reach = len(name.text or "") * 15 * 0.56 / 2
    assert reach - 0.01 <= float(name.get("x") or 0) <= 320 - reach


def test_one_moment_stands_in_the_middle():
    assert numbers(hours([Point("8 giờ", 5, "5 lượt")], title="Lượt thi"), "chart-mark", "cx") == [320]


def test_a_quiet_day_is_a_line_on_the_ground():
    line = of_class(hours([Point("0 giờ", 0, "0"), Point("1 giờ", 0, "0")], title="Lượt thi"), "chart-line")[
        0
    ]
    assert {point.split(",")[1] for point in (line.get("points") or "").split()} == {"196"}


def test_a_sparkline_ends_in_a_dot_at_its_last_value():
    chart = sparkline([1, 4, 2], title="Ba tuần")
    assert of_class(chart, "chart-line")[0].get("points") == "4,19 60,4 116,14"
    assert [numbers(chart, "chart-mark", side) for side in ("cx", "cy")] == [[116], [14]]


def test_a_sparkline_of_nothing_is_empty():
    assert not of_class(sparkline([], title="Chưa có"), "chart-line")


@pytest.mark.parametrize(
    "chart",
    [
        bars([], title="A"),
        bands([], title="A"),
        hours([], title="A"),
        bands([Band("Không", 0, "0")], title="A"),
    ],
)
def test_a_chart_without_numbers_says_so(chart):
    assert said(chart) == ["Chưa có số liệu"]


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_a_value_that_cannot_be_drawn_is_refused(value):
    for draw in (
        lambda: bars([Bar("A", value, "")], title="A"),
        lambda: bands([Band("A", value, "")], title="A"),
        lambda: hours([Point("A", value, "")], title="A"),
        lambda: sparkline([value], title="A"),
    ):
        with pytest.raises(ValueError, match="numbers from 0 on"):
            draw()


def test_the_same_chart_in_two_widths_shares_no_pattern_with_itself() -> None:
    for draw, rows in ((bands, SHARES), (bars, RATES)):
        narrow, wide = (
            set(re.findall(r'id="([^"]+)"', draw(rows, title="x", width=width))) for width in (328, 640)
        )
        assert narrow
        assert not narrow & wide
