"""Every gate passes and fails where it should, by hand-made facts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects import checks
from roi_core.effects.checks import (
    balance,
    caliper,
    churn_recorded,
    clocks,
    contact_share,
    control_size,
    enough_customers,
    enough_leavers,
    health,
    late_payment,
    leavers_contacts,
    writers_only,
)
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import fit
from roi_core.results import Grade
from roi_core.sentences import say
from roi_core.spine.ends import Ends
from tests.simulated import simulated


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison[Trials]:
    world = simulated(tmp_path_factory.mktemp("gates"), SimulationKnobs(customers=4_000, seed=11))
    rows = build_trials(world.facts, Design(), 6)
    return Comparison("supported", world.facts, Design(), rows, fit(rows))


def with_rows(comparison: Comparison[Trials], **changes: object) -> Comparison[Trials]:
    return replace(comparison, rows=replace(comparison.rows, **changes))


def test_a_company_in_order_passes_every_gate_that_can_be_made(comparison: Comparison[Trials]) -> None:
    verdicts = [gate(comparison) for gate in (*checks.BEFORE_SUPPORTED, *checks.AFTER_SUPPORTED)]
    assert [v.check.name for v in verdicts if v.check.passed is False] == []
    assert not any(v.refuses for v in verdicts)


@pytest.mark.parametrize(("leavers", "passed", "refuses"), [(20, True, False), (19, False, False), (10, False, False), (9, False, True)])
def test_leavers_in_the_smaller_group(leavers: int, passed: bool, refuses: bool) -> None:
    verdict = enough_leavers.judge((leavers, 500), (400, 4_000))
    assert (verdict.check.passed, verdict.refuses) == (passed, refuses)


@pytest.mark.parametrize(("customers", "refuses"), [(99, True), (100, False)])
def test_customers_are_counted_once_however_many_months_they_are_seen(comparison: Comparison[Trials], customers: int, refuses: bool) -> None:
    cluster = np.arange(len(comparison.rows.cluster)) % customers
    verdict = enough_customers.check(with_rows(comparison, cluster=cluster))
    assert (verdict.check.passed, verdict.refuses) == (not refuses, refuses)


def test_hardly_anybody_stayed() -> None:
    verdict = enough_leavers.judge((395, 500), (400, 4_000))
    assert verdict.refuses
    assert verdict.alone, "gaps in the record and contacts after the end follow from it"


def test_only_survivors_in_the_files(comparison: Comparison[Trials]) -> None:
    spine = comparison.facts.spine
    nobody = spine.set_column(spine.schema.get_field_index("churned_s"), "churned_s", pa.nulls(spine.num_rows, pa.int64()))
    verdict = churn_recorded.check(replace(comparison, facts=replace(comparison.facts, spine=nobody)))
    assert verdict.refuses
    assert "Nobody in these files ever left" in verdict.check.text


def test_who_left_on_no_known_day_is_no_survivor(comparison: Comparison[Trials]) -> None:
    spine = comparison.facts.spine
    nobody = spine.set_column(spine.schema.get_field_index("churned_s"), "churned_s", pa.nulls(spine.num_rows, pa.int64()))
    verdict = churn_recorded.check(replace(comparison, facts=replace(comparison.facts, spine=nobody, ends=Ends(undated=8, told=5))))
    assert (verdict.refuses, verdict.check.text) == (True, say("ends.undated", n="3"))
    assert verdict.next_step == say("ends.untold_check"), "the subscriptions are there"


def test_leaving_that_is_recorded_only_at_the_end(comparison: Comparison[Trials]) -> None:
    spine = comparison.facts.spine
    churned = np.asarray(spine.column("churned_s").fill_null(-1).to_numpy(zero_copy_only=False))
    late = churned > np.quantile(churned[churned > 0], 0.8)
    cut = pa.array(churned, pa.int64(), mask=~late)
    facts = replace(comparison.facts, spine=spine.set_column(spine.schema.get_field_index("churned_s"), "churned_s", cut))
    assert churn_recorded.check(replace(comparison, facts=facts)).refuses


def test_nearly_everybody_writes(comparison: Comparison[Trials]) -> None:
    assert contact_share.check(with_rows(comparison, contact_share=0.61)).refuses
    assert not contact_share.check(with_rows(comparison, contact_share=0.60)).refuses


def test_a_list_of_those_who_wrote(comparison: Comparison[Trials]) -> None:
    """The same company with its silent customers, and by customers of whom every one wrote."""
    assert writers_only.check(comparison).check.passed
    times = np.bincount(comparison.facts.contacts.column("customer_no").to_numpy(), minlength=comparison.facts.spine.num_rows)
    verdict = writers_only.judge(times[times > 0])
    assert (verdict.refuses, verdict.next_step) == (True, say("next.writers_only"))
    assert verdict.check.text.startswith("Only 0 of ")


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.6, 2.0])
@pytest.mark.parametrize("burst", [0.0, 0.5])
def test_a_whole_list_is_never_taken_for_one_of_those_who_wrote(rate: float, burst: float) -> None:
    """However often they write in two years, alike or not, one ticket a problem or several."""
    random = np.random.default_rng(7)
    for shape in (0.5, 2.0, 50.0):
        problems = random.poisson(random.gamma(shape, 24 * rate / shape, 2_000))
        assert not writers_only.judge(problems + random.binomial(problems, burst)).refuses


@pytest.mark.parametrize(("faults", "passed", "refuses"), [(0, True, False), (5, False, False), (11, False, True)])
def test_contacts_outside_of_their_customer(comparison: Comparison[Trials], faults: int, passed: bool, refuses: bool) -> None:
    linkage = replace(comparison.facts.linkage, matched=100, before_start=faults, after_churn=0)
    verdict = clocks.check(replace(comparison, facts=replace(comparison.facts, linkage=linkage)))
    assert (verdict.check.passed, verdict.refuses) == (passed, refuses)


@pytest.mark.parametrize(("deleted", "passed"), [(0.0, True), (0.6, False)])
def test_deleted_tickets_of_leavers(comparison: Comparison[Trials], deleted: float, passed: bool) -> None:
    facts = comparison.facts
    left = np.asarray(facts.spine.column("churned_s").is_valid().to_numpy(zero_copy_only=False))
    customer = facts.person_months.column("customer_no").to_numpy()
    gone = left[customer] & (np.random.default_rng(3).random(len(customer)) < deleted)
    contacts = np.where(gone, 0, facts.person_months.column("contacts").to_numpy())
    months = facts.person_months.set_column(facts.person_months.schema.get_field_index("contacts"), "contacts", pa.array(contacts))
    verdict = leavers_contacts.check(replace(comparison, facts=replace(facts, person_months=months)))
    assert (verdict.check.passed, verdict.cap) == (passed, Grade.B if passed else Grade.C)


def test_usage_of_a_few_customers_is_not_enough(comparison: Comparison[Trials]) -> None:
    known = comparison.rows.covariates
    blank = np.column_stack([known.matrix, np.random.default_rng(1).random(comparison.rows.rows) < 0.3])
    some = replace(known, matrix=blank, names=(*known.names, "usage (missing)"), continuous=np.append(known.continuous, False))
    both = replace(some, matrix=np.column_stack([blank, blank[:, -1]]), names=(*some.names, "health (missing)"), continuous=np.append(some.continuous, False))
    assert health.check(with_rows(comparison, covariates=some)).check.passed, "health is known for all"
    verdict = health.check(with_rows(comparison, covariates=both))
    assert (verdict.check.passed, verdict.cap) == (False, Grade.C)
    assert "known for only" in verdict.check.text


def test_no_usage_and_no_health_is_capped(comparison: Comparison[Trials], tmp_path: Path) -> None:
    world = simulated(tmp_path, SimulationKnobs(customers=500, seed=11), usage=False)
    rows = build_trials(world.facts, Design(), 6)
    verdict = health.check(replace(comparison, facts=world.facts, rows=rows))
    assert (verdict.check.passed, verdict.cap) == (False, Grade.C)


def test_groups_that_stay_apart(comparison: Comparison[Trials]) -> None:
    flat = replace(comparison.fitted.overlap, propensity=np.full(comparison.rows.rows, 0.5))
    verdict = balance.check(replace(comparison, fit=replace(comparison.fitted, overlap=flat)))
    assert (verdict.check.passed, verdict.cap) == (False, Grade.C)


def test_nobody_to_compare_with(comparison: Comparison[Trials]) -> None:
    apart = np.where(comparison.rows.treated, 0.99, 0.01)
    fitted = replace(comparison.fitted, overlap=replace(comparison.fitted.overlap, propensity=apart))
    verdict = caliper.check(replace(comparison, fit=fitted))
    assert (verdict.check.passed, verdict.cap) == (False, Grade.C)


def test_too_few_controls_hide_the_effect_among_those_helped(comparison: Comparison[Trials]) -> None:
    assert comparison.fitted.treated is not None
    treated = replace(comparison.fitted.treated, ess_control=0.49 * comparison.sizes[0])
    assert control_size.check(replace(comparison, fit=replace(comparison.fitted, treated=treated))).hides == "ATT"
    assert control_size.check(replace(comparison, fit=replace(comparison.fitted, treated=None))).hides == "ATT"


def test_a_negative_control_that_rings_caps_and_a_quiet_one_claims_nothing(comparison: Comparison[Trials]) -> None:
    luck = np.random.default_rng(1)
    treated = comparison.rows.treated
    rings = late_payment.check(with_rows(comparison, late_payment=(luck.random(len(treated)) < np.where(treated, 0.2, 0.05)).astype(float)))
    quiet = late_payment.check(with_rows(comparison, late_payment=(luck.random(len(treated)) < 0.1).astype(float)))
    missing = late_payment.check(with_rows(comparison, late_payment=np.full(len(treated), np.nan)))
    assert (rings.check.passed, rings.cap) == (False, Grade.C)
    assert (quiet.check.passed, quiet.cap) == (True, Grade.B)
    assert "would miss most problems" in quiet.check.text
    assert missing.check.passed is None


def test_a_buyer_who_ordered_after_one_month_and_not_after_another_is_counted_in_both(comparison: Comparison[Trials]) -> None:
    """Four rows helped, of two customers: the first left after one of three, the second after none."""
    rows = comparison.rows
    few = np.flatnonzero(rows.treated)[:4]
    made = replace(rows, treated=rows.treated[few], churned=np.array([True, False, False, False]), cluster=np.array([7, 7, 7, 8]))
    counted = replace(comparison, rows=made)
    assert (counted.events, counted.spared, counted.sizes) == ((1, 0), (2, 0), (2, 0))
