"""Survival where rows come in clusters: what can be counted by hand, rows that are copies, and clusters that leave together."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import f

from roi_core.errors import NumbersRefused
from roi_core.stats import clustered, survival
from roi_core.stats.incidence import cumulative_incidence
from roi_core.stats.interval import Interval

EACH = np.arange(40)


def waiting(luck: np.random.Generator, n: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, events and entries of rows that are independent."""
    entry = np.where(luck.random(n) < 0.5, -1.0, luck.uniform(0, 3, n))
    return np.maximum(entry, 0) + luck.exponential(6, n) + 0.1, luck.random(n) < 0.7, entry


def test_with_a_row_each_and_nobody_lost_the_error_is_that_of_a_share() -> None:
    """10 rows end at 1 to 10: after 4 the share is 0.6, its variance 0.6 x 0.4 / 10, times 10 / 9 for few clusters; so after 9."""
    four, nine = clustered.shares(range(1, 11), [1] * 10, range(10), [4, 9])
    assert (four.value, four.se) == (pytest.approx(0.6), pytest.approx(sqrt(0.6 * 0.4 / 10 * 10 / 9)))
    assert (nine.value, nine.se) == (pytest.approx(0.1), pytest.approx(sqrt(0.1 * 0.9 / 10 * 10 / 9)))


def test_limits_lie_on_the_scale_of_the_curve() -> None:
    low, high = 0.6 ** np.exp(np.array([1, -1]) * 1.959964 * sqrt(0.024 * 10 / 9) / (0.6 * abs(np.log(0.6))))
    (four,) = clustered.shares(range(1, 11), [1] * 10, range(10), [4])
    assert (four.low, four.high) == (pytest.approx(low), pytest.approx(high))
    (log,) = clustered.shares(range(1, 11), [1] * 10, range(10), [4], scale="log", level=0.9)
    assert log.low == pytest.approx(0.6 * np.exp(-1.644854 * sqrt(0.024 * 10 / 9) / 0.6))


def test_before_anything_happened_and_once_all_are_gone_no_error_is_left() -> None:
    start, end = clustered.shares([1, 2, 3, 4], [1, 1, 1, 1], [0, 1, 2, 3], [0.5, 4])
    assert (start.value, start.se, end.value, end.se) == (1, 0, 0, 0)
    (never,) = clustered.shares([1, 2], [0, 0], [0, 1], [1])
    assert (never.value, never.se) == (1, 0)


def numbers(found: Interval) -> tuple[float | None, ...]:
    return found.value, found.low, found.high, found.se


def test_copies_of_rows_in_one_cluster_tell_nothing_more_of_the_curve() -> None:
    time, event, entry = waiting(np.random.default_rng(1))
    one = clustered.shares(time, event, EACH, [1, 3, 6], entry)
    five = clustered.shares(np.repeat(time, 5), np.repeat(event, 5), np.repeat(EACH, 5), [1, 3, 6], np.repeat(entry, 5))
    assert [numbers(found) for found in five] == [pytest.approx(numbers(found)) for found in one]


def test_copies_of_rows_tell_nothing_more_of_the_mean_or_of_a_difference() -> None:
    time, event, entry = waiting(np.random.default_rng(2))
    group = EACH % 3
    times, events, entries, groups, copies = (np.repeat(column, 4) for column in (time, event, entry, group, EACH))
    assert numbers(clustered.rmst(times, events, copies, 5, entries)) == pytest.approx(numbers(clustered.rmst(time, event, EACH, 5, entry)))
    once, again = clustered.logrank(time, event, group, EACH, entry), clustered.logrank(times, events, groups, copies, entries)
    assert (again.statistic, again.df, again.p) == (pytest.approx(once.statistic), 2, pytest.approx(once.p))


def test_with_a_row_each_and_many_rows_the_errors_are_the_usual_ones() -> None:
    luck = np.random.default_rng(3)
    time, event, entry = waiting(luck, 4000)
    each, group = np.arange(4000), luck.random(4000) < 0.4
    greenwood = survival.kaplan_meier(time, event, entry)
    for at, found in zip([2, 5, 9], clustered.shares(time, event, each, [2, 5, 9], entry), strict=True):
        assert numbers(found) == pytest.approx(numbers(greenwood.share(at)), rel=0.02)
    assert numbers(clustered.rmst(time, event, each, 8, entry)) == pytest.approx(numbers(survival.rmst(time, event, 8, entry)), rel=0.02)
    usual = survival.logrank(time, event, group, entry=entry)
    assert clustered.logrank(time, event, group, each, entry).statistic == pytest.approx(usual.statistic, rel=0.1)


def test_the_mean_by_hand() -> None:
    """Ends at 1, 2, 3 and 4: up to 2.5 they lasted 1, 2, 2.5 and 2.5, whose mean has the variance of a mean of four, about the n and not the n - 1."""
    lasted = np.array([1, 2, 2.5, 2.5])
    found = clustered.rmst([1, 2, 3, 4], [1] * 4, range(4), 2.5)
    error = lasted.std() / 2 * sqrt(4 / 3)
    assert (found.value, found.se) == (pytest.approx(2), pytest.approx(error))
    assert clustered.rmst([1, 2, 3, 4], [1] * 4, range(4), 2.5, level=0.9).low == pytest.approx(2 - 1.644854 * error)


def test_the_difference_of_two_groups_by_hand() -> None:
    """Ends at 1 and 3 in the first group, at 2 and 4 in the other: 4, 3, 2 and 1 are at risk, of whom a half, a third, a half and none are of the first.

    A row's score sums (own group less that share) x (its end less one over those at risk) over the times at which it is at risk.
    """
    scores = np.array([1 / 2 - 1 / 8, 1 / 2 - 1 / 8 - 2 / 9 - 1 / 4, 1 / 8 - 1 / 3 + 1 / 9, 1 / 8 + 1 / 9 + 1 / 4])
    found = clustered.logrank([1, 3, 2, 4], [1] * 4, [0, 0, 1, 1], range(4))
    assert found.statistic == pytest.approx(scores.sum() ** 2 / ((scores**2).sum() * 4 / 3))
    assert found.p == pytest.approx(f.sf(found.statistic, 1, 3)), "four clusters less one"
    usual = survival.logrank([1, 3, 2, 4], [1] * 4, [0, 0, 1, 1])
    assert scores.sum() == pytest.approx(usual.observed[0] - usual.expected[0])


def test_ways_of_leaving_by_hand() -> None:
    """Of 10 rows that end at 1 to 10, the odd ones in the one way, 3 of 10 have left so by 6: the variance of a share."""
    (six,) = clustered.incidence(range(1, 11), [1, 2] * 5, 1, range(10), [6])
    assert (six.value, six.se) == (pytest.approx(0.3), pytest.approx(sqrt(0.3 * 0.7 / 10 * 10 / 9)))
    (seven,) = clustered.incidence(range(1, 11), [1, 2] * 5, 1, range(10), [7])
    assert (seven.value, seven.se) == (pytest.approx(0.4), pytest.approx(sqrt(0.4 * 0.6 / 10 * 10 / 9)))
    low, high = 1 - 0.7 ** np.exp(np.array([-1, 1]) * 1.959964 * sqrt(0.021 * 10 / 9) / (0.7 * abs(np.log(0.7))))
    assert (six.low, six.high) == (pytest.approx(low), pytest.approx(high))


def test_of_ways_of_leaving_copies_tell_nothing_more_and_many_rows_give_the_usual_errors() -> None:
    time, event, _ = waiting(np.random.default_rng(5))
    kind = np.where(event, 1 + EACH % 2, 0)
    once = clustered.incidence(time, kind, 2, EACH, [0.01, 2, 5])
    again = clustered.incidence(np.repeat(time, 3), np.repeat(kind, 3), 2, np.repeat(EACH, 3), [0.01, 2, 5])
    assert [numbers(found) for found in again] == [pytest.approx(numbers(found)) for found in once]
    assert numbers(once[0]) == (0, 0, 0, 0)
    time, event, _ = waiting(np.random.default_rng(6), 3000)
    kind = np.where(event, 1 + np.arange(3000) % 3 // 2, 0)
    usual = cumulative_incidence(time, kind)
    for at, found in zip([2, 6, 9], clustered.incidence(time, kind, 1, np.arange(3000), [2, 6, 9]), strict=True):
        assert numbers(found) == pytest.approx(numbers(usual.share(1, at)), rel=0.02)


def test_accounts_that_leave_together_differ_by_chance_as_often_as_said() -> None:
    """30 accounts of 10 persons, each leaving as one, in two groups by lot: 300 draws. Row by row about half would be called different."""
    luck, called, rows_called, held = np.random.default_rng(4), 0, 0, 0
    cluster = np.repeat(np.arange(30), 10)
    for _ in range(300):
        time, group = np.repeat(luck.exponential(10, 30), 10), np.repeat(luck.permutation(30) % 2, 10)
        event, seen = time < 12, np.minimum(time, 12)
        called += clustered.logrank(seen, event, group, cluster).p <= 0.05
        rows_called += survival.logrank(seen, event, group).p <= 0.05
        (share,) = clustered.shares(seen, event, cluster, [6])
        held += share.low <= np.exp(-0.6) <= share.high
    assert 3 <= called <= 30, "15 are expected"
    assert rows_called >= 120
    assert held >= 273, "285 are expected"


def test_ten_accounts_are_called_different_by_chance_no_more_often_than_thirty() -> None:
    """400 draws, of which 20 are expected; the chi-square would call a share of 9 in 100. Of three groups of nine accounts hardly any is called."""
    luck, called = np.random.default_rng(7), np.zeros(2)
    for _ in range(400):
        for place, (accounts, groups) in enumerate([(10, 2), (9, 3)]):
            time, group = np.repeat(luck.exponential(10, accounts), 5), np.repeat(luck.permutation(accounts) % groups, 5)
            called[place] += clustered.logrank(np.minimum(time, 12), time < 12, group, np.repeat(np.arange(accounts), 5)).p <= 0.05
    assert (called <= 29).all(), "more would come in 1 of 40 such tests"
    assert called[0] >= 8


def test_of_three_groups_the_spread_has_two_degrees_and_the_clusters_the_rest() -> None:
    luck = np.random.default_rng(8)
    found = clustered.logrank(luck.exponential(5, 12), np.ones(12), np.arange(12) % 3, np.arange(12) // 2)
    assert found.p == pytest.approx(f.sf(found.statistic * 4 / (2 * 5), 2, 4)), "six clusters"
    two = clustered.logrank(luck.exponential(5, 12), np.ones(12), np.arange(12) % 3, np.arange(12) // 6)
    assert two.p == pytest.approx(f.sf(two.statistic / two.df, two.df, 1)), "two clusters leave nothing to spare"


def test_clusters_that_each_hold_a_mirror_of_itself_show_no_difference() -> None:
    found = clustered.logrank([1, 1, 2, 2], [1] * 4, [0, 1, 0, 1], [0, 0, 1, 1])
    assert (found.statistic, found.df, found.p) == (0, 0, 1)


def test_fewer_than_two_clusters_and_other_shapes_are_refused() -> None:
    with pytest.raises(NumbersRefused, match=r"^clusters == 1, must be at least 2\. Rows of one cluster tell nothing of others\.$"):
        clustered.shares([1, 2], [1, 0], [7, 7], [1])
    with pytest.raises(NumbersRefused, match=r"^durations\.shape == \(2,\), cluster\.shape == \(1,\)"):
        clustered.rmst([1, 2], [1, 0], [7], 2)
    with pytest.raises(NumbersRefused, match="groups"):
        clustered.logrank([1, 2], [1, 0], [0, 0], [1, 2])
    with pytest.raises(NumbersRefused, match="at most the last observed time"):
        clustered.shares([1, 2], [1, 0], [0, 1], [3])


def test_times_that_are_missing_are_named() -> None:
    with pytest.raises(NumbersRefused, match=r"^times "):
        clustered.shares([1, 2], [1, 0], [0, 1], [np.nan])
    with pytest.raises(NumbersRefused, match=r"^times "):
        clustered.incidence([1, 2], [1, 0], 1, [0, 1], [np.nan])


def test_groups_that_are_never_watched_at_the_same_time_are_refused() -> None:
    """The first leaves before the second is watched; without the entries both would be."""
    with pytest.raises(NumbersRefused, match="watched at the same time"):
        clustered.logrank([1, 2, 5, 6], [1, 1, 1, 1], [0, 0, 1, 1], range(4), [-1, -1, 3, 3])
