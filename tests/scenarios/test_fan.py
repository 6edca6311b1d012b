import numpy as np
import pytest

from roi_core.results import Absent, Grade
from roi_core.scenarios import Scenario, fan, pace, run_scenario
from roi_core.scenarios.fan import discounted_gaps
from roi_core.show import Style
from tests.money.hand_made import ANSWERS, PLAIN, company, effect, lever, measured, revenue, sheet, stream

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


@pytest.mark.parametrize("answers", [PLAIN, PLAIN | ANSWERS])
@pytest.mark.parametrize("contrast", ["supported", FCR])
def test_where_no_benefit_counts_there_is_no_fan_and_support_is_no_certain_loss(answers, contrast):
    found = fan(measured((stream(contrast, grade=Grade.C),)), None, answers)
    assert isinstance(found, Absent)
    assert found.reason
    assert found.next_step


def test_the_grade_is_that_of_the_weakest_part():
    assert fan(facts(), None, PLAIN).grade is Grade.B
    assert fan(facts(), Scenario(first_contact_resolution=0.9), PLAIN).grade is Grade.D


def test_a_way_of_working_is_followed_before_the_cost_of_support():
    paid = fan(measured((stream(FCR),)), None, PLAIN | ANSWERS, months=3)
    free = fan(measured((stream(FCR),)), None, PLAIN, months=3)
    assert not paid.net
    assert [row.value for row in paid.rows] == pytest.approx([row.value for row in free.rows])


def test_what_the_change_costs_comes_every_month():
    today, moved = (fan(facts(), plan, PLAIN | ANSWERS, months=12) for plan in (None, Scenario(spend_more=240.0)))
    assert moved.rows[12].value - today.rows[12].value == pytest.approx(-240)
    assert moved.rows[12].today == pytest.approx(today.rows[12].value)


def test_two_years_are_told_apart_from_a_year_at_full_pace():
    valued, months = run_scenario(measured(), None, PLAIN | ANSWERS), fan(measured(), None, PLAIN | ANSWERS)
    assert months.rows[24].value < 2 * 2_800
    assert "arrives over the 2 months after it" in pace(valued, months, Style())
    assert pace(valued, months, Style()).endswith("At full pace this is $2.8k a year.")
    before = pace(run_scenario(measured(), None, PLAIN), fan(measured(), None, PLAIN), Style())
    assert before.endswith("At full pace this is $4.0k a year, before the cost of support.")
    assert pace(valued, Absent("-"), Style()) == ""


def test_no_money_no_fan():
    assert "billing export" in fan(measured(())).next_step
    refused = effect("supported.churn_2m", Absent("Too few left.", "Wait until more did."))
    assert fan(measured((), effects={refused.key: refused})).next_step == "Wait until more did."


def test_what_was_found_says_so_and_what_was_not_as_well():
    assert (fan(measured(), None, PLAIN).found, fan(measured(), None, PLAIN).found_today) == (True, True)
    open_one = fan(measured(variances=(1e4, 3e4)), None, PLAIN | ANSWERS)
    assert (open_one.found, open_one.found_today) == (False, False)


def test_a_clear_gain_on_an_unclear_today_is_found_and_today_is_not():
    levers = {FCR: lever(FCR, contrast=FCR, contacts=1e6)}
    facts = measured((stream(), stream(FCR)), gaps={"supported": (1.0, 1.0), FCR: (10.0, 30.0)}, levers=levers)
    moved = fan(facts, Scenario(first_contact_resolution=0.7), PLAIN)
    assert (moved.found, moved.found_today) == (True, False)


def test_where_nothing_was_found_the_pace_is_a_range():
    open_one = measured(variances=(1e4, 3e4))
    for answers, ends in ((PLAIN | ANSWERS, "a year."), (PLAIN, "a year, before the cost of support.")):
        said = pace(run_scenario(open_one, None, answers), fan(open_one, None, answers), Style())
        assert said.startswith("No effect was found, so the range is drawn")
        assert "anything from -$" in said
        assert said.endswith(ends)
        assert "$4.0k a year" not in said
