"""What a staff member is told to do next, made from what was found; one sentence and one way on each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from contest.banks.sources import BankAged
from contest.clock import VIETNAM
from contest.contests.models import Contest
from contest.desk.queries import BankLine, Begun, DraftLine, RoundLine, SheetLine
from contest.language import Text, _
from contest.permissions import Actor, Permission


@dataclass(frozen=True)
class Need:
    """One thing to do. `kind` is "now" or "soon"; `endpoint` with `values` is where it is done."""

    kind: str
    text: Text
    action: Text
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)


def by_pressure(need: Need) -> bool:
    """What is to be done now comes before what is soon; within each in the order found."""
    return need.kind != "now"


@dataclass(frozen=True)
class Step:
    """One of the first steps of a new installation."""

    label: Text
    text: Text
    action: Text
    endpoint: str
    done: bool = False


UNITS = Step(
    _("Đơn vị"),
    _("Bắt đầu bằng danh sách đơn vị dự thi: một tệp Excel với mã, tên, cấp trên và số người."),
    _("Nhập cây đơn vị"),
    "units.tables.upload",
)
QUESTIONS = Step(
    _("Ngân hàng câu hỏi"),
    _("Tải lên tệp Word hoặc Excel đang có; từng câu được hiện ra để xem lại trước khi nhận."),
    _("Tải ngân hàng câu hỏi lên"),
    "banks.index",
)
CONTEST = Step(
    _("Cuộc thi"),
    _("Đặt tên cuộc thi, chọn các đợt, số câu và thời gian làm bài. Chưa ai thấy cho đến khi công bố."),
    _("Tạo cuộc thi"),
    "contests_desk.create",
)


def _at(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def of_drafts(lines: Iterable[DraftLine]) -> Iterable[Need]:
    """Questions of imported files that cannot be accepted as they were read."""
    for line in lines:
        text = _("%(count)s câu cần xem lại trong tệp %(file)s.", count=line.doubtful, file=line.filename)
        yield Need("now", text, _("Xem lại câu hỏi"), "banks.drafts.page", {"import_id": line.import_id})


def of_banks(lines: Iterable[BankLine]) -> Iterable[Need]:
    """Questions that wait for a reviewer."""
    for line in lines:
        text = _("%(count)s câu chờ duyệt trong “%(bank)s”.", count=line.waiting, bank=line.name)
        values = {"bank_id": line.bank_id, "state": "proposed"}
        yield Need("now", text, _("Duyệt câu hỏi"), "banks.page", values)


def of_aged(lines: Iterable[BankAged]) -> Iterable[Need]:
    """Questions whose source has ended or soon will, or that name what is no more."""
    for line in lines:
        text = _("%(count)s câu của “%(bank)s” cần rà soát căn cứ.", count=line.count, bank=line.name)
        yield Need("soon", text, _("Rà soát"), "banks.aged", {"bank_id": line.bank_id})


def of_rounds(lines: Iterable[RoundLine], actor: Actor, now: datetime) -> Iterable[Need]:
    """Rounds whose hour is near: to be published, or to be made known."""
    for line in lines:
        round_, contest = line.round, line.contest
        said = {"round": round_.name, "contest": contest.name, "at": _at(round_.opens_at)}
        if round_.published_at is None:
            if actor.may(Permission.CONTEST_EDIT):
                text = _("%(round)s của “%(contest)s” mở lúc %(at)s mà chưa công bố.", **said)
                yield Need("now", text, _("Xem và công bố"), "contests_desk.show", {"contest_id": contest.id})
        elif round_.opens_at > now and actor.may(Permission.EVENT_VIEW):
            text = _("%(round)s của “%(contest)s” mở lúc %(at)s.", **said)
            yield Need("soon", text, _("Mã QR và áp phích"), "events_desk.round", {"round_id": round_.id})


def of_sheets(lines: Iterable[SheetLine]) -> Iterable[Need]:
    """Standings that the program has drafted."""
    for line in lines:
        text = _(
            "Kết quả %(round)s của “%(contest)s” (bản %(version)s) chờ xem và công bố.",
            round=line.round_name,
            contest=line.contest_name,
            version=line.version,
        )
        yield Need("now", text, _("Xem kết quả"), "results_desk.sheet", {"round_id": line.round_id})


def of_units(uncounted: int) -> Iterable[Need]:
    """Units without a headcount: their rate cannot be told."""
    if uncounted:
        text = _("%(count)s đơn vị chưa có số người nên chưa tính được tỷ lệ.", count=uncounted)
        yield Need("soon", text, _("Ghi số người"), "units.index", {"show": "uncounted"})


def of_pairs(lines: Iterable[tuple[Contest, int]]) -> Iterable[Need]:
    """People who may be somebody on the unit's list, and whom only its coordinator knows."""
    for contest, count in lines:
        text = _(
            "%(count)s cặp người dự thi và người trong danh sách của “%(contest)s” chờ bạn xác nhận.",
            count=count,
            contest=contest.name,
        )
        yield Need(
            "soon", text, _("Xem từng cặp rồi quyết định"), "rosters.pairs", {"contest_id": contest.id}
        )


def of_offers(count: int) -> Iterable[Need]:
    """People whom another unit hands over."""
    if count:
        text = _("%(count)s người được chuyển đến, chờ đơn vị bạn nhận.", count=count)
        yield Need("now", text, _("Xem và trả lời"), "corrections.index")


def first_steps(begun: Begun, actor: Actor) -> list[Step]:
    """What this person can do to begin, in order, the steps already taken too; none when it is not theirs."""
    steps = (
        (Permission.UNIT_EDIT, UNITS, begun.units),
        (Permission.BANK_EDIT, QUESTIONS, begun.questions),
        (Permission.CONTEST_EDIT, CONTEST, begun.contests),
    )
    return [replace(step, done=done) for permission, step, done in steps if actor.may(permission)]
