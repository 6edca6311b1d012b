"""Forty simulated agencies with and without an effect: our answer holds the planted one.

Truth is the effect in that very agency. With 40 of them the standard error of a coverage of 95 % is 3.4 points.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import Design
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.effects.inside import analyse_inside
from roi_core.effects.supported import analyse_supported
from roi_core.results import Estimate
from tests.simulated_agency import simulated_agency

SEEDS, CUSTOMERS = range(2_001, 2_041), 2_500
Errors = dict[str, list[tuple[float, float]]]
"""By way of asking: (found less planted, standard error) of each agency."""
WAYS = ("supported", "value", "resolution")


@pytest.fixture(scope="module", params=[1.0, 0.0], ids=["works", "nothing"])
def errors(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Errors:
    found: Errors = {}
    for seed in SEEDS:
        for name, value, se in _one(tmp_path_factory.mktemp("agency"), seed, request.param):
            found.setdefault(name, []).append((value, se))
    for name, pairs in found.items():
        print(f"effect {request.param} {name}: bias {np.mean([e for e, _ in pairs]):+.4f}, covered {covered(pairs):.2f}")
    return found


def _one(folder: Path, seed: int, effect: float) -> Sequence[tuple[str, float, float]]:
    world = simulated_agency(folder, AgencyKnobs(customers=CUSTOMERS, seed=seed, effect=effect))
    supported = analyse_supported(world.facts, Design(), 6).effects
    resolution = analyse_inside(world.facts, Design(), 6, "first_contact_resolution").effects["first_contact_resolution.not_renewed_6m"]
    for path in sorted(folder.rglob("*.parquet")):
        path.unlink()
    asked = (
        (supported["supported.not_renewed_6m"].result, world.ato),
        (supported["supported.revenue_6m"].result, world.value[supported["supported.revenue_6m"].estimand]),
        (resolution.result, world.resolution_ato),
    )
    return [
        (name, found.value - truth, float(found.standard_error or 0.0)) for name, (found, truth) in zip(WAYS, asked, strict=True) if isinstance(found, Estimate)
    ]


def covered(pairs: Sequence[tuple[float, float]]) -> float:
    return float(np.mean([abs(error) <= 1.959964 * se for error, se in pairs]))


@pytest.mark.parametrize("way", WAYS)
def test_intervals_hold_the_planted_effect(errors: Errors, way: str) -> None:
    assert len(errors[way]) >= 36
    assert covered(errors[way]) >= 0.85


@pytest.mark.parametrize("way", ["supported", "resolution"])
def test_the_bias_is_within_what_so_many_agencies_can_tell(errors: Errors, way: str) -> None:
    values = np.array([error for error, _ in errors[way]])
    assert abs(values.mean()) <= 0.001 + 3 * values.std() / np.sqrt(len(values))
