"""Comparisons beside the main one: planted effects of each kind are found, a typed figure is counted by hand, and many are counted together."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design, Filters, Quoted
from roi_core.companies import process, truth
from roi_core.companies.knobs import CATEGORIES, SimulationKnobs
from roi_core.effects.beside import BESIDE, all_beside, complaints, narrowed, outreach, typed
from roi_core.effects.beside.family import counted
from roi_core.effects.titles import effect_title
from roi_core.errors import DesignRefused
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import booleans, numbers
from roi_core.stats import proportion
from roi_core.units import Unit
from tests.simulated import simulated
from tests.simulated_outreach import simulated_outreach

KNOBS = SimulationKnobs(customers=5_000, seed=5, effect=2.0, category_effect=(2.0, 0.0, 1.0, 1.0, 1.0, 1.0))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Customers are on a plan by what they pay."""
    world = simulated(tmp_path_factory.mktemp("beside"), KNOBS).facts
    paid = numbers(world.person_months, "known_mrr")
    plans = np.array(["Small", "Large", "Middle"])[np.where(paid > np.quantile(paid, 0.6), 1, np.where(paid > np.quantile(paid, 0.3), 2, 0))]
    place = world.person_months.schema.get_field_index("plan")
    return replace(world, person_months=world.person_months.set_column(place, "plan", pa.array(plans)))


@pytest.fixture(scope="module")
def found(facts: Facts) -> Mapping[str, Effect]:
    return {effect.key.partition(".")[0]: effect for effect in all_beside(facts, Design(), lambda _: None)}


def estimate(effect: Effect, rung: str = "closest") -> Estimate:
    result = next(r.result for r in effect.ladder if r.key == rung)
    assert isinstance(result, Estimate)
    return result


def errors_off(effect: Effect, planted: float, rung: str = "closest") -> float:
    result = estimate(effect, rung)
    return abs(result.value - planted) / (result.standard_error or 1)


@pytest.fixture(scope="module")
def planted() -> Mapping[str, float]:
    """By kind, on the overlap: the effect of a contact in months whose contact is, or would be, of that category."""
    panel = process.simulate(KNOBS)
    rows = truth.episodes(panel)
    category = panel.path.category[rows.month, rows.customer]
    of = {"billing": category == CATEGORIES.index("Billing question"), "how_to": category == CATEGORIES.index("How-to question")}
    return {kind: float(np.average(rows.churn[among], weights=rows.overlap[among])) for kind, among in of.items()}


def test_contacts_of_each_kind_have_the_effect_that_was_planted_for_them(found: Mapping[str, Effect], planted: Mapping[str, float]) -> None:
    assert planted["billing"] < 2 * planted["how_to"] < 0, "billing is the lever of this company"
    assert errors_off(found["billing"], planted["billing"]) < 2
    assert errors_off(found["how_to"], planted["how_to"]) < 2
    assert estimate(found["billing"]).high < planted["how_to"], "the lever is told from the others"


def test_all_of_them_are_answered_or_refused_in_their_order_and_none_is_more_than_a_sign(found: Mapping[str, Effect]) -> None:
    assert list(found) == [one.key for one in BESIDE]
    assert {effect.grade for effect in found.values()} == {Grade.C}
    refused = {key for key, effect in found.items() if isinstance(effect.result, Absent) and not effect.checks}
    assert refused == {"reached_out", "complaint_resolved", "quoted", "reopened", "escalated", "bot", "channel", "team"}
    for key in refused:
        assert effect_title(found[key]) == say("beside.title_absent")
        assert isinstance(found[key].result, Absent)
        assert found[key].result.next_step in found[key].sentence


def test_the_sentence_names_who_is_compared_with_whom_and_over_what(found: Mapping[str, Effect]) -> None:
    assert found["billing"].sentence.startswith("Customers helped with a question about billing were ")
    assert "than similar customers who did not write" in found["billing"].sentence
    assert say("beside.among", what="Billing question") in found["billing"].notes
    assert effect_title(found["billing"]) == "Customers helped with a question about billing stayed longer (a sign, not a measurement)"


def test_the_top_tier_is_the_plan_that_pays_most_over_the_last_year(facts: Facts, found: Mapping[str, Effect]) -> None:
    assert say("beside.among", what="Large") in found["top_tier"].notes
    episodes = found["top_tier"].episodes
    assert episodes is not None
    assert episodes.last_month == facts.last_month - 6
    assert episodes.first_month >= episodes.last_month - 11
    nobody_pays = replace(facts, person_months=_without(facts.person_months, "known_mrr"))
    assert narrowed.top_tier(nobody_pays, Design(), "top_tier").sentence.endswith(say("beside.next_tier"))


def _without(table: pa.Table, column: str) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, column, pa.nulls(table.num_rows, table.schema.field(place).type))


@pytest.fixture(scope="module")
def complaining(tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, float]:
    """A company in which every contact is a complaint, resolved at once or never; the planted effect is that of resolving at first contact."""
    world = simulated(tmp_path_factory.mktemp("complaints"), replace(KNOBS, customers=4_000))
    contacts = world.facts.contacts
    minutes = pa.array(np.where(booleans(contacts, "recontact_7d"), np.nan, 60.0), pa.float64(), from_pandas=True)
    changed = {"category": pa.array(["Complaint"] * contacts.num_rows), "resolution_minutes": minutes}
    for name, column in changed.items():
        contacts = contacts.set_column(contacts.schema.get_field_index(name), name, column)
    return replace(world.facts, contacts=contacts), world.resolution_ato


def test_resolving_a_complaint_has_the_effect_that_was_planted(complaining: tuple[Facts, float]) -> None:
    facts, planted = complaining
    effect = complaints.resolved(facts, Design(), "complaint_resolved")
    assert planted < -0.05
    assert errors_off(effect, planted) < 2
    assert effect.sentence.startswith("Customers whose complaint was resolved within 7 days were ")


def test_complaints_right_before_leaving_are_counted_as_set_aside(complaining: tuple[Facts, float]) -> None:
    """The first of each customer and month that can be followed, of a customer who left within 7 days of it."""
    facts, _ = complaining
    contacts, ends = facts.contacts.to_pylist(), facts.spine.column("churned_s").to_pylist()
    months = range(facts.first_contact_month or 0, min(facts.last_contact_month or 0, facts.last_month - 7) + 1)
    left = 0
    for row in facts.person_months.to_pylist():
        if row["contact_ticket_no"] is not None and row["month"] in months and ends[row["customer_no"]] is not None:
            left += ends[row["customer_no"]] - contacts[row["contact_ticket_no"]]["created_s"] <= 7 * 86_400
    assert left > 5
    assert f"{left:,} complaints of customers who left before day 7 are set aside" in " ".join(complaints.resolved(facts, Design(), "complaint_resolved").notes)


def test_a_complaint_that_took_longer_than_a_week_was_not_resolved(complaining: tuple[Facts, float]) -> None:
    facts, _ = complaining
    place = facts.contacts.schema.get_field_index("resolution_minutes")
    slow = replace(facts, contacts=facts.contacts.set_column(place, "resolution_minutes", pa.array([10_081.0] * facts.contacts.num_rows)))
    assert "None of the customers who could be compared was helped" in complaints.resolved(slow, Design(), "complaint_resolved").sentence


@pytest.mark.parametrize(("seed", "effect"), [(1, 0.8), (2, 0.0)])
def test_reaching_out_has_the_effect_that_was_planted(seed: int, effect: float, tmp_path: Path) -> None:
    world = simulated_outreach(tmp_path, 5_000, seed, effect)
    answer = outreach.reached_out(world.facts, Design(), "reached_out")
    assert (world.ato < -0.05) == (effect > 0)
    assert errors_off(answer, world.ato) < 2
    assert errors_off(answer, world.ato, "same_start") > 3, "those written to were about to leave"


def test_a_typed_share_is_set_beside_helped_customers_counted_by_hand(facts: Facts) -> None:
    effect = typed.quoted(facts, Design(quoted=Quoted(0.19, "a survey")), "quoted")
    left, helped = _counted(facts)
    share, expected = proportion.wilson(left, helped), 1 - 0.81**0.5
    assert isinstance(effect.result, Estimate)
    assert (effect.result.value, effect.result.low, effect.result.high) == pytest.approx((share.value - expected, share.low - expected, share.high - expected))
    assert (effect.result.n, effect.grade) == (helped, Grade.D)
    assert "10.0 %" in effect.sentence, "0.81 of customers stay a year, so 0.9 stay six months"
    assert say("beside.quoted_from", source="a survey") in effect.notes
    assert effect_title(effect) == say("title.quoted")


def _counted(facts: Facts) -> tuple[int, int]:
    """Leavers and customers helped, one by one."""
    from roi_core.spine.calendar import add_months

    ends = facts.spine.column("churned_s").to_pylist()
    seen: set[int] = set()
    left = 0
    for row in facts.contacts.to_pylist():
        if row["month"] <= facts.last_month - 6 and row["customer_no"] not in seen:
            seen.add(row["customer_no"])
            until = add_months(np.array([row["created_s"]]), np.array([row["month"]]), 6)[0]
            left += ends[row["customer_no"]] is not None and ends[row["customer_no"]] <= until
    return left, len(seen)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1])
def test_a_typed_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(DesignRefused, match="quoted churn a year"):
        Quoted(share)


def test_a_typed_share_changes_the_digest_and_is_no_comparison_chosen_after_looking() -> None:
    typed_in = Design(quoted=Quoted.typed(19, "a survey"))
    assert typed_in.digest != Design().digest
    assert not typed_in.chosen_after_looking
    assert typed_in.quoted.percent_a_year == 19
    assert Quoted.typed(None, "a survey") == Quoted()


def one(key: str, value: float, se: float, grade: Grade = Grade.C) -> Effect:
    return Effect(f"{key}.churn_6m", Estimate(value, value - 1.959964 * se, value + 1.959964 * se, 500, "by hand", Unit.FRACTION), "ATO", grade, "Said.")


def test_many_comparisons_are_counted_together() -> None:
    """Three z of 2.2, 4 and 0.5: p of .0278, .00006 and .62; q of .0417, .0002 and .62. With two more of nothing the first is .0695."""
    few = [one("billing", -2.2, 1), one("how_to", -4, 1), one("top_tier", -0.5, 1), one("quoted", -9, 1, Grade.D)]
    first, second, third, assumed = counted(few)
    assert [effect.checks[-1].passed for effect in (first, second, third)] == [True, True, None]
    assert "q = 0.04" in first.checks[-1].text
    assert assumed.checks == ()
    more = counted([*few, one("critical_bug", 0.1, 1), one("reached_out", 0.2, 1)])[0]
    assert more.checks[-1].passed is False
    assert more.checks[-1].text in more.sentence, "what can be chance is said with the answer"
    assert effect_title(more) == say("beside.title_chance", who=say("beside.who_billing"))


def test_filters_of_the_reader_are_another_question(facts: Facts, found: Mapping[str, Effect]) -> None:
    chosen = Design(filters=Filters(plans=("Small",)))
    assert narrowed.of_kind(facts, chosen, "billing").result == found["billing"].result
