"""Magento 2: the grid of sales orders. The order id keeps its leading zeros."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Skip

ORDERS = Export(
    id="magento_2_sales_orders_grid_csv",
    vendor="magento_2",
    title="Magento 2 sales orders",
    entity="orders",
    signature=("Purchase Point", "Grand Total (Base)"),
    columns=MappingProxyType(
        {
            "orders.order_id": ("ID",),
            "orders.ordered_at": ("Purchase Date",),
            "orders.company": ("Bill-to Name",),
            "orders.email": ("Customer Email",),
            "orders.amount": ("Grand Total (Base)",),
            "orders.refunded": ("Total Refunded",),
            "orders.status": ("Status",),
        }
    ),
    dates=("Mon D, YYYY H:MM:SS AM/PM",),
    words=MappingProxyType(
        {
            "orders.status": MappingProxyType(
                {
                    "pending": "pending",
                    "payment review": "pending",
                    "processing": "paid",
                    "complete": "paid",
                    "closed": "refunded",
                    "canceled": "cancelled",
                    "on hold": "pending",
                    "holded": "pending",
                    "suspected fraud": "pending",
                }
            )
        }
    ),
    skips=(Skip("Status", r"pending[_ ]pay(ment|pal)", "orders that nobody has paid yet"),),
    warnings=("Amounts are in the base currency of the shop, which the file does not name.",),
)

EXPORTS = (ORDERS,)
