"""How far models follow their rows: hat matrices of statsmodels, blocks of them written out, and errors that are as large as what is seen."""

import numpy as np
import pytest
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from roi_core.stats import nuisance, weighting
from roi_core.stats.leverage import leverage, stretch
from tests.stats.worlds import draw


def of_arms(models, cluster=None):
    """The leverages (n, k) behind `nuisance.stretch`, below a half."""
    return 1 - 1 / nuisance.stretch(models, cluster) ** 2


def test_of_rows_alone_it_is_the_hat_matrix_of_statsmodels():
    world = draw(4, 200)
    spent = 20 + 5 * world.covariates[:, 1] + np.random.default_rng(0).normal(size=len(world.treated))
    models = nuisance.outcome_models(np.column_stack([world.outcome, spent]), world.treated, world.covariates, splines=False)
    found = of_arms(models)
    for side in (world.treated, ~world.treated):
        x = add_constant(world.covariates[side])
        logit, plain = GLM(world.outcome[side], x, family=families.Binomial()).fit(), OLS(spent[side], x).fit()
        assert found[side, 0] == pytest.approx(logit.get_hat_matrix_diag(observed=True), abs=1e-8)
        assert found[side, 1] == pytest.approx(plain.get_influence().hat_matrix_diag, abs=1e-10)


def test_of_a_cluster_it_is_what_the_sum_of_its_residuals_lacks_of_that_of_its_errors():
    """Residuals are (I - H) errors: of independent errors the sum over a cluster has the variance of the block of I - H, written out."""
    rng = np.random.default_rng(1)
    x, cluster = add_constant(rng.normal(size=(30, 3))), rng.integers(0, 9, 30)
    bread = np.linalg.inv(x.T @ x)
    left = np.eye(30) - x @ bread @ x.T
    found = leverage(x, bread, np.ones(30), cluster)
    for label in np.unique(cluster):
        of = cluster == label
        assert left[np.ix_(of, of)].sum() == pytest.approx(of.sum() * (1 - found[of][0]))
        assert np.ptp(found[of]) == 0


def test_of_a_logit_a_row_counts_by_its_variance():
    rng = np.random.default_rng(2)
    x, cluster, v = add_constant(rng.normal(size=(24, 2))), rng.integers(0, 6, 24), rng.uniform(0.01, 0.25, 24)
    root = np.sqrt(v)[:, None] * x
    hat = root @ np.linalg.inv(root.T @ root) @ root.T
    found = leverage(x, np.linalg.inv(root.T @ root), v, cluster)
    for label in np.unique(cluster):
        of = np.flatnonzero(cluster == label)
        weight = np.sqrt(v[of])
        assert found[of[0]] == pytest.approx(weight @ hat[np.ix_(of, of)] @ weight / v[of].sum())


def test_a_column_that_others_determine_takes_nothing_and_a_ridge_less_than_one_row():
    world = draw(6, 150)
    twice = np.column_stack([world.covariates, world.covariates[:, 0] * 3])
    for covariates, least in ((world.covariates, 4), (twice, 4)):
        models = nuisance.outcome_models(20.0 + world.covariates[:, 1] ** 2, world.treated, covariates, splines=False)
        assert of_arms(models)[world.treated].sum() == pytest.approx(least)
    held = nuisance.outcome_models(world.covariates[:, 0] > 0, world.treated, world.covariates, splines=False)
    assert held.one.separated
    assert 0 < of_arms(held)[world.treated].sum() < 4


def test_a_cluster_whose_rows_are_certain_took_nothing() -> None:
    """Chances of exactly none or one have no variance: there is nothing that a model could take of it."""
    x, v = add_constant(np.arange(6.0)), np.array([0.0, 0, 0.2, 0.1, 0.25, 0.2])
    bread = np.linalg.inv((x.T * v) @ x)
    with np.errstate(all="raise"):
        found = leverage(x, bread, v, ["b", "b", "a", "a", "c", "c"])
    assert found[:2].tolist() == [0, 0]
    sums = (v[2:4, None] * x[2:4]).sum(axis=0)
    assert found[2:4] == pytest.approx(sums @ bread @ sums / 0.3)
    assert leverage(x, bread, v) == pytest.approx(v * np.einsum("ij,jk,ik->i", x, bread, x))


def test_labels_of_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match=r"cluster\.shape") as refused:
        leverage(np.ones((3, 1)), np.ones((1, 1)), np.ones(3), [1, 2])
    assert str(refused.value) == "cluster.shape == (2,), must be (3,)"


def test_residuals_are_stretched_by_a_half_at_most():
    assert stretch(np.array([-1e-12])).tolist() == [1.0], "a hair below nothing is nothing"
    assert stretch(np.array([-1e-12, 0.0, 0.36, 0.5, 0.9, 1 + 1e-9])) == pytest.approx([1, 1, 1.25, 2**0.5, 2**0.5, 2**0.5])


@pytest.mark.parametrize(("customers", "rows", "columns"), [(400, 1, 40), (60, 20, 25)], ids=["many terms", "many rows a customer"])
def test_errors_are_as_large_as_what_is_seen(customers, rows, columns):
    """Nothing planted, drawn 250 times; without the stretch the first is told a tenth too small, with a bound on all of a customer's rows the second a third
    too large."""
    rng = np.random.default_rng(3)
    cluster = np.repeat(np.arange(customers), rows)
    values, errors = [], []
    for _ in range(250):
        x, arm = rng.normal(size=(len(cluster), columns)), rng.random(len(cluster)) < 0.5
        found = weighting.augmented(x[:, 0] + rng.normal(size=len(cluster)), arm, x, cluster, splines=False)
        values.append(found.value)
        errors.append(found.se)
    assert np.sqrt(np.mean(np.square(errors))) / np.std(values) == pytest.approx(1, abs=0.09)
