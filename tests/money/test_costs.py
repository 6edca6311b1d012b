import pytest

from roi_core.assumptions import Assumptions
from roi_core.money.costs import open_questions, support_costs, total_cost, variable_share
from roi_core.money.draws import SIZE
from roi_core.money.period import Period
from roi_core.results import Absent
from tests.money.hand_made import ANSWERS, JANUARY, measured, sheet

HALF_YEAR = Period(JANUARY, JANUARY + 5)


def costs(facts=None, answers=None):
    return support_costs(facts or measured(), Assumptions.of(answers or {}), HALF_YEAR, SIZE)


def test_sheet_is_added_up_over_the_months_of_the_comparison():
    rows = (*sheet(100, 100, 100, 100, 100, 100, 999), *sheet(10, 10, 10, 10, 10, 10, component="software"))
    assert {cost.stream: cost.amount.value for cost in costs(measured(costs=rows))} == {"cost.salaries": 600, "cost.software": 60}


def test_months_missing_in_the_sheet_count_at_their_average_and_it_is_said():
    (only,) = costs(measured(costs=sheet(100, 200, 300)))
    assert only.amount.value == 1_200
    assert "3 of 6 months" in only.method


def test_sheet_of_other_months_is_no_cost_of_these():
    (only,) = costs(measured(costs=sheet(*[0] * 6, 500)[6:]))
    assert isinstance(only.amount, Absent)


def test_three_answers_for_half_a_year():
    assert [cost.amount.value for cost in costs(answers=ANSWERS)] == [500, 100]
    assert total_cost(costs(answers=ANSWERS)) == 600


@pytest.mark.parametrize("left_open", ANSWERS)
def test_one_open_question_leaves_the_cost_unknown(left_open):
    answers = {key: value for key, value in ANSWERS.items() if key != left_open}
    assert total_cost(costs(answers=answers)) is None
    assert [question.key for question in open_questions(Assumptions.of(answers))] == [left_open]


def test_nothing_is_an_answer():
    assert total_cost(costs(answers=ANSWERS | {"tools_per_year": 0})) == 500


def test_recorded_costs_are_taken_before_answers():
    assert total_cost(costs(measured(costs=sheet(1, 1, 1, 1, 1, 1)), ANSWERS)) == 6


def test_people_move_with_contacts_and_tools_do_not():
    share = variable_share(costs(answers=ANSWERS), Assumptions.of(ANSWERS), SIZE)
    assert share == pytest.approx(5 / 6)
    assert variable_share((), Assumptions.of({"variable_cost_share": 0.4}), SIZE) == 0.4
    assert isinstance(variable_share(costs(), Assumptions(), SIZE), Absent)
    assert isinstance(variable_share(costs(answers=ANSWERS | {"agents": 0, "tools_per_year": 0}), Assumptions(), SIZE), Absent)


def test_a_range_is_drawn():
    agents, _ = costs(answers=ANSWERS | {"agents": [1, 2, 3]})
    assert agents.amount.value == 500
    assert 250 < agents.amount.low < 500 < agents.amount.high < 750
