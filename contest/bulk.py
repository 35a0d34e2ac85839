"""Many rows in one statement, on either database."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ARRAY, Column, Table, func, insert, literal, select

from contest.database import Base, db


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns.

    PostgreSQL gets one array for each column: its driver reads a statement anew for every thousand values, and
    a statement for each row would change the tree's stamp as often.
    """
    if not rows:
        return
    table = cast(Table, model.__table__)
    if db.session.get_bind().dialect.name == "sqlite":
        db.session.execute(insert(table), list(rows))
        return
    columns = [table.c[name] for name in rows[0]]
    arrays = [func.unnest(literal([row[one.name] for row in rows], _array(one))) for one in columns]
    db.session.execute(insert(table).from_select(columns, select(*arrays), include_defaults=False))


def _array(column: Column[Any]) -> ARRAY[Any]:
    return ARRAY(column.type)
