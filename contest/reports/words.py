"""The words of reports for people: states, ways, and the questions that are put before sending."""

from datetime import date

from contest.language import Text, _
from contest.rules.official import Body
from contest.rules.report_check import Asks, Question
from contest.rules.reporting import Act, Covers, Punctuality, State, Way

# Each with the kind of its badge.
STATES: dict[State | None, tuple[Text, str]] = {
    None: (_("Chưa lập"), "plain"),
    State.DRAFT: (_("Đang soạn"), "draft"),
    State.SENT: (_("Đã gửi, chờ duyệt"), "coming"),
    State.RETURNED: (_("Trả lại để sửa"), "warn"),
    State.APPROVED: (_("Đã duyệt"), "done"),
}

PUNCTUALITY: dict[Punctuality, Text] = {
    Punctuality.IN_TIME: _("Đúng hạn"),
    Punctuality.LATE: _("Gửi muộn"),
    Punctuality.MISSING: _("Quá hạn, chưa có"),
    Punctuality.AWAITED: _("Còn trong hạn"),
}

WAYS: dict[Way, Text] = {Way.HALL: _("Thi tại hội trường, sân khấu"), Way.PAPER: _("Thi trên giấy")}

COVERS: dict[Covers, Text] = {
    Covers.UNSAID: _("chưa nói rõ"),
    Covers.APART: _("người khác, được cộng thêm"),
    Covers.WHOLE: _("đã gồm người của đơn vị dưới"),
}

STEPS: dict[str, Text] = {
    Act.SEND: _("Gửi báo cáo"),
    Act.RECALL: _("Rút lại để sửa"),
    Act.RETURN: _("Trả lại"),
    Act.APPROVE: _("Duyệt"),
}

BODIES: dict[Body, Text] = {
    Body.STATE: _("Cơ quan nhà nước, đơn vị sự nghiệp"),
    Body.PARTY: _("Cơ quan Đảng"),
    Body.YOUTH: _("Đoàn Thanh niên"),
    Body.UNION: _("Mặt trận, công đoàn, hội"),
}


def question(asked: Question, place: str = "") -> Text:
    """The question in words; `place` names the declared line it is about."""
    numbers = [_number(value) for value in asked.numbers] + ["", "", "", ""]
    if asked.kind is Asks.OUTSIDE:
        numbers[0] = date.fromordinal(asked.numbers[0]).strftime("%d/%m/%Y")
    values = {"a": numbers[0], "b": numbers[1], "c": numbers[2], "d": numbers[3], "place": place}
    text = _QUESTIONS[asked.kind]
    return Text(text.source, values)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


_QUESTIONS: dict[Asks, Text] = {
    Asks.OVERLAP: _(
        "“%(place)s”: đơn vị khai %(a)s người, các đơn vị bên dưới cũng khai %(b)s người cùng hình thức này. "
        "Hai số có phải là cùng những người ấy không?"
    ),
    Asks.REPEATED: _(
        "“%(place)s”: trong %(a)s người, bao nhiêu người cũng thi trực tuyến hoặc đã có trong buổi khác? "
        "Những người ấy chỉ được tính một lần."
    ),
    Asks.DIFFERENT: _(
        "Đơn vị nắm được %(a)s người, %(b)s lượt thi trực tuyến; hệ thống đếm được %(c)s người, %(d)s lượt. "
        "Vì sao khác nhau?"
    ),
    Asks.OVER_HEADCOUNT: _("Báo cáo có %(a)s người, nhiều hơn %(b)s người của đơn vị. Vì sao?"),
    Asks.NOBODY: _("Báo cáo không có người nào tham gia. Vì sao?"),
    Asks.FAR_FROM_LAST: _("Báo cáo có %(a)s người, lần trước là %(b)s người. Vì sao khác xa như vậy?"),
    Asks.LESS_THAN_BELOW: _(
        "Đơn vị khai %(a)s người và nói rằng đã gồm người của các đơn vị bên dưới, nhưng bên dưới khai %(b)s người. "
        "Vì sao ít hơn?"
    ),
    Asks.OUTSIDE: _("“%(place)s”: ngày %(a)s nằm ngoài thời gian của đợt thi. Ngày này có đúng không?"),
    Asks.NO_NUMBER: _("“%(place)s”: số người là 0. Có đúng không?"),
    Asks.FEWER_ATTEMPTS: _("“%(place)s”: chỉ có %(a)s lượt cho %(b)s người. Vì sao?"),
    Asks.NO_EVIDENCE: _("“%(place)s”: chưa có minh chứng. Vẫn gửi không có minh chứng?"),
    Asks.NO_ONLINE: _(
        "Đơn vị chưa ghi số người thi trực tuyến mà mình nắm được. Lấy theo số của hệ thống là %(a)s người?"
    ),
    Asks.NO_HEADCOUNT: _("Đơn vị chưa có số người nên báo cáo không có tỷ lệ. Vẫn gửi như vậy?"),
}
