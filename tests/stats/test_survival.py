from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.survival import kaplan_meier, logrank, median, risk_table, rmst, rmst_difference

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


def test_who_leaves_at_once_counts():
    curve = kaplan_meier([0, 1], [1, 1])
    assert (curve.times.tolist(), curve.survival.tolist()) == ([0, 1], [0.5, 0])


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


@pytest.mark.parametrize("scale", ["log-log", "log", "logit"])
@given(seed=seeds)
@settings(max_examples=25)
def test_limits_on_every_scale_hold_the_curve_and_stay_inside(scale, seed):
    curve = kaplan_meier(*draw(seed), scale=scale)
    assert ((curve.low >= 0) & (curve.low <= curve.survival)).all()
    assert ((curve.survival <= curve.high) & (curve.high <= 1)).all()


def test_limits_by_hand():
    """After 1 of 4: survival 3/4, Greenwood's error 3/4 sqrt(1/12); each scale by its own formula."""
    s, error, z = 0.75, 0.75 * sqrt(1 / 12), 1.959963985
    found = {scale: kaplan_meier([1, 2, 2, 3], [1, 1, 0, 1], scale=scale).share(1.5) for scale in ("log-log", "log", "logit")}
    assert all((share.value, share.se) == pytest.approx((s, error)) for share in found.values())
    assert (found["log"].low, found["log"].high) == (pytest.approx(s * exp(-z * error / s)), 1.0)
    odds, reach = log(s / (1 - s)), z * error / (s * (1 - s))
    assert (found["logit"].low, found["logit"].high) == pytest.approx((1 / (1 + exp(reach - odds)), 1 / (1 + exp(-reach - odds))))
    far = exp(z * error / (s * abs(log(s))))
    assert (found["log-log"].low, found["log-log"].high) == pytest.approx((s**far, s ** (1 / far)))


@given(seeds)
def test_without_censoring_the_error_is_the_binomial_one(seed):
    time, _ = draw(seed)
    curve = kaplan_meier(time, np.ones(len(time)))
    assert curve.se == pytest.approx(np.sqrt(curve.survival * (1 - curve.survival) / len(time)), abs=1e-9)


def test_a_share_is_known_to_the_last_observed_time_and_no_further():
    curve = kaplan_meier([2, 3, 5], [1, 1, 0])
    assert (curve.share(1).value, curve.share(1).low, curve.share(1).high) == (1, 1, 1)
    assert curve.share(5).value == pytest.approx(1 / 3)
    with pytest.raises(NumbersRefused, match="last observed time"):
        curve.share(6)
    assert kaplan_meier([2, 3], [1, 1]).share(9).value == 0


@given(seeds)
def test_the_limits_of_the_median_hold_it_and_are_where_the_limits_of_the_curve_pass_one_half(seed):
    time, event = draw(seed)
    found, curve = median(time, event), kaplan_meier(time, event)
    assert found.value == curve.median
    for limit, bound in ((found.low, curve.low), (found.high, curve.high)):
        passed = curve.times[bound <= 0.5]
        assert limit == (passed[0] if passed.size else None)
    if found.value is not None:
        assert found.low <= found.value <= (found.high or np.inf)


def test_a_curve_that_rests_on_one_half_has_reached_its_median():
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 0, 1]).median == 2
    assert median([1, 2, 3, 4], [1, 1, 0, 1]).value == 2


def test_a_median_that_is_not_reached_is_open():
    found = median([1, 2, 3, 4], [0, 0, 0, 0])
    assert (found.value, found.low, found.high) == (None, None, None)


def test_numbers_at_risk_by_hand():
    counts = risk_table([1, 2, 2, 3, 5], [1, 1, 0, 0, 1], [0, 1, 2, 4, 6])
    assert counts.at_risk.tolist() == [5, 5, 4, 1, 0]
    assert counts.events.tolist() == [0, 1, 2, 2, 3]
    assert counts.censored.tolist() == [0, 0, 1, 2, 2]


@given(seeds)
def test_everybody_is_at_risk_gone_or_no_longer_watched(seed):
    time, event = draw(seed)
    just_after = np.array([0.0, 5.01, 20.01])
    counts = risk_table(time, event, just_after)
    assert (counts.at_risk + counts.events + counts.censored).tolist() == [len(time)] * 3


@given(seeds)
@settings(max_examples=25)
def test_strata_add_up_and_one_stratum_changes_nothing(seed):
    time, event = draw(seed)
    rng = np.random.default_rng(seed)
    group, strata = rng.random(len(time)) < 0.5, rng.integers(0, 3, len(time))
    assert logrank(time, event, group, np.zeros(len(time))).statistic == pytest.approx(logrank(time, event, group).statistic)
    parts = [logrank(time[strata == s], event[strata == s], group[strata == s]) for s in range(3)]
    found = logrank(time, event, group, strata)
    assert found.expected == pytest.approx(np.sum([part.expected for part in parts], axis=0))
    gap = sum(part.observed[1] - part.expected[1] for part in parts)
    variance = sum((part.observed[1] - part.expected[1]) ** 2 / part.statistic for part in parts if part.statistic > 0)
    assert found.statistic == pytest.approx(gap**2 / variance)


def test_groups_that_never_meet_cannot_be_compared():
    with pytest.raises(NumbersRefused, match="watched at the same time"):
        logrank([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1], strata=[0, 0, 1, 1])


def test_entry_leaves_out_of_the_test_who_was_not_there_yet():
    late = logrank([3, 5, 6, 7], [1, 1, 1, 1], [0, 0, 1, 1], entry=[0, 0, 4, 4])
    assert late.expected == pytest.approx((1 + 1 / 3, 2 / 3 + 2))
