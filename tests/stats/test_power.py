from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nct
from scipy.stats import t as student
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep

from roi_core.stats.power import detectable, further_periods, needed_n, needed_n_mean


def test_needed_published():
    """R power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7 a group."""
    assert needed_n(0.5, 0.25, power=0.9) == pytest.approx(76.7, abs=0.05)


def test_needed_mean_published():
    """R power.t.test(power = .90, delta = 1): n = 22.02110 a group."""
    assert needed_n_mean(1.0, 1.0, power=0.9) == pytest.approx(22.0211, abs=5e-4)


@given(st.floats(0.05, 1.0), st.floats(0.3, 4))
@settings(max_examples=25, deadline=None)
def test_needed_mean_gives_the_power_that_was_asked(effect, ratio):
    n = needed_n_mean(-10 * effect, 10.0, ratio)
    assert TTestIndPower().power(effect, n, 0.05, ratio) == pytest.approx(0.8, abs=2e-3)


def test_what_was_known_before_saves_rows():
    assert needed_n_mean(0.1, 0.5**0.5) == pytest.approx(needed_n_mean(0.1, 1.0) / 2, rel=2e-3)


@given(st.floats(0.05, 0.5), st.floats(0.2, 0.9), st.floats(0.3, 5))
def test_needed_gives_the_power_that_was_asked(p0, part, ratio):
    n = needed_n(p0, -part * p0, ratio)
    # the oracle drops the far tail, which never exceeds 2.5 %
    assert power_proportions_2indep(-part * p0, p0, n, ratio=ratio).power == pytest.approx(0.8, abs=2e-3)


@given(st.floats(0.05, 0.45), st.floats(0.01, 0.5))
def test_which_arm_is_called_treated_does_not_matter(p0, difference):
    assert needed_n(p0, difference) == pytest.approx(needed_n(p0 + difference, -difference))


def test_detectable_of_the_evidence():
    """method-evidence: 100 against 300, base 20 %: 11.6 points; 500 against 1,500: 5.5; 40 against 40: 19."""
    assert detectable(100, 300, 0.2) == pytest.approx(0.116, abs=5e-4)
    assert detectable(500, 1500, 0.2) == pytest.approx(0.055, abs=5e-4)
    assert detectable(40, 40, 0.2) == pytest.approx(0.19, abs=1e-3)


def test_nothing_can_be_seen_in_80_customers():
    assert detectable(20, 60, 0.2) is None


@given(st.integers(50, 5000), st.integers(50, 5000), st.floats(0.1, 0.5))
def test_detectable_needs_what_there_is(n1, n0, p0):
    fall = detectable(n1, n0, p0)
    if fall is not None:
        assert 0 < fall <= p0
        assert needed_n(p0, -fall, n0 / n1) == pytest.approx(n1, rel=1e-6)


def test_four_times_the_periods_halve_the_error() -> None:
    needed = 1.959964 + 0.841621
    assert further_periods(1.0, 1.99 / needed, 10, 60) == 30, "twice too noisy: four times the periods"
    assert further_periods(-1.0, 1.99 / needed, 10, 60) == 30
    assert further_periods(1.0, 0.1, 10, 60) == 1, "already clear"
    assert further_periods(1.0, 4 / needed, 10, 60) is None
    assert further_periods(0.0, 1.0, 10, 60) is None
    assert further_periods(2.0, 2 * 1.99 / needed, 10, 60) == 30, "the unit of the effect does not matter"
    assert further_periods(1.0, 1.99 / needed, 10, 30) == 30
    assert further_periods(1.0, 1.99 / needed, 10, 29) is None


def test_shares_may_be_none_and_all() -> None:
    """From 0 to 1/2 the pooled share is 1/4 and the spread of the treated arm alone counts: (1.96 sqrt(3/8) + 0.8416 / 2)^2 / (1/4)."""
    rows = (1.959964 * 0.375**0.5 + 0.841621 * 0.5) ** 2 / 0.25
    assert [needed_n(0.0, 0.5), needed_n(1.0, -0.5)] == pytest.approx([rows, rows], rel=1e-5)
    assert [needed_n(0.5, 0.5), needed_n(0.5, -0.5)] == pytest.approx([rows, rows], rel=1e-5)


@pytest.mark.parametrize(("power", "level"), [(0.05, 0.95), (0.5, 0.95), (0.6, 0.5), (0.99, 0.8)])
def test_any_power_above_that_of_no_effect_can_be_asked(power: float, level: float) -> None:
    n = needed_n_mean(0.3, 2.0, 1.5, power, level)
    degrees = n * 2.5 - 2
    assert nct.sf(student.isf((1 - level) / 2, degrees), degrees, 0.15 * (n * 0.6) ** 0.5) == pytest.approx(power, abs=1e-6)


def test_each_arm_holds_two_rows_however_large_the_difference() -> None:
    assert [needed_n_mean(100, 1, ratio) for ratio in (0.5, 1.0, 2.0)] == [4, 2, 2]
    n = needed_n_mean(4.0, 1.0)
    assert 2 < n < 3
    assert TTestIndPower().power(4.0, n, 0.05) == pytest.approx(0.8, abs=1e-6)


def test_the_smallest_fall_that_shows_is_one_for_which_the_rows_are_just_enough() -> None:
    whole, half = needed_n(0.2, -0.2), needed_n(0.2, -0.1)
    assert detectable(whole, whole, 0.2) == 0.2
    assert detectable(half, half, 0.2) == 0.1


def test_a_level_that_is_asked_holds() -> None:
    fall = detectable(100, 300, 0.2, power=0.9, level=0.8)
    assert needed_n(0.2, -fall, 3.0, power=0.9, level=0.8) == pytest.approx(100)
    assert needed_n(0.2, -fall, 3.0, power=0.9) > 110


def test_one_row_in_each_arm_shows_nothing() -> None:
    assert detectable(1, 1, 0.5) is None


_SHARES = "both shares must be from 0 to 1 and differ"
_ARMS = "arms must hold rows and p0 be between 0 and 1"
_MEANS = "sd and ratio must be above 0, difference not 0"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: needed_n(0.2, 0), f"p0 == 0.2, difference == 0: {_SHARES}"),
        (lambda: needed_n(0.2, -0.3), f"p0 == 0.2, difference == -0.3: {_SHARES}"),
        (lambda: needed_n(-0.2, 0.3), f"p0 == -0.2, difference == 0.3: {_SHARES}"),
        (lambda: needed_n(1.5, -1.0), f"p0 == 1.5, difference == -1.0: {_SHARES}"),
        (lambda: needed_n(0.5, 1.0), f"p0 == 0.5, difference == 1.0: {_SHARES}"),
        (lambda: needed_n(0.2, 0.1, ratio=0), "ratio == 0, must be above 0"),
        (lambda: needed_n_mean(0, 1), f"difference == 0, sd == 1, ratio == 1.0, power == 0.8: {_MEANS}"),
        (lambda: needed_n_mean(1, 0), f"difference == 1, sd == 0, ratio == 1.0, power == 0.8: {_MEANS}"),
        (lambda: needed_n_mean(1, 1, 0), f"difference == 1, sd == 1, ratio == 0, power == 0.8: {_MEANS}"),
        (lambda: needed_n_mean(1, 1, power=1), f"difference == 1, sd == 1, ratio == 1.0, power == 1: {_MEANS}"),
        (lambda: needed_n_mean(1, 1, power=0.02), f"difference == 1, sd == 1, ratio == 1.0, power == 0.02: {_MEANS}"),
        (lambda: needed_n_mean(1, 1, power=0.25, level=0.5), f"difference == 1, sd == 1, ratio == 1.0, power == 0.25: {_MEANS}"),
        (lambda: detectable(0, 5, 0.2), f"n1 == 0, n0 == 5, p0 == 0.2: {_ARMS}"),
        (lambda: detectable(5, 0, 0.2), f"n1 == 5, n0 == 0, p0 == 0.2: {_ARMS}"),
        (lambda: detectable(5, 5, 0), f"n1 == 5, n0 == 5, p0 == 0: {_ARMS}"),
        (lambda: detectable(5, 5, 1), f"n1 == 5, n0 == 5, p0 == 1: {_ARMS}"),
        (lambda: detectable(5, 5, 1.5), f"n1 == 5, n0 == 5, p0 == 1.5: {_ARMS}"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole text is compared below
        call()
    assert str(refused.value) == words
