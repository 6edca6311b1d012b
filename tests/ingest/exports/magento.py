"""Magento 2 orders grid: ids with leading zeros, amounts with four decimals, months by name."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "ID", "Purchase Point", "Purchase Date", "Bill-to Name", "Ship-to Name", "Grand Total (Base)", "Grand Total (Purchased)", "Status",
    "Billing Address", "Shipping Address", "Shipping Information", "Customer Email", "Customer Group", "Subtotal", "Shipping and Handling",
    "Customer Name", "Payment Method", "Total Refunded", "Allocated sources", "Pickup Location Code", "Braintree Transaction Source",
)  # fmt: skip


def _row(number: str, date: str, name: str, email: str, total: str, refunded: str, status: str) -> dict[str, str]:
    return {
        "ID": number,
        "Purchase Point": "Main Website\n    Main Website Store\n        Default Store View",
        "Purchase Date": date,
        "Bill-to Name": name,
        "Grand Total (Base)": total,
        "Grand Total (Purchased)": total,
        "Status": status,
        "Customer Email": email,
        "Total Refunded": refunded,
    }


_FILE = table(
    _HEADERS,
    _row("000000123", "Feb 1, 2024 10:00:00 AM", "Pat Reeve", "pat@reeve.example", "49.0000", "", "Complete"),
    _row("000000124", "Feb 1, 2024 1:05:09 PM", "Quinn Ash", "quinn@ash.example", "80.5000", "80.5000", "Closed"),
    _row("000000125", "Feb 2, 2024 12:00:00 AM", "Quinn Ash", "quinn@ash.example", "15.0000", "", "Canceled"),
    _row("000000126", "Feb 2, 2024 12:01:00 AM", "Quinn Ash", "quinn@ash.example", "15.0000", "", "Pending Payment"),
)

EXAMPLES = (
    Example(
        export="magento_2_sales_orders_grid_csv",
        catalogue="magento_2_sales_orders_grid_csv",
        name="export.csv",
        content=_FILE,
        rows=(
            {
                "order_id": "000000123",
                "ordered_at": datetime(2024, 2, 1, 10),
                "company": key("pat reeve"),
                "email": key("pat@reeve.example"),
                "amount": 49.0,
                "refunded": None,
                "status": "paid",
            },
            {"order_id": "000000124", "ordered_at": datetime(2024, 2, 1, 13, 5, 9), "amount": 80.5, "refunded": 80.5, "status": "refunded"},
            {"order_id": "000000125", "ordered_at": datetime(2024, 2, 2), "status": "cancelled"},
        ),
        not_data=1,
        notes=("no time zone is given for Purchase Date", "base currency"),
    ),
)
