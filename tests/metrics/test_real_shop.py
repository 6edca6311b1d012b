"""A real shop of a year, 541,909 lines: repeat purchase through the definitions, and again in pandas from the same lines."""

import pandas as pd
import pyarrow as pa
import pytest

from roi_core.metrics import METRICS, compute_all, compute_all_by, connect
from roi_core.metrics.connection import loaded_schema
from tests.shared import shared_path

WATCHED = pd.Timedelta(days=90)
OF_MONTHS = ("refunded_orders", "refund_share")
ASKED = ("orders", "average_order_value", "orders_per_buyer", "spend_per_buyer", "repeat_purchase_90d", "days_to_second_order")


@pytest.fixture(scope="module")
def placed():
    """Invoices that are no credit note, of lines with a price: number, buyer or none, time, amount, and what was given back of them.

    A credit note names no invoice: it is of the last one on which the same buyer bought the same thing; of those without one nothing is counted.
    """
    lines = pd.read_csv(shared_path("data/orders/online_retail.csv.gz"), dtype={"InvoiceNo": str, "CustomerID": str}, parse_dates=["InvoiceDate"])
    lines = lines.assign(amount=lines.Quantity * lines.UnitPrice).sort_values("InvoiceDate", kind="stable")
    sold = lines[~lines.InvoiceNo.str.startswith(("C", "A")) & (lines.Quantity > 0) & (lines.UnitPrice > 0)]
    given_back = lines[lines.InvoiceNo.str.startswith("C") & (lines.amount < 0)].dropna(subset="CustomerID")
    bought = sold.dropna(subset="CustomerID")[["InvoiceDate", "CustomerID", "StockCode", "InvoiceNo"]]
    of = pd.merge_asof(given_back.drop(columns="InvoiceNo"), bought, on="InvoiceDate", by=["CustomerID", "StockCode"])
    back = -of.groupby("InvoiceNo").amount.sum()
    orders = sold.groupby("InvoiceNo").agg(buyer=("CustomerID", "first"), at=("InvoiceDate", "min"), amount=("amount", "sum")).reset_index()
    return orders.assign(refunded=orders.InvoiceNo.map(back))


def opened(orders):
    """The definitions on orders: number, buyer or none, time, amount and, where it is known, what was given back."""
    known = {
        "order_id": orders.InvoiceNo.tolist(),
        "customer_id": orders.buyer.tolist(),
        "ordered_at": orders["at"].dt.to_pydatetime().tolist(),
        "amount": orders.amount.tolist(),
        "currency": ["GBP"] * len(orders),
        "row_no": list(range(len(orders))),
    }
    known |= {"refunded": orders.refunded.tolist()} if "refunded" in orders else {}
    known |= dict.fromkeys(("file_no", "part_no", "system_no"), [0] * len(orders))
    schema = loaded_schema("orders")
    table = pa.table({field.name: pa.array(known.get(field.name, [None] * len(orders)), field.type, from_pandas=True) for field in schema})
    return connect({"orders": table}, of=("orders", "buyers"))


@pytest.fixture(scope="module")
def con(placed):
    with opened(placed) as con:
        yield con


@pytest.fixture(scope="module")
def found(con):
    return compute_all(con, metrics=[METRICS[key] for key in (*ASKED, *OF_MONTHS)])


def test_repeat_purchase_is_what_pandas_counts(placed, found):
    buyers = placed.dropna(subset="buyer").sort_values(["at", "InvoiceNo"]).groupby("buyer")
    first, second = buyers["at"].nth(0), buyers["at"].nth(1)
    times = pd.DataFrame({"first": buyers["at"].first(), "second": buyers["at"].apply(lambda at: at.iloc[1] if len(at) > 1 else pd.NaT)})
    watched = times[times["first"] <= placed["at"].max() - WATCHED]
    again = (watched["second"] <= watched["first"] + WATCHED).mean()
    assert (len(first), len(second)) == (len(times), int(times["second"].notna().sum()))
    assert found["repeat_purchase_90d"].value == pytest.approx(again)
    assert found["days_to_second_order"].value == pytest.approx((times["second"] - times["first"]).dt.total_seconds().median() / 86_400)


def test_orders_and_what_buyers_spent_are_what_pandas_counts(placed, found):
    named = placed.dropna(subset="buyer")
    assert found["orders"].value == len(placed)
    assert found["average_order_value"].value == pytest.approx(placed.amount.mean())
    assert found["orders_per_buyer"].value == pytest.approx(len(named) / named.buyer.nunique())
    assert found["spend_per_buyer"].value == pytest.approx(named.amount.sum() / named.buyer.nunique())


def test_refunds_are_what_pandas_counts_in_all_and_by_month(placed, found, con):
    paid_back = placed.refunded.fillna(0)
    assert (paid_back > 0).sum() > 1_000
    assert found["refunded_orders"].value == pytest.approx((paid_back > 0).mean())
    assert found["refund_share"].value == pytest.approx(paid_back.sum() / placed.amount.sum())
    by_month = compute_all_by(con, "month", [METRICS[key] for key in OF_MONTHS])
    month = placed["at"].dt.year * 12 + placed["at"].dt.month - 1
    for number, own in placed.assign(refunded=paid_back).groupby(month):
        assert by_month["refunded_orders"][number].value == pytest.approx((own.refunded > 0).mean())
        assert by_month["refund_share"][number].value == pytest.approx(own.refunded.sum() / own.amount.sum())
    assert month.nunique() == 13


@pytest.fixture(scope="module")
def with_credit_notes():
    """The same invoices, of all their lines, and the credit notes among them as amounts below 0."""
    lines = pd.read_csv(shared_path("data/orders/online_retail.csv.gz"), dtype={"InvoiceNo": str, "CustomerID": str}, parse_dates=["InvoiceDate"])
    lines = lines.assign(amount=(lines.Quantity * lines.UnitPrice).round(6))
    named = lines.dropna(subset="CustomerID")
    return named.groupby("InvoiceNo").agg(buyer=("CustomerID", "first"), at=("InvoiceDate", "min"), amount=("amount", "sum")).reset_index()


def test_credit_notes_are_no_orders_and_are_paid_back_on_the_last_order_of_their_buyer(with_credit_notes):
    invoices = with_credit_notes.assign(amount=with_credit_notes.amount.round(2))
    with opened(invoices) as con:
        found = compute_all(con, metrics=[METRICS[key] for key in ("orders", "repeat_purchase_90d", *OF_MONTHS)])
    sold, credited = (invoices[invoices.amount >= 0].sort_values(["at", "InvoiceNo"]), invoices[invoices.amount < 0].sort_values(["at", "InvoiceNo"]))
    assert len(credited) > 3_000
    of = pd.merge_asof(credited.rename(columns={"InvoiceNo": "credit"}), sold[["at", "InvoiceNo", "buyer"]], on="at", by="buyer").dropna(subset="InvoiceNo")
    assert len(of) < len(credited)
    assert found["orders"].value == len(sold)
    worth = sold.groupby("InvoiceNo").amount.sum()
    paid_back = pd.concat([-of.groupby("InvoiceNo").amount.sum(), worth], axis=1, join="inner").min(axis=1)
    assert found["refunded_orders"].value == pytest.approx((paid_back > 0).sum() / len(sold))
    assert found["refund_share"].value == pytest.approx(paid_back.sum() / sold.amount.sum())
    buyers = sold.groupby("buyer")["at"]
    times = pd.DataFrame({"first": buyers.first(), "second": buyers.apply(lambda at: at.iloc[1] if len(at) > 1 else pd.NaT)})
    watched = times[times["first"] <= sold["at"].max() - WATCHED]
    assert found["repeat_purchase_90d"].value == pytest.approx((watched["second"] <= watched["first"] + WATCHED).mean())
