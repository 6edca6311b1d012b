"""What support costs beside the revenue of orders: whole months that both files hold, what is left after refunds, one currency."""

import pytest

from roi_core.kpis.books import Books, books_of
from roi_core.kpis.figures import figures, whole
from roi_core.metrics import METRICS, Calendar
from roi_core.results import Absent, Estimate, Result
from tests.ingest.ninety.case import csv

METRIC = METRICS["cost_to_orders"]
JAN = 2024 * 12
ORDERS = (
    "orders.csv",
    csv(
        "order_id,customer_id,ordered_at,amount,refunded,currency,status",
        "A1,c1,2024-01-02,200,,GBP,paid",
        "A2,c1,2024-02-10,100,50,GBP,partially refunded",
        "A3,c2,2024-02-11,999,,GBP,cancelled",
        "A4,c2,2024-03-30,150,,GBP,paid",
        "A5,c3,2024-04-15,10,,GBP,paid",
    ),
)
CUSTOMERS = "customers.csv", csv("customer_id,email,started_at", *(f"c{i},a{i}@x{i}.example,2024-01-0{i}" for i in (1, 2, 3)))
TICKETS = "tickets.csv", csv("ticket_id,created_at,email", "1,2024-01-05 10:00,a1@x1.example", "2,2024-04-14 10:00,a3@x3.example")


def costs(currency: str = "GBP") -> tuple[str, bytes]:
    return "costs.csv", csv("month,component,amount,currency", *(f"2024-0{month}-01,salaries,100,{currency}" for month in (1, 2, 3, 4)))


def told(books: Books) -> Result:
    return whole(books, [METRIC])[METRIC.key]


@pytest.mark.parametrize("beside", [(CUSTOMERS, TICKETS), (TICKETS,), ()], ids=["followed", "tickets", "orders alone"])
def test_cost_of_whole_months_over_what_is_left_of_orders(beside: tuple[tuple[str, bytes], ...]) -> None:
    """January to March: 300 over 200 + 50 + 150. April is cut, so its cost stands against nothing."""
    with books_of([ORDERS, costs(), *beside]) as books:
        found = told(books)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(300 / 400)
    assert (found.low, found.n) == (None, 2), "a total over a total has no interval; two customers ordered what stands"
    assert found.counted is not None
    assert (found.counted.first_month, found.counted.last_month) == (JAN, JAN + 2)


def test_by_month_each_has_its_own() -> None:
    with books_of([ORDERS, costs(), CUSTOMERS, TICKETS]) as books:
        (figure,) = figures(books, [METRIC], "month", Calendar())
    assert [(at, round(one.value, 6)) for at, one in figure.series if isinstance(one, Estimate)] == [(JAN, 0.5), (JAN + 1, 2.0), (JAN + 2, round(2 / 3, 6))]


@pytest.mark.parametrize(
    ("march", "months"),
    [((1, 6, 11, 16, 21, 26), 3), ((1, 6, 11, 16, 21, 25), 2), ((1, 25), 3), ((1, 23), 2)],
    ids=["as far from the end as they are apart", "further", "after a long silence a week", "and no more"],
)
def test_a_month_is_whole_where_orders_reach_as_close_to_its_end_as_they_are_apart(march: tuple[int, ...], months: int) -> None:
    """Orders at noon, at most 6 days apart in January and February."""
    days = [f"2024-{month:02d}-{day:02d}" for month in (1, 2) for day in (1, 6, 11, 16, 21, 26)] + [f"2024-03-{day:02d}" for day in march]
    sold = "orders.csv", csv("order_id,customer_id,ordered_at,amount,currency,status", *(f"A{i},c1,{day} 12:00,10,GBP,paid" for i, day in enumerate(days)))
    with books_of([sold, costs()]) as books:
        found = told(books)
    assert isinstance(found, Estimate)
    assert found.counted is not None
    assert found.counted.last_month == JAN + months - 1


@pytest.mark.parametrize("beside", [(CUSTOMERS, TICKETS), (TICKETS,), ()], ids=["followed", "tickets", "orders alone"])
def test_costs_in_another_currency_are_held_against_no_order(beside: tuple[tuple[str, bytes], ...]) -> None:
    with books_of([ORDERS, costs("USD"), *beside]) as books:
        assert isinstance(told(books), Absent)


def test_answers_on_cost_stand_in_for_a_sheet() -> None:
    """One agent for 1,200 a year and no tools: 100 in each month, over 50 and 150."""
    with books_of([ORDERS], answers=(1, 1_200, 0)) as books:
        found = told(books)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(200 / 200), "February and March: of orders alone the first and last month may be cut"
