"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select

from contest.database import db

T = TypeVar("T")
A_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `number` and `last` count from 1."""

    rows: list[T]
    number: int
    total: int
    size: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))


def page_of(statement: Select[T], asked: str | None, size: int = A_PAGE) -> Page[T]:
    """The page somebody asked for in the address (two statements); out of range gives the nearest one."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(max(int(asked) if asked and asked.isdecimal() else 1, 1), max(1, -(-total // size)))
    rows = list(db.session.scalars(statement.limit(size).offset((number - 1) * size)))
    return Page(rows, number, total, size)


def page_of_rows(rows: Sequence[T], asked: str | None, size: int = A_PAGE) -> Page[T]:
    """The same of a list that has been read or worked out."""
    number = min(max(int(asked) if asked and asked.isdecimal() else 1, 1), max(1, -(-len(rows) // size)))
    return Page(list(rows[(number - 1) * size : number * size]), number, len(rows), size)
