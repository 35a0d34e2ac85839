"""The forms of a round: its window and rules, its recipe, its closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, IntegerField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from contest.contests.forms import choices_of
from contest.contests.round_actions import MOST_QUESTIONS, TypedRound
from contest.contests.typed_fields import ClosingField, MomentField
from contest.contests.words import BLANK_RULES, COUNTING, LATE_START, TARGETS
from contest.rules.drawing import RecipeLine
from contest.web.forms import Form, Sentences, TextLine, filled

MOST_LINES = 40
SPARE_LINES = 3


@dataclass(frozen=True)
class Stock:
    """So many approved questions of a topic and level ("" where not said)."""

    topic: str
    level: str
    count: int


class RoundForm(Form):
    """A round that nobody has seen yet."""

    name = TextLine(_l("Tên đợt thi"), filled(), description=_l("Ví dụ: Tuần 1, Vòng sơ khảo."))
    opens_at = MomentField(
        _l("Mở lúc"), [InputRequired()], description=_l("Dạng 31/12/2026 08:00, giờ Việt Nam.")
    )
    closes_at = ClosingField(
        _l("Đóng lúc"), [InputRequired()], description=_l("Dạng 31/12/2026 17:00. Gõ 24:00 nếu đến hết ngày.")
    )
    bank_id = SelectField(_l("Ngân hàng câu hỏi"), coerce=int, validators=[InputRequired()])
    minutes = IntegerField(_l("Số phút làm bài"), [InputRequired(), NumberRange(1, 300)], default=15)
    attempts_allowed = IntegerField(
        _l("Số lượt thi mỗi người"), [InputRequired(), NumberRange(1, 50)], default=1
    )
    counting = RadioField(_l("Lượt được tính"), choices=choices_of(COUNTING), default="best")
    prediction = SelectField(
        _l("Câu dự đoán"),
        choices=[SelectChoice("", _l("Không hỏi")), *choices_of(TARGETS)],
        description=_l("Người dự thi đoán con số này; ai đoán gần hơn được xếp trên khi bằng điểm."),
    )
    late_start = RadioField(_l("Người bắt đầu sát giờ đóng"), choices=choices_of(LATE_START), default="cut")
    blank_rule = RadioField(_l("Câu bỏ trống"), choices=choices_of(BLANK_RULES), default="wrong")
    shuffle_choices = BooleanField(
        _l("Đảo thứ tự phương án"),
        default=True,
        description=_l("“Tất cả các phương án trên” và những phương án tương tự vẫn đứng cuối."),
    )
    whole_paper = BooleanField(
        _l("Cả đề trên một trang"),
        description=_l("Không chọn thì mỗi màn hình một câu, dễ làm hơn trên điện thoại."),
    )
    papers_wanted = IntegerField(
        _l("Số mã đề"),
        [InputRequired(), NumberRange(1, 2000)],
        default=300,
        description=_l("Mỗi lượt thi nhận một mã đề. 300 là vừa cho hầu hết đợt thi."),
    )

    def __init__(self, banks: Sequence[tuple[int, str, int]], *args: Any, **kwargs: Any) -> None:
        """`banks`: id, name, number of questions that may enter papers."""
        super().__init__(*args, **kwargs)
        self.bank_id.choices = [
            (bank_id, _("%(name)s (%(count)s câu dùng được)", name=name, count=count))
            for bank_id, name, count in banks
        ]

    def typed(self) -> TypedRound:
        """The round as typed."""
        values: dict[str, Any] = {name: self[name].data for name in TypedRound.__dataclass_fields__}
        return TypedRound(**values | {"prediction": values["prediction"] or None})


class NewRoundForm(RoundForm):
    """A new round: how many questions, of whatever topic; the recipe comes after."""

    questions = IntegerField(
        _l("Số câu mỗi đề"),
        [InputRequired(), NumberRange(1, MOST_QUESTIONS)],
        default=20,
        description=_l("Sau khi lưu, có thể chia theo chủ đề và mức độ."),
    )


class LineForm(PlainForm):  # type: ignore[misc]
    """One line of the recipe."""

    count = IntegerField(_l("Số câu"), [Optional(), NumberRange(0, MOST_QUESTIONS)])
    topic = SelectField(_l("Chủ đề"))
    level = SelectField(_l("Mức độ"))

    class Meta:
        """A form inside a form does not inherit the outer one's sentences."""

        def get_translations(self, form: Any) -> Sentences:
            return Sentences()


class RecipeForm(Form):
    """The recipe: each line so many questions of a topic and level."""

    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)

    def __init__(self, stock: Sequence[Stock], recipe: Sequence[RecipeLine], **kwargs: Any) -> None:
        spare: list[dict[str, object]] = [{"count": None, "topic": "", "level": ""}] * SPARE_LINES
        shown = [{"count": one.count, "topic": one.topic or "", "level": one.level or ""} for one in recipe]
        super().__init__(data={"lines": (shown + spare)[:MOST_LINES]}, **kwargs)
        topics = _counted([(one.topic, one.count) for one in stock], [one.topic for one in recipe])
        levels = _counted([(one.level, one.count) for one in stock], [one.level for one in recipe])
        for line in self.lines:
            line.form.topic.choices = [SelectChoice("", _("Chủ đề nào cũng được")), *topics]
            line.form.level.choices = [SelectChoice("", _("Mức độ nào cũng được")), *levels]

    def recipe(self) -> list[RecipeLine]:
        """The lines that ask for any questions."""
        rows = [line.form for line in self.lines if line.form.count.data]
        return [RecipeLine(row.count.data, row.topic.data or None, row.level.data or None) for row in rows]


def _counted(stock: list[tuple[str, int]], used: list[str | None]) -> list[SelectChoice]:
    """The words the bank has, with how often; words only the recipe still has, with none."""
    counts: dict[str, int] = {}
    for word, count in [*stock, *((word or "", 0) for word in used)]:
        counts[word] = counts.get(word, 0) + count
    return [
        SelectChoice(word, _("%(word)s (%(count)s câu)", word=word, count=count))
        for word, count in counts.items()
        if word
    ]


class ExtendForm(Form):
    """A later closing of a published round."""

    closes_at = ClosingField(
        _l("Giờ đóng mới"),
        [InputRequired()],
        description=_l("Dạng 31/12/2026 17:00. Gõ 24:00 nếu đến hết ngày."),
    )
