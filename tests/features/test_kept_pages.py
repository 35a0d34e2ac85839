"""Public pages are kept for a crowd, and only for a crowd."""

from datetime import timedelta

from contest.permissions import Role
from tests.conftest import counted_statements


def test_a_crowd_asks_the_database_once(app, make, visitor):
    round_ = make.round()
    app.config["KEPT_SECONDS"] = 60.0
    try:
        first = visitor.get(f"/participation/{round_.code}?crowd")
        with counted_statements(app) as seen:
            again = visitor.get(f"/participation/{round_.code}?crowd")
        assert seen == []
        assert (again.status, again.text) == (200, first.text)
        english = visitor.get(f"/participation/{round_.code}?crowd&lang=en")
        assert english.text != first.text
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_whoever_is_signed_in_gets_a_page_of_their_own(app, make, browser_for):
    round_ = make.round()
    organiser = browser_for(Role.ORGANISER)
    app.config["KEPT_SECONDS"] = 60.0
    try:
        organiser.get(f"/participation/{round_.code}?own")
        with counted_statements(app) as seen:
            organiser.get(f"/participation/{round_.code}?own")
        assert seen
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_a_page_that_is_not_there_yet_is_asked_for_anew(app, make, visitor):
    round_ = make.round()
    app.config["KEPT_SECONDS"] = 60.0
    try:
        assert visitor.get(f"/results/{round_.code}").status == 404
        with counted_statements(app) as seen:
            visitor.get(f"/results/{round_.code}")
        assert seen
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_a_hall_that_waits_for_the_opening_asks_the_database_once(app, make, visitor):
    round_ = make.round(code="CHOMO2", opens=timedelta(minutes=2))
    app.config["KEPT_SECONDS"] = 60.0
    try:
        first = visitor.get(f"/rounds/{round_.code}/opening").json
        with counted_statements(app) as seen:
            for _phone in range(50):
                assert visitor.get(f"/rounds/{round_.code}/opening").json == first
        assert seen == []
        assert first == {"seconds_left": 120, "phase": "before"}
    finally:
        app.config["KEPT_SECONDS"] = 0.0
