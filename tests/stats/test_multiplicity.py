import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from roi_core.stats.multiplicity import benjamini_hochberg, cochran_q, shrink

# Benjamini, Hochberg 1995, JRSSB 57:289, the example of section 3.2
P_1995 = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]

# Colditz et al. 1994, JAMA 271:698, vaccinated and not, with and without tuberculosis; log risk ratios differ with Q(12) = 152.2330 (metafor, dat.bcg)
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13_536, 248, 12_619), (33, 5_036, 47, 5_761), (180, 1_361, 372, 1_079), (8, 2_537, 10, 619),
    (505, 87_886, 499, 87_892), (29, 7_470, 45, 7_232), (17, 1_699, 65, 1_600), (186, 50_448, 141, 27_197), (5, 2_493, 3, 2_338), (27, 16_886, 29, 17_825),
]  # fmt: skip


def test_published_example_rejects_four():
    q = benjamini_hochberg(P_1995)
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_equals_statsmodels(p):
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)


def test_an_impossible_one_is_never_made_of_likely_ones() -> None:
    assert benjamini_hochberg([0.9, 0.95, 1.0]).tolist() == [1, 1, 1]
    assert benjamini_hochberg([]).tolist() == []


@given(st.integers(0, 1000), st.floats(-2, 2))
@settings(max_examples=25)
def test_shrunk_values_lie_between_the_estimate_and_the_average(seed, shift):
    rng = np.random.default_rng(seed)
    y, se = rng.normal(0, 0.05, 12), rng.uniform(0.01, 0.06, 12)
    found, moved = shrink(y, se), shrink(y + shift, se)
    assert moved.values == pytest.approx(found.values + shift, abs=1e-8)
    assert moved.lows == pytest.approx(found.lows + shift, abs=1e-8)
    assert (found.lows < found.values).all()
    assert (found.values < found.highs).all()
    assert found.values.std() < y.std()
    assert y.min() <= found.values.min() <= found.values.max() <= y.max()


def test_precise_estimates_stay_and_vague_ones_are_pulled():
    y, se = np.array([-0.1, 0.1, -0.1, 0.1]), np.array([0.001, 0.001, 0.3, 0.3])
    found = shrink(y, se)
    assert found.values[:2] == pytest.approx(y[:2], abs=1e-3)
    assert np.abs(found.values[2:]).max() < 0.02


@given(st.integers(0, 1000), st.integers(2, 12))
@settings(max_examples=25)
def test_equals_the_model_integrated_over_mean_and_spread_by_brute_force(seed, m):
    """Another program: the density of mean and spread on a fine grid of both, each value and limit read off it."""
    rng = np.random.default_rng(seed)
    y, se = rng.normal(-0.03, 0.05, m), rng.uniform(0.01, 0.06, m)
    found, tau = shrink(y, se), np.linspace(0, 0.25, 101)[:, None]
    mu = np.linspace(y.min() - 0.5, y.max() + 0.5, 2_001)[None, :]
    density = norm.pdf(tau, scale=0.05)
    for one, error in zip(y, se, strict=True):
        density = density * norm.pdf(one, mu, np.sqrt(tau**2 + error**2))
    density /= density.sum()
    kept = tau**2 / (tau**2 + se[0] ** 2)
    centre, spread = kept * y[0] + (1 - kept) * mu, np.sqrt(kept) * se[0]
    assert found.values[0] == pytest.approx((density * centre).sum(), abs=1e-5)
    below = [(density * norm.cdf(limit, centre, np.maximum(spread, 1e-9))).sum() for limit in (found.lows[0], found.highs[0])]
    assert below == pytest.approx([0.025, 0.975], abs=2e-3)
    assert found.average == pytest.approx((density * mu).sum(), abs=1e-5)
    whole = [density[:, mu[0] <= limit].sum() for limit in (found.average_low, found.average_high)]
    assert whole == pytest.approx([0.025, 0.975], abs=5e-3)
    assert found.tau == pytest.approx((density * tau).sum(), abs=1e-5)


def test_the_published_trials_differ_by_as_much_as_was_published():
    a, b, c, d = np.array(BCG, dtype=float).T
    found = cochran_q(np.log(a / (a + b)) - np.log(c / (c + d)), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)))
    assert (found.statistic, found.df) == (pytest.approx(152.2330, abs=5e-5), 12)
    assert found.p < 1e-20


@given(st.integers(0, 1000), st.integers(2, 24))
@settings(max_examples=25)
def test_cochrans_q_equals_statsmodels(seed, m):
    rng = np.random.default_rng(seed)
    y, se = rng.normal(0, 0.05, m), rng.uniform(0.01, 0.06, m)
    found, other = cochran_q(y, se), combine_effects(y, se**2)
    assert (found.statistic, found.p) == (pytest.approx(other.q), pytest.approx(other.test_homogeneity().pvalue))


def test_where_nothing_differs_cochrans_q_says_so_in_one_of_twenty():
    rng = np.random.default_rng(3)
    se = rng.uniform(0.01, 0.06, (4_000, 5))
    assert np.mean([cochran_q(rng.normal(-0.03, one), one).p <= 0.05 for one in se]) == pytest.approx(0.05, abs=0.012)


def test_shrunk_intervals_cover_and_raw_maxima_mislead():
    """24 segments, spread 2 points, errors 4 points: as in method-evidence section 5."""
    rng = np.random.default_rng(1)
    hits, raw_error, pulled_error = [], [], []
    for _ in range(100):
        truth = rng.normal(-0.03, 0.02, 24)
        y = truth + rng.normal(0, 0.04, 24)
        found = shrink(y, np.full(24, 0.04))
        hits.append(np.mean((found.lows <= truth) & (truth <= found.highs)))
        raw_error.append(np.mean((y - truth) ** 2))
        pulled_error.append(np.mean((found.values - truth) ** 2))
    assert 0.93 <= np.mean(hits) <= 0.98
    assert np.sqrt(np.mean(pulled_error)) < 0.6 * np.sqrt(np.mean(raw_error))


def test_too_few_to_hold_against_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        cochran_q([0.1], [0.1])


def by_joint_normals(y: np.ndarray, se: np.ndarray, scale: float, level: float) -> tuple[list[float], list[float], list[float], float, float]:
    """For each tau of the grid estimates and truths as one normal with a mean that hardly anything is known of; the fit of a tau by contrasts."""
    taus, m, wide = np.linspace(0, 5 * scale, 101), len(y), 1e2
    contrasts = np.eye(m)[1:] - np.eye(m)[0]
    fits, centres, errors, averages = [], [], [], []
    for tau in taus:
        truth = tau**2 * np.eye(m) + wide
        seen = truth + np.diag(se**2)
        gain = truth @ np.linalg.inv(seen)
        fits.append(multivariate_normal.pdf(contrasts @ y, cov=contrasts @ seen @ contrasts.T) * norm.pdf(tau / scale))
        centres.append(gain @ y)
        errors.append(np.sqrt(np.diag(truth - gain @ truth)))
        averages.append(wide * np.ones(m) @ np.linalg.inv(seen) @ y)
    weight = np.array(fits) / np.sum(fits)

    def quantile(q: float, j: int) -> float:
        return brentq(lambda at: weight @ norm.cdf((at - np.array(centres)[:, j]) / np.array(errors)[:, j]) - q, -5, 5, xtol=1e-12)

    lows, highs = ([quantile(q, j) for j in range(m)] for q in ((1 - level) / 2, (1 + level) / 2))
    return list(weight @ centres), lows, highs, weight @ averages, weight @ taus


@pytest.mark.parametrize(("scale", "level"), [(0.05, 0.95), (0.2, 0.8)])
def test_shrinkage_equals_joint_normals_of_estimates_and_truths(scale: float, level: float) -> None:
    y, se = np.array([-0.1, 0.02, 0.15]), np.array([0.05, 0.1, 0.08])
    pulled = shrink(y, se, scale, level)
    told = (pulled.values, pulled.lows, pulled.highs, pulled.average, pulled.tau)
    for found, other in zip(told, by_joint_normals(y, se, scale, level), strict=True):
        assert found == pytest.approx(other, abs=5e-6)


def test_without_a_level_or_a_scale_they_are_95_percent_and_5_points() -> None:
    y, se = np.array([-0.1, 0.1, 0.3]), np.array([0.1, 0.1, 0.2])
    for found, named in zip(shrink(y, se), shrink(y, se, scale=0.05, level=0.95), strict=True):
        assert np.array_equal(found, named)


def test_the_unit_of_the_estimates_does_not_matter() -> None:
    y, se = np.array([-0.1, 0.02, 0.15]), np.array([0.05, 0.1, 0.08])
    plain, scaled = shrink(y, se), shrink(1_000 * y, 1_000 * se, scale=50)
    for one, other in zip(plain, scaled, strict=True):
        assert other == pytest.approx(1_000 * one, rel=1e-9)


def test_hundreds_of_precise_estimates_tell_their_spread() -> None:
    y = np.random.default_rng(2).normal(0.02, 0.05, 500)
    found = shrink(y, np.full(500, 0.001))
    assert (found.tau, found.average) == (pytest.approx(y.std(), rel=0.02), pytest.approx(y.mean(), abs=1e-4))
    assert found.values == pytest.approx(y, abs=1e-3)


ROW = "p must be one row of values from 0 to 1"
TWO_ROWS = "estimates and ses must be two rows of equal length of at least 2, ses above 0"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: benjamini_hochberg([0.5, 1.5]), ROW),
        (lambda: benjamini_hochberg([-0.1, 0.5]), ROW),
        (lambda: benjamini_hochberg([[0.1, 0.5]]), ROW),
        (lambda: benjamini_hochberg([0.1, np.nan]), "p holds missing or infinite values, must be finite"),
        (lambda: shrink([0.1], [0.1]), TWO_ROWS),
        (lambda: shrink([0.1, 0.2], [0.1, 0.0]), TWO_ROWS),
        (lambda: shrink([0.1, 0.2], [0.1, 0.1, 0.1]), TWO_ROWS),
        (lambda: shrink([[0.1, 0.2]], [[0.1, 0.1]]), TWO_ROWS),
        (lambda: shrink([[0.1, 0.2], [0.3, 0.1]], [[0.1, 0.1], [0.1, 0.1]]), TWO_ROWS),
        (lambda: shrink([0.1, np.nan], [0.1, 0.2]), "estimates holds missing or infinite values, must be finite"),
        (lambda: shrink([0.1, 0.2], [0.1, np.inf]), "ses holds missing or infinite values, must be finite"),
    ],
)
def test_numbers_that_cannot_be_joined_are_refused(call, said: str) -> None:
    with pytest.raises(ValueError, match="must be") as refused:
        call()
    assert str(refused.value) == said


def test_two_estimates_are_enough() -> None:
    assert shrink([0.1, 0.3], [0.1, 0.1]).average == pytest.approx(0.2)
