"""Contrasts of nuisances that are given: values by hand, influence by what a row more would change."""

import numpy as np
import pytest
from scipy.stats import norm

from roi_core.errors import NumbersRefused
from roi_core.stats import contrast
from roi_core.stats.arrays import Floats
from roi_core.stats.contrast import Estimand
from roi_core.stats.nuisance import Nuisances

ROWS = 12
LUCK = np.random.default_rng(13)
TREATED = np.arange(ROWS) % 3 == 0
PROPENSITY = LUCK.uniform(0.1, 0.9, ROWS)
OUTCOME, ONE, ZERO = LUCK.normal(size=(3, ROWS, 2))
CUSTOMER = np.arange(ROWS) // 2
FITTED = Nuisances(OUTCOME, TREATED, PROPENSITY, ONE, ZERO, single=False, separated=("propensity",))
ESTIMANDS: tuple[Estimand, ...] = ("ATO", "ATT", "ATE")


def single(column: int = 0) -> Nuisances:
    """The fit of one of both outcomes."""
    return Nuisances(OUTCOME[:, [column]], TREATED, PROPENSITY, ONE[:, [column]], ZERO[:, [column]], single=True)


def means(estimand: Estimand, times: Floats) -> tuple[Floats, Floats]:
    """Both arms' means where row i counts `times[i]` times, from the definitions of the estimators."""
    a, e = TREATED.astype(float), PROPENSITY
    if estimand == "ATO":
        target = e * (1 - e) * times
        both = [(ONE, a * (1 - e)), (ZERO, (1 - a) * e)]
        arms = [np.average(m, axis=0, weights=target) + np.average(OUTCOME - m, axis=0, weights=w * times) for m, w in both]
    elif estimand == "ATT":
        odds = (1 - a) * e / (1 - e)
        arms = [np.average(OUTCOME, axis=0, weights=a * times)]
        arms.append(((a * times) @ ZERO + (odds * times) @ (OUTCOME - ZERO)) / (a * times).sum())
    else:
        both = [(ONE, a / e), (ZERO, (1 - a) / (1 - e))]
        arms = [times @ (m + w[:, None] * (OUTCOME - m)) / times.sum() for m, w in both]
    return arms[0], arms[1]


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_arms_are_the_means_of_their_definition_and_influence_is_what_a_row_more_changes(estimand: Estimand) -> None:
    """Row by row, times the number of rows: the slope of the mean in how often the row counts."""
    found = contrast.arms(FITTED, estimand)
    one, zero = means(estimand, np.ones(ROWS))
    assert (found.treated, found.control) == (pytest.approx(one), pytest.approx(zero))
    step = 1e-6
    for row in range(ROWS):
        more, less = (means(estimand, np.ones(ROWS) + side * step * (np.arange(ROWS) == row)) for side in (1, -1))
        slope_one, slope_zero = ((up - down) / (2 * step) for up, down in zip(more, less, strict=True))
        assert found.influence_treated[row] == pytest.approx(ROWS * slope_one, abs=1e-6)
        assert found.influence_control[row] == pytest.approx(ROWS * slope_zero, abs=1e-6)


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_stretched_residuals_move_the_influence_and_not_the_means(estimand: Estimand) -> None:
    """Stretched by 2 everywhere, what residuals bring is twice as far."""
    stretched = Nuisances(OUTCOME, TREATED, PROPENSITY, ONE, ZERO, single=False, stretch=np.full((ROWS, 2), 2.0))
    no_residual = Nuisances(np.where(TREATED[:, None], ONE, ZERO), TREATED, PROPENSITY, ONE, ZERO, single=False)
    plain, twice, of_models = (contrast.arms(fitted, estimand) for fitted in (FITTED, stretched, no_residual))
    assert (twice.treated, twice.control) == (pytest.approx(plain.treated), pytest.approx(plain.control))
    for field in ("influence_treated", "influence_control"):
        assert getattr(twice, field) == pytest.approx(2 * getattr(plain, field) - getattr(of_models, field))


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_a_contrast_tells_the_error_of_sums_by_customer_and_what_is_behind_it(estimand: Estimand) -> None:
    found, arms = contrast.contrast(FITTED, CUSTOMER, estimand, 0.8), contrast.arms(FITTED, estimand)
    influence = arms.influence_treated - arms.influence_control
    sums = influence.reshape(6, 2, 2).sum(axis=1)
    errors = np.sqrt(6 / 5 * (sums**2).sum(axis=0)) / ROWS
    assert (found.value, found.se) == (pytest.approx(arms.treated - arms.control), pytest.approx(errors))
    reach = norm.ppf(0.9) * errors
    assert (found.low, found.high) == (pytest.approx(found.value - reach), pytest.approx(found.value + reach))
    assert (found.risk_treated, found.risk_control) == (pytest.approx(arms.treated), pytest.approx(arms.control))
    assert found.influence == pytest.approx(influence)
    assert (found.estimand, found.separated) == (estimand, ("propensity",))
    assert found.propensity is PROPENSITY
    for size, side in ((found.ess_treated, TREATED), (found.ess_control, ~TREATED)):
        weights = found.weights[side] / found.weights[side].sum()
        assert size == pytest.approx(1 / (weights**2).sum())


def test_weights_are_those_of_the_target() -> None:
    """Overlap: the chance of the other arm. The treated: 1, and the odds of being treated. All: one over the chance of the own arm."""
    e = PROPENSITY
    assert contrast.arms(FITTED, "ATO").weights == pytest.approx(np.where(TREATED, 1 - e, e))
    assert contrast.arms(FITTED, "ATT").weights == pytest.approx(np.where(TREATED, 1, e / (1 - e)))
    assert contrast.arms(FITTED, "ATE").weights == pytest.approx(np.where(TREATED, 1 / e, 1 / (1 - e)))


def test_overlap_at_95_percent_is_meant_where_nothing_is_said() -> None:
    plain, said = contrast.contrast(FITTED), contrast.contrast(FITTED, None, "ATO", 0.95)
    assert plain.estimand == "ATO"
    assert [plain.low.tolist(), plain.high.tolist()] == [said.low.tolist(), said.high.tolist()]
    assert np.array_equal(contrast.arms(FITTED).treated, contrast.arms(FITTED, "ATO").treated)


@pytest.mark.parametrize("column", [0, 1])
def test_one_outcome_is_told_in_single_numbers(column: int) -> None:
    alone, both = contrast.contrast(single(column), CUSTOMER), contrast.contrast(FITTED, CUSTOMER)
    for field in ("value", "se", "low", "high", "risk_treated", "risk_control"):
        assert type(getattr(alone, field)) is float
        assert getattr(alone, field) == pytest.approx(getattr(both, field)[column])
    assert alone.influence == pytest.approx(both.influence[:, column])
    assert alone.separated == ()


def test_a_chance_of_exactly_none_or_one_is_a_millionth_of_a_millionth_away_from_it() -> None:
    """Whether the row is in the arm that it cannot miss, or in the one that it cannot be in."""
    edges = np.array([0.0, 1.0, 0.0, 1.0, 0.5, 0.5])
    treated = np.array([True, True, False, False, True, False])
    fitted = Nuisances(OUTCOME[:6], treated, edges, ONE[:6], ZERO[:6], single=False)
    assert contrast.arms(fitted, "ATE").weights == pytest.approx([1e12, 1, 1, 1e12, 2, 2], rel=1e-3)
    assert contrast.arms(fitted, "ATT").weights == pytest.approx([1, 1, 1e-12, 1e12, 1, 1], rel=1e-3)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_that_is_none_and_an_estimand_that_is_unknown_are_refused(level: float) -> None:
    with pytest.raises(NumbersRefused) as refused:
        contrast.contrast(FITTED, None, "ATO", level)
    assert str(refused.value) == f"level == {level}, must be between 0 and 1"
    with pytest.raises(ValueError, match="estimand") as unknown:
        contrast.arms(FITTED, "ATU")  # type: ignore[arg-type]
    assert str(unknown.value) == 'estimand == "ATU", must be "ATO", "ATT" or "ATE"'


def test_ten_equal_weights_count_as_ten_and_one_alone_as_one() -> None:
    assert contrast.ess(np.full(10, 0.3)) == pytest.approx(10)
    assert contrast.ess(np.array([5.0, 0, 0])) == 1
    assert contrast.ess(np.array([1.0, 3.0])) == pytest.approx(1.6)
