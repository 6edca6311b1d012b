"""BigCommerce: the orders export of the default template."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Shape

ORDERS = Export(
    id="bigcommerce_orders_export_default_template",
    vendor="bigcommerce",
    title="BigCommerce orders, default template",
    entity="orders",
    signature=("Order ID", "Order Status", "Order Total (inc tax)"),
    columns=MappingProxyType(
        {
            "orders.order_id": ("Order ID",),
            "orders.customer_id": ("Customer ID",),
            "orders.email": ("Customer Email",),
            "orders.phone": ("Customer Phone",),
            "orders.company": ("Customer Name",),
            "orders.ordered_at": ("Order Date",),
            "orders.status": ("Order Status",),
            "orders.amount": ("Order Total (inc tax)",),
            "orders.refunded": ("Refund Amount",),
            "orders.currency": ("Order Currency Code",),
        }
    ),
    dates=("DD/MM/YYYY", "MM/DD/YYYY"),
    words=MappingProxyType(
        {
            "orders.status": MappingProxyType(
                {
                    "pending": "pending",
                    "incomplete": "failed",
                    "awaiting payment": "pending",
                    "manual verification required": "pending",
                    "awaiting fulfillment": "paid",
                    "awaiting shipment": "paid",
                    "awaiting pickup": "paid",
                    "partially shipped": "paid",
                    "shipped": "paid",
                    "completed": "paid",
                    "partially refunded": "partially_refunded",
                    "refunded": "refunded",
                    "cancelled": "cancelled",
                    "declined": "failed",
                    "disputed": "disputed",
                }
            )
        }
    ),
    blanks=MappingProxyType({"orders.customer_id": ("0",)}),
    guests_by_email=True,
    shape=Shape(by=("Order ID",), why="further items of an order"),
    warnings=("The columns of this export are chosen by a template: check the mapping.",),
    confidence=Confidence.GENERAL,
)

EXPORTS = (ORDERS,)
