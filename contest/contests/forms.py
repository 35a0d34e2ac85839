"""The forms of a contest: its settings, its blocks, its texts."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from contest.contests.actions import LONGEST_CODE, PRESETS, Typed
from contest.contests.typed_fields import DayField, MomentField
from contest.contests.words import FIELDS, IDENTIFIED_BY, KNOWN_BY_ROSTER, LABELS, RANK_STYLES, RANKING_KEYS
from contest.language import Text
from contest.rules.ranking import RankingKey
from contest.web.forms import Form, TextBlock, TextLine, filled
from contest.web.translations import lazy, shown

CUSTOM = "custom"


def choices_of(words: dict[Any, Text]) -> list[SelectChoice]:
    """The choices of a field from the words of an enum."""
    return [SelectChoice(word.value, lazy(text)) for word, text in words.items()]


def chain_in_words(keys: Sequence[RankingKey]) -> str:
    """The ranking chain in short: "Nhiều câu đúng hơn → Nộp bài sớm hơn"."""
    return " → ".join(str(shown(RANKING_KEYS[key])) for key in keys)


class Asked(StrEnum):
    """How a thing is asked of people."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


def asked_field(label: Text) -> SelectField:
    """Whether one thing is asked."""
    words = [
        SelectChoice(Asked.NO.value, _l("Không hỏi")),
        SelectChoice(Asked.OPTIONAL.value, _l("Hỏi, không bắt buộc")),
        SelectChoice(Asked.REQUIRED.value, _l("Bắt buộc khai")),
    ]
    return SelectField(lazy(label), choices=words, default=Asked.NO.value)


def key_field(number: int) -> SelectField:
    """One place of the ranking chain."""
    choices = [SelectChoice("", _l("(để trống)")), *choices_of(RANKING_KEYS)]
    return SelectField(_l("Tiêu chí %(number)s", number=number), choices=choices, default="")


class TextsForm(Form):
    """What may still change once a contest is published."""

    name = TextLine(
        _l("Tên"),
        filled(),
        description=_l("Như trong kế hoạch, ví dụ: Tìm hiểu cải cách hành chính năm 2026."),
    )
    label = RadioField(_l("Tên gọi"), choices=choices_of(LABELS), validators=[InputRequired()])
    organiser = TextLine(_l("Đơn vị tổ chức"), filled())
    introduction = TextBlock(
        _l("Lời giới thiệu"),
        [Length(max=5000)],
        description=_l("Vài câu trên trang của cuộc thi. Để trống cũng được."),
    )
    personal_data_until = DayField(
        _l("Xóa dữ liệu cá nhân vào ngày"),
        [InputRequired()],
        description=_l(
            "Dạng 31/12/2026. Sau ngày này họ tên, điện thoại bị xóa, số liệu vẫn còn. In trên phiếu đồng ý."
        ),
    )

    def texts(self) -> dict[str, Any]:
        """What was typed, by the names of `Typed`."""
        names = ("name", "label", "organiser", "introduction", "personal_data_until")
        return {name: self[name].data for name in names}


class ContestForm(TextsForm):
    """Everything about a contest that is not published yet."""

    code = TextLine(
        _l("Địa chỉ"),
        [Length(max=LONGEST_CODE)],
        description=_l("Phần cuối của địa chỉ trang, ví dụ tim-hieu-cchc-2026. Để trống: lấy từ tên."),
    )
    birth_year, birth_date, phone, staff_code, address, unit, second_unit, block = (
        asked_field(text) for text in FIELDS.values()
    )
    identified_by = SelectField(
        _l("Nhận ra một người dự thi theo"),
        choices=choices_of(IDENTIFIED_BY),
        default="declared",
        description=_l("Trùng mục này là cùng một người, không được thêm lượt thi."),
    )
    minimum_age = IntegerField(
        _l("Tuổi tối thiểu"),
        [Optional(), NumberRange(min=1, max=100)],
        description=_l("Để trống: không giới hạn. Chỉ hỏi năm sinh thì tính tuổi theo năm."),
        render_kw={"inputmode": "numeric"},
    )
    answer_first = BooleanField(
        _l("Làm bài trước, khai thông tin sau"),
        description=_l(
            "Người dự thi chỉ cần đồng ý là làm bài ngay; nộp bài xong mới khai nếu muốn được xếp hạng. Ai không khai "
            "được tính là một người tham gia của khối cuối cùng, không xếp hạng, không tính cho đơn vị nào."
        ),
    )
    ranking = RadioField(_l("Thứ tự xếp hạng"), validators=[InputRequired()])
    key_1, key_2, key_3, key_4, key_5, key_6 = (key_field(number) for number in range(1, 7))
    rank_style = RadioField(
        _l("Khi đồng hạng"), choices=choices_of(RANK_STYLES), validators=[InputRequired()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranking.choices = [
            *((name, chain_in_words(keys)) for name, keys in PRESETS.items()),
            (CUSTOM, _("Tự chọn thứ tự dưới đây")),
        ]
        if KNOWN_BY_ROSTER not in current_app.extensions:
            self.identified_by.choices = [one for one in self.identified_by.choices if one.value != "roster"]

    @property
    def keys(self) -> list[SelectField]:
        """The places of the chain, in order."""
        return [self[f"key_{number}"] for number in range(1, 7)]

    @property
    def asked(self) -> list[SelectField]:
        """The things that can be asked, in the order of the form."""
        return [self[field.value] for field in FIELDS]

    def typed(self) -> Typed:
        """The contest as typed."""
        asked = [(field, self[field.value].data) for field in FIELDS]
        return Typed(
            **self.texts(),
            code=self.code.data or "",
            fields=tuple((field, how == Asked.REQUIRED) for field, how in asked if how != Asked.NO),
            ranking=self.chain(),
            rank_style=self.rank_style.data,
            identified_by=self.identified_by.data,
            minimum_age=self.minimum_age.data,
            answer_first=self.answer_first.data,
        )

    def chain(self) -> tuple[RankingKey, ...]:
        """The ranking chain: a usual one, or the one put together by hand."""
        if self.ranking.data in PRESETS:
            return PRESETS[self.ranking.data]
        return tuple(RankingKey(key.data) for key in self.keys if key.data)


class NewContestForm(ContestForm):
    """A new contest with its blocks, one a line."""

    blocks = TextBlock(
        _l("Các khối dự thi"),
        [InputRequired(), Length(max=2000)],
        description=_l("Mỗi dòng một khối; mỗi khối được xếp hạng và trao giải riêng."),
    )

    def block_names(self) -> list[str]:
        """The blocks as typed."""
        return [line for line in (self.blocks.data or "").split("\n") if line]

    def validate_blocks(self, field: TextBlock) -> None:
        if any(len(name) > 200 for name in self.block_names()):
            raise ValidationError(_("Tên khối dài quá 200 ký tự. Hãy viết gọn lại."))


class BlockForm(Form):
    """The name of a block."""

    name = TextLine(_l("Tên khối"), filled())


class RulesForm(Form):
    """The rules, and from when on."""

    text = TextBlock(
        _l("Nội dung thể lệ"),
        [InputRequired(), Length(max=60000)],
        description=_l("Viết bằng Markdown: ## cho tiêu đề, - cho gạch đầu dòng, **chữ đậm**."),
    )
    effective_at = MomentField(
        _l("Có hiệu lực từ"),
        [Optional()],
        description=_l("Dạng 31/12/2026 08:00. Để trống: có hiệu lực ngay."),
    )


class ConsentForm(Form):
    """A text people agree to."""

    text = TextBlock(_l("Nội dung"), [InputRequired(), Length(max=5000)])


def prefilled(typed: Typed) -> dict[str, Any]:
    """The data of a form that shows these settings."""
    asked = {field.value: Asked.NO.value for field in FIELDS}
    asked |= {field.value: (Asked.REQUIRED if must else Asked.OPTIONAL).value for field, must in typed.fields}
    preset = next((name for name, keys in PRESETS.items() if keys == typed.ranking), CUSTOM)
    places = {f"key_{number}": key.value for number, key in enumerate(typed.ranking, start=1)}
    return {
        "name": typed.name,
        "label": typed.label.value,
        "organiser": typed.organiser,
        "code": typed.code,
        "introduction": typed.introduction,
        "personal_data_until": typed.personal_data_until,
        "ranking": preset,
        "rank_style": typed.rank_style.value,
        "identified_by": typed.identified_by.value,
        "minimum_age": typed.minimum_age,
        "answer_first": typed.answer_first,
        **asked,
        **places,
    }
