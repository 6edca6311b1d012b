"""A real shop of a year, 541,909 lines: repeat purchase through the definitions, and again in pandas from the same lines."""

import pandas as pd
import pyarrow as pa
import pytest

from roi_core.metrics import METRICS, compute_all, connect
from roi_core.metrics.connection import loaded_schema
from tests.shared import shared_path

WATCHED = pd.Timedelta(days=90)
ASKED = ("orders", "average_order_value", "orders_per_buyer", "spend_per_buyer", "repeat_purchase_90d", "days_to_second_order")


@pytest.fixture(scope="module")
def placed():
    """Invoices that are no credit note, of lines with a price: number, buyer or none, time, amount."""
    lines = pd.read_csv(shared_path("data/orders/online_retail.csv.gz"), dtype={"InvoiceNo": str, "CustomerID": str}, parse_dates=["InvoiceDate"])
    sold = lines[~lines.InvoiceNo.str.startswith(("C", "A")) & (lines.Quantity > 0) & (lines.UnitPrice > 0)]
    by_number = sold.assign(amount=sold.Quantity * sold.UnitPrice).groupby("InvoiceNo")
    return by_number.agg(buyer=("CustomerID", "first"), at=("InvoiceDate", "min"), amount=("amount", "sum")).reset_index()


@pytest.fixture(scope="module")
def found(placed):
    known = {
        "order_id": placed.InvoiceNo.tolist(),
        "customer_id": placed.buyer.where(placed.buyer.notna(), None).tolist(),
        "ordered_at": placed["at"].dt.to_pydatetime().tolist(),
        "amount": placed.amount.tolist(),
        "currency": ["GBP"] * len(placed),
        "row_no": list(range(len(placed))),
    }
    known |= dict.fromkeys(("file_no", "part_no", "system_no"), [0] * len(placed))
    schema = loaded_schema("orders")
    table = pa.table({field.name: pa.array(known.get(field.name, [None] * len(placed)), field.type) for field in schema})
    with connect({"orders": table}, of=("orders", "buyers")) as con:
        return compute_all(con, metrics=[METRICS[key] for key in ASKED])


def test_repeat_purchase_is_what_pandas_counts(placed, found):
    buyers = placed.dropna(subset="buyer").sort_values(["at", "InvoiceNo"]).groupby("buyer")
    first, second = buyers["at"].nth(0), buyers["at"].nth(1)
    times = pd.DataFrame({"first": buyers["at"].first(), "second": buyers["at"].apply(lambda at: at.iloc[1] if len(at) > 1 else pd.NaT)})
    watched = times[times["first"] <= placed["at"].max() - WATCHED]
    again = (watched["second"] <= watched["first"] + WATCHED).mean()
    assert (len(first), len(second)) == (len(times), int(times["second"].notna().sum()))
    assert found["repeat_purchase_90d"].value == pytest.approx(again)
    assert found["days_to_second_order"].value == pytest.approx((times["second"] - times["first"]).dt.total_seconds().median() / 3600)


def test_orders_and_what_buyers_spent_are_what_pandas_counts(placed, found):
    named = placed.dropna(subset="buyer")
    assert found["orders"].value == len(placed)
    assert found["average_order_value"].value == pytest.approx(placed.amount.mean())
    assert found["orders_per_buyer"].value == pytest.approx(len(named) / named.buyer.nunique())
    assert found["spend_per_buyer"].value == pytest.approx(named.amount.sum() / named.buyer.nunique())
