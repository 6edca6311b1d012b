"""The "Online Retail" data of the UCI repository, a year of a gift shop, and its second edition: a row for each line of an order."""

from types import MappingProxyType

from roi_core.ingest.export import Export

ORDERS = Export(
    id="public_data_set_online_retail",
    vendor="public_data_set",
    title="Online Retail of the UCI repository",
    entity="orders",
    signature=("InvoiceNo", "StockCode", "UnitPrice", "CustomerID"),
    columns=MappingProxyType(
        {
            "orders.order_id": ("InvoiceNo",),
            "orders.items": ("Quantity",),
            "orders.ordered_at": ("InvoiceDate",),
            "orders.unit_price": ("UnitPrice",),
            "orders.customer_id": ("CustomerID",),
        }
    ),
    constants=MappingProxyType({"orders.currency": "GBP"}),
    drift=MappingProxyType({"InvoiceNo": ("Invoice",), "UnitPrice": ("Price",), "CustomerID": ("Customer ID",)}),
    zone="Europe/London",
    warnings=("A credit note is an invoice of its own, whose number begins with C and whose amount is below 0.",),
)

EXPORTS = (ORDERS,)
