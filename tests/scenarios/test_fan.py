import numpy as np
import pytest

from roi_core.results import Absent, Grade
from roi_core.scenarios import Scenario, fan
from roi_core.scenarios.fan import discounted_gaps
from tests.money.hand_made import ANSWERS, PLAIN, company, lever, measured, revenue, sheet, stream

FCR = "first_contact_resolution"


def facts(**changes):
    levers = {FCR: lever(FCR, contrast=FCR), "without_agent": lever("without_agent", 0.1, 0.0, 0.4)}
    return measured((stream(), stream(FCR)), levers=levers, **changes)


def test_gaps_arrive_after_their_contact():
    np.testing.assert_array_equal(discounted_gaps(0.0, 4, 2), [[0, 0], [1, 0], [2, 1], [3, 2], [4, 3]])


def test_gaps_are_discounted_to_now():
    monthly = 1.44 ** (-1 / 12)
    np.testing.assert_allclose(discounted_gaps(0.44, 2, 2), [[0, 0], [monthly, 0], [monthly + monthly**2, monthly**2]])


def test_a_horizon_longer_than_the_fan_is_cut():
    np.testing.assert_array_equal(discounted_gaps(0.0, 1, 3), [[0, 0, 0], [1, 0, 0]])


def test_money_added_up_by_hand():
    rows = fan(measured(), None, PLAIN, months=3).rows
    a_month = 100 / 6 * 0.5
    assert [row.value for row in rows] == pytest.approx([0, a_month * 10, a_month * (20 + 30), a_month * (30 + 60)])
    assert all(row.value == pytest.approx(row.today) for row in rows)


def test_bands_hold_each_other():
    for row in fan(facts(), Scenario(first_contact_resolution=0.7), PLAIN).rows[1:]:
        assert row.low < row.low_half < row.value < row.high_half < row.high


def test_costs_come_every_month():
    paid = fan(measured(), None, PLAIN | ANSWERS, months=2)
    assert paid.net
    assert [row.value for row in paid.rows] == pytest.approx([0, 83.33 - 100, 416.67 - 200], abs=0.01)
    assert not fan(measured(), None, PLAIN).net


def test_a_scenario_leaves_the_line_of_today_where_it_is():
    today, moved = (fan(facts(), plan, PLAIN | ANSWERS, months=12) for plan in (None, Scenario(first_contact_resolution=0.7, agents=3)))
    assert [row.today for row in moved.rows] == pytest.approx([row.value for row in today.rows])
    assert moved.rows[12].value - today.rows[12].value == pytest.approx(100 / 12 * 0.5 * (12 * 10 + 11 * 30) - 500)


def test_agents_beside_a_cost_sheet_are_counted():
    half_year = facts(costs=sheet(*[100.0] * 6))
    today, moved = (fan(half_year, plan, PLAIN | ANSWERS, months=12) for plan in (None, Scenario(agents=3)))
    assert moved.rows[12].value - today.rows[12].value == pytest.approx(-500)


def test_what_kept_customers_need_is_taken_off():
    rich = measured(company=company(revenue(1_000)))
    charged, contained = (fan(rich, None, PLAIN | ANSWERS | {"margin_contains_support": x}).rows[24].value for x in (False, True))
    assert charged < contained


def test_released_capacity_comes_every_month():
    answers = PLAIN | {"minutes_per_contact": 6, "capacity_released": 0.5, "cost_per_agent_year": 1_600}
    today, moved = (fan(facts(), plan, answers, months=12).rows[12].value for plan in (None, Scenario(without_agent=0.3)))
    assert moved - today == pytest.approx(10)


def test_the_grade_is_that_of_what_is_followed():
    assert fan(measured((stream(grade=Grade.C),)), None, PLAIN).grade is Grade.C


def test_no_money_no_fan():
    assert isinstance(fan(measured(())), Absent)
