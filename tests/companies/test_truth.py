"""Planted truth: exact where it can be counted, found by the right analysis and missed by the wrong one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from roi_core.companies import truth
from roi_core.companies.generated import generate
from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.month import Do
from roi_core.companies.process import Panel, simulate
from tests.companies.trials import adjusted, effect

SEEDS = range(1, 7)
WORKING = SimulationKnobs(customers=8_000, months=18, effect=1.0, confounding=1.4)


@pytest.fixture(scope="module")
def working() -> Sequence[Panel]:
    return [simulate(replace(WORKING, seed=seed)) for seed in SEEDS]


@pytest.fixture(scope="module")
def null() -> Sequence[Panel]:
    return [simulate(replace(WORKING, seed=seed, effect=0.0)) for seed in SEEDS]


def hits(panels: Sequence[Panel], estimates: Sequence[tuple[float, float]]) -> int:
    return sum(abs(value - effect(panel)) <= 2 * se for panel, (value, se) in zip(panels, estimates, strict=True))


def test_without_an_effect_every_difference_is_nothing(null: Sequence[Panel]):
    rows = truth.episodes(null[0])
    assert len(rows.churn) > 10_000
    assert not rows.churn.any()
    assert not rows.revenue.any()
    assert not truth.first_contact_resolution(null[0]).churn.any()
    assert not truth.fast_reply(null[0]).churn.any()
    assert truth.all_or_nothing_revenue(null[0]) == 0


def test_support_that_works_keeps_customers_and_revenue(working: Sequence[Panel]):
    rows = truth.episodes(working[0])
    assert (rows.churn <= 0).mean() > 0.95
    assert rows.revenue[rows.treated].mean() > 0
    assert truth.first_contact_resolution(working[0]).ato < truth.fast_reply(working[0]).ato < 0


def test_eligibility_is_the_one_of_the_method(working: Sequence[Panel]):
    panel, rows = working[0], truth.episodes(working[0])
    assert (rows.month.min(), rows.month.max()) == (3, 11)
    assert panel.alive[rows.month, rows.customer].all()
    assert not np.stack([panel.contact[rows.month - back, rows.customer] for back in (1, 2, 3)]).any()
    assert (rows.month - panel.world.customers.started[rows.customer] >= 1).all()
    assert np.array_equal(rows.treated, panel.contact[rows.month, rows.customer])


def test_a_contact_changes_risk_within_the_month_and_after(working: Sequence[Panel]):
    panel = working[0]
    rows = np.flatnonzero(panel.contact[8] & (panel.path.problem[8] > 0))
    made, not_made = (truth.rerun(panel, 8, rows, Do(contact=c), 6).churn_chance for c in (True, False))
    assert (made[0] <= not_made[0]).all()
    assert made[5].mean() < not_made[5].mean()


def test_expected_and_realised_differences_agree(working: Sequence[Panel]):
    """The die that decides who leaves is thrown 200 times again for the treated of one month."""
    panel, month = working[0], 8
    rows = np.flatnonzero(truth.eligible(panel)[month] & panel.contact[month])
    chances = [truth.rerun(panel, month, rows, Do(contact=c), 6) for c in (True, False)]
    dice = np.random.default_rng(3).random((200, 6, len(rows)))
    realised = np.mean((dice < chances[0].churn_chance).any(axis=1)) - np.mean((dice < chances[1].churn_chance).any(axis=1))
    expected = (chances[1].survival[-1] - chances[0].survival[-1]).mean()
    assert realised == pytest.approx(expected, abs=0.004)


def test_right_analysis_finds_the_truth_and_unadjusted_does_not(working: Sequence[Panel], null: Sequence[Panel]):
    for panels in (working, null):
        right = [adjusted(panel) for panel in panels]
        wrong = [(truth.unadjusted_trials(panel, truth.episodes(panel)), se) for panel, (_, se) in zip(panels, right, strict=True)]
        assert hits(panels, right) >= 5
        assert hits(panels, wrong) <= 1


def test_signs_of_the_wrong_ways_under_no_effect():
    """Method evidence, S1: ever against never flatters by 10 points, unadjusted trials blame support by 1.6."""
    null = [simulate(replace(WORKING, seed=seed, effect=0.0, confounding=1.0)) for seed in SEEDS]
    assert np.mean([truth.spreadsheet(panel) for panel in null]) == pytest.approx(-0.10, abs=0.03)
    assert np.mean([truth.unadjusted_trials(panel, truth.episodes(panel)) for panel in null]) == pytest.approx(0.016, abs=0.01)
    assert all(truth.whole_file_spreadsheet(panel) < truth.spreadsheet(panel) for panel in null)


def test_hidden_severity_makes_support_look_worse():
    """Method evidence, S4: no adjustment sees what the files do not show."""
    hidden = [simulate(replace(WORKING, seed=seed, effect=0.0, confounding=2.0, hidden=0.5)) for seed in SEEDS]
    assert np.mean([adjusted(panel)[0] for panel in hidden]) > 0.02


def test_covariates_one_month_old_make_support_look_worse():
    stale = [simulate(replace(WORKING, seed=seed, effect=0.0, confounding=2.0, stale_snapshots=True)) for seed in SEEDS]
    assert np.mean([adjusted(panel)[0] for panel in stale]) > 0.01


def test_truth_of_a_company_says_what_it_means():
    found = generate("saas", customers=600).truth
    keys = (
        "episode_effect_att", "episode_effect_ato", "episode_margin_att", "episode_revenue_att", "eligible_episodes", "all_or_nothing_margin_12m",
        "first_contact_resolution_effect", "fast_reply_effect", "spreadsheet", "knobs", "trial_months",
    )  # fmt: skip
    assert set(keys) <= set(found)
    assert found["all_or_nothing_note"] == "not estimable from exports"
    assert found["episode_margin_att"] == pytest.approx(found["gross_margin"] * found["episode_revenue_att"], rel=1e-6)
    assert found["knobs"]["last_month"] == "2025-12"


def test_few_customers_leave_holes_in_the_truth_and_no_crash():
    assert generate("saas", customers=2, months=10).truth["eligible_rows"] >= 0
