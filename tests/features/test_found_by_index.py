"""What chores look for every few seconds is found by an index, however much is stored beside it."""

import pytest
from sqlalchemy import event, text

from contest.database import db
from contest.duplicates import due as duplicates
from contest.rosters import due as rosters
from contest.rosters import match_queries


@pytest.fixture
def plans(app):
    """Asks the database how it would carry out each SELECT of some work: (statement, plan)."""

    def of(work):
        asked: list[tuple[str, object]] = []

        def note(_c, _u, statement, parameters, _context, _many):
            if statement.startswith("SELECT"):
                asked.append((statement, parameters))

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            work()
            event.remove(db.engine, "before_cursor_execute", note)
            connection = db.session.connection()
            embedded = connection.dialect.name == "sqlite"
            if not embedded:
                # With next to nothing stored PostgreSQL would rather read it all.
                connection.execute(text("SET LOCAL enable_seqscan = off"))
            explain = "EXPLAIN QUERY PLAN" if embedded else "EXPLAIN"
            return [
                (one, " ".join(str(row) for row in connection.exec_driver_sql(f"{explain} {one}", given)))
                for one, given in asked
            ]

    return of


@pytest.mark.parametrize(
    ("work", "indexes"),
    [
        (rosters.seek_new, ("ix_entries_unsought", "ix_roster_rows_unsought")),
        (duplicates.find_new, ("ix_entries_uncompared",)),
        (lambda _now: match_queries.waiting("/1/"), ("ix_roster_matches_open",)),
    ],
    ids=["whom lists may know", "who may have entered twice", "whom a coordinator is asked about"],
)
def test_what_is_new_is_found_by_its_index(make, plans, work, indexes):
    for (statement, plan), index in zip(plans(lambda: work(make.now)), indexes, strict=True):
        assert index in plan, f"{statement}\n{plan}"
