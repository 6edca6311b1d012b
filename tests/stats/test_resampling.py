"""Customers drawn again, and treatment shuffled among alike."""

from itertools import combinations

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats import nuisance, resampling, weighting
from roi_core.stats.cluster import sums_by_cluster
from tests.stats.worlds import draw


def test_the_contrast_of_sums_is_the_answer():
    world = draw(1, effect=0.5)
    fitted = nuisance.fit(world.outcome, world.treated, world.covariates)
    sums = resampling.overlap_sums(fitted).sum(axis=0)
    assert resampling.overlap_contrast(sums[None])[0] == pytest.approx(weighting.contrast(fitted).value, abs=1e-12)


def test_customers_drawn_again_give_the_error_of_the_influence_function():
    """Simulated for the method: .0151 against .0152."""
    world = draw(2, customers=1_500, effect=0.5)
    fitted = nuisance.fit(world.outcome, world.treated, world.covariates)
    sums = sums_by_cluster(resampling.overlap_sums(fitted), world.customer)
    again = resampling.overlap_contrast(resampling.clusters_drawn_again(sums, 2_000, seed=1))
    assert again.std() == pytest.approx(float(weighting.contrast(fitted, world.customer).se), rel=0.07)
    assert again.mean() == pytest.approx(float(weighting.contrast(fitted).value), abs=0.002)


def test_each_customer_counts_once_on_average_with_the_spread_of_poisson():
    again = resampling.clusters_drawn_again(np.eye(300), 4_000, seed=3)
    assert again.mean() == pytest.approx(1, abs=0.005)
    assert again.var() == pytest.approx(1, abs=0.01)
    assert np.abs(np.corrcoef(again[:, :20].T) - np.eye(20)).max() < 0.08
    assert set(np.unique(again)) <= set(range(12))


def test_the_same_seed_draws_the_same_and_tells_how_far_it_is():
    told: list[float] = []
    sums = np.random.default_rng(1).normal(size=(300, 2))
    assert (resampling.clusters_drawn_again(sums, 50, 7, told.append) == resampling.clusters_drawn_again(sums, 50, 7)).all()
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(NumbersRefused, match="clusters"):
        resampling.clusters_drawn_again(sums[:1])


def test_shuffles_find_the_share_that_all_orders_give():
    """Two strata of 5 with 2 treated each: 100 orders, of which some are at least as far from 0 as what happened."""
    outcome, treated = np.array([1, 1, 0, 0, 0, 1, 1, 1, 0, 0.0]), np.array([1, 1, 0, 0, 0, 1, 0, 1, 0, 0])
    every = []
    for one in combinations(range(5), 2):
        for other in combinations(range(5, 10), 2):
            arm = np.isin(np.arange(10), (*one, *other))
            every.append(outcome[arm].mean() - outcome[~arm].mean())
    found = resampling.shuffled(outcome, treated, np.full(10, 0.4), np.repeat([0, 1], 5), draws=4_000, seed=1)
    exact = np.mean(np.abs(every) >= abs(found.observed) - 1e-12)
    assert found.observed == pytest.approx(outcome[treated == 1].mean() - outcome[treated == 0].mean())
    assert found.p == pytest.approx(exact, abs=0.02)


def test_under_no_effect_chance_comes_as_far_as_often_as_it_says():
    """150 worlds in which treatment depends on the stratum alone: p under .1 in 4 to 16 % of them."""
    luck, p = np.random.default_rng(9), []
    for _ in range(150):
        stratum = luck.integers(0, 4, 400)
        chance = np.array([0.1, 0.2, 0.3, 0.4])[stratum]
        outcome = (luck.random(400) < chance).astype(float)
        p.append(resampling.shuffled(outcome, luck.random(400) < chance, chance, stratum, draws=60, seed=1).p)
    assert 0.04 <= np.mean(np.array(p) <= 0.1) <= 0.16


def test_shuffled_stays_within_strata():
    outcome, treated, strata = np.array([1.0, 1, 0, 0]), np.array([1, 0, 1, 0]), np.array([0, 0, 1, 1])
    found = resampling.shuffled(outcome, treated, np.full(4, 0.5), strata, draws=30)
    assert (found.shuffles == 0).all(), "each arm always holds one row of either stratum"
    assert found.p == 1
