"""WooCommerce Analytics orders: a formatted revenue beside the real one, names only, products in one cell."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_FILE = """\
Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution
2024-07-03 14:05:11,1204,"৳2,999",completed,Nia Fenn,returning,"1x Lamp, 2x Bulb",3,,2999,Direct
2024-07-03 09:00:00,1203,"৳1,200.50",processing,Oli Ray,new,1x Lamp,1,WELCOME,1200.5,Organic: Google
2024-07-02 18:30:00,1202,৳0,cancelled,Oli Ray,returning,1x Lamp,1,,0,Direct
2024-07-02 12:00:00,1207,"৳1,000",on-hold,Oli Ray,returning,1x Lamp,1,,1000,Direct
2024-07-02 11:00:00,1206,"৳1,000",pending,Pia Moe,new,1x Lamp,1,,1000,Direct
2024-07-02 10:00:00,1205,"৳1,000",checkout-draft,,new,1x Lamp,1,,1000,Direct
2024-07-01 00:10:00,1201,"৳-2,999",refunded,Nia Fenn,returning,1x Lamp,0,,-2999,Direct
""".encode()

EXAMPLES = (
    Example(
        export="woocommerce_analytics_orders_csv",
        catalogue="woocommerce_analytics_orders_csv",
        name="orders_2024-07.csv",
        content=_FILE,
        rows=(
            {
                "order_id": "1204",
                "ordered_at": datetime(2024, 7, 3, 14, 5, 11),
                "amount": 2999.0,
                "status": "paid",
                "company": key("nia fenn"),
                "items": 3.0,
            },
            {"order_id": "1203", "amount": 1200.5, "status": "paid", "company": key("oli ray")},
            {"order_id": "1202", "amount": 0.0, "status": "cancelled"},
            {"order_id": "1207", "amount": 1000.0, "status": "pending"},
            {"order_id": "1201", "amount": -2999.0, "status": "refunded"},
        ),
        not_data=2,
        notes=(
            "no time zone is given for Date",
            "only names",
            "(orders that nobody has paid yet): 1, the first on line 6",
            "(carts at the checkout that were never placed): 1, the first on line 7",
        ),
    ),
)
