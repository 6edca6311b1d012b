"""Intervals must hold the truth as often as they say, and the unadjusted comparison must be caught by the same line."""

import numpy as np
import pytest

from roi_core.stats import weighting
from roi_core.stats.weighting import Weighted
from tests.stats.worlds import World, draw, true_overlap_effect

REPLICATIONS = 200


def adjusted(world: World) -> Weighted:
    return weighting.augmented(world.outcome, world.treated, world.covariates, world.customer)


def unadjusted(world: World) -> Weighted:
    return weighting.augmented(world.outcome, world.treated, np.empty((len(world.treated), 0)), world.customer)


def plain_overlap(world: World) -> Weighted:
    return weighting.overlap(world.outcome, world.treated, world.covariates, world.customer)


def without_bends(world: World) -> Weighted:
    return weighting.augmented(world.outcome, world.treated, np.sign(world.covariates[:, 1:]), world.customer)


def coverage(estimate, effect, truth):
    found = [estimate(draw(seed, 400, effect)) for seed in range(REPLICATIONS)]
    return np.mean([w.low <= truth <= w.high for w in found]), np.mean([w.value for w in found]) - truth


@pytest.mark.parametrize("effect", [0.0, 0.7])
@pytest.mark.parametrize("estimate", [adjusted, plain_overlap])
def test_adjusted_intervals_hold_the_truth(estimate, effect):
    truth = true_overlap_effect(effect)
    covered, bias = coverage(estimate, effect, truth)
    assert 0.91 <= covered <= 0.985  # 95 % and 2.6 Monte Carlo errors either way
    assert abs(bias) < 0.006


@pytest.mark.parametrize("estimate", [unadjusted, without_bends])
def test_estimates_that_leave_confounding_in_are_caught(estimate):
    covered, bias = coverage(estimate, 0.0, 0.0)
    assert covered < 0.8
    assert bias > 0.03


def test_a_null_effect_is_exactly_nothing_in_these_worlds():
    assert true_overlap_effect(0.0) == 0
    assert true_overlap_effect(0.7) < -0.08
