import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from roi_core.errors import NumbersRefused
from roi_core.stats.stratified import mantel_haenszel


@given(st.integers(0, 1000), st.integers(1, 6))
@settings(max_examples=30)
def test_equals_statsmodels(seed, strata):
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.integers(1, 40, (4, strata))
    ours = mantel_haenszel(a, a + b, c, c + d)
    oracle = StratifiedTable(np.array([[a, b], [c, d]]).astype(float))
    assert (ours.odds_ratio, ours.low, ours.high) == pytest.approx((oracle.oddsratio_pooled, *oracle.oddsratio_pooled_confint()))
    plain = mantel_haenszel(a, a + b, c, c + d, corrected=False)
    assert (plain.statistic, plain.p) == pytest.approx((oracle.test_null_odds().statistic, oracle.test_null_odds().pvalue))
    assert ours.statistic <= plain.statistic


@given(st.integers(0, 1000))
@settings(max_examples=20)
def test_naming_the_other_arm_treated_inverts_the_ratio(seed):
    a, b, c, d = np.random.default_rng(seed).integers(1, 40, (4, 3))
    there, back = mantel_haenszel(a, a + b, c, c + d), mantel_haenszel(c, c + d, a, a + b)
    assert there.odds_ratio == pytest.approx(1 / back.odds_ratio)
    assert (there.low, there.p) == pytest.approx((1 / back.high, back.p))


def test_one_stratum_is_its_own_crude_ratio():
    found = mantel_haenszel([8], [10], [4], [10])
    assert (found.odds_ratio, found.crude) == pytest.approx((6, 6))
    assert not found.reverses


def test_strata_with_one_arm_only_say_nothing():
    some, more = mantel_haenszel([8, 3], [10, 9], [4, 5], [10, 9]), mantel_haenszel([8, 3, 5], [10, 9, 9], [4, 5, 0], [10, 9, 0])
    assert some == more
    assert some.strata == 2


def test_a_null_alarms_as_often_as_said():
    """1,500 A/A runs over 4 strata of unlike shares, without the correction; with it at most as often."""
    shares, alarms = np.array([0.1, 0.3, 0.5, 0.7]), [0, 0]
    for seed in range(1_500):
        rng = np.random.default_rng(seed)
        a, c = rng.binomial(40, shares), rng.binomial(25, shares)
        for place, corrected in enumerate((False, True)):
            alarms[place] += mantel_haenszel(a, [40] * 4, c, [25] * 4, corrected=corrected).p < 0.05
    assert 0.036 <= alarms[0] / 1_500 <= 0.066
    assert alarms[1] <= alarms[0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: mantel_haenszel([3], [2], [1], [2]), "treated events"),
        (lambda: mantel_haenszel([1], [2], [-1], [2]), "control events"),
        (lambda: mantel_haenszel([1, 1], [2, 2], [1], [2]), "control strata has 1 rows"),
        (lambda: mantel_haenszel([0], [5], [0], [5]), "same everywhere"),
        (lambda: mantel_haenszel([2], [5], [0], [0]), "same everywhere"),
        (lambda: mantel_haenszel([np.nan], [5], [0], [1]), "missing"),
    ],
)
def test_tables_that_say_nothing_are_refused(call, said):
    with pytest.raises(NumbersRefused, match=said):
        call()
