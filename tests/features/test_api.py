"""The interface for other programs does what its description says, and says the same numbers as the pages."""

from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from contest import chores
from contest.permissions import Actor, Role
from contest.results import actions as results
from contest.results import queries as sheets
from tests.features.test_participation import row_of
from tests.taking_part import take_part

CODE, CONTEST = "K7M2QX", "tim-hieu-cchc"
CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


@pytest.fixture
def held(app, make):
    """A closed round with published standings, and a running one."""
    contest = make.contest(CONTEST)
    bank = make.bank(5)
    closed = make.round(contest, bank, code=CODE, closes=timedelta(minutes=-30), opens=timedelta(days=-2))
    make.round(contest, bank, code="QQQQ22", name="Đợt 2")
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Phường Sen Hồng", province, code="SEN", officials=10)
    star = make.unit("Xã Sao Mai", province, code="SAO", officials=1)
    for name, unit, score in (("Nguyễn Văn An", lotus, 5), ("Trần Bình", star, 3), ("Lê Dũng", star, 1)):
        take_part(make, closed, make.entry(contest, name, unit), score=score)
    organiser = make.staff(Role.ORGANISER)
    with app.app_context():
        chores.run_once()
        sheet = sheets.sheets(closed.id)[0]
    with make.writing():
        by = Actor(organiser.id, organiser.email, organiser.name, Role.ORGANISER, None, None, "")
        results.publish(sheet.id, make.now, by)
    return closed


def test_every_answer_is_as_described(app, held):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=4,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def keeps_its_word(case):
            case.call_and_validate(checks=CHECKS)

        keeps_its_word()


@pytest.mark.parametrize(
    "path",
    [
        "/contests",
        f"/contests/{CONTEST}",
        f"/contests/{CONTEST}/participation",
        "/rounds",
        f"/rounds/{CODE}",
        f"/rounds/{CODE}/participation?unit=T",
        f"/rounds/{CODE}/standings",
        "/units?q=sen+hong",
    ],
)
def test_what_is_there_is_answered_as_described_and_again_with_nothing(app, held, visitor, path):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    answer = visitor.get(f"/api/v1{path}")
    assert answer.status == 200
    template = path.partition("?")[0].replace(CONTEST, "{code}").replace(CODE, "{code}")
    schema[template]["GET"].validate_response(answer.response)
    tag = answer.response.headers["ETag"]
    again = visitor.get(f"/api/v1{path}", headers={"If-None-Match": tag})
    assert (again.status, again.text) == (304, "")
    assert answer.response.headers["Cache-Control"] == "public, max-age=15"
    assert "Set-Cookie" not in answer.response.headers


def test_the_numbers_are_those_of_the_page(held, visitor):
    for page, path in (
        (f"/participation/{CODE}", f"/rounds/{CODE}/participation"),
        (f"/contests/{CONTEST}/participation", f"/contests/{CONTEST}/participation"),
    ):
        said = visitor.get(f"/api/v1{path}").json
        assert row_of(visitor.get(page), "Cộng")[:2] == [str(said["people"]), str(said["attempts"])]
        rows = {row["code"]: row for row in said["rows"]}
        assert (rows["SEN"]["percent"], rows["SEN"]["over"]) == (10.0, False)
        assert (rows["SAO"]["percent"], rows["SAO"]["over"]) == (None, True)


def test_only_published_standings_are_told(held, visitor):
    told = visitor.get(f"/api/v1/rounds/{CODE}/standings").json
    assert [row["rank"] for row in told["rows"]] == [1, 2, 3]
    assert visitor.get("/api/v1/rounds/QQQQ22/standings").status == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("/rounds/ZZZZZZ", 404), ("/rounds?page=0", 400), ("/units?page=x", 400), ("/nothing", 404)],
)
def test_every_no_is_json_with_a_sentence(held, visitor, path, status):
    answer = visitor.get(f"/api/v1{path}")
    assert (answer.status, list(answer.json)) == (status, ["error"])


def test_nothing_can_be_changed(app, held, visitor):
    assert visitor.client.post("/api/v1/rounds").status_code in (400, 405)
