import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, wilcoxon

from roi_core.errors import NumbersRefused
from roi_core.stats.sensitivity import e_value, observed_e_value, robustness_value, rosenbaum, signed_rank_bound

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


@given(st.floats(0.05, 20), st.floats(0.05, 20))
def test_the_e_value_that_a_measured_cause_had(rr, without):
    assert observed_e_value(rr, without) == pytest.approx(e_value(rr / without).value)
    assert observed_e_value(rr, without) == pytest.approx(observed_e_value(without, rr))
    assert observed_e_value(rr, rr) == 1


def test_a_measured_cause_by_hand():
    """Leaving it out moves the risk ratio from 0.8 to 0.5: 1.6 times, E = 1.6 + sqrt(1.6 * 0.6)."""
    assert observed_e_value(0.8, 0.5) == pytest.approx(1.6 + np.sqrt(0.96))
    with pytest.raises(ValueError, match="without == 0"):
        observed_e_value(0.8, 0)


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


@given(st.integers(0, 1000))
def test_without_bias_the_bound_is_wilcoxon_s(seed):
    one, zero = np.random.default_rng(seed).normal(size=(2, 40))
    theirs = wilcoxon(one, zero, alternative="greater", method="approx", correction=False)
    assert signed_rank_bound(one, zero).p == pytest.approx(theirs.pvalue)


@given(st.integers(0, 1000), st.floats(1, 5), st.floats(0, 5))
def test_a_stronger_unseen_cause_explains_more(seed, gamma, more):
    one, zero = np.random.default_rng(seed).normal(size=(2, 30))
    assert signed_rank_bound(one + 1, zero, gamma).p <= signed_rank_bound(one + 1, zero, gamma + more).p + 1e-12


def test_pairs_of_yes_and_no_agree_with_the_count_of_discordant_pairs():
    """All differences share one rank, so the bound is McNemar's by the normal curve: near the exact gamma."""
    one, zero = np.r_[np.ones(110), np.zeros(12)], np.r_[np.zeros(110), np.ones(12)]
    assert signed_rank_bound(one, zero, rosenbaum(110, 12)).p == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: signed_rank_bound([1, 2], [0, 1], 0.5), "gamma"),
        (lambda: signed_rank_bound([1, 2], [1, 2]), "same everywhere"),
        (lambda: signed_rank_bound([1, 2], [1]), "control has 1 rows"),
        (lambda: signed_rank_bound([1, np.nan], [1, 2]), "treated is missing"),
    ],
)
def test_pairs_that_say_nothing_are_refused(call, said):
    with pytest.raises(NumbersRefused, match=said):
        call()
