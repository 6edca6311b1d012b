"""Control charts against printed ones, and their alarms against what chance alone gives."""

import numpy as np
import pytest
from scipy.special import betainc, gammainc, gammaincc
from scipy.stats import norm

from roi_core.errors import NumbersRefused
from roi_core.stats.control import moving_sigma, p_limits, u_limits, x_limits
from roi_core.stats.expected import Counts, Shares, Singles, expect
from roi_core.stats.watch import FEWEST, RUN, alarms
from tests.stats.charted import BOTH, MONTHS, STABLE, TOLD, YEARS, in_ten_years, one

JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
"""Cans that leak, of 50 (Montgomery 2009, Introduction to Statistical Quality Control, table 7.1); printed limits 0.0524 and 0.4102."""
ROLLS, DEFECTS = [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5], [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
"""Dyed cloth: inspection units and nonconformities of ten rolls (Montgomery, 2nd edition, p. 183)."""
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2."""
PAINT = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
"""Viscosity of aircraft primer paint (Montgomery, individuals chart)."""
SMOKE = 24


def test_p_chart_of_the_orange_juice_cans():
    """Exact limits let the same two samples out, and lie within two cans of the printed ones, which a normal gives."""
    share = sum(JUICE) / 1500
    low, high = p_limits(share, 50)
    assert [i for i, x in enumerate(JUICE) if not low <= x / 50 <= high] == [14, 22]
    assert 0.0524 * 50 < low * 50 <= 0.0524 * 50 + 2
    assert 0.4102 * 50 < high * 50 <= 0.4102 * 50 + 2


def test_u_chart_of_the_dyed_cloth_has_other_limits_for_rolls_of_another_size():
    rate = sum(DEFECTS) / sum(ROLLS)
    assert round(rate, 2) == 1.42
    limits = [u_limits(rate * units) for units in ROLLS]
    assert [high / units for (_, high), units in zip(limits[:3], ROLLS, strict=False)] == pytest.approx([2.55, 2.68, 2.41], abs=0.25)
    assert [low / units for (low, _), units in zip(limits[:3], ROLLS, strict=False)] == pytest.approx([0.29, 0.16, 0.43], abs=0.25)
    assert all(low <= x <= high for (low, high), x in zip(limits, DEFECTS, strict=True))


@pytest.mark.parametrize(("values", "low", "high", "digits"), [(FLOW, 45.8159, 55.8041, 3), (PAINT, 32.24, 34.80, 2)])
def test_x_chart_of_single_values(values, low, high, digits):
    found = x_limits(np.mean(values), moving_sigma(np.array(values)))
    assert found == (pytest.approx(low, abs=10**-digits), pytest.approx(high, abs=10**-digits))


def test_limits_are_those_of_the_exact_tails():
    """Poisson of 4: P(12 or more) = 0.0009, P(11 or more) = 0.0028; binomial of 20 and 0.1: P(8 or more) = 0.0004, P(7 or more) = 0.0024."""
    low, high = u_limits(4.0)
    assert low == 0
    assert 11 < high < 12
    low, high = p_limits(0.1, 20)
    assert low == 0
    assert 7 / 20 < high < 8 / 20
    assert p_limits(0.99, 30)[1] == 1


def test_a_spread_widens_limits_and_many_events_have_those_of_a_normal():
    assert u_limits(100.0, 4.0)[1] == pytest.approx(4 * u_limits(25.0)[1])
    low, high = u_limits(1e6)
    assert (low, high) == (pytest.approx(1e6 - 3e3, abs=10), pytest.approx(1e6 + 3e3, abs=10))


@pytest.mark.parametrize("sigmas", [2.0, 3.0])
@pytest.mark.parametrize(("mean", "spread"), [(25.0, 1.0), (40.0, 2.5), (9.0, 0.8)])
def test_counts_beyond_a_limit_are_as_likely_as_a_normal_beyond_its_sigmas(mean: float, spread: float, sigmas: float) -> None:
    """P(at most k of m) is the upper gamma integral of k + 1 at m, between whole k too."""
    low, high = u_limits(mean, spread, sigmas)
    assert gammaincc(low / spread + 1, mean / spread) == pytest.approx(norm.sf(sigmas), rel=1e-6)
    assert gammainc(high / spread, mean / spread) == pytest.approx(norm.sf(sigmas), rel=1e-6)
    assert (u_limits(mean, spread) == (low, high)) == (sigmas == 3)


@pytest.mark.parametrize("sigmas", [2.0, 3.0])
@pytest.mark.parametrize(("share", "n", "spread"), [(0.3, 60, 1.0), (0.6, 90, 1.5), (0.5, 30, 0.5)])
def test_shares_beyond_a_limit_are_as_likely_as_a_normal_beyond_its_sigmas(share: float, n: float, spread: float, sigmas: float) -> None:
    """P(at most k of n) is the beta integral of n - k and k + 1 at 1 - share, between whole k too."""
    low, high = p_limits(share, n, spread, sigmas)
    rows = n / spread
    assert betainc(rows - low * rows, low * rows + 1, 1 - share) == pytest.approx(norm.sf(sigmas), rel=1e-6)
    assert betainc(high * rows, rows - high * rows + 1, share) == pytest.approx(norm.sf(sigmas), rel=1e-6)
    assert (p_limits(share, n, spread) == (low, high)) == (sigmas == 3)


def test_without_a_spread_events_and_rows_are_independent() -> None:
    assert u_limits(25.0) == u_limits(25.0, 1.0)
    assert p_limits(0.3, 60) == p_limits(0.3, 60, 1.0)
    assert x_limits(5.0, 2.0) == (-1, 11)
    assert x_limits(5.0, 2.0, 2.0) == (1, 9)


def test_a_lower_limit_leaves_0_where_none_at_all_is_rarer_than_three_sigmas() -> None:
    """exp(-6.6) = 0.00136 and 0.8 ** 29.6 = 0.00135 against 0.00135: above it, nothing is too few."""
    assert u_limits(6.6)[0] == 0 < u_limits(6.7)[0] < 0.2
    assert p_limits(0.2, 29)[0] == 0 < p_limits(0.2, 30)[0] < 0.01
    assert p_limits(0.8, 30)[1] < 1 == p_limits(0.8, 29)[1]


def test_two_values_are_enough_for_a_moving_range() -> None:
    assert moving_sigma(np.array([1.0, 4.0])) == pytest.approx(3 / 1.128)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: u_limits(0.0), "mean == 0.0, must be above 0"),
        (lambda: u_limits(np.nan), "mean == nan, must be above 0"),
        (lambda: u_limits(1.0, 0.0), "spread == 0.0, must be above 0"),
        (lambda: p_limits(0.5, 0), "n == 0, must be above 0"),
        (lambda: p_limits(0.5, 5, -1.0), "spread == -1.0, must be above 0"),
        (lambda: p_limits(1.0, 5), "share == 1.0, must be between 0 and 1"),
        (lambda: p_limits(0.0, 5), "share == 0.0, must be between 0 and 1"),
        (lambda: moving_sigma(np.ones(1)), "values == 1, must be at least 2. Wait for more, or join groups."),
    ],
)
def test_numbers_that_have_no_limits_are_refused(given, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        given()
    assert str(refused.value) == said


def counts(x):
    x = np.asarray(x, float)
    return Counts(x, np.ones(len(x)), np.arange(2022 * 12, 2022 * 12 + len(x)))


LEVEL = [100.0, 96, 104, 98, 102, 100] * 6


def test_a_jump_is_told_since_its_first_month_with_its_size_and_a_lasting_one_becomes_usual():
    (alarm,) = alarms(counts([*LEVEL[:20], *[150.0] * 22]))
    assert (alarm.first, alarm.last, alarm.how) == (20, 20 + RUN - 1, "beyond")
    assert alarm.expected.value / alarm.expected.centre == pytest.approx(1.5, rel=0.02)
    assert alarm.expected.low < 100 < alarm.expected.high < 150


def test_nine_on_one_side_are_told_where_no_month_is_far_off_and_the_season_is_ruled_out():
    (alarm,) = alarms(counts([*LEVEL[:30], *[108.0] * 9]))
    assert (alarm.first, alarm.last, alarm.how, alarm.usual_since) == (30, 38, "run", True)
    assert not alarms(counts([*LEVEL[:14], *[107.0] * 9]))


def test_three_months_that_are_beyond_three_sigmas_together_are_told():
    (alarm,) = alarms(counts([*LEVEL, 122.0, 123.0, 122.0]))
    assert (alarm.first, alarm.last, alarm.how) == (36, 38, "together")


def test_a_year_must_have_been_seen():
    assert alarms(counts([100.0] * (FEWEST - 1) + [900.0])) == ()
    (alarm,) = alarms(counts([100.0] * FEWEST + [900.0]))
    assert alarm.first == FEWEST


def test_a_season_is_known_after_two_years_and_a_december_in_its_place_is_none_then():
    x = np.array([100.0] * 48)
    x[11::12] = 200.0
    found = expect(counts(x), 35, np.arange(33))
    assert found.season_known
    assert found.centre == pytest.approx(200, rel=0.02)
    assert not found.is_outside
    early = expect(counts(x), 23, np.arange(21))
    assert not early.season_known
    assert early.centre == pytest.approx(105, rel=0.02)


def test_growth_is_taken_out_after_two_years_and_before_both_level_and_line_are_possible():
    x = 100 * 1.03 ** np.arange(40)
    late, early = expect(counts(x), 35, np.arange(33)), expect(counts(x), 20, np.arange(18))
    assert late.centre == pytest.approx(x[35], rel=0.01)
    assert early.is_line
    assert early.low < x[:18].mean() < x[20] < early.high
    assert alarms(counts(np.round(x))) == ()


def test_waiting_times_and_shares_have_alarms_of_their_own_kind():
    month = np.arange(24)
    minutes = np.array([60.0, 66, 58, 63, 61, 59, 65, 62] * 3)
    minutes[20] = 200.0
    (alarm,) = alarms(Singles(minutes, month, in_logs=True))
    assert (alarm.first, alarm.expected.value) == (20, 200.0)
    x, n = np.array([60.0, 66, 58, 63, 61, 59, 65, 62] * 3), np.full(24, 300.0)
    x[20] = 120.0
    (alarm,) = alarms(Shares(x, n, month))
    assert (alarm.first, alarm.expected.value) == (20, 0.4)
    assert alarms(Shares(np.zeros(24), n, month)) == ()
    assert alarms(Singles(np.ones(24), month)) == ()


def test_series_that_are_looked_at_together_share_the_false_alarms_of_one():
    spike = counts([*LEVEL[:20], 136.0])
    assert alarms(spike)
    assert not alarms(spike, watched=20)


@pytest.mark.parametrize("kind", ["150 a month", "150 of 600", "waiting times", "150 a month, yearly swing of 30 %", "150 a month, growing by 3 % a month"])
def test_stable_years_seldom_alarm(kind):
    """A smoke of what tests/nightly/test_metrics.py counts: at most 1 in ten years."""
    assert in_ten_years([one(seed, kind) for seed in range(1, SMOKE + 1)]) <= 1.5
    assert YEARS * 12 == MONTHS


@pytest.mark.parametrize("kind", ["150 a month", "150 a month, 1 to 50 tickets a customer"])
def test_a_jump_of_30_percent_is_caught_within_3_months(kind):
    assert np.mean([one(seed, kind)["told"] for seed in range(1, SMOKE + 1)]) >= 0.8
    assert {*TOLD} <= {*STABLE}
    assert not {*BOTH} & {*TOLD}
