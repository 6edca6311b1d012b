"""Files that lack a whole column: customers and subscriptions without a start, invoices without an amount, tickets without a date."""

from pathlib import Path

import pytest

from roi_core.errors import NothingToAnalyse
from roi_core.sentences import say
from roi_core.spine import Facts, build_facts, customer_names
from roi_core.spine.starts import Starts
from tests.typed_tables import times, write_part

JAN_2025 = 2025 * 12
SHOP = {
    "customers": {
        "customer_id": ["ann", "bob", "cleo", "dan", "eve"],
        "email": ["e-ann", "e-bob", "e-two", "e-two", None],
        "phone": [None, "p-bob", "p-cleo", None, None],
    },
    "orders": {
        "order_id": ["1", "2", "3", "4", "5", "6"],
        "customer_id": ["ann", None, None, None, None, None],
        "email": [None, "e-bob", None, "e-two", "e-ann", "e-bob"],
        "phone": [None, None, "p-cleo", None, None, None],
        "ordered_at": times("2025-02-03", "2025-01-20", "2025-03-05", "2025-01-01", "2025-01-15", "2025-01-02"),
        "amount": [1.0] * 6,
        "status": ["paid", "paid", "pending", "paid", "paid", "cancelled"],
    },
    "tickets": {"ticket_id": ["t1"], "email": ["e-ann"], "created_at": times("2025-04-30")},
}


def facts_of(folder: Path, **tables: dict[str, object]) -> Facts:
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def starts(facts: Facts) -> dict[str, str]:
    rows = facts.spine.to_pylist()
    return {row["customer_key"]: str(row["started_s"] // 86_400) for row in rows}


def days(*texts: str) -> list[str]:
    return [str(time.as_py().toordinal() - 719_163) for time in times(*texts)]


def test_customers_without_a_start_begin_with_their_first_purchase(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, **SHOP)
    assert starts(facts) == dict(zip(("ann", "bob", "cleo"), days("2025-01-15", "2025-01-20", "2025-03-05"), strict=True))
    assert facts.starts == Starts(from_purchase=3, without_start=2, undated_tickets=0)
    assert facts.first_month == JAN_2025
    assert facts.spine.column("start_inferred").to_pylist() == [1, 1, 1]


def test_what_a_customer_began_with_is_what_ran_on_the_first_day(tmp_path: Path) -> None:
    """Ann moved up before her first month began; Bob began with two at once, Cleo with a yearly one; all dates are given."""
    spans = [("ann", "Small", "2025-01-05", "2025-01-20", 10.0, "month"), ("ann", "Large", "2025-01-20", None, 50.0, "month")]
    spans += [
        ("bob", "Base", "2025-01-07", None, 7.0, "month"),
        ("bob", "Extra", "2025-01-07", None, 3.0, "month"),
        ("cleo", "Base", "2025-01-01", None, 10.0, "year"),
    ]
    names = ("customer_id", "plan", "started_at", "ended_at", "mrr", "interval")
    columns = {name: list(values) for name, values in zip(names, zip(*spans, strict=True), strict=True)}
    columns |= {name: times(*columns[name]) for name in ("started_at", "ended_at")}
    tickets = {"ticket_id": ["t1"], "customer_id": ["ann"], "created_at": times("2025-06-30")}
    began = facts_of(tmp_path, subscriptions=columns | {"subscription_id": list("abcde")}, tickets=tickets).spine.to_pylist()
    assert {row["customer_key"]: (row["started_plan"], row["started_mrr"], row["start_inferred"]) for row in began} == {
        "ann": ("Small", 10.0, 0), "bob": ("Extra", 10.0, 0), "cleo": ("Base", 10.0, 0),
    }  # fmt: skip


def test_their_contacts_and_names_are_found(tmp_path: Path) -> None:
    assert facts_of(tmp_path, **SHOP).contacts.num_rows == 1
    tables = {name: write_part(tmp_path, name, columns) for name, columns in SHOP.items()}
    assert customer_names(tables).num_rows == 3


def test_invoices_date_a_contact_list_of_names(tmp_path: Path) -> None:
    invoices = {
        "invoice_id": ["1", "2", "3"],
        "customer_id": ["ann", "ann", "bob"],
        "issued_at": times("2025-01-05", "2025-02-05", "2025-02-01"),
        "amount": [1.0, 1.0, 1.0],
        "status": ["void", "open", "paid"],
    }
    facts = facts_of(tmp_path, customers={"customer_id": ["ann", "bob"]}, invoices=invoices, tickets=SHOP["tickets"])
    assert starts(facts) == dict(zip(("bob", "ann"), days("2025-02-01", "2025-02-05"), strict=True))


def test_a_start_in_another_file_goes_before_a_purchase(tmp_path: Path) -> None:
    other = {"customer_id": ["ann"], "started_at": times("2024-11-11"), "mrr": [5.0]}
    first, second = write_part(tmp_path, "customers", SHOP["customers"]), write_part(tmp_path, "customers", other, 1)
    facts = build_facts({"customers": (*first, *second), "orders": write_part(tmp_path, "orders", SHOP["orders"])})
    assert starts(facts)["ann"] == days("2024-11-11")[0]
    assert facts.starts.from_purchase == 2


def test_subscriptions_without_a_start_run_from_the_start_of_their_customer(tmp_path: Path) -> None:
    subscriptions = {"subscription_id": ["s1", "s2"], "customer_id": ["ann", "bob"], "mrr": [10.0, 20.0], "currency": ["usd", "usd"]}
    customers = {"customer_id": ["ann", "bob", "cleo"], "started_at": times("2025-01-10", "2025-02-01", "2025-01-01")}
    facts = facts_of(tmp_path, customers=customers, subscriptions=subscriptions, usage={"customer_id": ["ann"], "as_of": times("2025-03-31")})
    assert list(starts(facts)) == ["ann", "bob"], "cleo never subscribed"
    months = {(row["customer_no"], row["month"] - JAN_2025): row["mrr"] for row in facts.person_months.to_pylist()}
    assert months == {(0, 1): 10.0, (0, 2): 10.0, (1, 1): 20.0, (1, 2): 20.0}
    assert facts.starts == Starts(0, 0, 0)


def test_a_subscription_that_nothing_dates_is_left_out_and_counted(tmp_path: Path) -> None:
    subscriptions = {"subscription_id": ["s1", "s2"], "customer_id": ["ann", "bob"], "mrr": [10.0, 20.0]}
    customers = {"customer_id": ["ann"], "started_at": times("2025-01-10")}
    facts = facts_of(tmp_path, customers=customers, subscriptions=subscriptions, tickets=SHOP["tickets"])
    assert (list(starts(facts)), facts.starts.without_start) == (["ann"], 1)


def test_invoices_without_an_amount_leave_the_rate_of_the_subscription(tmp_path: Path) -> None:
    subscriptions = {"subscription_id": ["s"], "customer_id": ["ann"], "started_at": times("2025-01-01"), "mrr": [10.0], "interval": ["month"]}
    invoices = {"invoice_id": ["i"], "customer_id": ["ann"], "issued_at": times("2025-02-03"), "status": ["paid"]}
    facts = facts_of(tmp_path, subscriptions=subscriptions, invoices=invoices, tickets={"ticket_id": ["t"], "created_at": times("2025-03-31")})
    assert facts.person_months.column("mrr").to_pylist() == [10.0, 10.0, 10.0]
    assert facts.linkage.revenue.total == 10.0


def test_tickets_without_a_date_are_counted_and_crash_nothing(tmp_path: Path) -> None:
    customers = {"customer_id": ["ann"], "email": ["e-ann"], "started_at": times("2025-01-01")}
    facts = facts_of(
        tmp_path,
        customers=customers,
        tickets={"ticket_id": ["1", "2"], "email": ["e-ann", "e-ann"]},
        usage={"customer_id": ["ann"], "as_of": times("2025-03-31")},
    )
    assert (facts.contacts.num_rows, facts.first_contact_month, facts.starts.undated_tickets) == (0, None, 2)


def test_without_any_start_there_is_nothing_to_follow(tmp_path: Path) -> None:
    with pytest.raises(NothingToAnalyse, match="start date"):
        facts_of(tmp_path, customers={"customer_id": ["ann"]}, tickets=SHOP["tickets"])


@pytest.mark.parametrize("name", Starts.__dataclass_fields__)
def test_every_count_has_a_sentence(name: str) -> None:
    assert "1,234" in say(f"starts.{name}", n="1,234")


def test_the_period_told_begins_with_the_first_ticket_or_money_however_long_ago_customers_began(tmp_path: Path) -> None:
    began = {"customer_id": ["ann"], "email": ["e-ann"], "started_at": times("2019-03-01")}
    tickets = {"ticket_id": ["t1", "t2"], "email": ["e-ann", "e-ann"], "created_at": times("2025-03-10", "2025-06-30")}
    costs = {"month": [JAN_2025 + 1], "component": ["salaries"], "amount": [100.0]}
    assert facts_of(tmp_path / "both", customers=began, tickets=tickets, costs=costs).covered_month == JAN_2025 + 1
    assert facts_of(tmp_path / "tickets", customers=began, tickets=tickets).covered_month == JAN_2025 + 2
    alone = facts_of(tmp_path / "alone", customers={**began, "started_at": times("2019-03-31")})
    assert alone.covered_month == alone.first_month
