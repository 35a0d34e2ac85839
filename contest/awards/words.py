"""The words of awards for units."""

from contest.language import Text, _
from contest.rules.collective import LeftOut, Measure, Prize

MEASURES: dict[str, Text] = {
    Measure.PEOPLE: _("Đông người dự thi nhất"),
    Measure.RATE: _("Tỷ lệ tham gia cao nhất"),
    Measure.BOTH: _("Tỷ lệ tham gia và chất lượng bài làm"),
    Measure.POINTS: _("Điểm: tỷ lệ tham gia cộng điểm cho người đạt giải"),
    Measure.QUALITY: _("Chất lượng bài làm, sau khi đạt chỉ tiêu theo quy mô"),
}

# What the column of the value is called.
VALUES: dict[str, Text] = {
    Measure.PEOPLE: _("Người dự thi"),
    Measure.RATE: _("Tỷ lệ tham gia"),
    Measure.BOTH: _("Trung bình hai tỷ lệ"),
    Measure.POINTS: _("Điểm"),
    Measure.QUALITY: _("Tỷ lệ câu đúng"),
}

PRIZES: dict[str, Text] = {
    Prize.FIRST: _("Giải nhất"),
    Prize.SECOND: _("Giải nhì"),
    Prize.THIRD: _("Giải ba"),
    Prize.CONSOLATION: _("Giải khuyến khích"),
}

LEFT_OUT: dict[str, Text] = {
    LeftOut.NOBODY: _("chưa có người dự thi"),
    LeftOut.NO_HEADCOUNT: _("chưa có số người"),
    LeftOut.OVER: _("trên 100 %, cần rà soát số người"),
    LeftOut.BELOW_FLOOR: _("chưa đạt chỉ tiêu"),
    LeftOut.NO_FLOOR: _("chưa có chỉ tiêu"),
}
