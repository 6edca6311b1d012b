"""Bias of an unseen cause as strong as a measured one (Cinelli, Hazlett 2020 JRSSB 82:39)."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from roi_core.stats import linear, omitted


def coefficient(y: np.ndarray, d: np.ndarray, *others: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(y)), d, *others])
    return float(np.linalg.lstsq(design, y, rcond=None)[0][1])


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.1, 0.6), st.floats(0.1, 1.0))
def test_an_unseen_twin_of_a_measured_cause_moves_the_estimate_by_no_more_than_its_bound(seed: int, on_treatment: float, on_outcome: float) -> None:
    luck = np.random.default_rng(seed)
    seen, unseen = luck.normal(size=(2, 40_000))
    d = on_treatment * (seen + unseen) + luck.normal(size=40_000)
    y = on_outcome * (seen + unseen) + luck.normal(size=40_000)
    moved = abs(coefficient(y, d, seen) - coefficient(y, d, seen, unseen))
    bound = omitted.benchmarks(y, d, seen[:, None], ["seen"])[0].bias
    assert moved <= bound + 4 / sqrt(40_000)
    assert moved >= 0.3 * bound, "a bound far above the truth would alarm for nothing"


def test_the_strongest_group_comes_first_and_groups_are_taken_together() -> None:
    luck = np.random.default_rng(1)
    x = luck.normal(size=(20_000, 3))
    d = x @ [0.5, 0.05, 0.3] + luck.normal(size=20_000)
    y = x @ [0.5, 0.05, 0.3] + luck.normal(size=20_000)
    found = omitted.benchmarks(y, d, x, ["plan", "plan", "health"])
    assert [b.group for b in found] == ["plan", "health"]
    assert found[0].bias > found[1].bias > 0


def test_a_useless_column_predicts_no_bias() -> None:
    luck = np.random.default_rng(2)
    x = luck.normal(size=(50_000, 1))
    d, y = luck.normal(size=(2, 50_000))
    assert omitted.benchmarks(y, d, x, ["noise"])[0].bias == pytest.approx(0, abs=1 / sqrt(50_000))


def test_a_column_that_all_but_decides_the_treatment_has_no_bound() -> None:
    luck = np.random.default_rng(3)
    x = luck.normal(size=(5_000, 1))
    d = 3 * x[:, 0] + luck.normal(size=5_000)
    assert omitted.benchmarks(d + luck.normal(size=5_000), d, x, ["decides"])[0].bias == inf


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_t_of_the_treatment_is_that_of_least_squares(seed: int) -> None:
    luck = np.random.default_rng(seed)
    x = luck.normal(size=(60, 3))
    d = (x[:, 0] + luck.normal(size=60) > 0).astype(float)
    y = d + x @ [1, 2, 0.5] + luck.normal(size=60)
    found = linear.least_squares(np.column_stack([np.ones(60), d, x]), y)
    t, df = omitted.linear_t(y, d, x)
    assert (t, df) == pytest.approx((found.coefficients[1] / found.se[1], found.df))


E1, E2, E3, E4 = np.array([[1, 1, -1, -1, 1, 1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1], [1, -1, -1, 1, 1, -1, -1, 1], [1, 1, 1, 1, -1, -1, -1, -1]]).astype(
    float
)
"""Four columns at right angles, each of mean 0 and spread 1."""


@pytest.mark.parametrize(("noise", "r2_outcome", "bias"), [(sqrt(12 / 5), 1 / 4, 1 / 3), (sqrt(4 / 5), 1 / 2, sqrt(1 / 15)), (0.0, 1.0, 0.0)])
@pytest.mark.parametrize("unit", [1.0, 1e-9, 1e9])
def test_the_bias_of_a_cause_by_hand(noise: float, r2_outcome: float, bias: float, unit: float) -> None:
    """Treatment e1 + 2 e2, of which e1 explains 1/5: an unseen like has 1/4, and beside treatment 1/16 of what e1 has.

    ((1 + 1/4) / sqrt(15/16))^2 = 5/3, times the odds of R2_Y, is that of the outcome, at most 1; times 1/4 over 3/4, the root of it, times noise / 2.
    The treatment's own effect of 7 changes nothing, nor do units.
    """
    treated = E1 + 2 * E2
    outcome = 7 * treated + E1 + noise * E3
    found = omitted.benchmarks(unit * outcome, treated, unit * E1[:, None], ["e1"])[0]
    assert (found.group, found.r2_treatment, found.r2_outcome) == ("e1", pytest.approx(1 / 5), pytest.approx(r2_outcome))
    assert found.bias == pytest.approx(unit * bias, abs=1e-6 * unit)


def test_a_column_that_explains_half_of_the_treatment_has_no_bound() -> None:
    half, less = E1 + E2 + E3 + E4, E1 + E2 + 1.01 * (E3 + E4)
    bias = [omitted.benchmarks(E3 - E4 + E1, treated, np.column_stack([E1, E2]), ["both", "both"])[0].bias for treated in (half, less)]
    assert bias[0] == inf
    assert bias[1] < inf


def test_nothing_that_varies_has_no_bias_and_no_share() -> None:
    found = omitted.benchmarks(np.ones(8), E1 + 2 * E2, E1[:, None], ["e1"])[0]
    assert (found.r2_outcome, found.bias) == (0, 0)
    found = omitted.benchmarks(E3 + E1, np.ones(8), E1[:, None], ["e1"])[0]
    assert (found.r2_treatment, found.bias) == (0, 0)


@pytest.mark.parametrize("outcome", [np.ones(8), E2 + E3])
def test_a_column_that_is_the_treatment_has_no_bound_whatever_the_outcome_does(outcome: np.ndarray) -> None:
    assert omitted.benchmarks(outcome, E1, np.column_stack([E1, E2]), ["same", "other"])[0] == omitted.Benchmark("same", 1.0, 0.0, inf)


def test_columns_that_never_vary_or_all_but_repeat_another_change_nothing() -> None:
    luck = np.random.default_rng(4)
    x, d = luck.normal(size=40), luck.normal(size=40)
    y = x + d + luck.normal(size=40)
    alone = omitted.linear_t(y, d, x[:, None])
    assert omitted.linear_t(y, d, np.column_stack([x, np.full(40, 3.0)])) == pytest.approx(alone)
    assert omitted.linear_t(y, d, np.column_stack([x, x + 1e-6 * luck.normal(size=40)])) == pytest.approx(alone, rel=1e-4)


@pytest.mark.parametrize("unit", [1.0, 1e-9])
def test_one_degree_of_freedom_is_enough_for_a_t(unit: float) -> None:
    """Four rows, a constant, e1 and e2: slope 2 with a residual of 1 in each row, so that its error is sqrt(4 / 1 / 4)."""
    t, df = omitted.linear_t(5 * E1[:4] + 2 * E2[:4] + E3[:4], E2[:4], unit * E1[:4, None])
    assert (t, df) == (pytest.approx(2.0), 1)


FREE = "must leave treatment and outcome free to vary beside"


@pytest.mark.parametrize(
    ("outcome", "treated", "covariates", "words"),
    [
        (E3, 2 * E1, E1, f"rows == 8, {FREE} 1 covariates"),
        (E1 + E2, E2, E1, f"rows == 8, {FREE} 1 covariates"),
        (np.ones(8), E2, E1, f"rows == 8, {FREE} 1 covariates"),
        (E3[:4], E2[:4], np.eye(4)[:, :2], f"rows == 4, {FREE} 2 covariates"),
        ([1, inf], [0, 1], [1, 2], "outcome holds missing or infinite values, must be finite"),
        ([1, 2], [0, inf], [1, 2], "treated holds missing or infinite values, must be finite"),
        ([1, 2], [0, 1], [1, inf], "covariates holds missing or infinite values, must be finite"),
    ],
)
def test_what_leaves_nothing_free_to_vary_has_no_t(outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike, words: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        omitted.linear_t(outcome, treated, covariates)
    assert str(refused.value) == words
