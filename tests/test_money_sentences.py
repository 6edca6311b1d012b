"""Every sentence about money is said in some situation, and none of them promises more than it may."""

import re
import tomllib
from dataclasses import replace
from importlib import resources

import pytest

import roi_core.sentences
from roi_core.results import Absent, Check, Estimate, Grade
from roi_core.scenarios import Scenario, fan, run_scenario, tornado
from roi_core.sentences import catalogue
from roi_core.show import Style
from roi_core.units import Unit
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, PLAIN, company, effect, lever, measured, revenue, sheet, stream, with_churn

FCR, FAST = "first_contact_resolution", "fast_reply"
BIAS = Estimate(5.0, None, None, 80, "", Unit.MONEY_PER_EPISODE)
UNCLEAR, HARM = (1.0, 1.0), (-30.0, -30.0)
LEVERS = {key: lever(key, contrast=key) for key in (FCR, FAST)} | {"without_agent": lever("without_agent", 0.1, 0.0, 0.4)}
CHURN = {"result": Estimate(-0.03, -0.05, -0.01, 800, "", Unit.FRACTION), "sentence": "Helped customers left less often."}
SPREADSHEET = {name: Estimate(x, None, None, 500, "", Unit.FRACTION) for name, x in (("spreadsheet_supported", 0.10), ("spreadsheet_control", 0.30))}


def only(contrast="supported", gaps=(10.0, 30.0), grade=Grade.B, **changes):
    return measured((stream(contrast, grade=grade),), gaps={contrast: gaps}, **changes)


def leaving(**changes):
    return measured((), effects={"supported.churn": effect("supported.churn", **(CHURN | changes))})


def several_currencies():
    facts = leaving()
    return replace(facts, company=replace(facts.company, revenue=("revenue",), monthly_revenue=Absent("In EUR and USD.", "Choose one.")))


def moved(**changes):
    gaps = {"supported": (10.0, 30.0), FCR: (5.0, 5.0), FAST: (2.0, 2.0)}
    return measured(**({"streams": (stream(), stream(FCR), stream(FAST)), "gaps": gaps, "levers": LEVERS, "variances": (1.0,)} | changes))


def one_month():
    episodes = stream().episodes
    return episodes.__class__(100, 300, 80, 60.0, 200, episodes.first_month, episodes.first_month)


def handled(result=None, failed=None):
    found = effect("supported.churn_2m", result or Estimate(0.03, 0.01, 0.05, 800, "", Unit.FRACTION), Grade.C)
    found = replace(found, checks=(Check(failed, passed=False, text="Why."),) if failed else ())
    return measured((stream(grade=Grade.C), stream(FCR)), effects={"supported.churn_2m": found})


VALUES = [
    (handled(failed="trouble recorded"), ANSWERS),
    (handled(failed="negative control"), ANSWERS),
    (handled(failed="somebody to compare with"), ANSWERS),
    (handled(), ANSWERS),
    (handled(Absent("Too early.", "Wait.")), ANSWERS),
    (only(), ANSWERS | {"agents": 7.2}),
    (only(), ANSWERS | {"agents": 7.6}),
    (only(), ANSWERS | {"agents": 8}),
    (only(), ANSWERS | {"agents": 20}),
    (only(gaps=UNCLEAR), ANSWERS),
    (only(gaps=UNCLEAR, effects={"supported.churn_2m": effect("supported.churn_2m", **CHURN)}), ANSWERS),
    (only(), {}),
    (only(effects={"supported.churn_2m": effect("supported.churn_2m", Absent("x"), strongest_covariate_bias=BIAS)}), ANSWERS),
    (only(company=company(revenue(10_000))), ANSWERS | {"agents": 20}),
    (only(), ANSWERS | {"variable_cost_share": 0}),
    (only(gaps=UNCLEAR), {}),
    (only(gaps=(2.5, 2.5)), {}),
    (only(gaps=(-1.0, -1.0)), {}),
    (only(gaps=HARM), ANSWERS),
    (only(grade=Grade.A), {}),
    (only("randomised", grade=Grade.A), ANSWERS),
    (only("randomised", gaps=UNCLEAR, grade=Grade.A), ANSWERS),
    (only("randomised", gaps=HARM, grade=Grade.A), ANSWERS),
    (only(grade=Grade.C), {}),
    (only(FCR, grade=Grade.C), {}),
    (only(FCR), {}),
    (only(FAST, gaps=HARM), {}),
    (measured((stream(episodes=one_month()),)), {}),
    (measured((stream(episodes=stream().episodes.__class__(0, 0, 0, 0.0, 0, 1, 1)),)), {}),
    (with_churn(only(), -0.05, 0.01), {}),
    (with_churn(only(), -0.05, 0.04), {}),
    (measured(()), {}),
    (several_currencies(), {}),
    (only(grade=Grade.C, gaps=UNCLEAR), {}),
    (leaving(), {}),
    (leaving(result=Estimate(0.03, 0.01, 0.05, 800, "", Unit.FRACTION)), {}),
    (leaving(result=Absent("Too early.", "Wait."), sentence=""), {}),
]
SCENARIOS = [
    (moved(), Scenario(), {}),
    (moved(), Scenario(first_contact_resolution=0.7), ANSWERS),
    (moved(), Scenario(first_contact_resolution=0.7, fast_reply=0.7, gross_margin=0.6), ANSWERS | {"cost_per_agent_year": 1_800, "tools_per_year": 0}),
    (moved(), Scenario(first_contact_resolution=0.5), ANSWERS | {"cost_per_agent_year": 1_950}),
    (moved(), Scenario(first_contact_resolution=0.7, agents=3), ANSWERS),
    (moved(), Scenario(agents=1), ANSWERS | {"cost_per_agent_year": 2_000}),
    (moved(), Scenario(agents=3), ANSWERS),
    (moved(), Scenario(cost_per_agent_year=400, discount_rate_annual=0.2), ANSWERS),
    (moved(), Scenario(first_contact_resolution=0.9), ANSWERS),
    (moved(streams=(stream(), stream(FCR, grade=Grade.C))), Scenario(first_contact_resolution=0.7), ANSWERS),
    (moved(levers={FAST: lever(FAST)}), Scenario(fast_reply=0.7), {}),
    (moved(), Scenario(without_agent=0.3), {}),
    (only("randomised", grade=Grade.A), Scenario(gross_margin=0.9), {}),
    (moved(), Scenario(spend_more=100.0), ANSWERS),
    (moved(), Scenario(spend_more=-100.0), ANSWERS),
    (moved(), Scenario(without_agent=0.3), {"minutes_per_contact": 6, "cost_per_agent_year": 60_000}),
    (moved(), Scenario(without_agent=0.3), {"minutes_per_contact": 6, "cost_per_agent_year": 60_000, "capacity_released": 0.5}),
    (
        moved(streams=(stream(), stream(FCR)), gaps={"supported": (10.0, 30.0), FCR: (60.0, 60.0)}, variances=(4.0, 12.0, 9e3, 9e3)),
        Scenario(first_contact_resolution=0.65, agents=2.5),
        {"agents": 2, "cost_per_agent_year": 1_800, "tools_per_year": 0},
    ),
]


def money_sentences():
    text = resources.files("roi_core.sentences").joinpath("en/money.toml").read_text(encoding="utf-8")
    return {f"{family}.{name}" for family, sentences in tomllib.loads(text).items() for name in sentences}


def spreadsheet_company():
    effects = {"supported.churn_2m": effect("supported.churn_2m", CHURN["result"], **SPREADSHEET)}
    return measured(effects=effects, company=company(revenue(15_000)), costs=sheet(*[1.0] * 6))


def test_every_sentence_is_said(monkeypatch):
    said, slots = set(), roi_core.sentences.slots
    monkeypatch.setattr(roi_core.sentences, "slots", lambda key, language: said.add(key) or slots(key, language))
    for facts, answers in VALUES:
        valued = value(facts, PLAIN | answers)
        assert valued.headline.text
        assert valued.title
        assert valued.returns_text
        assert valued.customers_text
        assert len(valued.effects) >= len(facts.effects)
        assert bool(valued.spent_a_year_text(Style())) == (isinstance(valued.total.spent, Estimate) and valued.basis.period is not None)
    assert value(only()).headline.rests_on
    assert value(spreadsheet_company()).ledger.get("cost.salaries").word
    stayed = value(only(gaps=UNCLEAR, effects={"supported.churn_2m": effect("supported.churn_2m", **CHURN)}))
    assert stayed.stayed_texts
    for each in (20.0, 90.0):
        planted = {"episode_margin_att": each, "eligible_episodes": 100, "gross_margin": 0.5, "horizon_months": 2}
        assert value(only(), PLAIN).truth_text(planted, Style())
    for facts, scenario, answers in SCENARIOS:
        assert run_scenario(facts, scenario, PLAIN | answers).change.finding
    assert len(value(spreadsheet_company(), PLAIN | {"customer_lifetime_value": 300}).texts) == 3
    assert money_sentences() - said == set()


@pytest.mark.parametrize("key", sorted(money_sentences()))
def test_no_sentence_promises_more_than_it_may(key):
    assert not re.search(r"significan|\bprove|validated|guarantee|\bwill save\b", catalogue()[key], re.IGNORECASE)


def test_a_scenario_says_of_a_test_that_it_is_drawn_once():
    facts = only("randomised", grade=Grade.A)
    change = run_scenario(facts, Scenario(gross_margin=0.9), PLAIN).change
    assert isinstance(change.a_year, Absent)
    assert "drawn once" in change.a_year.reason
    assert [isinstance(drawn(facts, None, PLAIN), Absent) for drawn in (fan, tornado)] == [True, True]
