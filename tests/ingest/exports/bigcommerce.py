"""BigCommerce orders, default template: guests have customer 0, days by the setting of the store."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_FILE = b"""\
Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Order Total (inc tax),Order Total (ex tax),Payment Method,Product Details,Refund Amount,Order Currency Code
101,12,Rae Holt,rae@holt.example,555 010 0122,28/11/2024,Completed,110.00,100.00,115.00,105.00,Card,"Product ID: 7, Product Qty: 1",0.00,AUD
102,0,Sam Vale,sam@vale.example,,29/11/2024,Awaiting Payment,22.00,20.00,22.00,20.00,Bank Deposit,"Product ID: 8, Product Qty: 2",0.00,AUD
103,0,Tia Wren,tia@wren.example,,02/12/2024,Partially Refunded,"1,100.00","1,000.00","1,100.00","1,000.00",Card,"Product ID: 7, Product Qty: 10",100.00,AUD
104,12,Rae Holt,rae@holt.example,555 010 0122,03/12/2024,Incomplete,22.00,20.00,22.00,20.00,Card,"Product ID: 8, Product Qty: 2",0.00,AUD
"""  # noqa: E501

EXAMPLES = (
    Example(
        export="bigcommerce_orders_export_default_template",
        catalogue="bigcommerce_orders_export_default_template",
        name="orders-2024-12.csv",
        content=_FILE,
        rows=(
            {
                "order_id": "101",
                "customer_id": key("12"),
                "email": key("rae@holt.example"),
                "phone": key("5550100122"),
                "company": key("rae holt"),
                "ordered_at": datetime(2024, 11, 28),
                "status": "paid",
                "amount": 115.0,
                "refunded": 0.0,
                "currency": "AUD",
            },
            {"order_id": "102", "customer_id": key("sam@vale.example"), "status": "pending"},
            {
                "order_id": "103",
                "customer_id": key("tia@wren.example"),
                "ordered_at": datetime(2024, 12, 2),
                "status": "partially_refunded",
                "amount": 1100.0,
                "refunded": 100.0,
            },
            {"order_id": "104", "customer_id": key("12"), "status": "failed"},
        ),
        notes=("rows without a customer id: 2", "is general knowledge, not read from a file"),
    ),
)
