"""The interface for other programs does what its description says, and says the same numbers as the pages."""

import re
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
from contest.api import actions as tokens
from contest.api.models import ApiToken
from contest.database import db
from contest.permissions import Actor, Role
from contest.results import actions as results
from contest.results import drafting
from contest.results import queries as sheets
from contest.units.models import Unit
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
    make.measured_by_any(contest)
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


@pytest.fixture
def token(app, make):
    """Makes tokens: token(unit, drafts) gives the header that a program sends."""

    def made(unit=None, drafts=False):
        by = make.staff(Role.ADMINISTRATOR)
        actor = Actor(by.id, by.email, by.name, Role.ADMINISTRATOR, None, None, "")
        with make.writing():
            secret = tokens.make("Kho dữ liệu", unit and unit.id, drafts, make.now, actor)
        return {"Authorization": f"Bearer {secret}"}

    return made


@pytest.mark.parametrize("known", [False, True], ids=["stranger", "with a token"])
def test_every_answer_is_as_described(app, held, token, known):
    headers = token(drafts=True) if known else None
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if known and not operation.definition.raw.get("security"):
            continue

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
            case.call_and_validate(checks=CHECKS, headers=headers)

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


@pytest.mark.parametrize("path", [f"/rounds/{CODE}/units", f"/contests/{CONTEST}/units"])
def test_a_token_reads_every_unit_at_any_depth_as_the_page_counts_them(app, held, visitor, token, path):
    headers = token()
    answer = visitor.get(f"/api/v1/staff{path}", headers=headers)
    rows = {row["code"]: row for row in answer.json["rows"]}
    assert answer.json["total"] == 3
    assert (rows["T"]["people"], rows["SEN"]["people"], rows["SAO"]["people"]) == (3, 1, 2)
    assert (rows["SEN"]["parent"], rows["SEN"]["direct"]) == ("T", {"people": 1, "attempts": 1})
    assert sum(block["people"] for block in rows["T"]["blocks"]) == 3
    assert answer.response.headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in answer.response.headers
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    template = f"/staff{path}".replace(CONTEST, "{code}").replace(CODE, "{code}")
    schema[template]["GET"].validate_response(answer.response)


def test_a_unit_s_token_reads_that_unit_alone(app, held, visitor, token):
    with app.app_context():
        star = db.session.query(Unit).filter_by(code="SAO").one()
    headers = token(star)
    found = visitor.get(f"/api/v1/staff/rounds/{CODE}/units", headers=headers).json
    assert [row["code"] for row in found["rows"]] == ["SAO"]
    assert visitor.get(f"/api/v1/staff/rounds/{CODE}/units?unit=SEN", headers=headers).status == 404
    assert visitor.get(f"/api/v1/staff/rounds/{CODE}/units?unit=T", headers=headers).status == 404
    assert visitor.get(f"/api/v1/staff/rounds/{CODE}/standings", headers=headers).status == 403


def test_drafts_of_standings_are_read_only_with_a_token_for_them(app, held, make, visitor, token):
    with app.app_context():
        draft = drafting.prepare(held.id, frozenset())
    with make.writing():
        drafting.store(draft, "Soát lại", make.now)
    path = f"/api/v1/staff/rounds/{CODE}/standings"
    assert visitor.get(path, headers=token()).status == 403
    drafted = visitor.get(path, headers=token(drafts=True)).json
    assert (drafted["state"], drafted["published_at"], drafted["version"]) == ("draft", None, 2)
    assert visitor.get(f"/api/v1/rounds/{CODE}/standings").json["version"] == 1


@pytest.mark.parametrize("sent", [None, "", "Bearer ", "Bearer khong-co", "Basic YTpi", "Bearer \u00e1"])
def test_without_a_token_that_works_a_program_is_told_how_to_get_one(held, visitor, sent):
    for path in (f"/rounds/{CODE}/units", f"/contests/{CONTEST}/units", f"/rounds/{CODE}/standings"):
        answer = visitor.get(
            f"/api/v1/staff{path}", headers={"Authorization": sent} if sent is not None else {}
        )
        assert (answer.status, list(answer.json)) == (401, ["error"])
        assert answer.response.headers["WWW-Authenticate"] == "Bearer"


def test_an_administrator_makes_and_revokes_a_token_seen_once_and_sees_its_last_use(
    app, held, visitor, browser_for
):
    desk = browser_for(Role.ADMINISTRATOR)
    made = desk.post("/desk/api-tokens", name="Cổng tỉnh", unit="SEN")
    secret = re.search(r'id="token-secret">([^<]+)<', made.text)[1]
    page = desk.get("/desk/api-tokens")
    assert secret not in page.text
    assert "Phường Sen Hồng" in page.words()
    assert "chưa dùng" in page.words()
    with app.app_context():
        row = db.session.query(ApiToken).one()
    assert secret not in row.secret_hash
    headers = {"Authorization": f"Bearer {secret}"}
    assert visitor.get(f"/api/v1/staff/rounds/{CODE}/units", headers=headers).status == 200
    assert "chưa dùng" not in desk.get("/desk/api-tokens").words()
    desk.post(f"/desk/api-tokens/{row.id}/revoke", page="/desk/api-tokens")
    assert visitor.get(f"/api/v1/staff/rounds/{CODE}/units", headers=headers).status == 401
    assert "đã thu hồi" in desk.get("/desk/api-tokens").words()
    both = desk.post("/desk/api-tokens", name="Sai", unit="SEN", drafts="y")
    assert "token-secret" not in both.text
    assert "của mọi đơn vị" in both.words()


def test_nothing_can_be_changed(app, held, visitor):
    assert visitor.client.post("/api/v1/rounds").status_code in (400, 405)
