import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.discrete_model import Logit as Oracle

from roi_core.stats import logistic
from tests.stats.worlds import expit

seeds = st.integers(0, 10_000)


def draw(seed, n=400, p=4):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(size=(n, p)) * rng.lognormal(size=p) + rng.normal(size=p)])
    beta = np.concatenate(([-0.5], 0.7 * rng.normal(size=p) / x[:, 1:].std(axis=0)))
    return x, rng.random(n) < expit(x @ beta - np.mean(x[:, 1:] @ beta[1:]))


@given(seeds)
@settings(max_examples=30)
def test_equals_statsmodels(seed):
    x, y = draw(seed)
    ours, theirs = logistic.fit(x, y), Oracle(y.astype(float), x).fit(disp=0, tol=1e-12, maxiter=100)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-8, abs=1e-8)
    assert ours.se == pytest.approx(theirs.bse, rel=1e-8)
    assert ours.probability == pytest.approx(theirs.predict(), abs=1e-8)
    assert ours.log_likelihood == pytest.approx(theirs.llf, rel=1e-10)
    assert not ours.separated


def test_warm_start_of_long_data_changes_nothing():
    x, y = draw(5, 70_000)
    warm = logistic.fit(x, y)
    cold = logistic.newton(x, y.astype(float), np.zeros(x.shape[1]))
    assert warm.coefficients == pytest.approx(cold.coefficients, rel=1e-9, abs=1e-9)
    assert warm.iterations < cold.iterations


def test_a_rare_event_that_no_20th_row_has_is_fitted_all_the_same() -> None:
    """1,000 of 61,000 in one half and 500 in the other, never in a 20th row: the coefficient is the log of the odds ratio of two halves of 30,500 rows."""
    half = (np.arange(61_000) % 2).astype(float)
    y, spare = np.zeros(61_000), np.flatnonzero(np.arange(61_000) % 20 > 1)
    y[spare[spare % 2 == 1][:1_000]] = 1
    y[spare[spare % 2 == 0][:500]] = 1
    found = logistic.fit(np.column_stack([np.ones(61_000), half]), y)
    assert found.coefficients[1] == pytest.approx(np.log((1_000 / 29_500) / (500 / 30_000)))
    assert not found.separated


def test_fitted_shares_meet_the_observed():
    x, y = draw(7)
    found = logistic.fit(x, y)
    assert x.T @ (y - found.probability) == pytest.approx(np.zeros(x.shape[1]), abs=1e-6)


def test_dependent_columns_are_dropped_and_the_first_kept():
    x, y = draw(8)
    longer = np.column_stack([x, x[:, 1] - 2 * x[:, 2] + 3, np.zeros(len(x)), np.full(len(x), 7.0)])
    found, plain = logistic.fit(longer, y), logistic.fit(x, y)
    assert found.dropped == (5, 6, 7)
    assert found.coefficients[:5] == pytest.approx(plain.coefficients)
    assert found.probability == pytest.approx(plain.probability)
    assert found.se[5:].tolist() == [0, 0, 0]


@pytest.mark.parametrize("kind", ["complete", "quasi"])
def test_separation_is_said_and_stays_finite(kind):
    x, y = draw(9)
    flag = y.astype(float) if kind == "complete" else (y & (np.arange(len(y)) % 3 == 0)).astype(float)
    found = logistic.fit(np.column_stack([x, flag]), y)
    assert found.separated
    assert found.ridge == logistic.RIDGE
    assert np.isfinite(found.coefficients).all()
    assert np.abs(found.coefficients[-1]) < 40
    assert 0 < found.probability.min() < found.probability.max() < 1


def test_separation_beside_a_good_column_leaves_it_alone():
    x, y = draw(10, 4000)
    flag = (y & (np.arange(len(y)) % 50 == 0)).astype(float)
    ridge, rest = logistic.fit(np.column_stack([x, flag]), y), logistic.fit(x[flag == 0], y[flag == 0])
    assert ridge.separated
    assert ridge.coefficients[1:-1] == pytest.approx(rest.coefficients[1:], abs=1e-3)


def test_far_outliers_are_not_taken_for_separation():
    x, y = draw(11)
    x[0, 1], y[0] = 1e4, True
    assert not logistic.fit(x, y).separated


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: logistic.fit(np.ones((3, 1)), np.zeros(3)), "outcome == 0 in all 3 rows, must take both values"),
        (lambda: logistic.fit(np.ones((4, 1)), np.ones(4)), "outcome == 1 in all 4 rows, must take both values"),
        (lambda: logistic.fit(np.ones((2, 1)), [0, 2]), "outcome holds values other than 0 and 1, must be 0 or 1"),
        (lambda: logistic.fit([1.0, np.inf], [0, 1]), "design holds missing or infinite values, must be finite"),
        (lambda: logistic.fit(np.ones((2, 2, 2)), [0, 1]), "design.ndim == 3, must be 1 or 2"),
    ],
)
def test_what_has_no_odds_is_refused(call, said: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        call()
    assert str(refused.value) == said
