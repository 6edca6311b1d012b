import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from roi_core.stats.sensitivity import e_value, robustness_value, rosenbaum

# VanderWeele, Ding 2017, Ann Intern Med 167:268, and the tests of the R package EValue
E_VALUES = {(3.9, 1.8, 8.7): (7.26, 3.0), (0.80, 0.71, 0.91): (1.81, 1.43), (10.73, 8.02, 14.36): (20.95, 15.52)}


@pytest.mark.parametrize(("interval", "expected"), E_VALUES.items())
def test_e_value_published(interval, expected):
    found = e_value(*interval)
    assert (found.value, found.limit) == pytest.approx(expected, abs=0.005)


@given(st.floats(0.01, 100))
def test_e_value_does_not_know_which_arm_is_called_treated(rr):
    assert e_value(rr).value == pytest.approx(e_value(1 / rr).value)
    assert e_value(rr).value >= max(rr, 1 / rr)


def test_e_value_limits():
    assert e_value(1.5, 0.9, 2.5).limit == 1
    assert e_value(0.8, 0.5, 1.2).limit == 1
    assert e_value(1.0).value == 1
    assert e_value(2.0).limit is None
    with pytest.raises(ValueError, match="rr == 0"):
        e_value(0)


def test_rosenbaum_published():
    """Rosenbaum 2002, Observational Studies, 4.3.2: smoking and lung cancer, 110 pairs against 12.

    The book's upper p-values .0036, .03 and .1 at gamma 4, 5 and 6 use the normal curve, ours is exact: close, not equal.
    """
    for gamma, p in {4: 0.0036, 5: 0.03, 6: 0.1}.items():
        assert rosenbaum(110, 12, p) == pytest.approx(gamma, abs=0.3)
    assert 5 < rosenbaum(110, 12) < 6


@given(st.integers(0, 200), st.integers(0, 200))
def test_rosenbaum_reaches_its_p(a, b):
    gamma = rosenbaum(a, b)
    assert gamma == rosenbaum(b, a) >= 1
    if gamma > 1:
        assert binom.sf(max(a, b) - 1, a + b, gamma / (1 + gamma)) == pytest.approx(0.05)


def test_no_discordant_pairs_withstand_nothing():
    assert rosenbaum(0, 0) == 1
    with pytest.raises(ValueError, match="discordant"):
        rosenbaum(5, -1)


def test_robustness_value_published():
    """Cinelli, Hazlett 2020, JRSSB 82:39, table 1 (Darfur): t = 4.18 on 783 degrees of freedom, RV 13.9 %, at the 5 % level 7.6 %."""
    assert robustness_value(4.18, 783) == pytest.approx(0.139, abs=5e-4)
    assert robustness_value(4.18, 783, level=0.95) == pytest.approx(0.076, abs=5e-4)
    assert robustness_value(-4.18, 783) == robustness_value(4.18, 783)
    assert robustness_value(0, 783) == robustness_value(1.0, 783, level=0.95) == 0
    with pytest.raises(ValueError, match="df == 1"):
        robustness_value(2, 1)
