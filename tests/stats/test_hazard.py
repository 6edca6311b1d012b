"""Leaving month by month: a pooled logit, beside Cox's model and beside statsmodels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.discrete_model import Logit
from statsmodels.duration.hazard_regression import PHReg

from roi_core.errors import NumbersRefused
from roi_core.stats import hazard


def months(seed: int, customers: int = 1_500, effect: float = -0.5, horizon: int = 12):
    """Customer months until leaving: trouble drives contact and leaving; contact of the month before works on the log-odds."""
    luck = np.random.default_rng(seed)
    trouble, rows = luck.normal(size=customers), []
    for who in range(customers):
        contacted = luck.random(horizon) < 1 / (1 + np.exp(1 - trouble[who]))
        for month in range(1, horizon):
            chance = 1 / (1 + np.exp(3.4 - 0.6 * trouble[who] - effect * contacted[month - 1]))
            left = luck.random() < chance
            rows.append((who, month, contacted[month - 1], trouble[who], left))
            if left:
                break
    who, month, exposed, x, left = (np.array(column) for column in zip(*rows, strict=True))
    return who, month, exposed, x[:, None], left


@given(st.integers(0, 1_000))
@settings(max_examples=5, deadline=None)
def test_equals_statsmodels_with_errors_by_customer(seed):
    who, _, exposed, x, left = months(seed, 400)
    found = hazard.pooled_logit(left, exposed, x, who, continuous=[False])
    oracle = Logit(left.astype(float), np.column_stack([exposed, np.ones(len(left)), x]).astype(float)).fit(disp=0)
    groups, n = len(np.unique(who)), len(left)
    bread, scores = np.linalg.inv(-oracle.model.hessian(oracle.params)), oracle.model.score_obs(oracle.params)
    sums = np.stack([np.bincount(who, column, minlength=who.max() + 1) for column in scores.T], axis=1)
    assert n > groups
    se = np.sqrt((bread @ (sums.T @ sums) @ bread)[0, 0] * groups / (groups - 1))
    assert (np.log(found.value), found.log_se) == pytest.approx((oracle.params[0], se), rel=1e-5)


def test_is_within_002_of_cox_with_time_as_it_runs():
    """Few leave in a month, so odds are nearly hazards. statsmodels excludes a row whose entry equals the event time, hence the half month."""
    who, month, exposed, x, left = months(1, 3_000)
    cox = PHReg(month.astype(float), np.column_stack([exposed, x]).astype(float), status=left, entry=month - 0.5, ties="efron").fit()
    found = hazard.pooled_logit(left, exposed, np.column_stack([x, month[:, None] == np.arange(2, 12)]), who, continuous=[False] * 11)
    assert np.log(found.value) == pytest.approx(cox.params[0], abs=0.02)


def test_adjusting_says_nothing_where_contact_does_nothing_and_not_adjusting_blames_it():
    found = [months(seed, 600, effect=0.0) for seed in range(20)]
    adjusted = [hazard.pooled_logit(left, exposed, x, who) for who, _, exposed, x, left in found]
    raw = [hazard.pooled_logit(left, exposed, np.empty((len(left), 0)), who) for who, _, exposed, x, left in found]
    assert sum(f.low <= 1 <= f.high for f in adjusted) >= 17
    assert sum(f.low <= 1 <= f.high for f in raw) < 17


@pytest.mark.parametrize(("level", "z"), [(None, 1.959964), (0.9, 1.644854)])
def test_limits_of_the_logarithm_are_as_many_errors_away_as_the_level_says(level: float | None, z: float) -> None:
    who, _, exposed, x, left = months(2, 60)
    found = hazard.pooled_logit(left, exposed, x, who) if level is None else hazard.pooled_logit(left, exposed, x, who, level=level)
    assert np.log([found.low, found.high]) == pytest.approx(np.log(found.value) + found.log_se * np.array([-z, z]), rel=1e-5)


def test_without_customers_each_month_stands_for_itself() -> None:
    _, _, exposed, x, left = months(2, 60)
    assert hazard.pooled_logit(left, exposed, x) == hazard.pooled_logit(left, exposed, x, np.arange(len(left)))


def test_a_covariate_bends_unless_told_that_it_is_none_that_does() -> None:
    _, _, exposed, x, left = months(2, 60)
    bent, line, told = (hazard.pooled_logit(left, exposed, x, continuous=continuous).value for continuous in (None, [False], [True]))
    assert bent == told
    assert bent != pytest.approx(line, rel=1e-6)


SAME = "leaving is the same everywhere, so nothing can be compared. Choose another column or a longer period."


@pytest.mark.parametrize(
    ("left", "exposed", "covariate", "words"),
    [
        ([0, 0, 0, 0], [0, 1, 0, 1], [1, 2, 3, 4], SAME),
        ([1, 1, 1, 1], [0, 1, 0, 1], [1, 2, 3, 4], SAME),
        ([0, 1, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1], 'columns == "separating", must be such that some who leave and some who stay are alike'),
        ([0, 1, 0, 3], [0, 0, 1, 1], [1, 2, 3, 4], 'left == "3", must be 0 or 1'),
        ([0, 1, 0, 1], [1, 1, 1, 1], [1, 2, 3, 4], 'treated rows == "4 of 4", must be such that both arms have rows'),
        ([0, 1, 0, 1], [0, 0, 1, 1], [1, 2, 3, np.nan], "covariates holds missing or infinite values, must be finite"),
    ],
)
def test_nobody_who_leaves_and_columns_that_tell_are_refused(left: list[int], exposed: list[int], covariate: list[float], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        hazard.pooled_logit(left, exposed, covariate)
    assert str(refused.value) == words
