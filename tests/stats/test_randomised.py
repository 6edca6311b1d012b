"""Randomised tests: differences, CUPED, and that nothing is found where there is nothing."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import boschloo_exact, fisher_exact, ttest_ind, ttest_rel
from scipy.stats import t as student
from statsmodels.stats.proportion import confint_proportions_2indep

from roi_core.errors import NumbersRefused
from roi_core.stats import linear
from roi_core.stats.proportion import newcombe
from roi_core.stats.randomised import cuped, mean_difference, paired_difference, share_difference

seeds = st.integers(0, 1000)
RUNS = 1_500


def alarms(draw, estimate, runs=RUNS):
    """Share of A/A runs whose interval leaves out 0."""
    found = [estimate(*draw(np.random.default_rng(seed))) for seed in range(runs)]
    return np.mean([not w.low <= 0 <= w.high for w in found])


@given(seeds)
@settings(max_examples=30)
def test_welch_equals_scipy(seed):
    rng = np.random.default_rng(seed)
    arm = np.r_[np.ones(12, bool), np.zeros(25, bool)]
    y = rng.normal(size=37) * np.where(arm, 3, 1)
    ours, theirs = mean_difference(y, arm), ttest_ind(y[arm], y[~arm], equal_var=False)
    limits = theirs.confidence_interval()
    assert (ours.t, ours.df, ours.p, ours.low, ours.high) == pytest.approx((theirs.statistic, theirs.df, theirs.pvalue, limits.low, limits.high))


@given(seeds)
@settings(max_examples=30)
def test_one_row_per_cluster_is_welch(seed):
    rng = np.random.default_rng(seed)
    y, arm = rng.normal(size=30), np.arange(30) % 3 == 0
    one, other = mean_difference(y, arm, rng.permutation(30)), mean_difference(y, arm)
    assert astuple(one) == pytest.approx(astuple(other))


def test_doubled_rows_bring_nothing_new_where_clusters_are_known():
    rng = np.random.default_rng(1)
    y, arm, who = rng.normal(size=40), np.arange(40) % 2 == 0, np.arange(40)
    twice = mean_difference(np.tile(y, 2), np.tile(arm, 2), np.tile(who, 2))
    assert twice.se == pytest.approx(mean_difference(y, arm).se)
    assert mean_difference(np.tile(y, 2), np.tile(arm, 2)).se < 0.75 * twice.se


def test_clusters_with_rows_of_both_arms_give_the_sandwich_of_least_squares():
    rng = np.random.default_rng(2)
    who = np.repeat(np.arange(30), 4)
    arm = rng.random(120) < 0.5
    y = rng.normal(size=30)[who] + arm + rng.normal(size=120)
    found = mean_difference(y, arm, who)
    fitted = linear.least_squares(np.column_stack([np.ones(120), arm]).astype(float), y, who)
    assert (found.value, found.se, found.df) == pytest.approx((fitted.coefficients[1], fitted.se[1], fitted.df))


@given(seeds, st.booleans())
@settings(max_examples=30)
def test_naming_the_other_arm_treated_flips_the_sign(seed, clustered):
    rng = np.random.default_rng(seed)
    y, arm, who = rng.normal(size=40), np.arange(40) % 2 == 0, np.arange(40) // 4 if clustered else None
    there, back = mean_difference(y, arm, who), mean_difference(y, ~arm, who)
    assert (there.value, there.low, there.high, there.p) == pytest.approx((-back.value, -back.high, -back.low, back.p))


def test_shares_carry_newcombe_and_the_exact_test_named():
    """56 of 70 against 48 of 80: Newcombe 1998, Stat Med 17:873, table II."""
    left = np.r_[np.ones(56), np.zeros(14), np.ones(48), np.zeros(32)]
    found = share_difference(left, np.r_[np.ones(70), np.zeros(80)])
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert (found.test, found.n_treated, found.n_control) == ("Boschloo", 70, 80)
    assert found.p == pytest.approx(boschloo_exact([[56, 48], [14, 32]]).pvalue)
    many = share_difference(np.tile(left, 4), np.tile(np.r_[np.ones(70), np.zeros(80)], 4))
    assert many.test == "Fisher"
    assert many.p < found.p


def test_no_event_in_either_arm_is_an_answer():
    found = share_difference(np.zeros(30), np.arange(30) < 10)
    assert (found.value, found.p) == (0, 1)
    assert found.low < 0 < found.high


@pytest.mark.parametrize(("treated", "control", "test"), [(199, 199, "Boschloo"), (200, 199, "Fisher"), (199, 200, "Fisher")])
def test_forty_thousand_tables_are_the_most_that_boschloo_is_asked(treated: int, control: int, test: str) -> None:
    assert share_difference(np.zeros(treated + control), np.arange(treated + control) < treated).test == test


def test_shares_of_many_rows_say_what_each_arm_had_and_what_fisher_says() -> None:
    left = np.r_[np.ones(150), np.zeros(150), np.ones(80), np.zeros(120)]
    found = share_difference(left, np.arange(500) < 300, level=0.8)
    limits = confint_proportions_2indep(150, 300, 80, 200, method="newcomb", alpha=0.2)
    assert (found.value, found.share_treated, found.share_control) == pytest.approx((0.1, 0.5, 0.4))
    assert (found.low, found.high) == pytest.approx(limits)
    assert (found.test, found.p) == ("Fisher", pytest.approx(fisher_exact([[150, 150], [80, 120]]).pvalue))


def with_a_before_period(seed, effect=0.0, rows=300, carried=0.8):
    rng = np.random.default_rng(seed)
    arm = rng.random(rows) < 0.5
    before = rng.normal(size=rows)
    return carried * before + np.sqrt(1 - carried**2) * rng.normal(size=rows) + effect * arm, arm, before


def test_what_was_known_before_takes_away_the_square_of_its_correlation():
    found = cuped(*with_a_before_period(1, effect=0.5, rows=20_000))
    assert found.variance_reduction == pytest.approx(0.64, abs=0.02)
    assert found.slopes == pytest.approx([0.8], abs=0.02)
    assert found.adjusted.low < 0.5 < found.adjusted.high
    assert found.plain == mean_difference(*with_a_before_period(1, effect=0.5, rows=20_000)[:2])


def test_noise_from_before_promises_nothing():
    found = cuped(*with_a_before_period(2, rows=60, carried=0.0))
    assert abs(found.variance_reduction) < 0.1


@given(seeds)
@settings(max_examples=20)
def test_adjusting_is_analysis_of_covariance(seed):
    y, arm, before = with_a_before_period(seed)
    fitted = linear.least_squares(np.column_stack([np.ones(300), arm, before]).astype(float), y)
    found = cuped(y, arm, before).adjusted
    assert found.value == pytest.approx(fitted.coefficients[1])
    assert found.se == pytest.approx(fitted.se[1], rel=0.05)


def test_the_unit_of_the_columns_before_does_not_matter():
    y, arm, before = with_a_before_period(3)
    one, other = cuped(y, arm, before).adjusted, cuped(y, arm, np.column_stack([1000 * before + 5, before])).adjusted
    assert (one.value, one.se) == pytest.approx((other.value, other.se))


def test_a_small_arm_that_decides_the_error_keeps_its_degrees_of_freedom():
    y = np.r_[0.0, 9.0, np.full(30, 5.0), 5.1]
    found = cuped(y, np.arange(33) < 2, np.cos(np.arange(33.0))).adjusted
    assert 0 < found.df < 2
    assert np.isfinite(found.low)


@pytest.mark.parametrize("size", [1e-30, 1e-9, 1e9, 1e30])
def test_columns_before_of_any_size_count(size):
    y, arm, before = with_a_before_period(4)
    other = np.random.default_rng(9).normal(size=300)
    one, scaled = (cuped(y, arm, np.column_stack([before * times, other])) for times in (1.0, size))
    assert one.adjusted.value == pytest.approx(scaled.adjusted.value)
    assert scaled.slopes[0] == pytest.approx(one.slopes[0] / size)


def test_adjusting_moves_rows_and_not_the_mean_of_all() -> None:
    y, arm, before = with_a_before_period(5)
    found = cuped(y, arm, np.column_stack([before + 7, before**2 - 40])).adjusted
    assert (found.n_treated, found.n_control) == (arm.sum(), (~arm).sum())
    assert found.value == pytest.approx(found.mean_treated - found.mean_control)
    assert (found.n_treated * found.mean_treated + found.n_control * found.mean_control) / 300 == pytest.approx(y.mean())


def test_with_and_without_what_was_known_have_the_same_clusters_and_level() -> None:
    y, arm, before = with_a_before_period(6)
    who = np.arange(300) // 3
    found, usual = cuped(y, arm, before, who, level=0.8), cuped(y, arm, before, who)
    assert found.plain == mean_difference(y, arm, who, level=0.8)
    assert found.variance_reduction == pytest.approx(1 - (found.adjusted.se / found.plain.se) ** 2)
    assert found.adjusted.se == usual.adjusted.se
    for limits, level in ((found.adjusted, 0.8), (usual.adjusted, 0.95)):
        assert (limits.low, limits.high) == pytest.approx(student.interval(level, limits.df, limits.value, limits.se))


@pytest.mark.parametrize(("who", "units"), [(None, 40), (np.arange(40) // 2, 20)])
def test_each_column_before_costs_one_degree_of_freedom(who: np.ndarray | None, units: int) -> None:
    y, arm = with_a_before_period(7, rows=40)[0], np.arange(40) // 2 % 2 == 0
    before = np.random.default_rng(7).normal(size=(40, 3))
    found = cuped(y, arm, before, who)
    free = mean_difference(y - before @ found.slopes, arm, who)
    cost = (units - 2) / (units - 2 - 3)
    assert (found.adjusted.se, found.adjusted.df) == pytest.approx((free.se * np.sqrt(cost), free.df / cost))


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_pairs_are_compared_within(level: float) -> None:
    treated, control = [5.0, 7.0, 9.0], [4.0, 5.0, 8.0]
    found, theirs = paired_difference(treated, control, level), ttest_rel(treated, control)
    limits = theirs.confidence_interval(level)
    assert (found.value, found.low, found.high, found.se) == pytest.approx((4 / 3, limits.low, limits.high, 1 / 3))
    assert (found.t, found.df, found.p) == pytest.approx((4.0, 2, theirs.pvalue))
    assert (found.mean_treated, found.mean_control, found.n_treated, found.n_control) == pytest.approx((7, 17 / 3, 3, 3))


def test_limits_without_a_level_are_those_of_95_percent() -> None:
    y, arm = np.arange(12.0) ** 2, np.arange(12) % 3 == 0
    for method in (lambda **level: mean_difference(y, arm, **level), lambda **level: paired_difference(y[:6], y[6:], **level)):
        assert method() == method(level=0.95)
        assert method(level=0.8).low > method().low
    assert share_difference(arm, y > 50) == share_difference(arm, y > 50, level=0.95)


SHAPES = {
    "normal": lambda rng, n: rng.normal(size=n),
    "skewed": lambda rng, n: rng.exponential(size=n),
    "counts": lambda rng, n: rng.poisson(2.0, n).astype(float),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_means_alarm_as_often_as_they_say_where_nothing_differs(shape):
    def draw(rng):
        return SHAPES[shape](rng, 200), rng.permutation(200) < 100

    assert 0.036 <= alarms(draw, mean_difference) <= 0.066  # 5 % and 2.6 Monte Carlo errors


def test_adjusted_means_alarm_as_often_as_they_say():
    assert 0.036 <= alarms(lambda rng: with_a_before_period(rng, rows=100), lambda *rows: cuped(*rows).adjusted) <= 0.066


def whole_accounts(rng):
    who = np.repeat(np.arange(24), 8)
    return rng.normal(size=24)[who] + rng.normal(size=192), (rng.permutation(24) < 12)[who], who


def test_tests_that_drew_whole_accounts_need_their_names():
    assert 0.03 <= alarms(whole_accounts, mean_difference) <= 0.066
    assert alarms(whole_accounts, lambda y, arm, _: mean_difference(y, arm)) > 0.3


def newcombe_of(y, arm):
    return newcombe(y[arm].sum(), arm.sum(), y[~arm].sum(), (~arm).sum())


@pytest.mark.parametrize(("rows", "share"), [(40, 0.2), (120, 0.05)])
def test_shares_never_alarm_more_often_than_they_say(rows, share):
    def draw(rng):
        return rng.random(rows) < share, rng.permutation(rows) < rows // 2

    assert alarms(draw, newcombe_of) <= 0.056


FOUR = np.repeat(np.arange(4), 2)
ROWS = ([1.0, 2.0, 3.0, 5.0], [1, 1, 0, 0])
LONE = ([1.0, 2.0, 3.0, 5.0], [1, 0, 0, 0])
MORE = "Wait for more, or join groups."
SAME = "is the same everywhere, so nothing can be compared. Choose another column or a longer period."
LACKS = "is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them."
OTHERS = "All must come from the same rows."


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: mean_difference([1, 2, 3], [1, 1, 1]), f"control rows == 0, must be at least 2. {MORE}"),
        (lambda: mean_difference(*LONE), f"treated rows == 1, must be at least 2. {MORE}"),
        (lambda: mean_difference([1, np.nan, 3, 4], ROWS[1]), f"outcome {LACKS}"),
        (lambda: mean_difference([1, 2, 3], ROWS[1]), f"treated has 4 rows, the others have 3. {OTHERS}"),
        (lambda: mean_difference(ROWS[0], [1, 2, 0, 0]), 'treated == "2", must be 0 or 1'),
        (lambda: mean_difference(["a", "b"], [1, 0]), 'outcome == "text", must be numbers'),
        (lambda: mean_difference([[1, 2]], [1]), "dimensions of outcome == 2, must be 1"),
        (lambda: mean_difference([0.1] * 3 + [0.3] * 3, [1] * 3 + [0] * 3), f"outcome within both arms {SAME}"),
        (lambda: mean_difference(*ROWS, cluster=[1, 1, 2, 3]), f"treated clusters == 1, must be at least 2. {MORE}"),
        (lambda: mean_difference(*ROWS, cluster=[1, 2]), f"cluster has 2 rows, the others have 4. {OTHERS}"),
        (lambda: mean_difference(*ROWS, level=1.0), "level == 1.0, must be between 0 and 1"),
        (lambda: mean_difference(*ROWS, level=0.0), "level == 0.0, must be between 0 and 1"),
        (lambda: share_difference([1, 0, 2], [1, 0, 0]), 'outcome == "2", must be 0 or 1'),
        (lambda: share_difference([1, 0], [1, 1]), f"control rows == 0, must be at least 1. {MORE}"),
        (lambda: cuped(*ROWS, [4, 4, 4, 4]), f"before {SAME}"),
        (lambda: cuped(*ROWS, [1, 2, np.inf, 4]), f"before {LACKS}"),
        (lambda: cuped(*ROWS, [1, 2, 4]), f"before has 3 rows, the others have 4. {OTHERS}"),
        (lambda: cuped(*LONE, [1, 2, 3, 5]), f"treated rows == 1, must be at least 2. {MORE}"),
        (
            lambda: cuped(np.arange(8.0) ** 2, FOUR < 2, np.arange(16.0).reshape(8, 2) ** 3, FOUR),
            f"rows or clusters == 4, must be at least 5. {MORE}",
        ),
        (lambda: cuped(*ROWS, np.ones((2, 2, 2))), "dimensions of before == 3, must be 1 or 2"),
        (lambda: cuped([1.0, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], [1.0, 2, 3, 4, 5, 6]), f"outcome within both arms {SAME}"),
        (lambda: paired_difference([1], [2]), f"pairs == 1, must be at least 2. {MORE}"),
        (lambda: paired_difference([1, 2], [2, 3]), f"difference of the pairs {SAME}"),
        (lambda: paired_difference([1, np.nan], [2, 3]), f"treated {LACKS}"),
        (lambda: paired_difference([1, 2], [2, np.nan]), f"control {LACKS}"),
        (lambda: paired_difference([1, 2], [2, 4, 5]), f"control has 3 rows, the others have 2. {OTHERS}"),
        (lambda: paired_difference([1, 2], [2, 4], level=1.5), "level == 1.5, must be between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(call, said):
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
