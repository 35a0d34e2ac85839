"""Makes what a test needs, straight in the tables, with sensible defaults and only what matters said."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

from argon2 import PasswordHasher
from flask import Flask

from contest.banks.models import Bank, Question, QuestionVersion
from contest.contests.models import (
    Block,
    ConsentText,
    Contest,
    ContestField,
    Paper,
    PaperQuestion,
    RankingLine,
    RecipeLine,
    Round,
    RulesText,
)
from contest.database import Model, db, write_transaction
from contest.participation.models import BlockMeasure
from contest.people.models import Entry, Person
from contest.permissions import Role
from contest.rules import vietnamese
from contest.staff.models import StaffMember
from contest.units.models import Headcount, Unit
from tests.making_questions import choices_of, version_of

PASSWORD = "mot cau de nho"
# A hash says itself how dear it is to check; what passwords cost where people sign in is tested in test_staff.
_PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class Make:
    """Each method commits and returns the row (detached; its columns can be read)."""

    def __init__(self, app: Flask, now: datetime) -> None:
        self.app, self.now, self.serial = app, now, count(1)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.app.app_context(), write_transaction():
            yield

    def add(self, *rows: Model) -> None:
        """Store them, in this order; each has its id afterwards."""
        db.session.add_all(rows)
        db.session.flush()

    def staff(self, role: Role = Role.ADMINISTRATOR, unit_id: int | None = None) -> StaffMember:
        n = next(self.serial)
        member = StaffMember(
            email=f"{role}{n}@example.vn",
            name=f"Cán bộ {n}",
            role=role,
            unit_id=unit_id,
            password_hash=_PASSWORD_HASH,
            session_stamp=secrets.token_hex(4),
            created_at=self.now,
        )
        with self.writing():
            self.add(member)
        return member

    def unit(
        self,
        name: str = "Phường Sen Hồng",
        parent: Unit | None = None,
        *,
        code: str | None = None,
        kind: str = "commune",
        block: str = "",
        officials: int | None = None,
        residents: int | None = None,
    ) -> Unit:
        code = code or f"U{next(self.serial)}"
        unit = Unit(
            code=code,
            name=name,
            kind=kind,
            block=block,
            parent_id=parent.id if parent else None,
            path="",
            depth=parent.depth + 1 if parent else 0,
            search_key=vietnamese.search_key(f"{name} {code}"),
            sort_key=vietnamese.sort_key(name),
        )
        with self.writing():
            self.add(unit)
            unit.path = f"{parent.path if parent else '/'}{unit.id}/"
            for headcount_kind, number in (("officials", officials), ("residents", residents)):
                if number is not None:
                    self.add(
                        Headcount(
                            unit_id=unit.id,
                            kind=headcount_kind,
                            number=number,
                            valid_from=date(2026, 1, 1),
                            source="",
                            entered_at=self.now,
                        )
                    )
        return unit

    def bank(self, questions: int = 10, name: str | None = None, state: str = "approved") -> Bank:
        """A bank whose question n asks "Câu hỏi số n?"; the right choice is (n − 1) mod 4."""
        bank = Bank(name=name or f"Ngân hàng {next(self.serial)}", description="", created_at=self.now)
        with self.writing():
            self.add(bank)
            asked = [
                Question(bank_id=bank.id, number=number, state=state, version=1, place="")
                for number in range(1, questions + 1)
            ]
            self.add(*asked)
            versions = [version_of(question, self.now) for question in asked]
            self.add(*versions)
            self.add(*(choice for version in versions for choice in choices_of(version)))
        return bank

    def measured_by_any(self, contest: Contest) -> None:
        """Everybody is held against whatever headcount their unit is measured by."""
        with self.writing():
            for block in db.session.query(Block).filter_by(contest_id=contest.id):
                self.add(BlockMeasure(block_id=block.id, kind=""))

    def contest(self, code: str = "tim-hieu-cchc", fields: dict[str, bool] | None = None) -> Contest:
        """A published contest with two blocks; asks birth year, unit and block unless told otherwise."""
        contest = Contest(
            code=code,
            name="Tìm hiểu cải cách hành chính năm 2026",
            label="cuoc_thi",
            organiser="Ủy ban nhân dân tỉnh An Bình",
            introduction="",
            rank_style="skip",
            draw_seed="hạt giống",
            personal_data_until=date(2027, 6, 30),
            created_at=self.now,
            published_at=self.now,
        )
        asked = fields if fields is not None else {"birth_year": False, "unit": True, "block": True}
        with self.writing():
            self.add(contest)
            blocks = (("can-bo", "Cán bộ, công chức, viên chức"), ("nguoi-dan", "Người dân"))
            keys = ("score", "prediction", "duration", "handed_in")
            texts = (("take_part", "Tôi đồng ý tham gia."), ("publish", "Tôi đồng ý công bố tên."))
            self.add(
                *(
                    Block(contest_id=contest.id, code=block, name=name, position=position)
                    for position, (block, name) in enumerate(blocks, start=1)
                ),
                *(
                    ContestField(contest_id=contest.id, field=field, required=required, position=position)
                    for position, (field, required) in enumerate(asked.items(), start=1)
                ),
                *(
                    RankingLine(contest_id=contest.id, position=position, key=key)
                    for position, key in enumerate(keys, start=1)
                ),
                RulesText(
                    contest_id=contest.id,
                    version=1,
                    text="Thể lệ.",
                    effective_at=self.now,
                    created_at=self.now,
                ),
                *(
                    ConsentText(contest_id=contest.id, kind=kind, version=1, text=text, created_at=self.now)
                    for kind, text in texts
                ),
            )
        return contest

    def round(
        self,
        contest: Contest | None = None,
        bank: Bank | None = None,
        *,
        code: str | None = None,
        opens: timedelta = timedelta(hours=-1),
        closes: timedelta = timedelta(days=7),
        minutes: int = 30,
        questions: int = 5,
        papers: int = 3,
        attempts: int = 1,
        prediction: str | None = None,
        **changed: object,
    ) -> Round:
        """A published round, open now, with `papers` papers of the bank's first `questions` questions.

        Paper n shows the choices rotated by n − 1, so that letters differ between papers.
        """
        contest = contest or self.contest()
        bank = bank or self.bank(questions)
        values: dict[str, object] = {
            "contest_id": contest.id,
            "number": next(self.serial),
            "name": "Đợt 1",
            "code": code or f"R{next(self.serial):05d}",
            "bank_id": bank.id,
            "opens_at": self.now + opens,
            "closes_at": self.now + closes,
            "minutes": minutes,
            "attempts_allowed": attempts,
            "counting": "best",
            "late_start": "cut",
            "blank_rule": "wrong",
            "shuffle_choices": True,
            "prediction": prediction,
            "papers_wanted": papers,
            "seed": "seed",
            "published_at": self.now + opens,
        } | changed
        round_ = Round(**values)
        with self.writing():
            self.add(round_)
            self.add(RecipeLine(round_id=round_.id, position=1, count=questions, topic="", level=""))
            versions = (
                db.session.query(QuestionVersion.id)
                .join(Question, Question.id == QuestionVersion.question_id)
                .where(Question.bank_id == bank.id)
                .order_by(Question.number)
                .limit(questions)
                .all()
            )
            made = [Paper(round_id=round_.id, number=number) for number in range(1, papers + 1)]
            self.add(*made)
            self.add(
                *(
                    PaperQuestion(
                        paper_id=paper.id,
                        position=position,
                        version_id=version_id,
                        choice_order=",".join(str((shown + paper.number - 1) % 4) for shown in range(4)),
                    )
                    for paper in made
                    for position, (version_id,) in enumerate(versions, start=1)
                )
            )
        return round_

    def entry(
        self,
        contest: Contest,
        name: str = "Nguyễn Văn An",
        unit: Unit | None = None,
        *,
        block: int = 1,
        ranked: bool = True,
        publishes_name: bool = True,
    ) -> Entry:
        """A person entered in the contest; `block` counts the contest's blocks from 1."""
        person = Person(return_code_hash=secrets.token_hex(8), created_at=self.now)
        with self.writing():
            self.add(person)
            block_id = (
                db.session.query(Block.id)
                .where(Block.contest_id == contest.id, Block.position == block)
                .scalar()
            )
            entry = Entry(
                contest_id=contest.id,
                person_id=person.id,
                name=name,
                name_as_typed=name,
                sort_key=vietnamese.name_sort_key(name),
                search_key=vietnamese.search_key(name),
                unit_id=unit.id if unit else None,
                block_id=block_id,
                ranked=ranked,
                publishes_name=publishes_name,
                assisted=False,
                entered_at=self.now,
            )
            self.add(entry)
        return entry
