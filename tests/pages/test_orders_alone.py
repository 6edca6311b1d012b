"""A shop's orders and nothing else: the page of key figures tells them, and the others say what they need."""

import pytest

from roi_core.sentences import say
from tests.ingest.ninety.case import csv
from tests.pages.app import PAGES, calm, said, visit
from tests.pages.conftest import saved

ROWS = [
    f"{buyer}-{n},{buyer},2024-{month:02}-{day:02},{amount},GBP"
    for buyer, day in (("c1", 3), ("c2", 17), ("c3", 25))
    for n, (month, amount) in enumerate([(1, 40), (3, 25), (9, 60)])
]
ORDERS = ("orders.csv", csv("order_id,customer_id,ordered_at,amount,currency", *ROWS, "C1,c1,2024-09-30,-10,GBP"))


@pytest.fixture(scope="module")
def work(session_home):
    return saved(session_home, ORDERS)


def test_key_figures_of_orders_are_told(work):
    shown = said(calm(visit("kpis", work=work)))
    assert "Buyers who came back within 90 days" in shown
    assert say("kpi.flat") not in shown


@pytest.mark.parametrize("key", [key for key in PAGES if key not in ("kpis", "methods")])
def test_the_other_pages_count_orders_without_the_credit_note_or_ask(key, work):
    app = calm(visit(key, work=work))
    assert "Something went wrong" not in said(app)
    assert "10 orders" not in said(app)


def test_it_says_where_the_orders_are_told(work):
    assert "9 orders of 3 buyers" in said(calm(visit(work=work)))
    assert "What the orders tell stands on The KPIs." in said(calm(visit("data", work=work)))
