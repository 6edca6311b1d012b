"""Early help in companies where an early contact, made by lot, brings about an upgrade that keeps people: the upgrade is part of what it does."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import exp
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.early import Early, build_early
from roi_core.effects.beside.early import early
from roi_core.results import Estimate
from roi_core.spine import Facts, build_facts
from tests.typed_tables import write_part

WROTE, UPGRADED, LEAVING = 0.45, (0.15, 0.7), (0.12, 0.03)
"""Chances of writing on day 2, and of the large plan for who did not write and who did; chances of leaving in each month after day 30, on the small plan and
on the large one."""
MONTH_DAYS, FOLLOWED_DAYS = 30.4, 184
Span = tuple[str, str, datetime, datetime | None, float]


def planted() -> float:
    """Leaving of those who wrote less that of the others within six months after day 30, in expectation."""
    small, large = (1 - exp(-rate * (FOLLOWED_DAYS - 1) / MONTH_DAYS) for rate in LEAVING)
    return (UPGRADED[1] - UPGRADED[0]) * (large - small)


def spans_and_contacts(customers: int, upgrade_day: int) -> tuple[list[Span], list[tuple[str, datetime]]]:
    """Each begins on the small plan in 2024; who moves up does so on `upgrade_day` after the start. Later contacts come by lot."""
    luck, seen_until = np.random.default_rng(1), datetime(2025, 12, 28)
    spans: list[Span] = [("old", "Small", datetime(2020, 1, 1), None, 10.0)]
    contacts = [("old", datetime(2024, 1, 1)), ("old", datetime(2025, 12, 30))]
    for name in (f"c{i}" for i in range(customers)):
        start = datetime(2024, 1, 6) + timedelta(days=int(luck.integers(0, 330)))
        wrote = luck.random() < WROTE
        moves = luck.random() < UPGRADED[int(wrote)]
        end = start + timedelta(days=31 + MONTH_DAYS * float(luck.exponential(1 / LEAVING[int(moves)])))
        moved, last = start + timedelta(days=upgrade_day), end if end < seen_until else None
        if moves and end > moved:
            spans += [(name, "Small", start, moved, 10.0), (name, "Large", moved, last, 30.0)]
        else:
            spans.append((name, "Small", start, last, 10.0))
        contacts += [(name, start + timedelta(days=2))] * wrote
        later = [start + timedelta(days=float(day)) for day in luck.uniform(35, 300, luck.poisson(0.35))]
        contacts += [(name, at) for at in later if at < min(end, seen_until)]
    return spans, contacts


def world(folder: Path, customers: int, upgrade_day: int) -> Facts:
    spans, contacts = spans_and_contacts(customers, upgrade_day)
    who, plan, begins, ends, rate = map(list, zip(*spans, strict=True))
    asked, at = map(list, zip(*contacts, strict=True))
    subscriptions = {"subscription_id": [f"s{i}" for i in range(len(who))], "customer_id": who, "plan": plan, "started_at": begins, "ended_at": ends}
    tables = {
        "subscriptions": {**subscriptions, "mrr": rate, "currency": ["usd"] * len(who), "interval": ["month"] * len(who)},
        "tickets": {"ticket_id": [f"t{i}" for i in range(len(asked))], "customer_id": asked, "created_at": at, "category": ["x"] * len(asked)},
        "invoices": {"invoice_id": ["last"], "customer_id": ["old"], "issued_at": [datetime(2025, 12, 31)], "amount": [10.0], "currency": ["usd"]},
    }
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


@pytest.mark.parametrize("upgrade_day", [4, 200])
def test_an_upgrade_that_an_early_contact_brings_about_is_part_of_its_effect(upgrade_day: int, tmp_path: Path) -> None:
    """Both companies leave alike; in the first the upgrade is there at the first start of a month, in the second it comes after the comparison."""
    result = early(world(tmp_path, 2_500, upgrade_day), Design(), "early").result
    assert isinstance(result, Estimate)
    assert result.low is not None
    assert result.high is not None
    assert result.low < planted() < result.high
    assert result.high < -0.12, "with the plan after the upgrade taken into account 4.6 points of 19 were seen (0.4 to 8.8)"


def test_plan_and_rate_are_those_of_the_first_day(tmp_path: Path) -> None:
    facts = world(tmp_path, 300, 4)
    assert known_at_start(facts) == {"quarter"}, "all of them began on the small plan at one rate"
    unlike = np.arange(facts.spine.num_rows) % 2
    for name, values in (("started_plan", np.where(unlike, "Large", "Small")), ("started_mrr", np.where(unlike, 30.0, 10.0))):
        place = facts.spine.schema.get_field_index(name)
        facts = replace(facts, spine=facts.spine.set_column(place, name, pa.array(values)))
    assert known_at_start(facts) == {"plan", "log monthly revenue", "quarter"}
    assert known_at_start(replace(facts, telling_labels=("plan",))) == {"log monthly revenue", "quarter"}, "an undated plan that tells who left"


def known_at_start(facts: Facts) -> set[str]:
    found = build_early(facts, 6)
    assert isinstance(found, Early)
    assert found.treated.any()
    return set(found.covariates.groups)
