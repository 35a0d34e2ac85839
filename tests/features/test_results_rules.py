"""Small rules of results as tables: names in public, hints for the board, numbers as text."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from contest.results.drafting import decimal_text
from contest.results.hints import Finished, Hint, findings
from contest.results.names import masked, shown_name, unit_line


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "Nguyễn V. A."),
        ("Trần Đăng", "Trần Đ."),
        ("H'Hen Niê", "H'Hen N."),
        ("An", "A."),
        ("", "–"),
        ("   ", "–"),
    ],
)
def test_without_consent_only_the_family_name_is_whole(name, shown):
    assert masked(name) == shown


@pytest.mark.parametrize(
    ("consent", "birth_year", "shown"),
    [
        (True, None, "Nguyễn Văn An"),
        (True, 1990, "Nguyễn Văn An"),
        (True, 2010, "Nguyễn Văn An"),
        (True, 2011, "Nguyễn V. A."),
        (False, 1990, "Nguyễn V. A."),
    ],
)
def test_minors_are_shortened_even_with_consent(consent, birth_year, shown):
    assert shown_name("Nguyễn Văn An", consent, birth_year, 2026) == shown


@pytest.mark.parametrize(
    ("name", "above", "line"),
    [
        (None, None, ""),
        ("Sở Tài chính", None, "Sở Tài chính"),
        ("Trường Kim Đồng", "Phường Sen Hồng", "Trường Kim Đồng, Phường Sen Hồng"),
        ("T" * 150, "P" * 150, "T" * 150),
    ],
)
def test_a_unit_is_named_two_levels_deep_if_there_is_room(name, above, line):
    assert unit_line(name, above) == line


def finished(attempt_id, unit="Sở Tài chính", score=5, seconds=60, minute=0, **more):
    at = datetime(2026, 10, 5, 2, 0, tzinfo=UTC) + timedelta(minutes=minute)
    return Finished(attempt_id, unit, score, 5, seconds, at, **more)


def apart(attempt_id, *wrong, device=None, assisted=False):
    """An attempt that nothing else is like but its wrong answers or its device."""
    answers = frozenset((question, "1") for question in wrong)
    return finished(attempt_id, unit="", device=device, assisted=assisted, wrong=answers)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([finished(1, seconds=9)], {1: [Hint.TOO_FAST]}),
        ([finished(1, seconds=10)], {}),
        ([finished(1), finished(2)], {1: [Hint.TOGETHER], 2: [Hint.TOGETHER]}),
        ([finished(1), finished(2, minute=2)], {}),
        ([finished(1), finished(2, unit="Sở Nội vụ")], {}),
        ([finished(1, unit=""), finished(2, unit="")], {}),
        ([finished(1), finished(2, score=4)], {}),
        ([finished(1), finished(2, seconds=61)], {}),
    ],
)
def test_hints_point_at_impossible_speed_and_at_neighbours_who_finished_alike(rows, found):
    hints = {attempt_id: [one.hint for one in seen] for attempt_id, seen in findings(rows).items()}
    assert hints == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (25980, "25980"),
        (Decimal("87.650"), "87.65"),
        (Decimal(0), "0"),
        (Decimal("1E+3"), "1000"),
        (Fraction(200, 3), "66.6666666667"),
        (Fraction(1, 2), "0.5"),
    ],
)
def test_numbers_are_kept_as_exact_decimal_text(value, text):
    assert decimal_text(value) == text


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([apart(1, 1, 2, 3), apart(2, 1, 2, 3)], {1: [2], 2: [1]}, id="the same three"),
        pytest.param([apart(1, 1, 2, 3, 4), apart(2, 1, 2, 3)], {1: [2], 2: [1]}, id="almost the same"),
        pytest.param([apart(1, 1, 2), apart(2, 1, 2)], {}, id="two say nothing"),
        pytest.param([apart(1, 1, 2, 3, 4, 5), apart(2, 1, 2, 3, 6, 7)], {}, id="as many that differ"),
        pytest.param([apart(1), apart(2)], {}, id="all right is nobody's pattern"),
    ],
)
def test_wrong_answers_in_common_point_at_each_other(rows, found):
    said = findings(rows)
    assert {one: list(given[0].others) for one, given in said.items()} == found
    assert all(given[0].hint is Hint.SAME_WRONG for given in said.values())


def test_many_people_on_one_device_are_pointed_out_but_not_those_a_volunteer_served():
    shared = [apart(n, device="a") for n in (1, 2, 3)]
    couple = [apart(n, device="b") for n in (4, 5)]
    tablet = [apart(n, device="c", assisted=True) for n in range(6, 16)] + [apart(20, device="c")]
    said = findings([*shared, *couple, *tablet, apart(30)])
    assert {one: (given[0].hint, given[0].number) for one, given in said.items()} == dict.fromkeys(
        (1, 2, 3), (Hint.ONE_DEVICE, 3)
    )
