"""Doubts about an answer: each warns where something was planted and does not where nothing was."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import Handled
from roi_core.cohorts.trials import Trials
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects import inside, supported
from roi_core.effects.again import fitted_again
from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts import DOUBTS, Doubt, busy, drawn_again, left_out, negative_control, shuffled
from roi_core.effects.fit import fit
from roi_core.effects.rungs import closest
from roi_core.errors import DesignRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.stats import sensitivity, weighting
from tests.simulated import Simulated, simulated


def told(done: float) -> None:
    assert 0 < done <= 1


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return simulated(tmp_path_factory.mktemp("doubts"), SimulationKnobs(customers=5_000, seed=9))


@pytest.fixture(scope="module")
def comparison(world: Simulated) -> Comparison[Trials]:
    found = fitted_again(world.facts, Design(), "supported.churn_6m")
    assert not isinstance(found, Absent)
    return found


@pytest.fixture(scope="module")
def resolved(world: Simulated) -> Comparison[Handled]:
    found = fitted_again(world.facts, Design(), "first_contact_resolution.churn_6m")
    assert not isinstance(found, Absent)
    return found


def looked(found: Doubt | Absent) -> Doubt:
    assert isinstance(found, Doubt), found
    return found


def number(result: Result) -> Estimate:
    assert isinstance(result, Estimate), result
    return result


@pytest.mark.parametrize("asked", DOUBTS, ids=lambda asked: asked.key)
@pytest.mark.parametrize("kind", ["comparison", "resolved"])
def test_every_doubt_has_a_title_a_reason_and_a_table_that_fits_or_says_why_not(asked, kind: str, request: pytest.FixtureRequest) -> None:
    found = asked.look(request.getfixturevalue(kind), told)
    assert asked.title
    assert asked.why.endswith(".")
    if isinstance(found, Absent):
        assert found.reason
        return
    assert found.key == asked.key
    assert found.title == asked.title
    assert all(len(results) == len(found.columns) for _, results in found.rows)


def test_leaving_one_thing_out_is_the_answer_without_it(comparison: Comparison[Trials]) -> None:
    found = looked(left_out.look(comparison, told))
    (first, (answer, own, *_)), *rest = found.rows
    assert (first, answer) == (say("doubt.left_out_none"), closest.answer(comparison))
    assert number(own).value == 1
    rows, known = comparison.rows, comparison.rows.covariates
    kept = np.array([group != "health" for group in known.groups])
    without = weighting.augmented(rows.churned.astype(float), rows.treated, known.matrix[:, kept], rows.cluster, continuous=known.continuous[kept])
    health = dict(rest)["health"]
    assert number(health[0]).value == pytest.approx(without.value)
    overlap = comparison.fitted.overlap
    moved = sensitivity.observed_e_value(overlap.risk_treated[0] / overlap.risk_control[0], without.risk_treated / without.risk_control)
    assert number(health[1]).value == pytest.approx(moved, rel=1e-6)


def test_what_most_decides_who_is_helped_comes_first_and_is_named(comparison: Comparison[Trials]) -> None:
    """Trouble drives contact and leaving in the simulated company, and health shows it; support looks less good without it."""
    found = looked(left_out.look(comparison, told))
    moved = [abs(number(results[0]).value - number(found.rows[0][1][0]).value) for _, results in found.rows[1:]]
    assert moved == sorted(moved, reverse=True)
    assert found.rows[1][0] == "health"
    assert number(found.rows[1][1][0]).value > number(found.rows[0][1][0]).value
    assert "leans most on health" in found.sentence
    assert "is needed" in found.sentence, "the range does not hold zero, so it is held against what is needed"
    assert number(found.rows[1][1][2]).value > 0.01


def test_with_nothing_but_the_month_nothing_can_be_left_out(comparison: Comparison[Trials]) -> None:
    known = comparison.rows.covariates
    months = np.array([group == "month" for group in known.groups])
    bare = replace(
        known, matrix=known.matrix[:, months], names=tuple(n for n, m in zip(known.names, months, strict=True) if m), continuous=known.continuous[months]
    )
    asked = replace(comparison, rows=replace(comparison.rows, covariates=bare))
    assert left_out.look(asked, told) == Absent(say("doubt.left_out_nothing"))


def test_drawing_customers_again_agrees_with_the_formula(comparison: Comparison[Trials]) -> None:
    (_, (again,)), (_, (formula,)) = looked(drawn_again.look(comparison, told)).rows
    widths = [float(number(r).high or 0) - float(number(r).low or 0) for r in (again, formula)]
    assert widths[0] == pytest.approx(widths[1], rel=0.1)
    assert looked(drawn_again.look(comparison, told)).rows[0] == (say("doubt.drawn_again_drawn"), (again,)), "the same draws every time"


def test_drawing_again_works_where_plain_weights_stand_alone(comparison: Comparison[Trials]) -> None:
    thin = replace(comparison, fit=fit(comparison.rows, thin=True))
    (_, (again,)), (_, (formula,)) = looked(drawn_again.look(thin, told)).rows
    assert number(again).low == pytest.approx(number(formula).low, abs=0.004)


def test_shuffles_hardly_reach_a_planted_effect_and_reach_none(comparison: Comparison[Trials]) -> None:
    rows = comparison.rows
    assert looked(shuffled.look(comparison, told)).sentence == say("doubt.shuffled_found", as_far="0", shuffles="200")
    luck = np.random.default_rng(2).random(rows.rows) < rows.churned.mean()
    chance = looked(shuffled.look(replace(comparison, rows=replace(rows, churned=luck)), told))
    assert int(chance.sentence.split()[1]) > 10
    assert number(chance.rows[1][1][0]).value == pytest.approx(0, abs=0.003)


def test_bins_are_within_months_only_where_rows_are_many() -> None:
    luck = np.random.default_rng(1)
    month, e = luck.integers(0, 4, 5_000), luck.random(5_000)
    assert len(np.unique(shuffled.strata_of(month, e))) == 4 * shuffled.BINS
    assert len(np.unique(shuffled.strata_of(month[:3_000], e[:3_000]))) == shuffled.BINS


def with_load(comparison: Comparison[Handled], load: np.ndarray) -> Comparison[Handled]:
    contacts = comparison.facts.contacts
    changed = contacts.set_column(contacts.schema.get_field_index("load"), "load", pa.array(load))
    return replace(comparison, facts=replace(comparison.facts, contacts=changed))


def test_an_effect_that_hangs_on_how_busy_the_team_was_is_told(resolved: Comparison[Handled]) -> None:
    """Resolving at once saves everybody in quiet times and nobody in busy ones."""
    luck, rows = np.random.default_rng(4), resolved.rows
    load = luck.random(resolved.facts.contacts.num_rows)
    left = luck.random(rows.rows) < np.where(rows.treated & (load[rows.ticket] < 1 / 3), 0.1, 0.3)
    planted = with_load(replace(resolved, rows=replace(rows, churned=left)), load)
    found = looked(busy.look(planted, told))
    assert number(found.rows[-1][1][0]).value == pytest.approx(0.2, abs=0.09)
    assert found.sentence.startswith(say("doubt.busy_differs", gap="x").partition(":")[0])
    same = with_load(replace(resolved, rows=replace(rows, churned=luck.random(rows.rows) < 0.3)), load)
    assert "would miss most problems" in looked(busy.look(same, told)).sentence


def test_the_same_customers_in_the_busiest_and_the_quietest_third_have_no_difference_and_no_doubt(resolved: Comparison[Handled]) -> None:
    """Every contact three times over, once in each third: what moves one third moves the other as much."""
    rows, contacts = resolved.rows, resolved.facts.contacts
    n, thrice = contacts.num_rows, np.tile(np.arange(rows.rows), 3)
    ticket = np.concatenate([rows.ticket + copy * n for copy in range(3)])
    named = ("customer", "cluster", "month", "treated", "churned")
    tripled = replace(rows, ticket=ticket, covariates=rows.covariates.rows(thrice), **{name: getattr(rows, name)[thrice] for name in named})
    facts = replace(resolved.facts, contacts=pa.concat_tables([contacts] * 3))
    luck = np.random.default_rng(1).random(n) / 1_000
    asked = with_load(replace(resolved, facts=facts, rows=tripled), np.concatenate([copy + luck for copy in range(3)]))
    gap = number(looked(busy.look(asked, told)).rows[-1][1][0])
    assert (gap.value, gap.low, gap.high) == pytest.approx((0, 0, 0), abs=2e-3)


def test_months_of_a_trial_are_busy_by_the_contacts_in_them(comparison: Comparison[Trials]) -> None:
    load = busy.load_of(comparison.facts, comparison.rows)
    contacts = comparison.facts.contacts
    at = int(comparison.rows.month[0])
    of_month = np.asarray(contacts.column("month")) == at
    assert load[0] == pytest.approx(np.asarray(contacts.column("load").to_numpy())[of_month].mean())


def test_thirds_that_are_not_there_or_hold_too_few_are_not_made_up(comparison: Comparison[Trials], resolved: Comparison[Handled]) -> None:
    n = resolved.facts.contacts.num_rows
    assert busy.look(with_load(resolved, np.ones(n)), told) == Absent(say("doubt.busy_unknown"))
    assert busy.look(with_load(resolved, np.full(n, np.nan)), told) == Absent(say("doubt.busy_unknown"))
    few = replace(comparison, rows=replace(comparison.rows, churned=np.arange(comparison.rows.rows) % 700 == 0))
    found = looked(busy.look(few, told))
    assert found.sentence == say("doubt.busy_few", needed="10")
    assert isinstance(found.rows[-1][1][0], Absent)


def test_a_negative_control_is_absent_without_a_field_and_rings_where_groups_differ(comparison: Comparison[Trials], resolved: Comparison[Handled]) -> None:
    assert negative_control.look(resolved, told) == Absent(say("check.no_negative_control"))
    treated = comparison.rows.treated
    late = (np.random.default_rng(1).random(len(treated)) < np.where(treated, 0.2, 0.05)).astype(float)
    found = looked(negative_control.look(replace(comparison, rows=replace(comparison.rows, late_payment=late)), told))
    assert found.sentence == say("check.negative_control_rings")
    assert number(found.rows[0][1][0]).value == pytest.approx(0.15, abs=0.03)


def test_a_comparison_made_again_is_the_one_of_the_answer(world: Simulated, comparison: Comparison[Trials]) -> None:
    effects = supported.analyse_supported(world.facts, Design(), 6).effects | inside.analyse_inside(world.facts, Design(), 6, "fast_reply").effects
    assert closest.answer(comparison) == effects["supported.churn_6m"].result
    fast = fitted_again(world.facts, Design(), "fast_reply.churn_6m")
    assert not isinstance(fast, Absent)
    assert closest.answer(fast).value == number(effects["fast_reply.churn_6m"].result).value


def test_a_refused_answer_has_nothing_to_doubt_and_an_unknown_one_is_named(tmp_path: Path, world: Simulated) -> None:
    small = simulated(tmp_path, SimulationKnobs(customers=80, seed=2))
    assert fitted_again(small.facts, Design(), "supported.churn_6m") == Absent(say("doubt.refused"))
    for key in ("supported.revenue_6m", "nothing.churn_6m", "supported.churn"):
        with pytest.raises(DesignRefused, match=key):
            fitted_again(world.facts, Design(), key)


def test_what_is_hidden_is_held_against_twins_and_against_what_is_open(comparison: Comparison[Trials]) -> None:
    """Beside the E-value: Rosenbaum's bound of the pairs, and the robustness value at the estimate and at the limit."""
    details = supported.analyse_supported(comparison.facts, Design(), 6).effects["supported.churn_6m"].details
    gamma, value, limit = (number(details[name]) for name in ("rosenbaum", "robustness", "robustness_limit"))
    assert gamma.value > 1
    assert 0 < limit.value < value.value < 0.2
    made, left = comparison.fitted.pairs, comparison.rows.churned
    assert f"{int((left[made[:, 0]] & ~left[made[:, 1]]).sum()):,}" in gamma.method
