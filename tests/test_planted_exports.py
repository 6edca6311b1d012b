"""Three generated companies of 20,000 customers, written as exports and read back: what was planted is found. `make nightly` runs 20."""

from pathlib import Path

import pytest

from tests.generated import answered


@pytest.mark.parametrize("seed", [1, 2])
def test_the_planted_effect_is_found_in_the_exports(tmp_path: Path, seed: int) -> None:
    company = answered(tmp_path, seed, effect=1.0)
    assert company.within("closest", errors=3)
    assert not company.holds_nothing("closest")
    assert company.effect.grade.value == "B"


def test_where_support_does_nothing_the_exports_show_nothing_once_adjusted(tmp_path: Path) -> None:
    company = answered(tmp_path, seed=3, effect=0.0)
    assert company.planted == 0
    assert company.holds_nothing("closest")
    assert not company.holds_nothing("same_start")
