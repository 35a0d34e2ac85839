"""The demo's reports: asked for after the first round, some approved, some waiting, some missing."""

from datetime import datetime, timedelta

from contest.clock import VIETNAM
from contest.contests.models import Round
from contest.database import write_transaction
from contest.demo.organising import Board
from contest.permissions import Actor
from contest.reports import actions, gathering, queries
from contest.reports.actions import Declared, Wish
from contest.reports.evidence import Evidence, checked
from contest.rules import report_check
from contest.rules.counting import Tally
from contest.rules.official import Body, Letterhead
from contest.rules.reporting import Way
from contest.units import queries as units
from contest.units.models import Unit

SIGNATURES = b"%PDF-1.4\n% An invented list of people who signed.\n%%EOF\n"
MINUTES = b"%PDF-1.4\n% A few invented minutes of a gathering.\n%%EOF\n"
ORGANISER = Letterhead(
    Body.STATE, "Ủy ban nhân dân tỉnh An Bình", "Ban tổ chức cuộc thi", "BC-BTC", "An Bình",
    "TM. Ban tổ chức\nTrưởng ban", "Nguyễn Thị Hồng Ánh", "Ủy ban nhân dân tỉnh (để báo cáo)\nLưu: VT",
)  # fmt: skip
WARD = Letterhead(
    Body.STATE, "Tỉnh An Bình", "Ủy ban nhân dân phường Sen Hồng", "BC-UBND", "Sen Hồng",
    "TM. Ủy ban nhân dân\nChủ tịch", "Hoàng Thị Thúy Liên", "Ban tổ chức cuộc thi\nLưu: VT",
)  # fmt: skip


def reports(board: Board, now: datetime) -> None:
    """A call on the round that is over, answered by most units; and one on the open round, still in time."""
    due = now - timedelta(days=1)
    asked = board.past.closes_at + timedelta(hours=2)
    with write_transaction():
        for unit_id, head in ((0, ORGANISER), (units.by_code("P01").id, WARD)):
            actions.keep_letterhead(unit_id, head, asked, board.organiser)
        call_id = _ask(board.past, "Báo cáo kết quả tham gia đợt 1", due, asked, board.organiser)
        _ask(board.open, "Báo cáo kết quả tham gia đợt 2", now + timedelta(days=6), now, board.organiser)
    for place, unit in enumerate(_below_the_top()):
        with write_transaction():
            _answer(call_id, unit, place, board, due)


def _ask(round_: Round, name: str, due: datetime, now: datetime, by: Actor) -> int:
    local = due.astimezone(VIETNAM).replace(hour=17, minute=0, second=0, microsecond=0)
    note = "Kèm biên bản hoặc danh sách ký tên của từng buổi thi tại hội trường."
    return actions.ask(round_.contest_id, round_.id, Wish(name, local, 1, note), now, by).id


def _below_the_top() -> list[Unit]:
    everything = units.everything()
    top = next(unit for unit in everything if unit.parent_id is None)
    return [unit for unit in everything if unit.parent_id == top.id]


def _proofs(several: bool) -> list[Evidence]:
    """Minutes; of some gatherings the list with signatures too."""
    found = [checked("bien-ban.pdf", MINUTES)]
    return [*found, checked("danh-sach-ky-ten.pdf", SIGNATURES)] if several else found


def _answer(call_id: int, unit: Unit, place: int, board: Board, due: datetime) -> None:
    """One unit in five has said nothing yet; the demo's own coordinators find theirs begun."""
    own = unit.code in ("P01", "S10")
    if place % 5 == 4 and not own:
        return
    at = due - timedelta(hours=30 - place) if place % 7 else due + timedelta(hours=20)
    report = actions.writing(call_id, unit.id, at)
    if place % 3 == 0 or own:
        held = board.past.closes_at.astimezone(VIETNAM).date() - timedelta(days=2)
        people = 24 + 7 * (place % 5)
        declared = Declared(Way.HALL, held, f"Hội trường {unit.name}", Tally(people, people))
        count = actions.add_count(report, declared, _proofs(own), at)
        if unit.code != "P01":
            # The ward's own report still asks its coordinator.
            actions.settle_typed(report, {f"repeated:{count.id}": str(place % 5)})
    if unit.code == "P01":
        return
    line = queries.call(call_id)
    found = gathering.situation(gathering.sight(line, unit.path, at, draft_of=unit.id), unit.id)
    answers = {one.key: "Đã đối chiếu với danh sách của đơn vị." for one in report_check.questions(found)}
    actions.send(report, found, answers, at, board.organiser)
    if unit.code == "S10":
        note = "Số người tại hội trường chưa khớp với danh sách ký tên. Đề nghị rà soát."
        actions.give_back(report, note, at + timedelta(hours=3), board.organiser)
    elif place % 2:
        actions.approve(report, at + timedelta(hours=5), board.organiser)
