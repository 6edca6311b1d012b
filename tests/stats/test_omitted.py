"""Bias of an unseen cause as strong as a measured one (Cinelli, Hazlett 2020 JRSSB 82:39)."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_a_treatment_that_the_covariates_decide_has_no_t() -> None:
    x = np.arange(10.0)[:, None]
    with pytest.raises(ValueError, match="free to vary"):
        omitted.linear_t(np.sin(x[:, 0]), 2 * x[:, 0], x)
