"""Early help: new customers told apart in their own first 30 days, counted by hand."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.early import Early, build_early
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

STARTS = {
    "old": ("2024-06-01", None),
    "early": ("2025-02-10", None),
    "last_day": ("2025-02-10", "2025-06-01"),
    "day_30": ("2025-02-10", None),
    "silent": ("2025-02-10", "2025-09-12"),
    "lost": ("2025-02-10", "2025-09-13"),
    "gone": ("2025-02-10", "2025-03-01"),
    "wrote_and_went": ("2025-02-10", "2025-03-12"),
    "asked": ("2025-02-10", None),
    "wrote_and_asked": ("2025-02-10", "2025-04-01"),
    "failed": ("2025-02-10", "2025-05-01"),
    "too_new": ("2025-06-02", None),
}
WROTE = [
    ("old", "2025-01-05", False),
    ("early", "2025-02-12", False),
    ("early", "2025-02-20", False),
    ("last_day", "2025-03-11 23:59", False),
    ("day_30", "2025-03-12", False),
    ("wrote_and_went", "2025-02-11", False),
    ("asked", "2025-02-20", True),
    ("wrote_and_asked", "2025-02-20", False),
    ("wrote_and_asked", "2025-03-01", True),
    ("old", "2025-12-31", False),
]
"""Day 30 of those who began on 10 February is 12 March, and six months later 12 September."""


def tables(usage: Mapping[str, float] | None = None) -> dict[str, dict[str, object]]:
    names, n = list(STARTS), len(STARTS)
    found: dict[str, dict[str, object]] = {
        "subscriptions": {
            "subscription_id": names,
            "customer_id": names,
            "started_at": times(*(start for start, _ in STARTS.values())),
            "ended_at": times(*(end for _, end in STARTS.values())),
            "cancel_reason": ["payment_failed" if name == "failed" else None for name in names],
            "mrr": [10.0 + i for i in range(n)],
            "currency": ["usd"] * n,
            "interval": ["month"] * n,
            "plan": ["a"] * n,
        },
        "tickets": {
            "ticket_id": [f"t{i}" for i in range(len(WROTE))],
            "customer_id": [who for who, _, _ in WROTE],
            "created_at": times(*(at for _, at, _ in WROTE)),
            "asks_to_cancel": [cancels for _, _, cancels in WROTE],
        },
        "invoices": {"invoice_id": ["last"], "customer_id": ["old"], "issued_at": times("2025-12-31"), "amount": [10.0], "currency": ["usd"]},
    }
    if usage:
        of, days = zip(*((name, day) for name in names for day in usage), strict=True)
        found["usage"] = {"customer_id": list(of), "as_of": times(*days), "usage": [usage[day] + names.index(name) for name, day in zip(of, days, strict=True)]}
    return found


def built(folder: Path, written: Mapping[str, Mapping[str, object]]) -> Facts:
    return build_facts({name: write_part(folder, name, dict(columns)) for name, columns in written.items()})


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return built(tmp_path_factory.mktemp("early"), tables())


def compared(facts: Facts, horizon: int = 6) -> Early:
    found = build_early(facts, horizon)
    assert isinstance(found, Early)
    return found


def named(facts: Facts, found: Early) -> list[str]:
    """Customers are numbered by their start, and those of one day by their row."""
    order = sorted(STARTS, key=lambda name: (STARTS[name][0], list(STARTS).index(name)))
    assert facts.spine.num_rows == len(order)
    return [order[number] for number in found.customer]


def test_helped_is_a_contact_within_the_own_first_30_days(facts: Facts) -> None:
    found = compared(facts)
    assert dict(zip(named(facts, found), found.treated.tolist(), strict=True)) == {
        "early": True,
        "last_day": True,
        "day_30": False,
        "silent": False,
        "lost": False,
        "failed": False,
    }
    assert found.contacts.tolist() == [2, 1, 0, 0, 0, 0]


def test_who_left_or_asked_to_cancel_before_day_30_is_set_aside_in_both_groups_and_counted(facts: Facts) -> None:
    found = compared(facts)
    assert (found.wrote_before, found.silent_before) == (2, 2)
    assert found.contact_share == 4 / 10


def test_both_are_followed_from_day_30_on(facts: Facts) -> None:
    found = compared(facts)
    left = dict(zip(named(facts, found), found.churned.tolist(), strict=True))
    assert left == {"early": False, "last_day": True, "day_30": False, "silent": True, "lost": False, "failed": False}, "a failed payment is no choice"
    assert "too_new" in named(facts, compared(facts, 3))


def test_the_first_contact_of_all_files_and_the_last_whole_month_of_them_bound_who_is_new(facts: Facts) -> None:
    assert "old" not in named(facts, compared(facts, 1)), "began before contacts were recorded"
    last = replace(facts, last_contact_month=2025 * 12 + 1)
    assert isinstance(build_early(last, 6), Absent), "day 30 of those who began in February lies in March, which the tickets do not cover"


def test_whose_first_bill_may_be_one_of_many_is_no_new_customer(facts: Facts) -> None:
    """The files tell of 2025 from January on: a first bill in February may be that of a customer of years."""
    place = facts.spine.schema.get_field_index("start_inferred")
    spine = facts.spine.set_column(place, "start_inferred", pa.array([1] * facts.spine.num_rows, pa.int64()))
    assert isinstance(build_early(replace(facts, spine=spine), 6), Absent)


def test_usage_counts_where_it_lies_before_the_contact_and_never_after(tmp_path: Path) -> None:
    """The snapshot of 28 February comes before the contact of 11 March, and after that of 12 February."""
    first, later = ({"2025-02-28": 5.0, "2025-03-05": worth, "2025-03-31": worth} for worth in (7.0, 900.0))
    here, there = (compared(built(tmp_path / name, tables(usage))) for name, usage in (("a", first), ("b", later)))
    place = here.covariates.names.index("usage")
    known = here.covariates.matrix[:, here.covariates.names.index("usage (missing)")] == 0
    assert known.tolist()[:2] == [False, True]
    assert here.asked_s[2:].min() >= np.datetime64("2025-02-10").astype("datetime64[s]").astype(np.int64)
    silent = known.copy()
    silent[:2] = False
    assert (here.covariates.matrix[silent, place] == there.covariates.matrix[silent, place]).all(), "5 March is newer than the start of the month"
    assert here.covariates.matrix[1, place] != there.covariates.matrix[1, place], "5 March lies before the contact of 11 March"


def test_who_did_not_write_is_asked_about_within_the_30_days(facts: Facts) -> None:
    found = compared(facts)
    days = (found.asked_s - facts.spine.column("started_s").to_numpy()[found.customer]) / 86_400
    assert days[:2].round(2).tolist() == [2.0, 30.0]
    assert set(days[2:].round(2)) <= {2.0, 30.0}, "as long after the start as somebody who wrote, who began on the same day"


def test_without_contacts_or_new_customers_the_reason_is_said(facts: Facts) -> None:
    empty = replace(facts, contacts=facts.contacts.slice(0, 0))
    assert build_early(empty, 6) == Absent(say("beside.no_contacts"), say("next.links"))
    assert build_early(facts, 24) == Absent(say("beside.no_starts", months="24"), say("beside.next_starts"))
    everybody = facts.spine.set_column(facts.spine.schema.get_field_index("churned_s"), "churned_s", facts.spine.column("started_s"))
    assert build_early(replace(facts, spine=everybody), 6) == Absent(say("beside.no_starts", months="6"), say("beside.next_starts"))


def test_nobody_who_wrote_leaves_one_group(facts: Facts) -> None:
    rest = facts.contacts.filter(pa.array([who == "old" for who, _, _ in sorted(WROTE, key=lambda row: row[1])]))
    assert not compared(replace(facts, contacts=rest)).treated.any()
