"""Shopify: orders, with a row for each item, and customers."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Shape

ORDERS = Export(
    id="shopify_orders_export",
    vendor="shopify",
    title="Shopify orders",
    entity="orders",
    signature=("Name", "Financial Status", "Lineitem name"),
    columns=MappingProxyType(
        {
            "orders.order_id": ("Name",),
            "orders.email": ("Email",),
            "orders.phone": ("Phone", "Billing Phone", "Shipping Phone"),
            "orders.company": ("Billing Company", "Billing Name"),
            "orders.ordered_at": ("Created at",),
            "orders.amount": ("Total",),
            "orders.refunded": ("Refunded Amount",),
            "orders.currency": ("Currency",),
            "orders.status": ("Cancelled at", "Financial Status"),
            "orders.items": ("Lineitem quantity",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS +HHMM",),
    words=MappingProxyType(
        {
            "orders.status": MappingProxyType(
                {
                    "19": "cancelled",
                    "20": "cancelled",
                    "pending": "pending",
                    "authorized": "pending",
                    "partially_paid": "pending",
                    "paid": "paid",
                    "partially_refunded": "partially_refunded",
                    "refunded": "refunded",
                    "voided": "cancelled",
                    "expired": "cancelled",
                }
            )
        }
    ),
    shape=Shape(by=("Name",), sums=("Lineitem quantity",), why="continuation rows of an order, one for each further item", apart=("Id", "Created at")),
    warnings=(
        "A refund stands on the day of its order, not on the day it was paid.",
        "An order may be split over two files of one export: load both.",
    ),
)

CUSTOMERS = Export(
    id="shopify_customers_export",
    vendor="shopify",
    title="Shopify customers",
    entity="customers",
    signature=("Customer ID", "Accepts Email Marketing", "Total Spent"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("Customer ID",),
            "customers.email": ("Email",),
            "customers.phone": ("Phone", "Default Address Phone"),
            "customers.company": ("Default Address Company",),
            "customers.country": ("Default Address Country Code",),
            "customers.region": ("Default Address Province Code",),
        }
    ),
    drift=MappingProxyType(
        {
            "Accepts Email Marketing": ("Accepts Marketing",),
            "Default Address Company": ("Company",),
            "Default Address Country Code": ("Country Code",),
            "Default Address Province Code": ("Province Code",),
        }
    ),
    warnings=("The file does not say since when somebody is a customer: add the orders.",),
)

EXPORTS = (ORDERS, CUSTOMERS)
