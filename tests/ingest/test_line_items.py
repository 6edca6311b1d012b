"""Files with a row per line of an order: what they are, which columns are keys, and that the price of one unit is no amount."""

import csv
import gzip
from collections.abc import Sequence
from itertools import islice

import pytest

from roi_core.ingest.draft import lacks
from roi_core.ingest.guess import GuessedColumn, Proposal, guess
from roi_core.ingest.header_words import tokens, unit_prices
from roi_core.ingest.looks import Kind
from roi_core.ingest.plan import Plan
from tests.ingest.text_tables import text_table
from tests.shared import shared_path

LINES = (("InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"), ("P-17", "2", "2024-01-31 10:00", "2.55", "17850.0"))


def proposal(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str = "lines.csv") -> Proposal:
    table = text_table(headers, rows)
    return guess(table.headers, table.text, name)


def by_header(found: Proposal) -> dict[str, GuessedColumn]:
    return {one.header: one for one in found.columns}


@pytest.fixture(scope="module")
def retail() -> Proposal:
    """The first 2,000 lines of a year of a real shop: 97 orders, a quarter of the lines without a customer."""
    with gzip.open(shared_path("data/orders/online_retail.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        headers, *rows = islice(csv.reader(file), 2_001)
    return proposal(headers, rows, "online_retail.csv.gz")


def test_a_real_shop_is_proposed_as_invoices_with_its_keys_although_an_order_has_many_rows(retail: Proposal) -> None:
    assert retail.entity == "invoices"
    found = {header: one.canonical for header, one in by_header(retail).items() if one.canonical}
    assert found == {
        "InvoiceNo": "invoices.invoice_id",
        "InvoiceDate": "invoices.issued_at",
        "CustomerID": "invoices.customer_id",
        "Quantity": "invoices.quantity",
        "UnitPrice": "invoices.unit_price",
    }
    assert min(by_header(retail)[header].confidence for header in found) > 0.9


def test_ids_of_a_column_with_blank_cells_are_whole_numbers(retail: Proposal) -> None:
    looks = by_header(retail)["CustomerID"].seen.looks
    assert (looks.kind, looks.share, looks.filled) == (Kind.WHOLE, 1.0, 1_467)


def test_the_price_of_one_unit_is_not_the_amount_which_follows_from_both(retail: Proposal) -> None:
    price = by_header(retail)["UnitPrice"]
    assert price.canonical == "invoices.unit_price"
    columns = {one.header: one.canonical for one in retail.columns if one.canonical}
    assert lacks(Plan("invoices", columns)) == ()
    assert [lack.names for lack in lacks(Plan("invoices", {header: role for header, role in columns.items() if header != "Quantity"}))] == [("amount",)]


def test_an_amount_beside_the_price_is_taken() -> None:
    headers, row = LINES
    rows = [(f"P-{n // 2}", *row[1:], "5.10") for n in range(40)]
    found = proposal((*headers, "Total"), rows)
    assert found.entity == "invoices"
    assert by_header(found)["Total"].canonical == "invoices.amount"
    assert by_header(found)["UnitPrice"].canonical == "invoices.unit_price"


def test_a_price_alone_may_be_an_amount_and_a_count_alone_says_nothing() -> None:
    assert unit_prices((tokens("UnitPrice"), tokens("Qty"))) == {0}
    assert unit_prices((tokens("Einzelpreis"), tokens("Menge"))) == {0}
    assert not unit_prices((tokens("Unit price"), tokens("Order")))
    assert not unit_prices((tokens("Price"), tokens("Quantity")))


@pytest.mark.parametrize(
    ("headers", "line", "price", "amount"),
    [
        (("Order ID", "Customer ID", "Order date", "Qty", "Price", "Total"), "2,10,20", "unit_price", "amount"),
        (("Order ID", "Customer ID", "Order date", "Qty", "Price"), "2,10", "unit_price", None),
    ],
)
def test_a_bare_price_is_of_one_unit_beside_a_total_or_where_numbers_repeat(headers: tuple[str, ...], line: str, price: str, amount: str | None) -> None:
    rows = [(f"P-{n // 3}", f"c{n // 3}", "2024-01-31", *line.split(",")) for n in range(40)]
    found = by_header(proposal(headers, rows, "orders.csv"))
    assert found["Price"].canonical == f"orders.{price}"
    assert found["Qty"].canonical == "orders.items"
    assert amount is None or found["Total"].canonical == f"orders.{amount}"


def test_a_bare_price_of_orders_of_one_row_is_the_amount() -> None:
    rows = [(f"P-{n}", f"c{n}", "2024-01-31", "2", f"{n}.50") for n in range(40)]
    assert by_header(proposal(("Order ID", "Customer ID", "Order date", "Qty", "Price"), rows, "orders.csv"))["Price"].canonical == "orders.amount"


def test_a_fraction_anywhere_makes_them_numbers() -> None:
    rows = [("10.0",), ("20.0",), ("30.0",), ("40.0",), ("50.0",), ("2.5",)]
    assert proposal(("x",), rows).columns[0].seen.looks.kind is not Kind.WHOLE
    assert (
        proposal(("x",), rows[:-1] * 3 + [("60.0",), ("70.0",), ("80.0",), ("90.0",), ("110.0",), ("120.0",), ("130.0",)]).columns[0].seen.looks.kind
        is Kind.WHOLE
    )
