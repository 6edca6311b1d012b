"""Where curves begin and end, and what is asked of them beyond."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.interval import Interval
from roi_core.stats.survival import kaplan_meier, logrank, median, risk_table, rmst, rmst_difference


def test_before_the_first_observed_time_everybody_is_there_for_certain() -> None:
    assert kaplan_meier([1, 2, 3], [1, 1, 0]).share(0.5) == Interval(1, 1, 1, 0)


def test_where_nobody_is_left_nobody_will_be_later() -> None:
    ended = kaplan_meier([1, 2, 3], [1, 1, 1])
    assert ended.share(9) == ended.share(3)
    assert (ended.share(9).value, ended.share(9).low, ended.share(9).se) == (0, 0, 0)


def test_who_came_later_counts_from_then_on_in_the_median_the_mean_and_under_the_curve() -> None:
    """The first of three leaves at 3, when nobody else is there yet."""
    durations, events, entry = [3, 5, 6], [1, 1, 1], [0, 3, 4]
    assert (median(durations, events).value, median(durations, events, entry).value) == (5, 3)
    assert (rmst(durations, events, 6).value, rmst(durations, events, 6, entry).value) == (pytest.approx(14 / 3), 3)
    assert risk_table(durations, events, [1, 4, 6], entry).at_risk.tolist() == [1, 1, 1]


def test_one_time_is_enough_for_a_table_of_numbers_at_risk() -> None:
    counts = risk_table([1, 2, 2], [1, 0, 1], [2])
    assert (counts.at_risk.tolist(), counts.events.tolist(), counts.censored.tolist()) == ([2], [2], [1])


def test_mean_by_hand_with_its_error_and_limits() -> None:
    """One of two leaves at 1: the area to 2 is 1 + 1/2, Greenwood's variance (1/2)^2 / (2 * 1)."""
    found, narrow = rmst([1, 2], [1, 0], 2), rmst([1, 2], [1, 0], 2, level=0.9)
    assert (found.value, found.se) == pytest.approx((1.5, sqrt(1 / 8)))
    assert (found.low, found.high) == pytest.approx((1.5 - 1.959964 * sqrt(1 / 8), 1.5 + 1.959964 * sqrt(1 / 8)), abs=1e-6)
    assert (narrow.low, narrow.high) == pytest.approx((1.5 - 1.644854 * sqrt(1 / 8), 1.5 + 1.644854 * sqrt(1 / 8)), abs=1e-6)


def test_mean_up_to_a_part_of_the_first_unit() -> None:
    assert rmst([0.5, 2], [1, 1], 1).value == pytest.approx(0.75)
    assert rmst([0.25, 0.5, 2], [1, 0, 1], 0.5).value == pytest.approx(0.25 + 0.25 * 2 / 3)


@given(st.integers(0, 10_000))
def test_without_censoring_the_mean_has_the_error_of_a_plain_mean_however_late_it_is_asked(seed: int) -> None:
    times = np.random.default_rng(seed).integers(1, 30, 12).astype(float)
    for tau in (times.max(), times.max() + 7):
        if (times < tau).any():
            found = rmst(times, np.ones(12), tau)
            assert (found.value, found.se) == pytest.approx((times.mean(), times.std() / sqrt(12)), abs=1e-9)


def test_difference_of_means_has_both_errors_and_the_level_that_was_asked() -> None:
    """1 and 3 have the mean 2 with error 1 / sqrt(2); who all leave at 2 have it for certain."""
    spread, certain = ([1, 3], [1, 1]), ([2, 2], [1, 1])
    for one, zero, error in ((spread, spread, 1.0), (spread, certain, sqrt(0.5)), (certain, spread, sqrt(0.5)), (certain, certain, 0.0)):
        found, narrow = rmst_difference(*one, *zero, 3), rmst_difference(*one, *zero, 3, level=0.9)
        assert (found.value, found.se) == pytest.approx((0, error), abs=1e-12)
        assert (found.high, narrow.high) == pytest.approx((1.959964 * error, 1.644854 * error), abs=1e-6)


@pytest.mark.parametrize("seed", [7, 693])
def test_two_groups_of_20_000_rows_have_one_degree_of_freedom_and_the_plain_form_of_the_test(seed: int) -> None:
    """Nobody leaves at the same time as another: each event adds the gap of group 1 to its share of those there, and the variance of that share."""
    draw = np.random.default_rng(seed)
    time = draw.exponential(size=20_000)
    group = draw.random(20_000) < 0.5
    ordered = group[np.argsort(time)]
    share = ordered[::-1].cumsum()[::-1] / np.arange(20_000, 0, -1)
    found = logrank(time, np.ones(20_000), group)
    assert found.df == 1
    assert found.statistic == pytest.approx((ordered.sum() - share.sum()) ** 2 / (share * (1 - share)).sum(), rel=1e-6)


def test_what_was_seen_and_expected_are_both_told_as_decimals() -> None:
    found = logrank([1, 2, 3, 4], [1, 1, 1, 1], [0, 1, 0, 1])
    assert repr(found.observed) == "(2.0, 2.0)"
    assert found.expected == pytest.approx((1 / 2 + 1 / 3 + 1 / 2, 1 / 2 + 2 / 3 + 1 / 2 + 1))


_PAST = "at most the last observed time 5.0"
_MEAN = "must be above 0 and at most the last observed time 5.0"
_TIMES = "must be one row of ascending times"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kaplan_meier([2, 3, 5], [1, 1, 0]).share(6), f"time == 6, must be {_PAST}"),
        (lambda: kaplan_meier([1], [1], level=1), "level == 1, must be between 0 and 1"),
        (lambda: risk_table([1], [1], [2, 1]), f"times holds 2 values, {_TIMES}"),
        (lambda: risk_table([1], [1], [1, 1]), f"times holds 2 values, {_TIMES}"),
        (lambda: risk_table([1], [1], [[1, 2]]), f"times holds 2 values, {_TIMES}"),
        (lambda: risk_table([1], [1], []), f"times holds 0 values, {_TIMES}"),
        (lambda: risk_table([1], [1], [np.nan]), "times holds missing or infinite values, must be finite"),
        (lambda: rmst([2, 3, 5], [1, 1, 0], 6), f"tau == 6, {_MEAN}"),
        (lambda: rmst([2, 3, 5], [1, 1, 1], 0), f"tau == 0, {_MEAN}"),
        (lambda: rmst([3, 5], [1, 0], 3), "events before tau == 3 == 0, must be at least 1. Follow for longer."),
        (lambda: rmst([4, 5], [1, 0], 3), "events before tau == 3 == 0, must be at least 1. Follow for longer."),
        (lambda: logrank([1, 2], [1, 1], [0, 0]), "groups == 1, events == 2, must be at least 1, and groups at least 2"),
        (lambda: logrank([1, 2], [0, 0], [0, 1]), "groups == 2, events == 0, must be at least 1, and groups at least 2"),
        (
            lambda: logrank([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1], strata=[0, 0, 1, 1]),
            "groups at risk when something happened == 1, must be at least 2. Compare groups that were watched at the same time.",
        ),
        (lambda: logrank([1, 2], [1, 1], [0, 1, 1]), "durations.shape == (2,), group.shape == (3,): must be one row each, at least one"),
        (lambda: logrank([1, 2], [1, 1], [0, 1], strata=[0]), "durations.shape == (2,), strata.shape == (1,): must be one row each, at least one"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Callable[[], object], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == words
