"""Orders or bills without a list of customers: what they cannot say is said precisely, with the next best export."""

import pytest

from roi_core import measure
from roi_core.errors import NothingToAnalyse
from roi_core.results import Absent, Estimate
from tests.ingest.exports import EXAMPLES
from tests.ingest.ninety.case import csv

FILES = {example.export: (example.name, example.content) for example in EXAMPLES}
ORDERS = FILES["shopify_orders_export"]
BILLS = ("bills.csv", csv("invoice_id,customer_id,issued_at,amount,currency", "i1,c1,2025-01-02,5,usd", "i2,c1,2025-02-02,5,usd", "i3,c2,2025-02-02,9,usd"))
GORGIAS = next(file for export, file in FILES.items() if export.startswith("gorgias"))


def test_orders_and_tickets_say_that_no_order_says_who_left() -> None:
    found = measure([ORDERS, GORGIAS])
    assert found.tickets_alone
    assert isinstance(found.company, Absent)
    assert found.company.reason.startswith("These files hold 3 orders of 3 buyers, and no file that says who left.")
    assert "the day each one left" in found.company.next_step
    assert all(isinstance(effect.result, Absent) and "3 orders" in effect.sentence for effect in found.effects.values())
    assert isinstance(found.metrics["contacts"], Estimate)


def test_orders_alone_say_the_same() -> None:
    with pytest.raises(NothingToAnalyse, match="3 orders of 3 buyers"):
        measure([ORDERS])


def test_bills_ask_for_the_subscriptions() -> None:
    found = measure([BILLS, GORGIAS])
    assert isinstance(found.company, Absent)
    assert found.company.reason.startswith("These files hold 3 bills of 2 customers")
    assert found.company.next_step.startswith("Add the subscriptions export")
