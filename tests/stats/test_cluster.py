from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import norm, t, ttest_1samp

from roi_core.stats.arrays import Floats, Integers
from roi_core.stats.cluster import bounded_ratio, covariance, crossed_variance, effective, quantile, ratio
from tests.metrics.chance import TRUTH, drawn

seeds = st.integers(0, 10_000)


def sums(x, y):
    return len(x), x.sum(), y.sum(), x @ x, y @ y, x @ y


def test_with_one_row_each_it_is_the_mean():
    x = np.array([2.0, 3.0, 7.0, 8.0])
    found = ratio(*sums(x, np.ones(4)))
    assert found.value == 5
    assert found.se == pytest.approx(x.std(ddof=1) / 2)


def test_with_one_row_each_its_limits_are_those_of_student():
    x = np.random.default_rng(4).normal(size=12)
    found, student = ratio(*sums(x, np.ones(12))), ttest_1samp(x, 0).confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(student.low), pytest.approx(student.high))


def test_clusters_count_as_so_many_of_one_size():
    """Nine in one and one in each of nine are as 324 / 90 alike; where they cancel out, none is left out."""
    sizes = np.array([9.0, *[1.0] * 9])
    assert effective(sizes.sum(), sizes @ sizes) == pytest.approx(3.6)
    assert quantile(0.95, 10, sizes.sum(), sizes @ sizes) == pytest.approx(t.ppf(0.975, 2.6))
    assert quantile(0.95, 10, 0.1, 90.0) == pytest.approx(t.ppf(0.975, 9))
    assert quantile(0.95, 2, 10.0, 82.0) == pytest.approx(t.ppf(0.975, 1)), "one degree at least"
    assert quantile(0.9, 3, 10.5, 82.25) == pytest.approx(t.ppf(0.95, 1)), "110.25 / 82.25 alike, of three"


def test_where_one_cluster_holds_everything_there_is_one_degree() -> None:
    """No step between next to nothing elsewhere and nothing at all."""
    assert quantile(0.95, 40, 9.0, 81.0) == pytest.approx(t.ppf(0.975, 1)) == quantile(0.95, 40, 9.0, 80.9)


def test_limits_hold_the_truth_where_few_write_most():
    """150 customers with 1 to 50 contacts; by the normal quantile 93.1 % of 6,000."""
    luck, held = np.random.default_rng(11), 0
    for _ in range(2_000):
        found = ratio(*sums(*drawn("ratio", luck, 150)))
        held += found.low <= TRUTH["ratio"] <= found.high
    assert 0.93 <= held / 2_000 <= 0.97


def test_counted_by_hand():
    found = ratio(*sums(np.array([1.0, 2.0]), np.array([2.0, 2.0])))
    assert found.value == 0.75
    assert found.se == pytest.approx(np.sqrt(2 * (0.25 + 0.25)) / 4)


def test_limits_of_a_bounded_mean_counted_by_hand():
    answers = np.array([100.0, 100.0, 0.0, -100.0])
    found, plain = bounded_ratio(*sums(answers, np.ones(4)), (-100.0, 100.0)), ratio(*sums(answers, np.ones(4)))
    reach = t.ppf(0.975, 3) * plain.se / 200 / (0.625 * 0.375)
    limits = [-100 + 200 / (1 + np.exp(-np.log(0.625 / 0.375) - side * reach)) for side in (-1, 1)]
    assert (found.value, found.low, found.high) == (25, pytest.approx(limits[0]), pytest.approx(limits[1]))
    assert plain.high > 100


def test_at_a_bound_every_cluster_is_taken_once():
    found = bounded_ratio(*sums(np.array([2.0, 1.0, 3.0]), np.array([2.0, 1.0, 3.0])))
    assert (found.value, found.high, found.se) == (1.0, 1.0, None)
    assert found.low == pytest.approx(0.4385, abs=1e-4), "Wilson 3/3"


def test_at_the_lower_bound_of_a_scale_the_limits_are_on_the_scale() -> None:
    """Wilson 0/4 at 90 %: z^2 / (4 + z^2)."""
    found = bounded_ratio(*sums(np.full(4, -100.0), np.ones(4)), (-100.0, 100.0), 0.9)
    reach = norm.ppf(0.95) ** 2 / (4 + norm.ppf(0.95) ** 2)
    assert (found.value, found.low, found.high) == (-100, -100, pytest.approx(-100 + 200 * reach))
    top = bounded_ratio(*sums(np.full(4, 100.0), np.ones(4)), (-100.0, 100.0), 0.9)
    assert (top.value, top.low, top.high) == (100, pytest.approx(100 - 200 * reach), 100)


def test_limits_of_a_bounded_mean_are_those_of_its_level() -> None:
    answers = np.array([1.0, 0.5, 0.0, 0.75, 1.0])
    found = bounded_ratio(*sums(answers, np.ones(5)), level=0.8)
    error = answers.std(ddof=1) / np.sqrt(5)
    reach = t.ppf(0.9, 4) * error / 0.65 / 0.35
    assert (found.low, found.high) == (pytest.approx(expit(logit(0.65) - reach)), pytest.approx(expit(logit(0.65) + reach)))
    assert found.se == pytest.approx(error)


def test_a_value_beyond_its_bounds_keeps_limits_at_equal_distance():
    x, y = np.array([3.0, 2.0]), np.array([2.0, 2.0])
    assert bounded_ratio(*sums(x, y)) == ratio(*sums(x, y))
    assert bounded_ratio(*sums(-x, y)) == ratio(*sums(-x, y))


def test_bounded_limits_hold_the_truth_where_cut_ones_do_not():
    luck, truth, held, cut = np.random.default_rng(5), 0.955, 0, 0
    for _ in range(600):
        size = luck.integers(1, 4, 20)
        answers = [luck.choice([0, 0.5, 0.75, 1], k, p=[0.02, 0.02, 0.06, 0.9]) for k in size]
        known = sums(np.array([one.sum() for one in answers]), size.astype(float))
        found, plain = bounded_ratio(*known), ratio(*known)
        held += found.low <= truth <= found.high
        cut += plain.low <= truth <= min(plain.high, 1)
    assert held / 600 > 0.9 > cut / 600


@given(seeds)
def test_ratio_is_the_influence_of_rows_summed_by_cluster(seed):
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 20, 200)
    hit = (rng.random(200) < 0.2 + 0.02 * cluster).astype(float)
    x, y = np.bincount(cluster, hit), np.bincount(cluster).astype(float)
    by_rows = covariance(hit - hit.mean(), cluster)[0, 0]
    assert ratio(*sums(x[y > 0], y[y > 0])).se == pytest.approx(np.sqrt(by_rows))


@given(seeds, st.integers(2, 6))
def test_copies_within_a_cluster_add_nothing(seed, times):
    rng = np.random.default_rng(seed)
    psi, cluster = rng.normal(size=(50, 3)), np.arange(50)
    assert covariance(np.repeat(psi, times, axis=0), np.repeat(cluster, times)) == pytest.approx(covariance(psi, cluster))


@given(seeds)
def test_covariance_is_symmetric_and_positive(seed):
    rng = np.random.default_rng(seed)
    found = covariance(rng.normal(size=(80, 4)), rng.integers(0, 30, 80))
    assert np.array_equal(found, found.T)
    assert np.linalg.eigvalsh(found).min() >= -1e-12


def test_labels_only_name_the_clusters():
    psi, cluster = np.arange(6.0), np.array([3, 3, -1, -1, 9, 9])
    assert covariance(psi, cluster) == pytest.approx(covariance(psi, np.array(["b", "b", "a", "a", "c", "c"])))


def test_two_clusters_are_enough() -> None:
    """Influence 1 and 3 of two rows: the squares are 10, times 2 / (2 - 1), over 2^2; and the same of four rows of two customers."""
    assert covariance([1.0, 3.0]).tolist() == [[5.0]]
    assert covariance([1.0, 1.0, 4.0, 2.0], [0, 0, 1, 1])[0, 0] == (2**2 + 6**2) * 2 / 4**2


def by_hand(shares: Floats, *labels: Integers) -> float:
    """G / (G - 1) times the squared sums of the rows that share all labels."""
    sums: dict[tuple[int, ...], float] = {}
    for share, *label in zip(shares, *labels, strict=True):
        sums[tuple(label)] = sums.get(tuple(label), 0.0) + share
    return len(sums) / (len(sums) - 1) * sum(one**2 for one in sums.values())


@given(seeds, st.sampled_from([(12, 3), (3, 12), (6, 6)]))
def test_rows_that_belong_together_in_two_ways_count_by_either_less_by_both(seed: int, ways: tuple[int, int]) -> None:
    """However few there are the one way and many the other, and in whatever unit the shares are."""
    rng = np.random.default_rng(seed)
    one, other = (rng.integers(0, many, 60) for many in ways)
    shares = rng.normal(size=60) + 0.3 * rng.normal(size=12)[one] + 0.3 * rng.normal(size=12)[other]
    parts = by_hand(shares, one), by_hand(shares, other)
    expected = sum(parts) - by_hand(shares, one, other)
    found = crossed_variance(shares, one, other)
    assert found == pytest.approx(expected if expected > 1e-9 else max(parts))
    assert crossed_variance(shares / 1000, one, other) == pytest.approx(found / 1e6)


def test_a_crossed_variance_of_exactly_nothing_is_not_believed() -> None:
    """Either way 2 * (-1)^2, and 4/3 * 3 together."""
    assert crossed_variance([0, -1, -1, 1], [0, 0, 1, 1], [0, 1, 0, 1]) == 2


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: covariance(np.ones(3), np.zeros(3)), "clusters == 1, must be at least 2"),
        (lambda: covariance(np.ones(3), np.zeros(2)), "cluster.shape == (2,), must be (3,)"),
        (lambda: covariance([1.0, np.nan]), "influence holds missing or infinite values, must be finite"),
        (lambda: covariance([1.0]), "clusters == 1, must be at least 2"),
        (lambda: ratio(1, 1, 1, 1, 1, 1), "n == 1, must be at least 2 clusters"),
        (lambda: ratio(5, 1, 0, 1, 0, 0), "sy == 0, must be other than 0"),
        (lambda: crossed_variance([1, np.inf], [0, 1], [0, 1]), "shares holds missing or infinite values, must be finite"),
        (lambda: crossed_variance([1, 2], [0, 0], [0, 1]), "clusters == 1, must be at least 2"),
        (lambda: crossed_variance([1, 2], [0, 1], [1, 1]), "clusters == 1, must be at least 2"),
    ],
)
def test_what_cannot_be_told_is_refused_and_says_why(call: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=r"at least|shape|finite|other than") as refused:
        call()
    assert str(refused.value) == said
