"""Control charts against printed ones, and their alarms against what chance alone gives."""

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats.control import p_chart, u_chart, x_chart
from roi_core.stats.expected import Counts, Shares, Singles
from roi_core.stats.season import season_of
from roi_core.stats.watch import alarms
from tests.stats.charted import YEARS, alarms_in_ten_years, caught, counts, months, normal_alarms, shares, singles

JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
"""Cans that leak, of 50 (Montgomery, Introduction to Statistical Quality Control, table 7.1)."""
ROLLS, DEFECTS = [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5], [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
"""Dyed cloth: inspection units and nonconformities of ten rolls (Montgomery, 2nd edition, p. 183)."""
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2."""
PAINT = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
"""Viscosity of aircraft primer paint (Montgomery, individuals chart)."""


def test_p_chart_of_the_orange_juice_cans():
    chart = p_chart(JUICE, [50] * 30)
    assert (round(chart.centre, 4), round(chart.low[0], 4), round(chart.high[0], 4)) == (0.2313, 0.0524, 0.4102)
    assert np.flatnonzero(chart.outside).tolist() == [14, 22]
    kept = np.delete(JUICE, [14, 22])
    again = p_chart(kept, [50] * 28)
    assert (round(again.centre, 4), round(again.low[0], 4), round(again.high[0], 4)) == (0.2150, 0.0407, 0.3893)


def test_u_chart_of_the_dyed_cloth_has_other_limits_for_rolls_of_another_size():
    chart = u_chart(DEFECTS, ROLLS)
    assert round(chart.centre, 2) == 1.42
    assert chart.high[:3] == pytest.approx([2.55, 2.68, 2.41], abs=0.01)  # printed from the rounded rate
    assert chart.low[:3] == pytest.approx([0.29, 0.16, 0.43], abs=0.01)
    assert not chart.outside.any()


@pytest.mark.parametrize(("values", "centre", "low", "high", "digits"), [(FLOW, 50.81, 45.8159, 55.8041, 3), (PAINT, 33.52, 32.24, 34.80, 2)])
def test_x_chart_of_single_values(values, centre, low, high, digits):
    chart = x_chart(values)
    assert round(chart.centre, 2) == centre
    assert (chart.low[0], chart.high[0]) == (pytest.approx(low, abs=10**-digits), pytest.approx(high, abs=10**-digits))
    assert not chart.outside.any()


def test_counts_that_are_none_are_refused():
    for chart, given in ((p_chart, ([3], [2])), (u_chart, ([1], [0])), (x_chart, ([1.0],))):
        with pytest.raises(NumbersRefused):
            chart(*given)


def test_a_period_among_steady_ones_is_judged_by_the_exact_tail():
    """12 months of 4 events; 13 more: given 61 in all a month's are binomial(61, 1/13), P(13 or more) = 0.0009; given 60, P(12 or more) = 0.0026."""
    one, many = Counts(np.array([4.0] * 12 + [13.0]), *flat(13)), Counts(np.array([4.0] * 12 + [12.0]), *flat(13))
    before = np.arange(12)
    assert one.expect(12, before).z > 3 > many.expect(12, before).z
    low, high = many.limits(12, before, 3)
    assert 12 < high < 13
    assert low == 0
    assert one.expect(12, before).centre == pytest.approx(4)


def flat(periods):
    return np.ones(periods), np.ones(periods), np.full(periods, -1)


def test_a_share_is_judged_by_fisher_and_limits_stay_within_0_and_1():
    """Twelve months of 2 in 20; 9 in 20 of 33 in 260: the hypergeometric tail is 0.0002; 7 in 20 of 31: 0.0043."""
    x, n = np.array([2.0] * 12 + [9.0]), np.full(13, 20.0)
    series, other = Shares(x, n, np.ones(13), np.full(13, -1)), Shares(np.append(x[:12], 7.0), n, np.ones(13), np.full(13, -1))
    before = np.arange(12)
    assert series.expect(12, before).z > 3 > other.expect(12, before).z
    low, high = series.limits(12, before, 3)
    assert low == 0
    assert 7 / 20 < high < 9 / 20


def test_the_spread_of_customers_widens_limits():
    x = np.array([34.0, 46.0] * 6 + [66.0])
    narrow, wide = (Counts(x, np.ones(13), np.full(13, spread), np.full(13, -1)) for spread in (1.0, 2.0))
    assert narrow.expect(12, np.arange(12)).z > 3
    assert narrow.limits(12, np.arange(12), 3)[1] < 66 < wide.limits(12, np.arange(12), 3)[1]


def test_a_season_that_years_agree_on_is_believed_and_noise_is_not():
    yearly = np.array([0.0] * 11 + [0.5] * 1)
    found = season_of(np.tile(yearly, 3), months(36), 0.001)
    assert found.weight > 0.9
    assert found.of(months(36))[11] - found.of(months(36))[0] == pytest.approx(0.5 * found.weight)
    draw = np.random.default_rng(3)
    assert season_of(draw.normal(0, 0.1, 36), months(36), 0.01).weight < 0.6
    assert season_of(np.ones(20), months(20), 0.01).weight == 0


def test_a_jump_is_told_since_its_first_month_with_its_size_and_a_lasting_one_becomes_usual():
    x = np.array([100.0] * 20 + [150.0] * 16)
    (alarm,) = alarms(Counts(x, np.ones(36), np.ones(36), np.full(36, -1)))
    assert (alarm.first, alarm.last, alarm.by_run) == (20, 28, False)
    assert alarm.expected.value / alarm.expected.centre == pytest.approx(1.5)


def test_nine_on_one_side_are_told_where_no_period_is_far_off():
    x = np.array([100.0, 96.0, 104.0, 98.0, 102.0] * 4 + [109.0] * 9)
    (alarm,) = alarms(Counts(x, np.ones(29), np.ones(29), np.full(29, -1)))
    assert (alarm.first, alarm.last, alarm.by_run) == (20, 28, True)


def test_a_spike_among_the_first_months_is_found_by_looking_back():
    x = np.array([30.0] * 12)
    x[2] = 90.0
    (alarm,) = alarms(Counts(x, np.ones(12), np.ones(12), np.full(12, -1)))
    assert (alarm.first, alarm.last) == (2, 2)


def test_a_month_that_was_as_far_off_a_year_before_is_the_season():
    x = np.array([100.0] * 48)
    x[[11, 23, 35, 47]] = 170.0
    found = alarms(Counts(x, np.ones(48), np.ones(48), months(48)))
    assert [alarm.first for alarm in found] == [11]


def test_fewer_than_nine_periods_have_no_alarm():
    assert alarms(Singles(np.array([1.0] * 7 + [99.0]), months(8))) == ()


@pytest.mark.parametrize("make", [counts(150), counts(3), shares(600, 0.25), singles(0.1)])
def test_stable_years_give_at_most_one_alarm_in_ten(make):
    assert alarms_in_ten_years(make, 60, 5) <= 1.2


def test_a_jump_of_30_percent_at_150_events_is_caught_within_3_months():
    assert caught(counts(150), 60, 6) >= 0.85


def test_limits_that_are_normal_give_many_more_false_alarms_where_counts_are_few():
    assert normal_alarms(1.5, 400, 7) > 5 * alarms_in_ten_years(counts(1.5), 60, 7)
    assert YEARS == 3
