from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, wilcoxon

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


@given(st.floats(0.05, 20), st.floats(0.05, 20))
def test_the_e_value_that_a_measured_cause_had(rr, without):
    assert observed_e_value(rr, without) == pytest.approx(e_value(rr / without).value)
    assert observed_e_value(rr, without) == pytest.approx(observed_e_value(without, rr))
    assert observed_e_value(rr, rr) == 1


def test_a_measured_cause_by_hand():
    """Leaving it out moves the risk ratio from 0.8 to 0.5: 1.6 times, E = 1.6 + sqrt(1.6 * 0.6)."""
    assert observed_e_value(0.8, 0.5) == pytest.approx(1.6 + np.sqrt(0.96))


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


def test_robustness_value_published():
    """Cinelli, Hazlett 2020, JRSSB 82:39, table 1 (Darfur): t = 4.18 on 783 degrees of freedom, RV 13.9 %, at the 5 % level 7.6 %."""
    assert robustness_value(4.18, 783) == pytest.approx(0.139, abs=5e-4)
    assert robustness_value(4.18, 783, level=0.95) == pytest.approx(0.076, abs=5e-4)
    assert robustness_value(-4.18, 783) == robustness_value(4.18, 783)
    assert robustness_value(0, 783) == robustness_value(1.0, 783, level=0.95) == 0


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


def test_an_estimate_of_no_effect_needs_nothing_to_be_explained() -> None:
    assert e_value(1.0, 0.8, 1.2) == e_value(1.0, 1.0, 1.0)
    assert (e_value(1.0, 0.8, 1.2).value, e_value(1.0, 0.8, 1.2).limit) == (1, 1)
    assert (e_value(2.0, 1.0, 4.0).limit, e_value(0.5, 0.25, 1.0).limit) == (1, 1)


def test_signed_ranks_by_hand() -> None:
    """Differences 1, -2, 3, 4: 8 of 10 in ranks; at gamma 2 the mean is 20/3, the variance 2/9 of 30, and z = (4/3) / sqrt(20/3) = 0.5164."""
    found = signed_rank_bound([1, 0, 3, 4], [0, 2, 0, 0], 2.0)
    assert (found.gamma, found.statistic, found.pairs) == (2.0, 8, 4)
    assert found.p == pytest.approx(0.3028, abs=5e-5)


def test_a_pair_without_a_difference_keeps_its_rank_and_weighs_nothing() -> None:
    """Differences 0, 1, 2: ranks 2 and 3 of three pairs, both for the treated; z = 2.5 / sqrt(13/4) = 1.3868."""
    found = signed_rank_bound([5, 1, 2], [5, 0, 0])
    assert (found.statistic, found.pairs) == (5, 3)
    assert found.p == pytest.approx(0.0828, abs=5e-5)


@pytest.mark.parametrize(("t", "df"), [(2.0, 2.0), (10.0, 1.5), (3.0, 40.0)])
def test_a_cause_as_strong_as_the_robustness_value_has_the_f_of_the_estimate(t: float, df: float) -> None:
    """The value r solves r^2 / (1 - r) = f^2, f = t / sqrt(df) (Cinelli, Hazlett 2020, section 4.2)."""
    value = robustness_value(t, df)
    assert value**2 / (1 - value) == pytest.approx(t * t / df)


def test_robustness_of_the_limit_on_few_degrees_of_freedom() -> None:
    """A table of Student's t gives 4.3027 on 2 degrees and 2.9200 at the level 0.9: f = 10 / sqrt(3) less that over sqrt(2)."""
    for level, quantile in ((0.95, 4.3027), (0.9, 2.9200)):
        value = robustness_value(10.0, 3.0, level)
        assert value / (1 - value) ** 0.5 == pytest.approx(10 / 3**0.5 - quantile / 2**0.5, abs=1e-4)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: e_value(0), "rr == 0, must be above 0"),
        (lambda: observed_e_value(0.8, 0), "without == 0, must be above 0"),
        (lambda: rosenbaum(5, -1), "discordant pairs == -1, must be at least 0"),
        (lambda: signed_rank_bound([1, 2], [0, 1], 0.5), "gamma == 0.5, must be at least 1 and finite"),
        (lambda: signed_rank_bound([1, 2], [0, 1], np.inf), "gamma == inf, must be at least 1 and finite"),
        (
            lambda: signed_rank_bound([1, 2], [1, 2]),
            "difference of the pairs is the same everywhere, so nothing can be compared. Choose another column or a longer period.",
        ),
        (lambda: signed_rank_bound([1, 2], [1]), "control has 1 rows, the others have 2. All must come from the same rows."),
        (
            lambda: signed_rank_bound([1, np.nan], [1, 2]),
            "treated is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.",
        ),
        (lambda: robustness_value(2, 1), "df == 1, must be above 1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole text is compared below
        call()
    assert str(refused.value) == said
