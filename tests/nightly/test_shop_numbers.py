"""Forty simulated shops with and without an effect: our answer holds the planted one, the raw difference does not.

Truth is the effect in that very shop. With 40 shops the standard error of a coverage of 95 % is 3.4 points.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import Design
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.effects.inside import analyse_inside
from roi_core.effects.supported import analyse_supported
from roi_core.results import Estimate
from tests.simulated_shop import simulated_shop

SEEDS, CUSTOMERS = range(1_001, 1_041), 2_000
Errors = dict[str, list[tuple[float, float]]]
"""By way of asking: (found less planted, standard error) of each shop."""


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Errors:
    return _errors(tmp_path_factory, effect=1.0)


@pytest.fixture(scope="module")
def null(tmp_path_factory: pytest.TempPathFactory) -> Errors:
    return _errors(tmp_path_factory, effect=0.0)


def _errors(factory: pytest.TempPathFactory, effect: float) -> Errors:
    found: Errors = {}
    for seed in SEEDS:
        for name, value, se in _one(factory.mktemp("shop"), seed, effect):
            found.setdefault(name, []).append((value, se))
    for name, pairs in found.items():
        print(f"effect {effect} {name}: bias {np.mean([e for e, _ in pairs]):+.4f}, covered {covered(pairs):.2f}")
    return found


def _one(folder: Path, seed: int, effect: float) -> Sequence[tuple[str, float, float]]:
    world = simulated_shop(folder, ShopKnobs(customers=CUSTOMERS, seed=seed, effect=effect))
    supported = analyse_supported(world.facts, Design(), 6).effects
    resolution = analyse_inside(world.facts, Design(), 6, "first_contact_resolution").effects
    rungs = {rung.key: rung.result for rung in supported["supported.no_order_6m"].ladder}
    asked = (
        ("closest", rungs["closest"], world.ato),
        ("those_helped", rungs["those_helped"], world.att),
        ("same_start", rungs["same_start"], world.ato),
        ("money", supported["supported.revenue_6m"].result, world.net[supported["supported.revenue_6m"].estimand]),
        ("resolution", resolution["first_contact_resolution.no_order_6m"].result, world.resolution_ato),
    )
    for path in sorted(folder.rglob("*.parquet")):
        path.unlink()
    return [(name, found.value - truth, float(found.standard_error or 0.0)) for name, found, truth in asked if isinstance(found, Estimate)]


def covered(pairs: Sequence[tuple[float, float]]) -> float:
    return float(np.mean([abs(error) <= 1.959964 * se for error, se in pairs]))


@pytest.mark.parametrize("way", ["closest", "those_helped", "money", "resolution"])
def test_intervals_hold_the_planted_effect(working: Errors, null: Errors, way: str) -> None:
    for errors in (working, null):
        assert len(errors[way]) >= 36
        assert covered(errors[way]) >= 0.85


@pytest.mark.parametrize("way", ["closest", "those_helped", "resolution"])
def test_the_bias_is_within_what_so_many_shops_can_tell(working: Errors, null: Errors, way: str) -> None:
    for errors in (working, null):
        values = np.array([error for error, _ in errors[way]])
        assert abs(values.mean()) <= 0.001 + 3 * values.std() / np.sqrt(len(values))


def test_comparing_without_adjustment_fails_in_the_same_shops(working: Errors, null: Errors) -> None:
    assert covered(working["same_start"]) < 0.7
    assert covered(null["same_start"]) < 0.7
