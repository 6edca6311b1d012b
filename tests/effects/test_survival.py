"""Who has stayed: limits by hand, the area between the curves, and curves that end as far apart as the answer says."""

from dataclasses import replace
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import build_trials
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects.curves import curves, drawn
from roi_core.effects.fit import CHURN, fit
from roi_core.effects.supported import analyse_supported
from roi_core.effects.survival import months_gained, weighted
from roi_core.measured import Curves
from roi_core.results import Absent, Estimate, Result
from roi_core.stats import weighting
from tests.simulated import simulated

N = 200
"""Customers in each group. Of those helped 199 are there after a month and 198 after two; of the others 195 and 180."""


def staying(*shares: int) -> np.ndarray:
    return np.column_stack([np.arange(N) < there for there in shares]).astype(np.float64)


ALIVE, HELPED, EVEN, EACH = np.vstack([staying(199, 198), staying(195, 180)]), np.arange(2 * N) < N, np.full(2 * N, 0.5), np.arange(2 * N)


def by_hand(there: int) -> tuple[float, float, float]:
    """A share with limits logit(p) +- 1.96 se / (p (1 - p)), by the delta method; one independent unit a row."""
    p = there / N
    se = sqrt(2 * N / (2 * N - 1) * p * (1 - p) / N)
    odds, reach = log(p / (1 - p)), 1.959963985 * se / (p * (1 - p))
    return p, 1 / (1 + exp(reach - odds)), 1 / (1 + exp(-reach - odds))


def bounds(result: Result) -> tuple[float, float, float]:
    assert isinstance(result, Estimate)
    assert result.low is not None
    assert result.high is not None
    return result.value, result.low, result.high


def test_limits_are_on_the_logit_scale_and_stay_inside() -> None:
    found = drawn(weighting.curves(weighted(ALIVE, HELPED, EVEN), EACH), 2 * N, "overlap weights")
    assert found.months == (0, 1, 2)
    assert bounds(found.supported[0]) == (1, 1, 1)
    for results, counts in ((found.supported, (199, 198)), (found.control, (195, 180))):
        assert [bounds(r) for r in results[1:]] == [pytest.approx(by_hand(there)) for there in counts]
    assert bounds(found.supported[1])[2] < 1


def test_months_gained_is_the_area_with_half_of_the_last_month() -> None:
    assert months_gained(ALIVE, HELPED, EVEN, EACH).value == pytest.approx((199 - 195) / N + (198 - 180) / N / 2)


def gap(curves: Curves | Absent) -> float:
    assert isinstance(curves, Curves)
    return bounds(curves.supported[-1])[0] - bounds(curves.control[-1])[0]


def test_the_curves_end_as_far_apart_as_the_answer_says(tmp_path: Path) -> None:
    analysis = analyse_supported(simulated(tmp_path, SimulationKnobs(customers=2_000, seed=11)).facts, Design(), 6)
    assert gap(analysis.curves) == pytest.approx(-bounds(analysis.effects["supported.churn_6m"].result)[0], abs=1e-6)


def test_where_leavers_are_few_the_curves_are_by_weights_alone_as_the_answer_is(tmp_path: Path) -> None:
    rows = build_trials(simulated(tmp_path, SimulationKnobs(customers=600, seed=11)).facts, Design(), 6)
    fitted = fit(rows, thin=True)
    assert gap(curves(rows, fitted, 600)) == pytest.approx(-float(np.atleast_1d(fitted.overlap.value)[CHURN]), abs=1e-9)


def test_curves_go_down_only(tmp_path: Path) -> None:
    found = analyse_supported(simulated(tmp_path, SimulationKnobs(customers=2_000, seed=11)).facts, Design(), 6).curves
    assert isinstance(found, Curves)
    for results in (found.supported, found.control):
        shares = [bounds(result)[0] for result in results]
        assert shares == sorted(shares, reverse=True)


def test_no_curve_is_made_that_nobody_draws(tmp_path: Path) -> None:
    facts = simulated(tmp_path, SimulationKnobs(customers=2_000, seed=11)).facts
    assert isinstance(analyse_supported(facts, Design(), 3).curves, Absent)
    assert isinstance(analyse_supported(facts, replace(Design(), horizon_months=3), 3).curves, Curves)
