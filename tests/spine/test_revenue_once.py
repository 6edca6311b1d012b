"""Money is never counted twice: whatever ties customers to accounts, the sum in the facts is the sum in the files."""

from pathlib import Path

import pytest

from roi_core.spine import Decision, Decisions
from tests.spine.worlds import CUSTOMERS, Tables, linked, tables, tickets
from tests.typed_tables import times, write_part

CENTS = [1010, 1011, 2020, 2021, 3030, 3033]


def billed(folder: Path, **beside: dict[str, object]) -> Tables:
    """Customers who began in January 2025 and are billed on 5 February and 5 March, in odd cents."""
    invoices = {
        "invoice_id": [f"i{n}" for n in range(6)],
        "customer_id": ["acme", "acme", "bolt", "bolt", "cog", "cog"],
        "issued_at": times(*["2025-02-05", "2025-03-05"] * 3),
        "amount": [cents / 100 for cents in CENTS],
        "currency": ["usd"] * 6,
    }
    last = tickets(email=["x"]) | {"created_at": times("2025-04-02")}
    return tables(folder, **{"invoices": invoices, "tickets": last} | beside)


def many_to_many(folder: Path, found: Tables) -> Tables:
    """Every contact in every account, every account with every company's name, each of them twice."""
    pairs = [(person, account) for person in range(8) for account in ("acme", "bolt", "cog")] * 2
    contacts = {
        "customer_id": [f"p{person}" for person, _ in pairs],
        "email": [("pay@acme", "pay@bolt", "pay@cog", "x")[person % 4] for person, _ in pairs],
        "account_id": [f"crm-{account}" for _, account in pairs],
        "company": [account for _, account in pairs],
        "started_at": times(*["2020-01-01"] * len(pairs)),
    }
    names = [(f"crm-{left}", right) for left in ("acme", "bolt", "cog") for right in ("acme", "bolt", "cog")]
    accounts = {"account_id": [left for left, _ in names], "name": [right for _, right in names]}
    return {
        **found,
        "customers": (*found["customers"], *write_part(folder, "customers", contacts, 1)),
        "accounts": write_part(folder, "accounts", accounts),
    }


def cents_of_february_and_march(found: Tables, decisions: Decisions | None = None) -> int:
    months = linked(found, decisions).person_months.to_pylist()
    return round(100 * sum(row["mrr"] for row in months if row["month"] % 12 in (1, 2)))


def test_the_sum_in_the_facts_is_the_sum_in_the_files_to_the_cent(tmp_path: Path) -> None:
    found = billed(tmp_path)
    assert cents_of_february_and_march(found) == sum(CENTS)
    assert round(100 * linked(found).linkage.revenue.total) == round(100 * linked(found).linkage.revenue.linked) == sum(CENTS)


def test_bridges_that_tie_everybody_to_everybody_add_nothing(tmp_path: Path) -> None:
    found = many_to_many(tmp_path, billed(tmp_path))
    assert cents_of_february_and_march(found) == sum(CENTS)
    assert linked(found).linkage.tickets == 1


def test_a_revenue_row_that_fits_several_customers_is_refused_and_counted(tmp_path: Path) -> None:
    nameless = {
        "invoice_id": ["a", "b", "c", "d"],
        "customer_id": [None, None, None, "stranger"],
        "email": ["pay@bolt", "x", "nobody", None],
        "issued_at": times(*["2025-02-05"] * 4),
        "amount": [20.0, 5.0, 3.0, 2.0],
        "currency": ["usd"] * 4,
    }
    revenue = linked(many_to_many(tmp_path, billed(tmp_path, invoices=nameless))).linkage.revenue
    assert (revenue.rows, revenue.total, revenue.linked) == (4, 30.0, 20.0)
    assert (revenue.refused_rows, revenue.refused) == (1, 5.0), "x writes for three accounts that pay"


@pytest.mark.parametrize("key", ["company", "email"])
@pytest.mark.parametrize(("several", "owner"), [(False, 30.0), (True, 0.0)])
def test_an_invoice_without_an_id_counts_where_its_key_has_one_customer(tmp_path: Path, key: str, several: bool, owner: float) -> None:
    customers = {**CUSTOMERS, key: ["one", "one" if several else "two", "three"]}
    invoices = {"invoice_id": ["i"], "customer_id": [None], key: ["one"], "issued_at": times("2025-02-05"), "amount": [30.0], "currency": ["usd"]}
    revenue = linked(billed(tmp_path, customers=customers, invoices=invoices)).linkage.revenue
    assert (revenue.linked, revenue.refused_rows) == (owner, int(several))


def test_orders_are_the_revenue_of_a_shop_and_each_has_one_customer(tmp_path: Path) -> None:
    orders = {
        "order_id": ["#1001", "#1001", "#1002", "#1003", "#1004"],
        "email": ["pay@acme", "pay@acme", None, "nobody", "pay@acme"],
        "phone": [None, None, "555", None, None],
        "ordered_at": times(*["2025-02-01"] * 5),
        "amount": [7.0, 7.0, 8.0, 9.0, 100.0],
        "status": [None, None, "paid", None, "cancelled"],
    }
    found = dict(billed(tmp_path, orders=orders, customers={**CUSTOMERS, "phone": ["555", None, None]}))
    revenue = linked({**found, "invoices": ()}).linkage.revenue
    assert (revenue.rows, revenue.total, revenue.linked) == (3, 24.0, 15.0), "the order that stands twice counts once"


def test_adding_links_never_changes_the_revenue(tmp_path: Path) -> None:
    found = billed(tmp_path)
    added = Decisions().decide(*(Decision("add", kind, "x", customer) for kind in ("e-mail", "company name", "domain") for customer in ("acme", "cog")))
    assert cents_of_february_and_march(found, added) == sum(CENTS)
    assert round(100 * linked(found, added).linkage.revenue.total) == sum(CENTS)
    assert linked(found, added).linkage.matched == 1


@pytest.mark.parametrize(("interval", "rates"), [(["month", None], [10.0, 20.0]), (["month", "month"], [10.0, 240.0])])
def test_a_bill_is_the_revenue_of_its_month_only_where_billing_is_known_to_be_monthly(tmp_path: Path, interval: list[str | None], rates: list[float]) -> None:
    """Bolt is billed 240 a year in February; its rate is 20 a month."""
    subscriptions = {
        "subscription_id": ["s1", "s2"],
        "customer_id": ["acme", "bolt"],
        "started_at": times("2025-01-01", "2025-01-02"),
        "mrr": [10.0, 20.0],
        "interval": interval,
    }
    invoices = {"invoice_id": ["i"], "customer_id": ["bolt"], "issued_at": times("2025-02-05"), "amount": [240.0]}
    last = tickets(email=["x"]) | {"created_at": times("2025-04-02")}
    months = linked(tables(tmp_path, subscriptions=subscriptions, invoices=invoices, tickets=last)).person_months.to_pylist()
    assert [row["mrr"] for row in months if row["month"] % 12 == 1 and row["mrr"] is not None] == rates
