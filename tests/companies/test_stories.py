"""What a reader is promised to discover in each sample company, in the truth that it was planted with."""

import numpy as np
import pytest

from roi_core.companies import truth
from roi_core.companies.generated import Generated, generate
from roi_core.companies.knobs import CATEGORIES
from roi_core.companies.month import Do


@pytest.fixture(scope="module")
def harbour() -> Generated:
    return generate("harbour-desk")


@pytest.fixture(scope="module")
def large() -> Generated:
    return generate("harbour-desk", customers=10_000)


def test_harbour_desk_spreadsheet_is_about_three_times_the_truth(harbour: Generated):
    assert harbour.truth["spreadsheet"] == pytest.approx(-0.105, abs=0.01)
    assert 2.5 < harbour.truth["spreadsheet"] / harbour.truth["episode_effect_ato"] < 4.2


def test_harbour_desk_top_plan_gains_most(large: Generated):
    rows = truth.episodes(large.panel)
    plan = large.panel.world.customers.plan[rows.customer]
    relative = [rows.churn[plan == p].mean() / _risk(large, rows, plan == p) for p in range(3)]
    assert relative[2] < relative[1] < relative[0] < 0


def test_harbour_desk_billing_questions_are_the_lever(large: Generated):
    """Least often resolved at once, and resolving one keeps most customers."""
    path, contact = large.panel.path, large.panel.contact
    resolved = [path.resolved[contact & (path.category == c) & (path.problem == 0)].mean() for c in range(len(CATEGORIES))]
    assert int(np.argmin(resolved)) == CATEGORIES.index("Billing question")
    month = 9
    gains = []
    for c in range(len(CATEGORIES)):
        rows = np.flatnonzero(contact[month] & (path.category[month] == c))
        good, bad = (truth.rerun(large.panel, month, rows, Do(resolved=r), 6).survival[-1].mean() for r in (True, False))
        gains.append((good - bad) / (1 - bad))
    assert int(np.argmax(gains)) == CATEGORIES.index("Billing question")


def test_harbour_desk_export_failures_spike_in_march(harbour: Generated):
    panel = harbour.panel
    failures = (panel.contact & (panel.path.category == CATEGORIES.index("Export fails"))).sum(axis=1)
    march = 2025 * 12 + 2 - panel.knobs.first_month
    assert failures[march] == failures.max()
    assert failures[march] > 2 * np.median(failures)


def test_still_water_has_the_same_lovely_spreadsheet_and_no_effect():
    still = generate("still-water").truth
    assert still["spreadsheet"] == pytest.approx(-0.105, abs=0.015)
    assert still["episode_effect_att"] == still["episode_effect_ato"] == still["episode_margin_att"] == 0


def test_fogbank_support_looks_harmful_and_is_not():
    fogbank = generate("fogbank").truth
    assert fogbank["unadjusted_trials"] > 0.02
    assert fogbank["episode_effect_ato"] < -0.02
    assert fogbank["first_contact_resolution_effect"] < -0.02


def test_harbour_desk_without_effect_keeps_its_customers_names_and_contacts_alike(harbour: Generated):
    twin = generate("harbour-desk", effect=0)
    assert np.array_equal(twin.panel.world.customers.mrr, harbour.panel.world.customers.mrr)
    assert twin.truth["episode_effect_ato"] == 0
    assert twin.truth["spreadsheet"] < -0.06


def _risk(generated: Generated, rows: truth.Episodes, keep: np.ndarray) -> float:
    left = ~generated.panel.alive[rows.month + truth.HORIZON, rows.customer]
    return float(left[keep & ~rows.treated].mean())
