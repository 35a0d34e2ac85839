"""Item analysis: checked by hand, against the textbook formulas written out plainly, and by what must hold."""

import math
import statistics
from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules import item_analysis
from contest.rules.item_analysis import Discrimination, Facility, ItemFigures, PaperFigures

# Six people, five questions, as worked out by hand.
BY_HAND = ["11111", "11110", "11100", "11000", "10000", "01010"]


def matrix(rows):
    return [[Fraction(mark) for mark in row] for row in rows]


def analysed(rows, maximum=1):
    """The figures of a whole matrix of marks, each question compared with the rest of the paper."""
    items, variances = [], []
    for place in range(len(rows[0]) if rows else 0):
        items.append(
            item_analysis.item_figures(Counter((row[place], sum(row) - row[place]) for row in rows), maximum)
        )
        variances.append(item_analysis.variance(Counter(row[place] for row in rows)))
    return items, item_analysis.paper_figures(Counter(sum(row) for row in rows), variances)


def test_the_example_worked_out_by_hand_comes_out_to_the_digit():
    rows = matrix(BY_HAND)
    items, paper = analysed(rows)
    assert [item.facility for item in items] == [
        Fraction(5, 6),
        Fraction(5, 6),
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1, 6),
    ]
    assert [round(item.discrimination / 100, 4) for item in items] == [0, 0.3873, 0.7071, 0.3015, 0.5394]
    totals = Counter(sum(row) for row in rows)
    assert item_analysis.kr20([item.facility for item in items], totals) == Fraction(8, 13)
    assert round(paper.alpha, 5) == 61.53846
    # Mixing in the sample's variance gives the classic wrong 0.7211538.
    assert round(float(Fraction(8, 13)), 7) == 0.6153846


def test_right_or_wrong_questions_have_the_same_kr20_and_alpha():
    rows = matrix(["101", "111", "000", "011", "010", "110", "111"])
    items, paper = analysed(rows)
    kr20 = item_analysis.kr20([item.facility for item in items], Counter(sum(row) for row in rows))
    assert paper.alpha == float(100 * kr20)


def test_an_alpha_below_zero_is_shown_as_it_is():
    _, paper = analysed(matrix(["10", "10", "01", "00"]))
    assert paper.alpha == pytest.approx(-800 / 3)
    assert paper.error_ratio == pytest.approx(100 * math.sqrt(11 / 3))


def test_error_ratio_and_standard_error_follow_from_alpha():
    _, paper = analysed(matrix(BY_HAND))
    assert paper.error_ratio == pytest.approx(100 * math.sqrt(5 / 13))
    assert paper.standard_deviation == pytest.approx(statistics.stdev([5, 4, 3, 2, 1, 2]))
    assert paper.standard_error == pytest.approx(paper.error_ratio * paper.standard_deviation / 100)


def test_the_shape_of_the_totals_is_told_by_k_statistics():
    # The same written with population moments, as textbooks have it.
    _, paper = analysed(matrix(["00000", "10000", "11000", "11100", "11111", "11111"]))
    totals = [0, 1, 2, 3, 5, 5]
    n, mu = 6, Fraction(16, 6)
    m2, m3, m4 = (float(sum((t - mu) ** k for t in totals)) / n for k in (2, 3, 4))
    skewness = m3 / m2**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * m4 / m2**2 - 3 * (n - 1))
    assert paper.skewness == pytest.approx(skewness)
    assert paper.kurtosis == pytest.approx(kurtosis)


def test_efficiency_measures_against_the_best_order_of_the_same_numbers():
    pairs = Counter([(0, 1), (0, 0), (1, 1), (1, 2)])
    assert item_analysis.item_figures(pairs).efficiency == 100
    turned = Counter([(0, 2), (0, 0), (1, 1), (1, 1)])
    assert item_analysis.item_figures(turned).efficiency == 0
    # The worst order may lie further below than the best lies above.
    worst = Counter([(0, 1), (0, 1), (1, 0)])
    assert item_analysis.item_figures(worst).efficiency == -200
    assert item_analysis.item_figures(Counter([(0, 0), (0, 3), (1, 0)])).efficiency == pytest.approx(-50)


def test_parts_of_marks_are_measured_against_the_maximum():
    pairs = Counter([(Fraction(1, 2), 1), (Fraction(2), 2)])
    assert item_analysis.item_figures(pairs, maximum=2).facility == Fraction(5, 8)


NOTHING = (None, None, None, None)


@pytest.mark.parametrize(
    ("pairs", "figures"),
    [
        ({}, ItemFigures(0, *NOTHING)),
        ({(1, 3): 0}, ItemFigures(0, *NOTHING)),
        ({(1, 3): 1}, ItemFigures(1, Fraction(1), None, None, None)),
        ({(1, 3): 2, (1, 2): 2}, ItemFigures(4, Fraction(1), 0.0, None, None)),
        ({(1, 3): 1, (0, 3): 1}, ItemFigures(2, Fraction(1, 2), math.sqrt(0.5), None, None)),
    ],
    ids=["nobody", "nobody counted", "one person", "all right", "all rests alike"],
)
def test_what_cannot_be_computed_is_left_out(pairs, figures):
    assert item_analysis.item_figures(pairs) == figures


@pytest.mark.parametrize(
    ("totals", "variances", "figures"),
    [
        ({}, (), PaperFigures(0, None, *NOTHING, None, None)),
        ({4: 1}, (None, None), PaperFigures(1, Fraction(4), *NOTHING, None, None)),
        ({4: 9}, (Fraction(0),) * 5, PaperFigures(9, Fraction(4), 0.0, None, None, None, None, None)),
        ({4: 1, 2: 1}, (), PaperFigures(2, Fraction(3), math.sqrt(2), None, None, None, None, None)),
        ({1: 1, 0: 1}, (Fraction(1, 2),), PaperFigures(2, Fraction(1, 2), math.sqrt(0.5), *NOTHING, None)),
        ({3: 1, 2: 1, 1: 1}, (), PaperFigures(3, Fraction(2), 1.0, 0.0, None, None, None, None)),
    ],
    ids=["nobody", "one person", "all alike", "two people", "one question", "three people"],
)
def test_a_paper_tells_only_what_its_numbers_carry(totals, variances, figures):
    assert item_analysis.paper_figures(totals, variances) == figures


def test_variances_that_cannot_be_of_these_totals_are_refused():
    with pytest.raises(ValueError):
        item_analysis.paper_figures({0: 1, 9: 1}, (Fraction(0), Fraction(0)))


@pytest.mark.parametrize("totals", [{}, {3: 5}, {3: 1}])
def test_kr20_needs_totals_that_differ(totals):
    assert item_analysis.kr20([Fraction(1, 2), Fraction(1, 3)], totals) is None


def test_kr20_needs_two_questions():
    assert item_analysis.kr20([Fraction(1, 2)], {0: 1, 1: 1}) is None


@pytest.mark.parametrize(
    ("facility", "zone"),
    [
        (None, None),
        (Fraction(0), Facility.HARD),
        (Fraction(199, 1000), Facility.HARD),
        (Fraction(1, 5), Facility.MEDIUM),
        (Fraction(9, 10), Facility.MEDIUM),
        (Fraction(901, 1000), Facility.EASY),
        (1.0, Facility.EASY),
        # What a database keeps of 1/5 and 9/10.
        (0.2, Facility.MEDIUM),
        (0.9, Facility.MEDIUM),
    ],
)
def test_from_a_fifth_to_nine_tenths_right_is_neither_hard_nor_easy(facility, zone):
    assert item_analysis.facility_zone(facility) is zone


@pytest.mark.parametrize(
    ("index", "zone"),
    [
        (None, None),
        (30.01, Discrimination.GOOD),
        (30.0, Discrimination.FAIR),
        (20.0, Discrimination.FAIR),
        (19.99, Discrimination.LOOK_AGAIN),
        (0.0, Discrimination.LOOK_AGAIN),
        (-0.01, Discrimination.SUSPECT_KEY),
    ],
)
def test_telling_people_apart_is_good_above_thirty_and_suspect_below_zero(index, zone):
    assert item_analysis.discrimination_zone(index, 20) is zone


def test_a_key_is_not_suspected_on_the_word_of_a_few():
    assert item_analysis.discrimination_zone(-50.0, 19) is None


@pytest.mark.parametrize(
    ("right", "wrong", "people", "doubtful"),
    [(9, 10, 20, True), (10, 10, 20, False), (0, 19, 19, False), (10, 9, 100, False)],
)
def test_a_wrong_choice_taken_by_more_people_than_the_key_is_a_sign(right, wrong, people, doubtful):
    assert item_analysis.outvoted(right, wrong, people) is doubtful


@pytest.mark.parametrize(
    ("spread", "middle"),
    [({}, None), ({7: 1}, 7), ({1: 1, 4: 1}, Fraction(5, 2)), ({1: 2, 9: 1}, 1), ({5: 3, 1: 2, 9: 2}, 5)],
)
def test_the_median_is_the_number_in_the_middle(spread, middle):
    assert item_analysis.median(spread) == middle


BEGAN = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("saved", "taken"),
    [
        ({}, {}),
        ({1: 10.9, 2: 25.0}, {1: 10, 2: 14}),
        ({2: 5, 1: 30, 3: 31}, {2: 5, 1: 25, 3: 1}),
        ({1: 10, 2: 60, 3: 60, 4: 75}, {1: 10, 4: 15}),
        ({1: -2}, {1: 0}),
    ],
    ids=["nothing", "in order", "another order", "kept while offline", "clocks apart"],
)
def test_a_question_took_the_time_since_the_save_before_it(saved, taken):
    moments = {position: BEGAN + timedelta(seconds=seconds) for position, seconds in saved.items()}
    assert item_analysis.seconds_taken(BEGAN, moments) == taken


marks = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
matrices = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(marks, min_size=width, max_size=width), min_size=0, max_size=12)
)


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_people_and_questions_does_not_matter(rows, chance):
    items, paper = analysed(rows)
    order = list(range(len(items)))
    chance.shuffle(order)
    turned = [[row[place] for place in order] for row in rows]
    chance.shuffle(turned)
    again, whole = analysed(turned)
    assert again == [items[place] for place in order]
    assert whole == paper


@given(matrices)
def test_figures_stay_within_their_bounds(rows):
    items, paper = analysed(rows)
    for item in items:
        assert item.people == len(rows)
        assert item.facility is None or 0 <= item.facility <= 1
        assert item.discrimination is None or -100 <= item.discrimination <= 100
        assert item.efficiency is None or item.efficiency <= 100
    assert paper.alpha is None or paper.alpha <= 100
    assert paper.error_ratio is None or paper.error_ratio >= 0


@given(matrices)
def test_figures_are_those_of_the_plain_formulas(rows):
    items, paper = analysed(rows)
    if len(rows) < 2:
        return
    totals = [sum(row) for row in rows]
    assert paper.standard_deviation == pytest.approx(statistics.stdev(map(float, totals)), abs=1e-12)
    for place, item in enumerate(items):
        column = [row[place] for row in rows]
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        assert item.standard_deviation == pytest.approx(statistics.stdev(map(float, column)), abs=1e-12)
        if len(set(column)) > 1 and len(set(rest)) > 1:
            together = statistics.covariance(list(map(float, column)), list(map(float, rest)))
            apart = statistics.stdev(map(float, column)) * statistics.stdev(map(float, rest))
            best = statistics.covariance(sorted(map(float, column)), sorted(map(float, rest)))
            assert item.discrimination == pytest.approx(100 * together / apart, abs=1e-6)
            assert item.efficiency == pytest.approx(100 * together / best, abs=1e-6)


@given(st.lists(st.integers(0, 60)))
def test_the_median_of_counted_numbers_is_that_of_the_numbers(numbers):
    found = item_analysis.median(Counter(numbers))
    assert found == (Fraction(statistics.median(numbers)) if numbers else None)
