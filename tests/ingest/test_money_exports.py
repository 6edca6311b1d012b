"""What shops and billing systems write: real files, files of others that look alike, words and intervals that stand for money."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.ingest.amounts import exact
from roi_core.ingest.currency import in_one_currency
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import Typed, translate
from roi_core.ingest.upload import Choices, Job, messages_of
from tests.ingest.text_tables import KEY, text_table
from tests.shared import shared_path

NO_SAMPLE = pa.table({})


def report(path: Path, staging: Path) -> dict[str, Any]:
    job = Job(staging, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    (found,) = [message["report"] for message in messages_of(path, path.name, job) if "report" in message]
    return found


def typed(headers: Sequence[str], *rows: Sequence[str]) -> Typed:
    text = text_table(headers, rows)
    return translate(text, in_one_currency(text, recognise(headers, NO_SAMPLE)), KEY)


def test_the_real_stripe_file_is_read_in_the_currency_that_was_charged(tmp_path: Path) -> None:
    found = report(shared_path("data/billing/stripe_unified_payments_export__masked.csv"), tmp_path)
    assert found["export"] == "stripe_payments_export_all_columns_unified_payments_csv"
    (row,) = pq.read_table(tmp_path / found["part"]).to_pylist()
    assert (row["amount"], row["currency"], row["status"], row["issued_at"]) == (15.0, "USD", "paid", datetime(2024, 6, 7, 2, 38, 54))


@pytest.mark.parametrize(
    ("export", "headers"),
    [
        ("plain_invoices", ("invoice_id", "customer_id", "subscription_id", "issued_at", "amount", "status")),
        ("plain_subscriptions", ("subscription_id", "customer_id", "started_at", "mrr", "status")),
        ("plain_customers", ("customer_id", "email", "status", "mrr", "activity", "started_at")),
        ("plain_orders", ("order_id", "customer_id", "ordered_at", "amount", "email")),
        ("unknown", ("Distribution account", "Transaction date", "Transaction type", "Num", "Name", "Memo/Description", "Split account", "Amount", "Balance")),
        ("unknown", ("uuid", "account_code", "invoice_number", "total")),
        ("unknown", ("CUSTOMER_UUID", "MRR", "START_DATE", "END_DATE", "PLAN_UUID", "QUANTITY")),
    ],
)
def test_a_table_that_only_looks_alike_is_not_stolen(export: str, headers: tuple[str, ...]) -> None:
    assert recognise(headers, NO_SAMPLE).export == export


@pytest.mark.parametrize(
    ("export", "headers"),
    [
        ("stripe_payments_charges_export_older", ("id", "Created", "Amount", "Amount Refunded", "Currency", "Card Type", "Customer")),
        ("shopify_orders_export", ("Name", "Email", "Financial Status", "Total", "Created at", "Lineitem quantity", "Lineitem name", "Cancelled at")),
        ("shopify_customers_export", ("Customer ID", "Email", "Company", "Country Code", "Accepts Marketing", "Total Spent")),
        ("quickbooks_transaction_list", ("Date", "Transaction type", "Num", "Name", "Memo", "Due date", "Amount", "Open balance")),
        ("quickbooks_transaction_list", ("Date", "Transaction Type", "Num", "Name", "Memo/Description", "Account", "Split", "Amount")),
        ("woocommerce_analytics_orders_csv", ("Date", "Order #", "N. Revenue (formatted)", "Status", "Customer", "Customer type", "Net Sales")),
    ],
)
def test_older_and_shorter_forms_are_recognised(export: str, headers: tuple[str, ...]) -> None:
    assert recognise(headers, NO_SAMPLE).export == export


SETTLED = (
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status", "Customer ID", "Converted Amount", "Converted Amount Refunded",
    "Converted Currency",
)  # fmt: skip


def payment(currency: str, settled: str) -> tuple[str, ...]:
    return ("ch_1", "2024-01-01 00:00:00", "10.00", "1.00", currency, "Paid", "cus_1", "20.00", "2.00", settled)


@pytest.mark.parametrize(
    ("rows", "amounts", "currencies"),
    [
        ((payment("usd", "eur"), payment("usd", "eur")), [10.0, 10.0], ["USD", "USD"]),
        ((payment("usd", "eur"), payment("gbp", "eur")), [20.0, 20.0], ["EUR", "EUR"]),
        ((payment("usd", "eur"), payment("gbp", "chf")), [10.0, 10.0], ["USD", "GBP"]),
    ],
    ids=["one charged", "several charged, one settled", "several settled"],
)
def test_amounts_are_those_that_can_be_added(rows: Sequence[Sequence[str]], amounts: list[float], currencies: list[str]) -> None:
    table = typed(SETTLED, *rows).table
    assert table.column("amount").to_pylist() == amounts
    assert table.column("currency").to_pylist() == currencies
    assert table.column("refunded").to_pylist() == [amount / 10 for amount in amounts]


ORDERS = ("order_id", "customer_id", "ordered_at", "amount", "status")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Partially Refunded", "partially_refunded"),
        ("partially_shipped", "paid"),
        ("Canceled", "cancelled"),
        ("VOIDED", "cancelled"),
        ("On Hold", "pending"),
        ("Awaiting Payment", "pending"),
        ("Chargeback", "disputed"),
    ],
)
def test_an_order_status_says_what_became_of_the_money(written: str, meant: str) -> None:
    found = typed(ORDERS, ("1", "c", "2024-01-01", "5.00", written))
    assert found.table.column("status").to_pylist() == [meant]


def test_an_order_status_of_the_shops_own_is_not_taken_for_paid_and_is_asked_about() -> None:
    found = typed(ORDERS, ("1", "c", "2024-01-01", "5.00", "Packed by robot"))
    assert found.table.column("status").to_pylist() == ["pending"]
    assert any(note.startswith("ask: ") and "Packed by robot" in note for note in found.notes)


def test_an_order_with_nothing_but_a_phone_number_is_loaded_and_one_without_a_buyer_is_not() -> None:
    headers = ("order_id", "customer_id", "phone", "ordered_at", "amount")
    found = typed(headers, ("1", "", "+49 30 1234", "2024-01-01", "5"), ("2", "", "", "2024-01-02", "5"))
    assert found.table.column("order_id").to_pylist() == ["1"]
    assert found.set_aside == ((3, "customer_id is blank and phone is blank"),)


def test_an_interval_that_cannot_be_read_gives_no_revenue_instead_of_a_wrong_one() -> None:
    headers = ("id", "Customer ID", "Current Period Start (UTC)", "Start Date (UTC)", "Amount", "Interval")
    rows = [(f"s{i}", "c", "2024-01-01 00:00", "2023-01-01 00:00", "60.00", interval) for i, interval in enumerate(("6 months", "bimonthly", ""))]
    assert typed(headers, *rows).table.column("mrr").to_pylist() == [10.0, None, 60.0]


def test_an_amount_too_large_to_be_exact_is_told_and_no_sum_fails() -> None:
    headers = ("order_id", "customer_id", "ordered_at", "amount")
    found = typed(headers, ("1", "c", "2024-01-01", "9007199254740992"), ("2", "c", "2024-01-01", "-1e16"), ("3", "c", "2024-01-01", "5"))
    assert found.table.column("order_id").to_pylist() == ["1", "3"]
    assert found.set_aside[0][0] == 3
    assert [issue.why for issue in found.issues] == ["is too large for an amount"]
    assert exact(pa.array([9e15, 1e16, -1e16])).to_pylist() == [9e15, None, None]
