"""Who is still a customer: limits by hand, the area between the curves, and one computation for both of its readers."""

from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import Design
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects import fit
from roi_core.effects.curves import curves
from roi_core.effects.supported import analyse_supported
from roi_core.effects.survival import Survival, survival
from roi_core.measured import Curves
from roi_core.results import Estimate, Result
from tests.simulated import simulated

N = 200
"""Customers in each group. Of those helped 199 are there after a month and 198 after two; of the others 195 and 180."""


def staying(*shares: int) -> np.ndarray:
    return np.column_stack([np.arange(N) < there for there in shares]).astype(np.float64)


@pytest.fixture
def counted() -> Survival:
    alive = np.vstack([staying(199, 198), staying(195, 180)])
    return survival(alive, np.arange(2 * N) < N, np.full(2 * N, 0.5), np.arange(2 * N))


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


def test_limits_are_on_the_logit_scale_and_stay_inside(counted: Survival) -> None:
    drawn = curves(counted, 2 * N)
    assert drawn.months == (0, 1, 2)
    assert bounds(drawn.supported[0]) == (1, 1, 1)
    for results, counts in ((drawn.supported, (199, 198)), (drawn.control, (195, 180))):
        assert [bounds(r) for r in results[1:]] == [pytest.approx(by_hand(there)) for there in counts]
    assert bounds(drawn.supported[1])[2] < 1


def test_months_gained_is_the_area_with_half_of_the_last_month(counted: Survival) -> None:
    assert counted.months_gained.value == pytest.approx((199 - 195) / N + (198 - 180) / N / 2)


def test_the_picture_and_the_rung_share_one_computation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Survival] = []

    def once(*arguments: np.ndarray) -> Survival:
        made.append(survival(*arguments))
        return made[-1]

    monkeypatch.setattr(fit, "survival", once)
    world = simulated(tmp_path, SimulationKnobs(customers=2_000, seed=11))
    analysis = analyse_supported(world.facts, Design(), 6)
    (found,) = made
    assert isinstance(analysis.curves, Curves)
    assert [bounds(r)[0] for r in analysis.curves.supported[1:]] == found.curves.treated.tolist()
    (rung,) = [r for r in analysis.effects["supported.churn_6m"].ladder if r.key == "months_gained"]
    assert bounds(rung.result)[0] == found.months_gained.value
