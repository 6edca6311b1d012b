"""Limits of survival, median and months gained hold the truth as often as they say, and the test errs as often as it says."""

import numpy as np
import pytest

from roi_core.stats.survival import kaplan_meier, logrank, median, rmst_difference

REPLICATIONS = 400
RATE, CENSORED_BY = 0.1, 0.05


def censored(rng, rate, n=80):
    event, end = rng.exponential(1 / rate, n), rng.exponential(1 / CENSORED_BY, n)
    return np.minimum(event, end), event <= end


@pytest.mark.parametrize("scale", ["log-log", "logit"])
def test_limits_hold_the_true_survival(scale):
    rng = np.random.default_rng(5)
    shares = [kaplan_meier(*censored(rng, RATE), scale=scale).share(7.0) for _ in range(REPLICATIONS)]
    assert 0.92 <= np.mean([share.low <= np.exp(-0.7) <= share.high for share in shares]) <= 0.98


def test_limits_hold_the_true_median_and_the_true_difference_of_means():
    rng, tau = np.random.default_rng(6), 8.0
    true = (1 - np.exp(-RATE * tau)) / RATE - (1 - np.exp(-2 * RATE * tau)) / (2 * RATE)
    medians, gained = [], []
    for _ in range(REPLICATIONS):
        slow, fast = censored(rng, RATE), censored(rng, 2 * RATE)
        found = median(*slow)
        medians.append((found.low or np.inf) <= np.log(2) / RATE <= (found.high or np.inf))
        gained.append(rmst_difference(*slow, *fast, tau))
    assert 0.92 <= np.mean(medians) <= 0.985
    assert 0.92 <= np.mean([gap.low <= true <= gap.high for gap in gained]) <= 0.98
    assert abs(np.mean([gap.value for gap in gained]) - true) < 4 * np.mean([gap.se for gap in gained]) / np.sqrt(REPLICATIONS)


def test_where_groups_do_not_differ_the_test_is_wrong_as_often_as_it_says():
    rng, strata, group = np.random.default_rng(7), np.arange(80) % 2, np.arange(80) // 2 % 3
    wrong = [logrank(*censored(rng, RATE * (1 + strata)), group, strata).p < 0.05 for _ in range(REPLICATIONS)]
    assert 0.02 <= np.mean(wrong) <= 0.085
