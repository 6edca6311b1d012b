"""The monthly process: its luck is fixed, its rates are those of the design study, its clock is the one of the method."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.month import Do
from roi_core.companies.process import Panel, run, simulate
from roi_core.companies.truth import rerun

SMALL = SimulationKnobs(customers=300, months=12, seed=5)


@pytest.fixture(scope="module")
def usual() -> Panel:
    return simulate(SimulationKnobs(customers=20_000, months=18, seed=1))


def test_same_knobs_same_company():
    one, other = simulate(SMALL), simulate(SMALL)
    assert np.array_equal(one.alive, other.alive)
    assert np.array_equal(one.usage, other.usage)


@given(seed=st.integers(0, 10_000), month=st.integers(0, 11))
def test_running_again_without_intervention_changes_nothing(seed: int, month: int):
    panel = simulate(replace(SMALL, seed=seed))
    rows = np.flatnonzero(panel.world.customers.active_from <= month)
    again = rerun(panel, month, rows, Do(), panel.knobs.months - month)
    assert np.array_equal(again.contact, panel.path.contact[month:, rows])
    assert np.array_equal(again.churn_chance, panel.path.churn_chance[month:, rows])


@given(seed=st.integers(0, 10_000), month=st.integers(0, 11))
def test_forcing_what_happened_anyway_changes_nothing(seed: int, month: int):
    panel = simulate(replace(SMALL, seed=seed))
    wrote = np.flatnonzero(panel.contact[month])
    again = rerun(panel, month, wrote, Do(contact=True), panel.knobs.months - month)
    assert np.array_equal(again.churn_chance, panel.path.churn_chance[month:, wrote])


def test_an_intervention_leaves_the_past_of_its_month_alone():
    panel = simulate(SMALL)
    everybody = np.arange(SMALL.customers)
    forced = rerun(panel, 6, everybody, Do(contact=True), 6)
    assert np.array_equal(forced.problem[0], panel.path.problem[6])
    assert np.array_equal(forced.usage[0], panel.path.usage[6])
    assert not np.array_equal(forced.churn_chance[0], panel.path.churn_chance[6])


def test_only_effect_changes_between_a_company_and_its_twin_without_effect():
    works, nothing = simulate(SMALL), simulate(replace(SMALL, effect=0.0))
    assert np.array_equal(works.world.customers.mrr, nothing.world.customers.mrr)
    assert np.array_equal(works.path.problem[0], nothing.path.problem[0])
    assert works.path.churn_chance[0].sum() < nothing.path.churn_chance[0].sum()


def test_rates_are_those_of_the_design_study(usual: Panel):
    """Method evidence, section 1: contact about 12 % a month, 8 / 21 / 45 % by severity; churn 3.3 %; FCR 59 %; half fast."""
    there = usual.alive[:-1]
    by_severity = [usual.contact[there & (usual.path.problem == s)].mean() for s in range(3)]
    assert usual.contact.sum() / there.sum() == pytest.approx(0.12, abs=0.01)
    assert by_severity == pytest.approx([0.08, 0.21, 0.45], abs=0.02)
    assert usual.leaves.sum() / there.sum() == pytest.approx(0.033, abs=0.004)
    assert usual.path.resolved[usual.contact].mean() == pytest.approx(0.59, abs=0.03)
    assert usual.path.fast[usual.contact].mean() == pytest.approx(0.5, abs=0.03)


def test_who_left_never_comes_back(usual: Panel):
    left = np.maximum.accumulate(usual.leaves, axis=0)
    assert not (usual.alive[1:] & left).any()
    assert not usual.contact[~usual.alive[:-1]].any()


def test_snapshot_holds_the_problem_that_the_month_can_report(usual: Panel):
    assert np.array_equal(usual.health, usual.path.problem.astype(float))
    assert np.array_equal(usual.usage, usual.path.usage)


def test_a_stale_snapshot_misses_problems_of_its_month():
    stale = simulate(replace(SMALL, stale_snapshots=True))
    arrived = (stale.path.problem[1:] > 0) & (stale.path.problem_after[:-1] == 0)
    assert arrived.any()
    assert (stale.health[1:][arrived] == 0).all()


def test_hidden_severity_blurs_the_health_score():
    seen = [np.corrcoef(p.health.ravel(), p.path.problem.ravel())[0, 1] for p in (simulate(replace(SMALL, hidden=h)) for h in (0.0, 0.5, 1.0))]
    assert seen[0] == pytest.approx(1.0)
    assert seen[0] > seen[1] > abs(seen[2]) + 0.1
    assert abs(seen[2]) < 0.1


def test_a_run_from_the_start_is_the_company():
    panel = simulate(SMALL)
    assert np.array_equal(run(panel.world, panel.start).churn_chance, panel.path.churn_chance)
