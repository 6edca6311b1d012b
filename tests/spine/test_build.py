"""Facts of a company small enough to count by hand."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.errors import NothingToAnalyse
from roi_core.spine import Facts, build_facts
from roi_core.spine.linkage import Unmatched
from tests.typed_tables import times, write_part

JAN_2025 = 2025 * 12


def company(folder: Path, **replaced: dict[str, object]) -> Mapping[str, tuple[Path, ...]]:
    tables: dict[str, dict[str, object]] = {
        "customers": {
            "customer_id": ["ann", "bob", "cleo"],
            "email": ["e-ann", "e-bob", "e-cleo"],
            "company": ["acme", "bolt", "acme"],
            "started_at": times("2025-01-01", "2025-01-10", "2025-02-01"),
        },
        "subscriptions": {
            "subscription_id": ["s1", "s2", "s3"],
            "customer_id": ["ann", "bob", "cleo"],
            "started_at": times("2025-01-01", "2025-01-10", "2025-02-01"),
            "ended_at": times(None, "2025-04-30 23:59", None),
            "mrr": [10.0, 20.0, 40.0],
            "currency": ["usd", "usd", "usd"],
            "interval": ["month", "month", "month"],
        },
        "invoices": {
            "invoice_id": ["i1", "i2", "i3"],
            "customer_id": ["ann", "bob", "bob"],
            "issued_at": times("2025-03-01", "2025-03-02", "2025-02-02"),
            "paid_at": times("2025-03-01", None, "2025-02-20"),
            "amount": [12.0, 20.0, 20.0],
            "currency": ["usd", "usd", "usd"],
            "status": ["paid", "open", "paid"],
        },
        "tickets": {
            "ticket_id": ["t1", "t2", "t3", "t4", "t5", "t6"],
            "email": ["e-ann", "e-ann", "e-nobody", "e-nobody", "e-bob", "e-ann"],
            "company": [None, None, "bolt", "zulu", None, None],
            "category": ["billing", "billing", "login", "login", "login", "billing"],
            "created_at": times("2025-02-03", "2025-02-07", "2025-02-10", "2025-03-10", "2025-05-02", "2025-05-30"),
            "first_response_at": times("2025-02-03 01:00", "2025-02-07 02:00", None, None, None, None),
            "resolved_at": times("2025-02-04", "2025-02-06", None, None, None, None),
            "outbound": [False, False, False, False, False, True],
        },
        "usage": {
            "customer_id": ["ann", "ann", "ann"],
            "as_of": times("2025-01-31", "2025-02-02", "2025-02-28"),
            "usage": [5.0, 7.0, 9.0],
            "health": [None, 0.5, None],
        },
        "costs": {"month": [JAN_2025 + 1, JAN_2025 + 1], "component": ["salaries", "Salaries"], "amount": [100.0, 50.0]},
    }
    tables |= replaced
    return {name: write_part(folder, name, columns) for name, columns in tables.items() if columns}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return build_facts(company(tmp_path_factory.mktemp("facts")))


def month_of(facts: Facts, customer: int, month: int) -> dict[str, object]:
    return next(r for r in facts.person_months.to_pylist() if r["customer_no"] == customer and r["month"] == month)


def test_customers_are_numbered_by_start_and_never_by_key(facts: Facts) -> None:
    assert facts.spine.column("customer_key").to_pylist() == ["ann", "bob", "cleo"]


def test_a_customer_month_needs_the_first_instant_of_the_month(facts: Facts) -> None:
    bob = [r["month"] for r in facts.person_months.to_pylist() if r["customer_no"] == 1]
    assert bob == [JAN_2025 + 1, JAN_2025 + 2, JAN_2025 + 3], "started 10 January, left on 30 April"


def test_tickets_find_their_customer_by_email_then_company(facts: Facts) -> None:
    assert facts.linkage.ways == {"e-mail": 3, "company name": 1}
    assert facts.linkage.unmatched == (Unmatched("company name", "zulu", "no_email_or_company", 0, 1),)
    assert facts.linkage.set_aside == {"outbound": 1}
    assert (facts.linkage.matched, facts.linkage.tickets) == (4, 5)


def test_contacts_after_leaving_are_counted_and_set_aside(facts: Facts) -> None:
    assert facts.contacts.num_rows == 3
    assert (facts.linkage.before_start, facts.linkage.after_churn) == (0, 1)


def test_first_contact_of_the_month_and_history(facts: Facts) -> None:
    february, march = month_of(facts, 0, JAN_2025 + 1), month_of(facts, 0, JAN_2025 + 2)
    assert (february["contacts"], february["contact_ticket_no"], february["contacts_before"]) == (2, 0, 0)
    assert (march["contacts"], march["contacts_3m"], march["contacts_before"]) == (0, 2, 2)


def test_usage_is_the_last_day_that_ended_before_the_contact(facts: Facts) -> None:
    february, march = month_of(facts, 0, JAN_2025 + 1), month_of(facts, 0, JAN_2025 + 2)
    assert february["usage"] == 7.0, "the day of 2 February had ended when the contact came on 3 February"
    assert february["health"] == 0.5
    assert (march["usage"], march["health"]) == (9.0, 0.5), "a blank does not wipe out the last value"


def test_revenue_is_what_was_billed_else_the_rate(facts: Facts) -> None:
    assert month_of(facts, 0, JAN_2025 + 2)["mrr"] == 12.0
    assert month_of(facts, 0, JAN_2025 + 3)["mrr"] == 10.0


def test_a_bill_in_two_exports_counts_once(tmp_path: Path) -> None:
    tables = company(tmp_path)
    payments = {"invoice_id": ["i1"], "customer_id": ["ann"], "issued_at": times("2025-03-01"), "amount": [12.0], "currency": ["usd"], "status": ["paid"]}
    facts = build_facts({**tables, "invoices": (*tables["invoices"], *write_part(tmp_path, "invoices", payments, 1))})
    assert month_of(facts, 0, JAN_2025 + 2)["mrr"] == 12.0


@pytest.mark.parametrize(
    ("status", "refunded", "left"),
    [
        ("partially_refunded", 5.0, 7.0),
        ("refunded", 12.0, 0.0),
        ("refunded", None, 0.0),
        ("paid", None, 12.0),
        ("uncollectible", None, 10.0),
        ("failed", None, 10.0),
    ],
)
def test_what_was_paid_back_is_no_revenue(status: str, refunded: float | None, left: float, tmp_path: Path) -> None:
    """A bill that was never collected counts as none, so that the rate of the subscription stands."""
    bill = {"invoice_id": ["i1"], "customer_id": ["ann"], "issued_at": times("2025-03-01"), "amount": [12.0], "status": [status]}
    facts = build_facts(company(tmp_path, invoices=bill | {"refunded": pa.array([refunded], pa.float64())}))
    assert month_of(facts, 0, JAN_2025 + 2)["mrr"] == left


def test_overdue_and_late_payment(facts: Facts) -> None:
    assert month_of(facts, 1, JAN_2025 + 3)["overdue"] == 1, "the invoice of 2 March is open on 1 April"
    assert month_of(facts, 1, JAN_2025 + 2)["late_payment_before"] == 1, "the invoice of 2 February was paid after 18 days"
    assert month_of(facts, 0, JAN_2025 + 3)["overdue"] == 0


def test_resolved_before_created_gives_no_duration(facts: Facts) -> None:
    minutes = facts.contacts.column("resolution_minutes").to_pylist()
    assert minutes[:2] == [1440.0, None]


def test_coming_back_on_the_same_matter_within_seven_days(facts: Facts) -> None:
    assert facts.contacts.column("recontact_7d").to_pylist() == [True, False, False]


def test_costs_by_month_and_component(facts: Facts) -> None:
    assert [(c.month, c.component, c.amount) for c in facts.costs] == [(JAN_2025 + 1, "salaries", 150.0)]


def test_several_currencies_are_named_and_none_is_chosen(tmp_path: Path) -> None:
    tables = company(tmp_path)
    invoices = {"invoice_id": ["i9"], "customer_id": ["ann"], "issued_at": times("2025-03-01"), "amount": [1.0], "currency": ["eur"]}
    facts = build_facts({**tables, "invoices": write_part(tmp_path, "invoices", invoices, 1)})
    assert facts.currency is None
    assert facts.currencies == ("USD", "EUR")


def test_without_customers_there_is_nothing_to_follow(tmp_path: Path) -> None:
    tables = company(tmp_path, customers={}, subscriptions={})
    with pytest.raises(NothingToAnalyse, match="customers or subscriptions export"):
        build_facts(tables)


@pytest.mark.parametrize("order", ["forward", "backward"])
def test_the_order_of_parts_changes_nothing(tmp_path: Path, order: str) -> None:
    one = company(tmp_path / "one")
    tickets = pq.read_table(one["tickets"][0]).drop_columns(["row_no", "file_no"])
    halves = [write_part(tmp_path / "one", "tickets", tickets.slice(start, 3).to_pydict(), n)[0] for n, start in ((1, 0), (2, 3))]
    parts = tuple(halves if order == "forward" else reversed(halves))
    split = build_facts({**one, "tickets": parts})
    assert split.person_months.equals(build_facts(one).person_months)
