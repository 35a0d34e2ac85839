"""What still keeps a round from opening, and what to do about it: one pure function."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from contest.clock import VIETNAM
from contest.contests.models import ConsentKind, DeclaredField
from contest.contests.moments import typed_closing, typed_day, typed_moment
from contest.language import Text, _
from contest.rules.drawing import Candidate, RecipeLine, Shortage, shortage
from contest.rules.ranking import RankingKey

QUICKEST_SECONDS = 10
NEARLY_ALL = 0.9


class State(StrEnum):
    """OK: nothing to do. LOOK: may be meant so. STOP: the round cannot open like this."""

    OK = "ok"
    LOOK = "look"
    STOP = "stop"


class Place(StrEnum):
    """Where it can be mended."""

    SETTINGS = "settings"
    ROUND = "round"
    RECIPE = "recipe"
    RULES = "rules"
    BANK = "bank"


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist."""

    state: State
    sentence: Text
    place: Place


@dataclass(frozen=True)
class Plan:
    """Everything the checklist looks at. `without_key` numbers approved questions that cannot be marked."""

    now: datetime
    opens_at: datetime
    closes_at: datetime
    minutes: int
    papers_wanted: int
    attempts_allowed: int
    asks_prediction: bool
    recipe: tuple[RecipeLine, ...]
    candidates: tuple[Candidate, ...]
    without_key: tuple[int, ...]
    blocks: int
    fields: frozenset[DeclaredField]
    ranking: tuple[RankingKey, ...]
    rules_text: str | None
    consents: frozenset[ConsentKind]
    personal_data_until: date

    @property
    def questions(self) -> int:
        return sum(line.count for line in self.recipe)


def checklist(plan: Plan) -> list[CheckItem]:
    """Every check with its outcome; the round may open when none says STOP."""
    return [
        *_time(plan),
        *_questions(plan),
        *_papers(plan),
        *_people(plan),
        *_texts(plan),
    ]


def may_open(items: Sequence[CheckItem]) -> bool:
    """Whether nothing stands in the way."""
    return all(item.state is not State.STOP for item in items)


def _time(plan: Plan) -> list[CheckItem]:
    opens, closes = typed_moment(plan.opens_at), typed_closing(plan.closes_at)
    if plan.closes_at <= plan.now:
        sentence = _(
            "Thời gian của đợt thi đã qua (đóng lúc %(closes)s). Hãy đặt lại giờ mở và giờ đóng.",
            closes=closes,
        )
        return [CheckItem(State.STOP, sentence, Place.ROUND)]
    items = [
        CheckItem(
            State.OK, _("Mở lúc %(opens)s, đóng lúc %(closes)s.", opens=opens, closes=closes), Place.ROUND
        )
    ]
    if plan.opens_at <= plan.now:
        sentence = _("Giờ mở (%(opens)s) đã qua: đợt thi mở ngay khi công bố.", opens=opens)
        items.append(CheckItem(State.LOOK, sentence, Place.ROUND))
    if plan.closes_at - plan.opens_at < timedelta(minutes=plan.minutes):
        sentence = _("Đợt thi ngắn hơn thời gian làm một bài. Hãy xem lại giờ đóng.")
        items.append(CheckItem(State.LOOK, sentence, Place.ROUND))
    if 1 <= plan.closes_at.astimezone(VIETNAM).hour < 6:
        sentence = _("Đợt thi đóng lúc %(closes)s, giữa đêm. Hãy kiểm tra giờ đóng.", closes=closes)
        items.append(CheckItem(State.LOOK, sentence, Place.ROUND))
    return items


def _questions(plan: Plan) -> list[CheckItem]:
    if not plan.recipe:
        sentence = _("Chưa có cấu trúc đề. Hãy chọn số câu cần lấy từ ngân hàng.")
        return [CheckItem(State.STOP, sentence, Place.RECIPE)]
    items = [
        CheckItem(State.STOP, _short(gap, plan), Place.RECIPE)
        for gap in shortage(plan.candidates, plan.recipe)
    ]
    if not items:
        sentence = _(
            "Ngân hàng có %(available)s câu dùng được cho đề %(questions)s câu.",
            available=len(plan.candidates),
            questions=plan.questions,
        )
        items.append(CheckItem(State.OK, sentence, Place.BANK))
    if plan.without_key:
        sentence = _(
            "%(count)s câu dùng được chưa có đáp án (câu số %(numbers)s). Hãy chọn đáp án hoặc rút các câu này khỏi ngân hàng.",
            count=len(plan.without_key),
            numbers=", ".join(map(str, plan.without_key[:10])),
        )
        items.append(CheckItem(State.STOP, sentence, Place.BANK))
    return items + _worth_a_look(plan)


def _short(gap: Shortage, plan: Plan) -> Text:
    lines = [plan.recipe[index] for index in gap.lines]
    return _(
        "Thiếu %(missing)s câu: %(lines)s cần %(wanted)s câu, ngân hàng có %(available)s câu dùng được. "
        "Hãy duyệt thêm câu hỏi hoặc giảm số câu.",
        missing=gap.missing,
        wanted=gap.wanted,
        available=gap.available,
        lines="; ".join(" · ".join(filter(None, (line.topic, line.level))) or "*" for line in lines),
    )


def _worth_a_look(plan: Plan) -> list[CheckItem]:
    items = []
    used = plan.questions / len(plan.candidates) if plan.candidates else 0
    if NEARLY_ALL <= used <= 1:
        sentence = _(
            "Mỗi đề dùng gần hết ngân hàng (%(questions)s trong %(available)s câu): các mã đề gần như giống nhau.",
            questions=plan.questions,
            available=len(plan.candidates),
        )
        items.append(CheckItem(State.LOOK, sentence, Place.BANK))
    if plan.minutes * 60 < plan.questions * QUICKEST_SECONDS:
        sentence = _(
            "Trung bình chưa đến 10 giây một câu (%(minutes)s phút cho %(questions)s câu). Hãy tăng số phút.",
            minutes=plan.minutes,
            questions=plan.questions,
        )
        items.append(CheckItem(State.LOOK, sentence, Place.ROUND))
    return items


def _papers(plan: Plan) -> list[CheckItem]:
    if plan.papers_wanted < plan.attempts_allowed:
        sentence = _(
            "Có %(papers)s mã đề cho %(attempts)s lượt thi: lượt sau sẽ gặp lại đề cũ. Hãy tăng số mã đề.",
            papers=plan.papers_wanted,
            attempts=plan.attempts_allowed,
        )
        return [CheckItem(State.STOP, sentence, Place.ROUND)]
    sentence = _("Sẽ lập %(papers)s mã đề.", papers=plan.papers_wanted)
    return [CheckItem(State.OK, sentence, Place.ROUND)]


def _people(plan: Plan) -> list[CheckItem]:
    if plan.blocks == 0:
        sentence = _("Chưa có khối dự thi. Hãy thêm ít nhất một khối.")
        return [CheckItem(State.STOP, sentence, Place.SETTINGS)]
    items = [CheckItem(State.OK, _("Số khối dự thi: %(blocks)s.", blocks=plan.blocks), Place.SETTINGS)]
    if plan.blocks > 1 and DeclaredField.BLOCK not in plan.fields:
        sentence = _(
            "Có nhiều khối nhưng không hỏi người dự thi thuộc khối nào. Hãy hỏi khối, hoặc chỉ để một khối."
        )
        items.append(CheckItem(State.STOP, sentence, Place.SETTINGS))
    if DeclaredField.UNIT not in plan.fields:
        sentence = _("Không hỏi đơn vị: sẽ không có số liệu tham gia theo đơn vị.")
        items.append(CheckItem(State.LOOK, sentence, Place.SETTINGS))
    if not plan.fields & {DeclaredField.PHONE, DeclaredField.STAFF_CODE}:
        sentence = _(
            "Không hỏi số điện thoại hay mã cán bộ: một người có thể dự thi nhiều lần bằng nhiều thiết bị."
        )
        items.append(CheckItem(State.LOOK, sentence, Place.SETTINGS))
    return items + _prediction(plan)


def _prediction(plan: Plan) -> list[CheckItem]:
    compared = RankingKey.PREDICTION in plan.ranking
    if plan.asks_prediction and not compared:
        sentence = _(
            "Có câu dự đoán nhưng thứ tự xếp hạng không dùng đến. Hãy thêm vào cách xếp hạng hoặc bỏ câu này."
        )
        return [CheckItem(State.LOOK, sentence, Place.SETTINGS)]
    if compared and not plan.asks_prediction:
        sentence = _(
            "Xếp hạng có so số dự đoán nhưng đợt thi không có câu dự đoán. Hãy thêm câu dự đoán nếu cần."
        )
        return [CheckItem(State.LOOK, sentence, Place.ROUND)]
    return []


def _texts(plan: Plan) -> list[CheckItem]:
    items = [_rules(plan)]
    if plan.consents != frozenset(ConsentKind):
        sentence = _("Thiếu nội dung đồng ý về dữ liệu cá nhân. Hãy viết ở bước Thể lệ.")
        items.append(CheckItem(State.STOP, sentence, Place.RULES))
    if plan.personal_data_until <= plan.closes_at.astimezone(VIETNAM).date():
        sentence = _(
            "Dữ liệu cá nhân bị xóa trước khi đợt thi đóng (%(until)s). Hãy chọn một ngày muộn hơn.",
            until=typed_day(plan.personal_data_until),
        )
        items.append(CheckItem(State.STOP, sentence, Place.SETTINGS))
    return items


def _rules(plan: Plan) -> CheckItem:
    if not plan.rules_text:
        return CheckItem(
            State.STOP, _("Chưa có thể lệ. Hãy tạo thể lệ từ thiết lập rồi đọc lại."), Place.RULES
        )
    if not _says_when(plan.rules_text, plan):
        sentence = _(
            "Thể lệ chưa nêu đúng ngày mở và ngày đóng của đợt thi này. Hãy tạo lại hoặc sửa thể lệ."
        )
        return CheckItem(State.LOOK, sentence, Place.RULES)
    return CheckItem(State.OK, _("Đã có thể lệ, nêu đúng thời gian của đợt thi."), Place.RULES)


def _says_when(text: str, plan: Plan) -> bool:
    last_day = plan.closes_at - timedelta(
        microseconds=1
    )  # "24 giờ ngày 11" and "0 giờ ngày 12" are both said
    ends = {typed_day(moment.astimezone(VIETNAM)) for moment in (plan.closes_at, last_day)}
    return typed_day(plan.opens_at.astimezone(VIETNAM)) in text and any(day in text for day in ends)
