"""WooCommerce: the orders of Analytics. The formatted revenue is text for reading; Net Sales is the amount."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Skip

ORDERS = Export(
    id="woocommerce_analytics_orders_csv",
    vendor="woocommerce",
    title="WooCommerce Analytics orders",
    entity="orders",
    signature=("Order #", "Customer type", "Net Sales"),
    columns=MappingProxyType(
        {
            "orders.order_id": ("Order #",),
            "orders.ordered_at": ("Date",),
            "orders.amount": ("Net Sales",),
            "orders.status": ("Status",),
            "orders.company": ("Customer",),
            "orders.items": ("Items sold",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS", "MM/DD/YYYY HH:MM"),
    words=MappingProxyType(
        {
            "orders.status": MappingProxyType(
                {
                    "completed": "paid",
                    "processing": "paid",
                    "on-hold": "pending",
                    "cancelled": "cancelled",
                    "refunded": "refunded",
                    "failed": "failed",
                }
            )
        }
    ),
    skips=(
        Skip("Status", r"(wc-)?(checkout[- ])?draft", "carts at the checkout that were never placed"),
        Skip("Status", r"(wc-)?pending( payment)?", "orders that nobody has paid yet"),
    ),
    warnings=("The file has no e-mail address and no customer id, only names: two buyers of one name become one.",),
)

EXPORTS = (ORDERS,)
