import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.discrete_model import Logit
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant
from statsmodels.treatment.treatment_effects import TreatmentEffect

from roi_core.stats import balance, cluster, nuisance, weighting
from roi_core.stats.nuisance import Nuisances
from roi_core.stats.splines import hinges
from tests.stats.worlds import draw

seeds = st.integers(0, 10_000)
estimands = pytest.mark.parametrize("estimand", ["ATO", "ATT", "ATE"])


def money(world):
    return 20 + 5 * world.covariates[:, 1] - 3 * world.treated + np.random.default_rng(0).normal(size=len(world.treated))


def figures(found):
    return np.array([found.value, found.se, found.low, found.high])


@estimands
def test_the_formula_of_the_method(estimand):
    """Written out once more, row by row sums, from the nuisances alone."""
    world = draw(1, effect=0.5)
    fit = nuisance.fit(world.outcome, world.treated, world.covariates)
    y, m1, m0 = fit.outcome[:, 0], fit.mean_treated[:, 0], fit.mean_control[:, 0]
    a, e = world.treated.astype(float), fit.propensity
    if estimand == "ATO":
        h, w1, w0 = e * (1 - e), a * (1 - e), (1 - a) * e
        expected = (h * (m1 - m0)).sum() / h.sum() + (w1 * (y - m1)).sum() / w1.sum() - (w0 * (y - m0)).sum() / w0.sum()
    elif estimand == "ATT":
        expected = (a * (y - m0) - (1 - a) * e / (1 - e) * (y - m0)).mean() / a.mean()
    else:
        expected = (m1 - m0 + a * (y - m1) / e - (1 - a) * (y - m0) / (1 - e)).mean()
    assert weighting.contrast(fit, estimand=estimand).value == pytest.approx(expected, abs=1e-12)


def test_influence_of_the_overlap_contrast_is_that_of_the_method():
    world = draw(2, effect=0.5)
    fit = nuisance.fit(world.outcome, world.treated, world.covariates, cluster=world.customer)
    y, m1, m0 = fit.outcome[:, 0], fit.mean_treated[:, 0], fit.mean_control[:, 0]
    a, e, n = world.treated.astype(float), fit.propensity, len(fit.propensity)
    h, w1, w0 = e * (1 - e), a * (1 - e), (1 - a) * e
    tau = np.average(m1 - m0, weights=h)
    one, zero = (y - m1) * fit.stretch[:, 0], (y - m0) * fit.stretch[:, 0]
    r1, r0 = np.average(one, weights=w1), np.average(zero, weights=w0)
    phi = n * (h * (m1 - m0 - tau) / h.sum() + w1 * (one - r1) / w1.sum() - w0 * (zero - r0) / w0.sum())
    found = weighting.contrast(fit, world.customer)
    by_customer = np.bincount(world.customer, phi)
    groups = len(np.unique(world.customer))
    assert found.influence == pytest.approx(phi, abs=1e-9)
    assert found.se == pytest.approx(np.sqrt(groups / (groups - 1) * (by_customer**2).sum()) / n)


def test_without_covariates_the_error_is_the_one_of_neyman():
    """HC2 of two means is s1^2/n1 + s0^2/n0 (Samii, Aronow 2012 Stat Probab Lett 82:365), here times n/(n-1)."""
    world = draw(5, 60)
    y, n = money(world), len(world.treated)
    found = weighting.augmented(y, world.treated, np.ones((n, 1)), estimand="ATE", splines=False)
    expected = sum(np.var(y[side], ddof=1) / side.sum() for side in (world.treated, ~world.treated))
    assert found.value == pytest.approx(y[world.treated].mean() - y[~world.treated].mean())
    assert found.se**2 == pytest.approx(expected * n / (n - 1))


def test_the_error_of_the_g_formula_is_hc2_and_the_spread_of_its_predictions():
    world = draw(5, 80)
    y, x, n = money(world), add_constant(world.covariates), len(world.treated)
    arms = [OLS(y[side], x[side]).fit(cov_type="HC2") for side in (world.treated, ~world.treated)]
    gap = x @ (arms[0].params - arms[1].params)
    expected = sum(x.mean(axis=0) @ arm.cov_params() @ x.mean(axis=0) for arm in arms) + gap.var() / n
    found = weighting.g_formula(y, world.treated, world.covariates, splines=False)
    assert found.value == pytest.approx(gap.mean())
    assert found.se**2 == pytest.approx(expected * n / (n - 1), rel=0.02)


@estimands
@given(seeds)
@settings(max_examples=15)
def test_influence_averages_to_nothing_and_arms_to_the_value(estimand, seed):
    world = draw(seed, 120)
    found = weighting.augmented(world.outcome, world.treated, world.covariates, world.customer, estimand)
    assert found.influence.mean() == pytest.approx(0, abs=1e-9)
    assert found.value == pytest.approx(found.risk_treated - found.risk_control)
    assert 1 <= found.ess_treated <= world.treated.sum() + 1e-9
    assert 1 <= found.ess_control <= (~world.treated).sum() + 1e-9


@pytest.mark.parametrize("estimand", ["ATO", "ATE"])
@given(seeds)
@settings(max_examples=15)
def test_swapping_treatment_flips_the_sign(estimand, seed):
    world = draw(seed, 150)
    there = weighting.augmented(world.outcome, world.treated, world.covariates, world.customer, estimand)
    back = weighting.augmented(world.outcome, ~world.treated, world.covariates, world.customer, estimand)
    assert (back.value, back.se) == pytest.approx((-there.value, there.se), abs=1e-7)


@given(seeds)
@settings(max_examples=15)
def test_order_of_rows_names_of_customers_and_units_of_covariates_do_not_matter(seed):
    world = draw(seed, 150)
    rng = np.random.default_rng(seed)
    order, names = rng.permutation(len(world.treated)), rng.permutation(world.customer.max() + 1)
    plain = weighting.augmented(world.outcome, world.treated, world.covariates, world.customer)
    moved = weighting.augmented(
        world.outcome[order], world.treated[order], (world.covariates * [3.0, 0.01, 1000.0] - [5, 1, -9])[order], names[world.customer][order]
    )
    assert figures(moved) == pytest.approx(figures(plain), abs=1e-7)


@pytest.mark.parametrize("way", [weighting.augmented, weighting.g_formula])
@given(seeds, st.integers(2, 4))
@settings(max_examples=15)
def test_copied_rows_add_no_knowledge(way, seed, times):
    world = draw(seed, 150)
    args = world.outcome, world.treated, world.covariates, world.customer
    copied = way(*(np.repeat(a, times, axis=0) for a in args), splines=False)
    assert figures(copied) == pytest.approx(figures(way(*args, splines=False)), abs=1e-7)


def test_copied_rows_add_nothing_to_curves():
    world = draw(3, 150)
    args = np.column_stack([1.0 - world.outcome, 1.0 - world.outcome * world.treated]), world.treated, world.covariates, world.customer
    once, thrice = (weighting.survival_curves(*(np.repeat(a, times, axis=0) for a in args), splines=False) for times in (1, 3))
    assert thrice.treated_low == pytest.approx(once.treated_low, abs=1e-7)
    assert thrice.control_high == pytest.approx(once.control_high, abs=1e-7)


@estimands
@given(st.floats(-50, 50), st.floats(0.1, 20))
@settings(max_examples=15)
def test_a_real_outcome_moves_with_its_unit(estimand, shift, scale):
    world = draw(3, 200)
    plain = weighting.augmented(money(world), world.treated, world.covariates, world.customer, estimand)
    moved = weighting.augmented(shift + scale * money(world), world.treated, world.covariates, world.customer, estimand)
    # AIPW for the treated and for all is not normalised, so that a shift may move its error a little, its value never
    assert moved.value == pytest.approx(scale * plain.value, abs=1e-6)
    if estimand == "ATO":
        assert moved.se == pytest.approx(scale * plain.se)


@given(seeds)
@settings(max_examples=15)
def test_overlap_weights_balance_every_term_exactly(seed):
    world = draw(seed, 200)
    found = weighting.overlap(world.outcome, world.treated, world.covariates)
    terms = hinges(world.covariates).design(world.covariates)[:, 1:]
    assert balance.smd(terms, world.treated, found.weights) == pytest.approx(np.zeros(terms.shape[1]), abs=1e-6)


def test_several_outcomes_are_the_same_as_each_alone():
    world = draw(4, effect=0.4)
    outcomes = np.column_stack([world.outcome, money(world), 1 - world.outcome])
    together = weighting.augmented(outcomes, world.treated, world.covariates, world.customer)
    for j in range(3):
        alone = weighting.augmented(outcomes[:, j], world.treated, world.covariates, world.customer)
        assert [x[j] for x in (together.value, together.se, together.low, together.high)] == pytest.approx(figures(alone), abs=1e-8)
        assert together.influence[:, j] == pytest.approx(alone.influence, abs=1e-6)
    joint = cluster.covariance(together.influence, world.customer)
    assert np.sqrt(np.diag(joint)) == pytest.approx(together.se)
    assert joint[0, 2] == pytest.approx(-joint[0, 0])


def test_without_covariates_it_is_the_raw_difference():
    world = draw(5)
    found = weighting.augmented(world.outcome, world.treated, np.empty((len(world.treated), 0)))
    raw = world.outcome[world.treated].mean() - world.outcome[~world.treated].mean()
    assert found.value == pytest.approx(raw)
    assert weighting.overlap(world.outcome, world.treated, np.zeros(len(world.treated))).value == pytest.approx(raw)


def test_a_right_outcome_model_needs_no_weights():
    rng = np.random.default_rng(6)
    m1, m0 = rng.random((50, 1)), rng.random((50, 1))
    treated, wrong = np.arange(50) % 3 == 0, rng.uniform(0.1, 0.9, 50)
    fit = Nuisances(np.where(treated[:, None], m1, m0), treated, wrong, m1, m0, single=True)
    assert weighting.contrast(fit, estimand="ATE").value == pytest.approx((m1 - m0).mean())
    assert weighting.contrast(fit, estimand="ATT").value == pytest.approx((m1 - m0)[treated].mean())


def test_plain_overlap_weights_are_weighted_means():
    world = draw(7)
    found = weighting.overlap(world.outcome, world.treated, world.covariates, world.customer)
    a, e = world.treated, found.propensity
    expected = np.average(world.outcome[a], weights=1 - e[a]) - np.average(world.outcome[~a], weights=e[~a])
    assert found.value == pytest.approx(expected)


def test_regression_adjustment_equals_statsmodels():
    """Its error is that of many rows: residuals are not stretched."""
    world = draw(8, 4_000)
    y = money(world)
    x = add_constant(world.covariates)
    theirs = TreatmentEffect(OLS(y, x), world.treated.astype(int), results_select=Logit(world.treated.astype(float), x).fit(disp=0))
    ours = weighting.g_formula(y, world.treated, world.covariates, splines=False)
    effect, mean0, mean1 = theirs.ra(return_results=False)
    assert (ours.value, ours.risk_control, ours.risk_treated) == pytest.approx((effect, mean0, mean1), abs=1e-8)
    assert ours.se == pytest.approx(theirs.ra().results_gmm.bse[0], rel=2e-3)


def test_aipw_equals_statsmodels():
    world = draw(9, 300)
    order = np.argsort(world.treated, kind="stable")
    y, x, a = money(world)[order], world.covariates[order], world.treated[order]
    design = add_constant(x)
    theirs = TreatmentEffect(OLS(y, design), a.astype(int), results_select=Logit(a.astype(float), design).fit(disp=0, tol=1e-12))
    effect, mean0, mean1 = theirs.aipw(return_results=False)
    ours = weighting.augmented(y, a, x, estimand="ATE", splines=False)
    assert (ours.value, ours.risk_control, ours.risk_treated) == pytest.approx((effect, mean0, mean1), abs=1e-8)


def test_g_formula_error_agrees_with_the_bootstrap():
    world = draw(10, 300, effect=0.5)
    found = weighting.g_formula(world.outcome, world.treated, world.covariates, world.customer, splines=False)
    assert bootstrap_se(world, weighting.g_formula) == pytest.approx(found.se, rel=0.15)


@estimands
def test_errors_agree_with_the_bootstrap(estimand):
    world = draw(11, 300, effect=0.5)
    found = weighting.augmented(world.outcome, world.treated, world.covariates, world.customer, estimand, splines=False)

    def estimate(*args, **settings):
        return weighting.augmented(*args, None, estimand, **settings)

    assert bootstrap_se(world, estimate) == pytest.approx(found.se, rel=0.15)


def bootstrap_se(world, estimate):
    rng = np.random.default_rng(12)
    by_customer = [np.flatnonzero(world.customer == c) for c in np.unique(world.customer)]
    values = []
    for _ in range(200):
        rows = np.concatenate([by_customer[c] for c in rng.integers(0, len(by_customer), len(by_customer))])
        values.append(estimate(world.outcome[rows], world.treated[rows], world.covariates[rows], splines=False).value)
    return np.std(values)


def test_survival_curves_fall_and_hold_their_limits():
    world = draw(13, 600, effect=0.6)
    rng = np.random.default_rng(13)
    left_in = np.where(world.outcome == 1, rng.integers(1, 7, len(world.outcome)), 99)
    alive = (left_in[:, None] > np.arange(7)).astype(float)
    found = weighting.survival_curves(alive, world.treated, world.covariates, world.customer)
    assert found.treated[0] == found.control[0] == found.treated_low[0] == 1
    assert (found.treated[1:] > found.control[1:]).all()
    for middle, low, high in ((found.treated, found.treated_low, found.treated_high), (found.control, found.control_low, found.control_high)):
        assert (np.diff(middle) <= 0).all()
        assert (low <= middle).all()
        assert (middle <= high).all()
    churn = weighting.augmented(1 - alive[:, 6], world.treated, world.covariates, world.customer)
    assert found.control[6] - found.treated[6] == pytest.approx(churn.value, abs=1e-8)


def test_separation_is_named_and_the_answer_finite():
    world = draw(14)
    never = ((np.arange(len(world.treated)) % 9 == 0) & ~world.treated).astype(float)
    found = weighting.augmented(world.outcome, world.treated, np.column_stack([world.covariates, never]), world.customer)
    assert "propensity" in found.separated
    assert np.isfinite(figures(found)).all()
    plain = weighting.augmented(world.outcome, world.treated, world.covariates, world.customer)
    assert abs(found.value - plain.value) < plain.se


def test_an_arm_in_which_nobody_left_is_its_own_expectation():
    world = draw(15, 100)
    found = weighting.augmented(world.outcome * ~world.treated, world.treated, world.covariates, world.customer)
    assert found.risk_treated == 0
    assert found.value < 0


def test_repeated_columns_change_nothing():
    world = draw(16)
    twice = np.column_stack([world.covariates, world.covariates[:, 0] * 2 + 1, np.ones(len(world.treated))])
    one, two = (weighting.augmented(world.outcome, world.treated, x, world.customer) for x in (world.covariates, twice))
    assert figures(two) == pytest.approx(figures(one), abs=1e-7)


def test_what_cannot_be_is_refused():
    world = draw(17, 50)
    with pytest.raises(ValueError, match="estimand"):
        weighting.augmented(world.outcome, world.treated, world.covariates, estimand="ATU")
    with pytest.raises(ValueError, match="outcome rows"):
        weighting.augmented(world.outcome[1:], world.treated, world.covariates)
    with pytest.raises(ValueError, match="both arms"):
        weighting.overlap(world.outcome, np.zeros(len(world.treated)), world.covariates)


def test_equal_weights_are_plain_means():
    world = draw(3, 200)
    found, plain = (
        weighting.weighted_means(world.outcome, world.treated, w, world.customer) for w in (np.ones(len(world.treated)), np.full(len(world.treated), 7.0))
    )
    assert found.value == pytest.approx(world.outcome[world.treated].mean() - world.outcome[~world.treated].mean())
    assert (found.value, found.se) == pytest.approx((plain.value, plain.se))


def test_a_weight_of_two_is_a_row_twice():
    world = draw(4, 60)
    twice = np.arange(len(world.treated)) % 3 == 0
    rows = np.r_[np.arange(len(twice)), np.flatnonzero(twice)]
    weighted = weighting.weighted_means(world.outcome, world.treated, 1.0 + twice, world.customer)
    doubled = weighting.weighted_means(world.outcome[rows], world.treated[rows], np.ones(len(rows)), world.customer[rows])
    assert (weighted.value, weighted.se) == pytest.approx((doubled.value, doubled.se))


@pytest.mark.parametrize("weights", [[1, 1], [1, -1, 1], [0, 1, 1]])
def test_weights_without_an_arm_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        weighting.weighted_means([0, 1, 1], [1, 0, 0], weights)


def test_models_of_one_outcome_are_those_of_the_outcome_alone():
    """The second of two outcomes is separated by a column; what is known of its fit goes with it."""
    world = draw(3, effect=0.5)
    split = (world.covariates[:, 0] > 0).astype(float)
    x = np.column_stack([world.covariates, split])
    both = nuisance.outcome_models(np.column_stack([world.outcome, split]), world.treated, x)
    for place, outcome in enumerate((world.outcome, split)):
        one, alone = weighting.standardised(both.only(place), world.customer), weighting.g_formula(outcome, world.treated, x, world.customer)
        assert figures(one) == pytest.approx(figures(alone), abs=1e-6)
        assert one.separated == alone.separated
    assert alone.separated
