"""Limits of curves, errors of weighted means, and what is said where neither can be had."""

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import norm
from statsmodels.genmod.families import Binomial, Gaussian
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from roi_core.errors import NumbersRefused
from roi_core.stats import cluster, nuisance, weighting
from roi_core.stats.contrast import Arms
from tests.stats.worlds import draw

WORLD = draw(21, 150, effect=0.5)
ALIVE = np.column_stack([np.ones(len(WORLD.outcome)), 1 - WORLD.outcome * (np.arange(len(WORLD.outcome)) % 2), 1 - WORLD.outcome])


def both(treated: list[float], control: list[float], rows: int = 40) -> Arms:
    """Arms as they come out of a fit, with small influence values of their own."""
    luck = np.random.default_rng(2)
    influence = [luck.normal(scale=0.5, size=(rows, len(treated))) for _ in "ab"]
    return Arms(np.array(treated), np.array(control), *influence, np.ones(rows))


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_limits_of_a_curve_are_those_of_its_log_odds(level: float) -> None:
    """The error of a log odds is that of the share over s (1 - s), as d logit(s) / ds = 1 / (s (1 - s))."""
    arms, customer = both([0.9, 0.35], [0.8, 0.2]), np.arange(40) // 2
    found = weighting.curves(arms, customer, level)
    for share, influence, low, high in (
        (arms.treated, arms.influence_treated, found.treated_low, found.treated_high),
        (arms.control, arms.influence_control, found.control_low, found.control_high),
    ):
        errors = np.sqrt(20 / 19 * (influence.reshape(20, 2, 2).sum(axis=1) ** 2).sum(axis=0)) / 40
        reach = norm.ppf((1 + level) / 2) * errors / share / (1 - share)
        assert (low, high) == (pytest.approx(expit(logit(share) - reach)), pytest.approx(expit(logit(share) + reach)))
    assert (found.treated, found.control) == (pytest.approx(arms.treated), pytest.approx(arms.control))


def test_limits_of_curves_are_those_of_95_percent_where_nothing_else_is_said() -> None:
    arms = both([0.9, 0.35], [0.8, 0.2])
    assert np.array_equal(weighting.curves(arms).control_low, weighting.curves(arms, None, 0.95).control_low)


def test_a_share_at_an_end_has_no_limits_but_itself() -> None:
    """Beyond an end, as mended means can be, and a hair before it count as at it."""
    with np.errstate(all="raise"):
        found = weighting.curves(both([1.0, 1.02, 1 - 4e-13, 0.5], [0.0, -0.01, 4e-13, 0.5]))
    for curve in (found.treated, found.treated_low, found.treated_high):
        assert curve[:3].tolist() == [1, 1, 1]
    for curve in (found.control, found.control_low, found.control_high):
        assert curve[:3].tolist() == [0, 0, 0]
    assert found.treated_low[3] < 0.5 < found.treated_high[3]


def test_curves_stand_for_the_estimand_the_bends_and_the_level_they_were_asked_for() -> None:
    given = ALIVE, WORLD.treated, WORLD.covariates
    found = weighting.survival_curves(*given, WORLD.customer, "ATT", continuous=[False, True, False], level=0.8)
    fitted = nuisance.fit(*given, [False, True, False], cluster=WORLD.customer)
    arms = weighting.arms(fitted, "ATT")
    assert found.treated == pytest.approx(ALIVE[WORLD.treated].mean(axis=0)), "the treated themselves"
    assert found.control == pytest.approx(arms.control)
    error = np.sqrt(np.diag(cluster.covariance(arms.influence_control, WORLD.customer)))[1:]
    share = arms.control[1:]
    assert found.control_low[1:] == pytest.approx(expit(logit(share) - norm.ppf(0.9) * error / share / (1 - share)))


def test_the_error_of_weighted_means_is_that_of_weighted_least_squares() -> None:
    """The sandwich of statsmodels on a constant and the arm, with and without customers who have rows in both arms."""
    weights = np.random.default_rng(3).uniform(0, 0.4, len(WORLD.treated))
    money = WORLD.covariates[:, 1] + WORLD.outcome
    theirs = WLS(money, add_constant(WORLD.treated.astype(float)), weights=weights)
    rows, customers = len(weights), len(np.unique(WORLD.customer))
    alone = weighting.weighted_means(money, WORLD.treated, weights)
    assert alone.value == pytest.approx(theirs.fit().params[1])
    assert alone.se == pytest.approx(theirs.fit(cov_type="HC0").bse[1] * np.sqrt(rows / (rows - 1)))
    together = weighting.weighted_means(money, WORLD.treated, weights, WORLD.customer, 0.9)
    sandwich = theirs.fit(cov_type="cluster", cov_kwds={"groups": WORLD.customer, "use_correction": False})
    assert together.se == pytest.approx(sandwich.bse[1] * np.sqrt(customers / (customers - 1)))
    assert together.high - together.value == pytest.approx(norm.ppf(0.95) * together.se)
    assert alone.high - alone.value == pytest.approx(norm.ppf(0.975) * alone.se)


def test_a_row_without_weight_is_as_if_it_were_not_there() -> None:
    with_it = weighting.weighted_means([1, 4, 2, 9, 3], [1, 1, 0, 0, 0], [1, 2, 1, 0, 3])
    without = weighting.weighted_means([1, 4, 2, 3], [1, 1, 0, 0], [1, 2, 1, 3])
    assert (with_it.value, with_it.risk_treated, with_it.risk_control) == (pytest.approx(0.25), pytest.approx(3), pytest.approx(2.75))
    assert with_it.value == without.value
    assert with_it.influence[3] == 0


@pytest.mark.parametrize(
    "way", [weighting.augmented, weighting.overlap, weighting.g_formula, lambda y, arm, x: weighting.weighted_means(y, arm, np.ones(len(x)))]
)
def test_one_outcome_is_told_in_single_numbers_and_a_table_of_one_in_columns(way) -> None:
    alone, table = (way(outcome, WORLD.treated, WORLD.covariates) for outcome in (WORLD.outcome, WORLD.outcome[:, None]))
    for field in ("value", "se", "low", "high", "risk_treated", "risk_control"):
        assert type(getattr(alone, field)) is float
        assert getattr(table, field) == pytest.approx(np.array([getattr(alone, field)]))
    assert (alone.influence.shape, table.influence.shape) == ((len(WORLD.outcome),), (len(WORLD.outcome), 1))


def test_overlap_names_a_propensity_that_a_column_separates() -> None:
    """The flag is never set on the treated; without it nothing is separated."""
    flagged = np.column_stack([WORLD.covariates, ~WORLD.treated & (np.arange(len(WORLD.treated)) % 9 == 0)])
    assert weighting.overlap(WORLD.outcome, WORLD.treated, flagged).separated == ("propensity",)
    assert weighting.overlap(WORLD.outcome, WORLD.treated, WORLD.covariates).separated == ()


def test_plain_overlap_weights_are_means_with_those_weights() -> None:
    """Row by row and with the error by customer; the chance of the other arm weighs."""
    found = weighting.overlap(WORLD.outcome, WORLD.treated, WORLD.covariates, WORLD.customer)
    weights = np.where(WORLD.treated, 1 - found.propensity, found.propensity)
    means = weighting.weighted_means(WORLD.outcome, WORLD.treated, weights, WORLD.customer)
    assert (found.value, found.se, found.estimand) == (pytest.approx(means.value), pytest.approx(means.se), "ATO")
    assert found.weights == pytest.approx(weights)
    assert found.influence == pytest.approx(means.influence)


def averaged(arm: np.ndarray, outcome: np.ndarray, x: np.ndarray, times: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean over all rows, and expectation of each, by a model of one arm, where row i counts `times[i]` times; by statsmodels."""
    family = Binomial() if set(outcome) == {0, 1} else Gaussian()
    expected = GLM(outcome[arm], x[arm], family=family, freq_weights=times[arm]).fit(tol=1e-13).predict(x)
    return float(np.average(expected, weights=times)), expected


@pytest.mark.parametrize("money", [False, True])
def test_influence_of_the_g_formula_is_what_a_row_more_changes_with_its_residual_stretched(money: bool) -> None:
    """The slope in how often a row counts is how far its gap is from the mean, and a residual's part, which is stretched."""
    rows = slice(0, 160)
    arm, y, covariates = WORLD.treated[rows], WORLD.outcome[rows], WORLD.covariates[rows]
    y = y + covariates[:, 1] if money else y
    x, n = add_constant(covariates), len(y)
    found = weighting.g_formula(y, arm, covariates, splines=False)
    stretched = nuisance.stretch(nuisance.outcome_models(y, arm, covariates, splines=False))[:, 0]
    both = [averaged(side, y, x, np.ones(n)) for side in (arm, ~arm)]
    assert found.value == pytest.approx(both[0][0] - both[1][0], abs=1e-7)
    gap = both[0][1] - both[1][1] - found.value
    expected = []
    for row in range(24):
        more, less = (np.ones(n) + side * 1e-4 * (np.arange(n) == row) for side in (1, -1))
        ends = [averaged(arm, y, x, times)[0] - averaged(~arm, y, x, times)[0] for times in (more, less)]
        expected.append(gap[row] + stretched[row] * (n * (ends[0] - ends[1]) / 2e-4 - gap[row]))
    assert found.influence.mean() == pytest.approx(0, abs=1e-12)
    shift = found.influence[:24] - expected
    assert shift == pytest.approx(np.full(24, shift[0]), abs=1e-4), "all but the mean of what the stretch adds"
    assert abs(shift[0]) < 0.05


def test_several_outcomes_by_the_g_formula_are_each_as_alone() -> None:
    outcomes = np.column_stack([WORLD.outcome, 100 * WORLD.covariates[:, 1] ** 2])
    together = weighting.g_formula(outcomes, WORLD.treated, WORLD.covariates, WORLD.customer)
    for place in (0, 1):
        alone = weighting.g_formula(outcomes[:, place], WORLD.treated, WORLD.covariates, WORLD.customer)
        assert (together.value[place], together.se[place]) == (pytest.approx(alone.value), pytest.approx(alone.se))
        assert together.influence[:, place] == pytest.approx(alone.influence, abs=1e-6)
        assert alone.influence.mean() == pytest.approx(0, abs=1e-10)


OF_BOTH_ARMS = "must be (3,), not below 0, some above 0 in both arms"


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, np.nan, 1], "weights holds missing or infinite values, must be finite"),
        ([1, 1], f"weights.shape == (2,), {OF_BOTH_ARMS}"),
        ([1, 1, -1], f"weights.shape == (3,), {OF_BOTH_ARMS}"),
        ([0, 1, 1], f"weights.shape == (3,), {OF_BOTH_ARMS}"),
        ([1, 0, 0], f"weights.shape == (3,), {OF_BOTH_ARMS}"),
    ],
)
def test_what_is_wrong_with_weights_is_said(weights: list[float], said: str) -> None:
    with pytest.raises(ValueError, match="weights") as refused:
        weighting.weighted_means([0, 1, 1], [1, 0, 0], weights)
    assert str(refused.value) == said


@pytest.mark.parametrize("way", [weighting.augmented, weighting.overlap, weighting.g_formula])
def test_a_level_widens_the_limits_and_nothing_else(way) -> None:
    given = WORLD.outcome, WORLD.treated, WORLD.covariates, WORLD.customer
    plain, narrow = way(*given), way(*given, level=0.8)
    assert (plain.high - plain.value) / (narrow.high - narrow.value) == pytest.approx(norm.ppf(0.975) / norm.ppf(0.9))
    assert (plain.value, plain.se) == (narrow.value, narrow.se)
    with pytest.raises(NumbersRefused) as refused:
        way(*given, level=1.0)
    assert str(refused.value) == "level == 1.0, must be between 0 and 1"


@pytest.mark.parametrize("way", [weighting.augmented, weighting.overlap, weighting.g_formula])
def test_columns_bend_where_they_are_said_to_and_only_with_splines(way) -> None:
    """By hand: the second column and how far it is above each of its percentiles, straight lines all."""
    given = WORLD.outcome, WORLD.treated
    x, knots = WORLD.covariates, np.quantile(WORLD.covariates[:, 1], (0.1, 0.5, 0.9))
    by_hand = np.column_stack([x, *(np.maximum(x[:, 1] - knot, 0) for knot in knots)])
    bent = way(*given, x, continuous=[False, True, False])
    assert bent.value == pytest.approx(way(*given, by_hand, splines=False).value, abs=1e-7)
    straight = way(*given, x, continuous=[False, True, False], splines=False)
    assert abs(straight.value - bent.value) > 1e-5
