"""Twenty generated companies of 20,000 customers with and without an effect, through their exports.

Both lines must hold in at least 17 of 20 seeds; comparing without adjustment must fail in the same seeds.
Randomised tests are drawn 1,000 times each from one company, where being helped does nothing and where it does something.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.drawn_worlds import Runs, runs
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


@pytest.mark.parametrize(("key", "on_helped"), [("twins", True), ("those_helped", True), ("everybody", False), ("predicted", False)])
def test_the_other_ways_that_adjust_find_it_too(key: str, on_helped: bool, working: Sequence[Answered], null: Sequence[Answered]) -> None:
    """Within 2.5 errors: of the planted effect on those helped, or on the overlap, from which that on everybody differs by up to half an error."""
    assert sum(company.within(key, 2.5, on_helped=on_helped) for company in working) >= ENOUGH
    assert sum(company.within(key, 2.5, on_helped=on_helped) for company in null) >= ENOUGH


def test_the_first_30_days_have_the_sign(working: Sequence[Answered], null: Sequence[Answered]) -> None:
    """Days before the landmark are not seen, so that less is found than was planted (0.7 points over 80 companies)."""
    assert sum(company.rung("first_days").value < 0 for company in working) >= ENOUGH
    assert sum(company.holds_nothing("first_days") for company in null) >= ENOUGH


def test_month_by_month_has_the_sign(working: Sequence[Answered], null: Sequence[Answered]) -> None:
    assert sum(float(company.rung("month_by_month").high or 0) < 1 for company in working) >= ENOUGH
    assert sum(float(company.rung("month_by_month").low or 0) <= 1 <= float(company.rung("month_by_month").high or 0) for company in null) >= ENOUGH


def test_comparing_without_adjustment_fails_in_the_same_seeds(working: Sequence[Answered], null: Sequence[Answered]) -> None:
    assert sum(company.within("same_start") for company in working) < ENOUGH
    assert sum(company.holds_nothing("same_start") for company in null) < ENOUGH


@pytest.fixture(scope="module", params=[0.0, -0.10], ids=["nothing", "helping"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return runs(tmp_path_factory.mktemp("drawn"), effect=request.param, replications=1_000, customers=800)


def test_the_truth_of_a_randomised_test_lies_in_its_interval_as_often_as_it_says(drawn: Runs) -> None:
    """Customers of one company whose two outcomes are both known: intervals for a larger population may hold a little more than 95 %."""
    for rung in ("as_drawn", "sharper", "revenue"):
        print(f"{rung}: covered {drawn.covered(rung):.3f}, found {drawn.found(rung):.3f}, bias {drawn.bias(rung):+.4f}, width {drawn.width(rung):.4f}")
        assert 0.932 <= drawn.covered(rung) <= 0.985
        assert abs(drawn.bias(rung)) <= 3 * drawn.monte_carlo_error(rung)
    assert drawn.covered("watched") >= 0.985


def test_a_sound_draw_is_called_tested_in_nearly_every_run(drawn: Runs) -> None:
    """The gates of the draw stop one of 1,000 sound draws each."""
    assert drawn.graded_a >= 0.99
