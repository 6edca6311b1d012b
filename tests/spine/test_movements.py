"""Movements of the monthly revenue say who was a customer when, where no subscription has dates: every level counted by hand."""

from pathlib import Path

import pytest

from tests.spine.worlds import Columns, linked
from tests.typed_tables import times, write_part

TICKETS: Columns = {"ticket_id": ["t"], "created_at": times("2025-07-15")}


def moved(*rows: tuple[str, str, str, float]) -> Columns:
    """Movements as (customer, day, kind, amount)."""
    return {
        "customer_id": [row[0] for row in rows],
        "at": times(*(row[1] for row in rows)),
        "kind": [row[2] for row in rows],
        "amount": [row[3] for row in rows],
        "currency": ["USD"] * len(rows),
    }


def facts_of(folder: Path, **given: Columns) -> tuple[dict[str, tuple[str | None, str | None]], dict[str, list[float | None]]]:
    """First and last day, and monthly revenue from January 2025 on, of every customer who can be followed."""
    facts = linked({name: write_part(folder, name, columns) for name, columns in ({"tickets": TICKETS} | given).items()})
    keys = facts.spine.column("customer_key").to_pylist()
    days = {row["customer_key"]: (row["started_s"] // 86400, row["churned_s"] and row["churned_s"] // 86400) for row in facts.spine.to_pylist()}
    rates: dict[str, list[float | None]] = {key: [] for key in keys}
    for row in facts.person_months.to_pylist():
        if row["month"] >= 2025 * 12:
            rates[keys[row["customer_no"]]].append(row["mrr"])
    return {key: (_day(one), _day(two)) for key, (one, two) in days.items()}, rates


def _day(number: int | None) -> str | None:
    return None if number is None else str(times("1970-01-01")[0].as_py().fromtimestamp(number * 86400).date())


def test_new_expansion_contraction_and_churn(tmp_path: Path) -> None:
    rows = (
        ("a", "2025-01-01", "new", 100.0),
        ("a", "2025-02-10", "expansion", 50.0), ("a", "2025-04-10", "contraction", -30.0), ("a", "2025-06-05", "churn", -120.0),
        ("b", "2025-03-01", "new", 10.0),
    )  # fmt: skip
    days, rates = facts_of(tmp_path, mrr_movements=moved(*rows))
    assert days == {"a": ("2025-01-01", "2025-06-05"), "b": ("2025-03-01", None)}
    assert rates["a"] == [100.0, 100.0, 150.0, 150.0, 120.0, 120.0]
    assert set(rates["b"]) == {10.0}


def test_the_kind_gives_the_sign_and_churn_ends_all(tmp_path: Path) -> None:
    rows = (("a", "2025-01-01", "new", 100.0), ("a", "2025-02-10", "contraction", 40.0), ("a", "2025-04-10", "churn", 60.0))
    days, rates = facts_of(tmp_path, mrr_movements=moved(*rows))
    assert days == {"a": ("2025-01-01", "2025-04-10")}
    assert rates["a"] == [100.0, 100.0, 60.0, 60.0]


def test_who_comes_back_has_not_left(tmp_path: Path) -> None:
    rows = (("a", "2025-01-01", "new", 100.0), ("a", "2025-03-10", "churn", -100.0), ("a", "2025-05-01", "reactivation", 70.0))
    days, rates = facts_of(tmp_path, mrr_movements=moved(*rows))
    assert days == {"a": ("2025-01-01", None)}
    assert rates["a"][:6] == [100.0, 100.0, 100.0, 0.0, 70.0, 70.0]


@pytest.mark.parametrize("backwards", [False, True])
def test_who_ends_and_begins_on_one_day_has_not_left(tmp_path: Path, backwards: bool) -> None:
    """A's plan is switched, b's too, before whom the file begins; c tries it for a day, and comes back for one; d adds to a switch, e ends it.

    F begins, and switches the same day.
    """
    customers: Columns = {"customer_id": ["b"], "started_at": times("2024-01-01")}
    rows = [
        ("a", "2025-01-01", "new", 100.0), ("a", "2025-03-10", "churn", -100.0), ("a", "2025-03-10", "reactivation", 80.0),
        ("b", "2025-02-10", "churn", -50.0), ("b", "2025-02-10", "reactivation", 60.0),
        ("c", "2025-01-01", "new", 5.0), ("c", "2025-01-01", "churn", -5.0),
        ("c", "2025-03-10", "reactivation", 6.0), ("c", "2025-03-10", "churn", -6.0),
        ("d", "2025-01-01", "new", 7.0), ("d", "2025-02-10", "churn", -7.0), ("d", "2025-02-10", "reactivation", 8.0), ("d", "2025-02-10", "expansion", 2.0),
        ("d", "2025-04-10", "expansion", 3.0), ("d", "2025-04-10", "churn", -13.0),
        ("e", "2025-01-01", "new", 9.0), ("e", "2025-02-10", "churn", -9.0), ("e", "2025-02-10", "reactivation", 4.0), ("e", "2025-02-10", "churn", -4.0),
        ("f", "2025-01-01", "new", 20.0), ("f", "2025-01-01", "churn", -20.0), ("f", "2025-01-01", "reactivation", 21.0),
    ]  # fmt: skip
    days, rates = facts_of(tmp_path, customers=customers, mrr_movements=moved(*(reversed(rows) if backwards else rows)))
    assert days == {
        "a": ("2025-01-01", None),
        "b": ("2024-01-01", None),
        "c": ("2025-01-01", "2025-03-10"),
        "d": ("2025-01-01", "2025-04-10"),
        "e": ("2025-01-01", "2025-02-10"),
        "f": ("2025-01-01", None),
    }
    assert rates["a"] == [100.0, 100.0, 100.0, 80.0, 80.0, 80.0]
    assert rates["b"] == [50.0, 50.0, 60.0, 60.0, 60.0, 60.0]
    assert rates["d"] == [7.0, 7.0, 10.0, 10.0]
    assert rates["e"] == [9.0, 9.0]
    assert set(rates["f"]) == {21.0}


def test_a_file_that_begins_late_takes_starts_from_the_customers(tmp_path: Path) -> None:
    """Acme paid 90 before the file; bolt's start is nowhere; cog never moved and paid 5 all the while."""
    customers: Columns = {"customer_id": ["acme", "cog"], "started_at": times("2024-01-01", "2024-02-01"), "mrr": [None, 5.0], "currency": ["USD", "USD"]}
    rows = (("acme", "2025-02-10", "expansion", 10.0), ("acme", "2025-05-10", "churn", -100.0), ("bolt", "2025-03-01", "churn", -7.0))
    days, rates = facts_of(tmp_path, customers=customers, mrr_movements=moved(*rows))
    assert days == {"acme": ("2024-01-01", "2025-05-10"), "cog": ("2024-02-01", None)}
    assert rates["acme"] == [90.0, 90.0, 100.0, 100.0, 100.0]
    assert set(rates["cog"]) == {5.0}


def test_subscriptions_with_dates_stand_above_movements(tmp_path: Path) -> None:
    subscriptions: Columns = {"subscription_id": ["s"], "customer_id": ["a"], "started_at": times("2025-01-01"), "mrr": [33.0], "currency": ["USD"]}
    days, rates = facts_of(tmp_path, subscriptions=subscriptions, mrr_movements=moved(("z", "2025-01-01", "new", 9.0)))
    assert list(days) == ["a"]
    assert set(rates["a"]) == {33.0}
