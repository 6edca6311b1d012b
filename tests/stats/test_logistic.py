import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
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


def penalised(x: np.ndarray, y: np.ndarray, beta: np.ndarray) -> float:
    """Minus the log-likelihood, and a half of 0.01 per squared coefficient of a column scaled to mean square 1; the constant is free."""
    eta, rest = x @ beta, slice(1, None)
    return float(np.logaddexp(0, eta).sum() - y @ eta + 0.005 * ((x[:, rest] ** 2).mean(axis=0) * beta[rest] ** 2).sum())


@pytest.mark.parametrize("kind", ["complete", "quasi"])
def test_separation_is_answered_by_the_penalty_that_is_documented(kind: str) -> None:
    x, y = draw(9, 200, 2)
    flag = y.astype(float) if kind == "complete" else (y & (np.arange(len(y)) % 3 == 0)).astype(float)
    x = np.column_stack([x, 2 * flag])
    found = logistic.fit(x, y)
    least = penalised(x, y, found.coefficients)
    for j in range(x.shape[1]):
        for step in (-1e-3, 1e-3):
            assert least < penalised(x, y, found.coefficients + step * np.eye(x.shape[1])[j])
    theirs = minimize(lambda beta: penalised(x, y, beta), found.coefficients + 0.1, method="BFGS", options={"gtol": 1e-7})
    assert found.coefficients == pytest.approx(theirs.x, abs=1e-4)
    assert found.log_likelihood == pytest.approx(np.log(np.where(y, found.probability, 1 - found.probability)).sum(), rel=1e-6)
    penalty = np.diag(np.r_[0, 0.01 * (x[:, 1:] ** 2).mean(axis=0)])
    weighted = x * (found.probability * (1 - found.probability))[:, None]
    assert found.covariance == pytest.approx(np.linalg.inv(x.T @ weighted + penalty), rel=1e-5)


def test_steps_are_counted_as_newton_takes_them_to_a_hundred_millionth() -> None:
    x, y = draw(3)
    beta, steps, size = np.zeros(x.shape[1]), 0, 1.0
    while size >= 1e-8:
        p = expit(x @ beta)
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]), x.T @ (y - p))
        beta, steps, size = beta + step, steps + 1, np.abs(step * np.sqrt((x**2).mean(axis=0))).max()
    assert logistic.fit(x, y).iterations == steps == logistic.newton(x, y.astype(float), np.zeros(x.shape[1])).iterations
    assert logistic.newton(x, y.astype(float), beta).iterations == 1


def test_a_start_from_which_whole_steps_would_run_away_leads_to_the_same_answer() -> None:
    x, y = draw(4, 200, 2)
    start = np.array([0.0, 8, -8]) / np.r_[1, x[:, 1:].std(axis=0)]
    found = logistic.newton(x, y.astype(float), start)
    assert found.coefficients == pytest.approx(logistic.fit(x, y).coefficients, rel=1e-8, abs=1e-8)
    assert found.ridge == 0


@pytest.mark.parametrize("eta", [-800.0, -2.0, 0.0, 2.0, 800.0])
def test_probabilities_are_accurate_at_both_ends(eta: float) -> None:
    assert logistic.probability(np.array([[eta]]), np.ones(1)).tolist() == [pytest.approx(np.exp(-np.logaddexp(0, -eta)), rel=1e-12, abs=0)]


def test_numbers_that_overflow_do_not_settle() -> None:
    with np.errstate(all="ignore"), pytest.raises(ArithmeticError, match=r"^logit of 4 rows did not settle in 50 steps$"):
        logistic.newton(np.array([[1e200], [-1e200], [1e200], [1e200]]), np.array([1.0, 0, 0, 1]))


def test_columns_that_earlier_ones_determine_up_to_rounding_are_found() -> None:
    """The square of what earlier columns leave of a column of length 1 must be over 1e-10."""
    luck = np.random.default_rng(2)
    one, other = np.linalg.qr(luck.normal(size=(50, 2)))[0].T
    for hair, kept in ((2e-5, [0, 1, 2]), (0.5e-5, [0, 1])):
        x = np.column_stack([7 * one, 1e-6 * (one + other), one - other + hair * np.sqrt(2) * luck.permutation(one)])
        assert logistic.independent_columns(x.T @ x) == kept
    with np.errstate(all="raise"):
        assert logistic.independent_columns(np.diag([0.0, 2.0, 0.0])) == [1]


def test_columns_of_any_size_are_told_apart_and_fitted_in_as_many_steps() -> None:
    x, y = draw(6)
    sizes = np.array([1, 1e-12, 1e12, 1e-6, 1e6])
    plain, sized = logistic.fit(x, y), logistic.fit(x * sizes, y)
    assert logistic.independent_columns((x * sizes).T @ (x * sizes)) == [0, 1, 2, 3, 4]
    assert (sized.iterations, sized.dropped) == (plain.iterations, ())
    assert sized.coefficients * sizes == pytest.approx(plain.coefficients)


def test_the_last_step_is_taken() -> None:
    x, y = draw(3)
    answer = logistic.newton(x, y.astype(float), logistic.fit(x, y).coefficients).coefficients
    away = 4e-9 / np.sqrt((x**2).mean(axis=0))
    found = logistic.newton(x, y.astype(float), answer + away)
    assert found.iterations == 1
    assert (found.coefficients - answer) / away == pytest.approx(np.zeros(5), abs=1e-4)


def test_a_step_that_loses_likelihood_is_halved_until_it_does_not() -> None:
    """Half of 100 rows: from log-odds of 2.5 a whole step leads to -3.5, which is less likely, half of it to -0.5."""
    y, beta, steps, step = np.arange(100) % 2.0, 2.5, 0, 1.0
    while abs(step) >= 1e-8:
        p = 1 / (1 + np.exp(-beta))
        step, steps = (0.5 - p) / (p * (1 - p)), steps + 1
        while np.logaddexp(0, beta + step) - (beta + step) / 2 > np.logaddexp(0, beta) - beta / 2 + 1e-9:
            step /= 2
        beta += step
    found = logistic.newton(np.ones((100, 1)), y, np.array([2.5]))
    assert (found.iterations, found.coefficients[0]) == (steps, pytest.approx(0, abs=1e-12))


def test_a_column_of_zeros_does_not_settle() -> None:
    x, y = np.column_stack([np.ones(6), np.zeros(6)]), np.array([0.0, 1, 0, 1, 1, 1])
    with np.errstate(all="raise"), pytest.raises(ArithmeticError, match="6 rows"):
        logistic.newton(x, y)


def test_far_outliers_are_not_taken_for_separation():
    x, y = draw(11)
    x[0, 1], y[0] = 1e4, True
    assert not logistic.fit(x, y).separated


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: logistic.fit(np.ones((3, 1)), np.zeros(3)), "outcome == 0 in all 3 rows, must take both values"),
        (lambda: logistic.fit(np.ones((1, 1)), np.zeros(1)), "outcome == 0 in all 1 rows, must take both values"),
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
