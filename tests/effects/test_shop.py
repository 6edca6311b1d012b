"""A shop, helped against not helped: the planted effect is found, nothing where nothing was planted, and every gate has its day."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.companies import read_truth
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.effects import checks
from roi_core.effects.analysis import Analysis
from roi_core.effects.checks import asked_before, enough_orders, orders_recorded, returns_before
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import fit
from roi_core.effects.inside import analyse_inside
from roi_core.effects.supported import analyse_supported
from roi_core.measured import Measured
from roi_core.measurement import measure
from roi_core.results import Absent, Estimate, Grade
from roi_core.valuation import value
from tests.simulated_shop import SimulatedShop, simulated_shop

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
KEY = "supported.no_order_6m"
LEAVING = ("left", "leave", "stayed", "stay longer", "still there", "churn", "customers kept")
"""Words that have no place in a shop."""


@pytest.fixture(scope="module")
def linden() -> Measured:
    return measure([SAMPLES / "linden_loom.zip"])


@pytest.fixture(scope="module")
def nothing() -> Measured:
    return measure([SAMPLES / "plain_weave.zip"])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShop:
    return simulated_shop(tmp_path_factory.mktemp("shop"), ShopKnobs(customers=4_000, seed=3))


@pytest.fixture(scope="module")
def comparison(shop: SimulatedShop) -> Comparison[Trials]:
    rows = build_trials(shop.facts, Design(), 6)
    return Comparison("supported", shop.facts, Design(), rows, fit(rows))


def rung(measured: Measured, key: str) -> Estimate:
    found = next(rung.result for rung in measured.effects[KEY].ladder if rung.key == key)
    assert isinstance(found, Estimate)
    return found


def test_the_planted_effect_of_linden_and_loom_is_found(linden: Measured) -> None:
    planted, found = read_truth(SAMPLES / "linden_loom.zip"), linden.effects[KEY]
    assert isinstance(found.result, Estimate)
    assert found.grade is Grade.B
    assert found.result.low <= planted["episode_effect_ato"] <= found.result.high < 0
    assert rung(linden, "those_helped").low <= planted["episode_effect_att"] <= rung(linden, "those_helped").high
    ninety = linden.effects["supported.no_order_3m"].result
    assert ninety.low <= planted["episode_effect_ato_90d"] <= ninety.high < 0


def test_rows_spreadsheet_and_raw_difference_are_those_of_the_generator_to_the_digit(linden: Measured) -> None:
    """Two programs that share no line count the same customer months and the same orders."""
    planted = read_truth(SAMPLES / "linden_loom.zip")
    assert linden.funnel[-1].rows == planted["eligible_rows"]
    assert linden.effects[KEY].episodes.treated == planted["eligible_episodes"]
    assert rung(linden, "spreadsheet").value == pytest.approx(planted["spreadsheet"], abs=1e-8)
    assert rung(linden, "same_start").value == pytest.approx(planted["unadjusted_trials"], abs=1e-8)


def test_money_is_what_was_ordered_less_refunds(linden: Measured) -> None:
    planted, found = read_truth(SAMPLES / "linden_loom.zip"), linden.effects["supported.revenue_6m"].result
    assert linden.effects["supported.revenue_6m"].estimand == linden.streams[0].estimand == "ATT"
    assert found.low <= planted["episode_revenue_att"] <= found.high
    assert linden.company.currency == "GBP"
    assert "£" in linden.effects["supported.revenue_6m"].sentence


def test_resolving_brings_orders_and_speed_does_not(linden: Measured) -> None:
    planted = read_truth(SAMPLES / "linden_loom.zip")
    resolved, fast = (linden.effects[f"{name}.no_order_6m"].result for name in ("first_contact_resolution", "fast_reply"))
    assert resolved.low <= planted["first_contact_resolution_effect"] <= resolved.high < 0
    assert fast.low < 0 < fast.high


def test_where_support_does_nothing_the_spreadsheet_stays_and_no_effect_is_found(nothing: Measured) -> None:
    found = nothing.effects[KEY].result
    assert found.low < 0 < found.high
    assert rung(nothing, "spreadsheet").high < -0.10
    assert "could not find an effect on ordering again" in nothing.effects[KEY].sentence


def test_nothing_is_said_of_leaving(linden: Measured) -> None:
    """In no sentence, check or headline of a shop; and no figure that takes leavers."""
    valued = value(linden)
    said = [valued.headline.title, valued.headline.text, valued.customers_text, linden.satisfaction.sentence]
    said += [text for effect in linden.effects.values() for text in (effect.sentence, *effect.notes, *(check.text for check in effect.checks))]
    found = {word for word in LEAVING for text in said if word in text.lower()}
    assert found == set(), [text for text in said if any(word in text.lower() for word in LEAVING)]
    assert all(isinstance(linden.metrics[key], Absent) for key in ("monthly_churn", "monthly_retention", "active_customers"))


def test_a_shop_has_no_curve_and_two_horizons(linden: Measured) -> None:
    assert isinstance(linden.curves, Absent)
    assert linden.horizons == (6, 3)
    assert linden.main_effect.key == KEY
    assert {effect.key for effect in linden.inside_contacts} == {"first_contact_resolution.no_order_6m", "fast_reply.no_order_6m"}


def test_customers_of_the_headline_are_those_who_came_back(linden: Measured) -> None:
    valued = value(linden)
    assert "brought" in valued.headline.text
    assert "ordered again within 6 months who would not have" in valued.customers_text


def test_another_shop_is_answered_as_it_was_planted(shop: SimulatedShop, comparison: Comparison[Trials]) -> None:
    found = analyse_supported(shop.facts, Design(), 6).effects
    assert comparison.rows.rows == shop.rows
    assert found["supported.revenue_6m"].estimand == "ATT"
    for key, planted in ((KEY, shop.ato), ("supported.revenue_6m", shop.net["ATT"])):
        assert abs(found[key].result.value - planted) <= 2 * found[key].result.standard_error


def test_a_shop_in_order_passes_every_gate_that_can_be_made(comparison: Comparison[Trials]) -> None:
    verdicts = [gate(comparison) for gate in (*checks.BEFORE_SUPPORTED_SHOP, *checks.AFTER_SUPPORTED)]
    assert [v.check.name for v in verdicts if v.check.passed is False] == []
    assert not any(v.refuses for v in verdicts)


def test_without_the_returns_it_is_a_sign(tmp_path: Path) -> None:
    world = simulated_shop(tmp_path, ShopKnobs(customers=1_500, seed=4), returns=False)
    found = analyse_supported(world.facts, Design(), 6).effects[KEY]
    assert found.grade is Grade.C
    assert "Add the returns" in found.sentence


@pytest.mark.parametrize(
    ("again", "passed", "refuses", "thin"), [(20, True, False, False), (19, False, False, True), (10, False, False, True), (9, False, True, False)]
)
def test_orders_in_the_smaller_group(comparison: Comparison[Trials], again: int, passed: bool, refuses: bool, thin: bool) -> None:
    """So many of those helped ordered again, everybody else did not or did, each customer once."""
    n = 400
    treated = np.arange(n) < 200
    ordered = np.isin(np.arange(n), [*range(again), *range(200, 260)])
    rows = replace(comparison.rows, customer=np.arange(n), cluster=np.arange(n), treated=treated, churned=~ordered)
    verdict = enough_orders.check(replace(comparison, rows=rows))
    assert (verdict.check.passed, verdict.refuses, verdict.thin) == (passed, refuses, thin)


def test_hardly_anybody_did_not_order_again(comparison: Comparison[Trials]) -> None:
    rows = replace(comparison.rows, churned=np.zeros_like(comparison.rows.churned))
    assert enough_orders.check(replace(comparison, rows=rows)).refuses


def test_a_month_without_orders_is_a_hole_and_quiet_months_of_a_small_shop_are_none(comparison: Comparison[Trials]) -> None:
    facts = comparison.facts
    at = np.asarray(facts.bought.column("ordered_s"))
    hole = facts.bought.filter(pa.array((at < at.max() - 200 * 86_400) | (at > at.max() - 138 * 86_400)))
    assert orders_recorded.check(replace(comparison, facts=replace(facts, bought=hole))).refuses
    few = facts.bought.take(np.arange(0, facts.bought.num_rows, facts.bought.num_rows // 60))
    assert not orders_recorded.check(replace(comparison, facts=replace(facts, bought=few))).refuses


def test_questions_before_the_first_order_are_set_aside_and_refuse_nothing(linden: Measured, comparison: Comparison[Trials]) -> None:
    assert asked_before.check(comparison).check.passed
    said = next(check.text for check in linden.effects[KEY].checks if check.name == "clocks agree")
    assert int(said.split()[0]) > 200
    assert "questions came before the first order" in said


def test_trouble_is_recorded_where_returns_are(comparison: Comparison[Trials]) -> None:
    assert returns_before.check(comparison).cap is Grade.B


def test_handling_is_followed_from_day_seven(shop: SimulatedShop) -> None:
    found: Analysis = analyse_inside(shop.facts, Design(), 6, "first_contact_resolution")
    result = found.effects["first_contact_resolution.no_order_6m"].result
    assert abs(result.value - shop.resolution_ato) <= 2 * result.standard_error
    assert result.high < 0
