import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design
from roi_core.companies import read_truth
from roi_core.errors import AssumptionRefused
from roi_core.measured import CostRow
from roi_core.results import Absent, Estimate, Grade
from roi_core.show import Style, number
from roi_core.units import Unit
from roi_core.valuation import ledger_as_json, roi_as_json, value
from tests.money.hand_made import ANSWERS, PLAIN, company, effect, joint, measured, revenue, sheet, stream, with_churn

FAST = "fast_reply"
SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
ROI = ("roi_percent", "value_per_unit_spent", "net_benefit", "probability_positive", "probability_positive_with_hidden")
BIAS = Estimate(15.0, None, None, 80, "bias of something unseen as strong as usage", Unit.MONEY_PER_EPISODE)


def times(facts, k):
    """The same company with every amount of money times k."""
    whole, costs = facts.company, tuple(replace(row, amount=row.amount * k) for row in facts.costs)
    money = whole.monthly_revenue
    scaled = replace(whole, monthly_revenue=money if isinstance(money, Absent) else replace(money, value=money.value * k))
    drawn = replace(facts.joint, mean=facts.joint.mean * k, covariance=facts.joint.covariance * k**2)
    months = tuple(replace(count, revenue=count.revenue and count.revenue * k) for count in facts.months)
    return replace(facts, joint=drawn, costs=costs, company=scaled, months=months)


def test_return_counted_by_hand():
    roi = value(measured(), PLAIN | ANSWERS).roi
    assert roi.net_benefit.value == pytest.approx(1_400)
    assert roi.roi_percent.value == pytest.approx(100 * 1_400 / 600)
    assert roi.value_per_unit_spent.value == pytest.approx(2_000 / 600)
    assert roi.probability_positive.value == pytest.approx(1, abs=1e-3)


def test_probability_is_the_normal_one():
    roi = value(measured(), PLAIN | {"agents": 1, "cost_per_agent_year": 2 * 1_800, "tools_per_year": 0}).roi
    assert roi.probability_positive.value == pytest.approx(0.8413, abs=0.01)


def test_golden_003_through_the_whole_tail():
    facts = measured(gaps={"supported": (1_000.0, 2_000.0)}, costs=sheet(*[100_000 / 6] * 6))
    roi = value(facts, PLAIN).roi
    assert roi.roi_percent.value == pytest.approx(50)
    assert roi.value_per_unit_spent.value == pytest.approx(1.5)


def test_a_hidden_factor_lowers_the_odds():
    facts = measured(effects={"supported.churn_2m": effect("supported.churn_2m", Absent("x"), strongest_covariate_bias=BIAS)})
    roi = value(facts, PLAIN | {"agents": 1, "cost_per_agent_year": 2 * 1_450, "tools_per_year": 0}).roi
    assert roi.probability_positive.value > 0.99
    assert roi.probability_positive_with_hidden.value == pytest.approx(0.1587, abs=0.01)


def test_the_odds_name_the_covariate_that_is_the_yardstick():
    named = BIAS, replace(BIAS, method="by hand")
    facts = [measured(effects={"supported.churn_2m": effect("supported.churn_2m", Absent("x"), strongest_covariate_bias=bias)}) for bias in named]
    assert "as strong as usage, over 95 %" in value(facts[0], PLAIN | ANSWERS).odds
    assert "as strong as the strongest difference that your files show, over 95 %" in value(facts[1], PLAIN | ANSWERS).odds


def test_a_bias_in_another_unit_is_not_taken_for_money():
    points = replace(BIAS, unit=Unit.FRACTION)
    facts = measured(effects={"supported.churn_2m": effect("supported.churn_2m", Absent("x"), strongest_covariate_bias=points)})
    assert isinstance(value(facts, PLAIN | ANSWERS).roi.probability_positive_with_hidden, Absent)


@given(st.floats(0.01, 1_000))
def test_money_in_another_unit_moves_amounts_and_no_ratio(k):
    facts = measured(costs=sheet(*[100.0] * 6), company=company(revenue(10_000)))
    base, scaled = value(facts, PLAIN), value(times(facts, k), PLAIN)
    assert scaled.roi.roi_percent.value == pytest.approx(base.roi.roi_percent.value)
    assert scaled.roi.roi_percent.low == pytest.approx(base.roi.roi_percent.low, rel=1e-6)
    assert scaled.roi.probability_positive == base.roi.probability_positive
    assert scaled.roi.net_benefit.value == pytest.approx(k * base.roi.net_benefit.value)
    assert scaled.break_even.value == pytest.approx(k * base.break_even.value)


@given(st.floats(0.1, 20))
def test_cost_times_k_divides_the_ratio_by_k(k):
    base, scaled = (value(measured(costs=sheet(*[100.0 * x] * 6)), PLAIN).roi for x in (1, k))
    assert scaled.value_per_unit_spent.value == pytest.approx(base.value_per_unit_spent.value / k)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_rate_never_adds_value(first, second):
    low, high = sorted((first, second))
    at_low, at_high = (value(measured(), {"discount_rate_annual": r}).break_even.value for r in (low, high))
    assert at_high <= at_low


def test_no_rate_is_the_plain_sum():
    amount = value(measured(), PLAIN | {"gross_margin": 1.0}).ledger.get("supported").amount
    assert amount.value == pytest.approx(100 * (10 + 30))


def test_the_other_sign_is_a_loss_with_no_break_even():
    valued = value(measured(gaps={"supported": (-10.0, -30.0)}), PLAIN | ANSWERS)
    assert valued.roi.net_benefit.value == pytest.approx(-2_600)
    assert isinstance(valued.break_even, Absent)
    assert valued.roi.probability_positive.value == 0


def test_without_costs_nothing_is_minus_100_percent():
    valued = value(measured(), PLAIN)
    assert all(isinstance(getattr(valued.roi, name), Absent) for name in ROI)
    assert [question.key for question in valued.questions] == ["agents", "cost_per_agent_year", "tools_per_year"]
    assert valued.break_even.value == pytest.approx(4_000)


def test_a_cost_sheet_leaves_no_question_open():
    assert value(measured(costs=sheet(*[1.0] * 6)), PLAIN).questions == ()


@pytest.mark.parametrize("amounts", [[0.0] * 6, [-5.0] * 6])
def test_a_cost_of_nothing_has_no_return(amounts):
    valued = value(measured(costs=sheet(*amounts)), PLAIN)
    assert "adds up to nothing" in valued.roi.roi_percent.reason


def test_a_margin_after_support_costs_is_not_charged_for_them_again():
    facts = measured(company=company(revenue(10_000)))
    before, after = (value(facts, PLAIN | ANSWERS | {"margin_contains_support": contained}) for contained in (False, True))
    later = 100 * 40 * (600 * 5 / 6) / 60_000
    assert before.ledger.get("cost.later_support.supported").amount.value == pytest.approx(later)
    assert after.ledger.get("cost.later_support.supported") is None
    assert after.roi.net_benefit.value - before.roi.net_benefit.value == pytest.approx(later)


def test_set_up_is_shown_and_stays_out_of_the_return():
    base, with_setup = (value(measured(), PLAIN | ANSWERS | extra) for extra in ({}, {"setup_cost": 9_999}))
    assert with_setup.roi == base.roi
    assert not with_setup.ledger.get("cost.setup").included


def test_marginal_return_is_on_the_variable_cost_of_the_contacts_covered():
    returns = value(measured(), PLAIN | ANSWERS).returns
    assert returns.shown.value == pytest.approx(2_000 / 600)
    assert returns.marginal.value == pytest.approx(2_000 / (500 * 0.5))
    no_people = value(measured(), PLAIN | ANSWERS | {"variable_cost_share": 0}).returns
    assert isinstance(no_people.marginal, Absent)


def test_parts_inside_contacts_are_shown_and_not_added():
    facts = measured((stream(), stream("first_contact_resolution"), stream("fast_reply")))
    valued = value(facts, PLAIN)
    assert [line.stream for line in valued.ledger.of("benefit")] == ["supported"]
    assert valued.total.benefit.value == pytest.approx(2_000)


def test_margin_per_contact_is_an_effect_of_its_own():
    valued = value(measured((stream(), stream("fast_reply"))), PLAIN)
    found = valued.effects["supported.margin_2m"]
    assert found.result.value == pytest.approx(20)
    assert found.estimand == "ATT"
    assert found.result.unit is Unit.MONEY_PER_EPISODE
    assert "about $20.00 of margin within 2 months" in found.sentence
    assert "fast_reply.margin_2m" in valued.effects


@pytest.mark.parametrize(
    ("contrast", "gap", "said"),
    [
        ("supported", -30.0, "Each of these contacts was followed by about $30.00 less of margin within 2 months ($26.02 to $33.98)."),
        ("supported", 1.0, "What each of these contacts kept within 2 months is open: anything from -$2.98 to $4.98 of margin, which includes zero."),
        ("randomised", -30.0, "Each customer drawn to be helped brought about $30.00 less of margin within 2 months ($26.02 to $33.98)."),
        (
            "randomised",
            1.0,
            "What each customer drawn to be helped kept within 2 months is open: anything from -$2.98 to $4.98 of margin, which includes zero.",
        ),
    ],
)
def test_a_loss_is_not_kept_and_what_is_open_is_said_to_be(contrast, gap, said):
    """Revenue of two months lies `gap` apart in each, with variances 4 and 12: the margin of half lies `gap` apart, give or take 1.96 * 2 = 3.92 or so."""
    valued = value(measured((stream(contrast),), gaps={contrast: (gap, gap)}), PLAIN)
    assert valued.effects[f"{contrast}.margin_2m"].sentence == said


def test_effects_without_money_keep_their_reason():
    found = value(measured(gaps={}), PLAIN).effects["supported.margin_2m"]
    assert "not what they pay" in found.sentence
    assert isinstance(found.result, Absent)


def test_amounts_in_another_currency_are_refused():
    with pytest.raises(AssumptionRefused, match="USD"):
        value(measured(), {"currency": "EUR"})
    assert value(measured(company=company(currency=None)), {"currency": "EUR"}).headline
    assert value(measured(), {"currency": "USD"}).headline


def test_a_flat_file_has_no_money_and_says_so():
    flat = Absent("One row per customer holds no months to follow.")
    found = effect("supported.churn", Estimate(-0.16, -0.18, -0.14, 7_043, "", Unit.FRACTION), Grade.C, "Helped customers left less often.")
    valued = value(measured((), company=flat, effects={"supported.churn": found}), ANSWERS)
    assert valued.headline.grade is Grade.C
    assert len(valued.ledger) == 0
    assert isinstance(valued.roi.roi_percent, Absent)
    assert isinstance(valued.break_even, Absent)


def test_costs_are_listed_even_where_nothing_is_valued():
    valued = value(measured((), costs=(CostRow(2025 * 12, "salaries", 10.0),)), PLAIN)
    assert valued.total.spent.value == pytest.approx(10.0 * 15)
    assert isinstance(valued.roi.net_benefit, Absent)


def test_equal_input_gives_equal_digits():
    first, second = (value(measured(), Assumptions.of(PLAIN | ANSWERS)) for _ in range(2))
    assert first.roi == second.roi
    assert first.ledger == second.ledger


def test_dependent_estimates_are_drawn_together():
    independent = measured()
    apart = joint({"supported": (10.0, 30.0)})
    together = replace(independent, joint=replace(apart, covariance=np.array([[4.0, 6.9], [6.9, 12.0]])))
    widths = [a.high - a.low for a in (value(facts, PLAIN).ledger.get("supported").amount for facts in (independent, together))]
    assert widths[1] / widths[0] == pytest.approx((29.8 / 16) ** 0.5, rel=0.02)


def test_json_of_the_return_and_the_ledger():
    valued = value(measured(), PLAIN | ANSWERS)
    assert tuple(roi_as_json(valued.roi)) == ROI
    assert roi_as_json(valued.roi)["roi_percent"]["unit"] == "percent"
    assert "absent" in roi_as_json(value(measured()).roi)["net_benefit"]
    assert [line["kind"] for line in ledger_as_json(valued.ledger)] == ["benefit", "cost", "cost", "cost"]


def test_no_line_of_an_observational_run_is_tested():
    valued = value(measured((stream(), stream("fast_reply")), costs=sheet(*[1.0] * 6)), PLAIN)
    assert Grade.A not in {line.grade for line in valued.ledger}


def test_html_escapes_what_comes_from_files():
    html = value(measured((stream("x", title="<b>bold</b>", part_of=None),), gaps={"x": (10.0, 30.0)}), PLAIN)._repr_html_()
    assert "<b>bold" not in html
    assert "&lt;b&gt;bold" in html


def test_sentences_follow_the_style_that_is_asked_for():
    german = Style(decimal=",", thousands=".", currency="EUR")
    assert "2,0k" in value(measured(), PLAIN, style=german).headline.text


def test_odds_and_returns_in_words():
    valued = value(measured(), PLAIN | ANSWERS)
    assert "support pays back in over 95 % of the runs of the arithmetic" in valued.odds
    assert "each unit of money spent on support returned 3.3 (2.7 to 4.0)" in valued.returns_text
    assert re.search(r"moves with the contacts covered, \S+ \(\S+ to \S+\)\.", valued.returns_text)
    assert "That is the cost of 7.6 agents" in valued.break_even_text


def test_the_cost_of_the_period_is_told_a_year_as_the_break_even_is():
    assert value(measured(), PLAIN).spent_a_year_text(Style()) == ""
    valued = value(measured(), PLAIN | ANSWERS)
    assert valued.basis.period is not None
    assert isinstance(valued.total.spent, Estimate)
    yearly = valued.total.spent.value * 12 / valued.basis.period.months
    assert valued.spent_a_year_text(Style()) == f"That is {number(yearly, Unit.MONEY_PER_YEAR, compact=True)}."


def test_customers_kept_in_words():
    clear, open_ = (value(with_churn(measured(), -0.05, se), PLAIN).customers_text for se in (0.01, 0.05))
    assert clear == "About 5 customers (3 to 7) were still there after 2 months who would have left."
    assert "includes nobody" in open_


def test_a_cost_sheet_is_from_the_books_and_answers_are_assumed():
    books, told = (value(facts, PLAIN | ANSWERS) for facts in (measured(costs=sheet(*[100.0] * 6)), measured()))
    assert (books.costs_from_books, told.costs_from_books) == (True, False)
    assert books.ledger.get("cost.salaries").word == "From your books"
    assert told.ledger.get("cost.salaries").word == "Assumed"


def test_a_line_whose_customers_clearly_stayed_says_why_its_money_is_open():
    stayed = {f"{FAST}.churn_2m": effect(f"{FAST}.churn_2m", Estimate(-0.03, -0.05, -0.01, 80, "", Unit.FRACTION), sentence="They stayed.")}
    facts = measured((stream(), stream(FAST)), gaps={"supported": (10.0, 30.0), FAST: (1.0, 1.0)}, effects=stayed)
    (said,) = value(facts, PLAIN).stayed_texts
    assert said.startswith("Fast reply: They stayed. What that is worth is less sure")
    clear = measured((stream(), stream(FAST)), effects=stayed)
    assert value(clear, PLAIN).stayed_texts == ()


PLANTED = {"episode_margin_att": 19.0, "eligible_episodes": 100, "gross_margin": 0.5, "horizon_months": 2}


@pytest.mark.parametrize(("each", "holds"), [(19.0, "holds it."), (30.0, "does not hold it.")])
def test_the_planted_truth_in_money_stands_beside_our_range(each, holds):
    said = value(measured(), PLAIN).truth_text(PLANTED | {"episode_margin_att": each}, Style())
    assert f"truly kept ${each / 10:.1f}k (at the company's own margin of 50 %)" in said
    assert "$1.6k to $2.4k" in said
    assert said.endswith(holds)


@pytest.mark.parametrize(
    ("facts", "truth"),
    [
        (measured(), None),
        (measured(), PLANTED | {"horizon_months": 6}),
        (measured((stream(estimand="ATO"),)), PLANTED),
        (measured((stream(FAST),)), PLANTED),
        (measured(()), PLANTED),
        (measured(gaps={}), PLANTED),
    ],
)
def test_there_is_no_truth_in_money_of_anything_else(facts, truth):
    assert value(facts, PLAIN).truth_text(truth, Style()) == ""


@pytest.mark.parametrize("name", ["harbour_desk", "still_water", "fogbank"])
def test_the_shipped_companies_plant_money_in_the_same_fields(name):
    planted = read_truth(SAMPLES / f"{name}.zip")
    lead = value(measured((stream(horizon_months=6),), gaps={"supported": (10.0,) * 6}, design=Design(horizon_months=6)), PLAIN)
    assert lead.truth_text(planted, Style()).startswith("In money: these contacts truly kept")


def test_where_nothing_was_found_the_break_even_names_no_middle():
    facts = measured(variances=(1e4, 3e4))
    valued = value(facts, PLAIN)
    assert isinstance(valued.break_even, Estimate)
    assert valued.break_even_text.startswith("Below which cost support pays for itself is open: anything from nothing to $")
    assert number(valued.break_even.value, Unit.MONEY, compact=True) not in valued.break_even_text
