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


def test_strata_of_one_arm_only_are_left_out_whichever_it_is_and_a_single_row_is_not() -> None:
    some = mantel_haenszel([8, 1, 3], [10, 1, 9], [4, 5, 0], [10, 9, 1])
    more = mantel_haenszel([8, 1, 0, 3, 4], [10, 1, 0, 9, 9], [4, 5, 5, 0, 0], [10, 9, 9, 1, 0])
    assert some == more
    assert some.strata == 3


def test_pairs_give_the_test_of_mcnemar() -> None:
    """Strata of one row each: 9 pairs where the treated one alone has the event, 3 the other way round, 5 and 7 alike."""
    treated, control = [1] * 9 + [0] * 3 + [1] * 5 + [0] * 7, [0] * 9 + [1] * 3 + [1] * 5 + [0] * 7
    plain, corrected = (mantel_haenszel(treated, [1] * 24, control, [1] * 24, corrected=c) for c in (False, True))
    assert (plain.odds_ratio, plain.statistic) == pytest.approx((9 / 3, (9 - 3) ** 2 / (9 + 3)))
    assert corrected.statistic == pytest.approx((9 - 3 - 1) ** 2 / (9 + 3))
    assert corrected == mantel_haenszel(treated, [1] * 24, control, [1] * 24)


def test_a_correction_larger_than_the_gap_leaves_nothing() -> None:
    found = mantel_haenszel([2], [5], [2], [5])
    assert (found.statistic, found.p) == (0, 1)


def test_kidney_stones_say_the_opposite_when_pooled() -> None:
    """Charig et al. 1986, BMJ 292:879: open surgery cures 81 of 87 small and 192 of 263 large stones, the other way 234 of 270 and 55 of 80."""
    found = mantel_haenszel([81, 192], [87, 263], [234, 55], [270, 80])
    assert found.crude == pytest.approx(273 * 61 / (77 * 289))
    assert found.crude < 1 < found.odds_ratio
    assert found.reverses
    assert mantel_haenszel([234, 55], [270, 80], [81, 192], [87, 263]).reverses


@pytest.mark.parametrize(
    "table",
    [([6], [10], [5], [10]), ([5], [10], [6], [10]), ([2], [4], [2], [4]), ([8], [10], [4], [10])],
    ids=["a little above 1", "a little below 1", "1", "far above 1"],
)
def test_one_stratum_never_reverses(table: tuple[list[int], ...]) -> None:
    assert not mantel_haenszel(*table).reverses


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_limits_of_another_level_equal_statsmodels(level: float) -> None:
    oracle = StratifiedTable(np.array([[[8, 3], [2, 6]], [[4, 5], [6, 4]]]).astype(float))
    found = mantel_haenszel([8, 3], [10, 9], [4, 5], [10, 9], level)
    assert (found.low, found.high) == pytest.approx(oracle.oddsratio_pooled_confint(1 - level))
    assert (found == mantel_haenszel([8, 3], [10, 9], [4, 5], [10, 9])) == (level == 0.95)


SAME = "outcome within the strata that have both arms is the same everywhere, so nothing can be compared. Choose another column or a longer period."
LACKS = "is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them."
OTHERS = "All must come from the same rows."
WITHIN = "must be from 0 to the rows of the stratum"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: mantel_haenszel([0, 2, 3], [2, 2, 2], [1, 1, 1], [2, 2, 2]), f'treated events == "3", {WITHIN}'),
        (lambda: mantel_haenszel([1, 1], [2, 2], [0, -1], [2, 2]), f'control events == "-1", {WITHIN}'),
        (lambda: mantel_haenszel([1, 1], [2, 2], [1], [2]), f"control strata has 1 rows, the others have 2. {OTHERS}"),
        (lambda: mantel_haenszel([1, 1], [2], [1], [2]), f"treated events has 2 rows, the others have 1. {OTHERS}"),
        (lambda: mantel_haenszel([1], [2], [1], [2, 3]), f"control events has 1 rows, the others have 2. {OTHERS}"),
        (lambda: mantel_haenszel([0], [5], [0], [5]), SAME),
        (lambda: mantel_haenszel([5], [5], [0], [5]), SAME),
        (lambda: mantel_haenszel([0], [5], [5], [5]), SAME),
        (lambda: mantel_haenszel([2], [5], [0], [0]), SAME),
        (lambda: mantel_haenszel([np.nan], [5], [0], [1]), f"treated events {LACKS}"),
        (lambda: mantel_haenszel([1], [np.inf], [0], [1]), f"treated rows {LACKS}"),
        (lambda: mantel_haenszel([1], [5], [np.nan], [1]), f"control events {LACKS}"),
        (lambda: mantel_haenszel([1], [5], [0], [np.inf]), f"control rows {LACKS}"),
        (lambda: mantel_haenszel([2], [5], [1], [5], level=1), "level == 1, must be between 0 and 1"),
    ],
)
def test_tables_that_say_nothing_are_refused(call, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
