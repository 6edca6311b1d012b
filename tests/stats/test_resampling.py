"""Customers drawn again, and treatment shuffled among alike."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from roi_core.errors import NumbersRefused
from roi_core.stats import nuisance, resampling, weighting
from roi_core.stats.cluster import sums_by_cluster
from tests.stats.worlds import draw

EIGHT = ([1.0, 0, 0, 1, 1, 0, 0, 0], [1, 1, 0, 0, 1, 0, 0, 1], np.repeat([0, 1], 4))


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


def test_each_count_is_the_quantile_of_poisson_at_a_number_of_the_seed() -> None:
    """Enough of them that each of the 65,536 comes, the last before and the first after a border between two counts too."""
    numbers = np.random.default_rng(5).integers(0, 65_536, (4_000, 100), dtype=np.uint16)
    quantiles = poisson.ppf((np.arange(65_536) + 0.5) / 65_536, 1)
    assert (resampling.clusters_drawn_again(np.eye(100), 4_000, 5) == quantiles[numbers]).all()


def test_a_thousand_draws_of_the_first_seed_are_made_unless_told_otherwise() -> None:
    again = resampling.clusters_drawn_again(np.eye(2))
    assert again.shape == (1_000, 2)
    assert (again == resampling.clusters_drawn_again(np.eye(2), 1_000, 0)).all()
    shuffles = resampling.shuffled(*EIGHT).shuffles
    assert shuffles.shape == (200,)
    assert (shuffles == resampling.shuffled(*EIGHT, 200, 0).shuffles).all()


def test_a_contrast_of_nothing_fitted_stretches_nothing() -> None:
    world = draw(1)
    fitted = nuisance.fit(world.outcome, world.treated, world.covariates)
    plain, ones = (resampling.overlap_sums(replace(fitted, stretch=stretch)) for stretch in (1.0, np.ones((len(world.outcome), 1))))
    assert (plain == ones).all()


def within(outcome, treated, strata):
    """The Mantel-Haenszel difference of shares, stratum by stratum."""
    parts = [(outcome[strata == s], treated[strata == s].astype(bool)) for s in np.unique(strata)]
    parts = [(y, a, a.sum() * (~a).sum() / len(a)) for y, a in parts if a.any() and not a.all()]
    return sum(w * (y[a].mean() - y[~a].mean()) for y, a, w in parts) / sum(w for *_, w in parts)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), min_size=6, max_size=40))
def test_the_difference_is_that_within_strata(rows):
    strata, treated, outcome = (np.array(column) for column in zip(*rows, strict=True))
    strata, treated = np.append(strata, [9, 9]), np.append(treated, [True, False])
    outcome = np.append(outcome, [1, 0]).astype(float)
    assert resampling.shuffled(outcome, treated, strata, draws=1).observed == pytest.approx(within(outcome, treated, strata))


def test_shuffles_find_the_share_that_all_orders_give():
    """Two strata of 5 with 2 treated each: 100 orders, of which some are at least as far from 0 as what happened."""
    outcome, treated, strata = np.array([1, 1, 0, 0, 0, 1, 1, 1, 0, 0.0]), np.array([1, 1, 0, 0, 0, 1, 0, 1, 0, 0]), np.repeat([0, 1], 5)
    every = [within(outcome, np.isin(np.arange(10), (*one, *other)), strata) for one in combinations(range(5), 2) for other in combinations(range(5, 10), 2)]
    found = resampling.shuffled(outcome, treated, strata, draws=4_000, seed=1)
    exact = np.mean(np.abs(every) >= abs(found.observed) - 1e-12)
    assert np.mean(every) == pytest.approx(0, abs=1e-12)
    assert found.p == pytest.approx(exact, abs=0.02)


def test_under_no_effect_chance_comes_as_far_as_often_as_it_says():
    """150 worlds in which treatment and leaving depend on the stratum alone: p under .1 in 4 to 16 % of them, and in all without strata."""
    luck, p, pooled = np.random.default_rng(9), [], []
    for _ in range(150):
        stratum = luck.integers(0, 4, 400)
        chance = np.array([0.05, 0.3, 0.6, 0.9])[stratum]
        outcome = (luck.random(400) < chance).astype(float)
        treated = luck.random(400) < chance
        p.append(resampling.shuffled(outcome, treated, stratum, draws=60, seed=1).p)
        pooled.append(resampling.shuffled(outcome, treated, np.zeros(400), draws=20, seed=1).p)
    assert 0.04 <= np.mean(np.array(p) <= 0.1) <= 0.16
    assert np.mean(np.array(pooled) <= 0.1) > 0.9


def test_what_no_shuffle_reaches_has_the_least_share_that_so_many_can_show():
    half = np.repeat([1.0, 0.0], 20)
    assert resampling.shuffled(half, half, np.zeros(40), draws=50).p == pytest.approx(1 / 51)


def test_a_shuffle_deals_the_arms_of_a_stratum_in_ascending_order_of_the_numbers_of_the_seed() -> None:
    outcome, treated = np.array([1.0, 2, 4, 8, 16, 32]), np.array([1, 1, 0, 0, 0, 1])
    numbers = np.random.default_rng(6).random((3, 6))
    dealt = [treated[sorted(range(6), key=row.__getitem__)] == 1 for row in numbers]
    assert resampling.shuffled(outcome, treated, np.zeros(6), 3, 6).shuffles == pytest.approx([outcome[a].mean() - outcome[~a].mean() for a in dealt])


def test_rows_of_strata_that_come_mixed_are_shuffled_as_if_they_came_stratum_by_stratum() -> None:
    luck = np.random.default_rng(7)
    outcome, treated, strata = luck.normal(size=400), luck.random(400) < 0.4, luck.integers(0, 3, 400)
    order = sorted(range(400), key=strata.__getitem__)
    mixed, sorted_first = resampling.shuffled(outcome, treated, strata, 5), resampling.shuffled(outcome[order], treated[order], strata[order], 5)
    assert mixed.shuffles == pytest.approx(sorted_first.shuffles, abs=1e-12)


def test_shuffles_tell_how_far_they_are() -> None:
    told: list[float] = []
    resampling.shuffled(*EIGHT, 4, tell=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: resampling.clusters_drawn_again(np.ones((1, 2))), "clusters == 1, must be at least 2. Wait for more, or join groups."),
        (lambda: resampling.clusters_drawn_again(np.array([[1.0], [np.inf]])), "sums holds missing or infinite values, must be finite"),
        (
            lambda: resampling.shuffled([1.0, 0], [1, 0], [0, 1]),
            "treatment within strata is the same everywhere, so nothing can be compared. Choose another column or a longer period.",
        ),
        (lambda: resampling.shuffled([1.0, np.nan], [1, 0], [0, 0]), "outcome holds missing or infinite values, must be finite"),
        (lambda: resampling.shuffled([1.0, 2.0], [1, 1], [0, 0]), 'treated rows == "2 of 2", must be such that both arms have rows'),
    ],
)
def test_what_cannot_be_drawn_again_or_shuffled_is_refused(call: Callable[[], object], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == words
