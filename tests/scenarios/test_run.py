import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import AssumptionRefused
from roi_core.results import Absent, Grade
from roi_core.scenarios import Scenario, run_scenario
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, PLAIN, company, lever, measured, revenue, sheet, stream

FCR, FAST = "first_contact_resolution", "fast_reply"
LEVERS = {key: lever(key, contrast=key) for key in (FCR, FAST)} | {"without_agent": lever("without_agent", 0.1, 0.0, 0.4)}


def facts(**changes):
    streams = (stream(), stream(FCR), stream(FAST))
    gaps = {"supported": (10.0, 30.0), FCR: (5.0, 5.0), FAST: (2.0, 2.0)}
    return measured(**({"streams": streams, "gaps": gaps, "levers": LEVERS, "variances": (1.0,)} | changes))


def change(scenario, answers=ANSWERS, **changes):
    return run_scenario(facts(**changes), scenario, PLAIN | answers).change


def test_no_lever_is_today():
    today = run_scenario(facts(), None, PLAIN | ANSWERS)
    assert today.roi == value(facts(), PLAIN | ANSWERS).roi
    assert isinstance(today.change.a_year, Absent)
    assert today.change.finding == "This is today: no lever is moved."


def test_a_share_moved_is_worth_contacts_x_gap_x_margin_a_year():
    found = change(Scenario(first_contact_resolution=0.7))
    assert found.a_year.value == pytest.approx(0.1 * 1_000 * 10 * 0.5)
    assert found.a_year.high - found.a_year.low == pytest.approx(2 * 1.96 * 100 * 0.5 * 2**0.5, rel=0.03)
    assert found.cost_a_year.value == 0
    assert found.grade is Grade.B
    assert found.finding.startswith("Resolving 70 % at first contact adds about $500 a year ($3")


def test_the_ledger_counts_it_in_the_months_of_the_comparison():
    valued = run_scenario(facts(), Scenario(first_contact_resolution=0.7), PLAIN | ANSWERS)
    assert valued.ledger.get(f"scenario.{FCR}").amount.value == pytest.approx(250)
    assert valued.roi.net_benefit.value == pytest.approx(2_000 + 250 - 600)
    assert valued.headline.text == value(facts(), PLAIN | ANSWERS).headline.text


@given(st.floats(0.5, 0.8))
def test_the_change_is_linear_and_its_own_mirror(share):
    found = change(Scenario(first_contact_resolution=share))
    assert found.a_year.value == pytest.approx((share - 0.6) * 5_000, abs=1e-6)


def test_moving_there_and_back_is_nothing():
    up, down = (change(Scenario(first_contact_resolution=share)).a_year for share in (0.7, 0.5))
    assert up.value == pytest.approx(-down.value)
    assert up.low == pytest.approx(-down.high)


@pytest.mark.parametrize("share", [0.49, 0.81])
def test_outside_of_the_observed_range_it_is_assumed_and_not_in_the_return(share):
    valued = run_scenario(facts(), Scenario(first_contact_resolution=share), PLAIN | ANSWERS)
    assert valued.change.grade is Grade.D
    assert "outside of what was seen between teams, agents and months (50 % to 80 %)" in valued.change.notes[0]
    assert valued.change.finding.endswith("Assumed, not measured.")
    assert "odds" not in valued.change.finding
    assert valued.roi == value(facts(), PLAIN | ANSWERS).roi


def test_a_contrast_that_is_a_sign_stays_one():
    found = change(Scenario(fast_reply=0.7), streams=(stream(), stream(FAST, grade=Grade.C)), gaps={"supported": (10.0, 30.0), FAST: (2.0, 2.0)})
    assert found.grade is Grade.C
    assert found.finding.endswith("A sign, not a measurement: please do not budget on it.")


def test_overlapping_gains_count_once_and_the_larger_one():
    both = run_scenario(facts(), Scenario(first_contact_resolution=0.7, fast_reply=0.7), PLAIN | ANSWERS)
    assert both.change.a_year.value == pytest.approx(500)
    assert any("only the larger gain counts" in note for note in both.change.notes)
    assert not both.ledger.get(f"scenario.{FAST}").included
    assert both.ledger.get(f"scenario.{FAST}").overlaps_with == (f"scenario.{FCR}",)


def test_a_gain_and_a_loss_are_both_counted():
    assert change(Scenario(first_contact_resolution=0.7, fast_reply=0.5)).a_year.value == pytest.approx(500 - 200)


def test_a_share_without_an_estimate_adds_no_money():
    found = change(Scenario(fast_reply=0.7), levers={FAST: lever(FAST)})
    assert isinstance(found.a_year, Absent)
    assert "no estimate in your files" in found.finding
    assert isinstance(found.probability_better, Absent)


@pytest.mark.parametrize("levers", [{}, {FCR: lever(FCR, Absent("No contact was resolved."))}])
def test_a_share_that_is_not_known_today_says_why(levers):
    found = change(Scenario(first_contact_resolution=0.7), levers=levers)
    assert found.finding.startswith("What resolving 70 % at first contact would change cannot be said.")


def test_what_cannot_be_said_stands_beside_what_can():
    found = change(Scenario(first_contact_resolution=0.7, fast_reply=0.7), levers={FCR: LEVERS[FCR]})
    assert found.a_year.value == pytest.approx(500)
    assert any(note.startswith("What replying fast to 70 % would change cannot be said.") for note in found.notes)


def test_agents_cost_exactly_what_they_cost():
    found = change(Scenario(agents=3))
    assert found.a_year.value == -500
    assert found.a_year.low is None
    assert found.finding.startswith("Having 3 agents takes away $500 a year; the odds of paying back")
    assert found.notes == ("Replies do not yet react to headcount: fewer agents do not slow them down here, more do not speed them up.",)


def test_agents_move_the_return_the_same_way_with_a_cost_sheet_and_with_answers():
    half_year = sheet(*[100.0] * 6)
    by_sheet = run_scenario(facts(costs=half_year), Scenario(agents=3), PLAIN | ANSWERS)
    by_answers = run_scenario(facts(), Scenario(agents=3), PLAIN | ANSWERS)
    assert by_sheet.total.spent.value == by_answers.total.spent.value == 600 + 250
    assert by_sheet.change.a_year == by_answers.change.a_year
    assert by_sheet.ledger.get("cost.agents_change").included


def test_agents_need_to_be_known_today():
    found = change(Scenario(agents=3), answers={})
    assert "is not known. Answer the questions on cost." in found.finding


def test_kept_customers_are_not_charged_more_for_another_headcount():
    assert change(Scenario(agents=1), company=company(revenue(10_000))).a_year.value == 500


def test_margin_and_rate_move_what_is_kept_already():
    found = change(Scenario(gross_margin=0.75))
    assert found.a_year.value == pytest.approx(2 * 100 * 40 * 0.25)
    assert "Scaled from 6 months to a year." in found.notes
    assert change(Scenario(discount_rate_annual=1.0)).a_year.value < 0


def test_later_support_is_taken_off_a_gain_too():
    rich = {"company": company(revenue(1_000))}
    per_revenue = 600 * (5 / 6) / 6_000
    found = change(Scenario(first_contact_resolution=0.7), **rich)
    assert found.a_year.value == pytest.approx(1_000 * (0.5 - per_revenue))
    assert change(Scenario(first_contact_resolution=0.7), ANSWERS | {"margin_contains_support": True}, **rich).a_year.value == pytest.approx(500)


def test_work_without_an_agent_is_capacity_and_not_cash():
    found = change(Scenario(without_agent=0.3), ANSWERS | {"minutes_per_contact": 6})
    assert found.finding == "Answering 30 % without an agent moves no money that is measured here."
    assert found.notes[0].startswith("200 contacts a year would need no agent: about 20 h")
    assert found.notes[0].endswith("capacity freed, not cash.")
    assert "not measured here" in found.notes[1]


def test_released_capacity_is_cash_and_assumed():
    answers = ANSWERS | {"minutes_per_contact": 6, "capacity_released": 0.5, "cost_per_agent_year": 1_600}
    found = change(Scenario(without_agent=0.3), answers)
    assert found.a_year.value == pytest.approx(20 * 1 * 0.5)
    assert found.grade is Grade.D
    assert "leaves the budget as you assume" in found.notes[0]


def test_capacity_without_minutes_is_said():
    assert "Say how many minutes" in change(Scenario(without_agent=0.3)).notes[0]


def test_more_on_average_and_less_certain_is_called_a_conflict():
    uncertain = facts(gaps={"supported": (10.0, 30.0), FCR: (60.0, 60.0)}, streams=(stream(), stream(FCR)), variances=(4.0, 12.0, 9e3, 9e3))
    answers = PLAIN | {"agents": 2, "cost_per_agent_year": 1_800, "tools_per_year": 0}
    found = run_scenario(uncertain, Scenario(first_contact_resolution=0.65, agents=2.5), answers).change
    assert found.a_year.value > 0
    assert "slip" in found.finding
    assert any(note.startswith("More on average and less certain") for note in found.notes)


def test_probability_better_is_a_share_of_draws():
    assert change(Scenario(first_contact_resolution=0.7)).probability_better.value > 0.99
    assert change(Scenario(first_contact_resolution=0.7, agents=3)).probability_better.value == pytest.approx(0.5, abs=0.01)


def test_without_revenue_a_scenario_still_counts_agents():
    bare = measured((), levers={FCR: lever(FCR, contrast=FCR)})
    found = run_scenario(bare, Scenario(first_contact_resolution=0.7, agents=1), ANSWERS).change
    assert found.a_year.value == 500
    assert "odds" not in found.finding


@pytest.mark.parametrize(
    ("key", "number"), [("first_contact_resolution", 74), ("fast_reply", -0.1), ("without_agent", float("nan")), ("agents", -1), ("gross_margin", 75)]
)
def test_a_lever_beyond_what_is_possible_is_refused(key, number):
    with pytest.raises(AssumptionRefused, match=key):
        Scenario(**{key: number})


def test_what_the_change_costs_is_set_against_what_it_gains():
    found = change(Scenario(first_contact_resolution=0.7, spend_more=200.0))
    assert found.a_year.value == pytest.approx(500 - 200)
    assert found.cost_a_year.value == pytest.approx(200)
    assert found.finding.startswith("Resolving 70 % at first contact and spending $200 more a year adds about $300 a year")
    valued = run_scenario(facts(), Scenario(spend_more=-200.0), PLAIN | ANSWERS)
    assert valued.total.spent.value == pytest.approx(600 - 100)
    assert valued.change.finding.startswith("Spending $200 less a year adds $200 a year")


def test_a_cost_that_is_no_amount_is_refused():
    with pytest.raises(AssumptionRefused, match="spend_more"):
        Scenario(spend_more=float("inf"))


def test_a_way_of_working_has_no_odds_of_paying_back_support():
    found = change(Scenario(first_contact_resolution=0.7), streams=(stream(grade=Grade.C), stream(FCR)), gaps={"supported": (-10.0, -30.0), FCR: (5.0, 5.0)})
    assert found.a_year.value == pytest.approx(500)
    assert "odds" not in found.finding
