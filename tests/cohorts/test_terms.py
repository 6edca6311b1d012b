"""Contracts that come due after a month, counted by hand."""

import numpy as np
import pytest

from roi_core.cohorts import terms
from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import build_trials
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

JAN = 2025 * 12


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Ada renews in September for less, Bo does not in October, Cy's contract of October says neither, Di's ends in the month of the trial."""
    tables: dict[str, dict[str, object]] = {
        "customers": {"customer_id": ["ada", "bo", "cy", "di"], "started_at": times("2024-10-01", "2024-11-01", "2024-11-02", "2024-12-01")},
        "contracts": {
            "contract_id": ["k1", "k2", "k3", "k4", "k5"],
            "customer_id": ["ada", "ada", "bo", "cy", "di"],
            "started_at": times("2024-10-01", "2025-10-01", "2024-11-01", "2024-11-02", "2024-12-01"),
            "ends_at": times("2025-09-30", "2026-09-30", "2025-10-31", "2025-10-31", "2025-06-30"),
            "renewed": [True, None, False, None, True],
            "value": [1200.0, 900.0, 600.0, 50.0, 70.0],
            "currency": ["eur"] * 5,
        },
        "tickets": {
            "ticket_id": ["t1", "t2", "t3"],
            "customer_id": ["cy", "ada", "bo"],
            "created_at": times("2025-01-15", "2025-06-10", "2026-01-31"),
        },
    }
    folder = tmp_path_factory.mktemp("facts")
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def test_services_are_told_by_their_files(facts: Facts) -> None:
    assert facts.is_services
    assert (facts.outcome, facts.words) == ("not_renewed", "services")
    assert not facts.is_shop


def test_the_contract_that_comes_due_is_the_one_that_runs_and_ends_after_the_month(facts: Facts) -> None:
    """From June: Ada's of September and Bo's of October; Cy's is not known, Di's ends with June itself and the next is not in the files."""
    everybody, june = np.arange(4), np.full(4, JAN + 5)
    assert terms.due_after(facts, everybody, june, 6).tolist() == [0, 2, -1, -1]
    assert terms.due_after(facts, everybody, june, 3).tolist() == [0, -1, -1, -1]
    assert terms.due_after(facts, everybody, june - 1, 6).tolist() == [0, 2, -1, 4]


def test_a_contract_that_begins_with_the_month_does_not_run_since_before_it(facts: Facts) -> None:
    assert terms.due_after(facts, np.array([3]), np.array([2024 * 12 + 11]), 6).tolist() == [-1]
    assert terms.due_after(facts, np.array([3]), np.array([JAN]), 6).tolist() == [4]


def test_who_renews_goes_on_and_who_does_not_ends_with_the_month_of_the_due_date(facts: Facts) -> None:
    two, june = np.array([0, 1]), np.full(2, JAN + 5)
    assert terms.goes_on(facts, two, june, 6).tolist() == [[1] * 6, [1, 1, 1, 0, 0, 0]]
    assert terms.value_by(facts, two, june, 6).tolist() == [[0, 0, 900, 0, 0, 0], [0] * 6]


def test_trials_hold_only_months_before_a_renewal(facts: Facts) -> None:
    trials = build_trials(facts, Design(), 6)
    rows = sorted(zip(trials.customer.tolist(), trials.month.tolist(), trials.treated.tolist(), trials.churned.tolist(), strict=True))
    june = [row for row in rows if row[1] == JAN + 5]
    assert june == [(0, JAN + 5, True, False), (1, JAN + 5, False, True)]
    assert not [row for row in rows if row[0] == 2]
    assert max(month for customer, month, _, _ in rows if customer == 3) == JAN + 4
