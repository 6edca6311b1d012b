import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr, spearmanr

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


@pytest.mark.parametrize("call", [lambda: pearson([1, 1, 1, 1], [1, 2, 3, 4]), lambda: pearson([1, 2, 3], [1, 2, 4]), lambda: kendall_tau_b([1, 2], [3, 3])])
def test_columns_that_never_vary_are_refused(call):
    with pytest.raises(ValueError, match=r"vary|varies|at least 4"):
        call()


@pytest.mark.parametrize("table", [([0, 0], [5, 5], [1, 2]), ([1, 2], [5, 5], [3, 3]), ([6], [5], [1]), ([1, 2], [5, 5], [1])])
def test_tables_without_a_trend_are_refused(table):
    with pytest.raises(ValueError, match=r"vary|equal length"):
        cochran_armitage(*table)
