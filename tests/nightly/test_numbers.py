"""Twenty generated companies of 20,000 customers with and without an effect, through their exports.

Both lines must hold in at least 17 of 20 seeds; comparing without adjustment must fail in the same seeds.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.generated import Answered, answered

SEEDS = range(1, 21)
ENOUGH = 17


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Answered]:
    return _all(tmp_path_factory, effect=1.0)


@pytest.fixture(scope="module")
def null(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Answered]:
    return _all(tmp_path_factory, effect=0.0)


def _all(factory: pytest.TempPathFactory, effect: float) -> Sequence[Answered]:
    return [_one(factory.mktemp("company"), seed, effect) for seed in SEEDS]


def _one(folder: Path, seed: int, effect: float) -> Answered:
    found = answered(folder, seed, effect)
    for file in folder.iterdir():
        file.unlink()
    print(
        f"seed {seed} effect {effect}: planted {found.planted:+.4f}, found {found.rung('closest').value:+.4f}, unadjusted {found.rung('same_start').value:+.4f}"
    )
    return found


def test_the_planted_effect_is_found(working: Sequence[Answered]) -> None:
    assert sum(company.within("closest") for company in working) >= ENOUGH


def test_nothing_is_found_where_nothing_was_planted(null: Sequence[Answered]) -> None:
    assert {company.planted for company in null} == {0.0}
    assert sum(company.holds_nothing("closest") for company in null) >= ENOUGH


@pytest.mark.parametrize("key", ["first_days", "twins", "those_helped", "everybody", "predicted"])
def test_the_other_ways_that_adjust_find_it_too(key: str, working: Sequence[Answered], null: Sequence[Answered]) -> None:
    """Within 2.5 errors of the planted effect on the overlap, from which those on the helped and on everybody differ by up to half an error."""
    assert sum(company.within(key, 2.5) for company in working) >= ENOUGH
    assert sum(company.within(key, 2.5) for company in null) >= ENOUGH


def test_month_by_month_has_the_sign(working: Sequence[Answered], null: Sequence[Answered]) -> None:
    assert sum(float(company.rung("month_by_month").high or 0) < 1 for company in working) >= ENOUGH
    assert sum(float(company.rung("month_by_month").low or 0) <= 1 <= float(company.rung("month_by_month").high or 0) for company in null) >= ENOUGH


def test_comparing_without_adjustment_fails_in_the_same_seeds(working: Sequence[Answered], null: Sequence[Answered]) -> None:
    assert sum(company.within("same_start") for company in working) < ENOUGH
    assert sum(company.holds_nothing("same_start") for company in null) < ENOUGH
