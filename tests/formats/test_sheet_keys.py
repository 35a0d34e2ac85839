"""How a key cell is read against its choices."""

import pytest

from contest.banks.formats.sheet_keys import counts_from_zero, read_key, truth_places
from contest.rules.parsed import FaultKind

PLACES = {0: "Tại nhà", 1: "Sở Nội vụ", 2: "Cả A và B", 3: "Nơi khác"}
NUMBERS = {0: "3", 1: "5", 2: "7", 3: "10"}
TRUTH = {0: "Đúng", 1: "Sai"}
A, B, C, D = 0, 1, 2, 3


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("B", {B}),
        ("b", {B}),
        ("B.", {B}),
        ("(B)", {B}),
        ("*B", {B}),
        ("Đáp án: B", {B}),
        ("Đáp án đúng là: B", {B}),
        ("Phương án B", {B}),
        ("ĐA B", {B}),
        ("2", {B}),
        ("2.0", {B}),
        ("A;C", {A, C}),
        ("A, C", {A, C}),
        ("A,C", {A, C}),
        ("AC", {A, C}),
        ("ac", {A, C}),
        ("A và C", {A, C}),
        ("A/C", {A, C}),
        ("A C", {A, C}),
        ("A\nC", {A, C}),
        ("1,3", {A, C}),
        ("1; 3", {A, C}),
        ("1.0, 3.0", {A, C}),
        ("Sở Nội vụ", {B}),
        ("sở nội vụ.", {B}),
        ("B. Sở Nội vụ", {B}),
        ("Tại nhà; Sở Nội vụ", {A, B}),
        ("Cả A và B", {C}),
    ],
)
def test_a_key_names_choices_by_letter_number_or_text(key: str, places: set[int]) -> None:
    reading = read_key(key, PLACES)
    assert (set(reading.right), reading.problem) == (places, None)


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", FaultKind.NO_KEY),
        ("E", FaultKind.KEY_BEYOND_CHOICES),
        ("5", FaultKind.KEY_BEYOND_CHOICES),
        ("0", FaultKind.KEY_BEYOND_CHOICES),
        ("A, E", FaultKind.KEY_BEYOND_CHOICES),
        ("13", FaultKind.KEY_BEYOND_CHOICES),
        ("Ba", FaultKind.KEY_UNREAD),
        ("BA", None),
        ("1.3", FaultKind.KEY_UNREAD),
        ("1-3", FaultKind.KEY_UNREAD),
        ("A hoặc B", FaultKind.KEY_UNREAD),
        ("Sở Nội", FaultKind.KEY_UNREAD),
        ("A. Sở Nội vụ", FaultKind.KEYS_CONFLICT),
        ("A. Sở Y tế", FaultKind.KEY_UNREAD),
        ("?", FaultKind.KEY_UNREAD),
    ],
)
def test_a_key_that_is_not_certain_marks_nothing(key: str, problem: FaultKind | None) -> None:
    reading = read_key(key, PLACES)
    assert reading.problem is problem
    assert bool(reading.right) is (problem is None)


@pytest.mark.parametrize(
    ("key", "places", "problem"),
    [
        ("4", {D}, None),
        ("10", {D}, None),
        ("5", {B}, None),
        ("3", set(), FaultKind.KEYS_CONFLICT),
        ("1", {A}, None),
        ("A", {A}, None),
    ],
)
def test_a_number_may_be_a_place_or_the_choice_itself(
    key: str, places: set[int], problem: FaultKind | None
) -> None:
    reading = read_key(key, NUMBERS)
    assert (set(reading.right), reading.problem) == (places, problem)


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("Đúng", {A}),
        ("Đ", {A}),
        ("TRUE", {A}),
        ("T", {A}),
        ("S", {B}),
        ("sai", {B}),
        ("F", {B}),
        ("A", {A}),
        ("2", {B}),
        ("D", set()),
    ],
)
def test_a_key_of_a_true_or_false_question(key: str, places: set[int]) -> None:
    assert set(read_key(key, TRUTH).right) == places


@pytest.mark.parametrize(
    ("choices", "places"),
    [
        ({0: "Sai", 1: "Đúng"}, (1, 0)),
        ({0: "True", 1: "False"}, (0, 1)),
        ({0: "Có", 1: "Không"}, (0, 1)),
        ({0: "Đúng", 1: "Không"}, None),
        ({0: "Đúng", 1: "Sai", 2: "Khác"}, None),
    ],
)
def test_true_and_false_are_the_only_two_choices(
    choices: dict[int, str], places: tuple[int, int] | None
) -> None:
    assert truth_places(choices) == places


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["0", "1", "3"], True),
        (["0", "4"], False),
        (["1", "2"], False),
        (["A", "B"], False),
        ([], False),
        (["0, 2", "3"], True),
    ],
)
def test_numbers_start_at_zero_only_when_zero_occurs_and_the_last_never(
    keys: list[str], answer: bool
) -> None:
    assert counts_from_zero([(key, PLACES) for key in keys]) is answer


def test_a_zero_that_is_a_choice_says_nothing_about_counting() -> None:
    assert counts_from_zero([("0", {0: "0", 1: "1", 2: "2"})]) is False
