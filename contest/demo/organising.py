"""The demo's board: accounts, units, one bank of 270 questions, a contest with three rounds, two events."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from contest import history
from contest.awards import actions as award_actions
from contest.awards.actions import TypedAwards
from contest.banks import actions as banks
from contest.banks import draft_actions, question_queries
from contest.banks.models import Bank, QuestionState
from contest.clock import VIETNAM
from contest.contests import actions as contests
from contest.contests import publishing, round_actions, settings_queries, text_actions
from contest.contests.models import Contest, DeclaredField, Label, Round
from contest.contests.round_actions import TypedRound
from contest.contests.rules_text import rules_text
from contest.database import write_transaction
from contest.events import actions as events
from contest.events.models import EventKind
from contest.permissions import Actor, Role
from contest.rules import unit_tree
from contest.rules.collective import Measure
from contest.rules.drawing import RecipeLine
from contest.rules.grading import BlankRule
from contest.rules.prediction import Target
from contest.rules.ranking import Counting, RankStyle
from contest.rules.targets import Tier
from contest.rules.timing import LateStart
from contest.staff import actions as staff
from contest.staff import passwords
from contest.staff import queries as staff_queries
from contest.targets import actions as target_actions
from contest.units import importing
from contest.units import queries as units
from contest.web.addresses import whole_address

CODE = "tim-hieu-cchc-an-binh"
PASSWORD = "thi cai cach"  # noqa: S105  printed for everybody who tries the demo
UNITS = Path(__file__).parent / "units.csv"
BANKS = Path(__file__).parent.parent.parent / "question_banks"
DOMAIN = "anbinh.example.vn"

ACCOUNTS: tuple[tuple[str, str, Role, str | None], ...] = (
    ("Nguyễn Thị Hồng Ánh", "quantri", Role.ADMINISTRATOR, None),
    ("Trần Quốc Bảo", "bantochuc", Role.ORGANISER, None),
    ("Lê Minh Châu", "rade", Role.AUTHOR, None),
    ("Phạm Đức Duy", "thamdinh", Role.REVIEWER, None),
    ("Hoàng Thị Thúy Liên", "senhong", Role.COORDINATOR, "P01"),
    ("Đặng Hữu Phúc", "soyte", Role.COORDINATOR, "S10"),
    ("Vũ Khánh Vân", "xem", Role.VIEWER, None),
)

# A paper of 20, from easy to hard.
RECIPE = [
    RecipeLine(10, level="Nhận biết"),
    RecipeLine(7, level="Thông hiểu"),
    RecipeLine(3, level="Vận dụng"),
]


@dataclass(frozen=True)
class Board:
    """What the demo's people come into."""

    contest: Contest
    past: Round
    open: Round
    coming: Round
    organiser: Actor


def accounts(now: datetime) -> Actor:
    """Make the accounts, all with the printed password; returns the organiser."""
    password_hash = passwords.hashed(PASSWORD)
    with write_transaction():
        for name, mailbox, role, unit in ACCOUNTS:
            unit_id = units.by_code(unit).id if unit else None
            staff.add(name, f"{mailbox}@{DOMAIN}", role, now, unit_id=unit_id, password_hash=password_hash)
    return account("bantochuc")


def account(mailbox: str) -> Actor:
    """Whoever has this mailbox among the demo's accounts."""
    member = staff_queries.by_email(f"{mailbox}@{DOMAIN}")
    actor = staff_queries.actor(member.id) if member else None
    if actor is None:
        raise RuntimeError(f"the account {mailbox} was not made")
    return actor


def tree(now: datetime) -> None:
    """Take the province's table of units in, the way an organiser would."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        table = unit_tree.read(list(csv.reader(file, delimiter=";")))
    with write_transaction():
        importing.take_in(table, history.PROGRAM, date(now.year, 1, 1), now)


def bank(now: datetime, by: Actor) -> Bank:
    """Read the nine question files and take every ready question in, approved."""
    with write_transaction():
        made = banks.create_bank(
            "Ngân hàng câu hỏi cải cách hành chính 2026",
            "270 câu, chín chủ đề, mỗi câu có căn cứ pháp lý.",
            now,
            by.signature,
        )
    for path in sorted(BANKS.glob("0*")):
        file = draft_actions.File(path.name, path.read_bytes())
        examined = draft_actions.examine(draft_actions.read(file), question_queries.texts(made.id))
        prepared = draft_actions.prepare(examined)
        with write_transaction():
            upload = draft_actions.keep(made, file, examined.bank, prepared, now, by.signature)
        for batch in draft_actions.batches(upload.id, ()):
            with write_transaction():
                draft_actions.accept(upload, batch, QuestionState.APPROVED, now, by.signature)
    return made


def contest(made_bank: Bank, now: datetime, by: Actor) -> Board:
    """Set the contest up three weeks ago, with a round that is over, one that is open and one to come."""
    early = now - timedelta(days=21)
    monday = _midnight(now) - timedelta(days=_midnight(now).astimezone(VIETNAM).weekday())
    typed = contests.Typed(
        name="Tìm hiểu cải cách hành chính tỉnh An Bình năm 2026",
        label=Label.CONTEST,
        organiser="Ủy ban nhân dân tỉnh An Bình",
        code=CODE,
        introduction="Cuộc thi dành cho cán bộ, công chức, viên chức, đoàn viên thanh niên và người dân trong tỉnh. "
        "Mỗi tuần một đợt, làm bài trên điện thoại, mất khoảng mười lăm phút.",
        personal_data_until=(now + timedelta(days=240)).astimezone(VIETNAM).date(),
        fields=(
            (DeclaredField.BIRTH_YEAR, True),
            (DeclaredField.PHONE, True),
            (DeclaredField.UNIT, True),
            (DeclaredField.BLOCK, True),
        ),
        ranking=contests.PRESETS["score"],
        rank_style=RankStyle.SKIP,
    )
    blocks = ["Cán bộ, công chức, viên chức", "Đoàn viên thanh niên", "Người dân"]
    with write_transaction():
        made = contests.create(typed, blocks, "An Bình, ngày hội cải cách hành chính 2026", early, by)
    windows = (
        ("Đợt 1", monday - timedelta(days=14), monday - timedelta(days=7)),
        ("Đợt 2", monday, monday + timedelta(days=7)),
        ("Đợt 3", monday + timedelta(days=7), monday + timedelta(days=14)),
    )
    past, now_open, coming = (_round(made, made_bank, *window, early, by) for window in windows)
    with write_transaction():
        address = whole_address("contests.page", code=CODE)
        text = rules_text(settings_queries.contest_settings(made, address))
        text_actions.write_rules(made, text, None, early, by)
    for number, one in enumerate((past, now_open, coming), start=1):
        _publish(one, f"demo-{number}", early, by)
    return Board(made, past, now_open, coming, by)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def _round(
    made: Contest, made_bank: Bank, name: str, opens: datetime, closes: datetime, now: datetime, by: Actor
) -> Round:
    typed = TypedRound(
        name=name,
        opens_at=opens,
        closes_at=closes,
        bank_id=made_bank.id,
        minutes=15,
        attempts_allowed=2,
        counting=Counting.BEST,
        late_start=LateStart.CUT,
        blank_rule=BlankRule.WRONG,
        shuffle_choices=True,
        prediction=Target.PEOPLE,
        papers_wanted=300,
    )
    with write_transaction():
        added = round_actions.add_round(made, typed, 20, f"demo {name}".encode(), now, by)
        round_actions.edit_recipe(added, RECIPE, now, by)
    return added


def _publish(one: Round, seed: str, now: datetime, by: Actor) -> None:
    draft = publishing.draw(one, seed, now)
    with write_transaction():
        publishing.publish(one, draft, now, by)


def targets(board: Board, now: datetime) -> None:
    """What units are to reach, by their size."""
    tiers = (Tier(0, 3000, None), Tier(50, 2500, 15), Tier(100, 2000, None), Tier(1000, None, 40))
    with write_transaction():
        target_actions.set_tiers(board.contest, tiers, (), board.organiser, now)


def awards(board: Board, now: datetime) -> None:
    """Two sets of awards for units from what is published, one of them published too."""
    prizes = {"firsts": 1, "seconds": 2, "thirds": 3, "consolations": 0}
    points = {"first_points": 10, "second_points": 8, "third_points": 6}
    for name, measure, kinds in (
        ("Giải tập thể khối sở, ban, ngành", Measure.RATE, "department"),
        ("Giải tập thể khối xã, phường", Measure.POINTS, "commune,special_zone"),
    ):
        with write_transaction():
            typed = TypedAwards(name, measure, kinds, **prizes, **points, floor=False)
            scheme = award_actions.add(typed, board.contest, board.organiser, now)
            sheet = award_actions.draft(scheme, board.contest, board.organiser, now)
            if measure == Measure.RATE:
                award_actions.publish(sheet, board.contest, board.organiser, now)


def gatherings(board: Board, now: datetime) -> None:
    """Three events with their own QR, and posters for four units."""
    with write_transaction():
        for round_, name, kind, place, host, start in (
            (board.past, "Lễ phát động cuộc thi", EventKind.LAUNCH, "Hội trường Ủy ban nhân dân tỉnh", "S01",
             board.past.opens_at + timedelta(hours=8)),
            (board.past, "Ngày hội công dân số phường Sen Hồng", EventKind.FESTIVAL, "Nhà văn hóa phường Sen Hồng",
             "P01", board.past.opens_at + timedelta(days=5, hours=8)),
            (board.open, "Sinh hoạt chuyên đề cải cách hành chính", EventKind.TALK, "Hội trường Sở Y tế", "S10",
             board.open.opens_at + timedelta(days=4, hours=8)),
        ):  # fmt: skip
            facts = events.EventFacts(
                name, kind, place, start, start + timedelta(hours=3), units.by_code(host), leads_for_host=True
            )
            events.add_event(round_, facts, name.encode(), now - timedelta(days=20), board.organiser)
        chosen = [units.by_code(code) for code in ("P01", "P02", "X01", "S10")]
        events.doors_for_units(board.open, chosen, b"demo doors", now, board.organiser)
