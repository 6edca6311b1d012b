"""Relations of estimators on 5,000 drawn cases each, and proactive outreach in 100 companies of each kind whose truth is known."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import Design
from roi_core.effects.beside.outreach import reached_out
from roi_core.results import Estimate
from tests.nightly.share import part_of
from tests.simulated_outreach import simulated_outreach
from tests.test_metamorphic import (
    test_4_rows_copied_as_other_customers_narrow_the_error_by_what_so_many_rows_bring,
    test_5_segments_add_up_to_the_whole,
    test_12_with_the_arms_swapped_the_effect_has_the_other_sign_and_the_same_z,
)

__all__ = [
    "test_4_rows_copied_as_other_customers_narrow_the_error_by_what_so_many_rows_bring",
    "test_5_segments_add_up_to_the_whole",
    "test_12_with_the_arms_swapped_the_effect_has_the_other_sign_and_the_same_z",
]


@pytest.mark.parametrize("effect", [0.8, 0.0], ids=["helping", "nothing"])
def test_reaching_out_is_covered_as_often_as_it_says_and_without_bias(effect: float, tmp_path: Path) -> None:
    off: list[float] = []
    raw: list[bool] = []
    for seed in range(part_of(100)):
        world = simulated_outreach(tmp_path / f"{seed}", 4_000, seed, effect)
        found = {rung.key: rung.result for rung in reached_out(world.facts, Design(), "reached_out").ladder}
        ours, plain = found["closest"], found["same_start"]
        assert isinstance(ours, Estimate)
        assert isinstance(plain, Estimate)
        off.append((ours.value - world.ato) / (ours.standard_error or 1))
        raw.append(abs(plain.value - world.ato) <= 1.96 * (plain.standard_error or 1))
    covered = float(np.mean(np.abs(off) <= 1.96))
    print(f"effect {effect}: covered {covered:.3f} of {len(off)}, bias {np.mean(off):+.2f} errors, unadjusted covered {np.mean(raw):.3f}")
    assert abs(np.mean(off)) <= 0.1 + 3 / np.sqrt(len(off))
    assert covered >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / len(off))
    assert np.mean(raw) < 0.5, "comparing without adjustment fails"
