"""Amounts of the months that are compared: what is set against them, what they are called, and what they are a year."""

from dataclasses import replace

import pytest

from roi_core.readings.figures import figures_of
from roi_core.report.opened import opened
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import say
from roi_core.units import Unit
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, JANUARY, PLAIN, company, effect, measured, revenue, stream


def test_later_support_is_set_against_what_came_in_in_the_months_compared_and_no_other():
    """Six months of 1,000 to 6,000 are 21,000, whatever the last month of the files takes."""
    facts = measured(company=company(revenue(99_999)))
    grown = tuple(replace(count, revenue=1_000.0 * (count.month - JANUARY + 1)) for count in facts.months)
    later = value(replace(facts, months=grown), PLAIN | ANSWERS).ledger.get("cost.later_support.supported")
    assert later.amount.value == pytest.approx(100 * 40 * (600 * 5 / 6) / 21_000)
    holed = tuple(replace(count, revenue=None) if count.month == JANUARY + 2 else count for count in grown)
    assert isinstance(value(replace(facts, months=holed), PLAIN | ANSWERS).ledger.get("cost.later_support.supported").amount, Absent)


def test_what_was_kept_is_called_after_later_support_only_where_that_was_taken_off():
    with_revenue, without = (value(measured(company=whole), PLAIN | ANSWERS) for whole in (company(revenue(10_000)), company()))
    assert with_revenue.kept_title == say("overview.kept")
    assert without.kept_title == say("overview.kept_before")


def test_headline_figures_that_are_compared_later_are_of_a_year():
    """The half year of the comparison counts twice."""
    left = effect("supported.churn_2m", Estimate(-0.03, -0.05, -0.01, 80, "by hand", Unit.FRACTION))
    valued = value(measured(effects={left.key: left}), PLAIN | ANSWERS)
    told = {figure.key: figure.result for figure in figures_of(valued)}
    assert (told["kept_a_year"].value, told["spent_a_year"].value) == pytest.approx((2 * valued.total.benefit.value, 1_200))
    assert told["kept_a_year"].low == pytest.approx(2 * valued.total.benefit.low)
    assert told["kept_a_year"].unit is Unit.MONEY_PER_YEAR


def test_a_cost_beside_nothing_compared_is_not_called_one_of_the_comparison():
    """Months with tickets are October 2024 to December 2025; those compared January to June."""
    compared, alone = (value(measured(**changes), PLAIN | ANSWERS) for changes in ({}, {"streams": ()}))
    assert {line.population for line in compared.ledger.of("cost") if not line.follows} == {"Jan 2025 to Jun 2025"}
    assert {line.population for line in alone.ledger.of("cost")} == {"Oct 2024 to Dec 2025"}
    assert compared.titles["overview.spent"] == say("overview.spent")
    assert alone.titles["overview.spent"] == say("overview.spent_all")
    assert opened(alone, "overview.spent").meaning == say("opened.spent_all")


def test_the_cost_beside_a_test_is_said_to_be_of_the_months_of_the_draw():
    """1,200 a year, so 100 in the month of the draw, beside the margin of two months after it."""
    drawn = stream("randomised", grade=Grade.A, title="What was tested", episodes=replace(stream().episodes, last_month=JANUARY))
    valued = value(measured((drawn,)), PLAIN | ANSWERS)
    assert "Support in Jan 2025, when customers were drawn, cost $100; the months in which they were followed are not in it." in valued.headline.text
    assert "same months" not in valued.headline.text
    assert valued.titles["overview.spent"] == "Cost of support, months of the draw"
    assert opened(valued, "overview.spent").meaning == say("opened.spent_drawn")
