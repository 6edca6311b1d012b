"""Labels without a date that were changed on leaving: told apart once, with the facts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import build_handled
from roi_core.cohorts.quality import fast_reply
from roi_core.cohorts.trials import build_trials
from roi_core.companies.knobs import SimulationKnobs
from roi_core.spine import Facts, build_facts
from tests.simulated import simulated
from tests.typed_tables import times, write_part

CUSTOMERS, LEAVERS = 200, 40


def facts(folder: Path, segment: Sequence[str], plan: Sequence[str], *, subscriptions: bool = False) -> Facts:
    """200 customers, of whom the first 40 left."""
    ids = [f"c{i}" for i in range(CUSTOMERS)]
    started = times(*["2024-01-01"] * CUSTOMERS)
    ended = times(*["2024-11-15"] * LEAVERS, *[None] * (CUSTOMERS - LEAVERS))
    people = {"customer_id": ids, "segment": segment, "plan": plan, "started_at": started, "churned_at": ended}
    bills = {"invoice_id": ["last"], "customer_id": ids[-1:], "issued_at": times("2025-12-31"), "amount": [1.0], "currency": ["usd"]}
    tables = {"customers": write_part(folder, "customers", people), "invoices": write_part(folder, "invoices", bills)}
    if subscriptions:
        rates = {"subscription_id": ids, "customer_id": ids, "started_at": started, "ended_at": ended, "plan": plan, "mrr": [1.0] * CUSTOMERS}
        tables["subscriptions"] = write_part(folder, "subscriptions", rates)
    return build_facts(tables)


def parted(leavers: str, others: str) -> list[str]:
    return [leavers] * LEAVERS + [others] * (CUSTOMERS - LEAVERS)


MIXED = ["small", "large"] * (CUSTOMERS // 2)


def test_a_label_set_on_leaving_is_told_apart_from_one_that_is_not(tmp_path: Path) -> None:
    assert facts(tmp_path, parted("former", "small"), MIXED).telling_labels == ("segment",)


@pytest.mark.parametrize(("subscriptions", "telling"), [(False, ("plan",)), (True, ())])
def test_a_plan_has_a_date_of_its_own_where_subscriptions_are_known(tmp_path: Path, subscriptions: bool, telling: tuple[str, ...]) -> None:
    assert facts(tmp_path, MIXED, parted("cancelled", "basic"), subscriptions=subscriptions).telling_labels == telling


@pytest.mark.parametrize(("rows", "telling"), [(19, ()), (20, ("segment",))])
def test_a_level_of_fewer_than_20_customers_says_nothing(tmp_path: Path, rows: int, telling: tuple[str, ...]) -> None:
    segment = ["former"] * rows + MIXED[rows:]
    assert facts(tmp_path, segment, MIXED).telling_labels == telling


def test_every_comparison_leaves_out_what_the_facts_name(tmp_path: Path) -> None:
    found = simulated(tmp_path, SimulationKnobs(customers=2_000, seed=11)).facts
    assert found.telling_labels == ()
    named = replace(found, telling_labels=("industry",))
    quality = fast_reply(found)
    for before, after in (
        (build_trials(found, Design(), 6), build_trials(named, Design(), 6)),
        (build_handled(found, quality, 6), build_handled(named, quality, 6)),
    ):
        assert "industry" in before.covariates.groups
        assert "industry" not in after.covariates.groups
        assert after.telling_labels == ("industry",)
