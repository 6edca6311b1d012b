"""What a shop sells: orders, carts, returns, reviews."""

from roi_core.schema.columns import Column, ColumnType, Lines, Privacy, Table

T = ColumnType
HASHED = Privacy.HASHED

ORDER_STATUS = ("pending", "paid", "partially_refunded", "refunded", "cancelled", "failed", "disputed")

_BUYER = (
    Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
    Column("email", T.KEY, "e-mail address of the buyer", privacy=HASHED),
    Column("domain", T.KEY, "e-mail domain, free-mail excluded", privacy=HASHED),
)

ORDERS = Table(
    "orders",
    "Orders",
    "One row per order.",
    (
        Column("order_id", T.TEXT, "id or number of the order", required=True),
        *_BUYER,
        Column("company", T.KEY, "company or name of the buyer, folded", privacy=HASHED),
        Column("company_written", T.KEY, "the same with its legal form; computed on reading", privacy=HASHED),
        Column("phone", T.KEY, "telephone number, digits only", privacy=HASHED),
        Column("ordered_at", T.TIMESTAMP, "ordered", required=True),
        Column("amount", T.MONEY, "value of the order", unit="money", required=True),
        Column("refunded", T.MONEY, "paid back", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("status", T.TEXT, "what became of the money, in the canonical words", values=ORDER_STATUS),
        Column("items", T.NUMBER, "items", unit="count"),
        Column("unit_price", T.MONEY, "price of one item, where a row is a line of an order; the amount is then items times price", unit="money"),
        Column("cart_id", T.TEXT, "cart it came from"),
    ),
    key=("order_id",),
    latest="of the file with the latest order, then with the largest refund",
    one_of=(("customer_id", "email", "phone", "company"),),
    lines=Lines("ordered_at", "items"),
)

CARTS = Table(
    "carts",
    "Carts",
    "One row per cart, also those that were left.",
    (
        Column("cart_id", T.TEXT, "id of the cart", required=True),
        *_BUYER,
        Column("created_at", T.TIMESTAMP, "opened", required=True),
        Column("amount", T.MONEY, "value of the cart", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("order_id", T.TEXT, "order it became"),
    ),
    key=("cart_id",),
    one_of=(("customer_id", "email"),),
)

RETURNS = Table(
    "returns",
    "Returns",
    "One row per return.",
    (
        Column("order_id", T.TEXT, "order that came back", required=True),
        Column("at", T.TIMESTAMP, "came back", required=True),
        Column("reason", T.TEXT, "reason"),
        Column("amount", T.MONEY, "value that came back", unit="money"),
        Column("handling_cost", T.MONEY, "cost of handling it", unit="money"),
    ),
)

REVIEWS = Table(
    "reviews",
    "Reviews",
    "One row per review.",
    (
        Column("review_id", T.TEXT, "id of the review", required=True),
        Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
        Column("at", T.TIMESTAMP, "written", required=True),
        Column("score", T.NUMBER, "stars or score as given"),
        Column("product", T.TEXT, "product"),
    ),
    key=("review_id",),
)

TABLES = (ORDERS, CARTS, RETURNS, REVIEWS)
