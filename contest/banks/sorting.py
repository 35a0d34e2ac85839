"""Many questions at once: another topic or level, more or fewer tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, inspect, select

from contest import history
from contest.banks import queries, question_queries, tag_actions, tag_queries
from contest.banks.actions import subject
from contest.banks.models import Choice, QuestionVersion, VersionPicture
from contest.banks.question_queries import QuestionRow
from contest.database import Model, db
from contest.permissions import Actor
from contest.rules import vietnamese

# So many in one transaction: answers of a running round are saved in between.
A_BATCH = 250


@dataclass(frozen=True)
class Sorting:
    """What the questions get; "" and no tags leave things as they are."""

    topic: str = ""
    level: str = ""
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change, whatever the questions."""
        return self == Sorting()

    def tags(self, before: Sequence[str]) -> tuple[str, ...]:
        """A question's tags afterwards."""
        dropped = {vietnamese.fold(tag) for tag in self.drop_tags}
        kept = [tag for tag in before if vietnamese.fold(tag) not in dropped]
        known = {vietnamese.fold(tag) for tag in kept}
        return (*kept, *(tag for tag in self.add_tags if vietnamese.fold(tag) not in known))

    def moves(self, version: QuestionVersion) -> bool:
        """Whether the question gets another topic or level, and so a new version."""
        return (self.topic or version.topic, self.level or version.level) != (version.topic, version.level)


@dataclass(frozen=True)
class Sorted:
    """How many questions get a new version, how many other tags, how many stay as they are."""

    moved: int = 0
    retagged: int = 0
    unchanged: int = 0

    def __add__(self, other: "Sorted") -> "Sorted":
        return Sorted(
            self.moved + other.moved, self.retagged + other.retagged, self.unchanged + other.unchanged
        )


def foreseen(question_ids: Sequence[int], sorting: Sorting) -> Sorted:
    """What `sort` would do, in numbers."""
    rows, tags = question_queries.by_ids(question_ids), tag_queries.of_questions(question_ids)
    moved = {row.question.id for row in rows if sorting.moves(row.version)}
    retagged = {each for each, before in tags.items() if set(sorting.tags(before)) != set(before)}
    return Sorted(len(moved), len(retagged), len(set(tags) - moved - retagged))


def batches(question_ids: Sequence[int]) -> list[Sequence[int]]:
    """The questions in groups, each for a transaction of its own; doing a group twice changes nothing more."""
    return [question_ids[start : start + A_BATCH] for start in range(0, len(question_ids), A_BATCH)]


def sort(bank_id: int, batch: Sequence[int], sorting: Sorting, now: datetime, by: Actor) -> Sorted:
    """Give a batch of the bank's questions the topic, level and tags. Words and keys stay, so approval does too."""
    bank = queries.bank_for_writing(bank_id)
    rows = [row for row in question_queries.by_ids(batch) if row.question.bank_id == bank.id]
    moving = [row for row in rows if sorting.moves(row.version)]
    _move(moving, sorting, now)
    before = tag_queries.of_questions([row.question.id for row in rows])
    retagged = tag_actions.set_tags(bank.id, {each: sorting.tags(tags) for each, tags in before.items()})
    moved = {row.question.id for row in moving}
    detail = in_words(sorting)
    changed = [row for row in rows if row.question.id in moved.union(retagged)]
    for row in changed:
        history.record(by.signature, "question:sort", subject(row.question, row.version.text), now, detail)
    if changed:
        counted = f"{len(changed)} câu: {detail}"
        history.record(by.signature, "bank:sort", ("bank", bank.id, bank.name), now, counted)
    return Sorted(len(moving), len(retagged), len(rows) - len(changed))


def in_words(sorting: Sorting) -> str:
    """What was asked for, in one line of the history."""
    parts = (
        f"chủ đề {sorting.topic}" if sorting.topic else "",
        f"mức độ {sorting.level}" if sorting.level else "",
        f"thêm nhãn {', '.join(sorting.add_tags)}" if sorting.add_tags else "",
        f"bỏ nhãn {', '.join(sorting.drop_tags)}" if sorting.drop_tags else "",
    )
    return "; ".join(filter(None, parts))


def _move(rows: Sequence[QuestionRow], sorting: Sorting, now: datetime) -> None:
    """A new version of each, the same in every other way: also who wrote its words."""
    if not rows:
        return
    versions = []
    for row in rows:
        row.question.version += 1
        sorted_into = {
            "number": row.question.version,
            "topic": sorting.topic or row.version.topic,
            "level": sorting.level or row.version.level,
            "created_at": now,
        }
        versions.append(_copied(row.version) | sorted_into)
    stored = db.session.execute(
        insert(QuestionVersion).returning(QuestionVersion.question_id, QuestionVersion.id), versions
    )
    ids = {row[0]: row[1] for row in stored}
    choices = [
        _copied(choice) | {"version_id": ids[row.question.id]}
        for row in rows
        for choice in row.version.choices
    ]
    db.session.execute(insert(Choice), choices)
    _move_pictures({row.version.id: ids[row.question.id] for row in rows})


def _move_pictures(new_versions: dict[int, int]) -> None:
    """The new versions show the pictures of those before them."""
    shown = db.session.execute(
        select(VersionPicture.version_id, VersionPicture.picture_id).where(
            VersionPicture.version_id.in_(new_versions)
        )
    )
    pictures = [{"version_id": new_versions[row[0]], "picture_id": row[1]} for row in shown]
    if pictures:
        db.session.execute(insert(VersionPicture), pictures)


def _copied(stored: Model) -> dict[str, Any]:
    """Every column of a row but its id."""
    mapper = inspect(type(stored))
    return {column.key: getattr(stored, column.key) for column in mapper.column_attrs if column.key != "id"}
