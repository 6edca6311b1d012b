import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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


@pytest.mark.parametrize("bad", [{"difference": 0.0}, {"sd": 0.0}, {"ratio": 0.0}, {"power": 1.0}, {"power": 0.01}])
def test_impossible_plans_are_refused(bad):
    with pytest.raises(ValueError, match="=="):
        needed_n_mean(**({"difference": 1.0, "sd": 1.0} | bad))


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


@pytest.mark.parametrize("call", [lambda: needed_n(0.2, 0), lambda: needed_n(0.2, -0.3), lambda: needed_n(0.2, 0.1, ratio=0), lambda: detectable(0, 5, 0.2)])
def test_what_cannot_be_is_refused(call):
    with pytest.raises(ValueError, match="=="):
        call()


def test_four_times_the_periods_halve_the_error() -> None:
    needed = 1.959964 + 0.841621
    assert further_periods(1.0, 1.99 / needed, 10, 60) == 30, "twice too noisy: four times the periods"
    assert further_periods(-1.0, 1.99 / needed, 10, 60) == 30
    assert further_periods(1.0, 0.1, 10, 60) == 1, "already clear"
    assert further_periods(1.0, 4 / needed, 10, 60) is None
    assert further_periods(0.0, 1.0, 10, 60) is None
