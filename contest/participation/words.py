"""The words of participation for people."""

from contest.language import Text, _
from contest.participation.figures import Order
from contest.rules.counting import Band
from contest.units.models import HeadcountKind

BANDS: dict[Band, Text] = {
    Band.ALL: _("Đúng tất cả (100 %)"),
    Band.HIGH: _("Từ 75 % đến dưới 100 %"),
    Band.MIDDLE: _("Từ 25 % đến dưới 75 %"),
    Band.LOW: _("Dưới 25 %"),
    Band.ZERO: _("Không đúng câu nào"),
}

ORDERS: dict[Order, Text] = {
    Order.RATE: _("Tỷ lệ cao trước"),
    Order.PEOPLE: _("Nhiều người trước"),
    Order.NAME: _("Theo tên"),
}

# A rate of each kind of headcount, and those it is out of.
RATES: dict[HeadcountKind, Text] = {
    HeadcountKind.OFFICIALS: _("Tỷ lệ cán bộ"),
    HeadcountKind.YOUTH: _("Tỷ lệ đoàn viên"),
    HeadcountKind.RESIDENTS: _("Tỷ lệ người dân"),
}

WHOM: dict[HeadcountKind, Text] = {
    HeadcountKind.OFFICIALS: _("cán bộ"),
    HeadcountKind.YOUTH: _("đoàn viên"),
    HeadcountKind.RESIDENTS: _("người dân"),
}

CHART_TITLES: dict[str, Text] = {
    "units": _("Tỷ lệ tham gia theo đơn vị"),
    "blocks": _("Người dự thi theo khối"),
    "bands": _("Mức điểm của người dự thi"),
    "topics": _("Điều đã biết và chưa biết, theo chủ đề"),
    "days": _("Lượt thi theo ngày"),
    "hours": _("Lượt thi theo giờ trong ngày"),
}
