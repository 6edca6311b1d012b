"""A randomised test of a company on contracts, counted by hand: who has a contract that comes due, and who has none."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts import terms
from roi_core.cohorts.assigned import Assigned, build_assigned
from roi_core.cohorts.design import Design
from roi_core.cohorts.drawn import listed_tests
from roi_core.effects.tested import analyse_tests
from roi_core.results import Absent
from roi_core.sentences import speaking
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

JUNE = 2025 * 12 + 5


def facts_of(folder: Path, *, zed_renewed: bool, due: bool = True) -> Facts:
    """Drawn on 10 June: Ada renews in September for 900, Bo does not in October, Cy's contract ends after the files. Zed is in no test; his is the last."""
    year = "2025" if due else "2027"
    tables: dict[str, dict[str, object]] = {
        "customers": {"customer_id": ["ada", "bo", "cy", "zed"], "started_at": times("2024-10-01", "2024-11-01", "2024-11-02", "2024-12-01")},
        "contracts": {
            "contract_id": ["k1", "k2", "k3", "k4", "k5"],
            "customer_id": ["ada", "ada", "bo", "cy", "zed"],
            "started_at": times("2024-10-01", "2025-10-01", "2024-11-01", "2024-11-02", "2024-12-01"),
            "ends_at": times(f"{year}-09-30", f"{year}-12-31", f"{year}-10-31", "2026-12-31", "2025-11-30"),
            "renewed": [True, None, False, None, zed_renewed],
            "value": [1200.0, 900.0, 600.0, 50.0, 70.0],
            "currency": ["usd"] * 5,
        },
        "assignments": {"customer_id": ["ada", "bo", "cy"], "arm": ["treatment", "control", "treatment"], "assigned_at": times(*["2025-06-10"] * 3)},
        "tickets": {"ticket_id": ["t1", "t2"], "customer_id": ["cy", "bo"], "created_at": times("2025-01-15", "2026-01-31")},
    }
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def built(facts: Facts) -> Assigned:
    (test,) = listed_tests(facts)
    return build_assigned(facts, test)


@pytest.mark.parametrize("zed_renewed", [True, False])
def test_who_has_no_contract_that_comes_due_is_set_aside_and_read_from_nobody_else(tmp_path: Path, zed_renewed: bool) -> None:
    found = built(facts_of(tmp_path, zed_renewed=zed_renewed))
    assert (found.horizon, found.customer.tolist(), found.treated.tolist(), found.churned.tolist()) == (6, [0, 1], [True, False], [False, True])
    assert (found.drawn.nothing_due, found.drawn.not_followed) == (1, 0)
    assert found.alive.tolist() == [[1] * 6, [1, 1, 1, 0, 0, 0]]
    assert [(step.title, step.customers) for step in found.funnel][-2:] == [("Drawn early enough", 3), ("Compared", 2)]


def test_what_is_paid_is_the_value_of_the_contract_that_was_renewed(tmp_path: Path) -> None:
    found = built(facts_of(tmp_path, zed_renewed=True))
    assert (found.has_revenue, found.revenue.tolist()) == (True, [[0, 0, 900, 0, 0, 0], [0] * 6])


def test_where_nobody_has_a_contract_that_comes_due_the_test_says_so(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, zed_renewed=True, due=False)
    with speaking(facts.words):
        (found,) = analyse_tests(facts, Design())
    (effect,) = found.effects.values()
    assert isinstance(effect.result, Absent)
    assert "No customer on the list has a contract that comes due within 6 months of the draw" in effect.sentence
    assert "or none of which the files say whether it was renewed: 3." in effect.notes[1]


def test_a_customer_without_a_contract_that_comes_due_is_refused_rather_than_read_from_the_last_one(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, zed_renewed=True)
    for read in (terms.goes_on, terms.value_by):
        with pytest.raises(ValueError, match="1 of 2 rows have no contract that comes due, must be 0"):
            read(facts, np.array([0, 2]), np.full(2, JUNE), 6)
