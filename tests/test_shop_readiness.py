"""What a small shop of invented customers is told about its revenue: found is what the facts found, whatever the files are called."""

import pytest

from roi_core.measurement import measure
from roi_core.metrics.readiness import Unlock
from roi_core.sentences import say
from roi_core.valuation import value
from tests.ingest.ninety.case import csv

pytestmark = pytest.mark.usefixtures("read_here")

File = tuple[str, bytes]
BUYERS = range(1, 31)
MARGIN = "question.margin_kept"


def days(n: int) -> str:
    return f"2024-{n % 12 + 1:02d}-{n % 27 + 1:02d}"


def buyers(*more: str, header: str = "") -> File:
    """Thirty customers since 2023, the first ten of whom left in the summer of 2024; `more` is a further column."""
    ends = [f"2024-0{n % 3 + 6}-11" if n <= 10 else "" for n in BUYERS]
    rows = (f"c{n},b{n}@shop.example,2023-02-{n % 27 + 1:02d},{end}{''.join(more)}" for n, end in zip(BUYERS, ends, strict=True))
    return "customers.csv", csv(f"customer_id,email,started_at,churned_at{header}", *rows)


def tickets() -> File:
    """Every third customer wrote three times."""
    wrote = [(n, k) for n in BUYERS[::3] for k in range(3)]
    return "tickets.csv", csv("ticket_id,email,created_at,subject", *(f"t{n}-{k},b{n}@shop.example,{days(n + 4 * k)},Where is it?" for n, k in wrote))


def orders(currency: str = "USD") -> File:
    """Two orders of each customer, 40 each."""
    bought = [(n, k) for n in BUYERS for k in range(2)]
    return "orders.csv", csv("order_id,customer_id,email,ordered_at,amount,currency", *(_order(n, k, currency) for n, k in bought))


def _order(n: int, k: int, currency: str) -> str:
    return f"o{n}-{k},c{n},b{n}@shop.example,{days(n + 5 * k)},40,{'EUR' if currency == 'both' and n % 2 else 'USD'}"


def bills() -> File:
    rows = (f"i{n}-{month},c{n},2024-{month:02d}-03,25,USD" for n in BUYERS for month in (1, 2, 3))
    return "invoices.csv", csv("invoice_id,customer_id,issued_at,amount,currency", *rows)


def unlocks(*files: File) -> dict[str, Unlock]:
    return {unlock.upload: unlock for unlock in value(measure(list(files))).unlocks}


def test_a_shop_with_orders_is_not_told_that_revenue_is_missing_but_what_recurs() -> None:
    found = unlocks(buyers(), tickets(), orders())
    assert "orders" not in found
    assert found["revenue"].title == say("upload.revenue_beside_orders")
    assert say(MARGIN) in found["revenue"].questions
    assert say("question.sales_of_writers") not in {question for unlock in found.values() for question in unlock.questions}


def test_without_any_sale_both_are_offered_and_orders_for_what_they_answer_alone() -> None:
    found = unlocks(buyers(), tickets())
    assert found["orders"].questions == (say("question.sales_of_writers"),)
    assert found["revenue"].title == say("upload.revenue")
    assert say("question.sales_of_writers") in found["revenue"].questions


def test_what_a_customer_list_says_of_monthly_revenue_is_revenue() -> None:
    assert not {"revenue", "orders"} & set(unlocks(buyers(",25,USD", header=",mrr,currency"), tickets()))


def test_bills_without_a_subscription_do_not_promise_a_margin() -> None:
    """Nobody knows which months a bill is for; the table alone would have promised it."""
    measured = measure([buyers(), tickets(), bills()])
    assert say(MARGIN) in {question for unlock in value(measured).unlocks for question in unlock.questions}
    assert not measured.streams


def test_orders_in_several_currencies_are_sales_that_were_found() -> None:
    assert "orders" not in unlocks(buyers(), tickets(), orders("both"))
