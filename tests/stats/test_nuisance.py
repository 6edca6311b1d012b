"""Models behind a doubly robust contrast, arm by arm against statsmodels."""

from collections.abc import Callable

import numpy as np
import pytest
from statsmodels.discrete.discrete_model import Logit
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from roi_core.stats import nuisance
from roi_core.stats.splines import hinges
from tests.stats.worlds import draw

WORLD = draw(31, 150, effect=0.5)
ARM, X = WORLD.treated, WORLD.covariates
SPENT = 20 + 5 * X[:, 1] + np.random.default_rng(0).normal(size=len(ARM))
LEFT_LATER = (np.random.default_rng(1).random(len(ARM)) < 0.3).astype(float)
OUTCOMES = np.column_stack([SPENT, WORLD.outcome, LEFT_LATER])
IS_SPLIT = (X[:, 0] > 0).astype(float)


def test_expectations_are_those_of_a_model_of_each_outcome_in_each_arm() -> None:
    """Money by least squares and answers by logits, whatever comes first; the propensity is a logit of the arm."""
    fitted, x = nuisance.fit(OUTCOMES, ARM, X, splines=False), add_constant(X)
    assert fitted.propensity == pytest.approx(Logit(ARM.astype(float), x).fit(disp=0).predict(x), abs=1e-6)
    for side, expected in ((ARM, fitted.mean_treated), (~ARM, fitted.mean_control)):
        assert expected[:, 0] == pytest.approx(OLS(SPENT[side], x[side]).fit().predict(x))
        for place, answers in ((1, WORLD.outcome), (2, LEFT_LATER)):
            assert expected[:, place] == pytest.approx(Logit(answers[side], x[side]).fit(disp=0).predict(x), abs=1e-6)
    assert np.array_equal(fitted.outcome, OUTCOMES)
    assert np.array_equal(fitted.treated, ARM)
    assert (fitted.single, fitted.separated) == (False, ())


def test_influence_on_coefficients_goes_by_the_inverse_information() -> None:
    """Of a linear model (X'X)^-1, of a logit the covariance of its coefficients; of standardised columns."""
    models = nuisance.outcome_models(OUTCOMES, ARM, X, splines=False)
    assert models.design == pytest.approx(hinges(X, splines=False).design(X))
    for side, model in ((ARM, models.one), (~ARM, models.zero)):
        x = models.design[side]
        assert model.logit == (False, True, True)
        assert model.separated == ()
        assert model.bread[0] == pytest.approx(np.linalg.inv(x.T @ x))
        for place in (1, 2):
            assert model.bread[place] == pytest.approx(Logit(OUTCOMES[side, place], x).fit(disp=0).cov_params(), rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("continuous", [None, [False, True, False]])
def test_columns_bend_in_all_models_unless_told_otherwise(continuous: list[bool] | None) -> None:
    fitted, models = nuisance.fit(SPENT, ARM, X, continuous), nuisance.outcome_models(SPENT, ARM, X, continuous)
    design = hinges(X, continuous).design(X)
    assert models.design == pytest.approx(design)
    assert fitted.mean_treated[:, 0] == pytest.approx(OLS(SPENT[ARM], design[ARM]).fit().predict(design))
    assert fitted.propensity == pytest.approx(Logit(ARM.astype(float), design).fit(disp=0).predict(design), abs=1e-6)
    assert fitted.single
    assert models.single


@pytest.mark.parametrize("cluster", [None, WORLD.customer])
def test_residuals_are_stretched_in_each_arm_by_its_own_models(cluster: np.ndarray | None) -> None:
    """1 / sqrt(1 - h); of rows alone h is the diagonal of the hat matrix, of customers that of their sums, a row of a logit by its variance."""
    outcomes, x = OUTCOMES[:, :2], add_constant(X)
    fitted = nuisance.fit(outcomes, ARM, X, cluster=cluster, splines=False)
    models = nuisance.outcome_models(outcomes, ARM, X, splines=False)
    assert np.array_equal(nuisance.stretch(models, cluster), fitted.stretch)
    assert np.array_equal(nuisance.with_propensity(models, cluster).stretch, fitted.stretch)
    for side in (ARM, ~ARM):
        chance = Logit(WORLD.outcome[side], x[side]).fit(disp=0).predict()
        same = np.eye(side.sum()) if cluster is None else np.equal.outer(cluster[side], cluster[side]).astype(float)
        for place, variance in ((0, np.ones(side.sum())), (1, chance * (1 - chance))):
            root = np.sqrt(variance)[:, None] * x[side]
            hat = root @ np.linalg.inv(root.T @ root) @ root.T
            taken = np.array([row @ hat @ row / (row @ row) for row in same * np.sqrt(variance)])
            assert fitted.stretch[side, place] == pytest.approx(1 / np.sqrt(1 - taken), rel=1e-5)


def test_an_arm_of_one_row_is_its_own_expectation() -> None:
    """And follows that row altogether, so that it is stretched as far as any."""
    fitted = nuisance.fit([4.0, 1, 2, 6, 3], [1, 0, 0, 0, 0], [1.0, 2, 3, 4, 5], splines=False)
    assert fitted.mean_treated[:, 0].tolist() == [4.0] * 5
    assert fitted.stretch[0] == pytest.approx([2**0.5])


def test_an_outcome_that_never_varies_in_an_arm_is_its_own_expectation_there() -> None:
    """Of answers as of money, and the outcomes beside it have their models."""
    never = np.where(ARM, 0.0, WORLD.outcome)
    always = np.where(ARM, SPENT, 7.0)
    models = nuisance.outcome_models(np.column_stack([never, always, SPENT]), ARM, X, splines=False)
    assert (models.one.logit, models.zero.logit) == ((False, False, False), (True, False, False))
    assert models.one.mean(models.design)[:, 0].tolist() == [0.0] * len(ARM)
    assert models.zero.mean(models.design)[:, 1].tolist() == [7.0] * len(ARM)
    x = models.design[ARM]
    for place in range(3):
        assert models.one.bread[place] == pytest.approx(np.linalg.inv(x.T @ x))
    assert models.one.mean(models.design)[:, 2] == pytest.approx(OLS(SPENT[ARM], x).fit().predict(models.design))


def test_a_column_that_one_arm_cannot_tell_apart_is_dropped_there() -> None:
    """Nobody treated has the flag: in that arm the column does nothing, in the other it is as any."""
    flag = np.where(ARM, 0.0, LEFT_LATER)
    x = np.column_stack([X[:, 0], flag, X[:, 1]])
    models = nuisance.outcome_models(np.column_stack([SPENT, WORLD.outcome]), ARM, x, splines=False)
    kept, design = [0, 1, 3], models.design
    assert models.one.coefficients[2].tolist() == [0.0, 0.0]
    plain, logit = OLS(SPENT[ARM], design[ARM][:, kept]).fit(), Logit(WORLD.outcome[ARM], design[ARM][:, kept]).fit(disp=0)
    assert models.one.coefficients[kept, 0] == pytest.approx(plain.params)
    assert models.one.coefficients[kept, 1] == pytest.approx(logit.params, abs=1e-6)
    for place, expected in ((0, plain.normalized_cov_params), (1, logit.cov_params())):
        assert models.one.bread[place][np.ix_(kept, kept)] == pytest.approx(expected, rel=1e-5, abs=1e-9)
        assert not models.one.bread[place][2].any()
        assert not models.one.bread[place][:, 2].any()
    assert models.zero.coefficients[:, 0] == pytest.approx(OLS(SPENT[~ARM], design[~ARM]).fit().params)


def test_models_that_a_column_separates_are_named_each_in_its_arm() -> None:
    x = np.column_stack([X[:, :1], IS_SPLIT])
    in_one = np.where(ARM, IS_SPLIT, WORLD.outcome)
    in_zero = np.where(ARM, WORLD.outcome, IS_SPLIT)
    models = nuisance.outcome_models(np.column_stack([in_one, in_zero, WORLD.outcome]), ARM, x, splines=False)
    assert (models.one.separated, models.zero.separated) == ((0,), (1,))
    assert nuisance.separated(models.one, models.zero) == ("outcome 0 treated", "outcome 1 control")
    assert nuisance.with_propensity(models).separated == ("outcome 0 treated", "outcome 1 control")
    never_treated = np.where(ARM, 0.0, np.arange(len(ARM)) % 5 == 0)
    assert nuisance.fit(in_zero, ARM, np.column_stack([x, never_treated]), splines=False).separated == ("propensity", "outcome 0 control")


def test_the_models_of_one_outcome_are_its_own() -> None:
    x = np.column_stack([X[:, :1], IS_SPLIT])
    outcomes = np.column_stack([SPENT, np.where(ARM, IS_SPLIT, WORLD.outcome), WORLD.outcome])
    models = nuisance.outcome_models(outcomes, ARM, x, splines=False)
    for place, ridged in ((0, ()), (1, (0,)), (2, ())):
        one = models.only(place)
        assert (one.single, one.one.logit, one.one.separated, one.zero.separated) == (True, (place > 0,), ridged, ())
        assert np.array_equal(one.outcome[:, 0], outcomes[:, place])
        assert np.array_equal(one.treated, ARM)
        assert one.design is models.design
        for side, whole in ((one.one, models.one), (one.zero, models.zero)):
            assert np.array_equal(side.mean(models.design)[:, 0], whole.mean(models.design)[:, place])
            assert side.bread == (whole.bread[place],)
    assert not models.single


def test_outcomes_are_columns_and_one_is_told_from_a_table_of_one() -> None:
    alone, table = nuisance.columns([1, 2, 3]), nuisance.columns([[1], [2], [3]])
    assert (alone[0].tolist(), alone[1]) == ([[1.0], [2.0], [3.0]], True)
    assert (table[0].tolist(), table[1]) == ([[1.0], [2.0], [3.0]], False)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "missing outcome": (lambda: nuisance.columns([1.0, np.nan]), "outcome holds missing or infinite values, must be finite"),
    "outcomes in depth": (lambda: nuisance.columns(np.ones((2, 2, 2))), "outcome.ndim == 3, must be 1 or 2"),
    "other rows": (lambda: nuisance.fit(SPENT[1:], ARM, X), f"outcome rows == {len(ARM) - 1}, must be {len(ARM)} as in treated"),
    "covariates of other rows": (lambda: nuisance.fit(SPENT, ARM, X[1:]), f"covariates rows == {len(ARM) - 1}, must be {len(ARM)} as in treated"),
    "no control": (lambda: nuisance.fit([1, 2], [1, 1], [1, 2]), 'treated rows == "2 of 2", must be such that both arms have rows'),
    "a third arm": (lambda: nuisance.fit([1, 2], [1, 2], [1, 2]), "treated holds values other than 0 and 1, must be 0 or 1"),
    "bends of other columns": (lambda: nuisance.fit(SPENT, ARM, X, [True]), "continuous.shape == (1,), must be (3,)"),
    "labels of other rows": (lambda: nuisance.fit(SPENT, ARM, X, cluster=[1, 2]), f"cluster.shape == (2,), must be ({len(ARM)},)"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_fitted_is_refused_and_it_is_said_why(what: str) -> None:
    call, said = REFUSED[what]
    with pytest.raises(ValueError, match="must be") as refused:
        call()
    assert str(refused.value) == said
