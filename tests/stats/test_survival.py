import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.stats.survival import MedianLimits, kaplan_meier, logrank, median_limits, rmst, rmst_difference

seeds = st.integers(0, 10_000)

# Freireich 1963, 6-MP arm (weeks in remission, + censored), in Kalbfleisch, Prentice 2002, table 1.1
TIMES_6MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
EVENTS_6MP = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
CONTROL = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def draw(seed, n=60):
    rng = np.random.default_rng(seed)
    event, censored = rng.exponential(10, n), rng.exponential(15, n)
    return np.round(np.minimum(event, censored), 1) + 0.1, event <= censored


def test_6mp_published():
    curve = kaplan_meier(TIMES_6MP, EVENTS_6MP)
    assert [round(curve.at(t), 3) for t in (6, 7, 10, 13, 16, 22, 23)] == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.median == 23
    assert kaplan_meier(CONTROL, np.ones(21)).median == 8


def test_6mp_log_log_limits():
    """R survfit(conf.type = "log-log") at 6 and 10 weeks: 0.620 to 0.952, 0.503 to 0.889 (Kleinbaum, Klein 2012)."""
    curve = kaplan_meier(TIMES_6MP, EVENTS_6MP)
    at = np.searchsorted(curve.times, [6, 10])
    assert np.round(curve.low[at], 3).tolist() == [0.620, 0.503]
    assert np.round(curve.high[at], 3).tolist() == [0.952, 0.889]


def test_6mp_logrank_published():
    found = logrank(TIMES_6MP + CONTROL, EVENTS_6MP + [1] * 21, [1] * 21 + [0] * 21)
    assert found.statistic == pytest.approx(16.793, abs=1e-3)
    assert found.df == 1
    assert found.p < 1e-4


def test_counted_by_hand():
    curve = kaplan_meier([1, 2, 2, 3], [1, 1, 0, 1])
    assert curve.times.tolist() == [1, 2, 3]
    assert curve.at_risk.tolist() == [4, 3, 1]
    assert curve.events.tolist() == [1, 1, 1]
    assert curve.survival.tolist() == pytest.approx([0.75, 0.5, 0.0])
    assert curve.at(0.5) == 1.0
    assert rmst([1, 2, 2, 3], [1, 1, 0, 1], 3).value == pytest.approx(1 + 0.75 + 0.5)


def test_entry_counts_only_those_already_there():
    curve = kaplan_meier([3, 5, 6], [1, 1, 1], entry=[0, 3, 4])
    assert curve.at_risk.tolist() == [1, 2, 1]
    assert curve.survival.tolist() == [0, 0, 0]


def test_entry_before_the_first_event_changes_nothing():
    time, event = draw(1)
    late = kaplan_meier(time, event, entry=np.zeros(len(time)))
    assert np.array_equal(late.survival, kaplan_meier(time, event).survival)


def test_limits_exist_where_survival_is_0_or_1():
    curve = kaplan_meier([1, 2, 3], [0, 1, 1])
    assert (curve.low[0], curve.high[0]) == (1.0, 1.0)
    assert curve.low[2] == 0.0
    assert curve.high[2] == curve.high[1] < 1


@given(seeds)
def test_without_censoring_it_is_the_plain_share(seed):
    time, _ = draw(seed)
    curve = kaplan_meier(time, np.ones(len(time)))
    assert curve.survival == pytest.approx([(time > t).mean() for t in curve.times])
    assert rmst(time, np.ones(len(time)), time.max()).value == pytest.approx(time.mean())


@given(seeds)
def test_order_does_not_matter_and_limits_hold_the_curve(seed):
    time, event = draw(seed)
    shuffled = np.random.default_rng(seed).permutation(len(time))
    one, two = kaplan_meier(time, event), kaplan_meier(time[shuffled], event[shuffled])
    assert np.array_equal(one.survival, two.survival)
    assert (one.low <= one.survival).all()
    assert (one.survival <= one.high).all()
    assert (np.diff(one.survival) <= 0).all()


@given(seeds, st.floats(0.5, 20))
def test_time_in_another_unit_scales_the_mean(seed, unit):
    time, event = draw(seed)
    tau = float(np.median(time))
    one, two = rmst(time, event, tau), rmst(time * unit, event, tau * unit)
    assert (two.value, two.se) == pytest.approx((one.value * unit, one.se * unit))


@given(seeds)
def test_months_gained_flip_with_the_arms(seed):
    one, zero = draw(seed), draw(seed + 1)
    tau = float(min(np.median(one[0]), np.median(zero[0])))
    there, back = rmst_difference(*one, *zero, tau), rmst_difference(*zero, *one, tau)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))


@given(seeds)
@settings(max_examples=25)
def test_logrank_of_two_equals_the_hypergeometric_form(seed):
    """Mantel 1966: (sum of O - E)^2 over the sum of hypergeometric variances."""
    time, event = draw(seed)
    group = np.random.default_rng(seed).random(len(time)) < 0.4
    gap = variance = 0.0
    for t in np.unique(time[event]):
        n, n1, d = (time >= t).sum(), ((time >= t) & group).sum(), ((time == t) & event).sum()
        gap += ((time == t) & event & group).sum() - d * n1 / n
        variance += d * n1 / n * (1 - n1 / n) * (n - d) / max(n - 1, 1)
    assert logrank(time, event, group).statistic == pytest.approx(gap**2 / variance)


def test_logrank_of_three_groups_does_not_know_their_order():
    time, event = draw(3, 200)
    group = np.arange(200) % 3
    one, two = logrank(time, event, group), logrank(time, event, np.array(["b", "c", "a"])[group])
    assert one.df == 2
    assert one.statistic == pytest.approx(two.statistic)


def test_mean_past_the_data_is_refused():
    with pytest.raises(ValueError, match="last observed time"):
        rmst([1, 2], [1, 0], 3)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        kaplan_meier([], [])
    with pytest.raises(ValueError, match="entry"):
        kaplan_meier([1], [1], entry=[1])
    with pytest.raises(ValueError, match="groups"):
        logrank([1, 2], [1, 1], [0, 0])


def test_median_limits_say_which_transform_they_use():
    """R survfit of the 6-MP arm: 16 to NA by default (log), 13 to NA with conf.type = "log-log"."""
    curve = kaplan_meier(TIMES_6MP, EVENTS_6MP)
    assert median_limits(curve) == MedianLimits(13, None)
    assert median_limits(curve, transform="log") == MedianLimits(16, None)
    assert median_limits(kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]), transform="log").high is None
    with pytest.raises(ValueError, match="transform"):
        median_limits(curve, transform="logit")
