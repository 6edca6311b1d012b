"""Orders and nothing else: their key figures are told, over the months that the orders reach, and a credit note is no order."""

import pytest

from roi_core.errors import NothingToAnalyse
from roi_core.kpis.books import books_of
from roi_core.metrics import METRICS, compute_all
from roi_core.results import Absent, Estimate
from tests.ingest.ninety.case import csv

HEAD = "order_id,customer_id,ordered_at,amount,currency,status"
FIRST, LAST = 2024 * 12 + 4, 2025 * 12 + 1
"""May 2024 to February 2025, without the months that the files may cut."""


def orders(*rows: str) -> tuple[str, bytes]:
    return "orders.csv", csv(HEAD, *rows)


FILE = orders(
    "A1,c1,2024-04-10,100,GBP,paid",
    "A2,c1,2024-06-01,50,GBP,paid",
    "C1,c1,2024-06-05,-20,GBP,paid",
    "B1,c2,2024-07-01,30,GBP,paid",
    "B2,c2,2024-07-02,30,GBP,cancelled",
    "D1,c3,2025-03-20,70,GBP,paid",
)


def test_they_are_counted_over_the_months_that_they_fill() -> None:
    with books_of([FILE]) as books:
        assert (books.about.window.first_month, books.about.window.last_month, books.about.outcome) == (FIRST, LAST, "no_order")
        assert books.about.uploads == ("orders",)
        with books.asked() as con:
            found = compute_all(
                con, metrics=[METRICS[key] for key in ("orders", "average_order_value", "refund_share", "repeat_purchase", "first_response_minutes")]
            )
        assert isinstance(books.refused(METRICS.values())["monthly_churn"], Absent)
    told = {key: round(one.value, 6) for key, one in found.items() if isinstance(one, Estimate)}
    assert told == {"orders": 4, "average_order_value": 62.5, "refund_share": 0.08, "repeat_purchase": round(1 / 3, 6)}


def test_where_none_stands_it_is_said() -> None:
    with (
        pytest.raises(NothingToAnalyse, match="No order in these files stands"),
        books_of([orders("B2,c2,2024-07-02,30,GBP,cancelled", "C1,c2,2024-07-03,-3,GBP,paid")]),
    ):
        pass


def test_orders_after_a_contact_are_told_where_both_are_there() -> None:
    """Three buyers order every second month; of their contacts on 1 May, 1 June and 1 July two are followed by an order within 14 days, one by none."""
    mails = [f"a{i}@x{i}.example" for i in range(3)]
    customers = "customers.csv", csv("customer_id,email,started_at", *(f"c{i},{mail},2024-01-01" for i, mail in enumerate(mails)))
    bought = orders(
        *(f"{month}{i},c{i},2024-{month:02d}-10,50,GBP,paid" for i in range(3) for month in (1, 3, 9)),
        "x0,c0,2024-05-05,50,GBP,paid",
        "x1,c1,2024-06-14,50,GBP,paid",
    )
    tickets = "tickets.csv", csv("ticket_id,created_at,email", *(f"{i},2024-0{5 + i}-01 10:00,{mail}" for i, mail in enumerate(mails)))
    with books_of([customers, bought, tickets]) as books, books.asked() as con:
        found = compute_all(con, metrics=[METRICS["ordered_after_contact"]])["ordered_after_contact"]
    assert isinstance(found, Estimate)
    assert (found.value, found.n) == (pytest.approx(2 / 3), 3)
