"""Finding a unit by a few letters, as a participant or an organiser types them."""

import pytest

from contest.errors import Refusal
from contest.units import queries
from tests.conftest import counted_statements


@pytest.fixture
def tree(make):
    province = make.unit("Ủy ban nhân dân tỉnh An Bình", code="T00", kind="province")
    ward = make.unit("Phường Sen Hồng", province, code="P07")
    make.unit("Phường Sen Vàng", province, code="P08")
    make.unit("Trường Trung học cơ sở Sen Hồng", ward, code="TH01", kind="school")
    return province


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("sen hồng", ["P07", "TH01"]),
        ("SEN HONG", ["P07", "TH01"]),
        ("P. Sen", ["P07", "P08"]),
        ("UBND", ["T00"]),
        ("uy ban nhan dan", ["T00"]),
        ("p07", ["P07"]),
        ("khong co", []),
        ("", []),
        ("  %_ ", []),
    ],
)
def test_units_are_suggested_with_or_without_accents(visitor, tree, typed, codes):
    answer = visitor.get("/units/suggest", query_string={"q": typed})
    assert [unit["code"] for unit in answer.json["units"]] == codes


def test_a_suggestion_says_where_the_unit_stands_and_may_be_kept_by_the_phone(visitor, tree, app):
    with counted_statements(app) as statements:
        answer = visitor.get("/units/suggest?q=truong")
    assert answer.json["units"] == [
        {
            "code": "TH01",
            "name": "Trường Trung học cơ sở Sen Hồng",
            "above": "Phường Sen Hồng, Ủy ban nhân dân tỉnh An Bình",
        }
    ]
    assert answer.response.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.response.headers
    assert len(statements) == 2


def test_closed_units_are_not_suggested(visitor, tree, make):
    with make.writing():
        queries.by_code("P08").closed_at = make.now
    assert visitor.get("/units/suggest?q=sen+vang").json["units"] == []


@pytest.mark.parametrize(
    "typed", ["Phường Sen Hồng (P07)", "P07", "p07", " Phường sen hồng ", "Sen Hồng (tên cũ) (P07)"]
)
def test_what_was_picked_or_typed_is_read_back(inside, tree, typed):
    assert queries.typed(typed).code == "P07"


def test_a_picked_unit_costs_one_statement(inside, app, tree):
    with counted_statements(app) as statements:
        queries.typed("Phường Sen Hồng (P07)")
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("sen", "Phường Sen Hồng (P07); Phường Sen Vàng (P08); Trường"),
        ("Phường Mới", "Không có đơn vị nào tên giống “Phường Mới”"),
    ],
)
def test_a_vague_or_unknown_unit_is_asked_for_again(inside, tree, typed, words):
    with pytest.raises(Refusal, match=r"^Có nhiều|^Không có") as refusal:
        queries.typed(typed)
    assert words in str(refusal.value)


def test_a_coordinator_finds_only_units_below_their_own(inside, tree):
    ward = queries.by_code("P07")
    assert queries.typed("truong", within=ward.path).code == "TH01"
    with pytest.raises(Refusal):
        queries.typed("P08", within=ward.path)
