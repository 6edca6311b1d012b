import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.money.break_even import NOTHING_SHOWN, STILL_OPEN, break_even, break_even_agents
from roi_core.money.period import Period
from roi_core.results import Absent, Estimate
from roi_core.units import Unit
from roi_core.valuation import value
from tests.money.hand_made import JANUARY, PLAIN, company, measured, revenue

HALF_YEAR = Period(JANUARY, JANUARY + 5)


def test_half_a_year_of_benefit_pays_for_twice_as_much_a_year():
    assert break_even(2_000.0, 0.0, HALF_YEAR, 80).value == 4_000
    assert break_even(2_000.0, 0.25, HALF_YEAR, 80).value == 3_200


def test_no_cost_is_paid_back_by_nothing_or_by_harm():
    assert break_even(np.array([-2.0, -3.0, -1.0]), 0.0, HALF_YEAR, 80) is NOTHING_SHOWN
    assert break_even(-5.0, 0.0, HALF_YEAR, 80) is NOTHING_SHOWN
    assert isinstance(break_even(None, 0.0, None, 0), Absent)


@given(st.floats(0.05, 1), st.booleans(), st.floats(1_000, 50_000))
def test_at_the_break_even_cost_the_return_is_nothing(margin, contained, monthly):
    facts = measured(company=company(revenue(monthly)))
    answers = PLAIN | {"gross_margin": margin, "margin_contains_support": contained, "variable_cost_share": 1.0}
    at = value(facts, answers).break_even.value
    paid = value(facts, answers | {"agents": 1, "cost_per_agent_year": at, "tools_per_year": 0})
    assert paid.roi.roi_percent.value == pytest.approx(0, abs=1e-6)
    assert paid.break_even.value == pytest.approx(at)


def test_agents_that_the_break_even_cost_would_pay():
    cost = Estimate(100_000, 40_000, 160_000, 80, "", Unit.MONEY_PER_YEAR)
    agents = break_even_agents(cost, 30_000, 10_000)
    assert (agents.low, agents.value, agents.high) == (1, 3, 5)
    assert isinstance(break_even_agents(cost, None, 10_000), Absent)
    assert isinstance(break_even_agents(cost, 30_000, None), Absent)
    assert break_even_agents(NOTHING_SHOWN, 30_000, 0) is NOTHING_SHOWN
    assert break_even_agents(Estimate(5_000, None, None, 1, "", Unit.MONEY_PER_YEAR), 30_000, 10_000).value == 0


def test_where_the_range_reaches_above_nothing_it_is_open_and_not_that_nothing_pays():
    assert break_even(np.array([0.0, -1.0, 1.0]), 0.0, HALF_YEAR, 80) is STILL_OPEN
    valued = value(measured(gaps={"supported": (-1.0, -1.0)}, variances=(1e4, 3e4)), PLAIN)
    assert valued.break_even is STILL_OPEN
    assert valued.break_even_text.startswith("Below which cost support pays for itself is open")
