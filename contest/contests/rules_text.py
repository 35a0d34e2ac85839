"""The rules (thể lệ) and the consents, written from the settings in the form Vietnamese organisers use.

They are Vietnamese whatever language the page is shown in: they are documents, issued by decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contest.contests.models import DeclaredField, Label
from contest.contests.moments import spoken_end, spoken_moment, typed_day
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting, RankingKey, RankStyle, rule_in_words
from contest.rules.timing import LateStart


@dataclass(frozen=True)
class RoundSettings:
    """What the rules say of a round. `questions` is the number on a paper."""

    name: str
    opens_at: datetime
    closes_at: datetime
    questions: int
    minutes: int
    attempts_allowed: int
    counting: Counting
    late_start: LateStart
    blank_rule: BlankRule
    shuffle_choices: bool
    prediction: Target | None


@dataclass(frozen=True)
class ContestSettings:
    """What the rules say of a contest; `address` is where it is found, `fields` what is asked."""

    name: str
    label: Label
    organiser: str
    address: str
    blocks: tuple[str, ...]
    fields: tuple[DeclaredField, ...]
    ranking: tuple[RankingKey, ...]
    rank_style: RankStyle
    draw_seed: str
    personal_data_until: date
    rounds: tuple[RoundSettings, ...]
    minimum_age: int | None = None
    answer_first: bool = False

    @property
    def called(self) -> str:
        """What the organiser calls it, inside a sentence."""
        return {Label.CONTEST: "cuộc thi", Label.FESTIVAL: "hội thi"}[self.label]


_FIELD_WORDS = {
    DeclaredField.BIRTH_YEAR: "năm sinh",
    DeclaredField.BIRTH_DATE: "ngày sinh",
    DeclaredField.PHONE: "số điện thoại",
    DeclaredField.STAFF_CODE: "mã cán bộ",
    DeclaredField.ADDRESS: "địa chỉ",
    DeclaredField.UNIT: "đơn vị",
    DeclaredField.SECOND_UNIT: "đơn vị sinh hoạt thứ hai",
    DeclaredField.BLOCK: "khối dự thi",
}
_TARGET_WORDS = {
    Target.ALL_RIGHT_PEOPLE: "số người trả lời đúng tất cả các câu hỏi của đợt thi",
    Target.PEOPLE: "số người tham gia đợt thi",
    Target.ATTEMPTS: "số lượt thi của đợt thi",
    Target.PERCENTAGE: "tỷ lệ phần trăm người trả lời đúng tất cả các câu hỏi trên tổng số người dự thi của đợt",
}
_COUNTING_WORDS = {
    Counting.BEST: "lượt có kết quả tốt nhất (nhiều câu đúng hơn, sau đó là thời gian ngắn hơn)",
    Counting.LAST: "lượt thi cuối cùng",
    Counting.FIRST: "lượt thi đầu tiên",
}
_LATE_WORDS = {
    LateStart.CUT: "Bài đang làm khi đợt thi đóng được tự động nộp tại thời điểm đóng.",
    LateStart.RUN: "Người bắt đầu trước thời điểm đóng vẫn được làm đủ thời gian của bài thi.",
}
_BLANK_WORDS = {
    BlankRule.WRONG: "Câu bỏ trống được tính là câu trả lời sai.",
    BlankRule.VOID: "Bài thi còn câu bỏ trống không được tính điểm.",
}


def rules_text(contest: ContestSettings) -> str:
    """The whole rules as Markdown, in ten articles."""
    articles = (
        ("Mục đích", _purpose(contest)),
        ("Đối tượng dự thi", _who(contest)),
        ("Thời gian", _when(contest)),
        ("Cách tham gia", _how(contest)),
        ("Bài thi", _papers(contest)),
        ("Kết quả và xếp hạng", _ranking(contest)),
        ("Giải thưởng", _prizes(contest)),
        ("Bảo vệ dữ liệu cá nhân", _personal_data(contest)),
        ("Những việc không được làm", _forbidden(contest)),
        ("Khiếu nại và hiệu lực", _complaints(contest)),
    )
    numbered = (
        f"## Điều {number}. {title}\n\n{text}" for number, (title, text) in enumerate(articles, start=1)
    )
    return "\n\n".join((f"**Thể lệ {contest.called} “{contest.name}”**", *numbered))


def take_part_consent(contest: ContestSettings) -> str:
    """What everybody who takes part agrees to."""
    return (
        f"Tôi tự nguyện tham gia {contest.called} “{contest.name}” và đồng ý để {contest.organiser} xử lý "
        f"họ và tên{_listed(contest.fields)} cùng kết quả bài thi của tôi nhằm tổ chức {contest.called}, "
        f"xếp hạng, trao giải và thống kê số người tham gia. Dữ liệu được lưu đến ngày "
        f"{typed_day(contest.personal_data_until)}, sau đó được khử nhận dạng. Tôi có quyền xem, sửa, nhận bản sao, "
        "yêu cầu xóa dữ liệu và rút lại sự đồng ý bất cứ lúc nào."
    )


def publish_consent(contest: ContestSettings) -> str:
    """What one may agree to besides: to be named in public."""
    return (
        f"Tôi đồng ý để {contest.organiser} công bố họ và tên, đơn vị và kết quả của tôi trong bảng kết quả "
        f"của {contest.called}. Nếu không đồng ý, tôi vẫn được dự thi và xếp hạng; tên của tôi được viết tắt."
    )


def _listed(fields: Sequence[DeclaredField]) -> str:
    return "".join(f", {_FIELD_WORDS[field]}" for field in fields)


def _purpose(contest: ContestSettings) -> str:
    return (
        f"{contest.called.capitalize()} do {contest.organiser} tổ chức nhằm tuyên truyền, nâng cao hiểu biết "
        "của cán bộ, công chức, viên chức và người dân về cải cách hành chính."
    )


def _who(contest: ContestSettings) -> str:
    blocks = "\n".join(f"- {name}" for name in contest.blocks)
    return (
        f"Người dự thi được xếp hạng riêng theo từng khối:\n\n{blocks}\n\n{_age(contest)}"
        "Thành viên Ban Tổ chức, Tổ ra đề, Tổ thẩm định và bộ phận kỹ thuật không được xét giải."
    )


def _age(contest: ContestSettings) -> str:
    if contest.minimum_age is None:
        return ""
    return f"Người dự thi từ đủ {contest.minimum_age} tuổi trở lên tính đến ngày vào thi.\n\n"


def _when(contest: ContestSettings) -> str:
    rounds = "\n".join(
        f"- **{one.name}**: từ {spoken_moment(one.opens_at)} đến {spoken_end(one.closes_at)}."
        for one in contest.rounds
    )
    return f"{rounds or '- Thời gian các đợt thi do Ban Tổ chức thông báo.'}\n\nThời gian tính theo giờ Việt Nam, theo đồng hồ của máy chủ."


def _how(contest: ContestSettings) -> str:
    fields = _listed(contest.fields)
    found = f"Mở địa chỉ {contest.address}, quét mã QR hoặc nhập mã ngắn của đợt thi. Không cần tài khoản."
    declare = f"Khai họ và tên{fields}. Người khai sai thông tin không được xét giải."
    agree = "Đọc và chọn nội dung đồng ý, sau đó giữ mã quay lại để làm tiếp trên thiết bị khác khi cần."
    answer = (
        "Làm bài và nộp bài. Mỗi câu trả lời được lưu ngay; mất mạng hoặc đóng trình duyệt vẫn làm tiếp được "
        "khi thời gian làm bài chưa hết. Hết giờ, bài được tự động nộp."
    )
    later = (
        f"Sau khi nộp bài, người muốn được xếp hạng khai họ và tên{fields}, chậm nhất 30 phút sau khi đợt thi "
        "đóng. Bài không khai được tính là một người tham gia, không xếp hạng và không tính cho đơn vị nào. "
        "Người khai sai thông tin không được xét giải."
    )
    steps = (found, agree, answer, later) if contest.answer_first else (found, declare, agree, answer)
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _papers(contest: ContestSettings) -> str:
    if not contest.rounds:
        return "Số câu hỏi, thời gian làm bài và số lượt thi của mỗi đợt do Ban Tổ chức thông báo."
    said = [_paper(one) for one in contest.rounds]
    if len(set(said)) == 1:
        return said[0]
    return "\n\n".join(f"**{one.name}.** {text}" for one, text in zip(contest.rounds, said, strict=True))


def _paper(one: RoundSettings) -> str:
    turns = (
        "Mỗi người được dự thi 1 lượt trong đợt."
        if one.attempts_allowed == 1
        else f"Mỗi người được dự thi nhiều nhất {one.attempts_allowed} lượt trong đợt; kết quả được tính theo "
        f"{_COUNTING_WORDS[one.counting]}."
    )
    return " ".join(
        (
            f"Mỗi bài thi gồm {one.questions} câu hỏi trắc nghiệm{_and_prediction(one)}, làm trong {one.minutes} phút.",
            turns,
            "Đề thi được chọn ngẫu nhiên trong các mã đề lập trước khi đợt thi mở"
            + ("; thứ tự câu hỏi và phương án khác nhau giữa các mã đề." if one.shuffle_choices else "."),
            _BLANK_WORDS[one.blank_rule],
            _LATE_WORDS[one.late_start],
        )
    )


def _and_prediction(one: RoundSettings) -> str:
    return f" và 1 câu dự đoán {_TARGET_WORDS[one.prediction]}" if one.prediction else ""


def _ranking(contest: ContestSettings) -> str:
    draw = (
        f" Chuỗi dùng để bốc thăm được công bố trước là `{contest.draw_seed}`; thứ tự là SHA-256 của "
        "`chuỗi:số thứ tự người dự thi`, số nhỏ hơn đứng trước."
        if RankingKey.DRAW in contest.ranking
        else ""
    )
    return (
        f"{rule_in_words(contest.ranking, contest.rank_style)}{draw}\n\n"
        "Sau khi nộp bài, người dự thi được biết số câu đúng và thời gian làm bài. Đáp án, giải thích và căn cứ "
        "pháp lý được công bố sau khi đợt thi đóng. Kết quả chính thức do Ban Tổ chức rà soát và công bố."
    )


def _prizes(contest: ContestSettings) -> str:
    return (
        "Mỗi khối có giải Nhất, giải Nhì, giải Ba và giải Khuyến khích cho cá nhân; giải tập thể dành cho đơn vị "
        f"có thành tích tham gia tốt. Số lượng và giá trị giải thưởng theo quyết định của {contest.organiser}."
    )


def _personal_data(contest: ContestSettings) -> str:
    return (
        "Dữ liệu cá nhân được xử lý theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số "
        f"356/2025/NĐ-CP. Ban Tổ chức chỉ thu thập họ và tên{_listed(contest.fields)} và kết quả bài thi, dùng "
        "để tổ chức, xếp hạng, trao giải và thống kê. Hệ thống ghi thời điểm bắt đầu, từng câu trả lời, thời "
        "điểm nộp bài và lối vào (mã QR) để bảo đảm công bằng.\n\n"
        "Tên chỉ được công bố khi người dự thi đồng ý riêng về việc này. Người dự thi có quyền xem, sửa, nhận bản "
        f"sao và yêu cầu xóa dữ liệu của mình. Sau ngày {typed_day(contest.personal_data_until)}, dữ liệu nhận "
        "dạng bị xóa, chỉ giữ lại số liệu thống kê."
    )


def _forbidden(contest: ContestSettings) -> str:
    return (
        "Không khai hộ người không tham gia, không dùng công cụ tự động để trả lời, không can thiệp vào hệ thống. "
        "Ban Tổ chức xem xét và có quyền loại khỏi bảng xếp hạng những bài vi phạm, nêu rõ lý do."
    )


def _complaints(contest: ContestSettings) -> str:
    return (
        "Khiếu nại về câu hỏi hoặc kết quả gửi đến Ban Tổ chức trong 5 ngày làm việc kể từ ngày công bố kết quả; "
        "Ban Tổ chức trả lời bằng văn bản. Khi một câu hỏi có sai sót, Ban Tổ chức công bố cách xử lý và xếp hạng "
        "lại cho mọi người dự thi.\n\n"
        "Thể lệ có thể được điều chỉnh; mỗi lần điều chỉnh là một phiên bản ghi rõ thời điểm có hiệu lực, các phiên "
        f"bản cũ vẫn xem được. Quyết định của Ban Tổ chức {contest.called} là quyết định cuối cùng."
    )
