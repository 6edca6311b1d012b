import pytest

from roi_core.assumptions import Assumptions
from roi_core.money.capacity import capacity_freed
from roi_core.money.draws import SIZE
from roi_core.results import Absent, Estimate
from roi_core.units import Unit
from tests.money.hand_made import measured

ANSWERS = {"minutes_per_contact": 6, "cost_per_agent_year": 64_000, "hours_per_agent_year": 1_600}


def freed(answers, **facts):
    return capacity_freed(1_000, measured(**facts), Assumptions.of(answers), SIZE)


def test_freed_hours_are_no_cash_until_the_reader_says_so():
    capacity = freed(ANSWERS)
    assert capacity.hours.value == 100
    assert capacity.cash.value == 0


def test_released_hours_are_cash_at_the_cost_of_an_hour():
    assert freed(ANSWERS | {"capacity_released": 0.25}).cash.value == pytest.approx(100 * 40 * 0.25)


def test_minutes_are_read_from_the_files_where_nobody_typed_them():
    metric = {"handle_minutes": Estimate(12.0, 11.0, 13.0, 50, "mean", Unit.MINUTES)}
    assert freed({"cost_per_agent_year": 64_000}, metrics=metric).hours.value == 200
    assert freed(ANSWERS, metrics=metric).hours.value == 100


def test_what_is_missing_is_named():
    assert isinstance(freed({}).hours, Absent)
    assert "cost" in freed({"minutes_per_contact": 6}).cash.next_step
