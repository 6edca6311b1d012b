from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, pearsonr, spearmanr

from roi_core.stats.trend import cochran_armitage, kendall_tau_b, pearson, spearman

seeds = st.integers(0, 1000)


def test_kendall_published():
    """R cor.test on the tuna data of Hollander, Wolfe 1973: tau .4444, exact p .1194."""
    found = kendall_tau_b([44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1], [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])
    assert (found.value, found.p) == pytest.approx((0.4444, 0.1194), abs=1e-4)
    assert found.low is None


def test_point_biserial_published():
    """scipy.stats.pointbiserialr documentation: r .8660254, p .0117248."""
    found = pearson([0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6])
    assert (found.value, found.p) == pytest.approx((0.8660254, 0.0117248), abs=1e-7)


@given(seeds)
def test_pearson_equals_scipy(seed):
    x, y = np.random.default_rng(seed).normal(size=(2, 30))
    ours, theirs = pearson(x, y), pearsonr(x, y)
    interval = theirs.confidence_interval(0.95)
    assert (ours.value, ours.p, ours.low, ours.high) == pytest.approx((theirs.statistic, theirs.pvalue, interval.low, interval.high))


@given(seeds)
def test_spearman_equals_scipy_with_ties(seed):
    x, y = np.random.default_rng(seed).integers(0, 6, (2, 30))
    ours, theirs = spearman(x, y), spearmanr(x, y)
    assert (ours.value, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    assert spearman(np.exp(x), y).value == pytest.approx(ours.value)


def test_perfect_correlation_has_no_width():
    found = pearson([1, 2, 3, 4], [8, 6, 4, 2])
    assert found.value == found.low == found.high == -1


@given(seeds)
def test_trend_of_a_table_is_the_score_test_of_its_rows(seed):
    rng = np.random.default_rng(seed)
    score = rng.integers(1, 6, 200)
    left = rng.random(200) < 0.5 - 0.05 * score
    groups = np.arange(1, 6)
    found = cochran_armitage([(left & (score == g)).sum() for g in groups], [(score == g).sum() for g in groups], groups)
    assert found.statistic == pytest.approx(np.corrcoef(score, left)[0, 1] * np.sqrt(200))
    assert found.statistic**2 < 200


def test_trend_flips_with_the_order_of_scores():
    up, down = cochran_armitage([1, 5, 9], [10, 10, 10], [1, 2, 3]), cochran_armitage([1, 5, 9], [10, 10, 10], [3, 2, 1])
    assert up.statistic == -down.statistic > 3
    assert up.p == down.p < 0.001


def test_tau_b_has_the_limits_of_sas_on_its_pain_data():
    """SAS/STAT, PROC FREQ, trend in clinical pain: tau-b .3373, its asymptotic error .0642."""
    table = np.array([[26, 26, 23, 18, 9], [6, 7, 9, 14, 23]])
    adverse, dose = (np.repeat(place.ravel(), table.ravel()) for place in np.indices(table.shape))
    found = kendall_tau_b(dose, adverse)
    assert found.value == pytest.approx(0.3373, abs=5e-5)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(0.0642, abs=5e-5)


def test_tau_b_of_a_continuous_pair_has_limits_as_well():
    x = np.random.default_rng(1).normal(size=60)
    found = kendall_tau_b(x, x + np.random.default_rng(2).normal(size=60))
    assert found.low < found.value < found.high
    many = kendall_tau_b(np.arange(200), np.arange(200)[::-1])
    assert (many.value, many.low, many.high) == (-1.0, None, None)


def test_rounding_never_carries_a_correlation_past_one() -> None:
    """On these rows of a straight line the plain quotient is 1.0000000000000002."""
    x = np.array([19.0, 15, 8, 9, 1, 2, 0, 5])
    for sign in (1.0, -1.0):
        found = pearson(x, sign * 7 * x / 10)
        assert (found.value, found.low, found.high, found.p, found.n) == (sign, sign, sign, 0, 8)


def test_every_correlation_tells_its_rows_and_each_level_has_its_own_limits() -> None:
    x, y = np.random.default_rng(4).normal(size=(2, 40))
    assert [found.n for found in (pearson(x, y), spearman(x, y), kendall_tau_b(x, y), kendall_tau_b(x[:29], y[:29]))] == [40, 40, 40, 29]
    limits = pearsonr(x, y).confidence_interval(0.8)
    assert (pearson(x, y, 0.8).low, pearson(x, y, 0.8).high) == pytest.approx((limits.low, limits.high))
    wide, narrow = kendall_tau_b(x, y), kendall_tau_b(x, y, 0.8)
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(1.959964 / 1.281552, rel=1e-6)
    assert wide.p == pytest.approx(kendalltau(x, y).pvalue)


def test_tau_b_has_limits_from_30_rows_and_up_to_10_000_cells() -> None:
    x, y = np.random.default_rng(6).normal(size=(2, 101))
    assert kendall_tau_b(x[:29], y[:29]).low is None
    assert kendall_tau_b(x[:30], y[:30]).low is not None
    assert kendall_tau_b(x[:100], y[:100]).low is not None
    assert kendall_tau_b(x, y).low is None


def test_limits_of_tau_b_stay_inside_and_have_no_width_where_all_pairs_agree() -> None:
    x = np.arange(30)
    for sign in (1, -1):
        whole = kendall_tau_b(x, sign * x)
        assert (whole.low, whole.value, whole.high) == pytest.approx((sign, sign, sign), abs=1e-9)
    near = kendall_tau_b(x, np.r_[1, 0, x[2:]], 0.9999999)
    assert near.low < near.value < near.high == 1
    turned = kendall_tau_b(x, -np.r_[1, 0, x[2:]], 0.9999999)
    assert (turned.low, turned.high) == (-1, -near.low)


def test_groups_without_an_event_and_groups_of_nothing_else_are_part_of_a_trend() -> None:
    """0, 2 and 4 of 4 each: r of score and outcome is sqrt(2/3) over 12 rows, z is r sqrt(12) = sqrt(8)."""
    found = cochran_armitage([0, 2, 4], [4, 4, 4], [1, 2, 3])
    assert (found.statistic, found.df) == (pytest.approx(8**0.5), 1)
    assert found.p == pytest.approx(0.0046777, abs=1e-6)


def test_one_event_in_two_rows_has_the_correlation_1() -> None:
    assert cochran_armitage([0, 1], [1, 1], [1, 2]).statistic == pytest.approx(2**0.5)


def test_an_empty_group_weighs_nothing_in_a_trend() -> None:
    assert cochran_armitage([1, 0, 5], [10, 0, 10], [1, 50, 3]) == cochran_armitage([1, 5], [10, 10], [1, 3])


_ROWS = "events, totals and scores must be three rows of equal length with 0 <= events <= totals"
_LINE = [1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: cochran_armitage([np.nan], [5], [1]), "events holds missing or infinite values, must be finite"),
        (lambda: cochran_armitage([1], [np.inf], [1]), "totals holds missing or infinite values, must be finite"),
        (lambda: cochran_armitage([1], [5], [np.nan]), "scores holds missing or infinite values, must be finite"),
        (lambda: cochran_armitage([1, 2], [5, 5], [1]), _ROWS),
        (lambda: cochran_armitage([-1, 2], [5, 5], [1, 2]), _ROWS),
        (lambda: cochran_armitage([6, 2], [5, 5], [1, 2]), _ROWS),
        (lambda: cochran_armitage([0, 0], [5, 5], [1, 2]), "events == 0 of 10: scores and outcome must both vary"),
        (lambda: cochran_armitage([5, 5], [5, 5], [1, 2]), "events == 10 of 10: scores and outcome must both vary"),
        (lambda: cochran_armitage([0, 0], [0, 0], [1, 2]), "events == 0 of 0: scores and outcome must both vary"),
        (lambda: cochran_armitage([1, 2], [5, 5], [3, 3]), "events == 3 of 10: scores and outcome must both vary"),
        (lambda: cochran_armitage([1, 0], [5, 0], [1, 2]), "events == 1 of 5: scores and outcome must both vary"),
        (lambda: pearson([1, 2, 3], [1, 2, 4]), "rows == 3 and 3, must be equal and at least 4"),
        (lambda: pearson(_LINE, [1, 2, 4]), "rows == 4 and 3, must be equal and at least 4"),
        *(
            (lambda measure=measure, sides=sides: measure(*sides), words)
            for measure in (pearson, spearman, kendall_tau_b)
            for sides, words in (
                (([1, 1, 1, 1], _LINE), "x never varies, must take at least two values"),
                ((_LINE, [2, 2, 2, 2]), "y never varies, must take at least two values"),
                (([], _LINE), "x never varies, must take at least two values"),
                (([[1, 2], [3, 4]], _LINE), "x never varies, must take at least two values"),
                (([1, 2, 3, np.nan], _LINE), "x holds missing or infinite values, must be finite"),
                ((_LINE, [1, 2, 3, np.inf]), "y holds missing or infinite values, must be finite"),
            )
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole text is compared below
        call()
    assert str(refused.value) == words
