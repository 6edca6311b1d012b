"""Randomised tests of simulated customers with known truth, through lists and gates: nothing where nothing is, and what is there where it is."""

import pytest

from tests.drawn_worlds import Runs, runs

REPLICATIONS = 50


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return runs(tmp_path_factory.mktemp("nothing"), effect=0.0, replications=REPLICATIONS, customers=600)


@pytest.fixture(scope="module")
def helping(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return runs(tmp_path_factory.mktemp("helping"), effect=-0.10, replications=REPLICATIONS, customers=600)


def test_the_truth_lies_in_the_interval_about_as_often_as_it_says(nothing: Runs, helping: Runs) -> None:
    for world in (nothing, helping):
        for rung in ("as_drawn", "sharper", "revenue"):
            assert world.covered(rung) >= 0.88, "95 % less two and a half Monte Carlo errors"
        assert world.covered("watched") >= 0.96


def test_nothing_is_found_where_nothing_is(nothing: Runs) -> None:
    assert nothing.found("as_drawn") <= 0.12
    assert abs(nothing.bias("as_drawn")) <= 2.5 * nothing.monte_carlo_error("as_drawn")


def test_what_is_there_is_found_and_unbiased(helping: Runs) -> None:
    assert helping.found("as_drawn") >= 0.6
    for rung in ("as_drawn", "sharper", "revenue"):
        assert abs(helping.bias(rung)) <= 2.5 * helping.monte_carlo_error(rung)


def test_what_was_paid_before_makes_revenue_sharper(helping: Runs) -> None:
    assert helping.width("revenue") < 0.6 * helping.width("revenue_plain")


def test_a_sound_draw_is_tested_and_never_stopped_by_a_gate_of_the_draw(nothing: Runs, helping: Runs) -> None:
    assert [world.graded_a for world in (nothing, helping)] == [1.0, 1.0]


def test_customers_chosen_because_they_were_in_trouble_are_caught(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The line that a list nobody drew must fail: it is never Tested, though its arms are as large as those of a draw."""
    chosen = runs(tmp_path_factory.mktemp("chosen"), effect=0.0, replications=8, customers=600, chosen=True)
    assert chosen.graded_a == 0.0
    assert chosen.found("as_drawn") == 1.0, "and its difference would be believed by nobody who knew"
